// SPDX-License-Identifier: Apache-2.0
//
// The payloads of hello and welcome.
//
// An application has one connection for its calls and one for each HLINEAPP's events. It presents the token that the
// welcome on its calls connection gave it, so that nobody else can attach to its events.
#pragma once

#include "wire/writer.h"

namespace offhook::wire {

inline constexpr std::uint32_t byte_order_mark = 0x01020304;

enum class Role : std::uint32_t { calls = 1, events = 2 };

struct Hello {
    std::uint32_t version = protocol_version;
    std::uint32_t byte_order = byte_order_mark;
    Role role = Role::calls;
    std::uint64_t token_high = 0, token_low = 0; // of the calls connection; zero from a calls connection itself
};

struct Welcome {
    std::uint32_t version = protocol_version;
    std::uint32_t channel = 0;                   // to an events connection: its number, for lineInitializeEx
    std::uint64_t token_high = 0, token_low = 0; // to a calls connection
};

inline void write(FrameWriter& to, const Hello& hello) {
    to.number(hello.version);
    to.number(hello.byte_order);
    to.number(static_cast<std::uint32_t>(hello.role));
    to.wide(hello.token_high);
    to.wide(hello.token_low);
}

inline bool read(std::span<const std::byte> payload, Hello& hello) {
    PayloadReader from(payload);
    hello.version = from.number();
    hello.byte_order = from.number();
    const auto role = from.number();
    hello.role = static_cast<Role>(role);
    hello.token_high = from.wide();
    hello.token_low = from.wide();
    return from.finished() && hello.byte_order == byte_order_mark && (role == 1 || role == 2);
}

inline void write(FrameWriter& to, const Welcome& welcome) {
    to.number(welcome.version);
    to.number(welcome.channel);
    to.wide(welcome.token_high);
    to.wide(welcome.token_low);
}

inline bool read(std::span<const std::byte> payload, Welcome& welcome) {
    PayloadReader from(payload);
    welcome.version = from.number();
    welcome.channel = from.number();
    welcome.token_high = from.wide();
    welcome.token_low = from.wide();
    return from.finished();
}

// The first frame to a host (kind hello): what it loads, and the configuration frozen for its session (R003).
// Payload: number protocol version, number HostMode, utf8 library path, number permanent provider id,
// number of keys, then utf8 key and utf8 value each. The host answers with welcome (payload: a block with one byte
// for each function of the TSPI table, 1: exported) or goodbye with the reason.
enum class HostMode : std::uint32_t { session = 0, install = 1, config = 2, remove = 3 };

// Functions of the service itself (frames of kind `service`). Payload and answer are JSON texts in one utf8 block; the
// answer is a `result` frame, whose result is 0 or a LINEERR_ value (then {"error": what to do}).
enum class ServiceFunction : std::uint16_t {
    status = 1,       // {} -> the state of service, providers and sessions
    lines,            // {} -> [{id, name, provider, addresses, open}]
    calls,            // {} -> [{id, line, state, owners, monitors, requests}]
    provider_install, // {name, library, config: {key: value}} -> {id}
    provider_config,  // {name, config: {key: value or null}, now: bool} -> {pending}
    provider_remove,  // {name} -> {pending}
};

// Host to service while TSPI_providerInstall, Config or Remove runs: kind `service`, this function;
// payload utf8 key, then a utf8 value or a null block. No answer.
inline constexpr std::uint16_t host_config_set = 1;

} // namespace offhook::wire
