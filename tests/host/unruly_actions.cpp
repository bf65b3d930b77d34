// SPDX-License-Identifier: Apache-2.0
#include "tests/host/unruly_actions.h"

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace offhook::host::unruly {
namespace {

void report(const char* what, bool succeeded) {
    const int error = errno;
    say(std::string(what) + (succeeded ? ": succeeded" : ": refused with " + std::to_string(error)));
}

// ---- What ends a process

void abort_(Situation&) { std::abort(); }
void fail_assertion(Situation&) {
    std::fputs("assertion failed: about to abort\n", stderr);
    std::abort();
}
void touch_null(Situation&) { *static_cast<volatile int*>(nullptr) = 1; } // NOLINT: that is the point
void throw_(Situation&) { throw std::runtime_error("thrown through TSPI"); }
void hang(Situation&) {
    say("hanging");
    for (;;) ::pause();
}

// ---- Outputs

void overrun(Situation& s) {
    const auto total = *static_cast<const DWORD*>(s.structure);
    std::memset(static_cast<char*>(s.structure) + total, 0x42, 8);
}
void overrun_number(Situation& s) { std::memset(static_cast<char*>(s.structure) + 4, 0, 4); }
void use_too_much(Situation& s) { static_cast<LINEDEVCAPS*>(s.structure)->dwUsedSize = 0x7FFFFFFF; }
void change_total(Situation& s) { static_cast<LINEDEVCAPS*>(s.structure)->dwTotalSize *= 2; }
void fill_address(Situation& s) {
    auto& address = *static_cast<VARSTRING*>(s.structure);
    address.dwNeededSize = address.dwUsedSize = sizeof address + 6;
    address.dwStringFormat = STRINGFORMAT_UNICODE;
    address.dwStringSize = 6;
    address.dwStringOffset = sizeof address;
    std::memcpy(&address + 1, u"42", 6);
}

// ---- Requests and events

void complete(Situation& s) { completion(s.request, 0); }
void complete_other(Situation&) { completion(4711, 0); }
void fail(Situation& s) { s.result = LINEERR_OPERATIONFAILED; }
void complete_later(Situation& s) {
    std::thread([request = s.request] { completion(request, 0); }).detach();
}
void event(Situation&) { line_event(line, nullptr, LINE_LINEDEVSTATE, 1, 2, 3); }
// Many, while calls wait to be made: none may be made by the thread that reports.
thread_local bool reporting = false;
void events_under_calls(Situation&) {
    for (int i = 0; i < 1000; ++i) {
        reporting = true;
        line_event(line, nullptr, LINE_LINEDEVSTATE, 1, 2, 3);
        reporting = false;
    }
}
void strange_event(Situation&) { line_event(line, nullptr, 0x12345678, 1, 2, 3); }
void new_call(Situation&) {
    HTAPICALL call = reinterpret_cast<HTAPICALL>(1);
    line_event(line, nullptr, LINE_NEWCALL, 0xABCD, reinterpret_cast<DWORD_PTR>(&call), 0);
    say("new call " + std::to_string(reinterpret_cast<std::uintptr_t>(call)));
    if (call != nullptr) line_event(line, call, LINE_CALLSTATE, LINECALLSTATE_OFFERING, 0, 0);
}
// What the service does with the blocks shows in the frames.
void new_dialog(Situation&) {
    std::array<char, 5> block{'f', 'i', 'r', 's', 't'}, more{'a', 'f', 't', 'e', 'r'};
    TUISPICREATEDIALOGINSTANCEPARAMS wanted{};
    wanted.dwRequestID = 5;
    wanted.hdDlgInst = reinterpret_cast<HDRVDIALOGINSTANCE>(0xD1);
    wanted.htDlgInst = 1;
    wanted.lpszUIDLLName = u"ui.so";
    wanted.lpParams = block.data();
    wanted.dwSize = static_cast<DWORD>(block.size());
    line_event(reinterpret_cast<HTAPILINE>(7), nullptr, LINE_CREATEDIALOGINSTANCE,
               reinterpret_cast<DWORD_PTR>(&wanted), 0, 0);
    const HTAPIDIALOGINSTANCE dialog = wanted.htDlgInst;
    say("new dialog " + std::to_string(dialog));
    block.fill(0); // the service has its copy
    const auto of_dialog = reinterpret_cast<HTAPILINE>(static_cast<std::uintptr_t>(dialog));
    line_event(of_dialog, nullptr, LINE_SENDDIALOGINSTANCEDATA, reinterpret_cast<DWORD_PTR>(more.data()),
               more.size(), 0);
    line_event(of_dialog, nullptr, LINE_SENDDIALOGINSTANCEDATA, 0, 0, 0);
    line_event(nullptr, nullptr, LINE_CREATEDIALOGINSTANCE, 0, 0, 0);
    wanted.dwSize = 1u << 20; // longer than a frame; none of it is read
    line_event(nullptr, nullptr, LINE_CREATEDIALOGINSTANCE, reinterpret_cast<DWORD_PTR>(&wanted), 0, 0);
}
void events_from_threads(Situation&) {
    std::vector<std::thread> threads;
    for (DWORD_PTR t = 0; t < 8; ++t)
        threads.emplace_back([t] {
            for (DWORD_PTR i = 0; i < 1000; ++i) line_event(line, nullptr, LINE_DEVSPECIFIC, t, i, t * i);
        });
    for (auto& thread : threads) thread.join();
}

// ---- What stays when a session has ended

void keep_thread(Situation&) {
    std::thread([] {
        for (;;) ::pause();
    }).detach();
}
void keep_descriptor(Situation&) { [[maybe_unused]] const int kept = ::open("/dev/null", O_RDONLY); }
void keep_timer(Situation&) {
    sigevent nothing{};
    nothing.sigev_notify = SIGEV_NONE;
    timer_t kept{};
    ::timer_create(CLOCK_MONOTONIC, &nothing, &kept);
}
void keep_interval(Situation&) {
    itimerval hours{};
    hours.it_value.tv_sec = 36'000;
    ::setitimer(ITIMER_VIRTUAL, &hours, nullptr);
}
int sessions_so_far = 0;
void keep_count(Situation&) { say("session " + std::to_string(++sessions_so_far)); }
void keep_memory(Situation&) {
    constexpr std::size_t much = std::size_t{1} << 20;
    auto* const kept = static_cast<volatile char*>(std::malloc(much)); // NOLINT: it leaks, that is the point
    kept[0] = 1;
}
ASYNC_COMPLETION kept_completion = nullptr;
void keep_completion(Situation&) {
    if (kept_completion == nullptr) kept_completion = completion;
}
void complete_by_kept(Situation&) { kept_completion(6, 0); }
void events_without_end(Situation&) {
    std::thread([] {
        for (;;) {
            line_event(line, nullptr, LINE_LINEDEVSTATE, 1, 2, 3);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }).detach();
}

// ---- Concurrency: returns 0 when another call came in while this one waited

std::mutex meeting;
std::condition_variable arrival;
int inside = 0;
bool met = false;

void meet_for(Situation& s, std::chrono::milliseconds limit) {
    std::unique_lock lock(meeting);
    if (++inside == 2) met = true;
    arrival.notify_all();
    if (!arrival.wait_for(lock, limit, [] { return met; })) s.result = LINEERR_OPERATIONFAILED;
    --inside;
}
void meet(Situation& s) { meet_for(s, std::chrono::seconds(15)); }
void meet_briefly(Situation& s) { meet_for(s, std::chrono::milliseconds(300)); }

// ---- What a provider may not reach

void try_execve(Situation&) {
    std::array<char*, 1> none{nullptr};
    report("execve", ::execve("/bin/true", none.data(), none.data()) == 0);
}
void try_fork(Situation&) {
    const auto child = ::fork();
    if (child == 0) ::_exit(0);
    report("fork", child > 0);
}
void try_shell(Situation&) { report("system", std::system("exit 0") == 0); }
void try_internet(Situation&) { report("internet", ::socket(AF_INET, SOCK_DGRAM, 0) >= 0); }
void try_internet6(Situation&) { report("internet6", ::socket(AF_INET6, SOCK_STREAM, 0) >= 0); }
void try_local_socket(Situation&) { report("local socket", ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0); }
void try_pair(Situation&) {
    std::array<int, 2> ends{};
    report("pair", ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
}
void try_ptrace(Situation&) { report("ptrace", ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0); }
void try_signal_parent(Situation&) { report("signal", ::kill(::getppid(), 0) == 0); }
void try_signal_self(Situation&) { report("own signal", ::kill(::getpid(), 0) == 0); }
void try_passwords(Situation&) { report("passwords", ::open("/etc/passwd", O_RDONLY) >= 0); }
void try_hosts(Situation&) { report("hosts", ::open("/etc/hosts", O_RDONLY) >= 0); }
void try_write(Situation&) {
    report("file", ::open(("/tmp/offhook-unruly-" + std::to_string(::getpid())).c_str(), O_CREAT | O_WRONLY,
                          0600) >= 0);
}
void try_terminal(Situation&) { report("terminal", ::open("/dev/ptmx", O_RDWR | O_NOCTTY) >= 0); }
void try_thread(Situation&) {
    std::thread([] {}).join();
    say("thread: succeeded");
}

// ---- Services

void print(Situation&) {
    std::puts("printed to standard output");
    std::fflush(stdout);
    std::fputs("printed to standard error, \xFF without end", stderr);
}
void read_configuration(Situation&) {
    std::string all;
    for (std::uint32_t i = 0;; ++i) {
        std::array<char, 300> key{};
        std::uint32_t size = key.size();
        if (services->config_key(services->context, i, key.data(), &size) != 0) break;
        all += std::string(key.data()) + "=" + configured(key.data()) + ";";
    }
    std::array<char, 2> small{};
    std::uint32_t size = small.size();
    const auto too_small = services->config_get(services->context, "long", small.data(), &size);
    say("configuration " + all + " " + std::to_string(too_small == LINEERR_STRUCTURETOOSMALL) + " " +
        std::to_string(size) + " " +
        std::to_string(services->config_get(services->context, "none", small.data(), &size) ==
                       LINEERR_NODEVICE));
}
void write_configuration(Situation& s) {
    s.result = services->config_set(services->context, "written", "value");
    if (s.result != 0) return;
    services->config_set(services->context, "removed", nullptr);
    s.result =
        services->config_set(services->context, std::string(256, 'k').c_str(), "v") == LINEERR_INVALPARAM
            ? 0
            : LINEERR_OPERATIONFAILED;
}
void speak(Situation& s) {
    OFFHOOK_AUDIO_STREAM stream{};
    s.result = services->audio_stream(services->context, &stream);
    if (s.result != 0) return;
    const bool again = services->audio_stream(services->context, &stream) == LINEERR_RESOURCEUNAVAIL;
    const std::string text = "audio " + std::to_string(stream.direction) + (again ? " once" : " twice");
    [[maybe_unused]] const auto written = ::write(stream.descriptor, text.data(), text.size());
    ::close(stream.descriptor);
}
void refuse(Situation& s) { s.result = LINEERR_RESOURCEUNAVAIL; }

struct Action {
    std::string_view name;
    void (*take)(Situation&);
};
constexpr Action actions[] = {
    {"abort", abort_},
    {"fail_assertion", fail_assertion},
    {"touch_null", touch_null},
    {"throw", throw_},
    {"hang", hang},
    {"overrun", overrun},
    {"overrun_number", overrun_number},
    {"use_too_much", use_too_much},
    {"change_total", change_total},
    {"fill_address", fill_address},
    {"complete", complete},
    {"complete_other", complete_other},
    {"fail", fail},
    {"complete_later", complete_later},
    {"event", event},
    {"events_under_calls", events_under_calls},
    {"strange_event", strange_event},
    {"new_call", new_call},
    {"new_dialog", new_dialog},
    {"events_from_threads", events_from_threads},
    {"keep_thread", keep_thread},
    {"keep_descriptor", keep_descriptor},
    {"keep_timer", keep_timer},
    {"keep_interval", keep_interval},
    {"keep_count", keep_count},
    {"keep_memory", keep_memory},
    {"keep_completion", keep_completion},
    {"complete_by_kept", complete_by_kept},
    {"events_without_end", events_without_end},
    {"meet", meet},
    {"meet_briefly", meet_briefly},
    {"execve", try_execve},
    {"fork", try_fork},
    {"shell", try_shell},
    {"internet", try_internet},
    {"internet6", try_internet6},
    {"local_socket", try_local_socket},
    {"pair", try_pair},
    {"ptrace", try_ptrace},
    {"signal_parent", try_signal_parent},
    {"signal_self", try_signal_self},
    {"passwords", try_passwords},
    {"hosts", try_hosts},
    {"write", try_write},
    {"terminal", try_terminal},
    {"thread", try_thread},
    {"print", print},
    {"read_configuration", read_configuration},
    {"write_configuration", write_configuration},
    {"speak", speak},
    {"refuse", refuse},
};

} // namespace

void say(const std::string& text) { services->log(services->context, OFFHOOK_LOG_INFO, text.c_str()); }

std::string configured(const char* key) {
    std::uint32_t size = 0;
    if (services->config_get(services->context, key, nullptr, &size) != LINEERR_STRUCTURETOOSMALL) return {};
    std::string value(size, '\0');
    services->config_get(services->context, key, value.data(), &size);
    value.resize(size - 1);
    return value;
}

Situation act(const char* function, Situation situation) {
    if (reporting) say(std::string(function) + " was called inside of a callback");
    std::istringstream words(configured(function));
    for (std::string word; words >> word;) {
        bool known = false;
        for (const auto& [name, take] : actions) {
            if (word != name) continue;
            take(situation);
            known = true;
        }
        if (!known) say("no action is called " + word);
    }
    return situation;
}

} // namespace offhook::host::unruly
