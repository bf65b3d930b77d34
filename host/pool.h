// SPDX-License-Identifier: Apache-2.0
//
// The threads of a host. Each waits for whatever comes first: bytes from the service, output of the provider,
// a call that may enter. The thread that reads a call makes it, so that a call costs no hand-over between
// threads; meanwhile the kernel wakes another for what comes next. Calls that wait are made by the same
// thread, one after another, and their results leave together; one that takes longer than a moment is
// overtaken by another thread. More are started when none is left waiting, and end when idle.
#pragma once

#include "host/captured_output.h"
#include "host/load.h"
#include "host/own_threads.h"
#include "wire/stream_socket.h"
#include "wire/unique_fd.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>

namespace offhook::host {

class Pool {
  public:
    // One thread more than calls may run at once: somebody always hears the service leave.
    static constexpr std::size_t max_threads = Session::max_concurrent_calls + 1;
    static constexpr std::size_t spare_threads = 2;
    static constexpr std::chrono::seconds idle_time{30};

    Pool(Load& load, OwnThreads& own_threads, wire::StreamSocket& socket, Outbox& outbox,
         std::array<CapturedOutput*, 2> outputs);
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    // They run until the process ends; the pool must live as long.
    void start();
    // A call may enter that no thread knows of: the lanes were opened.
    void wake();

  private:
    enum class Source : std::uint32_t { service, work, outbox, output, error_output };

    void watch(int fd, Source source, std::uint32_t events);
    void rearm(int fd, Source source);
    void start_thread();
    void run();
    bool may_leave();
    void handle(Source source);
    void read_service();
    void take_frames();
    void work();

    Load& load_;
    OwnThreads& own_threads_;
    wire::StreamSocket& socket_;
    Outbox& outbox_;
    std::array<CapturedOutput*, 2> outputs_;
    wire::UniqueFd epoll_;
    wire::UniqueFd work_; // an eventfd
    std::mutex reading_;  // hands what socket_ holds from one reader to the next
    std::mutex mutex_;
    std::size_t threads_ = 0;
    std::size_t waiting_ = 0;
};

} // namespace offhook::host
