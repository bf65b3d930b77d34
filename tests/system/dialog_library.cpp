// SPDX-License-Identifier: Apache-2.0
//
// The library that shows the dialogs of dialog_provider.cpp, to nobody: the device class says what happens in
// them.
#include "tspi.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace {

struct Generic { // the dialog that the provider started
    TUISPIDLLCALLBACK say = nullptr;
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::optional<std::string>> received;
};
Generic generic; // TUISPI's functions have no other place to keep it

// What comes back from the provider.
LONG say(TUISPIDLLCALLBACK callback, DWORD_PTR object, DWORD type, std::string& text) {
    return callback(object, type, text.data(), static_cast<DWORD>(text.size()));
}

LONG echo(TUISPIDLLCALLBACK callback, DWORD_PTR object, DWORD type) {
    std::string text = "abc";
    const auto result = say(callback, object, type, text);
    return result != 0 || text == "cba" ? result : LINEERR_OPERATIONFAILED;
}

[[noreturn]] void hang() {
    for (;;) ::pause();
}

LONG act(std::u16string_view what, TUISPIDLLCALLBACK callback, DWORD device) {
    if (what == u"echo") return echo(callback, device, TUISPIDLL_OBJECT_LINEID);
    if (what == u"phone") return echo(callback, device, TUISPIDLL_OBJECT_PHONEID);
    if (what == u"lie") return echo(callback, device + 1, TUISPIDLL_OBJECT_LINEID);
    if (what == u"refuse") return LINEERR_INUSE;
    if (what == u"crash") std::abort();
    auto who = "process " + std::to_string(::getpid()) + " of " + std::to_string(::getuid());
    if (const auto result = say(callback, device, TUISPIDLL_OBJECT_LINEID, who); result != 0) return result;
    if (what == u"hang") hang();
    return 0;
}

// What it says is heard by the provider; the environment of the application says whether it succeeds.
LONG tell_of_change(TUISPIDLLCALLBACK callback, DWORD provider, std::string what) {
    say(callback, provider, TUISPIDLL_OBJECT_PROVIDERID, what);
    return std::getenv("DIALOG_REFUSES") != nullptr ? LINEERR_NOMULTIPLEINSTANCE : 0;
}

} // namespace

LONG TUISPI_lineConfigDialog(TUISPIDLLCALLBACK callback, DWORD device, HWND, LPCWSTR what) {
    return act(what != nullptr ? what : u"", callback, device);
}

LONG TUISPI_phoneConfigDialog(TUISPIDLLCALLBACK callback, DWORD device, HWND, LPCWSTR what) {
    return act(what != nullptr ? what : u"", callback, device);
}

LONG TUISPI_providerConfig(TUISPIDLLCALLBACK callback, HWND, DWORD provider) {
    return echo(callback, provider, TUISPIDLL_OBJECT_PROVIDERID);
}

LONG TUISPI_providerInstall(TUISPIDLLCALLBACK callback, HWND, DWORD provider) {
    return tell_of_change(callback, provider, "installed " + std::to_string(provider));
}

LONG TUISPI_providerRemove(TUISPIDLLCALLBACK callback, HWND, DWORD provider) {
    return tell_of_change(callback, provider, "to be removed " + std::to_string(provider));
}

// Edits a configuration by turning it round.
LONG TUISPI_lineConfigDialogEdit(TUISPIDLLCALLBACK, DWORD, HWND, LPCWSTR, LPVOID const in, DWORD size,
                                 LPVARSTRING out) {
    out->dwNeededSize = out->dwUsedSize = static_cast<DWORD>(sizeof *out) + size;
    if (out->dwTotalSize < out->dwNeededSize) {
        out->dwUsedSize = sizeof *out;
        return 0;
    }
    out->dwStringFormat = STRINGFORMAT_BINARY;
    out->dwStringSize = size;
    out->dwStringOffset = sizeof *out;
    const auto* const from = static_cast<const char*>(in);
    std::reverse_copy(from, from + size, reinterpret_cast<char*>(out) + sizeof *out);
    return 0;
}

LONG TUISPI_providerGenericDialog(TUISPIDLLCALLBACK callback, HTAPIDIALOGINSTANCE dialog, LPVOID block,
                                  DWORD size, HANDLE ready) {
    generic.say = callback;
    auto shown =
        "shown " + std::string(static_cast<const char*>(block), size) + " in " + std::to_string(::getpid());
    if (const auto result = say(callback, dialog, TUISPIDLL_OBJECT_DIALOGINSTANCE, shown); result != 0)
        return result;
    ::eventfd_write(static_cast<int>(reinterpret_cast<std::intptr_t>(ready)), 1);
    for (;;) {
        std::unique_lock lock(generic.mutex);
        generic.changed.wait(lock, [] { return !generic.received.empty(); });
        const auto received = generic.received.front();
        generic.received.pop_front();
        lock.unlock();
        if (!received || received == "finish") return 0;
        if (received == "crash") std::abort();
        auto got = "got " + *received;
        say(callback, dialog, TUISPIDLL_OBJECT_DIALOGINSTANCE, got);
    }
}

LONG TUISPI_providerGenericDialogData(HTAPIDIALOGINSTANCE, LPVOID block, DWORD size) {
    const std::scoped_lock lock(generic.mutex);
    if (block == nullptr) generic.received.emplace_back(std::nullopt);
    else generic.received.emplace_back(std::string(static_cast<const char*>(block), size));
    generic.changed.notify_all();
    return 0;
}
