// SPDX-License-Identifier: Apache-2.0
//
// The last records of the trace, numbered. Watchers read from it at their own pace; one that is too slow
// misses records and is told how many.
#pragma once

#include "core/trace.h"

#include <deque>
#include <string>

namespace offhook::daemon {

struct KeptRecord {
    std::uint64_t time_ms = 0; // since 1970
    core::TraceKind kind{};
    std::string what, provider, text;
    std::uint32_t application = 0, request = 0, rule = 0;
    std::uint64_t line = 0, call = 0;
    std::int32_t result = 0;
    std::uint64_t parameter1 = 0, parameter2 = 0, parameter3 = 0;
};

class TraceRing {
  public:
    explicit TraceRing(std::size_t capacity) : capacity_(capacity) {}

    void add(const core::TraceRecord&, std::uint64_t time_ms);
    std::uint64_t first() const { return first_; } // number of the oldest record
    std::uint64_t end() const { return first_ + records_.size(); }
    const KeptRecord& at(std::uint64_t number) const { return records_[number - first_]; }

  private:
    std::size_t capacity_;
    std::uint64_t first_ = 0;
    std::deque<KeptRecord> records_;
};

} // namespace offhook::daemon
