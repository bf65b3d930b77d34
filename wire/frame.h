// SPDX-License-Identifier: Apache-2.0
//
// One message on the wire: a header of fixed size and a payload.
//
// The same framing joins applications to the service and the service to its hosts, over a byte stream. All
// numbers are little-endian as they lie in memory on x86-64; the hello message carries a byte-order mark so
// that a foreign machine is refused instead of misread. A frame that breaks a limit ends its connection with
// a reason and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace offhook::wire {

inline constexpr std::uint32_t protocol_version = 2;
inline constexpr std::uint32_t max_frame_size = 1u << 20; // bytes, header included

enum class FrameKind : std::uint8_t {
    hello = 1,  // the connecting side, first: protocol version, role, token
    welcome,    // the answer to hello
    call,       // a function of the table is called; the payload is its inputs
    result,     // the answer to a call: `result`, and the outputs filled at return
    completion, // an asynchronous request completes: `correlation` is the request, the payload its late
                // outputs
    event,      // a message: from a provider to the service, or from the service to an application
    grant,      // the service gives a host handles that a message needs, `function`: calls for LINE_NEWCALL
                // (R072), dialogs for LINE_CREATEDIALOGINSTANCE
    service,    // a function of the service itself (service.h, host.h)
    goodbye,    // the sender closes the connection; the payload is the reason as UTF-8
    log,        // a host's line for the service's log
    dialog,     // what a dialog of a provider says, through the application, and the answer (dialog.h)
};

inline constexpr std::uint8_t last_frame_kind = static_cast<std::uint8_t>(FrameKind::dialog);

// Bits of FrameHeader::flags.
inline constexpr std::uint8_t flag_descriptor = 1; // a file descriptor travels with this frame (SCM_RIGHTS)
inline constexpr std::uint8_t flag_speak = 2;      // of that audio stream: its application may speak

struct FrameHeader {
    std::uint32_t size = 0; // bytes of the whole frame, this header included
    FrameKind kind = FrameKind::call;
    std::uint8_t flags = 0;
    std::uint16_t function = 0;    // the number of the function or message in its table
    std::uint32_t correlation = 0; // pairs a result with its call; a request with its completion
    std::int32_t result = 0;    // of a result or completion: 0 or a negative LINEERR_ value, or a request id
    std::uint64_t sequence = 0; // an event's place among results, a call's lane or channel (README.md)
};
static_assert(sizeof(FrameHeader) == 24);

struct Frame {
    FrameHeader header;
    std::span<const std::byte> payload; // valid as long as the buffer it was read from
};

} // namespace offhook::wire
