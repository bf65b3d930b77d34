// SPDX-License-Identifier: Apache-2.0
#include "tests/core/provider_model.h"

#include "abi/call_states.h"
#include "abi/structure_reader.h"
#include "abi/structure_writer.h"
#include "core/pass_through.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace offhook::test {

using abi::Tspi;
using core::Arguments;
using core::number_of;
using core::wide_of;

namespace {

// Empty: there is no room for them.
std::vector<std::byte> line_caps(std::uint32_t total, std::uint32_t version) {
    std::vector<std::byte> bytes(std::max<std::size_t>(total, sizeof total));
    std::memcpy(bytes.data(), &total, sizeof total);
    abi::StructureWriter<LINEDEVCAPS> caps(reinterpret_cast<LINEDEVCAPS*>(bytes.data()), version);
    caps.text(&LINEDEVCAPS::dwLineNameSize, &LINEDEVCAPS::dwLineNameOffset, u"a line");
    const auto used = caps->dwUsedSize;
    bytes.resize(caps.finish() == 0 ? used : 0);
    return bytes;
}

} // namespace

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
    case Tspi::lineGetDevCaps: {
        auto caps = line_caps(number_of<Tspi::lineGetDevCaps, "lpLineDevCaps">(in),
                              number_of<Tspi::lineGetDevCaps, "dwTSPIVersion">(in));
        if (caps.empty()) return reply_plainly(frame, function, in);
        describe("LINEDEVCAPS", caps);
        return world_.host_sends(
            session_,
            result_frame(
                frame, 0,
                Arguments<Tspi::lineGetDevCaps>().with<"lpLineDevCaps">(core::bytes_value(caps)).values()));
    }
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

// What a function gives back of which nothing more is known: numbers are 77, structures have nothing but
// their fixed part, bytes come back as they went or are 0, and texts are empty.
wire::Values ProviderModel::plain_outputs(Tspi function, abi::Fill when, const wire::Values& in,
                                          std::deque<std::vector<std::byte>>& memory) const {
    wire::Values outputs{};
    const auto& row = abi::row(function);
    const auto block = [&](std::size_t size) -> std::vector<std::byte>& { return memory.emplace_back(size); };
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (p.direction == abi::Direction::in || p.fill != when) continue;
        switch (p.kind) {
        case abi::Kind::number:
        case abi::Kind::wide: outputs[i] = core::number_value(77); break;
        case abi::Kind::text: outputs[i] = core::bytes_value({}); break;
        case abi::Kind::fixed: outputs[i] = core::bytes_value(block(p.size)); break;
        case abi::Kind::bytes:
            if (p.direction == abi::Direction::inout) outputs[i] = core::bytes_value(in[i].bytes);
            else outputs[i] = core::bytes_value(block(in[row.index_of(p.count_name)].number));
            break;
        case abi::Kind::sized: {
            if (in[i].null) break;
            const auto total = static_cast<std::uint32_t>(in[i].number);
            const auto used = std::min(
                total, abi::fixed_size(core::detail::structure_named(p.type), version_of(function, in)));
            const std::array<std::uint32_t, 3> sizes{total, used, used};
            auto& bytes = block(used);
            std::memcpy(bytes.data(), sizes.data(), std::min(bytes.size(), sizeof sizes));
            describe(p.type, bytes);
            outputs[i] = core::bytes_value(bytes);
            break;
        }
        case abi::Kind::local:
        case abi::Kind::counted_text:
        case abi::Kind::array: break;
        }
    }
    return outputs;
}

// The fields that are never 0 (R032).
void ProviderModel::describe(std::string_view structure, std::span<std::byte> bytes) const {
    const auto put = [&](std::size_t offset, std::uint32_t value) {
        if (offset + sizeof value <= bytes.size()) std::memcpy(bytes.data() + offset, &value, sizeof value);
    };
    if (structure == "LINEDEVCAPS") {
        put(offsetof(LINEDEVCAPS, dwNumAddresses), behaviour_.addresses);
        put(offsetof(LINEDEVCAPS, dwMediaModes), LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_DATAMODEM);
    }
    if (structure == "LINEADDRESSCAPS") {
        put(offsetof(LINEADDRESSCAPS, dwCallStates), ~0u);
        put(offsetof(LINEADDRESSCAPS, dwPredictiveAutoTransferStates), ~0u);
    }
}

