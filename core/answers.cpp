// SPDX-License-Identifier: Apache-2.0
//
// Results to applications.
#include "core/state.h"

namespace offhook::core {

// `reply_channel`: where the reply of an accepted request will come.
void State::answer(Handle to, std::uint32_t correlation, abi::Tapi function, std::int32_t result,
                   const wire::Values& outputs, ChannelId reply_channel) {
    Application* application = applications_.find(to);
    if (application == nullptr) return;
    ++application->results;
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::result,
                                      .function = static_cast<std::uint16_t>(function),
                                      .correlation = correlation,
                                      .result = result,
                                      .sequence = static_cast<std::uint32_t>(reply_channel)});
    if (result >= 0) wire::encode_up(abi::row(function), wire::Fill::at_return, writer, outputs);
    writer.finish();
    trace([&] {
        return TraceRecord{.kind = TraceKind::application_result,
                           .what = abi::row(function).name,
                           .application = to,
                           .result = result};
    });
    env_.to_application(ApplicationId{to}, frame_);
}

void State::answer_with_audio(Handle to, std::uint32_t correlation, const wire::Values& outputs,
                              std::uint32_t stream) {
    constexpr auto function = abi::Tapi::lineGetID;
    Application* application = applications_.find(to);
    if (application == nullptr) return env_.discard_audio(stream);
    ++application->results;
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::result,
                                      .flags = wire::flag_descriptor,
                                      .function = static_cast<std::uint16_t>(function),
                                      .correlation = correlation});
    wire::encode_up(abi::row(function), wire::Fill::at_return, writer, outputs);
    writer.finish();
    trace([&] {
        return TraceRecord{
            .kind = TraceKind::application_result, .what = abi::row(function).name, .application = to};
    });
    env_.to_application_with_audio(ApplicationId{to}, frame_, stream);
}

// Of a function that shows a dialog: what its library needs, instead of outputs.
void State::answer_opened(const DialogAsked& asked, const wire::DialogOpened& opened) {
    ++applications_.find(asked.application)->results;
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::result,
                                      .function = static_cast<std::uint16_t>(asked.function),
                                      .correlation = asked.correlation});
    wire::write(writer, opened);
    writer.finish();
    trace([&] {
        return TraceRecord{.kind = TraceKind::application_result,
                           .what = abi::row(asked.function).name,
                           .application = asked.application};
    });
    env_.to_application(ApplicationId{asked.application}, frame_);
}

// To what a dialog's library said.
void State::answer_dialog(Handle to, const wire::FrameHeader& asked, std::int32_t result,
                          const wire::Values& outputs) {
    if (applications_.find(to) == nullptr) return;
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::dialog,
                                      .function = asked.function,
                                      .correlation = asked.correlation,
                                      .result = result});
    if (result >= 0 && asked.function == static_cast<std::uint16_t>(wire::DialogFunction::data))
        wire::encode_up(abi::row(abi::Tspi::providerGenericDialogData), wire::Fill::at_return, writer,
                        outputs);
    writer.finish();
    env_.to_application(ApplicationId{to}, frame_);
}

} // namespace offhook::core
