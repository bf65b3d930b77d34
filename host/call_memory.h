// SPDX-License-Identifier: Apache-2.0
//
// The memory that the arguments of one provider call point to, laid out by the function's row: copies of the
// inputs, and room for the outputs, zeroed (R036), each followed by a guard that shows when the provider
// wrote past it (R030).
#pragma once

#include "abi/function_table.h"
#include "wire/codec.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace offhook::host {

// An argument as it is handed over: a value, or a pointer into the memory of the call (null for a NULL
// pointer).
struct Argument {
    std::uint64_t number = 0;
    void* pointer = nullptr;
};
using Arguments = std::array<Argument, abi::max_parameters>;

// What a provider did that it must not; the session ends with it.
struct Fault {
    std::string text; // names the rule
};

class CallMemory {
  public:
    // Outputs are no larger than what fits into a frame: an application that offers more is told so by
    // dwTotalSize, as for any structure. The row outlives the memory.
    static constexpr std::uint32_t max_output = wire::max_frame_size - 4096;

    CallMemory(const abi::TspiFunction& row, const wire::Values& inputs);
    CallMemory(const CallMemory&) = delete;
    CallMemory& operator=(const CallMemory&) = delete;

    const abi::TspiFunction& row() const { return row_; }
    const Arguments& arguments() const { return arguments_; }

    // The value of a scalar input, or 0 when the row has no parameter of that name.
    std::uint64_t number(std::string_view parameter) const;

    // Whether a guard was overwritten; meaningful as long as the provider may write.
    std::optional<Fault> overrun() const;

    // The outputs that are filled at `when`, as they lie in the memory. Never reads outside of it.
    std::optional<Fault> outputs(abi::Fill when, wire::Values& values) const;

  private:
    struct Place {
        std::size_t offset = 0;
        std::size_t size = 0;
    };

    std::size_t output_size(const abi::Parameter& parameter, const wire::Values& inputs) const;
    void reserve(const wire::Values& inputs);
    void fill(std::size_t index, const wire::Value& input);
    std::optional<Fault> take_sized(std::size_t index, wire::Value& value) const;
    std::optional<Fault> fault(std::uint32_t rule, const abi::Parameter& parameter,
                               std::string_view what) const;

    const abi::TspiFunction& row_;
    std::vector<std::byte> memory_;
    std::array<std::optional<Place>, abi::max_parameters> places_{};
    Arguments arguments_{};
};

// Whether some output of this function is filled later than at return.
constexpr bool has_late_outputs(const abi::Function& row) {
    for (const auto& p : row.parameters)
        if (p.fill == abi::Fill::at_reply || p.fill == abi::Fill::at_message) return true;
    return false;
}

} // namespace offhook::host
