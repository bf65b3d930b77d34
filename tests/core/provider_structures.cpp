// SPDX-License-Identifier: Apache-2.0
//
// What the simulated provider fills in when it is asked.
#include "abi/structure_writer.h"
#include "core/pass_through.h"
#include "tests/core/provider_model.h"

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

void ProviderModel::fill_line_caps(const wire::Frame& frame, const wire::Values& in) {
    auto caps = line_caps(number_of<Tspi::lineGetDevCaps, "lpLineDevCaps">(in),
                          number_of<Tspi::lineGetDevCaps, "dwTSPIVersion">(in));
    if (caps.empty()) return reply_plainly(frame, Tspi::lineGetDevCaps, in);
    describe("LINEDEVCAPS", caps);
    world_.host_sends(
        session_,
        result_frame(
            frame, 0,
            Arguments<Tspi::lineGetDevCaps>().with<"lpLineDevCaps">(core::bytes_value(caps)).values()));
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

} // namespace offhook::test
