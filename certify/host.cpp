// SPDX-License-Identifier: Apache-2.0
#include "certify/host.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>

namespace offhook::certify {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int hosts_descriptor = 3;

struct FileActions {
    FileActions() { ::posix_spawn_file_actions_init(&value); }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&value); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    posix_spawn_file_actions_t value{};
};

int left(Clock::time_point until) {
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    return milliseconds < 0 ? 0 : static_cast<int>(milliseconds);
}

} // namespace

Host::Host(const Target& target, rules::Monitor& monitor, std::size_t credit)
    : target_(target),
      monitor_(monitor),
      credit_(credit) {
    start();
    hello();
}

Host::~Host() {
    if (process_ <= 0) return;
    ::kill(-process_, SIGKILL);
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

void Host::start() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw std::runtime_error(std::string("cannot make a socket pair: ") + std::strerror(errno));
    wire::UniqueFd ours(ends[0]);
    const wire::UniqueFd theirs(ends[1]);
    FileActions actions;
    ::posix_spawn_file_actions_addopen(&actions.value, 0, "/dev/null", O_RDWR, 0);
    ::posix_spawn_file_actions_adddup2(&actions.value, 0, 1);
    ::posix_spawn_file_actions_adddup2(&actions.value, 0, 2);
    ::posix_spawn_file_actions_adddup2(&actions.value, theirs.get(), hosts_descriptor);
    ::posix_spawn_file_actions_addclosefrom_np(&actions.value, hosts_descriptor + 1);
    posix_spawnattr_t attributes{};
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    std::string program = target_.host_program, option = "--socket",
                number = std::to_string(hosts_descriptor);
    std::array<char*, 4> arguments{program.data(), option.data(), number.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    const int error = ::posix_spawn(&process_, program.c_str(), &actions.value, &attributes, arguments.data(),
                                    environment.data());
    ::posix_spawnattr_destroy(&attributes);
    if (error != 0) throw std::runtime_error("cannot start " + program + ": " + std::strerror(error));
    ::fcntl(ours.get(), F_SETFL, O_NONBLOCK);
    socket_.emplace(std::move(ours));
}

void Host::hello() {
    wire::HostHello hello;
    hello.provider = 1;
    hello.library = target_.library;
    hello.needs = target_.needs;
    hello.configuration = target_.configuration;
    std::vector<std::byte> frame;
    wire::FrameWriter to(frame, {.kind = wire::FrameKind::hello});
    wire::write(to, hello);
    to.finish();
    welcomed_ = false;
    send(frame);
    const auto until = Clock::now() + target_.hang;
    while (lost_.empty() && !welcomed_)
        if (!take(until) && lost_.empty()) lose("it was not ready in time");
    if (lost_.empty()) grant();
}

void Host::next_session() { hello(); }

// Handles for calls that the provider announces (R072).
void Host::grant() {
    if (granted_ >= credit_) return;
    std::vector<std::byte> frame;
    wire::FrameWriter to(frame, {.kind = wire::FrameKind::grant, .function = LINE_NEWCALL});
    for (; granted_ < credit_; ++granted_) to.number(next_granted_++);
    to.finish();
    send(frame);
}

void Host::send(std::span<const std::byte> frame) {
    if (!lost_.empty()) return;
    monitor_.to_host(frame);
    socket_->queue(frame);
    const auto until = Clock::now() + target_.hang;
    while (socket_->flush() && socket_->queued_bytes() != 0) {
        pollfd writable{socket_->fd(), POLLOUT, 0};
        if (::poll(&writable, 1, left(until)) == 0) return lose("it takes no more requests");
    }
}

void Host::lose(const std::string& why) {
    if (!lost_.empty()) return;
    lost_ = why;
    if (process_ <= 0) return;
    ::kill(-process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
}

std::string Host::how_it_ended() {
    int status = 0;
    const auto until = Clock::now() + std::chrono::seconds(5);
    while (::waitpid(process_, &status, WNOHANG) == 0) {
        if (Clock::now() > until) return "its host closed the connection";
        pollfd nothing{-1, 0, 0};
        ::poll(&nothing, 1, 1);
    }
    process_ = 0;
    if (!goodbye_.empty()) return goodbye_;
    if (WIFSIGNALED(status))
        return std::string("it ended the process with SIG") + ::sigabbrev_np(WTERMSIG(status));
    return "it ended the process with status " + std::to_string(WEXITSTATUS(status));
}

bool Host::take(Clock::time_point until) {
    while (lost_.empty()) {
        const auto parsed = socket_->next_frame();
        if (parsed.error != wire::FrameError::none) {
            lose(std::string(wire::describe(parsed.error)));
            return false;
        }
        if (parsed.frame) {
            socket_->take_descriptor().reset();
            arrived(*parsed.frame);
            return true;
        }
        pollfd readable{socket_->fd(), POLLIN, 0};
        if (::poll(&readable, 1, left(until)) == 0) return false;
        const auto status = socket_->read_some();
        if (status == wire::ReadStatus::closed || status == wire::ReadStatus::broken) lose(how_it_ended());
    }
    return false;
}

void Host::arrived(const wire::Frame& frame) {
    monitor_.from_host(frame);
    const auto& header = frame.header;
    switch (header.kind) {
    case wire::FrameKind::welcome: welcomed_ = true; return;
    case wire::FrameKind::goodbye: {
        wire::PayloadReader from(frame.payload);
        goodbye_ = from.utf8();
        return;
    }
    case wire::FrameKind::service:
        if (header.function == wire::host_command) commanded_ = header.result;
        if (wire::HostRetained retained;
            header.function == wire::host_retained && wire::read(frame.payload, retained))
            monitor_.retained(retained);
        return;
    case wire::FrameKind::event:
        if (header.function == LINE_NEWCALL && granted_ != 0) --granted_;
        return;
    case wire::FrameKind::result:
        if (header.correlation != awaited_) return;
        answer_.emplace();
        answer_->returned = true;
        answer_->result = header.result;
        answer_->payload.assign(frame.payload.begin(), frame.payload.end());
        if (header.result >= 0 &&
            !wire::decode_up(abi::row(asked_), abi::Fill::at_return, answer_->payload, answer_->outputs))
            answer_->outputs = {};
        return;
    case wire::FrameKind::hello:
    case wire::FrameKind::call:
    case wire::FrameKind::completion:
    case wire::FrameKind::grant:
    case wire::FrameKind::log:
    case wire::FrameKind::dialog: return;
    }
}

Answer Host::call(Inputs inputs, std::uint64_t lane) {
    std::vector<std::byte> frame;
    awaited_ = next_correlation_++;
    asked_ = inputs.function();
    wire::FrameWriter to(frame, {.kind = wire::FrameKind::call,
                                 .function = static_cast<std::uint16_t>(asked_),
                                 .correlation = awaited_,
                                 .sequence = lane});
    wire::encode_down(inputs.row(), to, inputs.values());
    to.finish();
    answer_.reset();
    send(frame);
    const auto until = Clock::now() + target_.hang;
    while (lost_.empty() && !answer_)
        if (!take(until) && lost_.empty())
            lose(std::string(inputs.row().name) + " did not return in " +
                 std::to_string(target_.hang.count()) + " ms");
    if (lost_.empty()) grant();
    return answer_ ? std::move(*answer_) : Answer{};
}

std::int32_t Host::command(std::string_view text) {
    std::vector<std::byte> frame;
    wire::FrameWriter to(frame, {.kind = wire::FrameKind::service,
                                 .function = wire::host_command,
                                 .correlation = next_correlation_++});
    to.utf8(text);
    to.finish();
    commanded_.reset();
    send(frame);
    const auto until = Clock::now() + target_.hang;
    while (lost_.empty() && !commanded_)
        if (!take(until) && lost_.empty()) lose("the command \"" + std::string(text) + "\" did not return");
    return commanded_.value_or(LINEERR_OPERATIONFAILED);
}

void Host::listen(std::chrono::milliseconds quiet) {
    while (lost_.empty() && take(Clock::now() + quiet)) {
    }
    if (lost_.empty()) grant();
}

} // namespace offhook::certify
