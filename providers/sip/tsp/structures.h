// SPDX-License-Identifier: Apache-2.0
//
// Fills TSPI's structures for one line or call. Each returns what the TSPI function returns.
#pragma once

#include "providers/sip/account.h"
#include "providers/sip/tsp/call.h"

namespace offhook::sip {

inline constexpr DWORD supported_media =
    LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_UNKNOWN;
inline constexpr DWORD supported_bearers = LINEBEARERMODE_VOICE | LINEBEARERMODE_SPEECH;
inline constexpr DWORD reportable_line_states =
    LINEDEVSTATE_CONNECTED | LINEDEVSTATE_DISCONNECTED | LINEDEVSTATE_INSERVICE | LINEDEVSTATE_OUTOFSERVICE;
// lineGenerateDigits, in milliseconds.
inline constexpr DWORD shortest_digit = 40, longest_digit = 5000, usual_digit = 100;

struct LineUse {
    DWORD active_calls = 0;
    enum class Service : std::uint8_t { in_service, out_of_service } service = Service::in_service;
};

[[nodiscard]] LONG fill(LINEDEVCAPS* target, DWORD version, const Account& account, DWORD permanent_line_id);
[[nodiscard]] LONG fill(LINEADDRESSCAPS* target, DWORD version, const Account& account, DWORD device);
[[nodiscard]] LONG fill(LINEADDRESSSTATUS* target, DWORD version, const LineUse& use);
[[nodiscard]] LONG fill(LINEDEVSTATUS* target, DWORD version, const LineUse& use);
[[nodiscard]] LONG fill(LINECALLINFO* target, const Call& call, DWORD device);
[[nodiscard]] LONG fill(LINECALLSTATUS* target, const Call& call);

// A binary identifier of a device class (TSPI_lineGetID).
template <class Value> [[nodiscard]] bool has_room(const VARSTRING& target, const Value&) {
    return target.dwTotalSize >= sizeof(VARSTRING) + sizeof(Value);
}
[[nodiscard]] LONG fill(VARSTRING* target, const void* value, std::size_t size);

} // namespace offhook::sip
