// SPDX-License-Identifier: Apache-2.0
#include "daemon/daemon.h"

#include "core/handle_table.h"
#include "daemon/wall_clock.h"

#include "wire/service.h"

#include <csignal>
#include <random>

namespace offhook::daemon {

using core::ApplicationId;
using core::ChannelId;
using core::ProviderId;
using core::SessionId;
using core::Severity;
using trace::Boundary;

namespace {

// What of the core's records is no frame.
std::optional<trace::NoteKind> note_kind(core::TraceKind kind) {
    using enum core::TraceKind;
    switch (kind) {
    case session: return trace::NoteKind::session;
    case violation: return trace::NoteKind::violation;
    case stuck: return trace::NoteKind::stuck;
    case provider_call:
    case provider_return:
    case provider_completion:
    case provider_event:
    case application_call:
    case application_result:
    case application_event: break;
    }
    return {};
}

constexpr std::uint64_t idle_check_ms = 1'000;

HostLimits host_limits(const Configuration& configuration) {
    return {.program = configuration.host_program.empty() ? find_host_program() : configuration.host_program,
            .welcome_ms = configuration.host_welcome_ms,
            .exit_ms = configuration.host_exit_ms,
            .sessions_per_load = configuration.sessions_per_load,
            .output_bytes = configuration.output_bytes};
}

ClientLimits client_limits(const Configuration& configuration) {
    return {.output_bytes = configuration.output_bytes,
            .connections = configuration.connections,
            .connections_per_user = configuration.connections_per_user,
            .hello_ms = configuration.hello_ms};
}

std::string registry_path(const Configuration& configuration) {
    return configuration.state + "/registry.sqlite";
}

std::string token_folder(const Configuration& configuration) {
    return configuration.tcp_tokens.empty() ? configuration.state + "/tokens" : configuration.tcp_tokens;
}

// What an application still holds of a service that has ended means nothing to this one.
core::Configuration with_handles_of_its_own(core::Configuration configuration) {
    std::random_device random;
    configuration.first_generation = 1 + random() % core::handle_generations;
    return configuration;
}

} // namespace

Daemon::Daemon(const Configuration& configuration, Log& log, ReadNote read_note, int ready_fd)
    : configuration_(configuration),
      log_(log),
      signals_(loop_, [this](int signal) { signalled(signal); }),
      state_lock_(configuration.state + "/lock", "the registry in " + configuration.state),
      providers_(loop_, registry_path(configuration)),
      readiness_(loop_, ready_fd),
      clients_(loop_, client_limits(configuration), client_callbacks()),
      sessions_(loop_, host_limits(configuration), session_callbacks()),
      list_(providers_, list_callbacks()),
      changes_(loop_, providers_, host_limits(configuration), configuration.provider.call_deadline,
               change_callbacks(std::move(read_note))),
      default_provider_(
          configuration.default_provider, providers_, changes_,
          {.ending = [this] { return stage_ != Stage::running; },
           .log = [this](Severity severity, const std::string& line) { log_.write(severity, line); }}),
      rules_(loop_, configuration.rule_watching, configuration.overdue_ms, rule_callbacks()),
      trace_(loop_, configuration.trace_records, configuration.output_bytes / 2, trace_callbacks()),
      frames_(loop_, configuration.trace_bytes, configuration.output_bytes / 2, frame_trace_callbacks()),
      functions_(loop_,
                 {.version = OFFHOOK_VERSION,
                  .socket = configuration.socket,
                  .registry = registry_path(configuration),
                  .administrators = configuration.administrators},
                 providers_, list_, changes_, trace_, frames_, function_callbacks()),
      core_(*this, with_handles_of_its_own(configuration.provider)) {
    for (const auto& [id, provider] : providers_.all())
        core_now().provider_added(ProviderId{id}, provider.name, provider.library);
    take_sockets();
}

Daemon::~Daemon() = default;

core::Core& Daemon::core_now() {
    core_.set_time(loop_.now());
    return core_;
}

Clients::Callbacks Daemon::client_callbacks() {
    return {
        .core = [this]() -> core::Core& { return core_now(); },
        .user_of_token = [this](Token token) { return tokens_ ? tokens_->user(token) : std::nullopt; },
        .service = [this](const ServiceRequest& request) { functions_.handle(request); },
        .frame =
            [this](ApplicationId id, const Peer& peer, const wire::Frame& frame, std::string& reason) {
                frames_.frame(Boundary::from_application,
                              {.application = static_cast<std::uint32_t>(id), .user = peer.user}, frame);
                return core_now().application_frame(id, frame, reason);
            },
        .connected = [this](ApplicationId id, const Peer& peer) { note_application("connected", id, peer); },
        .gone =
            [this](ApplicationId id, const Peer& peer) {
                note_application("gone", id, peer);
                trace_.application_gone(id);
                frames_.application_gone(id);
            },
        .all_gone = [this] { end_when_idle(); },
        .log = [this](Severity severity, const std::string& line) { log_.write(severity, line); }};
}

Sessions::Callbacks Daemon::session_callbacks() {
    return {.core = [this]() -> core::Core& { return core_now(); },
            .frame =
                [this](SessionId id, const wire::Frame& frame, std::string& reason) {
                    frames_.frame(Boundary::from_host, {.session = static_cast<std::uint32_t>(id)}, frame);
                    rules_.from_host(id, frame);
                    return core_now().host_frame(id, frame, reason);
                },
            .log = [this](Severity severity, const std::string& line) { log_.write(severity, line); },
            .broke = [this](SessionId id, std::string_view text) { rules_.told(id, text); },
            .ended =
                [this](SessionId id) {
                    rules_.ended(id);
                    end_when_idle();
                }};
}

RuleWatch::Callbacks Daemon::rule_callbacks() {
    return {.violation = [this](const core::TraceRecord& record) { keep(record); },
            .log = [this](Severity severity, const std::string& line) { log_.write(severity, line); }};
}

ProviderList::Callbacks Daemon::list_callbacks() {
    return {.snapshot = [this] { return core_now().snapshot(); },
            .peer = [this](ApplicationId id) { return clients_.peer(id); },
            .host_process = [this](SessionId id) { return sessions_.process(id); }};
}

ProviderChanges::Callbacks Daemon::change_callbacks(ReadNote read_note) {
    return {.read_note = std::move(read_note),
            .core = [this]() -> core::Core& { return core_now(); },
            .session_runs = [this](std::uint32_t id) { return sessions_.running(ProviderId{id}); },
            .reconfigure =
                [this](std::uint32_t id, const Settings& settings, const Sessions::Taken& taken) {
                    sessions_.reconfigure(ProviderId{id}, settings, taken);
                },
            .change_of = [this](std::uint32_t id) { return list_.change_of(id); },
            .removed = [this](const std::string& name) { return list_.removed(name); },
            .ended = [this] { end_when_idle(); },
            .changed =
                [this](std::string_view what, const Provider& provider) {
                    if (what == "removed")
                        for (const auto& line : core_now().snapshot().lines)
                            if (line.provider == provider.name) frames_.line_goes(line.handle, line.name);
                    frames_.note({.kind = trace::NoteKind::install, .what = what, .provider = provider.name},
                                 {});
                },
            .log = [this](Severity severity, const std::string& line) { log_.write(severity, line); }};
}

TraceWatch::Callbacks Daemon::trace_callbacks() {
    return {.set_tracing = [this](core::Tracing tracing) { core_now().set_tracing(tracing); },
            .send =
                [this](ApplicationId id, const nlohmann::json& record) {
                    clients_.to_application(
                        id, service_frame(static_cast<std::uint16_t>(wire::ServiceFunction::watch), 0,
                                          {0, record}));
                },
            .queued_bytes = [this](ApplicationId id) { return clients_.queued_bytes(id); }};
}

FrameTrace::Callbacks Daemon::frame_trace_callbacks() {
    return {.send =
                [this](ApplicationId id, const nlohmann::json& part) {
                    clients_.to_application(
                        id, service_frame(static_cast<std::uint16_t>(wire::ServiceFunction::trace), 0,
                                          {0, part}));
                },
            .queued_bytes = [this](ApplicationId id) { return clients_.queued_bytes(id); },
            .names = [this](std::uint64_t time_us,
                            std::optional<uid_t> only_of) { return names_before(time_us, only_of); }};
}

// What a reader of the trace from that time on would have to have read before.
nlohmann::json Daemon::names_before(std::uint64_t time_us, std::optional<uid_t> only_of) {
    const auto snapshot = core_now().snapshot();
    using nlohmann::json;
    json sessions = json::array(), applications = json::array(), calls = json::array(), lines = json::array();
    for (const auto& application : snapshot.applications)
        if (!only_of || application.user == *only_of)
            applications.push_back({application.id, application.name});
    if (!only_of) {
        for (const auto& provider : snapshot.providers)
            if (provider.session != 0) sessions.push_back({provider.session, provider.name});
        for (const auto& line : snapshot.lines) lines.push_back({line.handle, line.name});
        const auto now = wall_clock_ms();
        for (const auto& call : snapshot.calls)
            if (const auto began = now - call.age; call.driver != 0 && began * 1'000 <= time_us)
                calls.push_back({call.session, call.driver, call.call});
    }
    return {{"sessions", sessions}, {"applications", applications}, {"calls", calls}, {"lines", lines}};
}

trace::Peer Daemon::peer_of(ApplicationId id) const {
    const auto* peer = clients_.peer(id);
    return {.application = static_cast<std::uint32_t>(id), .user = peer == nullptr ? 0 : peer->user};
}

void Daemon::note_application(std::string_view what, ApplicationId id, const Peer& peer) {
    frames_.note({.kind = trace::NoteKind::application, .what = what, .text = peer.name},
                 {.application = static_cast<std::uint32_t>(id), .user = peer.user});
}

ServiceFunctions::Callbacks Daemon::function_callbacks() {
    return {.snapshot = [this] { return core_now().snapshot(); },
            .learn_parties = [this] { core_now().learn_parties(); },
            .peer = [this](ApplicationId id) { return clients_.peer(id); },
            .command = [this](ProviderId id, const std::string& command,
                              const Answer& answer) { sessions_.command(id, command, answer); },
            .answer =
                [this](const ServiceRequest& request, const ServiceAnswer& answer) {
                    clients_.to_application(request.application,
                                            service_frame(request.function, request.correlation, answer));
                },
            .log = [this](Severity severity, const std::string& line) { log_.write(severity, line); }};
}

void Daemon::take_sockets() {
    auto socket = socket_from_systemd();
    if (!socket) {
        endpoint_.emplace(configuration_.socket, configuration_.socket_mode, configuration_.socket_group);
        socket = endpoint_->take_socket();
    }
    unix_socket_ = std::move(*socket);
    if (!configuration_.tcp_enabled) return;
    tokens_.emplace(token_folder(configuration_));
    tcp_socket_ = listen_on_loopback(static_cast<std::uint16_t>(configuration_.tcp_port));
}

void Daemon::run() {
    default_provider_.install([this] { begin(); });
    loop_.run();
    log_.write(Severity::info, "offhookd has ended");
}

// Whoever is first sees the default provider's lines already.
void Daemon::begin() {
    if (stage_ != Stage::running) return;
    unix_listener_.emplace(loop_, std::move(unix_socket_), [this](wire::UniqueFd connection) {
        clients_.accept_unix(std::move(connection));
    });
    if (tcp_socket_)
        tcp_listener_.emplace(loop_, std::move(tcp_socket_), [this](wire::UniqueFd connection) {
            clients_.accept_tcp(std::move(connection));
        });
    log_.write(Severity::info, "offhookd " OFFHOOK_VERSION " listens on " + configuration_.socket +
                                   ", registry " + registry_path(configuration_) + ", " +
                                   std::to_string(providers_.all().size()) + " providers");
    readiness_.ready(configuration_.socket);
    if (configuration_.exit_when_idle_s != 0) look_for_work();
}

void Daemon::signalled(int signal) {
    if (signal != SIGHUP) {
        stop(signal == SIGTERM ? "SIGTERM" : "SIGINT");
        return;
    }
    try {
        log_.reopen();
        if (tokens_) tokens_.emplace(token_folder(configuration_));
    } catch (const std::exception& failure) {
        log_.write(Severity::error, failure.what());
    }
}

// Sessions end in order while applications still see what happens to their lines; then the connections end.
void Daemon::stop(std::string_view why) {
    if (stage_ != Stage::running) {
        sessions_.kill_all("the service was told twice to end");
        return;
    }
    stage_ = Stage::ending_sessions;
    log_.write(Severity::info, "ending: " + std::string(why));
    readiness_.stopping();
    unix_listener_.reset();
    tcp_listener_.reset();
    changes_.kill_all("the service is ending");
    core_now().shut_down();
    patience_ = loop_.after(configuration_.provider.shutdown_deadline + configuration_.host_exit_ms,
                            [this] { sessions_.kill_all("the service could not wait any longer"); });
    end_when_idle();
}

void Daemon::end_when_idle() {
    if (stage_ == Stage::ending_sessions && core_.idle() && sessions_.empty() && changes_.empty()) {
        stage_ = Stage::ending_connections;
        trace_.send_records(); // how the last session ended
        frames_.send_entries();
        clients_.end_all("the service has ended");
    }
    if (stage_ == Stage::ending_connections && clients_.empty()) loop_.stop();
}

void Daemon::look_for_work() {
    const bool idle = clients_.empty() && sessions_.empty() && changes_.empty();
    if (!idle || last_work_ == 0) last_work_ = loop_.now();
    if (loop_.now() - last_work_ >= std::uint64_t{configuration_.exit_when_idle_s} * 1'000)
        stop("nobody has used it for " + std::to_string(configuration_.exit_when_idle_s) + " s");
    else idle_check_ = loop_.after(idle_check_ms, [this] { look_for_work(); });
}

void Daemon::to_application(ApplicationId id, std::span<const std::byte> frame) {
    frames_.frames(Boundary::to_application, peer_of(id), frame);
    clients_.to_application(id, frame);
}

void Daemon::to_channel(ChannelId id, std::span<const std::byte> frame) {
    frames_.frames(Boundary::to_channel, peer_of(clients_.application_of(id)), frame);
    clients_.to_channel(id, frame);
}

void Daemon::to_host(SessionId id, std::span<const std::byte> frame) {
    frames_.frames(Boundary::to_host, {.session = static_cast<std::uint32_t>(id)}, frame);
    rules_.to_host(id, frame);
    sessions_.send(id, frame);
}

void Daemon::close_channel(ChannelId id) { clients_.close_channel(id); }

void Daemon::to_host_with_audio(SessionId id, std::span<const std::byte> frame, std::uint32_t stream) {
    frames_.frames(Boundary::to_host, {.session = static_cast<std::uint32_t>(id)}, frame);
    rules_.to_host(id, frame);
    sessions_.send_with_descriptor(id, frame, audio_.open(stream));
}

void Daemon::to_application_with_audio(ApplicationId id, std::span<const std::byte> frame,
                                       std::uint32_t stream) {
    frames_.frames(Boundary::to_application, peer_of(id), frame);
    clients_.to_application(id, frame, audio_.take(stream));
}

void Daemon::discard_audio(std::uint32_t stream) { audio_.discard(stream); }
void Daemon::parties_learned() { functions_.parties_learned(); }

void Daemon::start_host(ProviderId id, SessionId session) {
    const auto number = static_cast<std::uint32_t>(id);
    const auto* installed = providers_.find(number);
    const std::string name = installed == nullptr ? "a removed provider" : installed->name;
    sessions_.begin(session, id, name);
    rules_.begins(session, name);
    providers_.activate(number, [this, number, session](const std::string& error) {
        const auto* provider = providers_.find(number);
        if (!error.empty() || provider == nullptr) {
            sessions_.fail(session, error.empty() ? "the provider was removed" : error);
            return;
        }
        sessions_.start(session, {.mode = wire::HostMode::session,
                                  .provider = number,
                                  .library = provider->library,
                                  .needs = provider->needs,
                                  .configuration = provider->active});
    });
}

void Daemon::stop_host(SessionId session, Stop how) { sessions_.stop(session, how); }

void Daemon::start_timer(core::TimerId id, std::uint32_t milliseconds) {
    const auto number = static_cast<std::uint32_t>(id);
    timers_.insert_or_assign(number, loop_.after(milliseconds, [this, id, number] {
        timers_.erase(number);
        core_now().timer_expired(id);
    }));
}

void Daemon::cancel_timer(core::TimerId id) { timers_.erase(static_cast<std::uint32_t>(id)); }
void Daemon::log(Severity severity, std::string_view line) { log_.write(severity, line); }

void Daemon::trace(const core::TraceRecord& record) {
    if (record.kind == core::TraceKind::session) log_session(record);
    if (record.kind == core::TraceKind::violation) rules_.core_saw(record);
    else keep(record);
}

// Its beginning and its end; one that is lost is an error, which the core logs with what comes next.
void Daemon::log_session(const core::TraceRecord& record) {
    if (record.what != "running" && record.what != "ended") return;
    log_.write(Severity::info, "the session of " + std::string(record.provider) +
                                   (record.what == "ended" ? " has ended" : " is running"));
}

void Daemon::keep(const core::TraceRecord& record) {
    trace_.add(record);
    const auto kind = note_kind(record.kind);
    if (!kind) return; // the ring has its frame
    frames_.note({.kind = *kind,
                  .what = record.what,
                  .provider = record.provider,
                  .text = record.text,
                  .rule = record.rule,
                  .line = static_cast<std::uint32_t>(record.line),
                  .call = static_cast<std::uint32_t>(record.call),
                  .request = record.request},
                 {.session = record.session});
}

} // namespace offhook::daemon
