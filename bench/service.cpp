// SPDX-License-Identifier: Apache-2.0
#include "bench/service.h"

#include "offhook/service.h"
#include "wire/unique_fd.h"

#include <sys/wait.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace offhook::bench {

Service::Service(const std::string& library, const nlohmann::json& configuration, const std::string& approve,
                 const std::string& options) {
    std::string name = std::filesystem::temp_directory_path() / "offhook-bench-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    const auto socket = this->socket();
    ::setenv("OFFHOOK_SOCKET", socket.c_str(), 1);

    const auto file = folder_ + "/offhook.toml";
    std::ofstream(file) << options;
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    const wire::UniqueFd ready(ends[0]);
    wire::UniqueFd told(ends[1]);
    process_ = ::fork();
    if (process_ == 0) {
        const auto descriptor = std::to_string(told.get());
        const auto log = folder_ + "/log";
        ::execl(OFFHOOKD, OFFHOOKD, "--config", file.c_str(), "--socket", socket.c_str(), "--state",
                folder_.c_str(), "--log", log.c_str(), "--ready-fd", descriptor.c_str(), nullptr);
        ::_exit(127);
    }
    told.reset();
    std::array<char, 64> line{};
    if (::read(ready.get(), line.data(), line.size()) <= 0)
        throw std::runtime_error("the service did not start: " + log());
    ask(wire::ServiceFunction::provider_install,
        {{"library", library}, {"configuration", configuration}, {"approve", approve}});
}

Service::~Service() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

int Service::host_process() const {
    return ask(wire::ServiceFunction::provider_list, nlohmann::json::object())
        .at("providers")
        .at(0)
        .at("host_pid");
}

std::string Service::log() const {
    std::ifstream file(folder_ + "/log");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

double resident_bytes(int process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/statm");
    double size = 0, resident = 0;
    file >> size >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

nlohmann::json ask(wire::ServiceFunction function, const nlohmann::json& request) {
    char* text = nullptr;
    const auto result = offhook_service_call(static_cast<WORD>(function), request.dump().c_str(), &text);
    const std::string answer = text != nullptr ? text : "{}";
    offhook_service_free(text);
    if (result != 0) throw std::runtime_error("the service refused: " + answer);
    return nlohmann::json::parse(answer);
}

LONG good(LONG result, const char* what) {
    if (result < 0) {
        std::ostringstream text;
        text << what << ": LINEERR " << std::hex << static_cast<std::uint32_t>(result);
        throw std::runtime_error(text.str());
    }
    return result;
}

Application::Application() {
    LINEINITIALIZEEXPARAMS wanted{};
    wanted.dwTotalSize = sizeof wanted;
    wanted.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
    DWORD version = 0x00020002;
    good(lineInitializeExA(&application_, nullptr, nullptr, "bench", &lines_, &version, &wanted),
         "lineInitializeEx");
    LINEEXTENSIONID extension{};
    good(lineNegotiateAPIVersion(application_, 0, 0x00010003, 0x00020002, &version, &extension),
         "lineNegotiateAPIVersion");
    good(lineOpenA(application_, 0, &line_, version, 0, 0, LINECALLPRIVILEGE_OWNER,
                   LINEMEDIAMODE_INTERACTIVEVOICE, nullptr),
         "lineOpen");
}

Application::~Application() { lineShutdown(application_); }

LINEMESSAGE Application::next() {
    // More than a SIP request is repeated (RFC 3261, 17.1.1.2: 32 s).
    constexpr DWORD patience_ms = 70'000;
    LINEMESSAGE message{};
    good(lineGetMessage(application_, &message, patience_ms), "waiting for a message");
    return message;
}

std::size_t Application::wait_for_reply(LONG request) {
    for (std::size_t others = 0;; ++others) {
        const auto message = next();
        if (message.dwMessageID != LINE_REPLY || message.dwParam1 != static_cast<DWORD_PTR>(request))
            continue;
        good(static_cast<LONG>(message.dwParam2), "a request");
        return others;
    }
}

} // namespace offhook::bench
