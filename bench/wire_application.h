// SPDX-License-Identifier: Apache-2.0
//
// An application that speaks frames instead of calling tapi.h, so that it need not wait for one result before
// it sends the next call: what many programs together ask of a service.
#pragma once

#include "core/arguments.h"
#include "wire/codec.h"
#include "wire/events.h"
#include "wire/handshake.h"
#include "wire/stream_socket.h"

#include <functional>
#include <list>
#include <optional>
#include <string>

namespace offhook::bench {

class WireApplication {
  public:
    // An event with what it needs to be told apart.
    struct Event {
        std::uint32_t message = 0;
        std::uint32_t request = 0; // of LINE_REPLY
        wire::EventToApplication fields;
        std::uint32_t late = 0; // the first late output of LINE_REPLY, a handle as a rule
    };
    struct Handlers {
        std::function<void(std::uint32_t correlation, std::int32_t result)> result;
        std::function<void(const Event&)> event;
    };

    explicit WireApplication(const std::string& socket);

    void handle(Handlers handlers) { handlers_ = std::move(handlers); }

    // Registers one HLINEAPP, with an events connection of its own.
    std::uint32_t initialise();
    std::uint32_t devices() const { return devices_; } // that the last of them has found

    // Queues a call; gives its correlation. turn() sends it.
    template <abi::Tapi F>
    std::uint32_t ask(const core::Arguments<F>& arguments, std::uint64_t sequence = 0) {
        frame_.clear();
        wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::call,
                                          .function = static_cast<std::uint16_t>(F),
                                          .correlation = ++correlation_,
                                          .sequence = sequence});
        wire::encode_down<F>(writer, arguments.values());
        writer.finish();
        calls_->queue(frame_);
        return correlation_;
    }
    // Calls and waits; what the function gives back. Throws when it fails.
    template <abi::Tapi F> wire::Values get(const core::Arguments<F>& arguments, std::uint64_t sequence = 0) {
        const auto payload = wait_for(ask(arguments, sequence));
        wire::Values outputs{};
        wire::decode_up(abi::row(F), abi::Fill::at_return, payload, outputs);
        return outputs;
    }

    // Sends what is queued, waits for something to arrive and handles all that has.
    void turn();

  private:
    std::span<const std::byte> wait_for(std::uint32_t correlation);
    wire::Welcome greet(wire::StreamSocket& socket, const wire::Hello& hello);
    bool take_results();
    void take_events(wire::StreamSocket& events);
    void wait_until_readable(bool also_events);

    std::string path_;
    Handlers handlers_;
    std::optional<wire::StreamSocket> calls_;
    std::list<wire::StreamSocket> events_;
    wire::Welcome welcome_;
    std::vector<std::byte> frame_, awaited_;
    std::uint32_t correlation_ = 0, waits_for_ = 0, devices_ = 0;
    std::uint64_t results_ = 0; // that were read
};

} // namespace offhook::bench
