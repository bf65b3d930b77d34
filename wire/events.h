// SPDX-License-Identifier: Apache-2.0
//
// The payloads of event frames. The header's `function` is the number of the message.
#pragma once

#include "wire/writer.h"

namespace offhook::wire {

// The fields of a LINEMESSAGE (tapi.h); late outputs may follow them.
struct EventToApplication {
    std::uint32_t device = 0; // hDevice: the line or call handle that the message is about, or 0
    std::uint64_t instance = 0;
    std::uint64_t parameter1 = 0, parameter2 = 0, parameter3 = 0;
};

inline void write(FrameWriter& to, const EventToApplication& event) {
    to.number(event.device);
    to.wide(event.instance);
    to.wide(event.parameter1);
    to.wide(event.parameter2);
    to.wide(event.parameter3);
}

// What follows the fields stays in `from`.
inline bool read(PayloadReader& from, EventToApplication& event) {
    event.device = from.number();
    event.instance = from.wide();
    event.parameter1 = from.wide();
    event.parameter2 = from.wide();
    event.parameter3 = from.wide();
    return from.ok();
}

// The arguments of a provider's LINEEVENT (tspi.h). For LINE_NEWCALL `call` is the granted handle and
// parameter1 the provider's. For LINE_CREATEDIALOGINSTANCE parameter1 is the request, parameter2 the
// provider's handle of the dialog and parameter3 the granted one, which LINE_SENDDIALOGINSTANCEDATA has there
// too; the blocks that they point to come behind the fields (dialog.h), and `line` is 0.
struct EventFromHost {
    std::uint64_t line = 0; // HTAPILINE
    std::uint64_t call = 0; // HTAPICALL
    std::uint64_t parameter1 = 0, parameter2 = 0, parameter3 = 0;
    // Behind the fields: outputs that are filled before the message (LINE_GATHERDIGITS: the digits), or
    // blocks that the message points to (dialogs). Whoever writes the event writes them after it.
    std::span<const std::byte> late = {};
};

inline void write(FrameWriter& to, const EventFromHost& event) {
    to.wide(event.line);
    to.wide(event.call);
    to.wide(event.parameter1);
    to.wide(event.parameter2);
    to.wide(event.parameter3);
}

inline bool read(std::span<const std::byte> payload, EventFromHost& event) {
    PayloadReader from(payload);
    event.line = from.wide();
    event.call = from.wide();
    event.parameter1 = from.wide();
    event.parameter2 = from.wide();
    event.parameter3 = from.wide();
    event.late = from.rest();
    return from.ok();
}

} // namespace offhook::wire
