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

    // Digits are gathered into a buffer, which may be written until the call is closed. end_to_end: the
    // dwEndToEndID that LINE_GATHERDIGITS names.
    void gathering(std::uint64_t call, std::uint32_t end_to_end, std::shared_ptr<CallMemory> memory);
    // The function failed: the latest of that name is none.
    void not_gathering(std::uint64_t call, std::uint32_t end_to_end);
    // The oldest of that name that has not ended ends (R230). Null: there is none.
    std::shared_ptr<CallMemory> gathered(std::uint32_t end_to_end);
    void call_closed(std::uint64_t call);

  private:
    std::mutex mutex_;
    std::unordered_map<std::uint32_t, Request> outstanding_;
    enum class Gathering : std::uint8_t { under_way, ended };
    struct Gathered {
        std::uint32_t end_to_end = 0;
        std::shared_ptr<CallMemory> memory;
        Gathering state = Gathering::under_way;
    };
    std::unordered_map<std::uint64_t, std::vector<Gathered>> of_calls_;
};

} // namespace offhook::host
