// SPDX-License-Identifier: Apache-2.0
#include "tests/host/host_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>

namespace offhook::host {
namespace {

using Clock = std::chrono::steady_clock;

int remaining(Clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    return left < 0 ? 0 : static_cast<int>(left);
}

using EncodeDown = void (*)(wire::FrameWriter&, const wire::Values&);
constexpr auto encode_down = []<std::size_t... F>(std::index_sequence<F...>) {
    return std::array<EncodeDown, sizeof...(F)>{&wire::encode_down<static_cast<abi::Tspi>(F)>...};
}
(std::make_index_sequence<abi::tspi_functions.size()>{});

abi::Tspi function_of(const Inputs& inputs) {
    return static_cast<abi::Tspi>(static_cast<const abi::TspiFunction*>(&inputs.row()) -
                                  abi::tspi_functions.data());
}

} // namespace

std::string Received::text() const {
    wire::PayloadReader from(payload);
    if (header.kind == wire::FrameKind::log) from.number();
    return std::string(from.utf8());
}

Inputs& Inputs::number(std::string_view name, std::uint64_t value) {
    at(name).number = value;
    at(name).null = false;
    return *this;
}

Inputs& Inputs::text(std::string_view name, std::u16string_view value) {
    at(name).bytes = std::as_bytes(std::span(value));
    at(name).null = false;
    return *this;
}

Inputs& Inputs::bytes(std::string_view name, std::string_view value) {
    at(name).bytes = std::as_bytes(std::span(value));
    at(name).null = false;
    return number(row_.parameters.at(row_.index_of(name)).count_name, value.size());
}

HostProcess::HostProcess(const wire::HostHello& hello) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw std::runtime_error("socketpair");
    const wire::UniqueFd theirs(ends[1]);
    wire::UniqueFd ours(ends[0]);
    pid_ = ::fork();
    if (pid_ == 0) {
        constexpr int inherited = 9;
        ::dup2(theirs.get(), inherited);
        ::execl(OFFHOOK_HOST, OFFHOOK_HOST, "--socket", "9", nullptr);
        ::_exit(127);
    }
    pidfd_.reset(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
    ::fcntl(ours.get(), F_SETFL, O_NONBLOCK);
    socket_.emplace(std::move(ours));
    this->hello(hello);
}

void HostProcess::hello(const wire::HostHello& hello) {
    std::vector<std::byte> frame;
    wire::FrameWriter to(frame, {.kind = wire::FrameKind::hello});
    wire::write(to, hello);
    to.finish();
    send(frame);
}

std::optional<wire::HostRetained> HostProcess::next_session(const wire::HostHello& hello) {
    this->hello(hello);
    const auto report = next(wire::FrameKind::service);
    wire::HostRetained retained;
    if (!report || report->header.function != wire::host_retained || !wire::read(report->payload, retained) ||
        !next(wire::FrameKind::welcome))
        return std::nullopt;
    return retained;
}

HostProcess::~HostProcess() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

void HostProcess::send(std::span<const std::byte> frames) {
    socket_->queue(frames);
    while (socket_->flush() && socket_->queued_bytes() != 0) {
        pollfd writable{socket_->fd(), POLLOUT, 0};
        ::poll(&writable, 1, 1000);
    }
}

std::vector<std::byte> HostProcess::call_frame(abi::Tspi function, const wire::Values& values,
                                               std::uint64_t lane, std::uint8_t flags) {
    std::vector<std::byte> frame;
    wire::FrameWriter to(frame, {.kind = wire::FrameKind::call,
                                 .flags = flags,
                                 .function = static_cast<std::uint16_t>(function),
                                 .correlation = ++correlation_,
                                 .sequence = lane});
    encode_down[static_cast<std::size_t>(function)](to, values);
    to.finish();
    return frame;
}

std::uint32_t HostProcess::call(abi::Tspi function, const wire::Values& values, std::uint64_t lane) {
    send(call_frame(function, values, lane, 0));
    return correlation_;
}

std::uint32_t HostProcess::call(const Inputs& inputs, std::uint64_t lane) {
    return call(function_of(inputs), inputs.values(), lane);
}

std::uint32_t HostProcess::call_with_audio(const Inputs& inputs, wire::UniqueFd stream, std::uint8_t flags) {
    const auto frame = call_frame(function_of(inputs), inputs.values(), 1, flags);
    socket_->queue_with_descriptor(frame, std::move(stream));
    send({});
    return correlation_;
}

void HostProcess::grant(std::span<const std::uint32_t> handles, std::uint16_t message) {
    std::vector<std::byte> frame;
    wire::FrameWriter to(frame, {.kind = wire::FrameKind::grant, .function = message});
    for (const auto handle : handles) to.number(handle);
    to.finish();
    send(frame);
}

std::uint32_t HostProcess::command(std::string_view text) {
    std::vector<std::byte> frame;
    wire::FrameWriter to(
        frame,
        {.kind = wire::FrameKind::service, .function = wire::host_command, .correlation = ++correlation_});
    to.utf8(text);
    to.finish();
    send(frame);
    return correlation_;
}

void HostProcess::leave() { ::shutdown(socket_->fd(), SHUT_WR); }

std::optional<Received> HostProcess::next() {
    const auto until = Clock::now() + patience;
    for (;;) {
        const auto parsed = socket_->next_frame();
        if (parsed.frame)
            return Received{parsed.frame->header,
                            {parsed.frame->payload.begin(), parsed.frame->payload.end()}};
        pollfd readable{socket_->fd(), POLLIN, 0};
        if (::poll(&readable, 1, remaining(until)) <= 0) return std::nullopt;
        const auto status = socket_->read_some();
        if (status == wire::ReadStatus::closed || status == wire::ReadStatus::broken) return std::nullopt;
    }
}

std::optional<Received> HostProcess::next(wire::FrameKind kind) {
    while (auto frame = next()) {
        if (frame->header.kind == kind) return frame;
        passed.push_back(std::move(*frame));
    }
    return std::nullopt;
}

LONG HostProcess::result_of(const Inputs& inputs, std::uint64_t lane) {
    const auto correlation = call(inputs, lane);
    while (auto frame = next(wire::FrameKind::result))
        if (frame->header.correlation == correlation) return frame->header.result;
    throw std::runtime_error("the host did not answer " + std::string(inputs.row().name));
}

int HostProcess::wait_for_exit(std::chrono::milliseconds limit) {
    pollfd exited{pidfd_.get(), POLLIN, 0};
    if (::poll(&exited, 1, static_cast<int>(limit.count())) != 1) return -1;
    int status = -1;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return status;
}

wire::HostHello hello_for(std::string library, std::map<std::string, std::string> configuration) {
    wire::HostHello hello;
    hello.provider = 7;
    hello.library = std::move(library);
    hello.configuration = std::move(configuration);
    return hello;
}

std::optional<std::string> log_line(HostProcess& host, std::string_view part) {
    for (const auto& frame : host.passed)
        if (frame.header.kind == wire::FrameKind::log && frame.text().find(part) != std::string::npos)
            return frame.text();
    while (auto frame = host.next()) {
        const auto line = frame->text();
        const bool found = frame->header.kind == wire::FrameKind::log && line.find(part) != std::string::npos;
        host.passed.push_back(std::move(*frame));
        if (found) return line;
    }
    return std::nullopt;
}

} // namespace offhook::host
