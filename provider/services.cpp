// SPDX-License-Identifier: Apache-2.0

#include "provider/services.h"

#include <cstddef>
#include <functional>

#include "tapi.h"

namespace offhook::provider {
namespace {

// Both reading functions report the needed size when the value did not fit: try a usual size, then the right
// one.
std::optional<std::string> read_sized(const std::function<std::int32_t(char*, std::uint32_t*)>& read) {
    std::string value(256, '\0');
    for (int attempt = 0; attempt < 2; ++attempt) {
        auto size = static_cast<std::uint32_t>(value.size());
        const std::int32_t result = read(value.data(), &size);
        if (result == 0) {
            value.resize(size > 0 ? size - 1 : 0);
            return value;
        }
        if (result != LINEERR_STRUCTURETOOSMALL || size <= value.size()) return std::nullopt;
        value.resize(size);
    }
    return std::nullopt;
}

} // namespace

// A later service may know more functions than this file, an older one fewer: its `size` says which are
// there.
const OFFHOOK_PROVIDER_SERVICES* Services::with(std::size_t end_of_function) const {
    return services_ != nullptr && services_->size >= end_of_function ? services_ : nullptr;
}

#define OFFHOOK_END_OF(function)                                                                             \
    (offsetof(OFFHOOK_PROVIDER_SERVICES, function) + sizeof(OFFHOOK_PROVIDER_SERVICES::function))

std::optional<std::string> Services::text(const std::string& key) const {
    const auto* services = with(OFFHOOK_END_OF(config_get));
    if (services == nullptr) return std::nullopt;
    return read_sized([&](char* value, std::uint32_t* size) {
        return services->config_get(services->context, key.c_str(), value, size);
    });
}

std::vector<std::string> Services::keys() const {
    std::vector<std::string> found;
    const auto* services = with(OFFHOOK_END_OF(config_key));
    if (services == nullptr) return found;
    for (std::uint32_t index = 0;; ++index) {
        auto key = read_sized([&](char* value, std::uint32_t* size) {
            return services->config_key(services->context, index, value, size);
        });
        if (!key) return found;
        found.push_back(std::move(*key));
    }
}

std::int32_t Services::set(const std::string& key, const std::optional<std::string>& value) const {
    const auto* services = with(OFFHOOK_END_OF(config_set));
    if (services == nullptr) return LINEERR_OPERATIONUNAVAIL;
    return services->config_set(services->context, key.c_str(), value ? value->c_str() : nullptr);
}

void Services::log(Severity severity, const std::string& line) const {
    if (const auto* services = with(OFFHOOK_END_OF(log)))
        services->log(services->context, static_cast<std::int32_t>(severity), line.c_str());
}

std::optional<AudioStream> Services::audio_stream() const {
    const auto* services = with(OFFHOOK_END_OF(audio_stream));
    OFFHOOK_AUDIO_STREAM stream{-1, 0};
    if (services == nullptr || services->audio_stream(services->context, &stream) != 0) return std::nullopt;
    return AudioStream{wire::UniqueFd(stream.descriptor), stream.direction};
}

#undef OFFHOOK_END_OF

} // namespace offhook::provider
