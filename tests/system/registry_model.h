// SPDX-License-Identifier: Apache-2.0
//
// What a registry should hold, and whether it does: after a change that was cut off, all of it or nothing of
// it.
#pragma once

#include "daemon/registry.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace offhook::system_test {

using daemon::Settings;

struct Contents {
    struct Provider {
        std::uint32_t id = 0;
        std::set<Settings> active; // one of them, when a session may have begun meanwhile
        std::optional<Settings> pending;
    };
    std::map<std::string, Provider> providers; // by name
    std::vector<daemon::Change> history;
};

// Reads the file beside the service that uses it.
Contents read_registry(const std::string& path);

// What is there after a change.
struct Changed {
    std::string provider;
    std::string what; // how the history's line begins: installed, configured, removed
    std::optional<Settings> settings;
};
Contents after(const Contents& before, const Changed& change);

// "" or what is different. Settings that were pending may have become active: a session may have begun
// (R102).
std::string difference(const Contents& found, const Contents& expected);

} // namespace offhook::system_test
