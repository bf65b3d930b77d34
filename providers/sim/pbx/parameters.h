// SPDX-License-Identifier: Apache-2.0
//
// What the maker of a call wants of it (LINECALLPARAMS). The defaults are those of a call made without
// (R225).
#pragma once

#include "providers/sim/pbx/call.h"

#include <optional>
#include <string>

namespace offhook::sim {

inline constexpr DWORD supported_bearers =
    LINEBEARERMODE_VOICE | LINEBEARERMODE_SPEECH | LINEBEARERMODE_DATA | LINEBEARERMODE_PASSTHROUGH;
inline constexpr DWORD supported_media = LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_INTERACTIVEVOICE |
                                         LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_DATAMODEM |
                                         LINEMEDIAMODE_G3FAX;
inline constexpr DWORD largest_rate = 64'000;
inline constexpr DWORD largest_user_user = 256, largest_call_data = 1024, longest_no_answer = 600'000;

// Of dialing, in milliseconds.
inline constexpr LINEDIALPARAMS least_dial_parameters{100, 50, 40, 500};
inline constexpr LINEDIALPARAMS most_dial_parameters{10'000, 1'000, 5'000, 10'000};
inline constexpr LINEDIALPARAMS usual_dial_parameters{2'000, 100, 100, 3'000};

// What is outside of the limits is moved to the nearest (R226); 0 is the default.
[[nodiscard]] LINEDIALPARAMS within_limits(LINEDIALPARAMS given);

struct CallParameters {
    DWORD bearer_mode = LINEBEARERMODE_VOICE;
    DWORD rate = largest_rate;
    DWORD media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;
    DWORD flags = 0;
    DWORD no_answer_timeout = 0;
    LINEDIALPARAMS dial_parameters = usual_dial_parameters;
    std::string target; // of a transfer or conference in one step
    std::optional<std::string> calling_party;
    Bytes call_data, user_user, sending_flowspec, receiving_flowspec, high_level, low_level;
};

} // namespace offhook::sim
