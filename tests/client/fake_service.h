// SPDX-License-Identifier: Apache-2.0
//
// A service whose every answer a test decides: it listens at a socket in a temporary folder, on a thread of
// its own, and OFFHOOK_SOCKET names it as long as it lives.
#pragma once

#include "wire/codec.h"
#include "wire/events.h"
#include "wire/handshake.h"
#include "wire/stream_socket.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace offhook::client_test {

using abi::Tapi;

class FakeService;

// A call that arrived, to be answered on the service's thread.
class Request {
  public:
    wire::FrameHeader header;
    const abi::TapiFunction* row = nullptr;
    wire::Values values{};
    std::vector<std::byte> payload;

    std::uint64_t number(std::string_view parameter) const { return values[row->index_of(parameter)].number; }
    std::u16string text(std::string_view parameter) const {
        return std::u16string(values[row->index_of(parameter)].text());
    }
    std::span<const std::byte> bytes(std::string_view parameter) const {
        return values[row->index_of(parameter)].bytes;
    }
    bool null(std::string_view parameter) const { return values[row->index_of(parameter)].null; }
};

// The outputs of a row by name.
class Outputs {
  public:
    Outputs& number(std::string name, std::uint64_t value) {
        wire::Value one;
        one.number = value;
        named_[std::move(name)] = one;
        return *this;
    }
    Outputs& block(std::string name, std::vector<std::byte> bytes) {
        kept_.push_back(std::make_unique<std::vector<std::byte>>(std::move(bytes)));
        wire::Value one;
        one.bytes = *kept_.back();
        one.null = false;
        named_[std::move(name)] = one;
        return *this;
    }
    wire::Values in_order(const abi::Function& row) const {
        wire::Values values{};
        for (const auto& [name, value] : named_) values[row.index_of(name)] = value;
        return values;
    }

  private:
    std::map<std::string, wire::Value> named_;
    std::vector<std::unique_ptr<std::vector<std::byte>>> kept_;
};

struct Event {
    std::uint32_t message = 0;
    wire::EventToApplication fields{};
    std::uint32_t request = 0;
    std::uint64_t after_results = 0;
    std::vector<std::byte> outputs{};
};

// A filled structure: `fixed` with texts behind it, each named by its fields of size and offset.
template <class T> class Filled {
  public:
    Filled(std::uint32_t fixed_size, std::uint32_t total) : fixed_(fixed_size), total_(total) {}
    T* operator->() { return &fields_; }
    Filled& text(DWORD T::*size, DWORD T::*offset, std::u16string_view value) {
        const std::u16string terminated(value);
        return part(size, offset, std::as_bytes(std::span(terminated.c_str(), value.size() + 1)));
    }
    Filled& part(DWORD T::*size, DWORD T::*offset, std::span<const std::byte> bytes) {
        fields_.*size = static_cast<DWORD>(bytes.size());
        fields_.*offset = fixed_ + static_cast<DWORD>(tail_.size());
        tail_.insert(tail_.end(), bytes.begin(), bytes.end());
        return *this;
    }
    std::vector<std::byte> bytes() {
        fields_.dwTotalSize = total_;
        fields_.dwNeededSize = fields_.dwUsedSize = fixed_ + static_cast<DWORD>(tail_.size());
        std::vector<std::byte> all(fixed_);
        std::memcpy(all.data(), &fields_, fixed_);
        all.insert(all.end(), tail_.begin(), tail_.end());
        return all;
    }

  private:
    std::uint32_t fixed_, total_;
    T fields_{};
    std::vector<std::byte> tail_;
};

class FakeService {
  public:
    using Handler = std::function<void(const Request&)>;

    FakeService();
    explicit FakeService(std::string path); // whose folder exists
    ~FakeService();
    FakeService(const FakeService&) = delete;
    FakeService& operator=(const FakeService&) = delete;

    // What is done with a function's calls. Without: lineInitializeEx, lineShutdown and lineClose succeed,
    // the others are LINEERR_OPERATIONUNAVAIL.
    void on(Tapi, Handler);
    void on_service(
        std::function<std::pair<std::int32_t, std::string>(std::uint16_t function, std::string request)>);

    // The application's handle that a channel was given.
    static std::uint32_t application_of(std::uint64_t channel) {
        return 0x1000 + static_cast<std::uint32_t>(channel);
    }

    // Answers a call. Returns the number of results sent so far.
    std::uint64_t reply(const Request&, std::int32_t result, const Outputs& = {},
                        wire::UniqueFd descriptor = {});
    void reply_raw(std::span<const std::byte> frame); // on the calls connection
    std::uint64_t results_sent() const;

    void send(std::uint64_t channel, const Event&);
    void send_raw(std::uint64_t channel, std::span<const std::byte> bytes);

    // Closes connections: all, or one channel.
    void hang_up();
    void hang_up(std::uint64_t channel);

    // Waits until a function was called so many times.
    void wait_for_calls(Tapi, std::size_t);
    // What the client said in its last goodbye; waits for one.
    std::string goodbye();

    const std::string& path() const { return path_; }

  private:
    struct Connection {
        explicit Connection(wire::UniqueFd fd) : socket(std::move(fd)) {}
        wire::StreamSocket socket;
        bool greeted = false;
        std::uint64_t channel = 0; // 0: calls
    };
    void run();
    bool serve(const std::shared_ptr<Connection>&);
    bool take(const std::shared_ptr<Connection>&, const wire::Frame&);
    void welcome(Connection&, const wire::Hello&);
    void call(const wire::Frame&);
    void write(Connection&, std::span<const std::byte>, wire::UniqueFd descriptor = {});
    std::shared_ptr<Connection> calls();
    std::shared_ptr<Connection> channel(std::uint64_t);

    std::string path_;
    std::string folder_; // that was made for it, if one was
    wire::UniqueFd listening_, wake_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::map<Tapi, Handler> handlers_;
    std::map<Tapi, std::size_t> counts_;
    std::function<std::pair<std::int32_t, std::string>(std::uint16_t, std::string)> service_;
    std::uint64_t results_sent_ = 0;
    std::uint64_t last_channel_ = 0;
    std::string goodbye_;
    bool stop_ = false;
    std::thread thread_;
};

// A frame of any kind.
std::vector<std::byte> frame_of(wire::FrameHeader, std::span<const std::byte> payload = {});

} // namespace offhook::client_test
