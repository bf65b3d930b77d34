// SPDX-License-Identifier: Apache-2.0
#include "client/service_socket.h"

#include "client/failure.h"
#include "client/start_service.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>

namespace offhook::client {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view tcp_prefix = "tcp:127.0.0.1:";
constexpr auto patience = std::chrono::seconds(10); // for the service to answer a hello
const std::string system_socket = "/run/offhook/offhook.sock";

std::string variable(const char* name) {
    const char* value = ::secure_getenv(name);
    return value == nullptr ? "" : value;
}

bool exists(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0;
}

template <class T> bool parse(std::string_view text, T& value, int base) {
    const auto end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value, base);
    return error == std::errc{} && stop == end;
}

Address tcp_address(std::string_view port) {
    Address address;
    address.users_own = true;
    if (!parse(port, address.port, 10) || address.port == 0)
        throw Failure{LINEERR_INVALPARAM, "OFFHOOK_SOCKET has no port: write tcp:127.0.0.1:PORT"};
    const auto token = variable("OFFHOOK_TOKEN");
    if (token.size() != 32 || !parse(std::string_view(token).substr(0, 16), address.token_high, 16) ||
        !parse(std::string_view(token).substr(16), address.token_low, 16))
        throw Failure{LINEERR_INVALPARAM, "OFFHOOK_TOKEN must hold the user's token, 32 hexadecimal digits"};
    return address;
}

struct Connected {
    wire::UniqueFd fd;
    int error = 0; // errno
};

Connected try_to_connect(const Address& address) {
    sockaddr_un unix_name{.sun_family = AF_UNIX, .sun_path = {}};
    sockaddr_in tcp_name{};
    const sockaddr* name = reinterpret_cast<const sockaddr*>(&unix_name);
    socklen_t size = sizeof unix_name;
    if (address.port != 0) {
        tcp_name.sin_family = AF_INET;
        tcp_name.sin_port = htons(address.port);
        tcp_name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        name = reinterpret_cast<const sockaddr*>(&tcp_name);
        size = sizeof tcp_name;
    } else {
        if (address.path.size() >= sizeof unix_name.sun_path)
            throw Failure{LINEERR_INVALPARAM,
                          "the path of the service's socket is too long: " + address.path};
        std::memcpy(unix_name.sun_path, address.path.c_str(), address.path.size() + 1);
    }
    wire::UniqueFd fd(::socket(name->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd) return {{}, errno};
    int failed = 0;
    do failed = ::connect(fd.get(), name, size);
    while (failed != 0 && errno == EINTR);
    if (failed != 0 && errno != EISCONN) return {{}, errno};
    return {std::move(fd), 0};
}

Failure not_running(const Address& address, int error) {
    return {LINEERR_SERVICE_NOT_RUNNING,
            "The service does not answer at " + address.text() + " (" + std::strerror(error) +
                "). Start it (systemctl start offhookd, or offhookd --socket PATH), or set "
                "OFFHOOK_SOCKET to where it listens."};
}

wire::Welcome shake_hands(wire::StreamSocket& socket, const wire::Hello& hello) {
    std::vector<std::byte> frame;
    wire::FrameHeader header;
    header.kind = wire::FrameKind::hello;
    wire::FrameWriter writer(frame, header);
    write(writer, hello);
    writer.finish();
    // When it fails the service has hung up, and may have said why before.
    (void)send_all(socket.fd(), frame);
    const auto deadline = Clock::now() + patience;
    for (;;) {
        const auto parsed = socket.next_frame();
        if (parsed.error != wire::FrameError::none) break;
        if (parsed.frame && parsed.frame->header.kind == wire::FrameKind::goodbye) {
            wire::PayloadReader reader(parsed.frame->payload);
            throw Failure{LINEERR_SERVICE_NOT_RUNNING, "The service refused: " + std::string(reader.utf8())};
        }
        if (parsed.frame) {
            wire::Welcome welcome;
            if (parsed.frame->header.kind != wire::FrameKind::welcome ||
                !read(parsed.frame->payload, welcome))
                break;
            if (welcome.version != wire::protocol_version) break;
            return welcome;
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd readable{socket.fd(), POLLIN, 0};
        if (left <= 0 || (::poll(&readable, 1, static_cast<int>(left)) < 0 && errno != EINTR))
            throw Failure{LINEERR_SERVICE_NOT_RUNNING,
                          "The service accepted the connection and then said nothing."};
        if (readable.revents != 0 && socket.read_some() != wire::ReadStatus::progressed)
            throw Failure{LINEERR_SERVICE_NOT_RUNNING, "The service hung up without a word."};
    }
    say_goodbye(socket.fd(), "this is not the welcome that version 1 of the protocol has");
    throw Failure{LINEERR_OPERATIONFAILED,
                  "What listens at the service's socket speaks another protocol, or another "
                  "version of it. Install one version of Offhook."};
}

Greeted greet(wire::UniqueFd fd, const wire::Hello& hello) {
    wire::StreamSocket socket(std::move(fd));
    const auto welcome = shake_hands(socket, hello);
    return {std::move(socket), welcome};
}

} // namespace

Address service_address() {
    Address address;
    if (const auto given = variable("OFFHOOK_SOCKET"); !given.empty()) {
        if (given.starts_with(tcp_prefix))
            return tcp_address(std::string_view(given).substr(tcp_prefix.size()));
        if (given.front() != '/')
            throw Failure{LINEERR_INVALPARAM,
                          "OFFHOOK_SOCKET must be an absolute path, or tcp:127.0.0.1:PORT"};
        address.path = given;
        address.users_own = given != system_socket;
        return address;
    }
    const auto runtime = variable("XDG_RUNTIME_DIR");
    const auto own = runtime.empty() ? "" : runtime + "/offhook/offhook.sock";
    address.users_own = !own.empty() && (exists(own) || !exists(system_socket));
    address.path = address.users_own ? own : system_socket;
    return address;
}

Greeted connect_for_calls(const Address& address, Start start) {
    auto connected = try_to_connect(address);
    if (!connected.fd && (connected.error == ENOENT || connected.error == ECONNREFUSED) &&
        start == Start::when_needed && address.users_own && address.port == 0) {
        start_service(address.path);
        connected = try_to_connect(address);
    }
    if (!connected.fd) throw not_running(address, connected.error);
    wire::Hello hello;
    hello.role = wire::Role::calls;
    hello.token_high = address.token_high;
    hello.token_low = address.token_low;
    return greet(std::move(connected.fd), hello);
}

Greeted connect_for_events(const Address& address, std::uint64_t token_high, std::uint64_t token_low) {
    auto connected = try_to_connect(address);
    if (!connected.fd) throw not_running(address, connected.error);
    wire::Hello hello;
    hello.role = wire::Role::events;
    hello.token_high = token_high;
    hello.token_low = token_low;
    return greet(std::move(connected.fd), hello);
}

void say_goodbye(int socket, std::string_view reason) {
    std::vector<std::byte> frame;
    wire::FrameHeader header;
    header.kind = wire::FrameKind::goodbye;
    wire::FrameWriter writer(frame, header);
    writer.utf8(reason);
    writer.finish();
    (void)::send(socket, frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

} // namespace offhook::client
