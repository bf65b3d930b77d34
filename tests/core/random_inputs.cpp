// SPDX-License-Identifier: Apache-2.0
#include "tests/core/random_inputs.h"

#include "core/arguments.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace offhook::test {
namespace {

// What a number may be, by the name of its parameter; what has no row is a flag or a small number.
struct Range {
    std::string_view name;
    std::array<std::uint32_t, 8> values;
    std::size_t count;

    template <class... T>
    constexpr Range(std::string_view its_name, T... its_values)
        : name(its_name),
          values{static_cast<std::uint32_t>(its_values)...},
          count(sizeof...(its_values)) {}
};

constexpr std::uint32_t spoken = LINEMEDIAMODE_INTERACTIVEVOICE, modem = LINEMEDIAMODE_DATAMODEM;

constexpr auto ranges = std::to_array<Range>({
    {"dwDeviceID", 0, 0, 1, 1, 2, 3, LINEMAPPER},
    {"dwAddressID", 0, 0, 0, 1, 2},
    {"dwAddressMode", LINEADDRESSMODE_DIALABLEADDR, LINEADDRESSMODE_ADDRESSID},
    {"dwAPIVersion", abi::v1_3, abi::v1_4, abi::v2_0, abi::v2_1, abi::v2_2, abi::v2_2, abi::v3_1},
    {"lpdwAPIVersion", abi::v1_3, abi::v1_4, abi::v2_0, abi::v2_1, abi::v2_2, abi::v2_2, abi::v3_1},
    {"dwAPILowVersion", abi::v1_3, abi::v1_3, abi::v2_1},
    {"dwAPIHighVersion", abi::v1_3, abi::v1_4, abi::v2_2, abi::v3_1},
    {"dwExtVersion", 0, 0, 1, 1, 5},
    {"dwExtLowVersion", 1, 1, 0, 6},
    {"dwExtHighVersion", 5, 1},
    {"dwPrivileges", LINECALLPRIVILEGE_NONE, LINECALLPRIVILEGE_MONITOR, LINECALLPRIVILEGE_OWNER,
     LINECALLPRIVILEGE_OWNER, LINECALLPRIVILEGE_MONITOR | LINECALLPRIVILEGE_OWNER, 0},
    {"dwPrivilege", PHONEPRIVILEGE_OWNER, PHONEPRIVILEGE_MONITOR},
    {"dwCallPrivilege", LINECALLPRIVILEGE_OWNER, LINECALLPRIVILEGE_MONITOR, LINECALLPRIVILEGE_NONE},
    {"dwMediaModes", spoken, spoken, spoken, modem, LINEMEDIAMODE_AUTOMATEDVOICE,
     spoken | LINEMEDIAMODE_UNKNOWN, 0},
    {"dwSelect", LINECALLSELECT_LINE, LINECALLSELECT_ADDRESS, LINECALLSELECT_CALL},
    {"dwPermanentProviderID", 1, 2, 3},
    {"dwHookSwitchDev", PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHDEV_SPEAKER, 0},
    {"dwHookSwitchDevs", PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHDEV_SPEAKER, 0},
    {"dwHookSwitchMode", PHONEHOOKSWITCHMODE_ONHOOK, PHONEHOOKSWITCHMODE_MICSPEAKER},
    {"dwTransferMode", LINETRANSFERMODE_TRANSFER, LINETRANSFERMODE_CONFERENCE, 0},
    {"dwParkMode", LINEPARKMODE_DIRECTED, LINEPARKMODE_NONDIRECTED, 0},
    {"dwDigitMode", LINEDIGITMODE_PULSE, LINEDIGITMODE_DTMF, 0},
    {"dwNumDigits", 0, 1, 4},
    {"dwLineStates", LINEDEVSTATE_RINGING | LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE, LINEDEVSTATE_REINIT,
     0x1FFFFFF},
    {"dwPhoneStates", PHONESTATE_OWNER | PHONESTATE_MONITORS, PHONESTATE_LAMP, 0xFFFFFF},
});

constexpr auto texts =
    std::to_array<std::u16string_view>({u"701", u"5551234", u"55?5", u"", u"/one.tsp", u"tapi/line"});

// Small flags most of the time.
std::uint32_t flags(Choices& choices) {
    switch (choices.below(8)) {
    case 0: return 0;
    case 1: return static_cast<std::uint32_t>(choices.below(0x10000));
    case 2: return static_cast<std::uint32_t>(1u << choices.below(5) | 1u << choices.below(5));
    case 3: return ~static_cast<std::uint32_t>(choices.below(3));
    default: return 1u << choices.below(4);
    }
}

} // namespace

