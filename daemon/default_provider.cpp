// SPDX-License-Identifier: Apache-2.0
#include "daemon/default_provider.h"

#include "daemon/configuration.h"

namespace offhook::daemon {

DefaultProvider::DefaultProvider(std::string wanted, Providers& providers, ProviderChanges& changes,
                                 Callbacks callbacks)
    : wanted_(std::move(wanted)),
      providers_(providers),
      changes_(changes),
      callbacks_(std::move(callbacks)) {}

// The history says whether it is still to come: an install and a failure are both there as a whole or not at
// all, so that a service that is killed before has neither, and tries again when it starts.
void DefaultProvider::install(std::function<void()> then) {
    if (wanted_.empty() || !providers_.untouched()) return then();
    const auto library = find_provider(wanted_);
    // Nothing is approved: what a provider may reach is for a person to say.
    changes_.install({{"library", library}}, the_service,
                     [this, library, then = std::move(then)](const ServiceAnswer& answer) {
                         if (answer.result == 0) then();
                         else give_up(library, answer.body.value("error", std::string()), then);
                     });
}

void DefaultProvider::give_up(const std::string& library, const std::string& why,
                              std::function<void()> then) {
    if (callbacks_.ending()) return then(); // that was why: the next start tries again
    callbacks_.log(core::Severity::warning,
                   "the default provider was not installed, and will not be tried again: "
                   "use 'offhook provider install " +
                       library + "' when this is mended: " + why);
    providers_.note(the_service, wanted_, "not installed: " + why,
                    [this, then = std::move(then)](const std::string& error) {
                        if (!error.empty()) callbacks_.log(core::Severity::error, error);
                        then();
                    });
}

} // namespace offhook::daemon
