// SPDX-License-Identifier: Apache-2.0
#include "daemon/clients.h"

#include "wire/handshake.h"

#include <algorithm>

namespace offhook::daemon {

using core::ApplicationId;
using core::ChannelId;
using core::Severity;
using wire::FrameKind;

// One connection. It is `greeting` until its hello says what it is for.
class Clients::Client : public FrameStream::Owner {
  public:
    Client(Clients& clients, wire::UniqueFd socket, std::optional<Peer> peer)
        : clients_(clients),
          peer_(std::move(peer)),
          takes_descriptors_(peer_.has_value()),
          stream_(clients.loop_, std::move(socket), clients.limits_.output_bytes, *this),
          hello_deadline_(
              clients.loop_.after(clients.limits_.hello_ms, [this] { end("it said no hello in time"); })) {}

    FrameStream& stream() { return stream_; }
    bool takes_descriptors() const { return takes_descriptors_; }
    const std::optional<Peer>& peer() const { return peer_; }
    ApplicationId application() const { return application_; }

    // The service ends the connection.
    void end(std::string_view reason) {
        stream_.end(reason);
        leave();
    }

    bool frame_arrived(const wire::Frame& frame, std::string& reason) override {
        switch (stage_) {
        case Stage::greeting: return greet(frame, reason);
        case Stage::calls: return calls_frame(frame, reason);
        case Stage::events:
            if (frame.header.kind == FrameKind::goodbye) return goodbye();
            reason = "nothing but goodbye is sent on an events connection";
            return false;
        case Stage::left: return true;
        }
        return false;
    }

    void stream_lost(const std::string& reason) override {
        if (stage_ == Stage::calls)
            clients_.callbacks_.log(Severity::debug, describe() + " is gone: " + reason);
        if (stage_ == Stage::events) clients_.callbacks_.core().channel_lost(channel_);
        leave();
    }

    void stream_finished() override { clients_.forget(*this); }

  private:
    enum class Stage : std::uint8_t { greeting, calls, events, left };

    std::string describe() const {
        return "application " + peer_->name + " of user " + std::to_string(peer_->user);
    }

    bool greet(const wire::Frame& frame, std::string& reason) {
        wire::Hello hello;
        if (frame.header.kind != FrameKind::hello) return refuse(reason, "hello must come first");
        if (!read(frame.payload, hello))
            return refuse(reason, "the hello is malformed, or of a foreign machine");
        if (hello.version != wire::protocol_version)
            return refuse(reason, "the service speaks version " + std::to_string(wire::protocol_version) +
                                      " of the protocol, not " + std::to_string(hello.version) +
                                      ": the library and the service are of different releases");
        hello_deadline_.cancel();
        const Token token{hello.token_high, hello.token_low};
        return hello.role == wire::Role::calls ? greet_calls(token, reason) : greet_events(token, reason);
    }

    static bool refuse(std::string& reason, std::string text) {
        reason = std::move(text);
        return false;
    }

    bool greet_calls(Token token, std::string& reason) {
        if (!peer_) {
            const auto user = clients_.callbacks_.user_of_token(token);
            if (!user) return refuse(reason, "the token is no user's");
            peer_ = Peer{.user = *user, .process = 0, .groups = {}, .name = "TCP"};
        }
        stage_ = Stage::calls;
        token_ = random_token();
        application_ = clients_.callbacks_.core().application_connected(peer_->user, peer_->name);
        clients_.applications_.emplace(static_cast<std::uint32_t>(application_), this);
        clients_.tokens_.emplace(token_, this);
        clients_.callbacks_.connected(application_, *peer_);
        welcome({.token_high = token_.high, .token_low = token_.low});
        return true;
    }

    bool greet_events(Token token, std::string& reason) {
        const auto found = clients_.tokens_.find(token);
        if (found == clients_.tokens_.end()) return refuse(reason, "the token is no calls connection's");
        const auto& owner = *found->second;
        if (peer_ && owner.peer_->user != peer_->user) return refuse(reason, "the token is another user's");
        if (!peer_) peer_ = owner.peer_;
        stage_ = Stage::events;
        application_ = owner.application_;
        channel_ = ChannelId{++clients_.last_channel_};
        clients_.channels_.emplace(clients_.last_channel_, this);
        clients_.callbacks_.core().channel_opened(application_, channel_);
        welcome({.channel = clients_.last_channel_});
        return true;
    }

    void welcome(const wire::Welcome& welcome) {
        std::vector<std::byte> frame;
        wire::FrameWriter writer(frame, {.kind = FrameKind::welcome});
        write(writer, welcome);
        writer.finish();
        stream_.send(frame);
    }

    bool calls_frame(const wire::Frame& frame, std::string& reason) {
        switch (frame.header.kind) {
        case FrameKind::call:
        case FrameKind::dialog: return clients_.callbacks_.frame(application_, *peer_, frame, reason);
        case FrameKind::service: return service_frame(frame, reason);
        case FrameKind::goodbye: return goodbye();
        case FrameKind::hello:
        case FrameKind::welcome:
        case FrameKind::result:
        case FrameKind::completion:
        case FrameKind::event:
        case FrameKind::grant:
        case FrameKind::log: break;
        }
        return refuse(reason, "a frame of a kind that no application sends");
    }

