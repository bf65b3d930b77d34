// SPDX-License-Identifier: Apache-2.0
//
// Calls into providers. Each is an operation with a deadline: one that does not return in time ends its
// session, and every operation of a session that ends is answered with an error.
#include "core/state.h"

#include <algorithm>

namespace offhook::core {

bool State::exports(const Session& session, abi::Tspi function) {
    const auto place = static_cast<std::size_t>(function);
    return place < session.exported.size() && session.exported[place] != std::byte{0};
}

Operation* State::begin_operation(Session& session, abi::Tspi function, OutcomeContinuation then) {
    Operation* operation = operations_.add();
    if (operation == nullptr) return nullptr;
    operation->function = function;
    operation->session = session.handle;
    operation->then = then;
    operation->since = now_;
    ++session.outstanding;
    const auto allowed = session.stage == SessionStage::shutting_down ? configuration_.shutdown_deadline
                                                                      : configuration_.call_deadline;
    session.deadlines.push_back({operation->handle, now_ + allowed});
    arm_deadline(session);
    return operation;
}

// The service's name of a call that a provider calls `driver`; 0 when there is none.
Handle State::call_of_driver(Handle device, std::uint64_t driver) const {
    const Device* line = driver != 0 ? devices_.find(device) : nullptr;
    if (line == nullptr) return 0;
    const auto found = std::find_if(line->calls.begin(), line->calls.end(),
                                    [&](Handle call) { return calls_.find(call)->driver == driver; });
    return found != line->calls.end() ? *found : 0;
}

// The identifiers by which a call into a provider, and then its return, can be followed.
void State::trace_call(const Session& session, Operation& operation, Handle lane,
                       const wire::Values& values) {
    if (tracing_ == Tracing::off) return;
    const abi::TspiFunction& row = abi::row(operation.function);
    const auto value = [&](std::string_view name) {
        const auto place = row.index_of(name);
        return place < row.count ? values[place].number : 0;
    };
    operation.line = lane;
    // A conference may begin without a call, and be all that the function is about.
    operation.call = static_cast<Handle>(value("htCall"));
    for (const auto* name : {"hdCall", "hdConfCall"})
        if (operation.call == 0) operation.call = call_of_driver(lane, value(name));
    for (const auto* name : {"htConfCall", "htConsultCall"})
        if (operation.call == 0) operation.call = static_cast<Handle>(value(name));
    env_.trace({.kind = TraceKind::provider_call,
                .what = row.name,
                .provider = name_of(session),
                .line = operation.line,
                .call = operation.call,
                .request = static_cast<std::uint32_t>(value("dwRequestID")),
                .parameter1 = value("dwDeviceID"),
                .parameter2 = value("hdLine"),
                .parameter3 = value("hdCall")});
}

// The same for a function that is known at run time only.
void State::call_provider(Session& session, std::uint32_t lane, abi::Tspi function,
                          const wire::Values& values, OutcomeContinuation then) {
    Operation* operation = begin_operation(session, function, then);
    if (operation == nullptr) return then({as_result(LINEERR_RESOURCEUNAVAIL), nullptr});
    trace_call(session, *operation, lane, values);
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::call,
                                      .function = static_cast<std::uint16_t>(function),
                                      .correlation = operation->handle,
                                      .sequence = lane});
    wire::encode_down(abi::row(function), writer, values);
    writer.finish();
    env_.to_host(SessionId{session.handle}, frame_);
}

// One timer for the oldest call that has not returned: calls of a session mostly return in order.
void State::arm_deadline(Session& session) {
    while (!session.deadlines.empty() && operations_.find(session.deadlines.front().operation) == nullptr)
        session.deadlines.pop_front();
    if (session.deadline_timer != 0 || session.deadlines.empty()) return;
    const auto at = session.deadlines.front().at;
    session.deadline_timer = start_timer(TimerKind::deadline, session.handle,
                                         static_cast<std::uint32_t>(at > now_ ? at - now_ : 0));
}

void State::deadline_passed(Session& session) {
    session.deadline_timer = 0;
    while (!session.deadlines.empty() && operations_.find(session.deadlines.front().operation) == nullptr)
        session.deadlines.pop_front();
    if (session.deadlines.empty()) return;
    const Deadline& oldest = session.deadlines.front();
    if (oldest.at > now_) {
        arm_deadline(session);
        return;
    }
    const Operation* operation = operations_.find(oldest.operation);
    end_session(session, std::string(abi::row(operation->function).name) + " did not return in time");
}

bool State::operation_returned(Session& session, const wire::Frame& frame, std::string& reason) {
    Operation* operation = operations_.find(frame.header.correlation);
    if (operation == nullptr || operation->session != session.handle) {
        reason = "a result of a call that was not made";
        return false;
    }
    const auto& row = abi::row(operation->function);
    wire::Values outputs{};
    const auto result = frame.header.result;
    if (result >= 0 && !wire::decode_up(row, wire::Fill::at_return, frame.payload, outputs)) {
        reason = "malformed outputs of " + std::string(row.name);
        return false;
    }
    trace([&] {
        return TraceRecord{.kind = TraceKind::provider_return,
                           .what = row.name,
                           .provider = name_of(session),
                           .line = operation->line,
                           .call = operation->call,
                           .result = result};
    });
    auto then = operation->then;
    operations_.remove(operation->handle);
    --session.outstanding;
    then({result, result >= 0 ? &outputs : nullptr});
    if (session.stage == SessionStage::shutting_down) shut_provider_down(session);
    return true;
}

// The host process is killed; what its end means is told to applications when it is gone (host_gone).
void State::end_session(Session& session, std::string reason) {
    if (!session.failure.empty()) return;
    session.failure = std::move(reason);
    env_.stop_host(SessionId{session.handle}, Environment::Stop::force);
}

Handle State::start_timer(TimerKind kind, std::uint32_t subject, std::uint32_t milliseconds) {
    Timer* timer = timers_.add();
    if (timer == nullptr) return 0;
    timer->kind = kind;
    timer->subject = subject;
    env_.start_timer(TimerId{timer->handle}, milliseconds);
    return timer->handle;
}

void State::cancel_timer(Handle& handle) {
    if (timers_.find(handle) != nullptr) {
        env_.cancel_timer(TimerId{handle});
        timers_.remove(handle);
    }
    handle = 0;
}

void State::timer_expired(TimerId id) {
    const Timer* found = timers_.find(static_cast<Handle>(id));
    if (found == nullptr) return;
    const Timer timer = *found;
    timers_.remove(timer.handle);
    switch (timer.kind) {
    case TimerKind::deadline:
        if (Session* session = sessions_.find(timer.subject)) deadline_passed(*session);
        return;
    case TimerKind::retry:
        if (Provider* one = provider(ProviderId{timer.subject})) {
            one->retry_timer = 0;
            start_wanted_sessions();
        }
        return;
    case TimerKind::initialise:
        if (Registration* app = registrations_.find(timer.subject)) {
            app->timer = 0;
            answer_initialisation(*app);
        }
        return;
    case TimerKind::changeover:
        if (Provider* one = provider(ProviderId{timer.subject})) {
            one->changeover_timer = 0;
            changeover_is_due(*one);
        }
        return;
    case TimerKind::watchdog:
        watchdog_timer_ = 0;
        look_for_stuck();
        return;
    }
}

} // namespace offhook::core
