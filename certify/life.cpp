// SPDX-License-Identifier: Apache-2.0
#include "certify/life.h"

#include "abi/required_functions.h"
#include "abi/structure_reader.h"
#include "abi/structure_table.h"
#include "trace/constants.h"

#include <algorithm>
#include <numeric>

namespace offhook::certify {

using abi::Tspi;

namespace {

constexpr std::uint32_t ample = 4096;
constexpr std::size_t most_addresses = 4;
constexpr std::uint32_t most_devices = 100'000; // more end a session (core/sessions.cpp)

} // namespace

Life::Life(const Target& target, const Script& script)
    : target_(target),
      script_(script),
      monitor_([this](const rules::Break& broken) {
          if (broken.gravity == rules::Gravity::contested) {
              outcome_.contested.emplace(broken.rule, broken.did);
              return;
          }
          if (std::ranges::find(outcome_.breaks, broken.rule, &SeenBreak::rule) == outcome_.breaks.end())
              outcome_.breaks.push_back({broken, outcome_.traffic.steps()});
      }),
      configuration_(target.configuration),
      host_(target_, configuration_, monitor_, outcome_.traffic, script.call_credit) {
    outcome_.played = script;
}

void Life::note_missing_functions() {
    for (std::size_t i = 0; i < abi::tspi_functions.size(); ++i) {
        const auto function = static_cast<abi::Tspi>(i);
        if (abi::has_to_export(abi::row(function), line_devices_.size()) && !host_.exports(function))
            outcome_.missing.insert(function);
    }
}

Life::Play Life::play_of(Operation operation) {
    switch (operation) {
#define OPERATION(name, weight, what)                                                                        \
    case Operation::name:                                                                                    \
        return &Life::name;
#include "certify/operations.def"
#undef OPERATION
    case Operation::count: break;
    }
    return nullptr;
}

Outcome Life::live() {
    if (host_.lost().empty() && begin_session()) {
        for (std::size_t step = 0; step < script_.steps.size() && !over(); ++step) {
            play(step);
            answer_provider();
            notice_calls();
        }
        if (!over()) settle({});
        end_session();
    }
    if (outcome_.ended_early.empty()) outcome_.ended_early = host_.lost();
    if (host_.timed_out()) outcome_.waited_for = host_.lost();
    if (!outcome_.ended_early.empty())
        outcome_.traffic.note("service", "the session is lost", 0, outcome_.ended_early);
    outcome_.counts = monitor_.counts();
    return std::move(outcome_);
}

void Life::play(std::size_t step) {
    const auto& [operation, choices] = script_.steps[step];
    const auto asked = host_.asked();
    step_ = step;
    lacking_ = {};
    const auto what = play_of(operation);
    if (what == nullptr) return;
    (this->*what)(choices);
    // Those two do something else.
    if (host_.asked() != asked || operation == Operation::settle || operation == Operation::configure) return;
    outcome_.undone.push_back({step, lacking_.empty() ? "there is nothing to do" : std::string(lacking_),
                               Undone::Kind::nothing_to_do});
}

bool Life::over() const { return stop_ || !host_.lost().empty(); }

// ---- The session (R002)

// What the host does not come back from is told as its end.
void Life::give(Given given, const std::string& command) {
    const auto reply = host_.command(command);
    if (host_.lost().empty()) outcome_.commands.add(given, command, reply);
}

bool Life::begin_session() {
    for (const auto& line : target_.before) give(Given::before, line);
    const auto chosen = host_.call(std::move(Inputs(Tspi::lineNegotiateTSPIVersion)
                                                 .number("dwDeviceID", INITIALIZE_NEGOTIATION)
                                                 .number("dwLowVersion", abi::v1_3)
                                                 .number("dwHighVersion", abi::v2_2)),
                                   0);
    const auto number = [](const Answer& answer, Tspi function, std::string_view name) {
        return static_cast<std::uint32_t>(answer.outputs[abi::row(function).index_of(name)].number);
    };
    const auto give_up = [&](const std::string& what, const Answer& answer) {
        if (host_.lost().empty())
            outcome_.ended_early = what + " failed with " + trace::error_name(answer.result);
        return false;
    };
    if (!chosen.good()) return give_up("TSPI_lineNegotiateTSPIVersion", chosen);
    version_ = number(chosen, Tspi::lineNegotiateTSPIVersion, "lpdwTSPIVersion");
    const auto counted = host_.call(std::move(Inputs(Tspi::providerEnumDevices)
                                                  .number("dwPermanentProviderID", permanent_provider_id)
                                                  .number("hProvider", permanent_provider_id)),
                                    0);
    if (!counted.good()) return give_up("TSPI_providerEnumDevices", counted);
    const auto numbered = [&](std::string_view count) {
        std::vector<std::uint32_t> numbers(
            std::min(number(counted, Tspi::providerEnumDevices, count), most_devices));
        std::iota(numbers.begin(), numbers.end(), script_.device_base);
        return numbers;
    };
    line_devices_ = numbered("lpdwNumLines");
    phone_devices_ = numbered("lpdwNumPhones");
    outcome_.devices = std::max(outcome_.devices, line_devices_.size() + phone_devices_.size());
    note_missing_functions();
    answered_offers_ = 0;
    const auto begun = host_.call(std::move(Inputs(Tspi::providerInit)
                                                .number("dwTSPIVersion", version_)
                                                .number("dwPermanentProviderID", permanent_provider_id)
                                                .number("dwLineDeviceIDBase", script_.device_base)
                                                .number("dwPhoneDeviceIDBase", script_.device_base)
                                                .number("dwNumLines", line_devices_.size())
                                                .number("dwNumPhones", phone_devices_.size())),
                                  0);
    if (!begun.good()) return give_up("TSPI_providerInit", begun);
    ++outcome_.sessions;
    look_around();
    return !over();
}

// The addresses that can be dialed.
void Life::look_around() {
    addresses_.clear();
    for (std::size_t i = 0; i < line_devices_.size() && i < most_addresses; ++i) {
        const auto device = line_devices_[i];
        const auto version = negotiated(device, 4, false);
        auto caps = host_.call(std::move(Inputs(Tspi::lineGetAddressCaps)
                                             .number("dwDeviceID", device)
                                             .number("dwTSPIVersion", version)
                                             .number("lpAddressCaps", ample)),
                               1 + device);
        const auto bytes = caps.outputs[abi::row(Tspi::lineGetAddressCaps).index_of("lpAddressCaps")].bytes;
        addresses_.push_back(caps.good() ? abi::text_at(bytes, offsetof(LINEADDRESSCAPS, dwAddressSize),
                                                        offsetof(LINEADDRESSCAPS, dwAddressOffset))
                                         : std::u16string());
    }
    if (!target_.dial.empty()) addresses_.emplace_back(target_.dial.begin(), target_.dial.end());
}

// Closes what is open, with what is outstanding on it, and ends; then another session in the same process, to
// see what is kept (R001).
void Life::end_session() {
    const auto lines = monitor_.books().lines;
    for (const auto& [name, line] : lines) {
        close_every_call_of(name);
        if (line.driver != 0) ask(std::move(Inputs(Tspi::lineClose).number("hdLine", line.driver)));
    }
    const auto phones = monitor_.books().phones;
    for (const auto& [name, phone] : phones)
        if (phone.driver != 0) ask(std::move(Inputs(Tspi::phoneClose).number("hdPhone", phone.driver)));
    if (!host_.lost().empty()) return;
    shut_down();
    if (host_.lost().empty()) host_.next_session(configuration_, Where::same_process);
}

void Life::shut_down() {
    host_.call(std::move(Inputs(Tspi::providerShutdown)
                             .number("dwTSPIVersion", version_)
                             .number("dwPermanentProviderID", permanent_provider_id)),
               0);
}

std::vector<Life::EndOfCall> Life::ends_of_calls(std::uint64_t line) const {
    std::vector<EndOfCall> ends;
    for (const auto& [name, call] : monitor_.books().calls)
        if (call.line == line && call.driver != 0)
            ends.push_back({call.driver, call.idle() || call.stage != rules::CallStage::alive});
    return ends;
}

void Life::close_every_call_of(std::uint64_t line) {
    for (const auto& [driver, only_close] : ends_of_calls(line)) {
        if (!only_close) ask(std::move(Inputs(Tspi::lineDrop).number("hdCall", driver)));
        ask(std::move(Inputs(Tspi::lineCloseCall).number("hdCall", driver)));
    }
}

// ---- What there is

void Life::notice_calls() {
    std::vector<std::uint64_t> fresh;
    for (const auto& [name, call] : monitor_.books().calls)
        if (std::ranges::find(calls_, name) == calls_.end()) fresh.push_back(name);
    std::ranges::sort(fresh);
    calls_.insert(calls_.end(), fresh.begin(), fresh.end());
}

std::uint32_t Life::picked_of(const std::vector<std::uint32_t>& devices, std::uint16_t choice) {
    const auto taken = static_cast<std::uint16_t>(choice % devices.size());
    if (taken != choice)
        outcome_.undone.push_back({step_,
                                   "the provider has " + std::to_string(devices.size()) +
                                       (&devices == &phone_devices_ ? " phones" : " lines") +
                                       ", and number " + std::to_string(taken) +
                                       " was taken (they count from 0)",
                                   Undone::Kind::no_such_device});
    outcome_.played.steps[step_].choices[0] = taken;
    return devices[taken];
}

Life::Picked Life::picked_among(const std::vector<Picked>& found, std::uint16_t choice,
                                std::string_view what) {
    if (!found.empty()) return found[choice % found.size()];
    lacking_ = what;
    return {};
}

Life::Picked Life::pick_line(std::uint16_t choice) {
    std::vector<Picked> found;
    for (const auto& [name, line] : monitor_.books().lines)
        if (line.driver != 0 && !line.forced_closed)
            found.push_back({name, line.driver, line.device, line.version});
    std::ranges::sort(found, {}, &Picked::device);
    return picked_among(found, choice, "no line is open");
}

Life::Picked Life::pick_phone(std::uint16_t choice) {
    std::vector<Picked> found;
    for (const auto& [name, phone] : monitor_.books().phones)
        if (phone.driver != 0 && !phone.forced_closed)
            found.push_back({name, phone.driver, phone.device, phone.version});
    std::ranges::sort(found, {}, &Picked::device);
    return picked_among(found, choice, "no phone is open");
}

Life::Picked Life::picked(std::uint64_t name) const {
    const auto* call = monitor_.books().call(name);
    const auto* line = call != nullptr ? monitor_.books().line_of_call(*call) : nullptr;
    if (line == nullptr || line->forced_closed || call->stage != rules::CallStage::alive || call->closing)
        return {};
    return {name, call->driver, line->device, line->version};
}

Life::Picked Life::pick_call(std::uint16_t choice, std::uint32_t states) {
    std::vector<Picked> fitting, any;
    for (const auto name : calls_) {
        const auto found = picked(name);
        if (!found || monitor_.books().call(name)->idle()) continue;
        any.push_back(found);
        if ((monitor_.books().call(name)->state & states) != 0) fitting.push_back(found);
    }
    return picked_among(fitting.empty() ? any : fitting, choice, "there is no call");
}

Life::Picked Life::pick_idle(std::uint16_t choice) {
    std::vector<Picked> found;
    for (const auto name : calls_)
        if (const auto call = picked(name); call && monitor_.books().call(name)->idle())
            found.push_back(call);
    return picked_among(found, choice, "no call is idle");
}

std::u16string Life::address(std::uint16_t choice) const {
    return addresses_.empty() ? std::u16string() : addresses_[choice % addresses_.size()];
}

// Behind the number, so that a provider that dials it all the same reaches nobody but that line.
std::u16string Life::undialable(std::uint16_t choice, std::uint16_t modifier) {
    static constexpr std::u16string_view modifiers = u"?W@$w";
    auto number = address(choice);
    std::erase_if(number, [](char16_t character) { return character < u'0' || character > u'9'; });
    if (!number.empty()) return number + modifiers[modifier % modifiers.size()];
    lacking_ = "the line's address is no number";
    return {};
}

// 0: ample, 1: just the fixed part, 2: with room for little more, 3: too small.
std::uint32_t Life::size_of(std::string_view structure, std::uint32_t version, std::uint16_t choice) const {
    const auto row = std::ranges::find(abi::structures, structure, &abi::Structure::name);
    const auto fixed = row->sizes[abi::version_index(version)];
    constexpr std::uint32_t little = 20;
    switch (choice % 4) {
    case 1: return fixed;
    case 2: return fixed + little;
    case 3: return fixed - 4;
    default: return ample;
    }
}

// One of the versions from 1.3 to 2.2, or the highest that the device has.
std::uint32_t Life::negotiated(std::uint32_t device, std::uint16_t choice, bool phone) {
    const auto function = phone ? Tspi::phoneNegotiateTSPIVersion : Tspi::lineNegotiateTSPIVersion;
    const auto answer = host_.call(std::move(Inputs(function)
                                                 .number("dwDeviceID", device)
                                                 .number("dwLowVersion", abi::v1_3)
                                                 .number("dwHighVersion", abi::versions[choice % 5])),
                                   0);
    return answer.good() ? static_cast<std::uint32_t>(
                               answer.outputs[abi::row(function).index_of("lpdwTSPIVersion")].number)
                         : abi::v1_3;
}

Answer Life::ask(Inputs inputs) {
    if (inputs.row().mode == abi::Mode::async) inputs.number("dwRequestID", next_request_++);
    const std::uint64_t lane = inputs.row().scope == abi::Scope::phone ? 2 : 1;
    return host_.call(std::move(inputs), lane);
}

Answer Life::on_call(Tspi function, const Picked& call) {
    return call ? ask(std::move(Inputs(function).number("hdCall", call.driver))) : Answer{};
}

void Life::ask_about(Tspi function, std::string_view output, std::string_view structure, const Picked& what,
                     std::uint16_t size) {
    if (!what) return;
    Inputs inputs(function);
    for (const auto* handle : {"hdLine", "hdCall", "hdPhone"})
        if (inputs.has(handle)) inputs.number(handle, what.driver);
    ask(std::move(inputs.number(output, size_of(structure, what.version, size))));
}

} // namespace offhook::certify
