// SPDX-License-Identifier: Apache-2.0
#include "cli/names.h"

#include <algorithm>

namespace offhook::cli {
namespace {

// The part of a name after its family, in lower case.
template <class Family>
std::string short_name(const Family& family, std::string_view prefix, std::uint64_t value) {
    const Constant* named = find(family, static_cast<std::int64_t>(value));
    if (named == nullptr) return std::to_string(value);
    std::string text(named->name.substr(prefix.size()));
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

} // namespace

std::string state_name(std::uint64_t state) {
    return short_name(trace::linecallstate_constants, "LINECALLSTATE_", state & 0x00FF'FFFF);
}

std::string disconnect_name(std::uint64_t mode) {
    return short_name(trace::linedisconnectmode_constants, "LINEDISCONNECTMODE_", mode);
}

} // namespace offhook::cli
