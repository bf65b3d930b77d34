// SPDX-License-Identifier: Apache-2.0
//
// Any entries are masked and decoded without harm. An input is a sequence of entries: the boundary and the
// peer, a byte each, and the bytes of a frame, or the rest of the input where that is none. Each is decoded
// as it came, as from a file of unknown origin, and as the service would have recorded it.
#include "trace/decoder.h"
#include "trace/recorder.h"

#include <cstdlib>

using namespace offhook;
using namespace offhook::trace;

namespace {

// What is shown is written out, whatever texts it has.
void show(Decoder& decoder, const Entry& entry) {
    const auto record = decoder.decode(entry);
    if (record.is_null()) return;
    if (record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).empty()) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    constexpr std::size_t memory = 1 << 16;
    Recorder recorder(memory);
    Decoder as_it_came, as_recorded;
    auto place = recorder.ring().oldest();
    constexpr std::size_t entry_head = 2;
    while (bytes.size() > entry_head) {
        const auto boundary =
            static_cast<Boundary>(std::to_integer<unsigned>(bytes[0]) % (last_boundary + 1U));
        const auto one = std::to_integer<std::uint32_t>(bytes[1] & std::byte{3});
        const Peer peer{.session = one, .application = one, .user = 1000};
        bytes = bytes.subspan(entry_head);
        const auto parsed = wire::parse_frame(bytes);
        // Of its exact size, so that reading past it is seen.
        const std::vector<std::byte> whole(
            bytes.begin(), parsed.frame
                               ? bytes.begin() + static_cast<std::ptrdiff_t>(parsed.frame->header.size)
                               : bytes.end());
        EntryHeader header{.session = peer.session, .application = peer.application};
        header.size = header.whole = static_cast<std::uint32_t>(whole.size());
        header.boundary = boundary;
        show(as_it_came, {header, whole});
        if (!parsed.frame) break;
        recorder.frame(boundary, peer, 0, *parsed.frame);
        while (const auto kept = recorder.ring().read(place)) show(as_recorded, *kept);
        bytes = bytes.subspan(whole.size());
    }
    return 0;
}
