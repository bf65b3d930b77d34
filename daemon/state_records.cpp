// SPDX-License-Identifier: Apache-2.0
#include "daemon/state_records.h"

#include "daemon/wall_clock.h"

#include <map>

namespace offhook::daemon {

std::deque<nlohmann::json> state_of(const core::Snapshot& snapshot) {
    const auto now = wall_clock_ms();
    const auto record = [&](const char* what, const std::string& provider, const std::string& text) {
        return nlohmann::json{
            {"time_ms", now}, {"kind", "state"}, {"what", what}, {"provider", provider}, {"text", text}};
    };
    std::deque<nlohmann::json> records;
    for (const auto& one : snapshot.providers)
        if (one.stage == "running" || one.stage == "shutting down")
            records.push_back(record("session", one.name, one.stage));
    std::map<std::uint32_t, std::uint32_t> handles; // by device
    for (const auto& one : snapshot.lines) {
        if (one.stage != "open" && one.stage != "closing") continue;
        handles.emplace(one.device, one.handle);
        records.push_back(record("line", one.provider, one.name));
        records.back()["line"] = one.handle;
    }
    for (const auto& one : snapshot.calls) {
        const auto line = handles.find(one.device);
        if (one.pending || line == handles.end()) continue;
        records.push_back(record("call", one.provider, one.state));
        records.back()["line"] = line->second;
        records.back()["call"] = one.call;
    }
    return records;
}

} // namespace offhook::daemon
