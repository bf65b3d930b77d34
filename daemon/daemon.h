// SPDX-License-Identifier: Apache-2.0
//
// The service: the core's environment, made of the parts around it.
#pragma once

#include "core/core.h"
#include "daemon/audio_ends.h"
#include "daemon/clients.h"
#include "daemon/configuration.h"
#include "daemon/default_provider.h"
#include "daemon/frame_trace.h"
#include "daemon/listener.h"
#include "daemon/log.h"
#include "daemon/provider_changes.h"
#include "daemon/provider_list.h"
#include "daemon/readiness.h"
#include "daemon/rule_watch.h"
#include "daemon/service_functions.h"
#include "daemon/sessions.h"
#include "daemon/signals.h"
#include "daemon/trace_watch.h"

namespace offhook::daemon {

class Daemon : private core::Environment {
  public:
    // Opens everything; throws what a person can read. ready_fd: readiness.h
    Daemon(const Configuration&, Log&, ReadNote, int ready_fd);
    ~Daemon() override;

    // Until it is told to stop and all sessions have ended.
    void run();

  private:
    void to_application(core::ApplicationId, std::span<const std::byte> frame) override;
    void to_channel(core::ChannelId, std::span<const std::byte> frame) override;
    void to_host(core::SessionId, std::span<const std::byte> frame) override;
    void close_channel(core::ChannelId) override;
    void to_host_with_audio(core::SessionId, std::span<const std::byte> frame, std::uint32_t stream) override;
    void to_application_with_audio(core::ApplicationId, std::span<const std::byte> frame,
                                   std::uint32_t stream) override;
    void discard_audio(std::uint32_t stream) override;
    void parties_learned() override;
    void start_host(core::ProviderId, core::SessionId) override;
    void stop_host(core::SessionId, Stop) override;
    void start_timer(core::TimerId, std::uint32_t milliseconds) override;
    void cancel_timer(core::TimerId) override;
    void log(core::Severity, std::string_view line) override;
    void trace(const core::TraceRecord&) override;

    core::Core& core_now();
    Clients::Callbacks client_callbacks();
    Sessions::Callbacks session_callbacks();
    ProviderList::Callbacks list_callbacks();
    ProviderChanges::Callbacks change_callbacks(ReadNote);
    RuleWatch::Callbacks rule_callbacks();
    TraceWatch::Callbacks trace_callbacks();
    void log_session(const core::TraceRecord&);
    void keep(const core::TraceRecord&); // for those who watch, and in the trace
    FrameTrace::Callbacks frame_trace_callbacks();
    nlohmann::json names_before(std::uint64_t time_us, std::optional<uid_t> only_of);
    trace::Peer peer_of(core::ApplicationId) const;
    void note_application(std::string_view what, core::ApplicationId, const Peer&);
    ServiceFunctions::Callbacks function_callbacks();
    void take_sockets();
    void begin();
    void signalled(int signal);
    void stop(std::string_view why);
    void end_when_idle();
    void look_for_work();

    Configuration configuration_;
    Log& log_;
    EventLoop loop_;
    Signals signals_;
    LockFile state_lock_;
    Providers providers_;
    Readiness readiness_;
    std::optional<UserTokens> tokens_;
    AudioEnds audio_;
    Clients clients_;
    Sessions sessions_;
    ProviderList list_;
    ProviderChanges changes_;
    DefaultProvider default_provider_;
    RuleWatch rules_;
    TraceWatch trace_;
    FrameTrace frames_;
    ServiceFunctions functions_;
    std::unordered_map<std::uint32_t, EventLoop::Timer> timers_; // the core's, by number
    core::Core core_;
    std::optional<UnixEndpoint> endpoint_;    // none: systemd gave the socket
    wire::UniqueFd unix_socket_, tcp_socket_; // who connects waits until the service begins
    std::optional<Listener> unix_listener_;
    std::optional<Listener> tcp_listener_;
    enum class Stage : std::uint8_t { running, ending_sessions, ending_connections };
    Stage stage_ = Stage::running;
    EventLoop::Timer patience_; // of the end
    EventLoop::Timer idle_check_;
    std::uint64_t last_work_ = 0;
};

} // namespace offhook::daemon
