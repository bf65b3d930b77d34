// SPDX-License-Identifier: Apache-2.0
//
// What the service and a host say to each other besides calls: the first frame, and configuration that is
// written while TSPI_providerInstall, Config or Remove runs.
#pragma once

#include "wire/writer.h"

#include <map>
#include <string>

namespace offhook::wire {

// session: the provider is operated. change: providerInstall, providerConfig or providerRemove is called and
// nothing else; only then may configuration be written.
enum class HostMode : std::uint32_t { session = 0, change = 1 };

struct HostHello {
    std::uint32_t version = protocol_version;
    HostMode mode = HostMode::session;
    std::uint32_t provider = 0; // the permanent provider id
    std::string library;        // absolute path of the .tsp
    std::string needs;          // what was approved at install (offhook_provider.h, needs=)
    std::map<std::string, std::string> configuration; // frozen for the session (R003)
};

inline void write(FrameWriter& to, const std::map<std::string, std::string>& configuration) {
    to.number(static_cast<std::uint32_t>(configuration.size()));
    for (const auto& [key, value] : configuration) {
        to.utf8(key);
        to.utf8(value);
    }
}

inline void read(PayloadReader& from, std::map<std::string, std::string>& configuration) {
    const auto keys = from.number();
    for (std::uint32_t i = 0; i < keys && from.ok(); ++i) {
        std::string key(from.utf8());
        configuration.insert_or_assign(std::move(key), std::string(from.utf8()));
    }
}

inline void write(FrameWriter& to, const HostHello& hello) {
    to.number(hello.version);
    to.number(static_cast<std::uint32_t>(hello.mode));
    to.number(hello.provider);
    to.utf8(hello.library);
    to.utf8(hello.needs);
    write(to, hello.configuration);
}

inline bool read(std::span<const std::byte> payload, HostHello& hello) {
    PayloadReader from(payload);
    hello.version = from.number();
    const auto mode = from.number();
    hello.mode = static_cast<HostMode>(mode);
    hello.provider = from.number();
    hello.library = from.utf8();
    hello.needs = from.utf8();
    read(from, hello.configuration);
    return from.finished() && mode <= 1;
}

// Kind service, this function, from a host: one key of the pending configuration; no value removes the key.
inline constexpr std::uint16_t host_config_set = 1;

struct HostConfigSet {
    std::string key;
    std::optional<std::string> value;
};

inline void write(FrameWriter& to, const HostConfigSet& set) {
    to.utf8(set.key);
    if (set.value) to.utf8(*set.value);
    else to.null();
}

inline bool read(std::span<const std::byte> payload, HostConfigSet& set) {
    PayloadReader from(payload);
    set.key = from.utf8();
    const auto value = from.block();
    set.value.reset();
    if (!value.null) set.value.emplace(reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size());
    return from.finished();
}

// Kind service, this function, to a host of a session: a command for the provider (OFFHOOK_providerCommand),
// one block of UTF-8. The answer is a frame of the same kind, function and correlation, with the result and
// the reply in one block.
inline constexpr std::uint16_t host_command = 2;

// Kind service, this function, to a host of a session: a new configuration, which the provider may take over
// at once (OFFHOOK_providerReconfigure). The answer is a frame of the same kind, function and correlation,
// with the result and no payload.
inline constexpr std::uint16_t host_reconfigure = 3;

} // namespace offhook::wire
