// SPDX-License-Identifier: Apache-2.0
//
// What the trace does not keep, because it may be a secret. Masked where the frame is recorded: nobody who
// reads the ring, or the memory of the service, finds it there.
//
// Not kept at all: hello and welcome, frames of the service's own functions, a new configuration, and the
// lines of a log. Of dialogs the header alone is kept; calls, results, completions and events are.
//
// Wiped are the bytes that the interface does not interpret: parameters of bytes, binary parts of structures
// (device specific, user-user information, device configurations, every VARSTRING), and what a provider sends
// to a dialog. So are digits that are generated, gathered or heard, and PINs of agents.
//
// Of an address that is dialled, asterisks replace what follows the first pause or prompt (one of , $ ? ! and
// an @ before digits alone): digits there are for whoever answers.
#pragma once

#include "trace/entry.h"
#include "wire/frame.h"

#include <array>

namespace offhook::trace {

// How much of a frame is kept.
enum class Keep : std::uint8_t { nothing, header, frame };
Keep how_much(Boundary, wire::FrameKind);

class Masking {
  public:
    // Masks the payload of a frame where it was copied to; it may have been cut.
    void mask(Boundary, const wire::FrameHeader&, std::span<std::byte> payload);

  private:
    void mask_event_to_application(const wire::FrameHeader&, std::span<std::byte> payload);

    // What an application's requests are: their replies do not say it. By request id, as many as are
    // outstanding together as a rule; the outputs of a reply that is not found are wiped whole.
    struct Outstanding {
        std::uint32_t request = 0;
        std::uint16_t function = 0;
    };
    std::array<Outstanding, 4096> outstanding_{};
};

} // namespace offhook::trace
