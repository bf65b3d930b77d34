// SPDX-License-Identifier: Apache-2.0
//
// A call as one station has it. What connects two stations is two of them, each the other's peer.
#pragma once

#include "providers/sim/pbx/call_state.h"
#include "providers/sim/pbx/media_control.h"
#include "providers/sim/pbx/sound.h"
#include "tspi.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace offhook::sim {

struct Station;
struct CallName; // what the service calls it: a matter of the interface, which the exchange only keeps

struct Party {
    std::string address;
    std::string name;
    [[nodiscard]] bool known() const { return !address.empty() || !name.empty(); }
    friend bool operator==(const Party&, const Party&) = default;
};

// Does the service know of it?
enum class Standing : std::uint8_t {
    unannounced, // it began here, and nobody wanted it yet
    pending,     // the request that makes it has not completed (R062)
    known,
    gone // refused or closed: never mentioned again (R072)
};

using Bytes = std::vector<std::byte>;

// A running TSPI_lineGatherDigits.
struct Gathering {
    DWORD end_to_end_id = 0;
    DWORD modes = 0;
    char16_t* buffer = nullptr; // the service's, until LINE_GATHERDIGITS
    std::size_t wanted = 0;
    std::u16string digits;
    std::u16string terminators;
    DWORD inter_digit_timeout = 0;
};

// A running TSPI_lineGenerateDigits or TSPI_lineGenerateTone.
struct Generation {
    DWORD end_to_end_id = 0;
    DWORD mode = 0;
    std::string digits; // that are still to come
    DWORD duration = 0;
};

struct Call {
    std::uint64_t handle = 0; // HDRVCALL
    DWORD id = 0;             // the same at both ends
    DWORD related_id = 0;
    Station* station = nullptr;
    Standing standing = Standing::unannounced;
    std::shared_ptr<CallName> name;

    CallState state = CallState::none;
    DWORD mode = 0;
    std::chrono::system_clock::time_point entered;
    std::uint32_t epoch = 0; // counts the states, so that a timer can tell whether it is late

    Call* peer = nullptr;          // the other end
    Call* consultation = nullptr;  // the call that this one waits for
    Call* consulted_for = nullptr; // and the other way round
    Call* joins = nullptr;         // the conference that it is to join when it is connected
    Call* conference = nullptr;    // the one that it is a member of
    std::vector<Call*> members;    // of the conference that it is
    std::string parked_at;         // the slot that it waits in
    DWORD completes = 0;           // the completion that it carries out

    DWORD origin = 0; // LINECALLORIGIN_
    DWORD reason = LINECALLREASON_DIRECT;
    DWORD trunk = 0xFFFFFFFF;
    DWORD country_code = 0;
    Party caller, called, connected, redirection, redirecting;
    std::string dialed;
    DWORD no_answer_timeout = 0; // in milliseconds

    DWORD bearer_mode = LINEBEARERMODE_VOICE;
    DWORD rate = 64'000;
    DWORD media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;
    DWORD parameter_flags = 0; // LINECALLPARAMFLAGS_
    DWORD app_specific = 0;
    DWORD treatment = LINECALLTREATMENT_SILENCE;
    LINEDIALPARAMS dial_parameters{};
    Bytes call_data, sending_flowspec, receiving_flowspec, high_level, low_level;
    std::deque<Bytes> user_user; // the first is shown until it is released

    DWORD monitored_digits = 0, monitored_media = 0;
    std::map<DWORD, std::vector<LINEMONITORTONE>> monitored_tones; // by the service's list id
    std::optional<MediaControl> media_control;                     // none: as its line has it
    std::optional<Gathering> gathering;
    std::optional<Generation> generation;
    Sound sends; // from this end to the other, besides speech
    std::uint32_t digit_epoch = 0, generation_epoch = 0;
};

// The one that is in force: the call's own, or that of its line.
[[nodiscard]] const MediaControl& media_control_of(const Call& call);

[[nodiscard]] inline bool is_conference(const Call& call) { return call.origin == LINECALLORIGIN_CONFERENCE; }

// A consultation call does not wait for another one.
[[nodiscard]] inline bool may_wait_for_another(const Call& call) {
    return call.state == CallState::connected && !is_conference(call) && call.consultation == nullptr &&
           call.consulted_for == nullptr;
}

// Each of the two knows of the other, or neither does.
inline void wait_no_more(Call& call) {
    if (call.consultation != nullptr) std::exchange(call.consultation, nullptr)->consulted_for = nullptr;
}

} // namespace offhook::sim
