// SPDX-License-Identifier: Apache-2.0
#include "tests/core/provider_model.h"

#include "abi/structure_reader.h"
#include "core/pass_through.h"

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
        held_.push_back(message_of(frame));
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
    case Tspi::providerInit:
        for (std::uint32_t i = 0; i < behaviour_.lines; ++i)
            line_ids_.push_back(number_of<Tspi::providerInit, "dwLineDeviceIDBase">(in) + i);
        for (std::uint32_t i = 0; i < behaviour_.phones; ++i)
            phone_ids_.push_back(number_of<Tspi::providerInit, "dwPhoneDeviceIDBase">(in) + i);
        return reply(0);
    case Tspi::providerCreateLineDevice:
        line_ids_.push_back(number_of<Tspi::providerCreateLineDevice, "dwDeviceID">(in));
        return reply(0);
    case Tspi::providerCreatePhoneDevice:
        phone_ids_.push_back(number_of<Tspi::providerCreatePhoneDevice, "dwDeviceID">(in));
        return reply(0);
    case Tspi::providerEnumDevices:
        provider_ = wide_of<Tspi::providerEnumDevices, "hProvider">(in);
        return reply(0, Arguments<Tspi::providerEnumDevices>()
                            .with<"lpdwNumLines">(behaviour_.lines)
                            .with<"lpdwNumPhones">(behaviour_.phones)
                            .values());
    case Tspi::lineOpen: {
        if (refuses()) return reply(core::as_result(LINEERR_RESOURCEUNAVAIL));
        if (behaviour_.defect == Defect::null_line_handle) return reply(0);
        const auto handle = next_handle_++;
        lines_[handle] = {wide_of<Tspi::lineOpen, "htLine">(in), number_of<Tspi::lineOpen, "dwDeviceID">(in),
                          number_of<Tspi::lineOpen, "dwTSPIVersion">(in)};
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
        if (refuses()) return reply(core::as_result(LINEERR_INVALMEDIAMODE));
        lines_.at(wide_of<Tspi::lineSetDefaultMediaDetection, "hdLine">(in)).media_modes =
            number_of<Tspi::lineSetDefaultMediaDetection, "dwMediaModes">(in);
        return reply(0);
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
    case Tspi::lineGetDevCaps: return fill_line_caps(frame, in);
    case Tspi::lineGetCallInfo: return fill_call_info(frame, in);
    case Tspi::lineGetCallStatus: return fill_call_status(frame, in);
    default: break;
    }
    last_calls_ = calls_in(function, in);
    for (const auto call : last_calls_)
        EXPECT_TRUE(call == 0 || calls_.contains(call))
            << abi::row(function).name << " for a call that does not exist";
    if (abi::row(function).mode == abi::Mode::sync) return reply_plainly(frame, function, in);
    accept(frame, function, in);
}

// Closes a line or phone; what is outstanding on it is completed first (R083, R084).
void ProviderModel::close_device(std::map<std::uint64_t, Device>& devices, std::uint64_t driver) {
    EXPECT_EQ(devices.count(driver), 1u) << "a device that is not open is closed";
    const auto outstanding = requests_;
    for (const auto& [request, what] : outstanding)
        if (what.line == driver && behaviour_.defect != Defect::forgets_on_close)
            complete(request, core::as_result(LINEERR_OPERATIONFAILED));
    devices.erase(driver);
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
        phones_[handle] = {wide_of<Tspi::phoneOpen, "htPhone">(in),
                           number_of<Tspi::phoneOpen, "dwDeviceID">(in),
                           number_of<Tspi::phoneOpen, "dwTSPIVersion">(in)};
        return reply(0, Arguments<Tspi::phoneOpen>().with<"lphdPhone">(handle).values());
    }
    case Tspi::phoneClose: close_device(phones_, wide_of<Tspi::phoneClose, "hdPhone">(in)); return reply(0);
    case Tspi::phoneGetVolume:
        return reply(0, Arguments<Tspi::phoneGetVolume>().with<"lpdwVolume">(0x1234).values());
    default: return false;
    }
}

// It has versions 1 to 5 of its extension; while one is selected on a device, only that (R024). Phones'
// functions look like those of lines.
bool ProviderModel::answer_extension(const wire::Frame& frame, Tspi function, const wire::Values& in) {
    constexpr auto negotiate = Tspi::lineNegotiateExtVersion;
    constexpr auto select = Tspi::lineSelectExtVersion;
    switch (function) {
    case Tspi::lineNegotiateExtVersion:
    case Tspi::phoneNegotiateExtVersion: {
        const auto low = number_of<negotiate, "dwLowVersion">(in);
        const auto high = number_of<negotiate, "dwHighVersion">(in);
        const auto chosen =
            selected_on(function == negotiate ? lines_ : phones_, number_of<negotiate, "dwDeviceID">(in));
        const bool is_fixed = chosen != 0 && behaviour_.defect != Defect::extension_unselected;
        const auto version = is_fixed ? chosen : std::min(5u, high);
        const bool fits = low <= version && version <= high; // R017
        world_.host_sends(session_,
                          result_frame(frame, fits ? 0 : core::as_result(LINEERR_INCOMPATIBLEEXTVERSION),
                                       Arguments<negotiate>().with<"lpdwExtVersion">(version).values()));
        return true;
    }
    case Tspi::lineSelectExtVersion:
    case Tspi::phoneSelectExtVersion: {
        const auto version = number_of<select, "dwExtVersion">(in);
        selected_.push_back(version);
        auto& devices = function == select ? lines_ : phones_;
        const auto device = devices.find(wide_of<select, "hdLine">(in));
        EXPECT_NE(device, devices.end()) << "an extension is selected on a device that is not open";
        if (device != devices.end()) device->second.extension = version;
        world_.host_sends(session_, result_frame(frame, 0));
        return true;
    }
    default: return false;
    }
}

