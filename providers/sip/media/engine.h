// SPDX-License-Identifier: Apache-2.0
//
// The media thread: one epoll loop that receives for all streams and ticks them every 20 ms.
#pragma once

#include "providers/sip/media/stream.h"

#include <memory>
#include <thread>
#include <unordered_map>

namespace offhook::sip::media {

class Engine {
  public:
    // `events` outlives the engine. Throws std::system_error when the kernel gives no timer or poll
    // descriptor.
    Engine(PortRange ports, StreamEvents& events);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Null: no pair of ports is free.
    [[nodiscard]] std::shared_ptr<Stream> open(const Address& local, std::uint64_t owner);
    void close(const std::shared_ptr<Stream>& stream);

  private:
    using Streams = std::unordered_map<std::uint64_t, std::shared_ptr<Stream>>;

    void run();
    void tick();
    [[nodiscard]] std::shared_ptr<Stream> find(std::uint64_t id);

    PortAllocator ports_;
    StreamEvents& events_;
    wire::UniqueFd poll_;
    wire::UniqueFd timer_;
    wire::UniqueFd stop_;
    std::mutex lock_;
    Streams streams_;
    std::vector<std::shared_ptr<Stream>> ticking_; // of the thread alone; kept to spare allocations
    std::thread thread_;
};

} // namespace offhook::sip::media
