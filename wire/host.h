// SPDX-License-Identifier: Apache-2.0
//
// What the service and a host say to each other besides calls: the first frame, configuration that is written
// while TSPI_providerInstall, Config or Remove runs, and what a provider kept of a session that has ended.
#pragma once

#include "wire/writer.h"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

// How many sessions one load of a library can have, one after another.
inline constexpr std::size_t max_sessions_per_load = 64;

// Kind service, this function, from a host, before the welcome of each session but the first: what the
// provider kept of the session before (R001). Empty: nothing was found.
inline constexpr std::uint16_t host_retained = 4;

enum class RetainedKind : std::uint32_t { thread, descriptor, timer, process, static_data, heap };

// fault: no session has anything to do with it any more. hint: it may well be a cache that no session sees.
enum class RetainedWeight : std::uint8_t { fault, hint };

struct RetainedRow {
    RetainedWeight weight;
    std::string_view what; // for people
};
inline constexpr std::array retained_rows{
    RetainedRow{RetainedWeight::fault, "a thread that still runs"},
    RetainedRow{RetainedWeight::fault, "a descriptor that is still open"},
    RetainedRow{RetainedWeight::fault, "a timer that is still set"},
    RetainedRow{RetainedWeight::fault, "a process that it started"},
    RetainedRow{RetainedWeight::hint, "static data that has changed"},
    RetainedRow{RetainedWeight::hint, "memory"},
};

constexpr const RetainedRow& row(RetainedKind kind) { return retained_rows[static_cast<std::size_t>(kind)]; }

struct RetainedThing {
    RetainedKind kind{};
    std::string name; // which one, for people
    bool operator==(const RetainedThing&) const = default;
};

struct HostRetained {
    std::vector<RetainedThing> things;
};

inline void write(FrameWriter& to, const HostRetained& retained) {
    to.number(static_cast<std::uint32_t>(retained.things.size()));
    for (const auto& [kind, name] : retained.things) {
        to.number(static_cast<std::uint32_t>(kind));
        to.utf8(name);
    }
}

inline bool read(std::span<const std::byte> payload, HostRetained& retained) {
    PayloadReader from(payload);
    retained.things.clear();
    const auto count = from.number();
    for (std::uint32_t i = 0; i < count && from.ok(); ++i) {
        const auto kind = from.number();
        if (kind >= retained_rows.size()) return false;
        retained.things.push_back({static_cast<RetainedKind>(kind), std::string(from.utf8())});
    }
    return from.finished();
}

// Kind service, this function, from a host: a rule that it saw the provider break, "R053: what it did", one
// block of UTF-8. The session goes on.
inline constexpr std::uint16_t host_broke = 5;

} // namespace offhook::wire
