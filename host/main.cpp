// SPDX-License-Identifier: Apache-2.0
//
// offhook-host: loads one provider and speaks wire with the service over an inherited socket
// (wire/README.md). One session as a rule, for a process that ends keeps nothing; more when the service asks.
#include "host/confinement.h"
#include "host/last_words.h"
#include "host/load.h"
#include "host/own_threads.h"
#include "host/pool.h"
#include "host/provider_note.h"
#include "wire/inherited_socket.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace offhook::host {
namespace {

constexpr int exit_usage = 2;

// The first frame. Absent: the service left, or what it sent is no hello.
std::optional<wire::HostHello> read_hello(wire::StreamSocket& socket) {
    for (;;) {
        const auto parsed = socket.next_frame();
        if (parsed.error != wire::FrameError::none) return std::nullopt;
        if (parsed.frame) {
            wire::HostHello hello;
            if (parsed.frame->header.kind != wire::FrameKind::hello ||
                !wire::read(parsed.frame->payload, hello))
                return std::nullopt;
            return hello;
        }
        if (socket.read_some() != wire::ReadStatus::progressed) return std::nullopt;
    }
}

// What the provider needs, or why it is refused: its file may have changed since it was approved.
std::optional<Needs> approved_needs(const wire::HostHello& hello, std::string& reason) {
    if (hello.version != wire::protocol_version) {
        reason = "the service speaks another version of the protocol; install both from one release";
        return std::nullopt;
    }
    const auto found = read_provider_note(hello.library);
    if (!found.note) {
        reason = hello.library + ": " + found.error;
        return std::nullopt;
    }
    std::string unknown;
    const auto approved = parse_needs(hello.needs, unknown);
    const auto more = approved ? beyond(found.note->needs, *approved) : unknown;
    if (more.empty()) return found.note->needs;
    reason = hello.library + " needs " + more +
             ", which was not approved; install the provider again to approve it";
    return std::nullopt;
}

// Once the service is heard, the end comes by the socket alone.
void ignore_signals() {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE}) std::signal(signal, SIG_IGN);
}

void have_no_input() {
    const wire::UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (nothing) ::dup2(nothing.get(), STDIN_FILENO);
}

int run(wire::StreamSocket& socket) {
    ::fcntl(socket.fd(), F_SETFD, FD_CLOEXEC);
    Ending ending;
    Outbox outbox(socket.fd());
    Log log(outbox);
    const auto hello = read_hello(socket);
    OwnThreads own_threads;
    const OwnThreads::Member own(own_threads);
    Load load(hello.value_or(wire::HostHello{}), outbox, log, ending, own_threads);
    std::string reason = "the first frame is no hello";
    const auto needs = hello ? approved_needs(*hello, reason) : std::nullopt;
    if (!needs) {
        load.session().fail(reason);
        return static_cast<int>(Ending::Cause::fault);
    }
    have_no_input();
    CapturedOutput output(STDOUT_FILENO, Severity::info, log),
        error_output(STDERR_FILENO, Severity::warning, log);
    for (const auto& missing : confine(*needs, hello->library))
        log.write(Severity::warning, "this kernel confines the provider less than it should: " + missing);

    // Threads watch the service from here on, so that a library that hangs while it is loaded ends with it.
    Pool pool(load, own_threads, socket, outbox, {&output, &error_output});
    pool.start();
    hear_last_words(error_output.fd());
    std::string error;
    auto library = Library::load(hello->library, error);
    load.loaded(std::move(library), error);
    pool.wake();
    const auto cause = ending.wait();
    load.session().shut_down();
    output.drain();
    error_output.drain();
    outbox.finish();
    // Neither the destructors here nor those of the provider run: threads of both may still be using what
    // they destroy.
    ::_exit(static_cast<int>(cause));
}

} // namespace
} // namespace offhook::host

int main(int count, char** arguments) {
    const auto fd = offhook::wire::inherited_socket(count, arguments);
    if (!fd) {
        std::fputs(
            "usage: offhook-host --socket NUMBER\n"
            "NUMBER is the descriptor of a stream socket to offhookd, which starts this program itself.\n",
            stderr);
        return offhook::host::exit_usage;
    }
    offhook::host::ignore_signals();
    offhook::wire::StreamSocket socket{offhook::wire::UniqueFd(*fd)};
    return offhook::host::run(socket);
}
