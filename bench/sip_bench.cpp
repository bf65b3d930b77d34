// SPDX-License-Identifier: Apache-2.0
//
// Calls to SIPp, which answers at once: from SIPp, from a bare program on the provider's SIP library, and
// from an application through the service and sip.tsp.
#include "bench/bare_sip.h"
#include "bench/harness.h"
#include "bench/measurements.h"
#include "bench/service.h"
#include "tests/support/port.h"

#include <fcntl.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <vector>

namespace offhook::bench {
namespace {

constexpr std::size_t at_once = 50;

class Program {
  public:
    explicit Program(std::vector<std::string> command) {
        process_ = ::fork();
        if (process_ != 0) return;
        const int nothing = ::open("/dev/null", O_RDWR);
        for (int fd = 0; fd < 3; ++fd) ::dup2(nothing, fd);
        std::vector<char*> arguments;
        for (auto& argument : command) arguments.push_back(argument.data());
        arguments.push_back(nullptr);
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() {
        if (process_ <= 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    // Its exit status.
    int wait() {
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

  private:
    pid_t process_ = -1;
};

std::string address(std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); }

void wait_until_taken(std::uint16_t port) {
    for (int tries = 0; tries < 500; ++tries) {
        if (testing::is_taken(port)) return;
        ::usleep(20'000);
    }
    throw std::runtime_error("SIPp does not answer: is sip-tester installed?");
}

void sipp_calls(std::uint16_t port, std::size_t calls) {
    Program caller({"sipp", address(port), "-sn", "uac", "-i", "127.0.0.1", "-p",
                    std::to_string(testing::free_port()), "-m", std::to_string(calls), "-l",
                    std::to_string(at_once), "-r", "50000", "-d", "0", "-nostdin"});
    if (caller.wait() != 0) throw std::runtime_error("SIPp's calls to SIPp failed");
}

// As an application does it: what to do next follows from what it is told. How many calls were not connected.
std::size_t offhook_calls(Application& application, std::size_t calls) {
    std::vector<std::unique_ptr<HCALL>> handles;
    std::size_t begun = 0, connected = 0, ended = 0;
    const auto begin_one = [&] {
        handles.push_back(std::make_unique<HCALL>(0));
        good(lineMakeCallA(application.line(), handles.back().get(), "1002", 0, nullptr), "lineMakeCall");
        ++begun;
    };
    while (begun < std::min(at_once, calls)) begin_one();
    while (ended < calls) {
        const auto message = application.next();
        if (message.dwMessageID == LINE_REPLY) good(static_cast<LONG>(message.dwParam2), "a call's request");
        if (message.dwMessageID != LINE_CALLSTATE) continue;
        const auto call = static_cast<HCALL>(message.hDevice);
        if (message.dwParam1 == LINECALLSTATE_CONNECTED) {
            ++connected;
            good(lineDrop(call, nullptr, 0), "lineDrop");
        }
        if (message.dwParam1 != LINECALLSTATE_IDLE) continue;
        good(lineDeallocateCall(call), "lineDeallocateCall");
        ++ended;
        if (begun < calls) begin_one();
    }
    return calls - connected;
}

} // namespace

void measure_sip() {
    heading("SIP calls, answered by SIPp, 50 at a time");
    const auto answering = testing::free_port(), ours = testing::free_port();
    const Program sipp(
        {"sipp", "-sn", "uas", "-i", "127.0.0.1", "-p", std::to_string(answering), "-nostdin"});
    wait_until_taken(answering);
    const Service service(SIP_TSP,
                          {{"bind", "127.0.0.1"},
                           {"port", std::to_string(ours)},
                           {"account.1.user", "1001"},
                           {"account.1.peer", address(answering)}},
                          "network");
    Application application;
    constexpr std::size_t calls = 1000;
    std::size_t failed = 0;
    const auto timings = measure_in_turns(
        Clock::wall,
        {{"bare", [&](std::size_t n) { bare_sip_calls(answering, n, at_once); }, calls},
         {"sipp", [&](std::size_t n) { sipp_calls(answering, n); }, calls},
         {"offhook", [&](std::size_t n) { failed += offhook_calls(application, n); }, calls}},
        5);
    const auto rate = [&](std::size_t index) { return number(1e9 / timings[index].nanoseconds, 0); };
    report("calls a second, from SIPp", rate(1), "");
    report("calls a second, from a bare program on the same library", rate(0), "");
    report("calls a second, through the service and sip.tsp", rate(2), "");
    report("  of all of those, calls that were not connected", std::to_string(failed), "0");
    report("  in percent of the bare program's", number(100 / timings[2].ratio, 0), "80");
}

} // namespace offhook::bench
