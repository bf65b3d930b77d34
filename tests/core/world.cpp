// SPDX-License-Identifier: Apache-2.0
#include "tests/core/world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace offhook::test {

World::World(Choices& choices, core::Configuration configuration, MakeHost make_host)
    : choices_(choices),
      make_host_(std::move(make_host)),
      core_(*this, configuration) {
    if (std::getenv("OFFHOOK_TRACE") != nullptr) core_.set_tracing(core::Tracing::on);
}

HostModel* World::host(std::uint32_t session) {
    const auto found = hosts_.find(session);
    return found == hosts_.end() ? nullptr : found->second.model.get();
}

std::uint32_t World::connect(ApplicationModel& model) {
    const auto id = static_cast<std::uint32_t>(core_.application_connected(1000, "simulated"));
    peers_[id].model = &model;
    return id;
}

std::uint32_t World::open_channel(std::uint32_t application) {
    const auto channel = next_channel_++;
    channels_[channel].application = application;
    core_.channel_opened(core::ApplicationId{application}, core::ChannelId{channel});
    return channel;
}

void World::disconnect(std::uint32_t application) {
    if (peers_.erase(application) == 0) return;
    std::erase_if(channels_, [&](const auto& entry) { return entry.second.application == application; });
    for (auto* observer : observers_) observer->application_lost(application);
    core_.set_time(now_);
    core_.application_gone(core::ApplicationId{application});
}

void World::lose_channel(std::uint32_t channel) {
    if (channels_.erase(channel) == 0) return;
    for (auto* observer : observers_) observer->channel_lost(channel);
    core_.set_time(now_);
    core_.channel_lost(core::ChannelId{channel});
}

void World::application_sends(std::uint32_t application, Message message) {
    if (const auto found = peers_.find(application); found != peers_.end())
        found->second.up.push_back(std::move(message));
}

void World::host_sends(std::uint32_t session, Message message) {
    if (const auto found = hosts_.find(session); found != hosts_.end() && !found->second.killed)
        found->second.up.push_back(std::move(message));
}

void World::host_dies(std::uint32_t session) {
    if (hosts_.erase(session) == 0) return;
    for (auto* observer : observers_) observer->host_ended(session);
    core_.set_time(now_);
    core_.host_gone(core::SessionId{session}, "the host died");
}

std::vector<World::Event> World::possible_events() {
    std::vector<Event> events;
    for (auto& [session, host] : hosts_) {
        const auto id = session;
        if (!host.ready) {
            events.emplace_back([this, id] {
                hosts_.at(id).ready = true;
                core_.host_ready(core::SessionId{id}, hosts_.at(id).model->exported());
            });
            continue;
        }
        if (!host.down.empty())
            events.emplace_back([this, id] {
                Host& receiver = hosts_.at(id);
                const Message message = std::move(receiver.down.front());
                receiver.down.pop_front();
                receiver.model->received(message.frame());
            });
        if (!host.up.empty())
            events.emplace_back([this, id] {
                Host& sender = hosts_.at(id);
                const Message message = std::move(sender.up.front());
                sender.up.pop_front();
                for (auto* observer : observers_) observer->from_host(id, message.frame());
                std::string reason;
                if (!core_.host_frame(core::SessionId{id}, message.frame(), reason)) host_dies(id);
            });
        if (!host.ending && host.model->busy())
            events.emplace_back([this, id] { hosts_.at(id).model->act(); });
        if (host.ending && host.down.empty() && host.up.empty())
            events.emplace_back([this, id] {
                hosts_.erase(id);
                for (auto* observer : observers_) observer->host_ended(id);
                core_.host_gone(core::SessionId{id}, "the host has ended");
            });
    }
    for (auto& [application, peer] : peers_) {
        const auto id = application;
        if (!peer.up.empty())
            events.emplace_back([this, id] {
                Peer& sender = peers_.at(id);
                const Message message = std::move(sender.up.front());
                sender.up.pop_front();
                for (auto* observer : observers_) observer->from_application(id, message.frame());
                std::string reason;
                ASSERT_TRUE(core_.application_frame(core::ApplicationId{id}, message.frame(), reason))
                    << reason;
            });
        if (!peer.down.empty())
            events.emplace_back([this, id] {
                Peer& receiver = peers_.at(id);
                const Message message = std::move(receiver.down.front());
                receiver.down.pop_front();
                receiver.model->received(message.frame());
            });
    }
    for (auto& [channel, state] : channels_) {
        const auto id = channel;
        if (!state.down.empty())
            events.emplace_back([this, id] {
                Channel& receiver = channels_.at(id);
                const Message message = std::move(receiver.down.front());
                receiver.down.pop_front();
                if (const auto peer = peers_.find(receiver.application); peer != peers_.end())
                    peer->second.model->received_event(id, message.frame());
            });
        else if (state.closed)
            events.emplace_back([this, id] {
                const auto peer = peers_.find(channels_.at(id).application);
                channels_.erase(id);
                if (peer != peers_.end()) peer->second.model->channel_closed(id);
            });
    }
    return events;
}

