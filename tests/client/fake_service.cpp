// SPDX-License-Identifier: Apache-2.0
#include "fake_service.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace offhook::client_test {

using wire::FrameHeader;
using wire::FrameKind;

std::vector<std::byte> frame_of(FrameHeader header, std::span<const std::byte> payload) {
    header.size = static_cast<std::uint32_t>(sizeof header + payload.size());
    std::vector<std::byte> frame(header.size);
    std::memcpy(frame.data(), &header, sizeof header);
    std::ranges::copy(payload, frame.begin() + sizeof header);
    return frame;
}

namespace {

std::string in_temporary_folder() {
    char folder[] = "/tmp/offhook-client-XXXXXX";
    if (::mkdtemp(folder) == nullptr) throw std::runtime_error("no temporary folder");
    return std::string(folder) + "/offhook.sock";
}

} // namespace

FakeService::FakeService() : FakeService(in_temporary_folder()) {
    folder_ = path_.substr(0, path_.rfind('/'));
    ::setenv("OFFHOOK_SOCKET", path_.c_str(), 1);
}

FakeService::FakeService(std::string path) : path_(std::move(path)), wake_(::eventfd(0, EFD_CLOEXEC)) {
    listening_.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un name{.sun_family = AF_UNIX, .sun_path = {}};
    std::memcpy(name.sun_path, path_.c_str(), path_.size() + 1);
    if (::bind(listening_.get(), reinterpret_cast<sockaddr*>(&name), sizeof name) != 0 ||
        ::listen(listening_.get(), 16) != 0)
        throw std::runtime_error("cannot listen");
    thread_ = std::thread([this] { run(); });
}

FakeService::~FakeService() {
    {
        const std::scoped_lock lock(mutex_);
        stop_ = true;
    }
    ::eventfd_write(wake_.get(), 1);
    thread_.join();
    connections_.clear();
    ::unlink(path_.c_str());
    if (!folder_.empty()) ::rmdir(folder_.c_str());
}

void FakeService::on(Tapi function, Handler handler) {
    const std::scoped_lock lock(mutex_);
    handlers_[function] = std::move(handler);
}

void FakeService::on_service(
    std::function<std::pair<std::int32_t, std::string>(std::uint16_t, std::string)> f) {
    const std::scoped_lock lock(mutex_);
    service_ = std::move(f);
}

void FakeService::run() {
    for (;;) {
        std::vector<pollfd> polled{{listening_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};
        std::vector<std::shared_ptr<Connection>> connections;
        {
            const std::scoped_lock lock(mutex_);
            if (stop_) return;
            connections = connections_;
        }
        for (const auto& connection : connections) polled.push_back({connection->socket.fd(), POLLIN, 0});
        if (::poll(polled.data(), polled.size(), -1) < 0) continue;
        if (polled[1].revents != 0) {
            eventfd_t value = 0;
            ::eventfd_read(wake_.get(), &value);
        }
        if (polled[0].revents != 0) {
            const std::scoped_lock lock(mutex_);
            connections_.push_back(std::make_shared<Connection>(
                wire::UniqueFd(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC))));
        }
        for (std::size_t i = 0; i < connections.size(); ++i) {
            if (polled[i + 2].revents == 0 || serve(connections[i])) continue;
            const std::scoped_lock lock(mutex_);
            std::erase(connections_, connections[i]);
        }
    }
}

bool FakeService::serve(const std::shared_ptr<Connection>& connection) {
    if (connection->socket.read_some() != wire::ReadStatus::progressed) return false;
    for (;;) {
        const auto parsed = connection->socket.next_frame();
        if (!parsed.frame) return parsed.error == wire::FrameError::none;
        if (!take(connection, *parsed.frame)) return false;
    }
}

bool FakeService::take(const std::shared_ptr<Connection>& connection, const wire::Frame& frame) {
    switch (frame.header.kind) {
    case FrameKind::hello: {
        wire::Hello hello;
        if (!read(frame.payload, hello)) return false;
        welcome(*connection, hello);
        return true;
    }
    case FrameKind::call: call(frame); return true;
    case FrameKind::service: {
        wire::PayloadReader reader(frame.payload);
        const std::string request(reader.utf8());
        std::function<std::pair<std::int32_t, std::string>(std::uint16_t, std::string)> handler;
        {
            const std::scoped_lock lock(mutex_);
            handler = service_;
        }
        FrameHeader header = frame.header;
        const auto [result, text] =
            handler ? handler(header.function, request) : std::pair<std::int32_t, std::string>{0, "{}"};
        header.result = result;
        std::vector<std::byte> answer;
        wire::FrameWriter writer(answer, header);
        writer.utf8(text);
        writer.finish();
        write(*connection, answer);
        return true;
    }
    case FrameKind::goodbye: {
        wire::PayloadReader reader(frame.payload);
        const std::scoped_lock lock(mutex_);
        goodbye_ = reader.utf8();
        changed_.notify_all();
        return true;
    }
    default: return false;
    }
}

