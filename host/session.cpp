// SPDX-License-Identifier: Apache-2.0
#include "host/session.h"

#include "host/running_call.h"
#include "wire/codec.h"

#include <utility>

namespace offhook::host {
namespace {

using abi::Tspi;

constexpr bool changes_configuration(Tspi function) {
    return function == Tspi::providerInstall || function == Tspi::providerConfig ||
           function == Tspi::providerRemove;
}

constexpr bool is_phone(Tspi function) { return abi::row(function).scope == abi::Scope::phone; }

constexpr LONG unavailable(Tspi function) {
    return is_phone(function) ? PHONEERR_OPERATIONUNAVAIL : LINEERR_OPERATIONUNAVAIL;
}

// An output that could not even hold dwTotalSize, dwNeededSize and dwUsedSize (R031).
bool has_tiny_output(const abi::TspiFunction& row, const wire::Values& inputs) {
    for (std::size_t i = 0; i < row.count; ++i)
        if (wire::detail::carries_total_size(row.parameters[i]) && !inputs[i].null && inputs[i].number < 12)
            return true;
    return false;
}

} // namespace

Session::Session(std::size_t number, const wire::HostHello& hello, Outbox& outbox, Log& log, Ending& ending)
    : mode_(hello.mode),
      outbox_(outbox),
      log_(log),
      ending_(ending),
      services_(hello.configuration, outbox, log),
      callbacks_(number, outbox, log, requests_, handles_, [this](const Fault& fault) { fail(fault.text); }),
      lanes_(max_concurrent_calls) {}

void Session::fail(std::string_view reason) {
    outbox_.say_goodbye(reason); // before the end is asked for: it must not come too late
    flush();
    ending_.request(Ending::Cause::fault);
}

void Session::flush() {
    if (!outbox_.flush()) ending_.request(Ending::Cause::service_left);
}

bool Session::attach(const Library& library) {
    library_ = &library;
    const auto attach = library.attach();
    const auto result = attach == nullptr ? 0 : attach(services_.table());
    if (result < 0) fail("OFFHOOK_providerAttach failed with " + std::to_string(result));
    return result >= 0;
}

void Session::begin() {
    outbox_.append({.kind = wire::FrameKind::welcome}, Outbox::When::flushed_next,
                   [&](wire::FrameWriter& to) { to.block(library_->exported()); });
    lanes_.open();
    flush();
}

void Session::frame(const wire::Frame& frame, wire::UniqueFd descriptor) {
    switch (frame.header.kind) {
    case wire::FrameKind::call: return call_frame(frame, std::move(descriptor));
    case wire::FrameKind::grant:
        if (!grant(frame)) fail("a grant is malformed");
        return;
    case wire::FrameKind::service: return service_frame(frame);
    case wire::FrameKind::goodbye: return service_left();
    case wire::FrameKind::hello:
    case wire::FrameKind::welcome:
    case wire::FrameKind::result:
    case wire::FrameKind::completion:
    case wire::FrameKind::event:
    case wire::FrameKind::dialog:
    case wire::FrameKind::log: return fail("a frame of a kind that a host does not take");
    }
}

bool Session::grant(const wire::Frame& frame) {
    switch (frame.header.function) {
    case LINE_NEWCALL: return handles_.calls.grant(frame.payload);
    case LINE_CREATEDIALOGINSTANCE: return handles_.dialogs.grant(frame.payload);
    default: return false;
    }
}

void Session::call_frame(const wire::Frame& frame, wire::UniqueFd descriptor) {
    const auto& header = frame.header;
    if (header.function >= Library::functions) return fail("a call of a function that is not in the table");
    Call call;
    call.function = static_cast<Tspi>(header.function);
    call.correlation = header.correlation;
    call.lane = header.sequence;
    const auto& row = abi::row(call.function);
    wire::Values inputs;
    if (!wire::decode_down(row, frame.payload, inputs))
        return fail("the inputs of " + std::string(row.name) + " are malformed");
    if (header.flags & wire::flag_descriptor) {
        if (!descriptor)
            return fail("a call of " + std::string(row.name) + " without the descriptor that it announces");
        const auto direction =
            OFFHOOK_AUDIO_HEAR | (header.flags & wire::flag_speak ? OFFHOOK_AUDIO_SPEAK : 0);
        call.audio = AudioStream{std::move(descriptor), direction};
    }
    if (!has_tiny_output(row, inputs)) call.memory = std::make_shared<CallMemory>(row, inputs);
    lanes_.add(std::move(call));
}

void Session::service_frame(const wire::Frame& frame) {
    wire::PayloadReader from(frame.payload);
    Call call;
    call.correlation = frame.header.correlation;
    call.lane = lane_of_commands;
    if (frame.header.function == wire::host_command) call.command.emplace(from.utf8());
    if (frame.header.function == wire::host_reconfigure) wire::read(from, call.configuration.emplace());
    if (!(call.command || call.configuration) || !from.finished() || mode_ != wire::HostMode::session)
        return fail("a frame of the service that a host does not take");
    lanes_.add(std::move(call));
}

void Session::run_command(Call& call) {
    std::string reply(room_for_reply, '\0');
    auto size = static_cast<std::uint32_t>(reply.size());
    std::int32_t result = LINEERR_OPERATIONUNAVAIL;
    if (const auto command = library_->command(); command != nullptr) {
        const RunningCall running(call);
        result = command(call.command->c_str(), reply.data(), &size);
    } else {
        size = 0;
    }
    reply.resize(std::min<std::size_t>(size, reply.size()));
    reply.resize(std::min(reply.size(), reply.find('\0'))); // without its NUL, or what was never written
    outbox_.append({.kind = wire::FrameKind::service,
                    .function = wire::host_command,
                    .correlation = call.correlation,
                    .result = result},
                   Outbox::When::flushed_next, [&](wire::FrameWriter& to) { to.utf8(reply); });
}

// The session's configuration is the new one when the provider has taken it over, and only then.
void Session::reconfigure(Call& call) {
    std::int32_t result = LINEERR_OPERATIONUNAVAIL;
    if (const auto take_over = library_->reconfigure(); take_over != nullptr && is_initialized()) {
        const RunningCall running(call);
        const Services changed(*call.configuration, outbox_, log_);
        result = take_over(changed.table());
        if (result == 0) services_.replace(*call.configuration);
    }
    outbox_.append({.kind = wire::FrameKind::service,
                    .function = wire::host_reconfigure,
                    .correlation = call.correlation,
                    .result = result},
                   Outbox::When::flushed_next, [](wire::FrameWriter&) {});
}

bool Session::is_initialized() {
    const std::lock_guard lock(mutex_);
    return initialized_.has_value();
}

bool Session::offers(Tspi function) const {
    return library_->exports(function) &&
           changes_configuration(function) == (mode_ == wire::HostMode::change);
}

LONG Session::refusal(const Call& call) const {
    if (!offers(call.function)) return unavailable(call.function);
    if (!call.memory) return is_phone(call.function) ? PHONEERR_STRUCTURETOOSMALL : LINEERR_STRUCTURETOOSMALL;
    return 0;
}

void Session::make(Call call) {
    if (call.command || call.configuration) {
        if (call.command) run_command(call);
        else reconfigure(call);
        return lanes_.done(call);
    }
    auto result = refusal(call);
    if (result == 0) {
        result = enter(call);
        after(call, result);
    } else {
        call.memory = nullptr;
    }
    // Before the service hears of it, for then it may begin the next session.
    if (call.function == Tspi::providerShutdown) callbacks_.session_is_over();
    answer(call, result);
    lanes_.done(call);
}

LONG Session::enter(Call& call) {
    const RunningCall running(call);
    std::optional<Services::Change> change;
    if (changes_configuration(call.function)) change.emplace(services_);
    before(call);
    return library_->call(call.function, call.memory->arguments(), callbacks_.procedures());
}

void Session::before(const Call& call) {
    const auto& row = abi::row(call.function);
    const auto& memory = *call.memory;
    const auto late = has_late_outputs(row) ? call.memory : nullptr;
    if (row.mode == abi::Mode::async)
        requests_.begin(static_cast<std::uint32_t>(memory.number("dwRequestID")), {call.function, late});
    else if (late && memory.number("dwNumDigits") != 0)
        requests_.gathering(memory.number("hdCall"),
                            static_cast<std::uint32_t>(memory.number("dwEndToEndID")), late);
    if (call.function == Tspi::providerShutdown) {
        const std::lock_guard lock(mutex_);
        initialized_.reset();
    }
}

void Session::after(const Call& call, LONG result) {
    const auto& memory = *call.memory;
    if (abi::row(call.function).mode == abi::Mode::async && result < 0)
        requests_.end(static_cast<std::uint32_t>(memory.number("dwRequestID")));
    if (call.function == Tspi::lineGatherDigits && result != 0 && memory.number("dwNumDigits") != 0)
        requests_.not_gathering(memory.number("hdCall"),
                                static_cast<std::uint32_t>(memory.number("dwEndToEndID")));
    if (call.function == Tspi::lineCloseCall) requests_.call_closed(memory.number("hdCall"));
    if (call.function != Tspi::providerInit || result != 0) return;
    wire::Values outputs;
    if (memory.outputs(abi::Fill::at_return, outputs)) return; // reported by answer()
    const auto options = outputs[memory.row().index_of("lpdwTSPIOptions")].number;
    if (options & LINETSPIOPTION_NONREENTRANT) lanes_.one_at_a_time();
    const std::lock_guard lock(mutex_);
    initialized_ = {static_cast<std::uint32_t>(memory.number("dwTSPIVersion")),
                    static_cast<std::uint32_t>(memory.number("dwPermanentProviderID"))};
}

void Session::answer(const Call& call, LONG result) {
    wire::Values outputs;
    if (call.memory) {
        auto fault = call.memory->overrun();
        if (!fault && result >= 0) fault = call.memory->outputs(abi::Fill::at_return, outputs);
        if (fault) return fail(fault->text);
    }
    outbox_.append({.kind = wire::FrameKind::result,
                    .function = static_cast<std::uint16_t>(call.function),
                    .correlation = call.correlation,
                    .result = result},
                   Outbox::When::flushed_next, [&](wire::FrameWriter& to) {
                       if (result >= 0)
                           wire::encode_up(abi::row(call.function), abi::Fill::at_return, to, outputs);
                   });
}

void Session::shut_down() {
    lanes_.close();
    const bool idle = lanes_.wait_until_idle(patience_at_end);
    std::unique_lock lock(mutex_);
    const auto owed = std::exchange(initialized_, std::nullopt);
    lock.unlock();
    if (owed && library_->exports(Tspi::providerShutdown) && (idle || !lanes_.enters_one_at_a_time())) {
        wire::Values inputs;
        const auto& row = abi::row(Tspi::providerShutdown);
        inputs[row.index_of("dwTSPIVersion")].number = owed->version;
        inputs[row.index_of("dwPermanentProviderID")].number = owed->provider;
        const CallMemory memory(row, inputs);
        library_->call(Tspi::providerShutdown, memory.arguments(), callbacks_.procedures());
    }
}

} // namespace offhook::host
