// SPDX-License-Identifier: Apache-2.0
//
// Any bytes, cut into frames as a connection does. An input is a stream.
#include "wire/writer.h"

#include <cstdlib>

using namespace offhook::wire;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    for (;;) {
        const auto parsed = parse_frame(bytes);
        if (!parsed.frame) return 0;
        const auto& [header, payload] = *parsed.frame;
        if (header.size != sizeof header + payload.size() || header.size > bytes.size()) std::abort();
        PayloadReader reader(payload);
        while (reader.ok() && !reader.finished()) (void)reader.block();
        bytes = bytes.subspan(header.size);
    }
}
