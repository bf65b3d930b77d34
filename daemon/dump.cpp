// SPDX-License-Identifier: Apache-2.0
#include "daemon/dump.h"

#include "tapi.h"

#include <algorithm>
#include <map>

namespace offhook::daemon {

using nlohmann::json;

namespace {

template <class T, class AsJson>
json list_of(const std::vector<T>& all, AsJson as_json, std::size_t& left_out) {
    json list = json::array();
    for (std::size_t i = 0; i < std::min(all.size(), most_shown); ++i) list.push_back(as_json(all[i]));
    left_out += all.size() - list.size();
    return list;
}

json device_as_json(const core::LineSnapshot& device) {
    return {{"device", device.device},     {"handle", device.handle}, {"name", device.name},
            {"provider", device.provider}, {"stage", device.stage},   {"opens", device.opens},
            {"calls", device.calls}};
}

json holders_as_json(const std::vector<core::HolderSnapshot>& holders) {
    json list = json::array();
    for (const auto& holder : holders)
        list.push_back({{"application", holder.application},
                        {"call", holder.call},
                        {"privilege", holder.privilege == LINECALLPRIVILEGE_OWNER ? "owner" : "monitor"}});
    return list;
}

json call_as_json(const core::CallSnapshot& call) {
    return {{"call", call.call},          {"device", call.device}, {"provider", call.provider},
            {"session", call.session},    {"state", call.state},   {"mode", call.mode},
            {"caller", call.caller},      {"called", call.called}, {"age_ms", call.age},
            {"state_ms", call.state_age}, {"stuck", call.stuck},   {"holders", holders_as_json(call.holders)},
            {"requests", call.requests}};
}

json request_as_json(const core::RequestSnapshot& request) {
    return {{"request", request.request},   {"function", request.function},
            {"provider", request.provider}, {"application", request.application},
            {"line", request.line},         {"call", request.call},
            {"age_ms", request.age},        {"stuck", request.stuck}};
}

json application_as_json(const core::ApplicationSnapshot& application) {
    return {{"id", application.id}, {"name", application.name}, {"user", application.user}};
}

// Handles say nothing to people, and a device that is closed is not among those that are in use.
void name_devices(json& list, const core::Snapshot& snapshot) {
    std::map<std::uint32_t, const core::LineSnapshot*> devices;
    for (const auto* kind : {&snapshot.lines, &snapshot.phones})
        for (const auto& device : *kind) devices.emplace(device.handle, &device);
    for (auto& one : list) {
        const auto found = devices.find(one.at("line").get<std::uint32_t>());
        one["device"] = found == devices.end() ? json() : json(found->second->device);
        one["line_name"] = found == devices.end() ? std::string() : found->second->name;
    }
}

void add_session(json& provider, const core::Snapshot& snapshot) {
    const auto id = provider.at("id").get<std::uint32_t>();
    const auto found = std::ranges::find(snapshot.providers, id, &core::ProviderSnapshot::id);
    if (found == snapshot.providers.end()) return;
    provider["session"] = found->session;
    provider["session_ms"] = found->session_age;
    provider["interface_version"] = found->version;
    provider["phones"] = found->phones;
}

} // namespace

json dump_of(const core::Snapshot& snapshot, json providers,
             const std::deque<FrameTrace::Violation>& violations) {
    for (auto& provider : providers) {
        provider.erase("settings"); // which of their values are secrets is not known for sure
        provider["pending"] = !provider.at("pending").is_null();
        add_session(provider, snapshot);
    }
    json broken = json::array();
    for (const auto& violation : violations)
        broken.push_back({{"time_ms", violation.time_us / 1'000},
                          {"provider", violation.provider},
                          {"rule", violation.rule},
                          {"line", violation.line},
                          {"call", violation.call},
                          {"text", violation.text}});
    std::map<std::uint32_t, std::string> names;
    for (const auto& line : snapshot.lines) names.emplace(line.device, line.name);
    std::size_t left_out = 0;
    auto calls = list_of(snapshot.calls, call_as_json, left_out);
    for (auto& call : calls) call["line"] = names[call.at("device").get<std::uint32_t>()];
    auto requests = list_of(snapshot.requests, request_as_json, left_out);
    name_devices(requests, snapshot);
    name_devices(broken, snapshot);
    json dump{{"providers", std::move(providers)},
              {"lines", list_of(snapshot.lines, device_as_json, left_out)},
              {"phones", list_of(snapshot.phones, device_as_json, left_out)},
              {"calls", std::move(calls)},
              {"requests", std::move(requests)},
              {"applications", list_of(snapshot.applications, application_as_json, left_out)},
              {"violations", std::move(broken)}};
    dump["left_out"] = left_out;
    return dump;
}

} // namespace offhook::daemon
