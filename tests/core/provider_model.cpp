// SPDX-License-Identifier: Apache-2.0
#include "tests/core/provider_model.h"

#include "abi/call_states.h"
#include "abi/structure_writer.h"

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
            if (const auto handle = from.number(); from.ok())
                (frame.header.function == LINE_NEWCALL ? granted_ : granted_dialogs_).push_back(handle);
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
    last_payload_.assign(frame.payload.begin(), frame.payload.end());
    ASSERT_TRUE(wire::decode_down(abi::row(function), last_payload_, in));
    last_inputs_ = in;
    if (const auto refused = refused_.find(function); refused != refused_.end())
        return world_.host_sends(session_, result_frame(frame, core::as_result(refused->second)));
    if (const auto refused = refused_once_.extract(function))
        return world_.host_sends(session_, result_frame(frame, core::as_result(refused.mapped())));
    if (!named_.empty() && (function == Tspi::lineGetID || function == Tspi::phoneGetID))
        return fill_device_numbers(frame, function, in);
    if (answer_phone(frame, function, in) || answer_extension(frame, function, in)) return;
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
        return reply(0, Arguments<Tspi::providerEnumDevices>()
                            .with<"lpdwNumLines">(behaviour_.lines)
                            .with<"lpdwNumPhones">(behaviour_.phones)
                            .values());
    case Tspi::lineOpen: {
        if (refuses()) return reply(core::as_result(LINEERR_RESOURCEUNAVAIL));
        if (behaviour_.defect == Defect::null_line_handle) return reply(0);
        const auto handle = next_handle_++;
        lines_[handle].service = wide_of<Tspi::lineOpen, "htLine">(in);
        return reply(0, Arguments<Tspi::lineOpen>().with<"lphdLine">(handle).values());
    }
    case Tspi::lineClose: {
        const auto line = wide_of<Tspi::lineClose, "hdLine">(in);
        for (const auto call : driver_calls())
            if (const auto found = calls_.find(call); found != calls_.end() && found->second.line == line)
                close_call(call);
        close_device(lines_, line);
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
    case Tspi::providerUIIdentify:
        return reply(0, Arguments<Tspi::providerUIIdentify>()
                            .with<"lpszUIDLLName">(
                                core::bytes_value(std::as_bytes(std::span(behaviour_.dialog_library))))
                            .values());
    case Tspi::providerGenericDialogData: { // it turns the block round
        const auto given = core::value_of<Tspi::providerGenericDialogData, "lpParams">(in);
        const std::vector<std::byte> turned(given.bytes.rbegin(), given.bytes.rend());
        return reply(0, Arguments<Tspi::providerGenericDialogData>()
                            .with<"lpParams">(given.null ? given : core::bytes_value(turned))
                            .values());
    }
    case Tspi::lineGetDevCaps: return fill<LINEDEVCAPS, Tspi::lineGetDevCaps, "lpLineDevCaps">(frame, in);
    case Tspi::lineGetAddressCaps:
        return fill<LINEADDRESSCAPS, Tspi::lineGetAddressCaps, "lpAddressCaps">(frame, in);
    case Tspi::lineGetLineDevStatus:
        return fill<LINEDEVSTATUS, Tspi::lineGetLineDevStatus, "lpLineDevStatus">(frame, in);
    case Tspi::lineGetCallInfo: return fill_call_info(frame, in);
    case Tspi::lineGetCallStatus: return fill_call_status(frame, in);
    default: break;
    }
    last_calls_ = calls_in(function, in);
    for (const auto call : last_calls_)
        EXPECT_TRUE(call == 0 || calls_.contains(call))
            << abi::row(function).name << " for a call that does not exist";
    if (abi::row(function).mode == abi::Mode::sync) return reply(0);
    accept(frame, function, in);
}

// Closes a line or phone; what is outstanding on it is completed first (R083, R084).
void ProviderModel::close_device(std::map<std::uint64_t, Line>& devices, std::uint64_t driver) {
    EXPECT_EQ(devices.count(driver), 1u) << "a device that is not open is closed";
    const auto outstanding = requests_;
    for (const auto& [request, what] : outstanding)
        if (what.line == driver && behaviour_.defect != Defect::forgets_on_close)
            complete(request, core::as_result(LINEERR_OPERATIONFAILED));
    devices.erase(driver);
    extensions_.erase(driver);
}

