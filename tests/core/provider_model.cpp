// SPDX-License-Identifier: Apache-2.0
#include "tests/core/provider_model.h"

#include "abi/structure_writer.h"
#include "core/call_states.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace offhook::test {

using abi::Tspi;
using core::Arguments;
using core::number_of;
using core::wide_of;

std::vector<std::byte> ProviderModel::exported() const {
    return std::vector<std::byte>(static_cast<std::size_t>(Tspi::count), std::byte{1});
}

void ProviderModel::received(const wire::Frame& frame) {
    if (frame.header.kind == wire::FrameKind::grant) {
        wire::PayloadReader from(frame.payload);
        while (from.ok() && !from.finished())
            if (const auto handle = from.number(); from.ok()) granted_.push_back(handle);
        return;
    }
    if (hanging_) {
        Message copy;
        wire::FrameWriter writer(copy.bytes, frame.header);
        writer.finish();
        copy.bytes.insert(copy.bytes.end(), frame.payload.begin(), frame.payload.end());
        const auto size = static_cast<std::uint32_t>(copy.bytes.size());
        std::memcpy(copy.bytes.data(), &size, sizeof size);
        held_.push_back(std::move(copy));
        return;
    }
    answer(frame);
}

void ProviderModel::release() {
    hanging_ = false;
    while (!held_.empty()) {
        const Message message = std::move(held_.front());
        held_.pop_front();
        answer(message.frame());
    }
}

void ProviderModel::answer(const wire::Frame& frame) {
    const auto function = static_cast<Tspi>(frame.header.function);
    received_.push_back(function);
    wire::Values in{};
    ASSERT_TRUE(wire::decode_down(abi::row(function), frame.payload, in));
    const auto reply = [&](std::int32_t result, const wire::Values& outputs = {}) {
        world_.host_sends(session_, result_frame(frame, result, outputs));
    };
    switch (function) {
    case Tspi::lineNegotiateTSPIVersion: {
        const auto high = number_of<Tspi::lineNegotiateTSPIVersion, "dwHighVersion">(in);
        const auto version = behaviour_.defect == Defect::version_out_of_range ? high + 1 : high;
        return reply(0,
                     Arguments<Tspi::lineNegotiateTSPIVersion>().with<"lpdwTSPIVersion">(version).values());
    }
    case Tspi::providerEnumDevices:
        return reply(0,
                     Arguments<Tspi::providerEnumDevices>().with<"lpdwNumLines">(behaviour_.lines).values());
    case Tspi::lineOpen: {
        if (refuses()) return reply(core::as_result(LINEERR_RESOURCEUNAVAIL));
        if (behaviour_.defect == Defect::null_line_handle) return reply(0);
        const auto handle = next_handle_++;
        lines_[handle].service = wide_of<Tspi::lineOpen, "htLine">(in);
        return reply(0, Arguments<Tspi::lineOpen>().with<"lphdLine">(handle).values());
    }
    case Tspi::lineClose: {
        const auto line = wide_of<Tspi::lineClose, "hdLine">(in);
        EXPECT_EQ(lines_.count(line), 1u) << "TSPI_lineClose of a line that is not open";
        for (const auto call : driver_calls())
            if (calls_.at(call).line == line) close_call(call);
        const auto outstanding = requests_;
        for (const auto& [request, what] : outstanding)
            if (what.line == line && behaviour_.defect != Defect::forgets_on_close)
                complete(request, core::as_result(LINEERR_OPERATIONFAILED));
        lines_.erase(line);
        return reply(0);
    }
    case Tspi::lineCloseCall: {
        const auto call = wide_of<Tspi::lineCloseCall, "hdCall">(in);
        EXPECT_EQ(calls_.count(call) + voided_.count(call), 1u)
            << "TSPI_lineCloseCall of a call that does not exist";
        close_call(call);
        return reply(0);
    }
    case Tspi::lineGetNumAddressIDs:
        return reply(
            0,
            Arguments<Tspi::lineGetNumAddressIDs>().with<"lpdwNumAddressIDs">(behaviour_.addresses).values());
    case Tspi::lineGetCallAddressID:
        return reply(
            0,
            Arguments<Tspi::lineGetCallAddressID>().with<"lpdwAddressID">(behaviour_.addresses - 1).values());
    case Tspi::lineSetDefaultMediaDetection:
        return reply(refuses() ? core::as_result(LINEERR_INVALMEDIAMODE) : 0);
    case Tspi::lineMakeCall: return make_call(frame, in);
    case Tspi::lineGetDevCaps: return fill<LINEDEVCAPS, Tspi::lineGetDevCaps, "lpLineDevCaps">(frame, in);
    case Tspi::lineGetAddressCaps:
        return fill<LINEADDRESSCAPS, Tspi::lineGetAddressCaps, "lpAddressCaps">(frame, in);
    case Tspi::lineGetLineDevStatus:
        return fill<LINEDEVSTATUS, Tspi::lineGetLineDevStatus, "lpLineDevStatus">(frame, in);
    case Tspi::lineGetCallInfo: return fill_call_info(frame, in);
    case Tspi::lineGetCallStatus:
        return fill<LINECALLSTATUS, Tspi::lineGetCallStatus, "lpCallStatus">(frame, in);
    default: break;
    }
    const auto calls = calls_in(function, in);
    last_calls_ = calls;
    if (abi::row(function).mode == abi::Mode::sync || calls.empty()) return reply(0);
    for (const auto call : calls)
        EXPECT_EQ(calls_.count(call), 1u) << abi::row(function).name << " for a call that does not exist";
    accept(frame, function, static_cast<std::uint32_t>(in[0].number), 0, calls.front(), {});
}

