// SPDX-License-Identifier: Apache-2.0
//
// lineAddProvider and lineRemoveProvider. Installing and removing are functions of the service, for
// administrators; before a provider is removed, and when it has been installed, its user-interface library
// shows its dialog, if its session runs and it has one.
#pragma once

#include "client/signature.h"

namespace offhook::client {

LONG add_provider(const Signature&, const Arguments&) noexcept;
LONG remove_provider(const Signature&, const Arguments&) noexcept;

} // namespace offhook::client
