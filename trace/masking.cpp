// SPDX-License-Identifier: Apache-2.0
#include "trace/masking.h"

#include "abi/structure_reader.h"
#include "trace/structure_form.h"
#include "wire/codec.h"

#include <algorithm>
#include <cstring>

namespace offhook::trace {
namespace {

using abi::Fill;
using abi::Kind;
using abi::PartKind;
using Bytes = std::span<std::byte>;

enum class Treatment : std::uint8_t { none, wipe, dialled, structure };

constexpr bool is_address(std::string_view name) {
    return name.find("Address") != name.npos ||
           (name.find("ID") != name.npos && name.find("IDName") == name.npos);
}

constexpr Treatment treatment_of(const abi::Parameter& p) {
    switch (p.kind) {
    case Kind::bytes: return Treatment::wipe;
    case Kind::sized: return Treatment::structure;
    case Kind::text:
    case Kind::counted_text:
        if (p.name == "lpszDigits" || p.name == "lpsDigits" || p.name == "lpszAgentPIN")
            return Treatment::wipe;
        return is_address(p.name) ? Treatment::dialled : Treatment::none;
    case Kind::local:
    case Kind::number:
    case Kind::wide:
    case Kind::array:
    case Kind::fixed: break;
    }
    return Treatment::none;
}

constexpr Treatment treatment_of(const abi::Part& part) {
    switch (part.kind) {
    case PartKind::binary: return Treatment::wipe;
    case PartKind::text:
        if (part.name == "dwPINSize") return Treatment::wipe;
        return is_address(part.name) ? Treatment::dialled : Treatment::none;
    case PartKind::array:
    case PartKind::inline_array:
        return part.entry != abi::StructureId::count ? Treatment::structure : Treatment::none;
    }
    return Treatment::none;
}

// What of a row travels in a frame, and is to be masked. Most functions have nothing of it.
struct Plan {
    bool anything = false;
    std::array<Treatment, abi::max_parameters> treatments{};
    std::array<abi::StructureId, abi::max_parameters> structures{};
};

constexpr Plan plan_of(const abi::Function& row) {
    Plan plan;
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        plan.treatments[i] = treatment_of(p);
        if (plan.treatments[i] == Treatment::structure) {
            const auto id = structure_named(p.type);
            if (id) plan.structures[i] = *id;
            else plan.treatments[i] = Treatment::wipe;
        }
        plan.anything |= plan.treatments[i] != Treatment::none;
    }
    return plan;
}

template <class Table> constexpr auto plans_of(const Table& rows) {
    std::array<Plan, std::tuple_size_v<Table>> plans;
    for (std::size_t i = 0; i < plans.size(); ++i) plans[i] = plan_of(rows[i]);
    return plans;
}

constexpr auto tspi_plans = plans_of(abi::tspi_functions);
constexpr auto tapi_plans = plans_of(abi::tapi_functions);

void wipe(Bytes bytes) {
    if (!bytes.empty()) std::memset(bytes.data(), 0, bytes.size());
}

constexpr bool is_dialable(char16_t c) {
    constexpr std::u16string_view others = u"ABCD*#,!TPWtpw@$?;-() ";
    return (c >= u'0' && c <= u'9') || others.find(c) != others.npos;
}

// UTF-16 wherever it lies.
class Characters {
  public:
    explicit Characters(Bytes bytes) : bytes_(bytes) {}
    std::size_t size() const { return bytes_.size() / sizeof(char16_t); }
    char16_t operator[](std::size_t i) const {
        char16_t character = 0;
        std::memcpy(&character, bytes_.data() + i * sizeof character, sizeof character);
        return character;
    }
    void set(std::size_t i, char16_t character) {
        std::memcpy(bytes_.data() + i * sizeof character, &character, sizeof character);
    }

