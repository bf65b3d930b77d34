// SPDX-License-Identifier: Apache-2.0
//
// Where the service is, and how to get a connection to it.
//
//   OFFHOOK_SOCKET          a path, or tcp:127.0.0.1:PORT with a user's token in OFFHOOK_TOKEN (32
//   hexadecimal digits) else                    $XDG_RUNTIME_DIR/offhook/offhook.sock, if it exists else
//   /run/offhook/offhook.sock, if it exists else                    a service of the user's own at the former
//   path, if there is an XDG_RUNTIME_DIR
//
// When nobody listens, a service of the user's own is started (R005): `offhookd --socket PATH`, if the path's
// folder is the user's and nobody else can write to it. OFFHOOK_START=never forbids it. The service of the
// whole system is never started from here; systemd does that when its socket is connected to. Programs that
// run with privileges their user does not have (setuid) ignore all these variables.
#pragma once

#include "wire/handshake.h"
#include "wire/stream_socket.h"

#include <string>

namespace offhook::client {

enum class Start : std::uint8_t { when_needed, never };

struct Address {
    std::string path; // or, by TCP:
    std::uint16_t port = 0;
    std::uint64_t token_high = 0, token_low = 0;
    bool users_own = false; // not the service of the whole system
    std::string text() const { return port == 0 ? path : "tcp:127.0.0.1:" + std::to_string(port); }
};

// Throws Failure when a variable cannot be understood.
Address service_address();

struct Greeted {
    wire::StreamSocket socket; // blocking
    wire::Welcome welcome;
};

// Connects and exchanges hello and welcome. Throws Failure (SERVICE_NOT_RUNNING when nobody answers).
Greeted connect_for_calls(const Address&, Start);
Greeted connect_for_events(const Address&, std::uint64_t token_high, std::uint64_t token_low);

using wire::send_all;

// Tells the other side why the connection ends.
void say_goodbye(int socket, std::string_view reason);

} // namespace offhook::client
