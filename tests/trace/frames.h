// SPDX-License-Identifier: Apache-2.0
//
// Frames as they pass the service, for tests of the trace.
#pragma once

#include "trace/decoder.h"
#include "trace/recorder.h"

#include "abi/utf16.h"
#include "wire/codec.h"
#include "wire/events.h"

#include <algorithm>
#include <map>
#include <string>

namespace offhook::trace::test {

using Bytes = std::vector<std::byte>;

// A parameter's value: a number, a text or a block.
inline wire::Value number(std::uint64_t value) { return {.number = value, .bytes = {}, .null = false}; }
inline wire::Value block(std::span<const std::byte> bytes) {
    return {.number = 0, .bytes = bytes, .null = false};
}
inline wire::Value text(const std::u16string& value) { return block(std::as_bytes(std::span(value))); }

using Named = std::map<std::string_view, wire::Value>;

inline wire::Values values_of(const abi::Function& row, const Named& named) {
    wire::Values values{};
    for (const auto& [name, value] : named) values.at(row.index_of(name)) = value;
    for (std::size_t i = 0; i < row.count; ++i)
        if (const auto count = row.parameters[i].count_name; !count.empty() && !values[i].null)
            values[row.index_of(count)] = number(values[i].bytes.size());
    return values;
}

inline Bytes down(const abi::Function& row, wire::FrameHeader header, const Named& named) {
    Bytes frame;
    wire::FrameWriter to(frame, header);
    wire::encode_down(row, to, values_of(row, named));
    to.finish();
    return frame;
}

inline Bytes up(const abi::Function& row, abi::Fill when, wire::FrameHeader header, const Named& named) {
    Bytes frame;
    wire::FrameWriter to(frame, header);
    wire::encode_up(row, when, to, values_of(row, named));
    to.finish();
    return frame;
}

template <class Function>
wire::FrameHeader header_of(wire::FrameKind kind, Function function, std::uint32_t correlation = 0,
                            std::int32_t result = 0, std::uint64_t sequence = 0) {
    return {.kind = kind,
            .function = static_cast<std::uint16_t>(function),
            .correlation = correlation,
            .result = result,
            .sequence = sequence};
}

inline Bytes to_channel(std::uint32_t message, const wire::EventToApplication& event,
                        std::uint32_t correlation = 0, const Bytes& late = {}) {
    Bytes frame;
    wire::FrameWriter to(frame, header_of(wire::FrameKind::event, message, correlation));
    wire::write(to, event);
    to.raw(late);
    to.finish();
    return frame;
}

inline Bytes from_host(std::uint32_t message, const wire::EventFromHost& event) {
    Bytes frame;
    wire::FrameWriter to(frame, header_of(wire::FrameKind::event, message));
    wire::write(to, event);
    to.raw(event.late);
    to.finish();
    return frame;
}

inline bool contains(std::span<const std::byte> where, std::span<const std::byte> what) {
    return !std::ranges::search(where, what).empty();
}

// Everything that a recorder keeps, as its bytes and as records.
inline Bytes kept_bytes(const Recorder& recorder) {
    Bytes all;
    auto cursor = recorder.ring().oldest();
    while (const auto entry = recorder.ring().read(cursor))
        all.insert(all.end(), entry->bytes.begin(), entry->bytes.end());
    return all;
}

inline std::vector<nlohmann::json> records_of(const Recorder& recorder) {
    Decoder decoder;
    std::vector<nlohmann::json> records;
    auto cursor = recorder.ring().oldest();
    while (const auto entry = recorder.ring().read(cursor))
        if (auto record = decoder.decode(*entry); !record.is_null()) records.push_back(std::move(record));
    return records;
}

} // namespace offhook::trace::test
