// SPDX-License-Identifier: Apache-2.0
#include "tests/core/application_model.h"

#include <algorithm>

namespace offhook::test {

using abi::Tapi;
using core::Arguments;
using core::number_of;

namespace {

// What applications do all day, as often as it stands here; the other half of the time it is any function.
constexpr auto everyday = std::to_array({
    Tapi::lineOpen,
    Tapi::lineOpen,
    Tapi::lineOpen,
    Tapi::lineMakeCall,
    Tapi::lineMakeCall,
    Tapi::lineMakeCall,
    Tapi::lineMakeCall,
    Tapi::lineAnswer,
    Tapi::lineAnswer,
    Tapi::lineDrop,
    Tapi::lineDrop,
    Tapi::lineDeallocateCall,
    Tapi::lineDeallocateCall,
    Tapi::lineDeallocateCall,
    Tapi::lineGetNewCalls,
    Tapi::lineSetCallPrivilege,
    Tapi::lineAccept,
    Tapi::lineClose,
    Tapi::phoneOpen,
    Tapi::phoneOpen,
    Tapi::lineSetupConference,
    Tapi::lineSetupConference,
    Tapi::lineAddToConference,
    Tapi::lineGetConfRelatedCalls,
    Tapi::lineGetConfRelatedCalls,
});

constexpr std::size_t most_registrations = 3;
constexpr std::ptrdiff_t most_remembered = 8; // handles of a kind: stale ones are pushed out in the end

} // namespace

void Tally::answered(Tapi function, std::int32_t result) {
    auto& count = counts_[static_cast<std::size_t>(function)];
    if (result >= 0) ++count.successful;
    else if (result != core::as_result(LINEERR_OPERATIONUNAVAIL)) ++count.refused;
}

std::string Tally::never_successful() const {
    std::string names;
    for (std::size_t i = 0; i < counts_.size(); ++i)
        if (counts_[i].successful == 0 && counts_[i].refused != 0)
            names += std::string(abi::row(static_cast<Tapi>(i)).name) + " ";
    return names;
}

std::size_t Tally::functions() const {
    return static_cast<std::size_t>(std::count_if(counts_.begin(), counts_.end(), [](const Count& count) {
        return count.successful + count.refused != 0;
    }));
}

void RandomApplication::connect() {
    handles_ = {};
    line_registrations_ = phone_registrations_ = 0;
    dialogs_.clear(), pending_.clear();
    id_ = world_.connect(*this);
}

// Shutting down is rare: little is left to do after it.
Tapi RandomApplication::choose() {
    auto& choices = world_.choices();
    if (line_registrations_ == 0) return Tapi::lineInitializeEx;
    if (phone_registrations_ == 0 && choices.once_in(20)) return Tapi::phoneInitializeEx;
    if (choices.once_in(2)) return everyday[choices.below(everyday.size())];
    const auto function = static_cast<Tapi>(choices.below(static_cast<std::size_t>(Tapi::count)));
    const bool ends = function == Tapi::lineShutdown || function == Tapi::phoneShutdown;
    return ends && !choices.once_in(2) ? Tapi::lineGetNewCalls : function;
}

// Null: the function registers nothing.
std::size_t* RandomApplication::registered_by(Tapi function) {
    if (function == Tapi::lineInitializeEx) return &line_registrations_;
    if (function == Tapi::phoneInitializeEx) return &phone_registrations_;
    return nullptr;
}

void RandomApplication::do_something() {
    if (!dialogs_.empty() && world_.choices().once_in(4)) return continue_dialog();
    call(choose());
}

void RandomApplication::call(Tapi function) {
    RandomInputs inputs(world_.choices(), handles_);
    auto values = inputs.of(function);
    std::uint64_t channel = 0;
    if (auto* registered = registered_by(function)) {
        if (*registered == most_registrations) return;
        ++*registered;
        channel = world_.open_channel(id_);
    }
    // The monitor tells by it whose call it is.
    if (const auto place = abi::row(function).index_of("dwCallbackInstance");
        place != abi::row(function).count)
        values[place] = core::number_value(world_.unique_number());
    pending_[next_] = function;
    world_.application_sends(id_, call_frame(function, next_++, values, channel));
}

void RandomApplication::shut_down_everything() {
    const auto end = [this]<Tapi F>(const Arguments<F>& arguments) {
        pending_[next_] = F;
        world_.application_sends(id_, call_frame(next_++, arguments));
    };
    for (const auto app : handles_.line_apps) end(Arguments<Tapi::lineShutdown>().with<"hLineApp">(app));
    for (const auto app : handles_.phone_apps) end(Arguments<Tapi::phoneShutdown>().with<"hPhoneApp">(app));
}

// What the process that shows a dialog says; also of one that has ended.
void RandomApplication::continue_dialog() {
    auto& choices = world_.choices();
    const auto dialog = dialogs_[choices.below(dialogs_.size())];
    if (choices.once_in(3))
        return world_.application_sends(id_, dialog_frame(wire::DialogFunction::end, dialog, next_++, 0,
                                                          [](wire::FrameWriter& to) { to.utf8(""); }));
    constexpr std::array objects{TUISPIDLL_OBJECT_LINEID, TUISPIDLL_OBJECT_PHONEID,
                                 TUISPIDLL_OBJECT_PROVIDERID, TUISPIDLL_OBJECT_DIALOGINSTANCE};
    constexpr std::array<std::byte, 3> block{};
    world_.application_sends(
        id_, dialog_frame(wire::DialogFunction::data, dialog, next_++, 0, [&](wire::FrameWriter& to) {
            wire::encode_down<abi::Tspi::providerGenericDialogData>(
                to, Arguments<abi::Tspi::providerGenericDialogData>()
                        .with<"dwObjectID">(choices.below(3))
                        .with<"dwObjectType">(objects[choices.below(objects.size())])
                        .with<"lpParams">(core::bytes_value(block))
                        .with<"dwSize">(block.size())
                        .values());
        }));
}

void RandomApplication::received(const wire::Frame& frame) {
    if (frame.header.kind == wire::FrameKind::dialog) return;
    const auto pending = pending_.extract(frame.header.correlation);
    if (pending.empty()) return;
    const auto function = pending.mapped();
    tally_.answered(function, frame.header.result);
    if (frame.header.result != 0) {
        if (auto* registered = registered_by(function)) --*registered;
        return;
    }
    if (shows_dialog(function)) return took_dialog(frame);
    wire::Values out{};
    if (!wire::decode_up(abi::row(function), abi::Fill::at_return, frame.payload, out)) return;
    switch (function) {
    case Tapi::lineShutdown: --line_registrations_; return;
    case Tapi::phoneShutdown: --phone_registrations_; return;
    case Tapi::lineInitializeEx:
        return handles_.line_apps.push_back(number_of<Tapi::lineInitializeEx, "lphLineApp">(out));
    case Tapi::phoneInitializeEx:
        return handles_.phone_apps.push_back(number_of<Tapi::phoneInitializeEx, "lphPhoneApp">(out));
    case Tapi::lineOpen: return handles_.lines.push_back(number_of<Tapi::lineOpen, "lphLine">(out));
    case Tapi::phoneOpen: return handles_.phones.push_back(number_of<Tapi::phoneOpen, "lphPhone">(out));
    case Tapi::lineGetNewCalls:
        return took_calls(core::value_of<Tapi::lineGetNewCalls, "lpCallList">(out).bytes);
    case Tapi::lineGetConfRelatedCalls:
        return took_calls(core::value_of<Tapi::lineGetConfRelatedCalls, "lpCallList">(out).bytes);
    default: return;
    }
}

void RandomApplication::took_calls(std::span<const std::byte> list) {
    for (const auto call : calls_in(list)) handles_.calls.push_back(call);
}

void RandomApplication::took_dialog(const wire::Frame& frame) {
    if (wire::DialogOpened opened; wire::read(frame.payload, opened)) dialogs_.push_back(opened.dialog);
}

// Handles that are freed stay in its lists: that is where stale ones come from.
void RandomApplication::received_event(std::uint32_t, const wire::Frame& frame) {
    wire::PayloadReader from(frame.payload);
    wire::EventToApplication event;
    if (!wire::read(from, event)) return;
    auto& calls = handles_.calls;
    if (frame.header.function == LINE_APPNEWCALL)
        calls.push_back(static_cast<std::uint32_t>(event.parameter2));
    if (frame.header.function == LINE_CALLSTATE && event.parameter3 != 0) calls.push_back(event.device);
    if (frame.header.function == LINE_REPLY)
        for (auto call = from.number(); from.ok(); call = from.number()) // some of them are no handles
            calls.push_back(call);
    if (frame.header.function == LINE_CREATEDIALOGINSTANCE)
        dialogs_.push_back(static_cast<std::uint32_t>(event.parameter1));
    for (auto* of : {&calls, &handles_.lines, &handles_.phones})
        if (std::ssize(*of) > most_remembered) of->erase(of->begin(), of->end() - most_remembered);
}

} // namespace offhook::test
