// SPDX-License-Identifier: Apache-2.0
#include "cli/near_names.h"

#include "abi/edit_distance.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace offhook::cli {
namespace {

constexpr std::size_t most_near = 3, most_known = 12;

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

bool is_near(const std::string& word, const std::string& name) {
    const auto allowed = std::max<std::size_t>(1, word.size() / 4);
    return abi::edit_distance(word, name) <= allowed || (word.size() >= 3 && name.find(word) != name.npos);
}

} // namespace

std::string advice_on_names(std::string_view word, const std::set<std::string>& names,
                            const std::string& none) {
    if (names.empty()) return none;
    const auto wanted = lower(word);
    std::vector<std::pair<std::size_t, const std::string*>> near;
    for (const auto& name : names)
        if (const auto given = lower(name); is_near(wanted, given))
            near.emplace_back(abi::edit_distance(wanted, given), &name);
    std::ranges::stable_sort(near, {}, [](const auto& one) { return one.first; });
    std::string text;
    for (std::size_t i = 0; i < std::min(near.size(), most_near); ++i)
        text += (i == 0 ? "do you mean " : " or ") + *near[i].second;
    if (!text.empty()) return text + "?";
    std::size_t count = 0;
    for (const auto& name : names)
        if (count++ < most_known) text += (text.empty() ? "there are " : ", ") + name;
    return names.size() > most_known ? text + " and " + std::to_string(names.size() - most_known) + " more"
                                     : text;
}

} // namespace offhook::cli