bool ProviderModel::answer_phone(const wire::Frame& frame, Tspi function, const wire::Values& in) {
    const auto reply = [&](std::int32_t result, const wire::Values& outputs = {}) {
        world_.host_sends(session_, result_frame(frame, result, outputs));
        return true;
    };
    switch (function) {
    case Tspi::phoneNegotiateTSPIVersion:
        return reply(
            0, Arguments<Tspi::phoneNegotiateTSPIVersion>()
                   .with<"lpdwTSPIVersion">(number_of<Tspi::phoneNegotiateTSPIVersion, "dwHighVersion">(in))
                   .values());
    case Tspi::phoneOpen: {
        if (refuses()) return reply(core::as_result(LINEERR_RESOURCEUNAVAIL));
        const auto handle = next_handle_++;
        phones_[handle].service = wide_of<Tspi::phoneOpen, "htPhone">(in);
        return reply(0, Arguments<Tspi::phoneOpen>().with<"lphdPhone">(handle).values());
    }
    case Tspi::phoneClose: close_device(phones_, wide_of<Tspi::phoneClose, "hdPhone">(in)); return reply(0);
    case Tspi::phoneGetVolume:
        return reply(0, Arguments<Tspi::phoneGetVolume>().with<"lpdwVolume">(0x1234).values());
    case Tspi::phoneGetStatus:
        fill<PHONESTATUS, Tspi::phoneGetStatus, "lpPhoneStatus">(frame, in);
        return true;
    case Tspi::phoneGetDevCaps: fill<PHONECAPS, Tspi::phoneGetDevCaps, "lpPhoneCaps">(frame, in); return true;
    default: return false;
    }
}

// It has versions 1 to 5 of its extension; while one is selected, only that (R024).
bool ProviderModel::answer_extension(const wire::Frame& frame, Tspi function, const wire::Values& in) {
    switch (function) {
    case Tspi::lineNegotiateExtVersion: {
        const auto high = std::min(5u, number_of<Tspi::lineNegotiateExtVersion, "dwHighVersion">(in));
        const bool any = extensions_.empty() || behaviour_.defect == Defect::extension_unselected;
        const auto version = any ? high : extensions_.begin()->second;
        world_.host_sends(
            session_,
            result_frame(
                frame, 0,
                Arguments<Tspi::lineNegotiateExtVersion>().with<"lpdwExtVersion">(version).values()));
        return true;
    }
    case Tspi::lineSelectExtVersion: {
        const auto version = number_of<Tspi::lineSelectExtVersion, "dwExtVersion">(in);
        selected_.push_back(version);
        const auto line = wide_of<Tspi::lineSelectExtVersion, "hdLine">(in);
        EXPECT_TRUE(lines_.contains(line)) << "an extension is selected on a line that is not open";
        if (version != 0) extensions_[line] = version;
        else extensions_.erase(line);
        world_.host_sends(session_, result_frame(frame, 0));
        return true;
    }
    default: return false;
    }
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
    info->dwLineDeviceID = line_of_calls_;
    info->dwOrigin = LINECALLORIGIN_INBOUND;
    info->dwReason = LINECALLREASON_ROUTEREQUEST;
    info->dwCallStates = LINECALLSTATE_CONNECTED | LINECALLSTATE_IDLE;
    info->dwNumOwners = info->dwNumMonitors = 77; // what is the service's to fill (R133)
    info->dwMonitorDigitModes = info->dwMonitorMediaModes = 77;
    info.text(&LINECALLINFO::dwAppNameSize, &LINECALLINFO::dwAppNameOffset, u"no application");
    info.text(&LINECALLINFO::dwDisplayableAddressSize, &LINECALLINFO::dwDisplayableAddressOffset,
              u"dialed by hand");
    info.text(&LINECALLINFO::dwCommentSize, &LINECALLINFO::dwCommentOffset, u"a remark of the switch");
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

void ProviderModel::fill_device_numbers(const wire::Frame& frame, Tspi function, const wire::Values& in) {
    const auto place = abi::row(function).index_of("lpDeviceID");
    const auto total = static_cast<std::uint32_t>(in[place].number);
    std::vector<std::byte> bytes(total);
    std::memcpy(bytes.data(), &total, sizeof total);
    abi::StructureWriter<VARSTRING> writer(reinterpret_cast<VARSTRING*>(bytes.data()), abi::v2_2);
    writer->dwStringFormat = STRINGFORMAT_BINARY;
    writer.bytes(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, named_.data(),
                 named_.size() * sizeof named_[0]);
    const auto used = writer->dwUsedSize;
    EXPECT_EQ(writer.finish(), 0);
    wire::Values outputs{};
    outputs[place] = core::bytes_value(std::span(bytes).first(used));
    world_.host_sends(session_, result_frame(frame, 0, outputs));
}

void ProviderModel::fill_call_status(const wire::Frame& frame, const wire::Values& in) {
    const auto total = number_of<Tspi::lineGetCallStatus, "lpCallStatus">(in);
    LINECALLSTATUS status{};
    const auto used = std::min<std::uint32_t>(total, sizeof status);
    status.dwTotalSize = total;
    status.dwNeededSize = status.dwUsedSize = used;
    status.dwCallFeatures = call_features_;
    const auto bytes = std::as_bytes(std::span(&status, 1)).first(used);
    world_.host_sends(
        session_,
        result_frame(
            frame, 0,
            Arguments<Tspi::lineGetCallStatus>().with<"lpCallStatus">(core::bytes_value(bytes)).values()));
}

// The calls that a function creates are there when it returns (R061), and count when it completes (R062).
std::vector<std::uint64_t> ProviderModel::create_calls(Tspi function, const wire::Values& in,
                                                       std::uint64_t line, wire::Values& outputs) {
    std::vector<std::uint64_t> created;
    const auto& row = abi::row(function);
    std::uint64_t service = 0;
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto name = row.parameters[i].name;
        if (name.starts_with("ht")) service = in[i].number;
        if (!name.starts_with("lphd") || service == 0) continue;
        const auto call = next_handle_++;
        calls_[call] = {service, line, 0};
        outputs[i] = core::number_value(behaviour_.defect == Defect::null_call_handle ? 0 : call);
        created.push_back(call);
    }
    return created;
}

