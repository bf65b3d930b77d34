// SPDX-License-Identifier: Apache-2.0
//
// What an application says of a call that it makes.
#pragma once

#include "core/arguments.h"
#include "tapi.h"

#include <cstring>
#include <string_view>
#include <vector>

namespace offhook::test {

class CallParameters {
  public:
    CallParameters() : bytes_(sizeof(LINECALLPARAMS)) {}

    CallParameters& on_address(std::uint32_t address) {
        set(offsetof(LINECALLPARAMS, dwAddressMode), LINEADDRESSMODE_ADDRESSID);
        set(offsetof(LINECALLPARAMS, dwAddressID), address);
        return *this;
    }
    CallParameters& displayable_address(std::u16string_view value) {
        return text(offsetof(LINECALLPARAMS, dwDisplayableAddressSize), value);
    }
    CallParameters& called_party(std::u16string_view value) {
        return text(offsetof(LINECALLPARAMS, dwCalledPartySize), value);
    }
    CallParameters& comment(std::u16string_view value) {
        return text(offsetof(LINECALLPARAMS, dwCommentSize), value);
    }
    wire::Value value() {
        set(0, static_cast<std::uint32_t>(bytes_.size()));
        return core::bytes_value(bytes_);
    }

  private:
    void set(std::size_t offset, std::uint32_t value) {
        std::memcpy(bytes_.data() + offset, &value, sizeof value);
    }
    // The offset field follows that of the size in all of them.
    CallParameters& text(std::size_t size_field, std::u16string_view value) {
        const std::u16string terminated(value);
        const auto added = std::as_bytes(std::span(terminated.c_str(), terminated.size() + 1));
        set(size_field, static_cast<std::uint32_t>(added.size()));
        set(size_field + sizeof(std::uint32_t), static_cast<std::uint32_t>(bytes_.size()));
        bytes_.insert(bytes_.end(), added.begin(), added.end());
        return *this;
    }

    std::vector<std::byte> bytes_;
};

} // namespace offhook::test
