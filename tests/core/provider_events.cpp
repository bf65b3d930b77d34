// SPDX-License-Identifier: Apache-2.0
//
// What the simulated provider says by itself.
#include "abi/call_states.h"
#include "tests/core/provider_model.h"

#include <algorithm>

namespace offhook::test {

void ProviderModel::event(std::uint32_t message, std::uint64_t line, std::uint64_t call, std::uint64_t p1,
                          std::uint64_t p2, std::uint64_t p3) {
    if (const Device* device = device_of(line); device != nullptr && device->lost) return; // R086
    world_.host_sends(session_, event_frame(message, {line, call, p1, p2, p3}));
}

ProviderModel::Device* ProviderModel::device_of(std::uint64_t service) {
    for (auto* devices : {&lines_, &phones_})
        for (auto& [driver, device] : *devices)
            if (device.service == service) return &device;
    return nullptr;
}

void ProviderModel::change_state(std::uint64_t driver_call, std::uint32_t state, std::uint64_t mode) {
    CallRecord& record = calls_.at(driver_call);
    if (record.state == LINECALLSTATE_IDLE) return;
    record.state = state;
    const auto sent = behaviour_.defect == Defect::two_states ? state | LINECALLSTATE_OFFERING : state;
    event(LINE_CALLSTATE, lines_.at(record.line).service, record.service, sent, mode,
          LINEMEDIAMODE_INTERACTIVEVOICE);
    if (state == LINECALLSTATE_IDLE) leave_to_themselves(driver_call);
}

// The call that waited for one that has ended goes on (R215), and so do the parties of a conference (R219).
void ProviderModel::leave_to_themselves(std::uint64_t ended) {
    const auto original = calls_.find(calls_.at(ended).original);
    if (original != calls_.end() && original->second.state == LINECALLSTATE_ONHOLDPENDTRANSFER)
        change_state(original->first, LINECALLSTATE_CONNECTED);
    for (const auto party : driver_calls())
        if (const auto& record = calls_.at(party);
            record.conference == ended && record.state == LINECALLSTATE_CONFERENCED)
            change_state(party, LINECALLSTATE_IDLE);
}

std::uint64_t ProviderModel::announce_call(std::uint32_t state, std::uint32_t media_modes) {
    if (lines_.empty()) return 0;
    const auto place = world_.choices().below(lines_.size());
    return announce_call_on(std::next(lines_.begin(), static_cast<std::ptrdiff_t>(place))->first, state,
                            media_modes);
}

std::uint64_t ProviderModel::announce_call_on(std::uint64_t driver_line, std::uint32_t state,
                                              std::uint32_t media_modes) {
    if (granted_.empty()) return 0;
    const auto line = lines_.at(driver_line).service;
    const auto service = granted_.front();
    granted_.pop_front();
    const auto call = next_handle_++;
    calls_[call] = {service, driver_line, state};
    event(LINE_NEWCALL, line, service, call);
    event(LINE_CALLSTATE, line, service, state, 0, media_modes);
    return call;
}

void ProviderModel::announce_call_of(std::uint64_t device) {
    event(LINE_NEWCALL, device, granted_.front(), next_handle_++);
    granted_.pop_front();
}

namespace {

// What a provider may tell at any time of something that is open.
struct News {
    std::uint32_t message = 0;
    std::array<std::uint64_t, 3> parameters{};
};
constexpr auto of_lines = std::to_array<News>({
    {LINE_LINEDEVSTATE, {LINEDEVSTATE_BATTERY, 0x8000, 0}},
    {LINE_LINEDEVSTATE, {LINEDEVSTATE_CAPSCHANGE, 0, 0}},
    {LINE_ADDRESSSTATE, {0, LINEADDRESSSTATE_FORWARD, 0}},
    {LINE_DEVSPECIFIC, {1, 2, 3}},
});
constexpr auto of_calls = std::to_array<News>({
    {LINE_CALLINFO, {LINECALLINFOSTATE_CALLERID, 0, 0}},
    {LINE_CALLDEVSPECIFIC, {1, 2, 3}},
    {LINE_MONITORDIGITS, {u'5', LINEDIGITMODE_DTMF, 0}},
    {LINE_MONITORMEDIA, {LINEMEDIAMODE_DATAMODEM, 0, 0}},
});
constexpr auto of_phones = std::to_array<News>({
    {PHONE_STATE, {PHONESTATE_HANDSETHOOKSWITCH, PHONEHOOKSWITCHMODE_MIC, 0}},
    {PHONE_BUTTON, {1, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_DOWN}},
    {PHONE_DEVSPECIFIC, {1, 2, 3}},
});

// What a call that waits for a number becomes when it gets one.
constexpr bool is_dialing(std::uint32_t state) {
    return (state & (LINECALLSTATE_DIALING | LINECALLSTATE_PROCEEDING | LINECALLSTATE_RINGBACK)) != 0;
}

constexpr bool is_for_conference(std::uint32_t state) {
    return (state & (LINECALLSTATE_ONHOLDPENDCONF | LINECALLSTATE_CONFERENCED)) != 0;
}

} // namespace

// A consultation call was made for it without hold (R220).
bool ProviderModel::is_left_alone(std::uint64_t driver_call) const {
    return std::ranges::any_of(calls_, [&](const auto& entry) {
        return entry.second.original == driver_call && entry.second.leaves_original;
    });
}

void ProviderModel::spontaneous() {
    auto& choices = world_.choices();
    std::vector<std::uint64_t> live;
    for (const auto& [handle, record] : calls_)
        if (record.state != 0 && record.state != LINECALLSTATE_IDLE) live.push_back(handle);
    const auto tell = [&](const auto& news, std::uint64_t line, std::uint64_t call) {
        const News& one = news[choices.below(news.size())];
        event(one.message, line, call, one.parameters[0], one.parameters[1], one.parameters[2]);
    };
    switch (choices.below(12)) {
    case 0:
    case 1:
    case 2: {
        const auto mode = choices.once_in(4) ? LINEMEDIAMODE_DATAMODEM : LINEMEDIAMODE_INTERACTIVEVOICE;
        for (const auto& [driver_line, line] : lines_) // R089
            if ((line.media_modes & mode) != 0 && choices.once_in(2)) {
                announce_call_on(driver_line,
                                 choices.once_in(5) ? LINECALLSTATE_DIALTONE : LINECALLSTATE_OFFERING, mode);
                return;
            }
        return;
    }
    case 3:
        if (choices.once_in(20)) lose_device();
        return;
    case 4:
        if (choices.once_in(50)) event(LINE_LINEDEVSTATE, 0, 0, LINEDEVSTATE_REINIT);
        else if (provider_ != 0 && choices.once_in(10)) change_devices();
        return;
    case 5:
        if (!lines_.empty()) tell(of_lines, any_line(), 0);
        return;
    case 6:
        if (!phones_.empty()) tell(of_phones, any_phone(), 0);
        return;
    case 7:
        if (live.empty()) return;
        return tell(of_calls, lines_.at(calls_.at(live.front()).line).service,
                    calls_.at(live.front()).service);
    default:
        if (live.empty()) return;
        const auto call = live[choices.below(live.size())];
        const auto current = calls_.at(call).state;
        std::vector<std::uint32_t> next;
        for (std::uint32_t state = 1; state <= LINECALLSTATE_UNKNOWN; state <<= 1)
            if (abi::is_documented_transition(current, state) &&
                (current != LINECALLSTATE_DIALTONE || !is_dialing(state)) &&
                (!is_for_conference(state) || !is_left_alone(call)))
                next.push_back(state);
        change_state(call, next[choices.below(next.size())]);
        return;
    }
}

void ProviderModel::lose_device() {
    const auto lose = [this](std::uint32_t message, std::uint64_t service) {
        event(message, service, 0);
        device_of(service)->lost = true;
    };
    if (!lines_.empty() && world_.choices().once_in(2)) lose(LINE_CLOSE, any_line());
    else if (!phones_.empty()) lose(PHONE_CLOSE, any_phone());
}

// Offers a line or a phone, or takes one away (R090, R092).
void ProviderModel::change_devices() {
    auto& choices = world_.choices();
    // What is open is closed first (R092, R096).
    const auto take_away = [&](std::vector<std::uint32_t>& ids, const std::map<std::uint64_t, Device>& open,
                               std::uint32_t message) {
        const auto closed = std::ranges::find_if(ids, [&](std::uint32_t id) {
            return std::ranges::none_of(open, [&](const auto& entry) { return entry.second.id == id; });
        });
        if (closed == ids.end()) return;
        event(message, 0, 0, *closed);
        ids.erase(closed);
    };
    switch (choices.below(4)) {
    case 0: return event(LINE_CREATE, 0, 0, provider_, world_.unique_number());
    case 1: return event(PHONE_CREATE, 0, 0, provider_, world_.unique_number());
    case 2: return take_away(line_ids_, lines_, LINE_REMOVE);
    default: return take_away(phone_ids_, phones_, PHONE_REMOVE);
    }
}

std::uint32_t ProviderModel::start_dialog(std::uint32_t request, std::uint64_t driver,
                                          std::u16string_view library) {
    if (granted_dialogs_.empty()) return 0;
    const auto dialog = granted_dialogs_.front();
    granted_dialogs_.pop_front();
    Message message;
    wire::FrameWriter writer(message.bytes,
                             {.kind = wire::FrameKind::event, .function = LINE_CREATEDIALOGINSTANCE});
    wire::write(writer,
                wire::EventFromHost{.parameter1 = request, .parameter2 = driver, .parameter3 = dialog});
    writer.text(library);
    writer.utf8("shown first");
    writer.finish();
    world_.host_sends(session_, std::move(message));
    return dialog;
}

void ProviderModel::send_dialog_data(std::uint32_t dialog, std::optional<std::string_view> block) {
    Message message;
    wire::FrameWriter writer(message.bytes,
                             {.kind = wire::FrameKind::event, .function = LINE_SENDDIALOGINSTANCEDATA});
    wire::write(writer, wire::EventFromHost{.parameter3 = dialog});
    if (block) writer.utf8(*block);
    else writer.null();
    writer.finish();
    world_.host_sends(session_, std::move(message));
}

void ProviderModel::digits_gathered(std::uint64_t driver_call, std::uint32_t end_to_end,
                                    std::u16string_view digits) {
    const auto& record = calls_.at(driver_call);
    world_.host_sends(session_, event_frame(LINE_GATHERDIGITS,
                                            {.line = lines_.at(record.line).service,
                                             .call = record.service,
                                             .parameter1 = LINEGATHERTERM_BUFFERFULL,
                                             .parameter2 = end_to_end},
                                            digits));
}

} // namespace offhook::test
