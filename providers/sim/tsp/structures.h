// SPDX-License-Identifier: Apache-2.0
//
// The structures of the interface, filled from what the exchange knows, and those that it is given, read.
#pragma once

#include "abi/structure_table.h"
#include "providers/sim/tsp/session.h"

#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace offhook::sim {

inline constexpr DWORD reportable_line_states =
    LINEDEVSTATE_OTHER | LINEDEVSTATE_RINGING | LINEDEVSTATE_CONNECTED | LINEDEVSTATE_DISCONNECTED |
    LINEDEVSTATE_MSGWAITON | LINEDEVSTATE_MSGWAITOFF | LINEDEVSTATE_INSERVICE | LINEDEVSTATE_OUTOFSERVICE |
    LINEDEVSTATE_NUMCALLS | LINEDEVSTATE_NUMCOMPLETIONS | LINEDEVSTATE_TERMINALS | LINEDEVSTATE_LOCK |
    LINEDEVSTATE_CONFIGCHANGE | LINEDEVSTATE_REMOVED;
inline constexpr DWORD reportable_address_states = LINEADDRESSSTATE_INUSEZERO | LINEADDRESSSTATE_INUSEONE |
                                                   LINEADDRESSSTATE_INUSEMANY | LINEADDRESSSTATE_NUMCALLS |
                                                   LINEADDRESSSTATE_FORWARD | LINEADDRESSSTATE_TERMINALS;
inline constexpr DWORD settable_status = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_MSGWAIT |
                                         LINEDEVSTATUSFLAGS_INSERVICE | LINEDEVSTATUSFLAGS_LOCKED;
inline constexpr DWORD shortest_timeout = 250, longest_timeout = 60'000; // of gathering, in milliseconds
inline constexpr DWORD most_tones = 4, most_tone_entries = 16, most_media_control = 16;
inline constexpr DWORD longest_cadence = 3'600'000; // of a generated tone, in milliseconds

// The extension (R025): one version, with one function (README.md).
inline constexpr DWORD extension_version = 0x00010000;
inline constexpr LINEEXTENSIONID extension_id{0x5B0F6A31, 0x4E2C4D7B, 0x9A1D7E55, 0x3C8B2F60};

// Whom a structure is filled for.
struct Reader {
    Session& session;
    DWORD version;
};

[[nodiscard]] LONG fill(LINEDEVCAPS*, const Reader&, const Station&);
[[nodiscard]] LONG fill(LINEADDRESSCAPS*, const Reader&, const Station&);
[[nodiscard]] LONG fill(LINEADDRESSSTATUS*, const Reader&, const Station&);
[[nodiscard]] LONG fill(LINEDEVSTATUS*, const Reader&, const Station&);
[[nodiscard]] LONG fill(LINECALLINFO*, const Reader&, const Call&);
[[nodiscard]] LONG fill(LINECALLSTATUS*, const Reader&, const Call&);
[[nodiscard]] LONG fill(PHONECAPS*, const Reader&, const Station&);
[[nodiscard]] LONG fill(PHONESTATUS*, const Reader&, const Station&);
[[nodiscard]] LONG fill(PHONEBUTTONINFO*, const Reader&, const Button&);
[[nodiscard]] LONG fill_binary(VARSTRING*, const Reader&, const void* data, std::size_t size);
[[nodiscard]] LONG fill_text(VARSTRING*, const Reader&, std::u16string_view text);

// LINECALLPARAMS; null stands for the defaults (R225).
[[nodiscard]] LONG read(const LINECALLPARAMS*, const Reader&, CallParameters& out);
struct PhoneButtonText {
    DWORD function = 0;
    std::u16string text;
    Bytes device_specific;
};
[[nodiscard]] PhoneButtonText read(const PHONEBUTTONINFO*);
[[nodiscard]] std::u16string display_of(const Phone&); // all rows, one behind the other
[[nodiscard]] LONG read(const LINEFORWARDLIST*, DWORD rings, Pbx&, Forwarding& out);

[[nodiscard]] inline Bytes bytes_of(const void* data, std::size_t size) {
    const auto* first = static_cast<const std::byte*>(data);
    return data == nullptr ? Bytes{} : Bytes(first, first + size);
}

// Device class names are compared without regard to case (R256).
[[nodiscard]] bool is_class(Misbehaviour&, std::u16string_view given, std::u16string_view name);

// ---- For filling: breaks the rules of structures when told to.

struct Filled {
    abi::StructureId id;
    DWORD version;
    std::byte* bytes;
    std::uint32_t total;
};
void spoil(Misbehaviour&, const Filled&);

} // namespace offhook::sim
