// SPDX-License-Identifier: Apache-2.0
#include "client/ledger.h"

namespace offhook::client {

Ledger::LateEntry Ledger::late_entry(LateOutputs outputs) {
    std::map<std::uint32_t, LateOutputs> one{{0, outputs}};
    return one.extract(one.begin());
}

Ledger::GatherEntry Ledger::gather_entry(std::uint32_t call, LateOutputs outputs) {
    std::multimap<std::uint32_t, LateOutputs> one{{call, outputs}};
    return one.extract(one.begin());
}

Ledger::OpenEntry Ledger::open_entry(Subject subject, OpenDevice device) {
    std::map<Device, OpenDevice> one{{{subject, 0}, device}};
    return one.extract(one.begin());
}

void Ledger::accepted(std::uint32_t request, std::uint64_t channel, LateEntry entry) {
    const std::scoped_lock lock(mutex_);
    late_.erase(request);
    if (!entry) return;
    entry.key() = request;
    entry.mapped().channel = channel;
    late_.insert(std::move(entry));
}

std::optional<LateOutputs> Ledger::take(std::uint32_t request) {
    const std::scoped_lock lock(mutex_);
    const auto entry = late_.extract(request);
    return entry ? std::optional(entry.mapped()) : std::nullopt;
}

void Ledger::gathering(GatherEntry entry, std::uint64_t channel) {
    const std::scoped_lock lock(mutex_);
    entry.mapped().channel = channel;
    gatherings_.insert(std::move(entry));
}

std::optional<LateOutputs> Ledger::take_gathering(std::uint32_t call) {
    const std::scoped_lock lock(mutex_);
    // find() may give any of several; the first is the oldest.
    const auto oldest = gatherings_.lower_bound(call);
    if (oldest == gatherings_.end() || oldest->first != call) return {};
    const auto outputs = oldest->second;
    gatherings_.erase(oldest);
    return outputs;
}

void Ledger::opened(std::uint32_t handle, OpenEntry entry) {
    const std::scoped_lock lock(mutex_);
    entry.key().second = handle;
    open_.erase(entry.key());
    open_.insert(std::move(entry));
}

void Ledger::closed(Device device) {
    const std::scoped_lock lock(mutex_);
    open_.erase(device);
}

std::optional<std::pair<Ledger::Device, OpenDevice>> Ledger::take_open(ApplicationKey application) {
    const std::scoped_lock lock(mutex_);
    for (auto at = open_.begin(); at != open_.end(); ++at) {
        if (at->second.application != application) continue;
        std::pair<Device, OpenDevice> found = *at;
        open_.erase(at);
        return found;
    }
    return {};
}

void Ledger::forget(ApplicationKey application, std::uint64_t channel) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(late_, [&](const auto& entry) { return entry.second.channel == channel; });
    std::erase_if(gatherings_, [&](const auto& entry) { return entry.second.channel == channel; });
    std::erase_if(open_, [&](const auto& entry) { return entry.second.application == application; });
}

void Ledger::forget_all() {
    const std::scoped_lock lock(mutex_);
    late_.clear();
    gatherings_.clear();
    open_.clear();
}

} // namespace offhook::client
