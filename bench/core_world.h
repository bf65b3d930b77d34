// SPDX-License-Identifier: Apache-2.0
//
// The least that a core needs around it: one application, and one host whose provider answers everything at
// once. It builds frames into buffers that it keeps, so that the core is what takes the time.
#pragma once

#include "core/arguments.h"
#include "core/core.h"
#include "trace/entry.h"
#include "wire/events.h"

#include <functional>
#include <vector>

namespace offhook::bench {

class CoreWorld final : public core::Environment {
  public:
    // Sees whatever passes the core, as the daemon's trace and rule monitor do.
    using Onlooker = std::function<void(trace::Boundary, std::span<const std::byte> frames)>;

    explicit CoreWorld(std::uint32_t lines, Onlooker onlooker = {});

    // Opens a line as its calls' owner; its HLINE.
    std::uint32_t open_line(std::uint32_t device);
    // Makes a call and lets it be connected; its HCALL.
    std::uint32_t make_call(std::uint32_t line);
    // Drops it and gives it back, after which nobody knows it.
    void end_call(std::uint32_t call);
    // Lets the provider send `count` events about the call of the last make_call, in one batch.
    void send_events(std::size_t count);

    std::uint64_t events_delivered() const { return events_; }

    // core::Environment
    void to_application(core::ApplicationId, std::span<const std::byte>) override;
    void to_channel(core::ChannelId, std::span<const std::byte>) override;
    void to_host(core::SessionId, std::span<const std::byte>) override;
    void close_channel(core::ChannelId) override {}
    void to_host_with_audio(core::SessionId, std::span<const std::byte>, std::uint32_t) override {}
    void to_application_with_audio(core::ApplicationId, std::span<const std::byte>, std::uint32_t) override {}
    void discard_audio(std::uint32_t) override {}
    void start_host(core::ProviderId, core::SessionId session) override { session_ = session; }
    void stop_host(core::SessionId, Stop) override {}
    void start_timer(core::TimerId, std::uint32_t) override {}
    void cancel_timer(core::TimerId) override {}
    void parties_learned() override {}
    void log(core::Severity, std::string_view line) override;
    void trace(const core::TraceRecord&) override {}

  private:
    // The result; what the function gives back is in outputs_.
    template <abi::Tapi F> std::int32_t call(const core::Arguments<F>& arguments, std::uint64_t channel = 0);
    // Answers what the core has asked of the host, until it asks nothing more.
    void serve_host();
    void answer(const wire::Frame& asked);
    void to_core_from_host();
    void add_call_state(std::uint64_t driver_call, std::uint32_t state);
    void pass(trace::Boundary, std::span<const std::byte> frames) const;

    Onlooker onlooker_;
    core::SessionId session_{}; // before the core, which starts it
    core::Core core_;
    core::ApplicationId application_{};
    std::uint32_t lines_;
    std::uint32_t line_app_ = 0;
    std::vector<std::byte> from_application_, asked_, taken_, from_host_;
    abi::Tapi called_{};
    std::int32_t result_ = 0;
    wire::Values outputs_{};
    std::uint64_t driver_call_ = 0; // of the last make_call
    std::uint32_t new_call_ = 0;
    std::uint64_t events_ = 0;
};

} // namespace offhook::bench
