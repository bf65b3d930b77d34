// SPDX-License-Identifier: Apache-2.0
//
// The life cycle: sessions of providers, lines, calls, requests, privileges, and the events that applications
// see. Inputs come in here, outputs go out through Environment. One thread; no input may be given while
// another runs.
#pragma once

#include "core/configuration.h"
#include "core/environment.h"
#include "core/snapshot.h"
#include "wire/frame.h"

#include <memory>
#include <string>

namespace offhook::core {

class State;

// When the running session of a provider that was configured anew or removed ends, so that the next begins
// with the change (core/changeover.cpp).
enum class Changeover : std::uint8_t {
    when_unused,    // no application has one of its devices open any more
    when_calls_end, // its last call has ended, and it gets no new ones
    at_once,        // its calls end with it
};

class Core {
  public:
    // The environment outlives the core.
    Core(Environment&, Configuration);
    ~Core();
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    // Milliseconds since any fixed moment, never decreasing. Set before an input whenever time has passed.
    void set_time(std::uint64_t milliseconds);
    void set_tracing(Tracing);

    // The registry's providers: added at the start and when one is installed. `library` is what
    // lineGetProviderList shows.
    void provider_added(ProviderId, std::string name, std::string library);
    // A new configuration is ready for the next session, or there shall be none; the running one keeps what
    // it began with until it ends (R003, R102).
    void provider_changed(ProviderId, Changeover);
    void provider_removed(ProviderId, Changeover);

    // An application connected; `user` is the peer's uid, `name` for people. Its events connections are
    // announced with the channel that the environment chose. A channel that is lost ends the HLINEAPP that
    // uses it.
    ApplicationId application_connected(std::uint32_t user, std::string name);
    void channel_opened(ApplicationId, ChannelId);
    void channel_lost(ChannelId);
    void application_gone(ApplicationId);

    // A frame of kind call from an application. False: it was malformed, and the connection is to be closed
    // with `reason`; application_gone follows.
    bool application_frame(ApplicationId, const wire::Frame&, std::string& reason);

    // The host said welcome: which TSPI functions the library exports, a byte each.
    void host_ready(SessionId, std::span<const std::byte> exported);
    // A frame of kind result, completion or event. False: the host broke the protocol; the environment kills
    // it and reports host_gone.
    bool host_frame(SessionId, const wire::Frame&, std::string& reason);
    // The process has ended (or could not be started): the one path of session loss.
    void host_gone(SessionId, std::string reason);

    void timer_expired(TimerId);

    // Shuts all sessions down in order and starts no more; idle() becomes true when the last host is gone.
    void shut_down();
    bool idle() const;

    Snapshot snapshot() const;
    // Asks the providers for the parties of the calls whose parties the snapshot does not know. When all have
    // answered, perhaps at once, the environment's parties_learned is called.
    void learn_parties();

  private:
    std::unique_ptr<State> state_;
};

} // namespace offhook::core
