// SPDX-License-Identifier: Apache-2.0
//
// Keeps what passes the service, always, and hands it to those who ask for it (`offhook trace`): as it was
// kept, so that showing it costs the service nothing.
#pragma once

#include "core/environment.h"
#include "daemon/event_loop.h"
#include "trace/recorder.h"

#include <nlohmann/json.hpp>

#include <deque>
#include <functional>
#include <map>
#include <optional>

namespace offhook::daemon {

class FrameTrace {
  public:
    struct Callbacks {
        std::function<void(core::ApplicationId, const nlohmann::json&)> send;
        // How much the application has yet to read; nothing: it is gone.
        std::function<std::optional<std::size_t>(core::ApplicationId)> queued_bytes;
        // What began before a time, for a reader of what came later (wire/service.h, trace).
        std::function<nlohmann::json(std::uint64_t time_us, std::optional<uid_t> only_of)> names;
    };

    // `memory` in bytes, 0: nothing is kept. A reader with more than `patience` bytes to read is left alone
    // until it has read them.
    FrameTrace(EventLoop&, std::size_t memory, std::size_t patience, Callbacks);

    bool on() const { return recorder_.on(); }
    void frame(trace::Boundary, const trace::Peer&, const wire::Frame&);
    void frames(trace::Boundary, const trace::Peer&, std::span<const std::byte> frames);
    void note(const trace::Note&, const trace::Peer&);
    // A line, HTAPILINE, whose provider is removed.
    void line_goes(std::uint32_t line, std::string name);

    // What was kept until now and is not older; or what comes, too.
    enum class Until : std::uint8_t { now, it_ends };
    struct Wish {
        std::optional<uid_t> only_of; // whose applications; nothing: everybody's, and the providers
        std::uint64_t since_us = 0;
        Until until = Until::now;
    };
    void read(core::ApplicationId, const Wish&);
    void application_gone(core::ApplicationId);
    void send_entries(); // at once, as before the connections end; else once a turn of the loop

    // The last violations, the oldest first; kept when nothing else is.
    struct Violation {
        std::uint64_t time_us = 0;
        std::string provider, text;
        std::uint32_t rule = 0, line = 0, call = 0; // HTAPILINE, HTAPICALL
    };
    const std::deque<Violation>& violations() const { return violations_; }

  private:
    // Frames of what has ended may be kept still.
    enum class Named : std::uint8_t { session, application, line };
    struct Gone {
        Named what{};
        std::uint32_t number = 0;
        std::uint32_t user = 0;
        std::string name;
        std::uint64_t time_us = 0;
    };
    void keep_name(Gone);
    void keep_name_in(const trace::Note&, const trace::Peer&, std::uint64_t now);
    nlohmann::json names_for(const Wish&, std::uint64_t begins) const;

    struct Reader {
        Wish wish;
        trace::FrameRing::Cursor next;
        std::uint64_t end = 0; // number of the entry behind the last one that is wanted
        bool finished = false;
    };

    bool send_to(core::ApplicationId, Reader&); // false: it has to read first
    nlohmann::json next_part(Reader&) const;
    trace::FrameRing::Cursor first_since(std::uint64_t time_us) const;
    void added();
    // Of this wake-up: reading the clock for each frame would cost more than keeping it.
    std::uint64_t time_us();

    EventLoop& loop_;
    std::size_t patience_;
    Callbacks callbacks_;
    trace::Recorder recorder_;
    std::uint64_t time_us_ = 0;
    std::optional<std::uint64_t> time_of_; // the wake-up
    std::deque<Violation> violations_;
    std::deque<Gone> gone_; // the oldest first
    std::map<core::ApplicationId, Reader> readers_;
    EventLoop::Timer send_;
};

} // namespace offhook::daemon
