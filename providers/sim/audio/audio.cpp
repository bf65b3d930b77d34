// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/audio/audio.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace offhook::sim {

Audio::~Audio() {
    {
        const std::lock_guard guard(lock_);
        life_ = Life::stopping;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Audio::attach(CallHandle call, provider::AudioStream stream) {
    {
        const std::lock_guard guard(lock_);
        ends_[call].mixer.add(provider::AudioPort(std::move(stream)));
        if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    }
    changed_.notify_one();
}

void Audio::digit(CallHandle call, char digit, std::chrono::milliseconds duration) {
    const std::lock_guard guard(lock_);
    if (listening().empty()) return;
    ends_[call].digits.add(digit, duration);
}

void Audio::control(CallHandle call, DWORD action) {
    const std::lock_guard guard(lock_);
    ends_[call].playback.control(action);
}

void Audio::end(CallHandle call) {
    const std::lock_guard guard(lock_);
    ends_.erase(call);
}

Audio::Streams Audio::streams(CallHandle call) const {
    const std::lock_guard guard(lock_);
    const auto found = ends_.find(call);
    if (found == ends_.end()) return {};
    return {found->second.mixer.size(), found->second.mixer.frames_lost()};
}

std::vector<CallHandle> Audio::listening() const {
    std::vector<CallHandle> calls;
    for (const auto& [call, end] : ends_)
        if (end.mixer.size() != 0) calls.push_back(call);
    return calls;
}

void Audio::run() {
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::milliseconds tick(provider::frame_milliseconds);
    constexpr auto most_behind = 10 * tick; // what is missed by more is not made up for
    auto next = Clock::now();
    std::unique_lock lock(lock_);
    while (life_ == Life::running) {
        const auto calls = listening();
        if (calls.empty()) {
            // Digits that nobody hears are over; what media control has said of an end stays.
            std::erase_if(ends_, [](const auto& entry) { return entry.second.playback.as_usual(); });
            for (auto& [place, end] : ends_) end.digits = {};
            changed_.wait(lock);
            next = Clock::now();
            continue;
        }
        next = std::max(next + tick, Clock::now() - most_behind);
        if (changed_.wait_until(lock, next, [this] { return life_ == Life::stopping; })) return;
        lock.unlock();
        const auto mixes = look_(calls);
        lock.lock();
        mix(mixes);
    }
}

// All ends speak before any hears, so that everybody hears the same moment.
void Audio::mix(const std::vector<Mix>& mixes) {
    std::map<CallHandle, const Sound*> sending;
    for (const Mix& heard : mixes)
        for (const Mix::Speaker& speaker : heard.speakers)
            if (!speaker.sends.empty()) sending[speaker.call] = &speaker.sends;
    for (const auto& [call, sound] : sending) ends_[call].sending.set(*sound);
    for (auto& [call, end] : ends_) {
        if (!sending.contains(call)) end.sending.set({});
        provider::MixedFrame said;
        said.add(end.playback.take(end.mixer));
        end.sending.add_to(said);
        end.digits.add_to(said);
        end.said = said.whole();
    }
    for (const Mix& heard : mixes) {
        const auto listener = ends_.find(heard.call);
        if (listener == ends_.end()) continue; // it has ended meanwhile
        provider::MixedFrame remote;
        for (const Mix::Speaker& speaker : heard.speakers)
            if (const auto end = ends_.find(speaker.call); end != ends_.end()) remote.add(end->second.said);
        listener->second.progress.set(sound_of(heard.tone));
        listener->second.progress.add_to(remote);
        listener->second.mixer.give(remote.whole());
    }
    std::erase_if(ends_, [](const auto& entry) {
        const End& end = entry.second;
        return end.mixer.size() == 0 && end.playback.as_usual() && end.sending.silent() &&
               end.digits.silent();
    });
}

} // namespace offhook::sim
