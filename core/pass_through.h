// SPDX-License-Identifier: Apache-2.0
//
// How a function of applications becomes one of the provider when the two differ in handles, in the request
// id, in the calls that are created and in the versions of structures only. Worked out from the two rows at
// compile time; pairs that differ in more do not compile.
#pragma once

#include "abi/function_table.h"
#include "abi/structure_table.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace offhook::core {

inline constexpr std::size_t max_created_calls = 2; // TSPI_lineSetupConference

// What one parameter of the provider's function is made of.
enum class Origin : std::uint8_t {
    given,      // the application's parameter
    request_id, // dwRequestID
    device,     // the provider's handle of the line or phone: hdLine, hdPhone
    device_id,  // the provider's identifier of the line or phone: dwDeviceID
    call,       // the provider's handle of a call that the application names
    new_call,   // the service's handle of a call that the function creates, htCall
    name,   // the application's call handle, which identifies what it asked for: dwEndToEndID, dwToneListID
    nothing // an output
};

// Where one output of the application's function comes from.
enum class OutputOrigin : std::uint8_t { none, provider, new_call };

// Where the application's function has what it names its subject by; the row's count: nowhere.
struct SubjectPlaces {
    std::size_t line = 0, phone = 0, call = 0; // hLine, hPhone, hCall
    std::size_t device_id = 0, address = 0;    // dwDeviceID, dwAddressID
    std::size_t select = 0, all_addresses = 0; // dwSelect, bAllAddresses
};

struct PassThrough {
    abi::Tapi from{};
    abi::Tspi to{};
    SubjectPlaces subject;
    struct Input {
        Origin origin = Origin::nothing;
        std::uint8_t place = 0; // the application's parameter; of new_call: which of the created ones
        abi::StructureId structure = abi::StructureId::count; // of a variably sized structure
    };
    std::array<Input, abi::max_parameters> inputs{}; // by the provider's parameters
    struct Output {
        OutputOrigin origin = OutputOrigin::none;
        std::uint8_t place = 0; // the provider's parameter, or which of the created calls
    };
    std::array<Output, abi::max_parameters> outputs{}; // by the application's parameters
    std::uint8_t created = 0;                          // calls
};

namespace detail {

constexpr bool is_call_handle(std::string_view name) {
    return name.starts_with("h") && !name.starts_with("hd") && name.ends_with("Call");
}

constexpr abi::StructureId structure_named(std::string_view name) {
    std::size_t i = 0;
    while (i < abi::structures.size() && abi::structures[i].name != name) ++i;
    return static_cast<abi::StructureId>(i);
}

// The application's parameter of the same name; text parameters may have a W, and modes an s more.
constexpr std::size_t same_name(const abi::Function& row, std::string_view name) {
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto other = row.parameters[i].name;
        if (other == name || (other.starts_with(name) &&
                              (other.substr(name.size()) == "W" || other.substr(name.size()) == "s")))
            return i;
    }
    return row.count;
}

// hdCall is hCall at the application's side: the same name without the letter after the first.
constexpr std::size_t without_d(const abi::Function& row, std::string_view name) {
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto other = row.parameters[i].name;
        if (other.size() + 1 == name.size() && other[0] == name[0] && other.substr(1) == name.substr(2))
            return i;
    }
    return row.count;
}

} // namespace detail

template <abi::Tapi From, abi::Tspi To> consteval PassThrough pass_through() {
    constexpr auto& from = abi::row<From>();
    constexpr auto& to = abi::row<To>();
    PassThrough plan{From, To, {}, {}, {}, 0};
    plan.subject = {from.index_of("hLine"),        from.index_of("hPhone"),      from.index_of("hCall"),
                    from.index_of("dwDeviceID"),   from.index_of("dwAddressID"), from.index_of("dwSelect"),
                    from.index_of("bAllAddresses")};
    std::array<bool, abi::max_parameters> used{};
    const auto use = [&](std::size_t place) {
        if (place == from.count) throw "the application's function lacks a parameter of the provider's";
        used[place] = true;
        return static_cast<std::uint8_t>(place);
    };
    std::uint8_t names = 0; // of created calls
    for (std::size_t i = 0; i < to.count; ++i) {
        const abi::Parameter& p = to.parameters[i];
        auto& input = plan.inputs[i];
        if (p.kind == abi::Kind::sized) input.structure = detail::structure_named(p.type);
        if (p.kind == abi::Kind::local || p.name.starts_with("lphd")) continue;
        if (p.name == "dwRequestID") input.origin = Origin::request_id;
        else if (p.name == "dwEndToEndID" || p.name == "dwToneListID") input.origin = Origin::name;
        else if (p.name.starts_with("ht")) input.origin = Origin::new_call, input.place = names++;
        else if (p.name == "hdLine" || p.name == "hdPhone") {
            input.origin = Origin::device; // that of the call when the application names none
            if (const auto place = detail::without_d(from, p.name); place < from.count)
                input.place = use(place);
        } else if (p.name == "dwDeviceID") {
            input = {Origin::device_id, use(detail::same_name(from, p.name)), input.structure};
        } else if (p.name.starts_with("hd")) {
            input = {Origin::call, use(detail::without_d(from, p.name)), input.structure};
        } else {
            const auto place = use(detail::same_name(from, p.name));
            if (from.parameters[place].kind != p.kind || from.parameters[place].size != p.size)
                throw "the two functions differ in the kind of a parameter";
            if (p.direction == abi::Direction::out) {
                plan.outputs[place] = {OutputOrigin::provider, static_cast<std::uint8_t>(i)};
                if (p.kind != abi::Kind::sized) continue; // of a structure the room for it goes down
            } else if (p.direction == abi::Direction::inout) {
                plan.outputs[place] = {OutputOrigin::provider, static_cast<std::uint8_t>(i)};
            }
            input = {Origin::given, place, input.structure};
        }
    }
    for (std::size_t i = 0; i < from.count; ++i) {
        const abi::Parameter& p = from.parameters[i];
        if (used[i]) continue;
        if (p.direction != abi::Direction::out || p.fill != abi::Fill::at_reply || plan.created == names)
            throw "the provider's function lacks a parameter of the application's";
        plan.outputs[i] = {OutputOrigin::new_call, plan.created++};
    }
    if (plan.created != names) throw "the two functions create different numbers of calls";
    return plan;
}

template <abi::Tapi From, abi::Tspi To>
inline constexpr PassThrough pass_through_of = pass_through<From, To>();

} // namespace offhook::core
