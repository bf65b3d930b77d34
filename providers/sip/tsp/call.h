// SPDX-License-Identifier: Apache-2.0
//
// What the provider knows of an open line and of a call.
#pragma once

#include "provider/callbacks.h"
#include "provider/request.h"
#include "providers/sip/media/stream.h"
#include "providers/sip/stack/stack.h"
#include "providers/sip/tsp/call_state.h"

#include <memory>
#include <optional>

namespace offhook::sip {

struct Line {
    std::uint64_t handle = 0;  // HDRVLINE
    std::size_t account = 0;   // its place in the configuration
    provider::LineSink sink;   // where its events go
    DWORD version = 0;         // of the interface, committed by TSPI_lineOpen (R020)
    DWORD wanted_media = 0;    // LINEMEDIAMODE_ bits of TSPI_lineSetDefaultMediaDetection
    DWORD reported_states = 0; // LINEDEVSTATE_ bits of TSPI_lineSetStatusMessages
};

enum class Direction : std::uint8_t { incoming, outgoing };

struct Call {
    std::uint64_t handle = 0; // HDRVCALL
    std::shared_ptr<Line> line;
    HTAPICALL name = nullptr; // the service's
    Direction direction = Direction::outgoing;

    CallState state = CallState::pending;
    DWORD mode = 0; // of the state
    SYSTEMTIME entered{};

    std::optional<LegId> leg; // while the SIP side exists
    std::shared_ptr<media::Stream> stream;
    media::LocalMedia local;
    std::string offer; // the caller's description, and where it came from
    std::optional<media::Address> source;

    provider::Request making;    // TSPI_lineMakeCall
    provider::Request answering; // TSPI_lineAnswer

    DWORD media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;
    DWORD bearer_mode = LINEBEARERMODE_VOICE;
    DWORD app_specific = 0;
    DWORD call_parameter_flags = 0;
    DWORD monitored_digits = 0;      // LINEDIGITMODE_ bits
    std::optional<DWORD> generation; // end-to-end id of the running TSPI_lineGenerateDigits
    Party caller;
    Party called;
    std::optional<Party> connected;
};

} // namespace offhook::sip
