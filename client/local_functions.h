// SPDX-License-Identifier: Apache-2.0
//
// The functions whose work is here: initialising and shutting down, and taking messages. The rest is
// invoke().
#pragma once

#include "client/signature.h"

namespace offhook::client {

using Callback = LINECALLBACK; // a PHONECALLBACK is of the same type

LONG line_initialize(LPHLINEAPP, HINSTANCE, Callback, LPCSTR name, LPDWORD devices) noexcept;
LONG phone_initialize(LPHPHONEAPP, HINSTANCE, Callback, LPCSTR name, LPDWORD devices) noexcept;

// No instance handle means anything here. `signature` is that of the A or W form. A NULL `wanted` means the
// callback.
LONG line_initialize_ex(const Signature&, LPHLINEAPP, HINSTANCE, Callback, const void* name, LPDWORD devices,
                        LPDWORD version, LPLINEINITIALIZEEXPARAMS wanted) noexcept;
LONG phone_initialize_ex(const Signature&, LPHPHONEAPP, HINSTANCE, Callback, const void* name,
                         LPDWORD devices, LPDWORD version, LPPHONEINITIALIZEEXPARAMS wanted) noexcept;

LONG line_shutdown(HLINEAPP) noexcept;
LONG phone_shutdown(HPHONEAPP) noexcept;

LONG line_get_message(HLINEAPP, LPLINEMESSAGE, DWORD timeout) noexcept;
LONG phone_get_message(HPHONEAPP, LPPHONEMESSAGE, DWORD timeout) noexcept;

} // namespace offhook::client