  private:
    Bytes bytes_;
};

// The place behind which an address speaks to whoever answers; its size when there is none.
std::size_t behind_pause(const Characters& address) {
    const auto size = address.size();
    for (std::size_t i = 0; i < size; ++i) {
        if (std::u16string_view(u",$?!").find(address[i]) != std::u16string_view::npos) return i + 1;
        if (address[i] != u'@') continue;
        auto digits = i + 1; // a host's name or address has other characters
        while (digits < size && is_dialable(address[digits])) ++digits;
        if (digits == size || address[digits] == u'\0') return i + 1;
    }
    return size;
}

void mask_dialled(Bytes text) {
    Characters address(text);
    for (auto i = behind_pause(address); i < address.size(); ++i)
        if (address[i] != u'\0') address.set(i, u'*');
}

void mask_entries(const abi::Part&, Bytes whole, std::size_t first, std::size_t entries);

// A structure, or an entry of an array in one, whose fields begin at `at`. Offsets count from the start of
// the whole one. What cannot be is left alone: nothing is written outside, nor into the fixed part.
void mask_parts(abi::StructureId id, Bytes whole, std::size_t at, std::uint32_t fixed) {
    for (const auto& part : known_parts(id)) {
        const auto treatment = treatment_of(part);
        if (treatment == Treatment::none || !abi::has_field(fixed, part.offset_field)) continue;
        const auto field = [&](std::size_t offset) { return abi::field_at(whole, at + offset); };
        if (part.kind == PartKind::inline_array) {
            mask_entries(part, whole, at + part.offset_field, field(part.count_field));
            continue;
        }
        const std::size_t offset = field(part.offset_field);
        if (offset < fixed || offset >= whole.size()) continue;
        const auto bytes =
            whole.subspan(offset, std::min<std::size_t>(field(part.size_field), whole.size() - offset));
        if (treatment == Treatment::wipe) wipe(bytes);
        else if (treatment == Treatment::dialled) mask_dialled(bytes);
        else mask_entries(part, whole, offset, field(part.count_field));
    }
}

void mask_entries(const abi::Part& part, Bytes whole, std::size_t first, std::size_t entries) {
    const auto stride = abi::entry_size(part, abi::v2_2);
    for (std::size_t i = 0; i < entries && stride != 0 && first + stride <= whole.size();
         ++i, first += stride)
        mask_parts(part.entry, whole, first, stride);
}

void mask_block(Treatment treatment, abi::StructureId structure, Bytes block) {
    switch (treatment) {
    case Treatment::none: return;
    case Treatment::wipe: return wipe(block);
    case Treatment::dialled: return mask_dialled(block);
    case Treatment::structure: return mask_parts(structure, block, 0, fixed_part(structure, block));
    }
}

// Walks over the parameters that `travels` names, as the codec does. A frame that was cut ends inside of one.
template <class Travels>
void mask_parameters(const abi::Function& row, const Plan& plan, Bytes payload, Travels travels) {
    if (!plan.anything) return;
    const auto skip = [&](std::size_t size) { payload = payload.subspan(std::min(size, payload.size())); };
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (!travels(p)) continue;
        if (p.kind == Kind::wide) {
            skip(sizeof(std::uint64_t));
            continue;
        }
        std::uint32_t size = 0;
        if (payload.size() < sizeof size) return wipe(payload);
        std::memcpy(&size, payload.data(), sizeof size);
        skip(sizeof size);
        if (p.kind == Kind::number || size == wire::null_block) continue;
        if (travels.size_alone(p)) continue;
        mask_block(plan.treatments[i], plan.structures[i],
                   payload.first(std::min<std::size_t>(size, payload.size())));
        skip(std::size_t{size} + wire::padding_after(size));
    }
    wipe(payload); // nothing that the row knows
}

struct Down {
    bool operator()(const abi::Parameter& p) const { return wire::detail::goes_down(p); }
    bool size_alone(const abi::Parameter& p) const { return wire::detail::carries_total_size(p); }
};

struct Up {
    Fill when;
    bool operator()(const abi::Parameter& p) const { return wire::detail::goes_up(p, when); }
    bool size_alone(const abi::Parameter&) const { return false; }
};

template <class Travels> void mask_tspi(std::uint16_t function, Bytes payload, Travels travels) {
    if (function >= tspi_plans.size()) return wipe(payload);
    mask_parameters(abi::tspi_functions[function], tspi_plans[function], payload, travels);
}

template <class Travels> void mask_tapi(std::uint16_t function, Bytes payload, Travels travels) {
    if (function >= tapi_plans.size()) return wipe(payload);
    mask_parameters(abi::tapi_functions[function], tapi_plans[function], payload, travels);
}

// Of the fields of an event: the digit, and what comes behind them.
constexpr std::size_t host_event_first = 16, host_event_end = 40;
constexpr std::size_t application_event_first = 12, application_event_end = 36;

void mask_event(std::uint32_t message, Bytes payload, std::size_t first, std::size_t end) {
    if (message == LINE_MONITORDIGITS && payload.size() >= end)
        wipe(payload.subspan(first, sizeof(std::uint64_t)));
    if (payload.size() > end) wipe(payload.subspan(end));
}

} // namespace

Keep how_much(Boundary boundary, wire::FrameKind kind) {
    using wire::FrameKind;
    switch (kind) {
    case FrameKind::call:
    case FrameKind::result:
    case FrameKind::completion:
    case FrameKind::event: return boundary == Boundary::note ? Keep::nothing : Keep::frame;
    case FrameKind::dialog: return Keep::header;
    case FrameKind::hello:
    case FrameKind::welcome:
    case FrameKind::grant:
    case FrameKind::service:
    case FrameKind::goodbye:
    case FrameKind::log: break;
    }
    return Keep::nothing;
}

void Masking::mask(Boundary boundary, const wire::FrameHeader& header, Bytes payload) {
    using wire::FrameKind;
    const auto function = header.function;
    switch (boundary) {
    case Boundary::to_host: return mask_tspi(function, payload, Down{});
    case Boundary::from_host:
        if (header.kind == FrameKind::result) return mask_tspi(function, payload, Up{Fill::at_return});
        if (header.kind == FrameKind::completion) return mask_tspi(function, payload, Up{Fill::at_reply});
        return mask_event(function, payload, host_event_first, host_event_end);
    case Boundary::from_application: return mask_tapi(function, payload, Down{});
    case Boundary::to_application:
        if (header.result > 0) {
            const auto request = static_cast<std::uint32_t>(header.result);
            outstanding_[request % outstanding_.size()] = {request, function};
        }
        return mask_tapi(function, payload, Up{Fill::at_return});
    case Boundary::to_channel: return mask_event_to_application(header, payload);
    case Boundary::note: return;
    }
}

void Masking::mask_event_to_application(const wire::FrameHeader& header, Bytes payload) {
    const auto& known = outstanding_[header.correlation % outstanding_.size()];
    const bool is_reply = header.function == LINE_REPLY || header.function == PHONE_REPLY;
    if (is_reply && header.correlation != 0 && known.request == header.correlation) {
        if (payload.size() > application_event_end)
            mask_tapi(known.function, payload.subspan(application_event_end), Up{Fill::at_reply});
        return;
    }
    mask_event(header.function, payload, application_event_first, application_event_end);
}

} // namespace offhook::trace
