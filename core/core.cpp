// SPDX-License-Identifier: Apache-2.0
#include "core/core.h"

#include "core/state.h"

namespace offhook::core {

Core::Core(Environment& environment, Configuration configuration)
    : state_(std::make_unique<State>(environment, configuration)) {}
Core::~Core() = default;

void Core::set_time(std::uint64_t milliseconds) { state_->set_time(milliseconds); }
void Core::set_tracing(Tracing tracing) { state_->set_tracing(tracing); }
void Core::provider_added(ProviderId id, std::string name, std::string library) {
    state_->provider_added(id, std::move(name), std::move(library));
}
void Core::provider_changed(ProviderId id, Changeover when) { state_->provider_changed(id, when); }
void Core::provider_removed(ProviderId id, Changeover when) { state_->provider_removed(id, when); }
ApplicationId Core::application_connected(std::uint32_t user, std::string name) {
    return state_->application_connected(user, std::move(name));
}
void Core::channel_opened(ApplicationId id, ChannelId channel) { state_->channel_opened(id, channel); }
void Core::channel_lost(ChannelId channel) {
    state_->channel_lost(channel);
    state_->end_free_sessions();
}
void Core::application_gone(ApplicationId id) {
    state_->application_gone(id);
    state_->end_free_sessions();
}
bool Core::application_frame(ApplicationId id, const wire::Frame& frame, std::string& reason) {
    const bool sound = state_->application_frame(id, frame, reason);
    state_->end_free_sessions();
    return sound;
}
void Core::host_ready(SessionId id, std::span<const std::byte> exported) { state_->host_ready(id, exported); }
bool Core::host_frame(SessionId id, const wire::Frame& frame, std::string& reason) {
    const bool sound = state_->host_frame(id, frame, reason);
    state_->end_free_sessions();
    return sound;
}
void Core::host_gone(SessionId id, std::string reason) { state_->host_gone(id, std::move(reason)); }
void Core::timer_expired(TimerId timer) {
    state_->timer_expired(timer);
    state_->end_free_sessions();
}
void Core::shut_down() { state_->shut_down(); }
bool Core::idle() const { return state_->idle(); }
Snapshot Core::snapshot() const { return state_->snapshot(); }
void Core::learn_parties() { state_->learn_parties(); }

} // namespace offhook::core
