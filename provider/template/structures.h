// SPDX-License-Identifier: Apache-2.0
//
// What applications are told of lines and calls. Each function returns what the TSPI function returns.
#pragma once

#include "session.h"

namespace acme_provider {

[[nodiscard]] LONG describe(LINEDEVCAPS* target, DWORD version, const LineSettings& line,
                            DWORD permanent_line);
[[nodiscard]] LONG describe(LINEADDRESSCAPS* target, DWORD version, const LineSettings& line, DWORD device);
[[nodiscard]] LONG describe(LINEADDRESSSTATUS* target, DWORD version, const LineUse& use);
[[nodiscard]] LONG describe(LINEDEVSTATUS* target, DWORD version, const LineUse& use);
[[nodiscard]] LONG describe(LINECALLINFO* target, const Call& call, DWORD device);
[[nodiscard]] LONG describe(LINECALLSTATUS* target, const Call& call);

} // namespace acme_provider
