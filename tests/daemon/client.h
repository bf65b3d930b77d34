// SPDX-License-Identifier: Apache-2.0
//
// A blocking application that speaks bare frames.
#pragma once

#include "wire/handshake.h"
#include "wire/service.h"
#include "wire/stream_socket.h"

#include <nlohmann/json.hpp>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <stdexcept>

namespace offhook::daemon::test {

struct Received {
    wire::FrameHeader header;
    std::vector<std::byte> payload;
    std::string text() const {
        wire::PayloadReader from(payload);
        return std::string(from.utf8());
    }
};

inline wire::UniqueFd connect_unix(const std::string& path) {
    wire::UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    if (::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return {};
    return fd;
}

inline wire::UniqueFd connect_tcp(std::uint16_t port) {
    wire::UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return {};
    return fd;
}

class Client {
  public:
    explicit Client(wire::UniqueFd fd) : socket_(std::move(fd)) {
        // A test that waits in vain fails instead of hanging.
        const timeval patience{.tv_sec = 20, .tv_usec = 0};
        ::setsockopt(socket_.fd(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    explicit Client(const std::string& path) : Client(connect_unix(path)) {}

    wire::StreamSocket& socket() { return socket_; }

    void raw(std::span<const std::byte> bytes) {
        socket_.queue(bytes);
        socket_.flush();
    }

    template <class Fill> void send(wire::FrameHeader header, Fill fill) {
        std::vector<std::byte> frame;
        wire::FrameWriter writer(frame, header);
        fill(writer);
        writer.finish();
        raw(frame);
    }

    // Nothing: the connection has ended.
    std::optional<Received> receive() {
        for (;;) {
            if (const auto parsed = socket_.next_frame(); parsed.frame)
                return Received{parsed.frame->header,
                                {parsed.frame->payload.begin(), parsed.frame->payload.end()}};
            if (socket_.read_some() != wire::ReadStatus::progressed) return {};
        }
    }

    // The reason the service gives before it ends the connection; everything before is skipped.
    std::string goodbye() {
        while (auto frame = receive())
            if (frame->header.kind == wire::FrameKind::goodbye)
                return receive() ? "the connection goes on" : frame->text();
        return "no goodbye";
    }

    wire::Welcome hello(wire::Hello hello = {}) {
        send({.kind = wire::FrameKind::hello}, [&](wire::FrameWriter& to) { write(to, hello); });
        const auto frame = receive();
        if (!frame) throw std::runtime_error("the connection ended");
        if (frame->header.kind != wire::FrameKind::welcome) throw std::runtime_error(frame->text());
        wire::Welcome welcome;
        if (!read(frame->payload, welcome)) throw std::runtime_error("the welcome is malformed");
        return welcome;
    }

    void request(wire::ServiceFunction function, const nlohmann::json& body, std::uint32_t correlation = 1) {
        send({.kind = wire::FrameKind::service,
              .function = static_cast<std::uint16_t>(function),
              .correlation = correlation},
             [&](wire::FrameWriter& to) { to.utf8(body.dump()); });
    }

    struct Answer {
        std::int32_t result = 0;
        nlohmann::json body;
        std::string error() const { return result == 0 ? "" : body.at("error").get<std::string>(); }
    };
    Answer answer() {
        const auto frame = receive();
        if (!frame) throw std::runtime_error("the connection ended");
        return {frame->header.result, nlohmann::json::parse(frame->text())};
    }
    Answer ask(wire::ServiceFunction function, const nlohmann::json& body = nlohmann::json::object()) {
        request(function, body);
        return answer();
    }

  private:
    wire::StreamSocket socket_;
};

} // namespace offhook::daemon::test
