// SPDX-License-Identifier: Apache-2.0
#include "daemon/provider_list.h"

#include <algorithm>

namespace offhook::daemon {

using nlohmann::json;

ProviderList::ProviderList(const Providers& providers, Callbacks callbacks)
    : providers_(providers),
      callbacks_(std::move(callbacks)) {}

json ProviderList::all(const core::Snapshot& snapshot) const {
    json list = json::array();
    for (const auto& [id, provider] : providers_.all()) {
        const auto live = std::ranges::find(snapshot.providers, id, &core::ProviderSnapshot::id);
        list.push_back(entry(provider, live == snapshot.providers.end() ? core::ProviderSnapshot{} : *live));
    }
    // Those that were removed and have not gone yet.
    for (const auto& live : snapshot.providers)
        if (providers_.find(live.id) == nullptr) {
            Provider removed;
            removed.id = live.id;
            removed.name = live.name;
            list.push_back(entry(removed, live));
        }
    return list;
}

json ProviderList::entry(const Provider& provider, const core::ProviderSnapshot& state) const {
    return {{"id", provider.id},
            {"name", provider.name},
            {"library", provider.library},
            {"title", provider.title},
            {"version", provider.version},
            {"needs", provider.needs},
            {"stage", state.stage},
            {"host_pid", callbacks_.host_process(core::SessionId{state.session})},
            {"lines", state.lines},
            {"last_error", state.last_error},
            {"retry_in_ms", state.retry_in},
            {"change", change(state)},
            {"settings", masked(provider.active)},
            {"pending", provider.pending ? json(masked(*provider.pending)) : json()}};
}

std::optional<std::uint32_t> ProviderList::removed(const std::string& name) const {
    for (const auto& live : callbacks_.snapshot().providers)
        if (live.removed && live.name == name) return live.id;
    return std::nullopt;
}

json ProviderList::change_of(std::uint32_t id) const {
    const auto snapshot = callbacks_.snapshot();
    const auto found = std::ranges::find(snapshot.providers, id, &core::ProviderSnapshot::id);
    return found == snapshot.providers.end() ? json() : change(*found);
}

json ProviderList::change(const core::ProviderSnapshot& provider) const {
    if (provider.changeover == "none") return {};
    json users = json::array();
    for (const auto& use : provider.used_by) {
        const auto* peer = callbacks_.peer(core::ApplicationId{use.application});
        users.push_back({{"application", use.application},
                         {"name", peer == nullptr ? std::string() : peer->name},
                         {"user", peer == nullptr ? uid_t{0} : peer->user},
                         {"pid", peer == nullptr ? pid_t{0} : peer->process},
                         {"devices", use.devices},
                         {"calls", use.calls}});
    }
    return {{"what", provider.removed ? "removal" : "configuration"},
            {"stage", provider.changeover},
            {"in_ms", provider.changeover_in},
            {"used_by", std::move(users)}};
}

} // namespace offhook::daemon
