// SPDX-License-Identifier: Apache-2.0
#include "rules/monitor.h"

#include <algorithm>
#include <array>

namespace offhook::rules {
namespace {

constexpr auto functions = static_cast<std::size_t>(abi::Tspi::count);
constexpr std::size_t messages = 512; // those of providers alone begin at 500

// The rules of each step and function or message, so that a step costs what its own rules cost.
class Index {
  public:
    Index() {
        for (const auto table : {session_rules(), structure_rules(), request_rules(), closing_rules(),
                                 call_rules(), device_rules(), dialing_rules()})
            for (const auto& rule : table)
                for (std::size_t number = 0; number < size(rule.when); ++number)
                    if (rule.concerns(static_cast<std::uint16_t>(number)))
                        lists_[at(rule.when)][number].push_back(&rule);
    }
    std::span<const Rule* const> of(Step step, std::size_t number) const {
        const auto& lists = lists_[at(step)];
        return number < lists.size() ? std::span<const Rule* const>(lists[number])
                                     : std::span<const Rule* const>();
    }

  private:
    static constexpr std::size_t at(Step step) { return static_cast<std::size_t>(step); }
    static constexpr std::size_t size(Step step) {
        switch (step) {
        case Step::entered:
        case Step::returned:
        case Step::completed: return functions;
        case Step::said: return messages;
        case Step::overdue:
        case Step::quiet: return 1;
        }
        return 0;
    }
    std::array<std::array<std::vector<const Rule*>, std::max(functions, messages)>, steps> lists_;
};

const Index& index() {
    static const Index all;
    return all;
}

} // namespace

Monitor::Monitor(OnBreak on_break) : on_break_(std::move(on_break)) {}

std::map<std::uint16_t, Monitor::Count> Monitor::counts() const {
    std::map<std::uint16_t, Count> of_rules;
    std::uint16_t rule = 0;
    for (const auto& count : counts_) {
        if (count.kept != 0 || count.broken != 0) of_rules.emplace(rule, count);
        ++rule;
    }
    return of_rules;
}

CalledWith& Monitor::begin_running(std::uint32_t correlation) {
    if (spare_.empty() || running_.contains(correlation)) return running_[correlation];
    auto node = std::move(spare_.back());
    spare_.pop_back();
    node.key() = correlation;
    return running_.insert(std::move(node)).position->second;
}

void Monitor::end_running(Running::iterator ended) { spare_.push_back(running_.extract(ended)); }

void Monitor::broke(std::uint16_t rule, std::string did, const Subject& subject) {
    ++counts_[rule].broken;
    on_break_({rule, std::move(did), subject});
}

Subject Monitor::subject_of(const Observation& seen) const {
    Subject subject{.request = seen.request};
    if (seen.step == Step::said) {
        subject.line = seen.event.line;
        subject.call = seen.event.call;
    } else if (seen.step == Step::completed && seen.inputs == nullptr) {
        const auto before = std::ranges::find(completed_, seen.request, &Subject::request);
        return before != completed_.end() ? *before : subject;
    } else {
        subject.call = books_.name_of_call(seen.input("hdCall"));
        if (subject.call == 0) subject.call = books_.name_of_call(seen.input("hdConfCall"));
        if (subject.call == 0) subject.call = seen.input("htCall");
        subject.line = books_.name_of_device(seen.input("hdLine"), seen.input("hdPhone"));
        if (subject.line == 0) subject.line = seen.input("htLine") | seen.input("htPhone");
    }
    if (const Call* call = books_.call(subject.call); subject.line == 0 && call != nullptr)
        subject.line = call->line;
    return subject;
}

// Of what is found while a function runs; of several that run there is no telling which it was.
Subject Monitor::subject_of_what_runs() const {
    if (running_.size() != 1) return {};
    const CalledWith& call = running_.begin()->second;
    Observation seen{.step = Step::entered,
                     .number = static_cast<std::uint16_t>(call.function),
                     .row = &call.row(),
                     .inputs = &call.values};
    seen.request = static_cast<std::uint32_t>(seen.input("dwRequestID"));
    return subject_of(seen);
}

void Monitor::look(const Observation& seen) {
    for (const Rule* rule : index().of(seen.step, seen.number)) {
        auto verdict = rule->check(seen, books_);
        switch (verdict.outcome) {
        case Outcome::irrelevant: break;
        case Outcome::kept: ++counts_[rule->number].kept; break;
        case Outcome::contested:
            ++counts_[rule->number].kept;
            on_break_({rule->number, std::move(verdict.did), subject_of(seen), Gravity::contested});
            break;
        case Outcome::broken: broke(rule->number, std::move(verdict.did), subject_of(seen)); break;
        }
    }
    books_.note(seen);
}

void Monitor::to_host(std::span<const std::byte> frames) {
    while (frames.size() >= sizeof(wire::FrameHeader)) {
        wire::Frame frame{};
        std::memcpy(&frame.header, frames.data(), sizeof frame.header);
        if (frame.header.size < sizeof frame.header || frame.header.size > frames.size()) return;
        frame.payload = frames.subspan(sizeof frame.header, frame.header.size - sizeof frame.header);
        to_host(frame);
        frames = frames.subspan(frame.header.size);
    }
}

void Monitor::to_host(const wire::Frame& frame) {
    if (frame.header.kind == wire::FrameKind::call && frame.header.function < functions) entered(frame);
}

void Monitor::entered(const wire::Frame& frame) {
    CalledWith& call = begin_running(frame.header.correlation);
    call.function = static_cast<abi::Tspi>(frame.header.function);
    call.payload.assign(frame.payload.begin(), frame.payload.end());
    call.values = {};
    if (!wire::decode_down(call.row(), call.payload, call.values)) {
        end_running(running_.find(frame.header.correlation));
        return;
    }
    Observation seen{
        .step = Step::entered, .number = frame.header.function, .row = &call.row(), .inputs = &call.values};
    seen.request = static_cast<std::uint32_t>(seen.input("dwRequestID"));
    books_.enter(seen);
    look(seen);
}

void Monitor::from_host(const wire::Frame& frame) {
    switch (frame.header.kind) {
    case wire::FrameKind::result: return returned(frame);
    case wire::FrameKind::completion: return completed(frame);
    case wire::FrameKind::event: return said(frame);
    case wire::FrameKind::service:
        if (frame.header.function == wire::host_broke) {
            wire::PayloadReader from(frame.payload);
            const auto text = from.utf8();
            if (const auto rule = rule_named_by(text); from.finished() && rule != 0)
                broke(rule, std::string(text.substr(6)), {});
        }
        return;
    case wire::FrameKind::goodbye: {
        // A fault that ends the session names its rule first.
        wire::PayloadReader from(frame.payload);
        const auto text = from.utf8();
        if (const auto rule = rule_named_by(text); rule != 0)
            broke(rule, std::string(text.substr(6)), subject_of_what_runs());
        return;
    }
    case wire::FrameKind::hello:
    case wire::FrameKind::welcome:
    case wire::FrameKind::call:
    case wire::FrameKind::grant:
    case wire::FrameKind::log:
    case wire::FrameKind::dialog: return;
    }
}

void Monitor::returned(const wire::Frame& frame) {
    const auto found = running_.find(frame.header.correlation);
    if (found == running_.end()) return;
    const CalledWith& call = found->second;
    wire::Values outputs;
    const bool there =
        frame.header.result >= 0 && wire::decode_up(call.row(), abi::Fill::at_return, frame.payload, outputs);
    Observation seen{.step = Step::returned,
                     .number = static_cast<std::uint16_t>(call.function),
                     .row = &call.row(),
                     .inputs = &call.values,
                     .outputs = there ? &outputs : nullptr,
                     .result = frame.header.result};
    seen.request = static_cast<std::uint32_t>(seen.input("dwRequestID"));
    look(seen);
    // What the host watches for has not happened so far.
    if (there) ++counts_[30].kept;
    if (call.function == abi::Tspi::providerShutdown) ++counts_[2].kept;
    end_running(found);
}

void Monitor::completed(const wire::Frame& frame) {
    const bool known = frame.header.function < functions;
    wire::Values outputs;
    Observation seen{.step = Step::completed,
                     .number = known ? frame.header.function : std::uint16_t{0},
                     .result = frame.header.result,
                     .request = frame.header.correlation};
    const auto request = books_.requests.find(seen.request);
    if (known) seen.row = &abi::row(seen.function());
    if (known && request != books_.requests.end()) seen.inputs = &request->second.call.values;
    if (known && frame.header.result == 0 &&
        wire::decode_up(*seen.row, abi::Fill::at_reply, frame.payload, outputs))
        seen.outputs = &outputs;
    const auto subject = subject_of(seen);
    look(seen);
    completed_[next_completed_] = subject;
    next_completed_ = (next_completed_ + 1) % completed_.size();
}

void Monitor::said(const wire::Frame& frame) {
    Observation seen{.step = Step::said, .number = frame.header.function};
    if (!wire::read(frame.payload, seen.event)) return;
    seen.call = books_.call(seen.event.call);
    look(seen);
    ++counts_[53].kept;
}

void Monitor::retained(const wire::HostRetained& retained) {
    for (const auto& thing : retained.things)
        if (wire::row(thing.kind).weight == wire::RetainedWeight::fault)
            broke(1,
                  "after TSPI_providerShutdown there is " + std::string(wire::row(thing.kind).what) + ": " +
                      thing.name,
                  {});
    if (retained.things.empty()) ++counts_[1].kept;
}

void Monitor::quiet() {
    books_.everything_is_due();
    look({.step = Step::overdue});
    look({.step = Step::quiet});
}

void Monitor::period_has_passed() {
    if (books_.period_has_passed()) look({.step = Step::overdue});
}

} // namespace offhook::rules
