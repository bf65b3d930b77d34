// SPDX-License-Identifier: Apache-2.0
//
// What people are shown of the providers (wire/service.h, provider_list).
#pragma once

#include "core/environment.h"
#include "core/snapshot.h"
#include "daemon/peer.h"
#include "daemon/providers.h"

#include <nlohmann/json.hpp>

#include <functional>

namespace offhook::daemon {

class ProviderList {
  public:
    struct Callbacks {
        std::function<core::Snapshot()> snapshot;
        std::function<const Peer*(core::ApplicationId)> peer; // null: it has gone
        std::function<pid_t(core::SessionId)> host_process;   // 0: none
    };

    ProviderList(const Providers&, Callbacks);

    nlohmann::json all(const core::Snapshot&) const;
    // The provider of this name that was removed and has not gone yet.
    std::optional<std::uint32_t> removed(const std::string& name) const;
    // The change of a provider that waits for its session's end; null: none does.
    nlohmann::json change_of(std::uint32_t id) const;

  private:
    nlohmann::json entry(const Provider&, const core::ProviderSnapshot&) const;
    nlohmann::json change(const core::ProviderSnapshot&) const;

    const Providers& providers_;
    Callbacks callbacks_;
};

} // namespace offhook::daemon
