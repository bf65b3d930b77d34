// SPDX-License-Identifier: Apache-2.0
//
// The inputs of a function, by the names of its parameters. What is not named is 0 or NULL. Blocks and texts
// are kept here.
#pragma once

#include "abi/function_table.h"
#include "wire/codec.h"

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace offhook::certify {

class Inputs {
  public:
    explicit Inputs(abi::Tspi function) : function_(function) {}
    Inputs(Inputs&&) = default;

    Inputs& number(std::string_view name, std::uint64_t value) {
        at(name) = {value, {}, false};
        return *this;
    }
    Inputs& text(std::string_view name, std::u16string value) {
        const auto& kept = texts_.emplace_back(std::move(value));
        at(name) = {0, std::as_bytes(std::span(kept)), false};
        return *this;
    }
    // With the parameter that counts its bytes.
    Inputs& bytes(std::string_view name, std::vector<std::byte> value) {
        const auto& kept = blocks_.emplace_back(std::move(value));
        at(name) = {0, kept, false};
        const auto& count = row().parameters.at(row().index_of(name)).count_name;
        return count.empty() ? *this : number(count, kept.size());
    }
    // One of the C structures that is passed whole.
    template <class T> Inputs& structure(std::string_view name, const T& value) {
        const auto whole = std::as_bytes(std::span(&value, 1));
        blocks_.emplace_back(whole.begin(), whole.end());
        at(name) = {0, blocks_.back(), false};
        return *this;
    }
    bool has(std::string_view name) const { return row().index_of(name) < row().count; }

    abi::Tspi function() const { return function_; }
    const abi::TspiFunction& row() const { return abi::row(function_); }
    const wire::Values& values() const { return values_; }

  private:
    wire::Value& at(std::string_view name) { return values_.at(row().index_of(name)); }

    abi::Tspi function_;
    wire::Values values_{};
    std::list<std::u16string> texts_;
    std::list<std::vector<std::byte>> blocks_;
};

} // namespace offhook::certify
