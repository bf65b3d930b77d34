// SPDX-License-Identifier: Apache-2.0
#include "daemon/trace_ring.h"

namespace offhook::daemon {

void TraceRing::add(const core::TraceRecord& record, std::uint64_t time_ms) {
    if (records_.size() == capacity_) {
        records_.pop_front();
        ++first_;
    }
    records_.push_back({.time_ms = time_ms,
                        .kind = record.kind,
                        .what = std::string(record.what),
                        .provider = std::string(record.provider),
                        .text = std::string(record.text),
                        .application = record.application,
                        .request = record.request,
                        .rule = record.rule,
                        .line = record.line,
                        .call = record.call,
                        .result = record.result,
                        .parameter1 = record.parameter1,
                        .parameter2 = record.parameter2,
                        .parameter3 = record.parameter3});
}

} // namespace offhook::daemon
