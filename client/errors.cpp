// SPDX-License-Identifier: Apache-2.0
#include "client/errors.h"

#include <algorithm>
#include <array>

namespace offhook::client {
namespace {

struct Pair {
    LONG line, other;
};

#define SAME_NAME(name)                                                                                      \
    Pair { LINEERR_##name, PHONEERR_##name }
constexpr auto phone_errors = std::to_array<Pair>({
    SAME_NAME(ALLOCATED),
    SAME_NAME(BADDEVICEID),
    SAME_NAME(INCOMPATIBLEAPIVERSION),
    SAME_NAME(INCOMPATIBLEEXTVERSION),
    SAME_NAME(INIFILECORRUPT),
    SAME_NAME(INUSE),
    SAME_NAME(INVALAPPHANDLE),
    SAME_NAME(INVALAPPNAME),
    SAME_NAME(INVALDEVICECLASS),
    SAME_NAME(INVALEXTVERSION),
    SAME_NAME(INVALPARAM),
    SAME_NAME(INVALPOINTER),
    SAME_NAME(NODEVICE),
    SAME_NAME(NODRIVER),
    SAME_NAME(NOMEM),
    SAME_NAME(NOTOWNER),
    SAME_NAME(OPERATIONFAILED),
    SAME_NAME(OPERATIONUNAVAIL),
    SAME_NAME(RESOURCEUNAVAIL),
    SAME_NAME(REQUESTOVERRUN),
    SAME_NAME(STRUCTURETOOSMALL),
    SAME_NAME(UNINITIALIZED),
    SAME_NAME(REINIT),
    SAME_NAME(DISCONNECTED),
    SAME_NAME(SERVICE_NOT_RUNNING),
    Pair{LINEERR_INVALLINEHANDLE, PHONEERR_INVALPHONEHANDLE},
    Pair{LINEERR_INVALLINESTATE, PHONEERR_INVALPHONESTATE},
    Pair{LINEERR_INVALPRIVSELECT, PHONEERR_INVALPRIVILEGE},
});
#undef SAME_NAME

constexpr auto tapi_errors = std::to_array<Pair>({
    Pair{LINEERR_INVALPOINTER, TAPIERR_INVALPOINTER},
    Pair{LINEERR_INVALADDRESS, TAPIERR_INVALDESTADDRESS},
    Pair{LINEERR_INVALDEVICECLASS, TAPIERR_INVALDEVICECLASS},
    Pair{LINEERR_REQUESTOVERRUN, TAPIERR_REQUESTQUEUEFULL},
    Pair{LINEERR_TARGETNOTFOUND, TAPIERR_NOREQUESTRECIPIENT},
});

template <std::size_t N> LONG counterpart(const std::array<Pair, N>& pairs, LONG error, LONG otherwise) {
    const auto found =
        std::find_if(pairs.begin(), pairs.end(), [&](const Pair& pair) { return pair.line == error; });
    return found == pairs.end() ? otherwise : found->other;
}

// The LINEERR_ values lie here; PHONEERR_ and TAPIERR_ values and those of vendors (R252) do not.
constexpr LONG first_line_error = OFFHOOK_LINEERR_BASE, last_line_error = OFFHOOK_LINEERR_BASE + 0xFFF;

} // namespace

LONG in_family(Family family, LONG result) {
    if (result < first_line_error || result > last_line_error) return result;
    switch (family) {
    case Family::line: return result;
    case Family::phone: return counterpart(phone_errors, result, PHONEERR_OPERATIONFAILED);
    case Family::tapi: return counterpart(tapi_errors, result, TAPIERR_REQUESTFAILED);
    }
    return result;
}

} // namespace offhook::client