void ProviderModel::void_calls(const std::vector<std::uint64_t>& created) {
    for (const auto call : created) {
        calls_.erase(call); // R064
        voided_.insert(call);
    }
}

// Takes a request: it may be refused, completed before the function returns (R047), or left for later.
void ProviderModel::accept(const wire::Frame& frame, Tspi function, const wire::Values& in) {
    if (refuses())
        return world_.host_sends(session_, result_frame(frame, core::as_result(LINEERR_CALLUNAVAIL)));
    Unfinished what{.function = function, .parties = last_calls_, .created = {}, .bytes = {}};
    const auto& row = abi::row(function);
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (p.name == "hdLine" || p.name == "hdPhone") what.line = in[i].number;
        if (p.fill == abi::Fill::at_reply && p.direction == abi::Direction::inout)
            what.bytes.assign(in[i].bytes.begin(), in[i].bytes.end());
        if (p.fill == abi::Fill::at_reply && p.kind == abi::Kind::sized && !in[i].null)
            what.total = static_cast<std::uint32_t>(in[i].number);
    }
    if (!last_calls_.empty() && last_calls_.front() != 0) {
        what.call = last_calls_.front();
        if (what.line == 0) what.line = calls_.at(what.call).line;
    }
    EXPECT_TRUE(lines_.contains(what.line) || phones_.contains(what.line))
        << row.name << " on a device that is not open";
    wire::Values outputs{};
    what.created = create_calls(function, in, what.line, outputs);
    if (what.call == 0 && !what.created.empty()) what.call = what.created.front();
    const auto request = static_cast<std::uint32_t>(in[0].number);
    requests_[request] = what;
    unfinished_.push_back(request);
    const bool at_once = behaviour_.completion == Completion::by_chance
                             ? world_.choices().once_in(4)
                             : behaviour_.completion == Completion::immediate;
    if (at_once) act();
    const auto id = behaviour_.defect == Defect::foreign_request_id ? request + 1 : request;
    world_.host_sends(session_, result_frame(frame, static_cast<std::int32_t>(id), outputs));
}