bool World::step() {
    const auto events = possible_events();
    const bool time_passes = !timers_.empty() && (events.empty() || choices_.once_in(2'000));
    if (time_passes) {
        const auto next = std::min_element(timers_.begin(), timers_.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        now_ = std::max(now_, next->second);
        const auto timer = next->first;
        timers_.erase(next);
        core_.set_time(now_);
        core_.timer_expired(core::TimerId{timer});
        return true;
    }
    if (events.empty()) return false;
    now_ += choices_.below(2);
    core_.set_time(now_);
    events[choices_.below(events.size())]();
    return true;
}

void World::run_until_quiet() {
    // Timers that are started again for ever (a session that is lost each time) are not waited for.
    for (int steps = 0; steps < 1'000'000 && !possible_events().empty(); ++steps) step();
}

void World::to_application(core::ApplicationId id, std::span<const std::byte> bytes) {
    const auto application = static_cast<std::uint32_t>(id);
    auto messages =
        to_application_mutation_ ? to_application_mutation_(copy(bytes)) : std::vector{copy(bytes)};
    for (auto& message : messages) {
        for (auto* observer : observers_) observer->to_application(application, message.frame());
        if (const auto found = peers_.find(application); found != peers_.end())
            found->second.down.push_back(std::move(message));
    }
}

void World::to_channel(core::ChannelId id, std::span<const std::byte> bytes) {
    const auto channel = static_cast<std::uint32_t>(id);
    auto messages = to_channel_mutation_ ? to_channel_mutation_(copy(bytes)) : std::vector{copy(bytes)};
    for (auto& message : messages) {
        for (auto* observer : observers_) observer->to_channel(channel, message.frame());
        if (const auto found = channels_.find(channel); found != channels_.end())
            found->second.down.push_back(std::move(message));
    }
}

void World::to_host(core::SessionId id, std::span<const std::byte> bytes) {
    const auto session = static_cast<std::uint32_t>(id);
    auto messages = to_host_mutation_ ? to_host_mutation_(copy(bytes)) : std::vector{copy(bytes)};
    for (auto& message : messages) {
        for (auto* observer : observers_) observer->to_host(session, message.frame());
        if (const auto found = hosts_.find(session); found != hosts_.end())
            found->second.down.push_back(std::move(message));
    }
}

void World::close_channel(core::ChannelId id) {
    const auto channel = static_cast<std::uint32_t>(id);
    for (auto* observer : observers_) observer->channel_closed(channel);
    if (const auto found = channels_.find(channel); found != channels_.end()) found->second.closed = true;
}

void World::to_host_with_audio(core::SessionId id, std::span<const std::byte> bytes, std::uint32_t stream) {
    audio_[stream] = static_cast<std::uint32_t>(id);
    to_host(id, bytes);
}

void World::to_application_with_audio(core::ApplicationId id, std::span<const std::byte> bytes,
                                      std::uint32_t stream) {
    EXPECT_EQ(audio_.erase(stream), 1u);
    to_application(id, bytes);
}

void World::discard_audio(std::uint32_t stream) { EXPECT_EQ(audio_.erase(stream), 1u); }

void World::start_host(core::ProviderId provider, core::SessionId id) {
    const auto session = static_cast<std::uint32_t>(id);
    for (auto* observer : observers_) observer->host_started(static_cast<std::uint32_t>(provider), session);
    hosts_[session].model = make_host_(static_cast<std::uint32_t>(provider), session);
}

void World::stop_host(core::SessionId id, Stop how) {
    const auto found = hosts_.find(static_cast<std::uint32_t>(id));
    if (found == hosts_.end()) return;
    found->second.ending = true;
    found->second.ready = true;
    if (how == Stop::force) {
        found->second.killed = true;
        found->second.up.clear();
        found->second.down.clear();
    }
}

// OFFHOOK_TRACE=1 shows a run.
void World::trace(const core::TraceRecord& record) {
    if (record.kind == core::TraceKind::violation && record.rule != 0) broken_rules_.insert(record.rule);
    if (std::getenv("OFFHOOK_TRACE") == nullptr) return;
    static constexpr std::array names{"session",  "  call",     "  return",  "  complete", "  event",
                                      "app call", "app result", "app event", "VIOLATION",  "STUCK"};
    std::fprintf(stderr, "%s %.*s %.*s app=%x line=%llx call=%llx request=%x result=%d %llx %llx %llx %.*s\n",
                 names[static_cast<std::size_t>(record.kind)], static_cast<int>(record.provider.size()),
                 record.provider.data(), static_cast<int>(record.what.size()), record.what.data(),
                 record.application, static_cast<unsigned long long>(record.line),
                 static_cast<unsigned long long>(record.call), record.request, record.result,
                 static_cast<unsigned long long>(record.parameter1),
                 static_cast<unsigned long long>(record.parameter2),
                 static_cast<unsigned long long>(record.parameter3), static_cast<int>(record.text.size()),
                 record.text.data());
}

void World::start_timer(core::TimerId id, std::uint32_t milliseconds) {
    timers_[static_cast<std::uint32_t>(id)] = now_ + milliseconds;
}

void World::cancel_timer(core::TimerId id) { timers_.erase(static_cast<std::uint32_t>(id)); }

} // namespace offhook::test