// The calls that a function is given, by the provider's handles.
std::vector<std::uint64_t> ProviderModel::calls_in(Tspi function, const wire::Values& in) {
    std::vector<std::uint64_t> calls;
    const auto& row = abi::row(function);
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto name = row.parameters[i].name;
        if (name.starts_with("hd") && name.ends_with("Call")) calls.push_back(in[i].number);
    }
    return calls;
}

// A structure with nothing but its fixed part, as large as the largest version when there is room.
template <class T, Tspi F, core::Name N>
void ProviderModel::fill(const wire::Frame& frame, const wire::Values& in) {
    const auto total = number_of<F, N>(in);
    std::vector<std::byte> bytes(std::min<std::size_t>(total, sizeof(T)));
    const auto used = static_cast<std::uint32_t>(bytes.size());
    std::memcpy(bytes.data(), &total, sizeof total);
    std::memcpy(bytes.data() + 4, &used, sizeof used);
    std::memcpy(bytes.data() + 8, &used, sizeof used);
    world_.host_sends(
        session_, result_frame(frame, 0, Arguments<F>().template with<N>(core::bytes_value(bytes)).values()));
}

void ProviderModel::fill_call_info(const wire::Frame& frame, const wire::Values& in) {
    const auto total = number_of<Tspi::lineGetCallInfo, "lpCallInfo">(in);
    std::vector<std::byte> bytes(total);
    std::memcpy(bytes.data(), &total, sizeof total);
    abi::StructureWriter<LINECALLINFO> info(reinterpret_cast<LINECALLINFO*>(bytes.data()), abi::v2_2);
    info.text(&LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset, u"a caller");
    info.text(&LINECALLINFO::dwCalledIDSize, &LINECALLINFO::dwCalledIDOffset, u"the called one");
    const auto used = info->dwUsedSize;
    if (info.finish() != 0) return fill<LINECALLINFO, Tspi::lineGetCallInfo, "lpCallInfo">(frame, in);
    bytes.resize(used);
    world_.host_sends(
        session_,
        result_frame(
            frame, 0,
            Arguments<Tspi::lineGetCallInfo>().with<"lpCallInfo">(core::bytes_value(bytes)).values()));
}

void ProviderModel::make_call(const wire::Frame& frame, const wire::Values& in) {
    if (refuses())
        return world_.host_sends(session_, result_frame(frame, core::as_result(LINEERR_CALLUNAVAIL)));
    const auto line = wide_of<Tspi::lineMakeCall, "hdLine">(in);
    EXPECT_EQ(lines_.count(line), 1u) << "TSPI_lineMakeCall on a line that is not open";
    const auto call = next_handle_++;
    calls_[call] = {wide_of<Tspi::lineMakeCall, "htCall">(in), line, 0};
    const auto given = behaviour_.defect == Defect::null_call_handle ? 0 : call;
    accept(frame, Tspi::lineMakeCall, number_of<Tspi::lineMakeCall, "dwRequestID">(in), line, call,
           Arguments<Tspi::lineMakeCall>().with<"lphdCall">(given).values());
}

// Takes a request: it may be refused, completed before the function returns (R047), or left for later.
void ProviderModel::accept(const wire::Frame& frame, Tspi function, std::uint32_t request, std::uint64_t line,
                           std::uint64_t call, const wire::Values& outputs) {
    const auto record = calls_.find(call);
    EXPECT_NE(record, calls_.end()) << abi::row(function).name << " for a call that does not exist";
    if (function != Tspi::lineMakeCall && refuses())
        return world_.host_sends(session_, result_frame(frame, core::as_result(LINEERR_INVALCALLSTATE)));
    if (line == 0 && record != calls_.end()) line = record->second.line;
    requests_[request] = {function, line, call};
    unfinished_.push_back(request);
    const bool at_once = behaviour_.completion == Completion::by_chance
                             ? world_.choices().once_in(4)
                             : behaviour_.completion == Completion::immediate;
    if (at_once) act();
    const auto id = behaviour_.defect == Defect::foreign_request_id ? request + 1 : request;
    world_.host_sends(session_, result_frame(frame, static_cast<std::int32_t>(id), outputs));
}

