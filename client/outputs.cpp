// SPDX-License-Identifier: Apache-2.0
#include "client/marshal.h"
#include "client/structure_text.h"

#include "abi/structure_reader.h"
#include "abi/utf16.h"
#include "offhook/audio.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace offhook::client {
namespace {

using wire::Direction;
using wire::Kind;
using wire::Parameter;
using wire::Value;
using Buffer = std::vector<std::byte>;

// What goes to one pointer.
struct Prepared {
    Written outcome = Written::whole;
    Buffer bytes;
};

Buffer copy_of(std::span<const std::byte> bytes) { return {bytes.begin(), bytes.end()}; }

template <class T> Buffer bytes_of(T value) { return copy_of(std::as_bytes(std::span(&value, 1))); }

// The descriptor's number goes into the OFFHOOK_AUDIO_DEVICE, if the structure holds a whole one.
void deliver(wire::UniqueFd& descriptor, abi::StructureId id, Buffer& structure) {
    if (!descriptor || id != abi::StructureId::VARSTRING) return;
    const auto device =
        abi::part_at(structure, offsetof(VARSTRING, dwStringSize), offsetof(VARSTRING, dwStringOffset));
    if (device.size() < sizeof(OFFHOOK_AUDIO_DEVICE)) return;
    const std::int32_t number = descriptor.release();
    const auto at = static_cast<std::size_t>(device.data() - structure.data());
    std::memcpy(structure.data() + at + offsetof(OFFHOOK_AUDIO_DEVICE, lDescriptor), &number, sizeof number);
}

Prepared prepare_structure(const Signature& signature, std::size_t index, const Argument& argument,
                           const Value& value) {
    const auto id = signature.parameters[index].structure;
    const auto room = static_cast<std::uint32_t>(argument.number);
    if (value.null) return {Written::malformed, {}};
    if (id == abi::StructureId::count) // none of the table has such an output
        return value.bytes.size() <= room ? Prepared{Written::whole, copy_of(value.bytes)}
                                          : Prepared{Written::malformed, {}};
    const auto version = version_of_filled(id, value.bytes);
    if (!version) return {Written::malformed, {}};
    if (signature.structures == Text::utf8) {
        auto converted = filled_as_utf8(id, value.bytes, room);
        if (!converted) return {Written::too_small, {}};
        return {Written::whole, std::move(*converted)};
    }
    if (value.bytes.size() > room) return {Written::malformed, {}};
    auto bytes = copy_of(value.bytes);
    std::memcpy(bytes.data(), &room, sizeof room); // dwTotalSize stays the caller's
    return {Written::whole, std::move(bytes)};
}

// Text of at most `room` characters of the caller's encoding, with its NUL; a longer one is cut between
// characters.
Buffer text_for(Text encoding, std::u16string_view text, std::size_t room) {
    if (room == 0) return {};
    if (encoding == Text::utf16) {
        std::u16string cut(text.substr(0, room - 1));
        if (!cut.empty() && cut.back() >= 0xD800 && cut.back() < 0xDC00) cut.pop_back();
        cut.push_back(u'\0');
        return copy_of(std::as_bytes(std::span(cut)));
    }
    auto cut = abi::to_utf8(text);
    if (cut.size() > room - 1) {
        auto end = room - 1;
        while (end > 0 && (static_cast<unsigned char>(cut[end]) & 0xC0u) == 0x80u) --end;
        cut.resize(end);
    }
    cut.push_back('\0');
    return copy_of(std::as_bytes(std::span(cut)));
}

std::u16string_view without_nul(std::u16string_view text) { return text.substr(0, text.find(u'\0')); }

// Gathered digits fill the buffer to its last character: dwNumDigits counts no NUL.
Buffer digits_for(Text encoding, std::u16string_view digits, std::size_t room) {
    auto bytes = text_for(encoding, digits, room + 1);
    const std::size_t character = encoding == Text::utf16 ? sizeof(char16_t) : 1;
    if (bytes.size() > room * character) bytes.resize(room * character);
    return bytes;
}

// lineGetRequest: the block always holds a LINEREQMEDIACALLW; what the caller's buffer holds depends on the
// mode asked for and on the encoding.
template <std::size_t N> void copy_text(WCHAR (&to)[N], const WCHAR (&from)[N]) {
    std::ranges::copy(from, to);
    to[N - 1] = 0;
}
template <std::size_t N> void copy_text(char (&to)[N], const WCHAR (&from)[N]) {
    const auto text = text_for(Text::utf8, without_nul({from, N}), N);
    std::memcpy(to, text.data(), text.size());
}

template <class T> Buffer request_for(const LINEREQMEDIACALLW& from) {
    T to{};
    copy_text(to.szDestAddress, from.szDestAddress);
    copy_text(to.szAppName, from.szAppName);
    copy_text(to.szCalledParty, from.szCalledParty);
    copy_text(to.szComment, from.szComment);
    if constexpr (requires { to.dwSecure; }) {
        copy_text(to.szDeviceClass, from.szDeviceClass);
        to.hWnd = from.hWnd;
        to.wRequestID = from.wRequestID;
        std::ranges::copy(from.ucDeviceID, to.ucDeviceID);
        to.dwSize = from.dwSize;
        to.dwSecure = from.dwSecure;
    }
    return bytes_of(to);
}

Buffer request(const Signature& signature, const Arguments& arguments, std::span<const std::byte> block) {
    LINEREQMEDIACALLW whole{};
    std::memcpy(&whole, block.data(), std::min(sizeof whole, block.size()));
    const bool media =
        arguments[signature.row().index_of("dwRequestMode")].number == LINEREQUESTMODE_MEDIACALL;
    if (signature.structures == Text::utf8)
        return media ? request_for<LINEREQMEDIACALL>(whole) : request_for<LINEREQMAKECALL>(whole);
    return media ? request_for<LINEREQMEDIACALLW>(whole) : request_for<LINEREQMAKECALLW>(whole);
}

Prepared prepare(const Signature& signature, std::size_t index, const Arguments& arguments,
                 const Value& value) {
    const auto& row = signature.row();
    const auto& parameter = row.parameters[index];
    const auto encoding = signature.parameters[index].text;
    const auto counted =
        parameter.count_name.empty() ? 0 : arguments[row.index_of(parameter.count_name)].number;
    switch (parameter.kind) {
    case Kind::number: return {Written::whole, bytes_of(static_cast<std::uint32_t>(value.number))};
    case Kind::wide: return {Written::whole, bytes_of(value.number)};
    case Kind::sized: return prepare_structure(signature, index, arguments[index], value);
    case Kind::fixed:
        if (value.null) return {Written::malformed, {}};
        if (signature.function == abi::Tapi::lineGetRequest)
            return {Written::whole, request(signature, arguments, value.bytes)};
        return {Written::whole, copy_of(value.bytes)};
    case Kind::text:
        if (parameter.fill == wire::Fill::at_message)
            return {Written::whole, digits_for(encoding, value.text(), counted)};
        return {Written::whole, text_for(encoding, without_nul(value.text()), parameter.size)};
    case Kind::bytes:
        if (value.bytes.size() > counted) return {Written::malformed, {}};
        return {Written::whole, copy_of(value.bytes)};
    case Kind::local:
    case Kind::counted_text:
    case Kind::array: return {};
    }
    return {};
}

bool is_written(const Parameter& parameter, wire::Fill when) {
    return parameter.kind != Kind::local && parameter.direction != Direction::in && parameter.fill == when;
}

} // namespace

Written write_outputs(const Signature& signature, wire::Fill when, const Arguments& arguments,
                      std::span<const std::byte> payload, wire::UniqueFd descriptor) {
    const auto& row = signature.row();
    wire::Values values;
    if (!wire::decode_up(row, when, payload, values)) return Written::malformed;
    // All is prepared before anything is written, so that a call that fails writes nothing.
    std::array<Buffer, abi::max_parameters> prepared;
    for (std::size_t i = 0; i < row.count; ++i) {
        if (!is_written(row.parameters[i], when) || arguments[i].pointer == nullptr) continue;
        auto [outcome, bytes] = prepare(signature, i, arguments, values[i]);
        if (outcome != Written::whole) return outcome;
        prepared[i] = std::move(bytes);
    }
    for (std::size_t i = 0; i < row.count; ++i) {
        if (prepared[i].empty()) continue;
        deliver(descriptor, signature.parameters[i].structure, prepared[i]);
        std::memcpy(arguments[i].pointer, prepared[i].data(), prepared[i].size());
    }
    return Written::whole;
}

} // namespace offhook::client
