// SPDX-License-Identifier: Apache-2.0
#include "certify/host.h"

namespace offhook::certify {

Host::Host(const Target& target, const Configuration& configuration, rules::Monitor& monitor,
           Traffic& traffic, std::size_t credit)
    : target_(target),
      monitor_(monitor),
      traffic_(traffic),
      credit_(credit),
      connection_(connect()) {
    hello(configuration);
}

std::unique_ptr<Connection> Host::connect() {
    return std::make_unique<Connection>(target_, [this](const wire::Frame& frame) { arrived(frame); });
}

void Host::hello(const Configuration& configuration) {
    ++sessions_;
    granted_ = 0;
    welcomed_ = false;
    send(frame_of(hello_of(target_, configuration, wire::HostMode::session)));
    connection_->take_until([&] { return welcomed_; }, "it was not ready in time");
    grant();
}

void Host::next_session(const Configuration& configuration, Where where) {
    if (where == Where::new_process || sessions_ == wire::max_sessions_per_load) {
        connection_ = connect();
        sessions_ = 0;
    }
    hello(configuration);
}

// Handles for calls that the provider announces (R072).
void Host::grant() {
    if (granted_ >= credit_ || !lost().empty()) return;
    std::vector<std::byte> frame;
    wire::FrameWriter to(frame, {.kind = wire::FrameKind::grant, .function = LINE_NEWCALL});
    for (; granted_ < credit_; ++granted_) to.number(next_granted_++);
    to.finish();
    send(frame);
}

void Host::send(std::span<const std::byte> frame, std::uint64_t line) {
    if (!lost().empty()) return;
    if (const auto parsed = wire::parse_frame(frame); parsed.frame) traffic_.to_provider(*parsed.frame, line);
    monitor_.to_host(frame);
    connection_->send(frame);
}

void Host::arrived(const wire::Frame& frame) {
    traffic_.from_provider(frame);
    monitor_.from_host(frame);
    const auto& header = frame.header;
    switch (header.kind) {
    case wire::FrameKind::welcome: {
        wire::PayloadReader from(frame.payload);
        const auto exported = from.block();
        exported_.assign(exported.bytes.begin(), exported.bytes.end());
        welcomed_ = true;
        return;
    }
    case wire::FrameKind::service:
        if (header.function == wire::host_command || header.function == wire::host_reconfigure) {
            wire::PayloadReader from(frame.payload);
            served_ = {header.result,
                       header.function == wire::host_command ? std::string(from.utf8()) : std::string()};
        }
        if (wire::HostRetained retained;
            header.function == wire::host_retained && wire::read(frame.payload, retained))
            monitor_.retained(retained);
        return;
    case wire::FrameKind::event:
        if (header.function == LINE_NEWCALL && granted_ != 0) --granted_;
        return;
    case wire::FrameKind::result:
        posted_.erase(header.correlation);
        if (header.correlation != awaited_) return;
        answer_.emplace();
        answer_->returned = true;
        answer_->result = header.result;
        answer_->payload.assign(frame.payload.begin(), frame.payload.end());
        if (header.result >= 0 &&
            !wire::decode_up(abi::row(asked_), abi::Fill::at_return, answer_->payload, answer_->outputs))
            answer_->outputs = {};
        return;
    case wire::FrameKind::hello:
    case wire::FrameKind::goodbye: // the connection's
    case wire::FrameKind::call:
    case wire::FrameKind::completion:
    case wire::FrameKind::grant:
    case wire::FrameKind::dialog: return;
    case wire::FrameKind::log: return traffic_.log(frame);
    }
}

// The name of the line that a function is about; 0: it is about none.
std::uint64_t Host::line_of(const Inputs& inputs) const {
    const auto number = [&](std::string_view name) -> std::uint64_t {
        return inputs.has(name) ? inputs.values().at(inputs.row().index_of(name)).number : 0;
    };
    if (const auto opened = number("htLine"); opened != 0) return opened;
    const auto& books = monitor_.books();
    for (const auto* call_named : {"hdCall", "hdActiveCall", "hdConfCall"})
        if (const auto* call = books.call_of(number(call_named)); call != nullptr) return call->line;
    if (const auto driver = number("hdLine"); driver != 0)
        for (const auto& [name, line] : books.lines)
            if (line.driver == driver) return name;
    return 0;
}

std::uint32_t Host::enter(const Inputs& inputs, std::uint64_t lane) {
    std::vector<std::byte> frame;
    const auto correlation = next_correlation_++;
    wire::FrameWriter to(frame, {.kind = wire::FrameKind::call,
                                 .function = static_cast<std::uint16_t>(inputs.function()),
                                 .correlation = correlation,
                                 .sequence = lane});
    wire::encode_down(inputs.row(), to, inputs.values());
    to.finish();
    send(frame, line_of(inputs));
    return correlation;
}

Answer Host::call(Inputs inputs, std::uint64_t lane) {
    answer_.reset();
    asked_ = inputs.function();
    awaited_ = enter(inputs, lane);
    connection_->take_until([&] { return answer_.has_value(); },
                            std::string(inputs.row().name) + " did not return in " +
                                std::to_string(target_.hang.count()) + " ms");
    grant();
    return answer_ ? std::move(*answer_) : Answer{};
}

void Host::post(const Inputs& inputs, std::uint64_t lane) { posted_.insert(enter(inputs, lane)); }

void Host::await_posted() {
    connection_->take_until([&] { return posted_.empty(); },
                            "functions that close have not all returned in " +
                                std::to_string(target_.hang.count()) + " ms");
    posted_.clear();
    grant();
}

template <class Write>
CommandReply Host::serve(std::uint16_t function, const std::string& what, Write&& payload) {
    std::vector<std::byte> frame;
    wire::FrameWriter to(
        frame, {.kind = wire::FrameKind::service, .function = function, .correlation = next_correlation_++});
    payload(to);
    to.finish();
    served_.reset();
    send(frame);
    connection_->take_until([&] { return served_.has_value(); }, what + " did not return");
    if (served_) traffic_.note("service", what, served_->result, served_->text);
    return served_.value_or(CommandReply{LINEERR_OPERATIONFAILED, {}});
}

CommandReply Host::command(std::string_view text) {
    return serve(wire::host_command, "the command \"" + std::string(text) + "\"",
                 [&](wire::FrameWriter& to) { to.utf8(text); });
}

std::int32_t Host::reconfigure(const Configuration& configuration) {
    return serve(wire::host_reconfigure, "OFFHOOK_providerReconfigure",
                 [&](wire::FrameWriter& to) { wire::write(to, configuration); })
        .result;
}

void Host::listen(std::chrono::milliseconds quiet) {
    const auto longest = Clock::now() + target_.hang; // who never falls silent is not waited for
    while (lost().empty() && Clock::now() < longest && connection_->take(Clock::now() + quiet)) {
    }
    grant();
}

} // namespace offhook::certify
