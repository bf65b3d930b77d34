// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/disconnect.h"

#include "abi/function_table.h"

namespace offhook::sip {
namespace {

struct Row {
    int status;
    DWORD mode;
    DWORD mode_before_2_0;
    DWORD busy;
};

constexpr DWORD none = 0;

// Sections of RFC 3261 unless another RFC is named.
constexpr Row rows[] = {
    {400, LINEDISCONNECTMODE_BADADDRESS, LINEDISCONNECTMODE_BADADDRESS, none},   // 21.4.1 bad request
    {401, LINEDISCONNECTMODE_REJECT, LINEDISCONNECTMODE_REJECT, none},           // 21.4.2 credentials refused
    {402, LINEDISCONNECTMODE_REJECT, LINEDISCONNECTMODE_REJECT, none},           // 21.4.3 payment required
    {403, LINEDISCONNECTMODE_REJECT, LINEDISCONNECTMODE_REJECT, none},           // 21.4.4 forbidden
    {404, LINEDISCONNECTMODE_UNREACHABLE, LINEDISCONNECTMODE_UNREACHABLE, none}, // 21.4.5 not found
    {407, LINEDISCONNECTMODE_REJECT, LINEDISCONNECTMODE_REJECT, none},           // 21.4.8 credentials refused
    {408, LINEDISCONNECTMODE_NOANSWER, LINEDISCONNECTMODE_NOANSWER, none},       // 21.4.9 request timeout
    {410, LINEDISCONNECTMODE_UNREACHABLE, LINEDISCONNECTMODE_UNREACHABLE, none}, // 21.4.10 gone
    {415, LINEDISCONNECTMODE_INCOMPATIBLE, LINEDISCONNECTMODE_INCOMPATIBLE, none}, // 21.4.13 media type
    {420, LINEDISCONNECTMODE_INCOMPATIBLE, LINEDISCONNECTMODE_INCOMPATIBLE, none}, // 21.4.15 bad extension
    {433, LINEDISCONNECTMODE_REJECT, LINEDISCONNECTMODE_REJECT, none},             // RFC 5079, 5 anonymous
    {480, LINEDISCONNECTMODE_NOANSWER, LINEDISCONNECTMODE_NOANSWER, none},         // 21.4.18 unavailable
    {484, LINEDISCONNECTMODE_UNREACHABLE, LINEDISCONNECTMODE_UNREACHABLE, none},   // 21.4.22 incomplete
    {485, LINEDISCONNECTMODE_BADADDRESS, LINEDISCONNECTMODE_BADADDRESS, none},     // 21.4.23 ambiguous
    {486, LINEDISCONNECTMODE_BUSY, LINEDISCONNECTMODE_BUSY, LINEBUSYMODE_STATION}, // 21.4.24 busy here
    {487, LINEDISCONNECTMODE_CANCELLED, LINEDISCONNECTMODE_NORMAL, none},          // 21.4.25 terminated
    {488, LINEDISCONNECTMODE_INCOMPATIBLE, LINEDISCONNECTMODE_INCOMPATIBLE, none}, // 21.4.26 not acceptable
    {600, LINEDISCONNECTMODE_BUSY, LINEDISCONNECTMODE_BUSY, LINEBUSYMODE_STATION}, // 21.6.1 busy everywhere
    {603, LINEDISCONNECTMODE_REJECT, LINEDISCONNECTMODE_REJECT, none},             // 21.6.2 decline
    {604, LINEDISCONNECTMODE_UNREACHABLE, LINEDISCONNECTMODE_UNREACHABLE, none},   // 21.6.3 nowhere
    {606, LINEDISCONNECTMODE_INCOMPATIBLE, LINEDISCONNECTMODE_INCOMPATIBLE, none}, // 21.6.4 not acceptable
    {607, LINEDISCONNECTMODE_BLOCKED, LINEDISCONNECTMODE_REJECT, none},            // RFC 8197, 3 unwanted
};

// What a status means by its class when it has no row of its own (8.1.3.2).
constexpr Row by_class(int status) {
    if (status < 400) return {status, LINEDISCONNECTMODE_UNREACHABLE, LINEDISCONNECTMODE_UNREACHABLE, none};
    if (status < 500) return {status, LINEDISCONNECTMODE_UNKNOWN, LINEDISCONNECTMODE_UNKNOWN, none};
    if (status < 600) return {status, LINEDISCONNECTMODE_UNREACHABLE, LINEDISCONNECTMODE_UNREACHABLE, none};
    return {status, LINEDISCONNECTMODE_REJECT, LINEDISCONNECTMODE_REJECT, none};
}

} // namespace

Disconnect disconnect_of(int status, DWORD version) {
    Row found = by_class(status);
    for (const Row& row : rows)
        if (row.status == status) found = row;
    return {version >= abi::v2_0 ? found.mode : found.mode_before_2_0, found.busy};
}

} // namespace offhook::sip
