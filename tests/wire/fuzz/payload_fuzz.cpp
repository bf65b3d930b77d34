// SPDX-License-Identifier: Apache-2.0
//
// The payloads that no function table describes. What is read from one, written again, is read as the same.
// An input is a byte that says which payload, three unused, and the payload.
#include "wire/events.h"
#include "wire/handshake.h"
#include "wire/host.h"

#include <cstdlib>

namespace {

using namespace offhook::wire;

template <class T> std::vector<std::byte> written(const T& value) {
    std::vector<std::byte> frame;
    FrameWriter writer(frame, {});
    write(writer, value);
    writer.finish();
    return {frame.begin() + sizeof(FrameHeader), frame.end()};
}

template <class T> bool read_payload(std::span<const std::byte> payload, T& value) {
    return read(payload, value);
}

// Late outputs may follow the fields.
template <> bool read_payload(std::span<const std::byte> payload, EventToApplication& event) {
    PayloadReader from(payload);
    return read(from, event);
}

template <class T> void check(std::span<const std::byte> payload) {
    T value, again;
    if (!read_payload(payload, value)) return;
    const auto once = written(value);
    if (!read_payload(once, again) || written(again) != once) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 4) return 0;
    const std::span input(reinterpret_cast<const std::byte*>(data) + 4, size - 4);
    const std::vector<std::byte> payload(input.begin(), input.end()); // of its exact size
    switch (data[0] % 6) {
    case 0: check<Hello>(payload); break;
    case 1: check<Welcome>(payload); break;
    case 2: check<HostHello>(payload); break;
    case 3: check<HostConfigSet>(payload); break;
    case 4: check<EventToApplication>(payload); break;
    case 5: check<EventFromHost>(payload); break;
    }
    return 0;
}