// The calls that a new conference begins with are in it before it is complete, as a switch may tell it
// (R132).
void ProviderModel::join(const Unfinished& what) {
    if (what.function != Tspi::lineSetupConference && what.function != Tspi::lineCompleteTransfer) return;
    if (what.created.empty()) return;
    const auto parent = calls_.at(what.created.front()).service;
    for (const auto party : what.parties)
        if (const auto found = calls_.find(party); found != calls_.end() && found->second.state != 0)
            change_state(party, LINECALLSTATE_CONFERENCED, parent);
}

// Completes one unfinished request, and reports what it did to the calls.
void ProviderModel::act() {
    const auto request = unfinished_[behaviour_.completion == Completion::immediate
                                         ? unfinished_.size() - 1
                                         : world_.choices().below(unfinished_.size())];
    const Unfinished what = requests_.at(request);
    if (refuses()) {
        complete(request, core::as_result(LINEERR_OPERATIONFAILED));
        return void_calls(what.created);
    }
    join(what);
    complete(request, 0);
    for (const auto call : what.created) {
        calls_.at(call).state = LINECALLSTATE_UNKNOWN;
        change_state(call, LINECALLSTATE_DIALING);
    }
    switch (what.function) {
    case Tspi::lineMakeCall:
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

// Bytes come back as they went, numbers are 77, a VARSTRING has nothing in it.
wire::Values ProviderModel::late_outputs(const Unfinished& what, std::vector<std::byte>& memory) {
    wire::Values outputs{};
    const auto& row = abi::row(what.function);
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (p.fill != abi::Fill::at_reply) continue;
        if (p.kind == abi::Kind::number) outputs[i] = core::number_value(77);
        else if (p.kind == abi::Kind::bytes) outputs[i] = core::bytes_value(what.bytes);
        else if (p.kind == abi::Kind::sized && what.total != 0) {
            memory.resize(what.total);
            const VARSTRING nothing{what.total, sizeof nothing, sizeof nothing, 0, 0, 0};
            std::memcpy(memory.data(), &nothing, sizeof nothing);
            memory.resize(sizeof nothing);
            outputs[i] = core::bytes_value(memory);
        }
    }
    return outputs;
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

void ProviderModel::complete(std::uint32_t request, std::int32_t result) {
    const auto found = requests_.find(request);
    if (found == requests_.end()) return;
    std::vector<std::byte> memory;
    const auto outputs = late_outputs(found->second, memory);
    world_.host_sends(session_, completion_frame(found->second.function, request, result, outputs));
    if (behaviour_.defect == Defect::completes_twice)
        world_.host_sends(session_, completion_frame(found->second.function, request, result, outputs));
    requests_.erase(found);
    std::erase(unfinished_, request);
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

void ProviderModel::close_call(std::uint64_t driver_call) {
    const auto outstanding = requests_;
    for (const auto& [request, what] : outstanding) {
        const auto& created = what.created;
        if (what.call != driver_call &&
            std::find(created.begin(), created.end(), driver_call) == created.end())
            continue;
        if (behaviour_.defect != Defect::forgets_on_close)
            complete(request, core::as_result(LINEERR_OPERATIONFAILED)); // R078
        void_calls(created);
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

void ProviderModel::announce_call_of(std::uint64_t device) {
    event(LINE_NEWCALL, device, granted_.front(), next_handle_++);
    granted_.pop_front();
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
        if (choices.once_in(50)) event(LINE_LINEDEVSTATE, 0, 0, LINEDEVSTATE_REINIT);
        else if (!lines_.empty()) event(LINE_LINEDEVSTATE, any_line(), 0, LINEDEVSTATE_RINGING, 1, 1);
        return;
    default:
        if (live.empty()) return;
        const auto call = live[choices.below(live.size())];
        const auto current = calls_.at(call).state;
        std::vector<std::uint32_t> next;
        for (std::uint32_t state = 1; state <= LINECALLSTATE_UNKNOWN; state <<= 1)
            if (abi::is_documented_transition(current, state)) next.push_back(state);
        change_state(call, next[choices.below(next.size())]);
        return;
    }
}

} // namespace offhook::test
