// SPDX-License-Identifier: Apache-2.0
#include "daemon/providers.h"

#include <algorithm>

namespace offhook::daemon {

Providers::Providers(EventLoop& loop, const std::string& path)
    : registry_(path),
      untouched_(registry_.untouched()),
      worker_(loop) {
    for (auto& provider : registry_.providers()) providers_.emplace(provider.id, std::move(provider));
}

const Provider* Providers::find(std::uint32_t id) const {
    const auto found = providers_.find(id);
    return found == providers_.end() ? nullptr : &found->second;
}

const Provider* Providers::find(const std::string& name) const {
    const auto found =
        std::ranges::find_if(providers_, [&](const auto& entry) { return entry.second.name == name; });
    return found == providers_.end() ? nullptr : &found->second;
}

void Providers::commit(std::function<void(Registry&)> change, std::function<void()> apply, Then then) {
    struct Done {};
    worker_.submit(
        [this, change = std::move(change)] {
            change(registry_);
            return Done{};
        },
        [apply = std::move(apply), then = std::move(then)](const Outcome<Done>& outcome) {
            if (outcome.value) apply();
            then(outcome.error);
        });
}

void Providers::reserve_id(std::function<void(Outcome<std::uint32_t>)> then) {
    worker_.submit([this] { return registry_.reserve_id(); }, std::move(then));
}

void Providers::add(const Provider& provider, uid_t author, Then then) {
    commit([=](Registry& registry) { registry.add(provider, author); },
           [this, provider] { providers_.emplace(provider.id, provider); }, std::move(then));
}

void Providers::set_pending(std::uint32_t id, const Settings& settings, uid_t author, Then then) {
    commit([=](Registry& registry) { registry.set_pending(id, settings, author); },
           [this, id, settings] { providers_.at(id).pending = settings; }, std::move(then));
}

void Providers::activate(std::uint32_t id, Then then) {
    const auto* provider = find(id);
    if (provider == nullptr || !provider->pending) {
        then({});
        return;
    }
    // What is pending when it is committed becomes active: nothing that was set meanwhile is lost or comes
    // too early.
    commit([id](Registry& registry) { registry.activate(id); },
           [this, id] {
               auto& entry = providers_.at(id);
               if (!entry.pending) return;
               entry.active = std::move(*entry.pending);
               entry.pending.reset();
           },
           std::move(then));
}

void Providers::remove(std::uint32_t id, uid_t author, Then then) {
    commit([=](Registry& registry) { registry.remove(id, author); }, [this, id] { providers_.erase(id); },
           std::move(then));
}

void Providers::note(uid_t author, const std::string& provider, const std::string& text, Then then) {
    commit([=](Registry& registry) { registry.note(author, provider, text); }, [] {}, std::move(then));
}

void Providers::history(std::function<void(Outcome<std::vector<Change>>)> then) {
    worker_.submit([this] { return registry_.history(); }, std::move(then));
}

void Providers::settings_of_change(const std::string& provider, std::int64_t number,
                                   std::function<void(Outcome<Settings>)> then) {
    worker_.submit([=, this] { return registry_.settings_of_change(provider, number); }, std::move(then));
}

} // namespace offhook::daemon
