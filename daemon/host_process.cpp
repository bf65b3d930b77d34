// SPDX-License-Identifier: Apache-2.0
#include "daemon/host_process.h"

#include "wire/start_host.h"

#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <csignal>
#include <stdexcept>

namespace offhook::daemon {

namespace {

void send_signal(const wire::UniqueFd& pidfd, int signal) {
    ::syscall(SYS_pidfd_send_signal, pidfd.get(), signal, nullptr, 0);
}

std::string describe(const siginfo_t& exit) {
    if (exit.si_code == CLD_EXITED) return "the host exited with status " + std::to_string(exit.si_status);
    const char* name = ::sigabbrev_np(exit.si_status);
    return "the host was ended by SIG" + std::string(name == nullptr ? "?" : name) +
           (exit.si_code == CLD_DUMPED ? " (core dumped)" : "");
}

std::vector<std::byte> hello_frame(const wire::HostHello& hello) {
    std::vector<std::byte> frame;
    wire::FrameWriter writer(frame, {.kind = wire::FrameKind::hello});
    write(writer, hello);
    writer.finish();
    return frame;
}

} // namespace

HostProcess::HostProcess(EventLoop& loop, const HostLimits& limits, const wire::HostHello& hello,
                         Owner& owner)
    : loop_(loop),
      limits_(limits),
      owner_(&owner) {
    try {
        const auto frame = hello_frame(hello);
        if (frame.size() > wire::max_frame_size)
            throw std::runtime_error("the provider's configuration is larger than 1 MiB");
        auto started = wire::start_host(limits_.program, wire::HostErrors::where_ours_go);
        process_ = started.process;
        pidfd_ = std::move(started.pidfd);
        exit_watch_ = loop_.watch(pidfd_.get(), EPOLLIN, [this](std::uint32_t) { exited(); });
        stream_ =
            std::make_unique<FrameStream>(loop_, std::move(started.socket), limits_.output_bytes, *this);
        stream_->send(frame);
        await_welcome();
    } catch (const std::exception& failure) {
        // Later, because the owner is still making this.
        deadline_ = loop_.after(0, [this, reason = std::string(failure.what())] { report(reason); });
    }
}

HostProcess::~HostProcess() {
    if (!pidfd_ || stage_ == Stage::ended) return;
    send_signal(pidfd_, SIGKILL);
    siginfo_t exit{};
    ::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &exit, WEXITED);
}

void HostProcess::await_welcome() {
    deadline_ = loop_.after(limits_.welcome_ms, [this] {
        kill("it was not ready in " + std::to_string(limits_.welcome_ms) + " ms (hosts.welcome_ms)");
    });
}

bool HostProcess::park(Owner& owner) {
    if (stage_ != Stage::running || sessions_ >= limits_.sessions_per_load) return false;
    stage_ = Stage::parked;
    owner_ = &owner;
    return true;
}

bool HostProcess::next_session(const wire::HostHello& hello, Owner& owner) {
    const auto frame = hello_frame(hello);
    if (stage_ != Stage::parked || frame.size() > wire::max_frame_size) return false;
    stage_ = Stage::greeting;
    owner_ = &owner;
    ++sessions_;
    stream_->send(frame);
    await_welcome();
    return true;
}

void HostProcess::send(std::span<const std::byte> frames) {
    if (stream_ && stage_ != Stage::stopping) stream_->send(frames);
}

void HostProcess::send_with_descriptor(std::span<const std::byte> frame, wire::UniqueFd descriptor) {
    if (stream_ && stage_ != Stage::stopping) stream_->send_with_descriptor(frame, std::move(descriptor));
}

void HostProcess::end_orderly() {
    if (stage_ == Stage::stopping || stage_ == Stage::ended || !pidfd_) return;
    stage_ = Stage::stopping;
    stream_->end_output();
    deadline_ = loop_.after(limits_.exit_ms, [this] {
        kill("it did not exit in " + std::to_string(limits_.exit_ms) + " ms after its connection was closed");
    });
}

void HostProcess::kill(std::string_view why) {
    if (stage_ == Stage::ended || !pidfd_) return;
    because(why);
    stage_ = Stage::stopping;
    send_signal(pidfd_, SIGKILL);
}

bool HostProcess::frame_arrived(const wire::Frame& frame, std::string& reason) {
    using wire::FrameKind;
    if (frame.header.kind == FrameKind::log) return log(frame, reason);
    if (frame.header.kind == FrameKind::goodbye) return goodbye(frame);
    switch (stage_) {
    case Stage::greeting: return greeted(frame, reason);
    case Stage::running: return owner_->host_frame_arrived(frame, reason);
    case Stage::parked: reason = "the host spoke between two sessions"; return false;
    case Stage::stopping:
    case Stage::ended: return true;
    }
    return false;
}

bool HostProcess::greeted(const wire::Frame& frame, std::string& reason) {
    if (sessions_ > 1 && frame.header.kind == wire::FrameKind::service &&
        frame.header.function == wire::host_retained) {
        wire::HostRetained retained;
        if (read(frame.payload, retained)) owner_->host_retained(retained);
        else reason = "the host's report of what was retained is malformed";
        return reason.empty();
    }
    wire::PayloadReader from(frame.payload);
    const auto exported = from.block();
    if (frame.header.kind != wire::FrameKind::welcome || !from.finished()) {
        reason = "the host did not begin with a welcome";
        return false;
    }
    stage_ = Stage::running;
    deadline_.cancel();
    owner_->host_welcomed(exported.bytes);
    return true;
}

bool HostProcess::goodbye(const wire::Frame& frame) {
    wire::PayloadReader from(frame.payload);
    because(from.utf8());
    return true;
}

bool HostProcess::log(const wire::Frame& frame, std::string& reason) {
    wire::PayloadReader from(frame.payload);
    const auto severity = from.number();
    const auto line = from.utf8();
    if (!from.finished()) {
        reason = "a log frame is malformed";
        return false;
    }
    owner_->host_logged(severity, line);
    return true;
}

void HostProcess::stream_lost(const std::string& reason) {
    // A host that closed its connection is about to exit: what ends it says more than that.
    if (stage_ == Stage::stopping || stage_ == Stage::ended) return;
    stage_ = Stage::stopping;
    deadline_ = loop_.after(1'000, [this, reason] { kill(reason); });
    if (reason != FrameStream::closed_by_peer) kill(reason);
}

void HostProcess::stream_finished() {}

void HostProcess::exited() {
    // Its last words.
    stream_->drain();
    // Until it is reaped its number, which is also that of its process group, is nobody else's.
    ::kill(-process_, SIGKILL);
    siginfo_t exit{};
    ::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &exit, WEXITED);
    exit_watch_.stop();
    auto reason = describe(exit);
    if (!cause_.empty()) reason = cause_ + " (" + reason + ")";
    report(reason);
}

void HostProcess::because(std::string_view why) {
    if (cause_.empty()) cause_ = why;
}

void HostProcess::report(const std::string& reason) {
    stage_ = Stage::ended;
    deadline_.cancel();
    owner_->host_ended(reason);
}

} // namespace offhook::daemon
