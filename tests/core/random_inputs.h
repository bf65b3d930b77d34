// SPDX-License-Identifier: Apache-2.0
//
// What an application may give any function of the table: for each parameter of the function's row a value of
// the kind that its name and type ask for, mostly one that makes sense, sometimes one that does not.
#pragma once

#include "tests/core/choices.h"
#include "wire/codec.h"

#include <deque>
#include <optional>
#include <span>

namespace offhook::test {

// What an application has been given, with what is no longer valid.
struct Handles {
    std::vector<std::uint32_t> line_apps, phone_apps, lines, phones, calls;
};

class RandomInputs {
  public:
    RandomInputs(Choices& choices, const Handles& handles) : choices_(choices), handles_(handles) {}

    // What they point at lies in this object, until the next.
    wire::Values of(abi::Tapi function);

  private:
    void give(const abi::Function& row, std::size_t place);
    void give_block(const abi::Function& row, std::size_t place);
    std::uint32_t number(std::string_view name);
    std::optional<std::uint32_t> handle(const abi::Function& row, std::string_view name);
    std::uint32_t pick(const std::vector<std::uint32_t>& handles);
    std::uint32_t total_size(std::uint32_t fixed);
    std::span<std::byte> zeros(std::size_t size) { return blocks_.emplace_back(size); }
    template <class Values> auto one_of(const Values& values) {
        return values[choices_.below(values.size())];
    }

    Choices& choices_;
    const Handles& handles_;
    std::deque<std::vector<std::byte>> blocks_;
    wire::Values values_{};
};

} // namespace offhook::test
