// SPDX-License-Identifier: Apache-2.0
//
// The requests that the provider has still to complete, and the memory of their late outputs.
#pragma once

#include "host/call_memory.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

namespace offhook::host {

struct Request {
    abi::Tspi function{};
    std::shared_ptr<CallMemory> memory; // null when no output is late
};

class Requests {
  public:
    // Before the function is called, because it may complete the request inside (R047).
    void begin(std::uint32_t id, Request request);
    // Ends it: the function failed, or the provider completed it. Absent: there is no such request.
    std::optional<Request> end(std::uint32_t id);

    // A buffer that is filled before a message of a call, and may be written until the call is closed.
    void keep_until_closed(std::uint64_t call, std::shared_ptr<CallMemory> memory);
    void call_closed(std::uint64_t call);

  private:
    std::mutex mutex_;
    std::unordered_map<std::uint32_t, Request> outstanding_;
    std::unordered_map<std::uint64_t, std::vector<std::shared_ptr<CallMemory>>> of_calls_;
};

} // namespace offhook::host
