// SPDX-License-Identifier: Apache-2.0
//
// What does not go on: a request that was accepted and does not complete, a call that stays in a state which
// it should pass through. Both are reported once; configured so, they are ended as well. One timer looks at
// all of them when the oldest is due, so that those that go on cost nothing.
#include "core/state.h"

#include "abi/call_states.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace offhook::core {
namespace {

constexpr auto never = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t most_given_up = 256; // that are remembered

std::string in_seconds(std::uint64_t milliseconds) { return std::to_string(milliseconds / 1'000) + " s"; }

// As the trace and the dump have handles.
std::string in_hexadecimal(std::uint64_t handle) {
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), handle, 16).ptr;
    return "0x" + std::string(digits.data(), end);
}

// The shorter of the times after which something is stuck; 0: nothing ever is.
std::uint32_t shortest(const Configuration& configuration) {
    if (configuration.stuck_request == 0 || configuration.stuck_call == 0)
        return std::max(configuration.stuck_request, configuration.stuck_call);
    return std::min(configuration.stuck_request, configuration.stuck_call);
}

// A call that was dropped, in whatever state, becomes IDLE (R080); others pass through some states.
bool must_go_on(const Call& call) {
    const auto state = call.state.state & abi::call_state_bits;
    return call.dropped_at ? state != LINECALLSTATE_IDLE : (state & abi::passing_call_states) != 0;
}

} // namespace

// Something has begun that is expected to go on.
void State::arm_watchdog() {
    const auto time = shortest(configuration_);
    if (watchdog_timer_ == 0 && time != 0) watchdog_timer_ = start_timer(TimerKind::watchdog, 0, time);
}

void State::look_for_stuck() {
    auto next = never;
    requests_.for_each([&](Request& request) { next = std::min(next, watch(request)); });
    calls_.for_each([&](Call& call) { next = std::min(next, watch(call)); });
    // What was begun meanwhile, to end them, may not have been looked at.
    if (watchdog_timer_ != 0) next = std::min(next, now_ + shortest(configuration_));
    cancel_timer(watchdog_timer_);
    if (next != never)
        watchdog_timer_ =
            start_timer(TimerKind::watchdog, 0, static_cast<std::uint32_t>(std::max(next, now_) - now_));
}

// The provider has said that the call is dropped. It may have ended meanwhile.
void State::call_was_dropped(Handle handle) {
    Call* call = calls_.find(handle);
    if (call == nullptr) return;
    if (!call->dropped_at) call->dropped_at = now_;
    if (must_go_on(*call)) arm_watchdog();
}

// When to look at it again. One whose function has not returned has the deadline of that call first.
std::uint64_t State::watch(Request& request) {
    if (configuration_.stuck_request == 0 || request.progress != Progress::expected) return never;
    const auto due = request.since + configuration_.stuck_request;
    if (due > now_ || request.stage != RequestStage::accepted) return std::max(due, now_ + 1'000);
    request_is_stuck(request);
    return never;
}

std::uint64_t State::watch(Call& call) {
    if (configuration_.stuck_call == 0 || call.stage != CallStage::live) return never;
    auto due = std::max(call.state_since, call.dropped_at.value_or(0)) + configuration_.stuck_call;
    switch (call.progress) {
    case Progress::expected:
        if (!must_go_on(call)) return never;
        if (due > now_) return due;
        call_is_stuck(call);
        return call.progress == Progress::dropped ? now_ + configuration_.call_deadline : never;
    case Progress::dropped:
        due += configuration_.call_deadline;
        if (due > now_) return due;
        give_up_call(call);
        return never;
    case Progress::stuck:
    case Progress::given_up: break;
    }
    return never;
}

void State::request_is_stuck(Request& request) {
    request.progress = Progress::stuck;
    const Session* session = sessions_.find(request.session);
    report_stuck({.kind = TraceKind::stuck,
                  .what = abi::row(request.function).name,
                  .provider = session != nullptr ? name_of(*session) : std::string_view(),
                  .session = request.session,
                  .line = request.device,
                  .call = request.shown_call(),
                  .request = request.handle},
                 "the request has not completed for " + in_seconds(now_ - request.since));
    if (configuration_.stuck_action == StuckAction::clean) give_up_request(request);
}

void State::call_is_stuck(Call& call) {
    call.progress = Progress::stuck;
    const Session* session = sessions_.find(call.session);
    report_stuck({.kind = TraceKind::stuck,
                  .what = abi::call_state_name(call.state.state),
                  .provider = session != nullptr ? name_of(*session) : std::string_view(),
                  .session = call.session,
                  .line = call.device,
                  .call = call.handle},
                 "the call has been in this state for " + in_seconds(now_ - call.state_since) +
                     (call.dropped_at ? ", and TSPI_lineDrop has succeeded " +
                                            in_seconds(now_ - *call.dropped_at) + " ago"
                                      : std::string()));
    if (call.dropped_at && session != nullptr)
        violation(*session, 80, "TSPI_lineDrop has succeeded, and the call has not become IDLE since", &call);
    if (configuration_.stuck_action != StuckAction::clean) return;
    if (call.dropped_at) return give_up_call(call); // there is nothing left to ask for
    call.progress = Progress::dropped;
    drop_call(call);
}

void State::report_stuck(TraceRecord record, const std::string& text) {
    record.text = text;
    const Device* device = devices_.find(record.line);
    env_.log(Severity::warning,
             std::string(record.provider) + ": " + std::string(record.what) +
                 (device != nullptr ? " on " + device->name : std::string()) +
                 (record.call != 0 ? ", call " + in_hexadecimal(record.call) : std::string()) +
                 (record.request != 0 ? ", request " + in_hexadecimal(record.request) : std::string()) +
                 ": " + text);
    trace(record);
}

// Its application has its reply; a completion that comes later is no fault of the provider's.
void State::give_up_request(Request& request) {
    given_up_.push_back(request.handle);
    if (given_up_.size() > most_given_up) given_up_.pop_front();
    const Request given_up = std::move(request);
    forget_request(given_up);
    if (given_up.plan == nullptr) return;
    reply(given_up, as_result(LINEERR_OPERATIONFAILED));
    if (given_up.created[0] != 0) give_up_created(given_up, Creation::pending);
}

bool State::was_given_up(Handle request) const {
    return std::find(given_up_.begin(), given_up_.end(), request) != given_up_.end();
}

// The provider was asked to drop it and has not: for its applications it ends all the same. The provider
// hears of TSPI_lineCloseCall once they let go of it.
void State::give_up_call(Call& call) {
    if ((call.state.state & LINECALLSTATE_DISCONNECTED) == 0)
        deliver_call_state(call, {LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_UNREACHABLE, 0});
    deliver_call_state(call, {LINECALLSTATE_IDLE, 0, 0});
    call.progress = Progress::given_up;
}

} // namespace offhook::core
