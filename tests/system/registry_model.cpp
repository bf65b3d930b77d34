// SPDX-License-Identifier: Apache-2.0
#include "tests/system/registry_model.h"

#include <algorithm>

namespace offhook::system_test {

namespace {

std::string text_of(const Settings& settings) {
    std::string text = "{";
    for (const auto& [key, value] : settings) text += " " + key + "=" + value;
    return text + " }";
}

std::string text_of(const Contents::Provider& provider) {
    std::string text = "active";
    for (const auto& settings : provider.active) text += " " + text_of(settings);
    return text + (provider.pending ? " pending " + text_of(*provider.pending) : "");
}

bool agrees(const Contents::Provider& found, const Contents::Provider& expected) {
    if (expected.id != 0 && found.id != expected.id) return false;
    const auto& active = *found.active.begin();
    if (found.pending == expected.pending) return expected.active.contains(active);
    return !found.pending && active == *expected.pending; // it has become active
}

bool agrees(const daemon::Change& found, const daemon::Change& expected) {
    return found.provider == expected.provider && found.text.starts_with(expected.text) &&
           (expected.number == 0 || found.number == expected.number);
}

} // namespace

Contents read_registry(const std::string& path) {
    daemon::Registry registry(path);
    Contents contents;
    for (const auto& one : registry.providers())
        contents.providers[one.name] = {one.id, {one.active}, one.pending};
    contents.history = registry.history();
    return contents;
}

Contents after(const Contents& before, const Changed& change) {
    Contents next = before;
    next.history.push_back(
        {.number = 0, .time = 0, .author = 0, .provider = change.provider, .text = change.what});
    const auto known = next.providers.find(change.provider);
    if (!change.settings) {
        next.providers.erase(change.provider);
    } else if (known == next.providers.end()) {
        next.providers[change.provider] = {0, {*change.settings}, std::nullopt};
    } else {
        if (known->second.pending) known->second.active.insert(*known->second.pending);
        known->second.pending = change.settings;
    }
    return next;
}

std::string difference(const Contents& found, const Contents& expected) {
    for (const auto& [name, provider] : expected.providers)
        if (!found.providers.contains(name)) return name + " is missing";
    for (const auto& [name, provider] : found.providers) {
        const auto wanted = expected.providers.find(name);
        if (wanted == expected.providers.end()) return name + " is there";
        if (!agrees(provider, wanted->second))
            return name + " has " + text_of(provider) + " and not " + text_of(wanted->second);
    }
    const auto agree = [](const daemon::Change& one, const daemon::Change& other) {
        return agrees(one, other);
    };
    if (!std::ranges::equal(found.history, expected.history, agree))
        return "the history has " + std::to_string(found.history.size()) + " changes" +
               (found.history.empty()
                    ? ""
                    : ", the last: " + found.history.back().provider + " " + found.history.back().text) +
               ", and not " + std::to_string(expected.history.size());
    return {};
}

} // namespace offhook::system_test
