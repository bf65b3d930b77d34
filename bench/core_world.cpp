// SPDX-License-Identifier: Apache-2.0
#include "bench/core_world.h"

#include <stdexcept>

namespace offhook::bench {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::number_of;
using core::wide_of;

namespace {

// The provider's handles tell what it has to know: the service's line, and the service's call.
constexpr std::uint64_t driver_call(std::uint64_t line, std::uint64_t call) { return line << 32 | call; }

template <class F> void for_each_frame(std::span<const std::byte> bytes, F&& f) {
    for (auto parsed = wire::parse_frame(bytes); parsed.frame; parsed = wire::parse_frame(bytes)) {
        f(*parsed.frame);
        bytes = bytes.subspan(parsed.frame->header.size);
    }
}

void require(bool condition, const char* what) {
    if (!condition) throw std::runtime_error(std::string("the core bench: ") + what);
}

} // namespace

CoreWorld::CoreWorld(std::uint32_t lines, Onlooker onlooker)
    : onlooker_(std::move(onlooker)),
      core_(*this, {.sessions = core::Sessions::always}),
      lines_(lines) {
    core_.provider_added(core::ProviderId{1}, "immediate", "/immediate.tsp");
    const std::vector<std::byte> exported(static_cast<std::size_t>(Tspi::count), std::byte{1});
    core_.host_ready(session_, exported);
    serve_host();
    application_ = core_.application_connected(1000, "bench");
    core_.channel_opened(application_, core::ChannelId{1});
    require(call(Arguments<Tapi::lineInitializeEx>().with<"lpdwAPIVersion">(abi::v2_2), 1) == 0,
            "initialise");
    line_app_ = number_of<Tapi::lineInitializeEx, "lphLineApp">(outputs_);
}

std::uint32_t CoreWorld::open_line(std::uint32_t device) {
    const auto result = call(Arguments<Tapi::lineOpen>()
                                 .with<"hLineApp">(line_app_)
                                 .with<"dwDeviceID">(device)
                                 .with<"dwAPIVersion">(abi::v2_2)
                                 .with<"dwPrivileges">(LINECALLPRIVILEGE_OWNER)
                                 .with<"dwMediaModes">(LINEMEDIAMODE_INTERACTIVEVOICE));
    require(result == 0, "open");
    return number_of<Tapi::lineOpen, "lphLine">(outputs_);
}

std::uint32_t CoreWorld::make_call(std::uint32_t line) {
    new_call_ = 0;
    require(call(Arguments<Tapi::lineMakeCall>().with<"hLine">(line)) > 0 && new_call_ != 0, "make a call");
    return new_call_;
}

void CoreWorld::end_call(std::uint32_t ended) {
    require(call(Arguments<Tapi::lineDrop>().with<"hCall">(ended)) > 0, "drop");
    require(call(Arguments<Tapi::lineDeallocateCall>().with<"hCall">(ended)) == 0, "deallocate");
}

void CoreWorld::send_events(std::size_t count) {
    from_host_.clear();
    for (std::size_t i = 0; i < count; ++i) add_call_state(driver_call_, LINECALLSTATE_CONNECTED);
    to_core_from_host();
}

template <Tapi F> std::int32_t CoreWorld::call(const Arguments<F>& arguments, std::uint64_t channel) {
    from_application_.clear();
    wire::FrameWriter writer(from_application_, {.kind = wire::FrameKind::call,
                                                 .function = static_cast<std::uint16_t>(F),
                                                 .correlation = 1,
                                                 .sequence = channel});
    wire::encode_down<F>(writer, arguments.values());
    writer.finish();
    called_ = F;
    pass(trace::Boundary::from_application, from_application_);
    std::string reason;
    require(core_.application_frame(application_, *wire::parse_frame(from_application_).frame, reason),
            reason.c_str());
    serve_host();
    return result_;
}

void CoreWorld::serve_host() {
    while (!asked_.empty()) {
        std::swap(asked_, taken_);
        asked_.clear();
        from_host_.clear();
        for_each_frame(taken_, [this](const wire::Frame& frame) {
            if (frame.header.kind == wire::FrameKind::call) answer(frame);
        });
        to_core_from_host();
    }
}

void CoreWorld::to_core_from_host() {
    pass(trace::Boundary::from_host, from_host_);
    for_each_frame(from_host_, [this](const wire::Frame& frame) {
        std::string reason;
        require(core_.host_frame(session_, frame, reason), reason.c_str());
    });
}

void CoreWorld::answer(const wire::Frame& asked) {
    const auto function = static_cast<Tspi>(asked.header.function);
    const auto& row = abi::row(function);
    wire::Values in{}, out{};
    require(wire::decode_down(row, asked.payload, in), "a malformed call");
    const bool asynchronous = row.mode == abi::Mode::async;
    const auto request = asynchronous ? static_cast<std::uint32_t>(in[0].number) : 0;
    switch (function) {
    case Tspi::lineNegotiateTSPIVersion:
        out = Arguments<Tspi::lineNegotiateTSPIVersion>()
                  .with<"lpdwTSPIVersion">(number_of<Tspi::lineNegotiateTSPIVersion, "dwHighVersion">(in))
                  .values();
        break;
    case Tspi::providerEnumDevices:
        out = Arguments<Tspi::providerEnumDevices>().with<"lpdwNumLines">(lines_).values();
        break;
    case Tspi::lineOpen:
        out = Arguments<Tspi::lineOpen>().with<"lphdLine">(wide_of<Tspi::lineOpen, "htLine">(in)).values();
        break;
    case Tspi::lineGetNumAddressIDs:
        out = Arguments<Tspi::lineGetNumAddressIDs>().with<"lpdwNumAddressIDs">(1).values();
        break;
    case Tspi::lineMakeCall:
        driver_call_ =
            driver_call(wide_of<Tspi::lineMakeCall, "hdLine">(in), wide_of<Tspi::lineMakeCall, "htCall">(in));
        out = Arguments<Tspi::lineMakeCall>().with<"lphdCall">(driver_call_).values();
        break;
    default: break;
    }
    {
        wire::FrameWriter writer(from_host_, {.kind = wire::FrameKind::result,
                                              .function = asked.header.function,
                                              .correlation = asked.header.correlation,
                                              .result = static_cast<std::int32_t>(request)});
        wire::encode_up(row, abi::Fill::at_return, writer, out);
        writer.finish();
    }
    if (!asynchronous) return;
    wire::FrameWriter writer(
        from_host_,
        {.kind = wire::FrameKind::completion, .function = asked.header.function, .correlation = request});
    wire::encode_up(row, abi::Fill::at_reply, writer, out);
    writer.finish();
    if (function == Tspi::lineMakeCall) add_call_state(driver_call_, LINECALLSTATE_CONNECTED);
    if (function == Tspi::lineDrop) add_call_state(wide_of<Tspi::lineDrop, "hdCall">(in), LINECALLSTATE_IDLE);
}

void CoreWorld::add_call_state(std::uint64_t call, std::uint32_t state) {
    wire::FrameWriter writer(from_host_, {.kind = wire::FrameKind::event, .function = LINE_CALLSTATE});
    wire::write(writer,
                wire::EventFromHost{.line = call >> 32, .call = call & 0xFFFFFFFF, .parameter1 = state});
    writer.finish();
}

void CoreWorld::pass(trace::Boundary boundary, std::span<const std::byte> frames) const {
    if (onlooker_) onlooker_(boundary, frames);
}

void CoreWorld::to_application(core::ApplicationId, std::span<const std::byte> frames) {
    pass(trace::Boundary::to_application, frames);
    for_each_frame(frames, [this](const wire::Frame& frame) {
        result_ = frame.header.result;
        outputs_ = {};
        if (result_ >= 0) wire::decode_up(abi::row(called_), abi::Fill::at_return, frame.payload, outputs_);
    });
}

void CoreWorld::to_channel(core::ChannelId, std::span<const std::byte> frames) {
    pass(trace::Boundary::to_channel, frames);
    for_each_frame(frames, [this](const wire::Frame& frame) {
        ++events_;
        if (frame.header.function != LINE_REPLY || called_ != Tapi::lineMakeCall) return;
        wire::PayloadReader from(frame.payload);
        wire::EventToApplication event;
        require(wire::read(from, event) && event.parameter2 == 0, "the call was not made");
        new_call_ = from.number();
    });
}

void CoreWorld::to_host(core::SessionId, std::span<const std::byte> frames) {
    pass(trace::Boundary::to_host, frames);
    asked_.insert(asked_.end(), frames.begin(), frames.end());
}

void CoreWorld::log(core::Severity severity, std::string_view line) {
    if (severity == core::Severity::error) throw std::runtime_error(std::string(line));
}

} // namespace offhook::bench
