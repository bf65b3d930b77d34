// SPDX-License-Identifier: Apache-2.0
//
// sim_ui.so: the exchange's dialogs, lines on the terminal of the application. OFFHOOK_SIM_TERMINAL names
// another one.

#include "providers/sim/dialog.h"

#include "tspi.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

using namespace offhook::sim;

namespace {

class Terminal {
  public:
    Terminal() : descriptor_(::open(path(), O_RDWR | O_NOCTTY | O_CLOEXEC)) {}
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    explicit operator bool() const { return descriptor_ >= 0; }
    bool show(const std::string& text) const {
        return ::write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    }
    // A line, without its end; nothing: the terminal is gone, or somebody wants no more.
    std::string ask() const {
        std::string line;
        for (char c = 0; ::read(descriptor_, &c, 1) == 1 && c != '\n';) line.push_back(c);
        return line;
    }

  private:
    static const char* path() {
        const char* given = ::secure_getenv("OFFHOOK_SIM_TERMINAL");
        return given != nullptr ? given : "/dev/tty";
    }
    int descriptor_;
};

// What can be asked about, and what can be done with it.
struct Subject {
    TUISPIDLLCALLBACK ask = nullptr;
    DWORD type = 0;
    DWORD id = 0;
    const char* hint = "";
};

LONG describe(const Subject& subject, const Terminal& terminal, DialogQuestion question) {
    DialogBlock block{question, {}};
    if (const auto result = subject.ask(subject.id, subject.type, &block, sizeof block); result != 0)
        return result;
    const std::string text(block.answer.data(), ::strnlen(block.answer.data(), block.answer.size()));
    return terminal.show(text + "\n" + subject.hint) ? 0 : LINEERR_OPERATIONFAILED;
}

LONG show(const Subject& subject) {
    const Terminal terminal;
    if (!terminal) return LINEERR_OPERATIONFAILED; // there is nowhere to show it
    auto result = describe(subject, terminal, DialogQuestion::describe);
    for (auto line = terminal.ask(); result == 0 && !line.empty(); line = terminal.ask())
        result =
            describe(subject, terminal, line == "h" ? DialogQuestion::hang_up : DialogQuestion::describe);
    return result;
}

constexpr const char* of_device = "[h: hang up, Enter: close] ";
constexpr const char* of_exchange = "[Enter: close] ";

} // namespace

LONG TSPIAPI TUISPI_lineConfigDialog(TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID, HWND, LPCWSTR) {
    return show({lpfnUIDLLCallback, TUISPIDLL_OBJECT_LINEID, dwDeviceID, of_device});
}

LONG TSPIAPI TUISPI_phoneConfigDialog(TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID, HWND, LPCWSTR) {
    return show({lpfnUIDLLCallback, TUISPIDLL_OBJECT_PHONEID, dwDeviceID, of_device});
}

LONG TSPIAPI TUISPI_providerConfig(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND, DWORD dwPermanentProviderID) {
    return show({lpfnUIDLLCallback, TUISPIDLL_OBJECT_PROVIDERID, dwPermanentProviderID, of_exchange});
}
