// SPDX-License-Identifier: Apache-2.0
//
// What the core asks of the world around it. The core itself has no I/O, no threads and no clock: everything
// it does is a call of one of these functions, made while one of the Core's inputs runs. None of them may
// call the Core.
#pragma once

#include "core/trace.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace offhook::core {

// Names given by the core or its environment; never reused while the service runs.
enum class ApplicationId : std::uint32_t {}; // one calls connection; given by the core
enum class ChannelId : std::uint32_t {};     // one events connection; given by the environment, from 1
enum class SessionId : std::uint32_t {}; // one provider session, that is, one host process; given by the core
enum class ProviderId : std::uint32_t {}; // the permanent provider id of the registry
enum class TimerId : std::uint32_t {};    // given by the core

enum class Severity : std::uint8_t { error, warning, info, debug };

// The direction of an audio stream as its application sees it: owners speak and hear, monitors hear.
enum class Audio : std::uint8_t { hear, speak };

class Environment {
  public:
    virtual ~Environment() = default;

    // Sends one or more whole frames (wire/README.md). The bytes are valid only during the call. A peer that
    // is gone or is about to be closed swallows them.
    virtual void to_application(ApplicationId, std::span<const std::byte> frame) = 0;
    virtual void to_channel(ChannelId, std::span<const std::byte> frame) = 0;
    virtual void to_host(SessionId, std::span<const std::byte> frame) = 0;

    // The application is done with this events connection: send what is queued, then close it.
    virtual void close_channel(ChannelId) = 0;

    // Audio (TSPI_lineGetID for offhook/audio). to_host_with_audio makes a socket pair, sends one end along
    // with the frame (whose flags the core has set) and keeps the other under the stream's number, given by
    // the core. Then exactly one of: to_application_with_audio sends the kept end along with the frame;
    // discard_audio closes it.
    virtual void to_host_with_audio(SessionId, std::span<const std::byte> frame, std::uint32_t stream) = 0;
    virtual void to_application_with_audio(ApplicationId, std::span<const std::byte> frame,
                                           std::uint32_t stream) = 0;
    virtual void discard_audio(std::uint32_t stream) = 0;

    // Starts a host process for a session of this provider, with the provider's active configuration (a
    // pending one becomes active now). Answered by Core::host_ready or Core::host_gone, later.
    virtual void start_host(ProviderId, SessionId) = 0;
    // orderly: closes the host's socket, so that it exits by itself; force: kills it. Answered by
    // Core::host_gone, later.
    enum class Stop : std::uint8_t { orderly, force };
    virtual void stop_host(SessionId, Stop) = 0;

    // Calls Core::timer_expired once, after so many milliseconds, unless cancelled before.
    virtual void start_timer(TimerId, std::uint32_t milliseconds) = 0;
    virtual void cancel_timer(TimerId) = 0;

    // What Core::learn_parties asked of the providers has been answered.
    virtual void parties_learned() = 0;

    virtual void log(Severity, std::string_view line) = 0;
    // What is rare (session, violation, stuck) always, the rest only while Core::set_tracing(Tracing::on).
    virtual void trace(const TraceRecord&) = 0;
};

} // namespace offhook::core
