// SPDX-License-Identifier: Apache-2.0
#include "host/needs.h"

#include <array>

namespace offhook::host {
namespace {

struct Word {
    std::string_view word;
    bool Needs::*member;
};
constexpr std::array words{Word{"network", &Needs::network}, Word{"devices", &Needs::devices}};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool add(Needs& needs, std::string_view name) {
    if (name.empty() || name == "threads") return true;
    for (const auto& [word, member] : words) {
        if (name != word) continue;
        needs.*member = true;
        return true;
    }
    return false;
}

} // namespace

std::optional<Needs> parse_needs(std::string_view text, std::string& unknown) {
    Needs needs;
    while (!text.empty()) {
        const auto comma = text.find(',');
        const auto name = trimmed(text.substr(0, comma));
        if (!add(needs, name)) {
            unknown = name;
            return std::nullopt;
        }
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
    }
    return needs;
}

std::string beyond(const Needs& needed, const Needs& approved) {
    std::string names;
    for (const auto& [word, member] : words) {
        if (!(needed.*member) || approved.*member) continue;
        if (!names.empty()) names += ", ";
        names += word;
    }
    return names;
}

} // namespace offhook::host
