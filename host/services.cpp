// SPDX-License-Identifier: Apache-2.0
#include "host/services.h"

#include "host/running_call.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace offhook::host {
namespace {

// Copies text with its NUL when it fits, and says how long it is in any case.
std::int32_t give(std::string_view text, char* place, std::uint32_t* size) {
    const auto room = *size;
    *size = static_cast<std::uint32_t>(text.size() + 1);
    if (room < *size) return LINEERR_STRUCTURETOOSMALL;
    if (place == nullptr) return LINEERR_INVALPOINTER;
    std::memcpy(place, text.data(), text.size());
    place[text.size()] = '\0';
    return 0;
}

Severity severity_of(std::int32_t value) {
    if (value <= OFFHOOK_LOG_ERROR) return Severity::error;
    if (value <= OFFHOOK_LOG_WARNING) return Severity::warning;
    if (value <= OFFHOOK_LOG_INFO) return Severity::info;
    return Severity::debug;
}

} // namespace

struct Services::Entry {
    static Services& of(void* context) { return *static_cast<Services*>(context); }

    static std::int32_t config_get(void* context, const char* key, char* value, std::uint32_t* size) {
        if (key == nullptr || size == nullptr) return LINEERR_INVALPOINTER;
        const std::lock_guard lock(of(context).mutex_);
        const auto& all = of(context).configuration_;
        const std::string_view wanted(key);
        const auto found =
            std::lower_bound(all.begin(), all.end(), wanted,
                             [](const auto& entry, std::string_view k) { return entry.first < k; });
        if (found == all.end() || found->first != wanted) return LINEERR_NODEVICE;
        return give(found->second, value, size);
    }

    static std::int32_t config_key(void* context, std::uint32_t index, char* key, std::uint32_t* size) {
        if (size == nullptr) return LINEERR_INVALPOINTER;
        const std::lock_guard lock(of(context).mutex_);
        const auto& all = of(context).configuration_;
        return index < all.size() ? give(all[index].first, key, size) : LINEERR_NODEVICE;
    }

    static std::int32_t config_set(void* context, const char* key, const char* value) {
        return of(context).set(key, value);
    }

    static void log(void* context, std::int32_t severity, const char* line) {
        if (line != nullptr) of(context).log_.write(severity_of(severity), line);
    }

    static std::int32_t audio_stream(void*, OFFHOOK_AUDIO_STREAM* stream) {
        if (stream == nullptr) return LINEERR_INVALPOINTER;
        auto* const running = RunningCall::current();
        if (running == nullptr || !running->call().audio) return LINEERR_RESOURCEUNAVAIL;
        auto audio = std::exchange(running->call().audio, std::nullopt);
        *stream = {audio->descriptor.release(), audio->direction};
        return 0;
    }
};

Services::Services(const std::map<std::string, std::string>& configuration, Outbox& outbox, Log& log)
    : configuration_(configuration.begin(), configuration.end()),
      outbox_(outbox),
      log_(log),
      table_{sizeof(OFFHOOK_PROVIDER_SERVICES),
             OFFHOOK_PROVIDER_INTERFACE,
             this,
             &Entry::config_get,
             &Entry::config_key,
             &Entry::config_set,
             &Entry::log,
             &Entry::audio_stream} {}

void Services::replace(const std::map<std::string, std::string>& configuration) {
    const std::lock_guard lock(mutex_);
    configuration_.assign(configuration.begin(), configuration.end());
}

std::int32_t Services::set(const char* key, const char* value) {
    if (changes_ == 0) return LINEERR_OPERATIONUNAVAIL;
    if (key == nullptr) return LINEERR_INVALPOINTER;
    wire::HostConfigSet set{key, {}};
    if (value != nullptr) set.value = value;
    if (set.key.empty() || set.key.size() > max_key || (set.value && set.value->size() > max_value))
        return LINEERR_INVALPARAM;
    outbox_.append({.kind = wire::FrameKind::service, .function = wire::host_config_set}, RunningCall::when(),
                   [&](wire::FrameWriter& to) { wire::write(to, set); });
    return 0;
}

} // namespace offhook::host