std::uint32_t ProviderModel::selected_on(const std::map<std::uint64_t, Device>& devices, std::uint32_t id) {
    const auto found =
        std::ranges::find_if(devices, [&](const auto& entry) { return entry.second.id == id; });
    return found == devices.end() ? 0 : found->second.extension;
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
    if (const auto place = abi::row(function).index_of("lpszDestAddress");
        (function == Tspi::lineMakeCall || function == Tspi::lineDial) &&
        in[place].text().find(u'?') != std::u16string_view::npos)
        return world_.host_sends(session_, result_frame(frame, core::as_result(LINEERR_DIALPROMPT))); // R178
    Unfinished what{.function = function, .parties = last_calls_, .created = {}, .payload = last_payload_};
    const auto& row = abi::row(function);
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (p.name == "hdLine" || p.name == "hdPhone") what.line = in[i].number;
        if (p.name == "lpCallParams") // R220
            what.leaves_original = (abi::field_at(in[i].bytes, offsetof(LINECALLPARAMS, dwCallParamFlags)) &
                                    LINECALLPARAMFLAGS_NOHOLDCONFERENCE) != 0;
    }
    if (!last_calls_.empty() && last_calls_.front() != 0) {
        what.call = last_calls_.front();
        if (what.line == 0) what.line = calls_.at(what.call).line;
    }
    EXPECT_TRUE(lines_.contains(what.line) || phones_.contains(what.line))
        << row.name << " on a device that is not open";
    wire::Values outputs{};
    what.created = create_calls(function, in, what.line, outputs);
    for (const auto call : what.created) {
        calls_.at(call).original = what.call;
        calls_.at(call).leaves_original = what.leaves_original;
    }
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
// (R132); later ones when they are added.
void ProviderModel::join(const Unfinished& what) {
    const auto enter = [this](std::uint64_t party, std::uint64_t conference) {
        const auto found = calls_.find(party);
        const auto parent = calls_.find(conference);
        if (found == calls_.end() || found->second.state == 0 || parent == calls_.end()) return;
        found->second.conference = conference;
        change_state(party, LINECALLSTATE_CONFERENCED, parent->second.service);
    };
    switch (what.function) {
    case Tspi::lineSetupConference:
    case Tspi::lineCompleteTransfer:
        if (what.created.empty() || what.leaves_original) return;
        for (const auto party : what.parties) enter(party, what.created.front());
        return;
    case Tspi::lineAddToConference: return enter(what.parties.at(1), what.parties.at(0));
    default: return;
    }
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
    const auto reach = [this](std::uint64_t call, std::uint32_t state) {
        if (calls_.contains(call)) change_state(call, state);
    };
    switch (what.function) {
    case Tspi::lineMakeCall:
        if (behaviour_.completion == Completion::immediate) {
            change_state(what.call, LINECALLSTATE_RINGBACK);
            change_state(what.call, LINECALLSTATE_CONNECTED);
        }
        return;
    case Tspi::lineAnswer:
    case Tspi::lineUnhold: return reach(what.call, LINECALLSTATE_CONNECTED);
    case Tspi::lineAccept: return reach(what.call, LINECALLSTATE_ACCEPTED);
    case Tspi::lineHold: return reach(what.call, LINECALLSTATE_ONHOLD);
    case Tspi::lineSwapHold:
        reach(what.parties.at(0), LINECALLSTATE_ONHOLD);
        return reach(what.parties.at(1), LINECALLSTATE_CONNECTED);
    case Tspi::lineSetupTransfer: return reach(what.parties.at(0), LINECALLSTATE_ONHOLDPENDTRANSFER);
    case Tspi::lineCompleteTransfer:
        if (!what.created.empty()) return; // a conference: they have joined it
        for (const auto party : what.parties) reach(party, LINECALLSTATE_IDLE);
        return;
    case Tspi::lineBlindTransfer:
    case Tspi::lineRedirect:
    case Tspi::linePark: return reach(what.call, LINECALLSTATE_IDLE);
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
    const auto& [_, what] = *found;
    wire::Values in{};
    EXPECT_TRUE(wire::decode_down(abi::row(what.function), what.payload, in));
    std::deque<std::vector<std::byte>> memory;
    const auto outputs = plain_outputs(what.function, abi::Fill::at_reply, in, memory);
    world_.host_sends(session_, completion_frame(found->second.function, request, result, outputs));
    if (behaviour_.defect == Defect::completes_twice)
        world_.host_sends(session_, completion_frame(found->second.function, request, result, outputs));
    requests_.erase(found);
    std::erase(unfinished_, request);
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

} // namespace offhook::test
