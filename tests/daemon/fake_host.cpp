// SPDX-License-Identifier: Apache-2.0
//
// Stands for offhook-host: behaves as the name of the "library" in its hello says, so that everything a host
// can do to the service can be tried.
#include "abi/function_table.h"
#include "wire/host.h"
#include "wire/stream_socket.h"

#include <fcntl.h>
#include <poll.h>

#include <csignal>
#include <cstdlib>

namespace {

using namespace offhook;
using abi::Tspi;
using wire::FrameKind;

class Host {
  public:
    int run() {
        for (;;) {
            if (socket_.read_some() != wire::ReadStatus::progressed) return ended();
            for (auto parsed = socket_.next_frame(); parsed.frame; parsed = socket_.next_frame()) {
                if (parsed.frame->header.kind == FrameKind::hello) greet(*parsed.frame);
                else if (parsed.frame->header.kind == FrameKind::call) call(*parsed.frame);
            }
        }
    }

  private:
    bool is(std::string_view behaviour) const { return hello_.library == "/fake/" + std::string(behaviour); }

    int ended() {
        if (is("stays")) {
            // Only a signal ends it.
            for (;;) ::pause();
        }
        if (is("talks-at-the-end")) log(6, "good night");
        return 0;
    }

    void greet(const wire::Frame& frame) {
        if (!read(frame.payload, hello_)) std::exit(9);
        if (is("aborts")) std::abort();
        if (is("exits")) std::exit(42);
        if (is("silent")) return;
        if (is("talks-a-lot")) {
            // More than is read at once, and the process has ended before it is all read.
            for (int i = 0; i < 9; ++i) log(6, std::string(10'000, 'x'));
            std::exit(0);
        }
        if (is("says-why")) {
            send({.kind = FrameKind::goodbye},
                 [](wire::FrameWriter& to) { to.utf8("the library is made for a clarinet"); });
            std::exit(1);
        }
        if (is("nonsense")) {
            const std::vector<std::byte> bytes(64, std::byte{0});
            socket_.queue(bytes);
            socket_.flush();
            for (;;) ::pause();
        }
        if (is("sends-a-descriptor")) {
            std::vector<std::byte> bytes;
            wire::FrameWriter(bytes, {.kind = FrameKind::log}).finish();
            socket_.queue_with_descriptor(bytes, wire::UniqueFd(::open("/dev/null", O_RDONLY)));
            socket_.flush();
            for (;;) ::pause();
        }
        std::vector<std::byte> exported(static_cast<std::size_t>(Tspi::count), std::byte{1});
        if (is("exports-nothing")) std::fill(exported.begin(), exported.end(), std::byte{0});
        send({.kind = FrameKind::welcome}, [&](wire::FrameWriter& to) { to.block(exported); });
    }

    void call(const wire::Frame& frame) {
        const auto& header = frame.header;
        if (hello_.mode == wire::HostMode::change) {
            if (is("hangs-in-install")) return;
            if (is("dies-in-install")) ::raise(SIGSYS);
            set("written.by", std::string(abi::row(static_cast<Tspi>(header.function)).name));
            set("to.remove", {});
            if (is("refuses") || (is("refuses-removal") &&
                                  header.function == static_cast<std::uint16_t>(Tspi::providerRemove))) {
                log(3, "the account needs a server");
                return answer(header, LINEERR_INVALPARAM);
            }
        }
        answer(header, hello_.mode == wire::HostMode::change ? 0 : LINEERR_OPERATIONFAILED);
    }

    void answer(const wire::FrameHeader& header, std::int32_t result) {
        send({.kind = FrameKind::result, .correlation = header.correlation, .result = result},
             [](wire::FrameWriter&) {});
    }

    void set(std::string key, std::optional<std::string> value) {
        send({.kind = FrameKind::service, .function = wire::host_config_set}, [&](wire::FrameWriter& to) {
            write(to, wire::HostConfigSet{std::move(key), std::move(value)});
        });
    }

    void log(std::uint32_t severity, std::string_view line) {
        send({.kind = FrameKind::log}, [&](wire::FrameWriter& to) {
            to.number(severity);
            to.utf8(line);
        });
    }

    template <class Fill> void send(wire::FrameHeader header, Fill fill) {
        std::vector<std::byte> frame;
        wire::FrameWriter writer(frame, header);
        fill(writer);
        writer.finish();
        socket_.queue(frame);
        socket_.flush();
    }

    wire::StreamSocket socket_{wire::UniqueFd(3)};
    wire::HostHello hello_;
};

} // namespace

int main() {
    std::signal(SIGPIPE, SIG_IGN);
    return Host().run();
}