// In which the structures are that a function fills (R029).
std::uint32_t ProviderModel::version_of(Tspi function, const wire::Values& in) const {
    const auto& row = abi::row(function);
    const auto given = [&](std::string_view name) -> std::uint64_t {
        const auto place = row.index_of(name);
        return place != row.count ? in[place].number : 0;
    };
    if (const auto version = given("dwTSPIVersion"); version != 0) return static_cast<std::uint32_t>(version);
    if (const auto phone = phones_.find(given("hdPhone")); phone != phones_.end())
        return phone->second.version;
    const auto call = calls_.find(given("hdCall"));
    const auto line = lines_.find(call != calls_.end() ? call->second.line : given("hdLine"));
    return line != lines_.end() ? line->second.version : abi::v2_2;
}

void ProviderModel::reply_plainly(const wire::Frame& frame, Tspi function, const wire::Values& in) {
    std::deque<std::vector<std::byte>> memory;
    world_.host_sends(session_,
                      result_frame(frame, 0, plain_outputs(function, abi::Fill::at_return, in, memory)));
}

void ProviderModel::fill_call_info(const wire::Frame& frame, const wire::Values& in) {
    const auto total = number_of<Tspi::lineGetCallInfo, "lpCallInfo">(in);
    std::vector<std::byte> bytes(total);
    std::memcpy(bytes.data(), &total, sizeof total);
    abi::StructureWriter<LINECALLINFO> info(reinterpret_cast<LINECALLINFO*>(bytes.data()),
                                            version_of(Tspi::lineGetCallInfo, in));
    info->dwLineDeviceID = line_of_calls_;
    info->dwBearerMode = LINEBEARERMODE_VOICE;
    info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    info->dwOrigin = LINECALLORIGIN_INBOUND;
    info->dwReason = LINECALLREASON_ROUTEREQUEST;
    info->dwCallStates = LINECALLSTATE_CONNECTED | LINECALLSTATE_IDLE;
    if (behaviour_.defect == Defect::fills_for_service) {
        info->dwNumOwners = info->dwNumMonitors = 77;
        info->dwMonitorDigitModes = info->dwMonitorMediaModes = 77;
        info.text(&LINECALLINFO::dwAppNameSize, &LINECALLINFO::dwAppNameOffset, u"no application");
    }
    info.text(&LINECALLINFO::dwDisplayableAddressSize, &LINECALLINFO::dwDisplayableAddressOffset,
              u"dialed by hand");
    info.text(&LINECALLINFO::dwCommentSize, &LINECALLINFO::dwCommentOffset, u"a remark of the switch");
    info.text(&LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset, u"a caller");
    info.text(&LINECALLINFO::dwCalledIDSize, &LINECALLINFO::dwCalledIDOffset, u"the called one");
    const auto used = info->dwUsedSize;
    if (info.finish() != 0) return reply_plainly(frame, Tspi::lineGetCallInfo, in);
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
    const auto used =
        std::min(total, abi::fixed_size<LINECALLSTATUS>(version_of(Tspi::lineGetCallStatus, in)));
    status.dwTotalSize = total;
    status.dwNeededSize = status.dwUsedSize = used;
    status.dwCallFeatures = call_features_;
    status.dwCallState = calls_.at(wide_of<Tspi::lineGetCallStatus, "hdCall">(in)).state;
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
        if (found != calls_.end() && found->second.state != 0 && parent != calls_.end())
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

} // namespace

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
                (current != LINECALLSTATE_DIALTONE || !is_dialing(state)))
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

} // namespace offhook::test