wire::Values RandomInputs::of(abi::Tapi function) {
    values_ = {};
    blocks_.clear();
    const auto& row = abi::row(function);
    // Blocks first: they say how long they are in another parameter.
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto kind = row.parameters[i].kind;
        if (kind != abi::Kind::local && kind != abi::Kind::number && kind != abi::Kind::wide)
            give_block(row, i);
    }
    for (std::size_t i = 0; i < row.count; ++i)
        if (row.parameters[i].kind == abi::Kind::number || row.parameters[i].kind == abi::Kind::wide)
            give(row, i);
    return values_;
}

void RandomInputs::give(const abi::Function& row, std::size_t place) {
    const auto& p = row.parameters[place];
    auto& value = values_[place];
    if (p.direction == abi::Direction::out || !value.null) return; // a length that its block has set
    if (const auto its = handle(row, p.name)) value = core::number_value(*its);
    else value = core::number_value(number(p.name));
}

void RandomInputs::give_block(const abi::Function& row, std::size_t place) {
    const auto& p = row.parameters[place];
    auto& value = values_[place];
    const auto counted = [&](std::size_t count) {
        values_[row.index_of(p.count_name)] = core::number_value(count);
    };
    const bool is_null = choices_.once_in(8);
    if (p.direction == abi::Direction::out) {
        if (p.kind == abi::Kind::sized) {
            if (is_null) value.number = wire::null_block;
            else value = core::number_value(total_size(p.size));
        } else if (p.kind == abi::Kind::bytes) {
            counted(8 * choices_.below(9));
        }
        return;
    }
    if (is_null) {
        if (!p.count_name.empty()) counted(choices_.once_in(8) ? 4 : 0);
        return;
    }
    switch (p.kind) {
    case abi::Kind::text: value = core::bytes_value(std::as_bytes(std::span(one_of(texts)))); return;
    case abi::Kind::counted_text: {
        const auto text = one_of(texts);
        value = core::bytes_value(std::as_bytes(std::span(text)));
        return counted(value.bytes.size());
    }
    case abi::Kind::bytes: {
        const auto size = 4 * choices_.below(11);
        value = core::bytes_value(zeros(size));
        return counted(size);
    }
    case abi::Kind::array: {
        const auto count = choices_.below(4);
        value = core::bytes_value(zeros(count * p.size));
        return counted(count);
    }
    case abi::Kind::fixed: value = core::bytes_value(zeros(p.size)); return;
    case abi::Kind::sized: {
        const auto total = std::max<std::uint32_t>(total_size(p.size), sizeof(std::uint32_t));
        const auto bytes = zeros(total);
        if (choices_.once_in(8) && total >= 8) { // one field has a value that nobody expects
            const auto wrong = flags(choices_);
            std::memcpy(bytes.data() + 4 * (1 + choices_.below(total / 4 - 1)), &wrong, sizeof wrong);
        }
        std::memcpy(bytes.data(), &total, sizeof total);
        value = core::bytes_value(bytes);
        return;
    }
    case abi::Kind::local:
    case abi::Kind::number:
    case abi::Kind::wide: return;
    }
}

// Room for the fixed part and a little more, seldom for less.
std::uint32_t RandomInputs::total_size(std::uint32_t fixed) {
    switch (choices_.below(12)) {
    case 0: return 0;
    case 1: return 4 * static_cast<std::uint32_t>(choices_.below(fixed / 4));
    case 2: return fixed;
    default: return fixed + 4 * static_cast<std::uint32_t>(choices_.below(32));
    }
}

std::uint32_t RandomInputs::number(std::string_view name) {
    const auto found =
        std::find_if(ranges.begin(), ranges.end(), [&](const Range& range) { return range.name == name; });
    if (found == ranges.end()) return flags(choices_);
    return one_of(std::span(found->values).first(found->count));
}

// Where a function takes a line and a call, either may be what it is about.
std::optional<std::uint32_t> RandomInputs::handle(const abi::Function& row, std::string_view name) {
    if (name == "hLineApp") return pick(handles_.line_apps);
    if (name == "hPhoneApp") return pick(handles_.phone_apps);
    if (name == "hLine") return pick(handles_.lines);
    if (name == "hPhone") return pick(handles_.phones);
    if (!name.starts_with("h") || !name.ends_with("Call")) return {};
    if (row.index_of("hLine") != row.count && choices_.once_in(2)) return 0;
    return pick(handles_.calls);
}

// Mostly a handle that it has, the newest as often as all others, sometimes one that it has not.
std::uint32_t RandomInputs::pick(const std::vector<std::uint32_t>& handles) {
    if (handles.empty() || choices_.once_in(30))
        return static_cast<std::uint32_t>(0x0010'0000 + choices_.below(8));
    return choices_.once_in(2) ? handles.back() : one_of(handles);
}

} // namespace offhook::test
