// SPDX-License-Identifier: Apache-2.0
#include "host/pool.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

namespace offhook::host {
namespace {

// A descriptor is read by the one thread that its event woke; it says when the next may.
constexpr std::uint32_t one_reader = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT;
// A signal wakes one thread; nothing is read from it.
constexpr std::uint32_t signal_once = EPOLLIN | EPOLLET;

} // namespace

Pool::Pool(Load& load, OwnThreads& own_threads, wire::StreamSocket& socket, Outbox& outbox,
           std::array<CapturedOutput*, 2> outputs)
    : load_(load),
      own_threads_(own_threads),
      socket_(socket),
      outbox_(outbox),
      outputs_(outputs),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      work_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!epoll_ || !work_) throw std::system_error(errno, std::generic_category(), "epoll");
}

void Pool::watch(int fd, Source source, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.u32 = static_cast<std::uint32_t>(source);
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0)
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

void Pool::rearm(int fd, Source source) {
    epoll_event event{};
    event.events = one_reader;
    event.data.u32 = static_cast<std::uint32_t>(source);
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event);
}

void Pool::start() {
    take_frames(); // what came along with the hello
    watch(socket_.fd(), Source::service, one_reader);
    watch(work_.get(), Source::work, signal_once);
    watch(outbox_.timer(), Source::outbox, signal_once);
    watch(outputs_[0]->fd(), Source::output, one_reader);
    watch(outputs_[1]->fd(), Source::error_output, one_reader);
    for (std::size_t i = 0; i < spare_threads; ++i) start_thread();
}

void Pool::wake() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(work_.get(), &one, sizeof one);
}

void Pool::start_thread() {
    {
        const std::lock_guard lock(mutex_);
        ++threads_;
        ++waiting_;
    }
    try {
        std::thread([this] { run(); }).detach();
    } catch (const std::system_error&) { // the system has no more: the calls wait for each other
        const std::lock_guard lock(mutex_);
        --threads_;
        --waiting_;
    }
}

bool Pool::may_leave() {
    const std::lock_guard lock(mutex_);
    if (waiting_ <= spare_threads) return false;
    --waiting_;
    --threads_;
    return true;
}

void Pool::run() {
    const OwnThreads::Member own(own_threads_);
    for (;;) {
        epoll_event event{};
        const int limit = static_cast<int>(std::chrono::milliseconds(idle_time).count());
        const int got = ::epoll_wait(epoll_.get(), &event, 1, limit);
        if (got == 0 && may_leave()) return;
        if (got == 1) handle(static_cast<Source>(event.data.u32));
    }
}

void Pool::handle(Source source) {
    switch (source) {
    case Source::service: read_service(); break;
    case Source::work: break;
    case Source::outbox: load_.session().flush(); break;
    case Source::output:
    case Source::error_output: {
        auto& output = *outputs_[source == Source::output ? 0 : 1];
        output.read();
        rearm(output.fd(), source);
        load_.session().flush();
        break;
    }
    }
    work();
}

void Pool::read_service() {
    const std::lock_guard lock(reading_); // never waits: there is one reader at a time
    switch (socket_.read_some()) {
    case wire::ReadStatus::progressed:
        take_frames();
        rearm(socket_.fd(), Source::service);
        break;
    case wire::ReadStatus::would_block: rearm(socket_.fd(), Source::service); break;
    case wire::ReadStatus::closed:
    case wire::ReadStatus::broken: load_.session().service_left(); break;
    }
}

void Pool::take_frames() {
    for (;;) {
        const auto parsed = socket_.next_frame();
        if (parsed.error != wire::FrameError::none) return load_.session().fail(wire::describe(parsed.error));
        if (!parsed.frame) return;
        auto descriptor =
            parsed.frame->header.flags & wire::flag_descriptor ? socket_.take_descriptor() : wire::UniqueFd{};
        load_.frame(*parsed.frame, std::move(descriptor));
    }
}

void Pool::work() {
    if (!load_.ready()) return;
    bool start_another = false;
    {
        const std::lock_guard lock(mutex_);
        --waiting_;
        start_another = waiting_ == 0 && threads_ < max_threads;
    }
    if (start_another) start_thread();
    for (bool unsent = false; auto task = load_.take(); unsent = true) {
        // If this one lasts, another thread sends the results so far, and lets others enter beside it (R012).
        if (unsent || load_.ready()) outbox_.remind();
        load_.make(std::move(*task));
    }
    load_.session().flush();
    const std::lock_guard lock(mutex_);
    ++waiting_;
}

} // namespace offhook::host