void FakeService::welcome(Connection& connection, const wire::Hello& hello) {
    wire::Welcome answer;
    {
        const std::scoped_lock lock(mutex_);
        connection.greeted = true;
        if (hello.role == wire::Role::events) {
            if (hello.token_high != 7 || hello.token_low != 8) return; // not the token below
            connection.channel = answer.channel = static_cast<std::uint32_t>(++last_channel_);
        } else {
            answer.token_high = 7;
            answer.token_low = 8;
        }
    }
    FrameHeader header;
    header.kind = FrameKind::welcome;
    std::vector<std::byte> frame;
    wire::FrameWriter writer(frame, header);
    wire::write(writer, answer);
    writer.finish();
    write(connection, frame);
}

void FakeService::call(const wire::Frame& frame) {
    Request request;
    request.header = frame.header;
    request.row = &abi::row(static_cast<Tapi>(frame.header.function));
    request.payload.assign(frame.payload.begin(), frame.payload.end());
    if (!wire::decode_down(*request.row, request.payload, request.values))
        throw std::runtime_error("the client sent what its row does not allow: " +
                                 std::string(request.row->name));
    const auto function = static_cast<Tapi>(frame.header.function);
    Handler handler;
    {
        const std::scoped_lock lock(mutex_);
        ++counts_[function];
        changed_.notify_all();
        if (const auto found = handlers_.find(function); found != handlers_.end()) handler = found->second;
    }
    if (handler) return handler(request);
    if (function == Tapi::lineInitializeEx)
        reply(request, 0,
              Outputs()
                  .number("lphLineApp", application_of(request.header.sequence))
                  .number("lpdwNumDevs", 2)
                  .number("lpdwAPIVersion", 0x00020002));
    else if (function == Tapi::phoneInitializeEx)
        reply(request, 0,
              Outputs()
                  .number("lphPhoneApp", application_of(request.header.sequence))
                  .number("lpdwNumDevs", 1)
                  .number("lpdwAPIVersion", 0x00020002));
    else if (function == Tapi::lineShutdown || function == Tapi::phoneShutdown || function == Tapi::lineClose)
        reply(request, 0);
    else reply(request, LINEERR_OPERATIONUNAVAIL);
}

void FakeService::write(Connection& connection, std::span<const std::byte> bytes, wire::UniqueFd descriptor) {
    const std::scoped_lock lock(mutex_);
    if (descriptor) connection.socket.queue_with_descriptor(bytes, std::move(descriptor));
    else connection.socket.queue(bytes);
    connection.socket.flush();
}

std::shared_ptr<FakeService::Connection> FakeService::calls() { return channel(0); }

std::shared_ptr<FakeService::Connection> FakeService::channel(std::uint64_t number) {
    const std::scoped_lock lock(mutex_);
    for (auto at = connections_.rbegin(); at != connections_.rend(); ++at)
        if ((*at)->greeted && (*at)->channel == number) return *at;
    throw std::runtime_error("no such connection");
}

std::uint64_t FakeService::reply(const Request& request, std::int32_t result, const Outputs& outputs,
                                 wire::UniqueFd descriptor) {
    FrameHeader header = request.header;
    header.kind = FrameKind::result;
    header.result = result;
    header.sequence = 0;
    if (descriptor) header.flags = wire::flag_descriptor;
    std::vector<std::byte> frame;
    wire::FrameWriter writer(frame, header);
    if (result >= 0)
        wire::encode_up(*request.row, wire::Fill::at_return, writer, outputs.in_order(*request.row));
    writer.finish();
    {
        const std::scoped_lock lock(mutex_);
        ++results_sent_;
    }
    write(*calls(), frame, std::move(descriptor));
    return results_sent();
}

void FakeService::reply_raw(std::span<const std::byte> frame) { write(*calls(), frame); }

std::uint64_t FakeService::results_sent() const {
    const std::scoped_lock lock(mutex_);
    return results_sent_;
}

void FakeService::send(std::uint64_t number, const Event& event) {
    FrameHeader header;
    header.kind = FrameKind::event;
    header.function = static_cast<std::uint16_t>(event.message);
    header.correlation = event.request;
    header.sequence = event.after_results;
    std::vector<std::byte> frame;
    wire::FrameWriter writer(frame, header);
    wire::write(writer, event.fields);
    writer.finish();
    frame.insert(frame.end(), event.outputs.begin(), event.outputs.end());
    const auto size = static_cast<std::uint32_t>(frame.size());
    std::memcpy(frame.data(), &size, sizeof size);
    write(*channel(number), frame);
}

void FakeService::send_raw(std::uint64_t number, std::span<const std::byte> bytes) {
    write(*channel(number), bytes);
}

void FakeService::hang_up() {
    const std::scoped_lock lock(mutex_);
    for (const auto& connection : connections_) ::shutdown(connection->socket.fd(), SHUT_RDWR);
}

void FakeService::hang_up(std::uint64_t number) { ::shutdown(channel(number)->socket.fd(), SHUT_RDWR); }

void FakeService::wait_for_calls(Tapi function, std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return counts_[function] >= count; });
}

std::string FakeService::goodbye() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !goodbye_.empty(); });
    return goodbye_;
}

} // namespace offhook::client_test
