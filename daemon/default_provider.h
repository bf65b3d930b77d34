// SPDX-License-Identifier: Apache-2.0
//
// The provider of a machine on which nobody has changed anything yet, so that there is something to call.
#pragma once

#include "daemon/provider_changes.h"

namespace offhook::daemon {

class DefaultProvider {
  public:
    struct Callbacks {
        std::function<bool()> ending; // is the service?
        std::function<void(core::Severity, const std::string&)> log;
    };

    // wanted: the name of a library of this product, or a path (find_provider); empty: there is to be none.
    DefaultProvider(std::string wanted, Providers&, ProviderChanges&, Callbacks);

    // `then`: it is there, or is not to be. At once, but where it has to be installed.
    void install(std::function<void()> then);

  private:
    void give_up(const std::string& library, const std::string& why, std::function<void()> then);

    std::string wanted_;
    Providers& providers_;
    ProviderChanges& changes_;
    Callbacks callbacks_;
};

} // namespace offhook::daemon
