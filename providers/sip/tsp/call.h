// SPDX-License-Identifier: Apache-2.0
//
// What the provider knows of a call.
#pragma once

#include "provider/line_session.h"
#include "providers/sip/media/stream.h"
#include "providers/sip/stack/stack.h"

#include <memory>
#include <optional>

namespace offhook::sip {

// The states that calls here have, and what can be asked of one; in which state is a matter of TAPI
// (provider/call_states.h), but that digits take a call that is connected.
inline constexpr DWORD call_states = LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED | LINECALLSTATE_DIALING |
                                     LINECALLSTATE_PROCEEDING | LINECALLSTATE_RINGBACK | LINECALLSTATE_BUSY |
                                     LINECALLSTATE_CONNECTED | LINECALLSTATE_DISCONNECTED |
                                     LINECALLSTATE_IDLE;
inline constexpr DWORD digit_features = LINECALLFEATURE_GENERATEDIGITS | LINECALLFEATURE_MONITORDIGITS;
inline constexpr DWORD call_features =
    LINECALLFEATURE_ACCEPT | LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP | digit_features;

inline constexpr DWORD supported_media =
    LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_UNKNOWN;
inline constexpr DWORD supported_bearers = LINEBEARERMODE_VOICE | LINEBEARERMODE_SPEECH;
// lineGenerateDigits, in milliseconds.
inline constexpr DWORD shortest_digit = 40, longest_digit = 5000, usual_digit = 100;

enum class Direction : std::uint8_t { incoming, outgoing };

struct Call : provider::LineCall {
    using LineCall::LineCall;

    Direction direction = Direction::outgoing;

    std::optional<LegId> leg; // while the SIP side exists
    std::shared_ptr<media::Stream> stream;
    media::LocalMedia local;
    std::string offer; // the caller's description, and where it came from
    std::optional<media::Address> source;

    provider::Request answering; // TSPI_lineAnswer

    DWORD bearer_mode = LINEBEARERMODE_VOICE;
    DWORD call_parameter_flags = 0;
    DWORD monitored_digits = 0;      // LINEDIGITMODE_ bits
    std::optional<DWORD> generation; // end-to-end id of the running TSPI_lineGenerateDigits
    Party caller;
    Party called;
    std::optional<Party> connected;
};

} // namespace offhook::sip
