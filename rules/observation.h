// SPDX-License-Identifier: Apache-2.0
//
// One step at the boundary between the service and a provider, as the frames of a session show it.
#pragma once

#include "abi/parameter_name.h"
#include "wire/codec.h"
#include "wire/events.h"

#include <cstdint>
#include <span>

namespace offhook::rules {

struct Call;

enum class Step : std::uint8_t {
    entered,   // the service calls a function
    returned,  // it has returned
    completed, // the provider completes a request
    said,      // the provider reports an event
    overdue,   // what the provider alone owes has had its time (Books::is_overdue)
    quiet, // for a while nothing has happened, and nothing is on its way: nobody will do anything any more
};
inline constexpr std::size_t steps = 6;

// Views are valid while the step is being looked at.
struct Observation {
    Step step{};
    std::uint16_t number = 0;               // of the function in its table, or of the message
    const abi::TspiFunction* row = nullptr; // entered, returned; completed when the request is known
    const wire::Values* inputs = nullptr;   // with `row`
    const wire::Values* outputs = nullptr;  // returned or completed without an error, else null
    std::int32_t result = 0;                // returned, completed
    std::uint32_t request = 0;              // the request's id, of asynchronous functions
    wire::EventFromHost event{};            // said
    const Call* call = nullptr;             // said: the one that the event names, when it is known

    abi::Tspi function() const { return static_cast<abi::Tspi>(number); }
    bool succeeded() const { return outputs != nullptr; }
    bool is_async() const { return row != nullptr && row->mode == abi::Mode::async; }

    using Name = abi::TspiParameter;
    // A numeric input or output; 0 when the function has none of that name.
    std::uint64_t input(Name name) const { return value(inputs, name).number; }
    std::uint64_t output(Name name) const { return value(outputs, name).number; }
    std::span<const std::byte> input_bytes(Name name) const { return value(inputs, name).bytes; }
    std::u16string_view input_text(Name name) const { return value(inputs, name).text(); }
    std::span<const std::byte> output_bytes(Name name) const { return value(outputs, name).bytes; }

    // The fields of an event, in the width that they have.
    std::uint32_t first() const { return static_cast<std::uint32_t>(event.parameter1); }
    std::uint32_t second() const { return static_cast<std::uint32_t>(event.parameter2); }
    std::uint32_t third() const { return static_cast<std::uint32_t>(event.parameter3); }

  private:
    const wire::Value& value(const wire::Values* values, Name name) const {
        static constexpr wire::Value nothing{};
        if (values == nullptr || row == nullptr) return nothing;
        const auto place = name.place_in(function());
        return place < row->count ? (*values)[place] : nothing;
    }
};

} // namespace offhook::rules
