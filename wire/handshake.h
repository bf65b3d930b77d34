// SPDX-License-Identifier: Apache-2.0
//
// The payloads of hello and welcome.
//
// An application has one connection for its calls and one for each HLINEAPP's events. It presents the token
// that the welcome on its calls connection gave it, so that nobody else can attach to its events.
#pragma once

#include "wire/writer.h"

namespace offhook::wire {

inline constexpr std::uint32_t byte_order_mark = 0x01020304;

enum class Role : std::uint32_t { calls = 1, events = 2 };

struct Hello {
    std::uint32_t version = protocol_version;
    std::uint32_t byte_order = byte_order_mark;
    Role role = Role::calls;
    // The token of the calls connection. From a calls connection itself: by TCP the user's secret, else zero.
    std::uint64_t token_high = 0, token_low = 0;
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

} // namespace offhook::wire