    bool service_frame(const wire::Frame& frame, std::string& reason) {
        wire::PayloadReader from(frame.payload);
        const auto text = from.utf8();
        if (!from.finished()) return refuse(reason, "the request to the service is malformed");
        clients_.callbacks_.service({.application = application_,
                                     .peer = *peer_,
                                     .function = frame.header.function,
                                     .correlation = frame.header.correlation,
                                     .text = std::string(text)});
        return true;
    }

    bool goodbye() {
        stream_.end({});
        stream_lost("it said goodbye");
        return true;
    }

    // What it was is undone, once; the core is told of an application that is gone.
    void leave() {
        hello_deadline_.cancel();
        const auto was = std::exchange(stage_, Stage::left);
        if (was == Stage::events) clients_.channels_.erase(static_cast<std::uint32_t>(channel_));
        if (was != Stage::calls) return;
        clients_.applications_.erase(static_cast<std::uint32_t>(application_));
        clients_.tokens_.erase(token_);
        clients_.callbacks_.core().application_gone(application_);
        clients_.callbacks_.gone(application_, *peer_);
        for (const auto& [key, other] : clients_.clients_)
            if (other->stage_ == Stage::events && other->application_ == application_) other->end({});
    }

    Clients& clients_;
    std::optional<Peer> peer_; // by TCP: known after hello
    const bool takes_descriptors_;
    Stage stage_ = Stage::greeting;
    ApplicationId application_{};
    ChannelId channel_{};
    Token token_;
    FrameStream stream_;
    EventLoop::Timer hello_deadline_;
};

Clients::Clients(EventLoop& loop, ClientLimits limits, Callbacks callbacks)
    : loop_(loop),
      limits_(limits),
      callbacks_(std::move(callbacks)) {}
Clients::~Clients() = default;

void Clients::accept_unix(wire::UniqueFd socket) {
    auto peer = peer_of(socket.get());
    if (peer) accept(std::move(socket), std::move(peer));
}

void Clients::accept_tcp(wire::UniqueFd socket) { accept(std::move(socket), {}); }

void Clients::accept(wire::UniqueFd socket, std::optional<Peer> peer) {
    const bool refused = full(peer);
    auto client = std::make_unique<Client>(*this, std::move(socket), std::move(peer));
    auto& added = *client;
    clients_.emplace(&added, std::move(client));
    if (refused) added.end("too many connections are open (limits.connections, limits.connections_per_user)");
}

bool Clients::full(const std::optional<Peer>& peer) const {
    if (clients_.size() >= limits_.connections) return true;
    if (!peer || peer->user == 0) return false;
    const auto same = [&](const auto& entry) {
        return entry.second->peer() && entry.second->peer()->user == peer->user;
    };
    return static_cast<std::size_t>(std::ranges::count_if(clients_, same)) >= limits_.connections_per_user;
}

void Clients::forget(Client& client) {
    clients_.erase(&client);
    if (clients_.empty()) callbacks_.all_gone();
}

Clients::Client* Clients::find(ApplicationId application) const {
    const auto found = applications_.find(static_cast<std::uint32_t>(application));
    return found == applications_.end() ? nullptr : found->second;
}

Clients::Client* Clients::find(ChannelId channel) const {
    const auto found = channels_.find(static_cast<std::uint32_t>(channel));
    return found == channels_.end() ? nullptr : found->second;
}

void Clients::to_application(ApplicationId application, std::span<const std::byte> frames) {
    if (auto* client = find(application)) client->stream().send(frames);
}

void Clients::to_application(ApplicationId application, std::span<const std::byte> frame,
                             wire::UniqueFd descriptor) {
    auto* client = find(application);
    if (client == nullptr) return;
    if (!client->takes_descriptors()) descriptor.reset();
    client->stream().send_with_descriptor(frame, std::move(descriptor));
}

void Clients::to_channel(ChannelId channel, std::span<const std::byte> frames) {
    if (auto* client = find(channel)) client->stream().send(frames);
}

void Clients::close_channel(ChannelId channel) {
    if (auto* client = find(channel)) client->end({});
}

std::optional<std::size_t> Clients::queued_bytes(ApplicationId application) const {
    auto* client = find(application);
    return client == nullptr ? std::nullopt : std::optional(client->stream().queued_bytes());
}

const Peer* Clients::peer(ApplicationId application) const {
    auto* client = find(application);
    return client == nullptr ? nullptr : &*client->peer();
}

ApplicationId Clients::application_of(ChannelId channel) const {
    const auto* client = find(channel);
    return client == nullptr ? ApplicationId{} : client->application();
}

void Clients::end_all(std::string_view reason) {
    for (const auto& [key, client] : clients_) client->end(reason);
}

} // namespace offhook::daemon
