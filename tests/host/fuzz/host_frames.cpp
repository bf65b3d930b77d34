// SPDX-License-Identifier: Apache-2.0
//
// Any bytes that arrive at a host: frames are taken apart, calls enter a provider that exports everything,
// and what it answers is sent. Nothing of it may read or write where it must not.
#include "host/session.h"
#include "tests/host/echo_provider.h"
#include "wire/codec.h"
#include "wire/writer.h"

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <vector>

namespace offhook::host {
namespace {

Library::Symbols echo_symbols() {
    return {
#define TSPI_FUNCTION(name, ...) reinterpret_cast<void*>(&::TSPI_##name),
#define TUISPI_FUNCTION(name, ...) reinterpret_cast<void*>(&::TUISPI_##name),
#include "abi/table/tspi.def"
#undef TSPI_FUNCTION
#undef TUISPI_FUNCTION
    };
}

class Fuzzed {
  public:
    explicit Fuzzed(wire::HostMode mode)
        : outbox_(sockets_.host.get(), {.patience = std::chrono::milliseconds(0)}),
          session_(0, hello(mode), outbox_, log_, ending_) {
        echo::completion = nullptr;
        if (!session_.attach(library_)) std::abort();
        session_.begin();
        take_frame(initialise());
    }

    void take(std::span<const std::byte> bytes) {
        while (!ending_.requested()) {
            const auto parsed = wire::parse_frame(bytes);
            if (!parsed.frame) break;
            bytes = bytes.subspan(parsed.frame->header.size);
            take_frame(*parsed.frame);
        }
        session_.shut_down();
    }

  private:
    struct Sockets {
        wire::UniqueFd host, service;
        Sockets() {
            std::array<int, 2> ends{};
            if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) std::abort();
            host.reset(ends[0]);
            service.reset(ends[1]);
        }
    };

    void take_frame(const wire::Frame& frame) {
        session_.frame(frame, {});
        while (auto call = session_.lanes().take()) session_.make(std::move(*call));
        session_.flush();
        drain();
    }

    // What gives the provider its procedures.
    wire::Frame initialise() {
        first_.clear();
        wire::FrameWriter writer(first_, {.kind = wire::FrameKind::call,
                                          .function = static_cast<std::uint16_t>(abi::Tspi::providerInit),
                                          .correlation = 1});
        wire::encode_down<abi::Tspi::providerInit>(writer, wire::Values{});
        writer.finish();
        return *wire::parse_frame(first_).frame;
    }
    static wire::HostHello hello(wire::HostMode mode) {
        wire::HostHello hello;
        hello.mode = mode;
        return hello;
    }
    void drain() {
        static std::array<std::byte, 1 << 16> buffer;
        while (::recv(sockets_.service.get(), buffer.data(), buffer.size(), MSG_DONTWAIT) > 0) {
        }
    }

    Sockets sockets_;
    Ending ending_{std::chrono::hours(1)}; // the fuzzer goes on
    Outbox outbox_;
    Log log_{outbox_};
    const Library library_{echo_symbols(), &::OFFHOOK_providerAttach};
    std::vector<std::byte> first_;
    Session session_;
};

} // namespace
} // namespace offhook::host

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto mode = data[0] % 2 == 0 ? offhook::wire::HostMode::session : offhook::wire::HostMode::change;
    offhook::host::Fuzzed fuzzed(mode);
    fuzzed.take(std::as_bytes(std::span(data + 1, size - 1)));
    return 0;
}
