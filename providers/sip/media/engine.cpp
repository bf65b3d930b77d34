// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/engine.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>

namespace offhook::sip::media {
namespace {

// What epoll reports: the timer, the end, or one of a stream's two sockets. A stream's id is the number of
// its RTP socket, which nothing else has while the stream exists, and which is never 0.
constexpr std::uint64_t timer_mark = 0;
constexpr std::uint64_t stop_mark = 1;
std::uint64_t id_of(const Stream& stream) { return static_cast<std::uint64_t>(stream.rtp_socket()); }
constexpr std::uint64_t rtp_mark(std::uint64_t id) { return 2 * id; }
constexpr std::uint64_t rtcp_mark(std::uint64_t id) { return 2 * id + 1; }

wire::UniqueFd made(int descriptor, const char* what) {
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
    return wire::UniqueFd(descriptor);
}

void watch(int poll, int descriptor, std::uint64_t mark) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = mark;
    if (::epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) != 0)
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

std::uint64_t now_microseconds() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

} // namespace

Engine::Engine(PortRange ports, StreamEvents& events)
    : ports_(ports),
      events_(events),
      poll_(made(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      timer_(made(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), "timerfd_create")),
      stop_(made(::eventfd(0, EFD_CLOEXEC), "eventfd")) {
    itimerspec every{};
    every.it_interval.tv_nsec = every.it_value.tv_nsec = static_cast<long>(frame_milliseconds) * 1'000'000;
    ::timerfd_settime(timer_.get(), 0, &every, nullptr);
    watch(poll_.get(), timer_.get(), timer_mark);
    watch(poll_.get(), stop_.get(), stop_mark);
    thread_ = std::thread([this] { run(); });
}

Engine::~Engine() {
    constexpr std::uint64_t one = 1;
    static_cast<void>(!::write(stop_.get(), &one, sizeof one));
    thread_.join();
    for (const auto& [id, stream] : streams_) stream->close();
}

std::shared_ptr<Stream> Engine::open(const Address& local, std::uint64_t owner) {
    RtpSockets sockets = ports_.open(local);
    if (!sockets.rtp) return nullptr;
    auto stream = std::make_shared<Stream>(std::move(sockets), local, owner, events_);
    const std::lock_guard guard(lock_);
    const std::uint64_t id = id_of(*stream);
    watch(poll_.get(), stream->rtp_socket(), rtp_mark(id));
    watch(poll_.get(), stream->rtcp_socket(), rtcp_mark(id));
    streams_.emplace(id, stream);
    return stream;
}

void Engine::close(const std::shared_ptr<Stream>& stream) {
    stream->close();
    const std::lock_guard guard(lock_);
    streams_.erase(id_of(*stream));
}

std::shared_ptr<Stream> Engine::find(std::uint64_t id) {
    const std::lock_guard guard(lock_);
    const auto found = streams_.find(id);
    return found == streams_.end() ? nullptr : found->second;
}

void Engine::run() {
    std::array<epoll_event, 64> ready{};
    for (;;) {
        const int count = ::epoll_wait(poll_.get(), ready.data(), static_cast<int>(ready.size()), -1);
        for (int index = 0; index < count; ++index) {
            const std::uint64_t mark = ready[static_cast<std::size_t>(index)].data.u64;
            if (mark == stop_mark) return;
            if (mark == timer_mark) {
                tick();
            } else if (const auto stream = find(mark / 2)) {
                if (mark == rtp_mark(mark / 2)) stream->receive_rtp(now_microseconds());
                else stream->receive_rtcp(now_microseconds());
            }
        }
    }
}

void Engine::tick() {
    std::uint64_t due = 0;
    if (::read(timer_.get(), &due, sizeof due) != sizeof due) return;
    {
        const std::lock_guard guard(lock_);
        ticking_.clear();
        for (const auto& [id, stream] : streams_) ticking_.push_back(stream);
    }
    // Ticks that were missed are made up for, so that a busy moment does not slow the audio down for good.
    constexpr std::uint64_t most = 10;
    for (std::uint64_t count = std::min(due, most); count > 0; --count)
        for (const auto& stream : ticking_) stream->tick(now_microseconds());
    ticking_.clear();
}

} // namespace offhook::sip::media
