// SPDX-License-Identifier: Apache-2.0
//
// Frames as peers of the core build them.
#pragma once

#include "core/arguments.h"
#include "tests/core/world.h"
#include "wire/dialog.h"
#include "wire/events.h"

namespace offhook::test {

// Of either table, for a function that is known at run time only.
template <class Function>
Message call_frame(Function function, std::uint32_t correlation, const wire::Values& inputs,
                   std::uint64_t sequence = 0) {
    Message message;
    wire::FrameWriter writer(message.bytes, {.kind = wire::FrameKind::call,
                                             .function = static_cast<std::uint16_t>(function),
                                             .correlation = correlation,
                                             .sequence = sequence});
    wire::encode_down(abi::row(function), writer, inputs);
    writer.finish();
    return message;
}

template <auto F>
Message call_frame(std::uint32_t correlation, const core::Arguments<F>& arguments,
                   std::uint64_t sequence = 0) {
    return call_frame(F, correlation, arguments.values(), sequence);
}

inline Message result_frame(const wire::Frame& call, std::int32_t result, const wire::Values& outputs = {}) {
    Message message;
    wire::FrameWriter writer(message.bytes, {.kind = wire::FrameKind::result,
                                             .function = call.header.function,
                                             .correlation = call.header.correlation,
                                             .result = result});
    if (result >= 0)
        wire::encode_up(abi::row(static_cast<abi::Tspi>(call.header.function)), abi::Fill::at_return, writer,
                        outputs);
    writer.finish();
    return message;
}

inline Message completion_frame(abi::Tspi function, std::uint32_t request, std::int32_t result,
                                const wire::Values& outputs = {}) {
    Message message;
    wire::FrameWriter writer(message.bytes, {.kind = wire::FrameKind::completion,
                                             .function = static_cast<std::uint16_t>(function),
                                             .correlation = request,
                                             .result = result});
    if (result == 0) wire::encode_up(abi::row(function), abi::Fill::at_reply, writer, outputs);
    writer.finish();
    return message;
}

inline Message event_frame(std::uint32_t message_number, const wire::EventFromHost& event,
                           std::optional<std::u16string_view> late = {}) {
    Message message;
    wire::FrameWriter writer(message.bytes, {.kind = wire::FrameKind::event,
                                             .function = static_cast<std::uint16_t>(message_number)});
    wire::write(writer, event);
    if (late) writer.text(*late);
    writer.finish();
    return message;
}

// What an offhook-ui says of a dialog.
template <class Write>
Message dialog_frame(wire::DialogFunction function, std::uint32_t dialog, std::uint32_t correlation,
                     std::int32_t result, Write write) {
    Message message;
    wire::FrameWriter writer(message.bytes, {.kind = wire::FrameKind::dialog,
                                             .function = static_cast<std::uint16_t>(function),
                                             .correlation = correlation,
                                             .result = result,
                                             .sequence = dialog});
    write(writer);
    writer.finish();
    return message;
}

// What a LINECALLLIST lists.
inline std::vector<std::uint32_t> calls_in(std::span<const std::byte> list) {
    LINECALLLIST fixed{};
    std::memcpy(&fixed, list.data(), std::min(list.size(), sizeof fixed));
    std::vector<std::uint32_t> calls(fixed.dwCallsNumEntries);
    if (!calls.empty())
        std::memcpy(calls.data(), list.data() + fixed.dwCallsOffset, calls.size() * sizeof calls[0]);
    return calls;
}

// Their result is a dialog to show, not the row's outputs (wire/dialog.h).
constexpr bool shows_dialog(abi::Tapi function) {
    switch (function) {
    case abi::Tapi::lineAddProvider:
    case abi::Tapi::lineConfigDialog:
    case abi::Tapi::lineConfigDialogEdit:
    case abi::Tapi::lineConfigProvider:
    case abi::Tapi::lineRemoveProvider:
    case abi::Tapi::phoneConfigDialog: return true;
    default: return false;
    }
}

} // namespace offhook::test
