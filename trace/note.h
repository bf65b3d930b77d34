// SPDX-License-Identifier: Apache-2.0
//
// A step that is no frame: small, rare, and written as it will be shown.
#pragma once

#include "wire/writer.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace offhook::trace {

enum class NoteKind : std::uint8_t {
    session,     // a session went to another stage, `what`; `text`: why it was lost
    violation,   // a provider broke the rule `rule`; `text` says how
    install,     // `what`: a provider was installed, configured or removed
    application, // one connected, or is gone; `text`: the program's name
    stuck,       // a request or a call does not go on; `text` says which and since when
};
inline constexpr std::uint8_t last_note_kind = static_cast<std::uint8_t>(NoteKind::stuck);

struct Note {
    NoteKind kind{};
    std::string_view what{};
    std::string_view provider{};
    std::string_view text{};
    std::uint32_t rule = 0, line = 0, call = 0, request = 0;
};

inline std::vector<std::byte> write(const Note& note) {
    std::vector<std::byte> bytes;
    wire::FrameWriter to(
        bytes, {.kind = wire::FrameKind::service, .function = static_cast<std::uint16_t>(note.kind)});
    to.utf8(note.what);
    to.utf8(note.provider);
    to.utf8(note.text);
    to.number(note.rule);
    to.number(note.line);
    to.number(note.call);
    to.number(note.request);
    to.finish();
    return bytes;
}

// The texts are valid as long as the bytes.
inline bool read(std::span<const std::byte> bytes, Note& note) {
    const auto parsed = wire::parse_frame(bytes);
    if (!parsed.frame || parsed.frame->header.function > last_note_kind) return false;
    note.kind = static_cast<NoteKind>(parsed.frame->header.function);
    wire::PayloadReader from(parsed.frame->payload);
    note.what = from.utf8();
    note.provider = from.utf8();
    note.text = from.utf8();
    note.rule = from.number();
    note.line = from.number();
    note.call = from.number();
    note.request = from.number();
    return from.finished();
}

} // namespace offhook::trace