// Completes one unfinished request, and reports what it did to the call.
void ProviderModel::act() {
    const auto request = unfinished_[behaviour_.completion == Completion::immediate
                                         ? unfinished_.size() - 1
                                         : world_.choices().below(unfinished_.size())];
    const Unfinished what = requests_.at(request);
    if (refuses()) {
        complete(request, core::as_result(LINEERR_OPERATIONFAILED));
        if (what.function == Tspi::lineMakeCall) {
            calls_.erase(what.call); // R064
            voided_.insert(what.call);
        }
        return;
    }
    complete(request, 0);
    switch (what.function) {
    case Tspi::lineMakeCall:
        calls_.at(what.call).state = LINECALLSTATE_UNKNOWN;
        change_state(what.call, LINECALLSTATE_DIALING);
        if (behaviour_.completion == Completion::immediate) {
            change_state(what.call, LINECALLSTATE_RINGBACK);
            change_state(what.call, LINECALLSTATE_CONNECTED);
        }
        return;
    case Tspi::lineAnswer: return change_state(what.call, LINECALLSTATE_CONNECTED);
    case Tspi::lineAccept: return change_state(what.call, LINECALLSTATE_ACCEPTED);
    case Tspi::lineDrop:
        change_state(what.call, LINECALLSTATE_IDLE);
        if (behaviour_.defect == Defect::state_after_idle) {
            const auto& record = calls_.at(what.call);
            event(LINE_CALLSTATE, lines_.at(record.line).service, record.service, LINECALLSTATE_CONNECTED);
        }
        return;
    default: return;
    }
}

void ProviderModel::complete(std::uint32_t request, std::int32_t result) {
    const auto found = requests_.find(request);
    if (found == requests_.end()) return;
    world_.host_sends(session_, completion_frame(found->second.function, request, result));
    if (behaviour_.defect == Defect::completes_twice)
        world_.host_sends(session_, completion_frame(found->second.function, request, result));
    requests_.erase(found);
    std::erase(unfinished_, request);
}

void ProviderModel::close_call(std::uint64_t driver_call) {
    const auto outstanding = requests_;
    for (const auto& [request, what] : outstanding) {
        if (what.call != driver_call) continue;
        if (behaviour_.defect != Defect::forgets_on_close)
            complete(request, core::as_result(LINEERR_OPERATIONFAILED)); // R078
        std::erase(unfinished_, request);
        requests_.erase(request);
    }
    calls_.erase(driver_call);
}

std::vector<std::uint64_t> ProviderModel::driver_calls() const {
    std::vector<std::uint64_t> handles;
    for (const auto& [handle, record] : calls_) handles.push_back(handle);
    return handles;
}

void ProviderModel::event(std::uint32_t message, std::uint64_t line, std::uint64_t call, std::uint64_t p1,
                          std::uint64_t p2, std::uint64_t p3) {
    world_.host_sends(session_, event_frame(message, {line, call, p1, p2, p3}));
}

void ProviderModel::change_state(std::uint64_t driver_call, std::uint32_t state, std::uint64_t mode) {
    CallRecord& record = calls_.at(driver_call);
    if (record.state == LINECALLSTATE_IDLE) return;
    record.state = state;
    const auto sent = behaviour_.defect == Defect::two_states ? state | LINECALLSTATE_OFFERING : state;
    event(LINE_CALLSTATE, lines_.at(record.line).service, record.service, sent, mode,
          LINEMEDIAMODE_INTERACTIVEVOICE);
}

std::uint64_t ProviderModel::announce_call(std::uint32_t state, std::uint32_t media_modes) {
    if (lines_.empty() || granted_.empty()) return 0;
    const auto& [driver_line, line] =
        *std::next(lines_.begin(), static_cast<std::ptrdiff_t>(world_.choices().below(lines_.size())));
    const auto service = granted_.front();
    granted_.pop_front();
    const auto call = next_handle_++;
    calls_[call] = {service, driver_line, state};
    event(LINE_NEWCALL, line.service, service, call);
    event(LINE_CALLSTATE, line.service, service, state, 0, media_modes);
    return call;
}

void ProviderModel::spontaneous() {
    auto& choices = world_.choices();
    std::vector<std::uint64_t> live;
    for (const auto& [handle, record] : calls_)
        if (record.state != 0 && record.state != LINECALLSTATE_IDLE) live.push_back(handle);
    switch (choices.below(8)) {
    case 0:
    case 1:
        announce_call(choices.once_in(5) ? LINECALLSTATE_DIALTONE : LINECALLSTATE_OFFERING,
                      choices.once_in(4) ? LINEMEDIAMODE_DATAMODEM : LINEMEDIAMODE_INTERACTIVEVOICE);
        return;
    case 2:
        if (!lines_.empty() && choices.once_in(20)) event(LINE_CLOSE, any_line(), 0);
        return;
    case 3:
        if (!lines_.empty()) event(LINE_LINEDEVSTATE, any_line(), 0, LINEDEVSTATE_RINGING, 1, 1);
        return;
    default:
        if (live.empty()) return;
        const auto call = live[choices.below(live.size())];
        const auto current = calls_.at(call).state;
        std::vector<std::uint32_t> next;
        for (std::uint32_t state = 1; state <= LINECALLSTATE_UNKNOWN; state <<= 1)
            if (core::is_documented_transition(current, state)) next.push_back(state);
        change_state(call, next[choices.below(next.size())]);
        return;
    }
}

} // namespace offhook::test
