// SPDX-License-Identifier: Apache-2.0
#include "host/lanes.h"

#include <algorithm>
#include <utility>

namespace offhook::host {

void Lanes::open() {
    const std::lock_guard lock(mutex_);
    if (state_ == State::not_yet) state_ = State::open;
}

void Lanes::close() {
    const std::lock_guard lock(mutex_);
    state_ = State::closed;
    first_.clear();
    behind_.clear();
}

void Lanes::one_at_a_time() {
    const std::lock_guard lock(mutex_);
    one_at_a_time_ = true;
}

bool Lanes::enters_one_at_a_time() const {
    const std::lock_guard lock(mutex_);
    return one_at_a_time_;
}

void Lanes::add(Call call) {
    const std::lock_guard lock(mutex_);
    if (state_ == State::closed) return;
    if (is_dialog(call.function)) {
        first_.push_back(std::move(call));
        return;
    }
    const auto [lane, unused] = behind_.try_emplace(call.lane);
    if (unused) first_.push_back(std::move(call));
    else lane->second.push_back(std::move(call));
}

bool Lanes::may_enter(const Call& call) const {
    return is_dialog(call.function) || !one_at_a_time_ || running_in_lanes_ == 0;
}

bool Lanes::ready() const {
    const std::lock_guard lock(mutex_);
    return state_ == State::open && running_ < limit_ &&
           std::any_of(first_.begin(), first_.end(), [this](const Call& c) { return may_enter(c); });
}

std::optional<Call> Lanes::take() {
    const std::lock_guard lock(mutex_);
    if (state_ != State::open || running_ >= limit_) return std::nullopt;
    const auto next =
        std::find_if(first_.begin(), first_.end(), [this](const Call& c) { return may_enter(c); });
    if (next == first_.end()) return std::nullopt;
    std::optional<Call> call(std::move(*next));
    first_.erase(next);
    ++running_;
    if (!is_dialog(call->function)) ++running_in_lanes_;
    return call;
}

void Lanes::done(const Call& call) {
    const std::lock_guard lock(mutex_);
    --running_;
    if (running_ == 0) left_.notify_all();
    if (is_dialog(call.function)) return;
    --running_in_lanes_;
    const auto lane = behind_.find(call.lane);
    if (lane == behind_.end()) return; // closed
    if (lane->second.empty()) {
        behind_.erase(lane);
        return;
    }
    first_.push_back(std::move(lane->second.front()));
    lane->second.pop_front();
}

bool Lanes::wait_until_idle(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return left_.wait_for(lock, limit, [this] { return running_ == 0; });
}

} // namespace offhook::host
