// SPDX-License-Identifier: Apache-2.0
//
// What the service hands to a provider (offhook_provider.h), with types: configuration, log, audio.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "offhook_provider.h"
#include "wire/unique_fd.h"

namespace offhook::provider {

enum class Severity : std::int32_t {
    error = OFFHOOK_LOG_ERROR,
    warning = OFFHOOK_LOG_WARNING,
    info = OFFHOOK_LOG_INFO,
    debug = OFFHOOK_LOG_DEBUG,
};

// An audio stream that was taken from the service; closing the descriptor ends it.
struct AudioStream {
    wire::UniqueFd descriptor;
    std::uint32_t direction = 0; // OFFHOOK_AUDIO_ bits
};

// A copyable view of the services. Without services (a host that does not know the interface) there is no
// configuration and the log goes nowhere. Thread-safe: every function may be called from any thread.
class Services {
  public:
    Services() = default;
    explicit Services(const OFFHOOK_PROVIDER_SERVICES* services) : services_(services) {}

    // The value of a configuration key, if it is set.
    [[nodiscard]] std::optional<std::string> text(const std::string& key) const;
    // Every key, ascending.
    [[nodiscard]] std::vector<std::string> keys() const;
    // Sets (or, with nullopt, removes) a key of the pending configuration; only while Install, Config or
    // Remove runs.
    [[nodiscard]] std::int32_t set(const std::string& key, const std::optional<std::string>& value) const;

    void log(Severity severity, const std::string& line) const;

    // The stream that the running TSPI_lineGetID is about; nullopt if there is none.
    [[nodiscard]] std::optional<AudioStream> audio_stream() const;

  private:
    [[nodiscard]] const OFFHOOK_PROVIDER_SERVICES* with(std::size_t end_of_function) const;

    const OFFHOOK_PROVIDER_SERVICES* services_ = nullptr; // valid until the process ends
};

} // namespace offhook::provider
