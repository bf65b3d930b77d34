// SPDX-License-Identifier: Apache-2.0
//
// The connections of applications: who they are, what they may send, and which of them an answer goes to.
#pragma once

#include "core/core.h"
#include "daemon/frame_stream.h"
#include "daemon/peer.h"
#include "daemon/token.h"

#include <functional>
#include <memory>
#include <unordered_map>

namespace offhook::daemon {

struct ClientLimits {
    std::size_t output_bytes = 4u << 20;
    std::size_t connections = 4096;
    std::size_t connections_per_user = 1024;
    std::uint64_t hello_ms = 5'000;
};

// A request for a function of the service itself, from an application.
struct ServiceRequest {
    core::ApplicationId application{};
    Peer peer;
    std::uint16_t function = 0;
    std::uint32_t correlation = 0;
    std::string text;
};

class Clients {
  public:
    struct Callbacks {
        std::function<core::Core&()> core; // with its time set
        std::function<std::optional<uid_t>(Token)> user_of_token;
        std::function<void(ServiceRequest)> service;
        // A frame for the core. False: it breaks the protocol, and why.
        std::function<bool(core::ApplicationId, const Peer&, const wire::Frame&, std::string& reason)> frame;
        std::function<void(core::ApplicationId, const Peer&)> connected;
        std::function<void(core::ApplicationId, const Peer&)> gone;
        std::function<void()> all_gone; // the last connection is closed
        std::function<void(core::Severity, const std::string&)> log;
    };

    Clients(EventLoop&, ClientLimits, Callbacks);
    ~Clients();

    void accept_unix(wire::UniqueFd);
    void accept_tcp(wire::UniqueFd);

    void to_application(core::ApplicationId, std::span<const std::byte> frames);
    void to_application(core::ApplicationId, std::span<const std::byte> frame, wire::UniqueFd descriptor);
    void to_channel(core::ChannelId, std::span<const std::byte> frames);
    void close_channel(core::ChannelId);

    // How much an application has yet to read; nothing: it is gone.
    std::optional<std::size_t> queued_bytes(core::ApplicationId) const;
    const Peer* peer(core::ApplicationId) const;
    core::ApplicationId application_of(core::ChannelId) const; // 0: the channel is gone

    void end_all(std::string_view reason);
    bool empty() const { return clients_.empty(); }

  private:
    class Client;
    void accept(wire::UniqueFd, std::optional<Peer>);
    void forget(Client&);
    bool full(const std::optional<Peer>&) const;
    Client* find(core::ApplicationId) const;
    Client* find(core::ChannelId) const;

    EventLoop& loop_;
    ClientLimits limits_;
    Callbacks callbacks_;
    std::unordered_map<const Client*, std::unique_ptr<Client>> clients_;
    std::unordered_map<std::uint32_t, Client*> applications_;
    std::unordered_map<std::uint32_t, Client*> channels_;
    std::map<Token, Client*> tokens_;
    std::uint32_t last_channel_ = 0;
};

} // namespace offhook::daemon
