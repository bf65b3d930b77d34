// SPDX-License-Identifier: Apache-2.0
#include "rules/table.h"

#include "abi/call_states.h"
#include "trace/messages.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <vector>

namespace offhook::rules {
namespace {

#define RULE(number, category, requirement, page, basis)                                                     \
    RuleText{number, category, requirement, page, #basis},
constexpr auto texts = std::to_array<RuleText>({
#include "abi/table/rules.def"
});
#undef RULE

#define CONFLICT(rule, other_reading, decision) Conflict{rule, other_reading, decision},
constexpr auto conflicts = std::to_array<Conflict>({
#include "abi/table/conflicts.def"
});
#undef CONFLICT

std::vector<std::uint16_t> collect() {
    std::vector<std::uint16_t> numbers(rules_of_the_host.begin(), rules_of_the_host.end());
    for (const auto table : {session_rules(), structure_rules(), request_rules(), closing_rules(),
                             call_rules(), device_rules(), dialing_rules()})
        for (const auto& rule : table) numbers.push_back(rule.number);
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

} // namespace

std::span<const std::uint16_t> watched_rules() {
    static const auto numbers = collect();
    return numbers;
}

std::span<const RuleText> all_rules() { return texts; }

const RuleText* rule_text(std::uint16_t number) {
    const auto found = std::ranges::find(texts, number, &RuleText::number);
    return found == texts.end() ? nullptr : &*found;
}

std::span<const Conflict> all_conflicts() { return conflicts; }

const Conflict* conflict_about(std::uint16_t rule) {
    const auto found = std::ranges::find(conflicts, rule, &Conflict::rule);
    return found == conflicts.end() ? nullptr : &*found;
}

std::string rule_name(std::uint16_t number) {
    auto digits = std::to_string(number);
    return "R" + std::string(3 - std::min<std::size_t>(3, digits.size()), '0') + digits;
}

// Functions, structures and callbacks are in folders of their headers, "nf-tspi-..."; everything else is in
// TAPI's.
std::string page_address(const RuleText& rule) {
    std::string address = "https://learn.microsoft.com/windows/win32/";
    for (const std::string_view header : {"tspi", "tapi"})
        for (const std::string_view kind : {"nf-", "nc-", "ns-"})
            if (rule.page.starts_with(std::string(kind) + std::string(header) + "-"))
                return address.append("api/").append(header).append("/").append(rule.page);
    return address.append("tapi/").append(rule.page);
}

std::uint16_t rule_named_by(std::string_view text) {
    std::uint16_t number = 0;
    if (text.size() < 5 || text[0] != 'R' || text[4] != ':') return 0;
    const auto read = std::from_chars(text.data() + 1, text.data() + 4, number);
    return read.ec == std::errc{} && read.ptr == text.data() + 4 && rule_text(number) != nullptr
               ? number
               : std::uint16_t{0};
}

std::string hex(std::uint64_t value) {
    std::array<char, 16> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return "0x" + std::string(digits.data(), written.ptr);
}

std::string state_text(std::uint32_t states) {
    std::string text;
    for (std::uint32_t bit = 1; bit != 0 && bit <= abi::all_call_states; bit <<= 1)
        if ((states & bit) != 0)
            text += (text.empty() ? "" : " or ") + std::string(abi::call_state_name(bit));
    return text.empty() ? "in no state" : text;
}

std::string message_text(std::uint16_t message) {
    const auto* row = trace::message_of(message);
    return row != nullptr ? std::string(row->name) : "message " + std::to_string(message);
}

} // namespace offhook::rules
