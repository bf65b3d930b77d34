// SPDX-License-Identifier: Apache-2.0
#include "trace/recorder.h"

#include <algorithm>

namespace offhook::trace {
namespace {

EntryHeader entry_header(Boundary boundary, const Peer& peer, std::uint64_t time_us, std::size_t whole) {
    return {.time_us = time_us,
            .session = peer.session,
            .application = peer.application,
            .user = peer.user,
            .whole = static_cast<std::uint32_t>(whole),
            .boundary = boundary};
}

} // namespace

void Recorder::frame(Boundary boundary, const Peer& peer, std::uint64_t time_us, const wire::Frame& frame) {
    const auto keep = how_much(boundary, frame.header.kind);
    if (keep == Keep::nothing) return;
    constexpr auto longest = longest_kept - sizeof(wire::FrameHeader);
    const auto payload =
        frame.payload.first(keep == Keep::header ? 0 : std::min(frame.payload.size(), longest));
    const auto kept = ring_.add(entry_header(boundary, peer, time_us, frame.header.size),
                                {std::as_bytes(std::span(&frame.header, 1)), payload});
    if (!kept.empty()) masking_.mask(boundary, frame.header, kept.subspan(sizeof frame.header));
}

void Recorder::frames(Boundary boundary, const Peer& peer, std::uint64_t time_us,
                      std::span<const std::byte> frames) {
    for (auto parsed = wire::parse_frame(frames); parsed.frame; parsed = wire::parse_frame(frames)) {
        frame(boundary, peer, time_us, *parsed.frame);
        frames = frames.subspan(parsed.frame->header.size);
    }
}

void Recorder::note(const Note& note, const Peer& peer, std::uint64_t time_us) {
    constexpr std::size_t longest_text = 1024; // a provider's own words may be any
    Note shorter = note;
    for (auto* text : {&shorter.what, &shorter.provider, &shorter.text})
        *text = text->substr(0, longest_text);
    const auto bytes = write(shorter);
    ring_.add(entry_header(Boundary::note, peer, time_us, bytes.size()), {bytes});
}

} // namespace offhook::trace
