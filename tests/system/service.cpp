// SPDX-License-Identifier: Apache-2.0
#include "tests/system/service.h"

#include "offhook/service.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace offhook::system_test {

Service::Service(const std::string& configuration) {
    std::string name = std::filesystem::temp_directory_path() / "offhook-system-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    std::ofstream(folder_ + "/offhook.toml") << configuration;
    ::setenv("OFFHOOK_SOCKET", (folder_ + "/socket").c_str(), 1);
    ::setenv("OFFHOOK_START", "never", 1);
    ::setenv("OFFHOOK_UI", OFFHOOK_UI, 1);
    start();
}

Service::~Service() {
    if (process_) kill();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Service::start() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    const wire::UniqueFd ready(ends[0]);
    wire::UniqueFd told(ends[1]);
    const auto socket = folder_ + "/socket", log_file = folder_ + "/log", toml = folder_ + "/offhook.toml",
               descriptor = std::to_string(told.get());
    const pid_t process = ::fork();
    if (process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // a test that is killed leaves nothing behind
        ::execl(OFFHOOKD, OFFHOOKD, "--socket", socket.c_str(), "--state", folder_.c_str(), "--log",
                log_file.c_str(), "--config", toml.c_str(), "--ready-fd", descriptor.c_str(), nullptr);
        ::_exit(127);
    }
    process_.emplace(process);
    told.reset();
    std::array<char, 256> line{};
    pollfd readable{ready.get(), POLLIN, 0};
    if (::poll(&readable, 1, 30'000) != 1) throw std::runtime_error("the service does not start: " + log());
    if (::read(ready.get(), line.data(), line.size()) <= 0)
        throw std::runtime_error("the service has ended with " + std::to_string(reap()) +
                                 " before it was ready: " + log());
}

int Service::reap() {
    int status = 0;
    ::waitpid(process_->id(), &status, 0);
    process_.reset();
    return status;
}

void Service::kill() {
    process_->kill(SIGKILL);
    reap();
}

int Service::stop() {
    process_->kill(SIGTERM);
    if (!process_->ends_within(std::chrono::seconds(20))) kill();
    return process_ ? reap() : SIGKILL;
}

void Service::install_sip(const std::string& name, const Keys& configuration) const {
    ask(wire::ServiceFunction::provider_install,
        {{"name", name}, {"library", SIP_TSP}, {"configuration", configuration}, {"approve", "network"}});
}

void Service::install_patient(const std::string& name, std::chrono::milliseconds delay) const {
    const Keys configuration{{"name", name}, {"delay_ms", std::to_string(delay.count())}};
    ask(wire::ServiceFunction::provider_install,
        {{"name", name}, {"library", PATIENT_PROVIDER}, {"configuration", configuration}});
}

void Service::install_dialog(const std::string& name, const std::string& library) const {
    ask(wire::ServiceFunction::provider_install,
        {{"name", name}, {"library", DIALOG_PROVIDER}, {"configuration", {{"library", library}}}});
}

void Service::install_sim(const std::string& name, const Keys& configuration) const {
    ask(wire::ServiceFunction::provider_install,
        {{"name", name}, {"library", SIM_TSP}, {"configuration", configuration}});
}

std::string Service::command(const std::string& provider, const std::string& command) const {
    return ask(wire::ServiceFunction::provider_command, {{"name", provider}, {"command", command}})
        .at("reply")
        .get<std::string>();
}

std::optional<std::string> Service::try_command(const std::string& provider, const std::string& text) const {
    try {
        return command(provider, text);
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

Process Service::host(const std::string& provider) const {
    return Process(listed(wire::ServiceFunction::provider_list, "providers", "name", provider)
                       .at(0)
                       .at("host_pid")
                       .get<pid_t>());
}

std::string Service::log() const {
    std::ifstream file(folder_ + "/log");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

nlohmann::json ask(wire::ServiceFunction function, const nlohmann::json& request) {
    char* text = nullptr;
    const auto result = offhook_service_call(static_cast<WORD>(function), request.dump().c_str(), &text);
    const std::string answer = text != nullptr ? text : "{}";
    offhook_service_free(text);
    if (result != 0) throw std::runtime_error("the service refused: " + answer);
    return nlohmann::json::parse(answer);
}

nlohmann::json listed(wire::ServiceFunction function, const char* list, const char* key,
                      const nlohmann::json& value) {
    auto found = nlohmann::json::array();
    const auto answer = ask(function);
    for (const auto& one : answer.at(list))
        if (one.at(key) == value) found.push_back(one);
    return found;
}

} // namespace offhook::system_test
