// SPDX-License-Identifier: Apache-2.0
//
// State::call_provider for a function of the table; included by the files that call providers.
#pragma once

#include "core/state.h"

namespace offhook::core {

template <abi::Tspi F>
void State::call_provider(Session& session, std::uint32_t lane, const Arguments<F>& arguments,
                          OutcomeContinuation then) {
    Operation* operation = begin_operation(session, F, then);
    if (operation == nullptr) return then({as_result(LINEERR_RESOURCEUNAVAIL), nullptr});
    trace_call(session, *operation, lane, arguments.values());
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::call,
                                      .function = static_cast<std::uint16_t>(F),
                                      .correlation = operation->handle,
                                      .sequence = lane});
    wire::encode_down<F>(writer, arguments.values());
    writer.finish();
    env_.to_host(SessionId{session.handle}, frame_);
}

template <abi::Tspi F>
void State::call_provider_with_audio(Session& session, std::uint32_t lane, const Arguments<F>& arguments,
                                     Audio audio, std::uint32_t stream, OutcomeContinuation then) {
    Operation* operation = begin_operation(session, F, then);
    if (operation == nullptr) return then({as_result(LINEERR_RESOURCEUNAVAIL), nullptr});
    const std::uint8_t speak = audio == Audio::speak ? wire::flag_speak : std::uint8_t{0};
    trace_call(session, *operation, lane, arguments.values());
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::call,
                                      .flags = static_cast<std::uint8_t>(wire::flag_descriptor | speak),
                                      .function = static_cast<std::uint16_t>(F),
                                      .correlation = operation->handle,
                                      .sequence = lane});
    wire::encode_down<F>(writer, arguments.values());
    writer.finish();
    env_.to_host_with_audio(SessionId{session.handle}, frame_, stream);
}

} // namespace offhook::core
