// SPDX-License-Identifier: Apache-2.0
#include "host/retention.h"

#include <malloc.h>

#include <algorithm>
#include <iterator>
#include <thread>
#include <utility>

namespace offhook::host {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds moment{2};

std::size_t heap_in_use() {
    const auto info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

} // namespace

void Retention::before_session() { before_ = process_things(own_); }

void Retention::attached() { static_data_.remember(); }

std::vector<ProcessThing> Retention::left_things() const {
    const auto now = process_things(own_);
    std::vector<ProcessThing> left;
    std::set_difference(now.begin(), now.end(), before_.begin(), before_.end(), std::back_inserter(left));
    return left;
}

wire::HostRetained Retention::after_session() {
    const auto until = Clock::now() + patience;
    auto left = left_things();
    while (!left.empty() &&
           Clock::now() < until) { // nothing tells of the end of a thread that is not one's own
        std::this_thread::sleep_for(moment);
        left = left_things();
    }
    wire::HostRetained retained;
    for (auto& [kind, id, name] : left) retained.things.push_back({kind, std::move(name)});
    for (auto& name : static_data_.changed())
        retained.things.push_back({wire::RetainedKind::static_data, std::move(name)});
    const auto heap = heap_in_use();
    if (heap_ && heap > *heap_ + least_growth)
        retained.things.push_back({wire::RetainedKind::heap, std::to_string((heap - *heap_) / 1024) +
                                                                 " KiB more than after the session before"});
    heap_ = heap;
    return retained;
}

} // namespace offhook::host
