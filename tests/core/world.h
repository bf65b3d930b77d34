// SPDX-License-Identifier: Apache-2.0
//
// The world around the core in a simulation: messages on their way, timers, and simulated time. Nothing
// happens by itself; step() lets one thing happen, which one decides the Choices. Messages of one connection
// keep their order.
#pragma once

#include "core/core.h"
#include "tests/core/choices.h"
#include "wire/codec.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace offhook::test {

// A frame with its bytes.
struct Message {
    std::vector<std::byte> bytes;
    wire::Frame frame() const { return *wire::parse_frame(bytes).frame; }
};

// The same frame, with bytes of its own.
inline Message message_of(const wire::Frame& frame) {
    Message message;
    wire::FrameWriter writer(message.bytes, frame.header);
    writer.finish();
    message.bytes.insert(message.bytes.end(), frame.payload.begin(), frame.payload.end());
    const auto size = static_cast<std::uint32_t>(message.bytes.size());
    std::memcpy(message.bytes.data(), &size, sizeof size);
    return message;
}

// What leaves the core and what enters it, in the order of the core's own doing. The monitor listens here.
class Observer {
  public:
    virtual ~Observer() = default;
    virtual void host_started(std::uint32_t /*provider*/, std::uint32_t /*session*/) {}
    virtual void host_ended(std::uint32_t /*session*/) {}
    virtual void to_host(std::uint32_t /*session*/, const wire::Frame&) {}
    virtual void from_host(std::uint32_t /*session*/, const wire::Frame&) {}
    virtual void to_application(std::uint32_t /*application*/, const wire::Frame&) {}
    virtual void from_application(std::uint32_t /*application*/, const wire::Frame&) {}
    virtual void to_channel(std::uint32_t /*channel*/, const wire::Frame&) {}
    virtual void channel_closed(std::uint32_t /*channel*/) {}
    virtual void channel_lost(std::uint32_t /*channel*/) {}
    virtual void application_lost(std::uint32_t /*application*/) {}
};

// One simulated host with its provider, or one simulated application: what it does with what it receives.
class HostModel {
  public:
    virtual ~HostModel() = default;
    virtual std::vector<std::byte> exported() const = 0;
    virtual void received(const wire::Frame&) = 0;
    // Something it has yet to do by itself: a request to complete.
    virtual bool busy() const { return false; }
    virtual void act() {}
};

class ApplicationModel {
  public:
    virtual ~ApplicationModel() = default;
    virtual void received(const wire::Frame&) = 0; // on the calls connection
    virtual void received_event(std::uint32_t channel, const wire::Frame&) = 0;
    virtual void channel_closed(std::uint32_t channel) = 0;
};

class World final : public core::Environment {
  public:
    using MakeHost = std::function<std::unique_ptr<HostModel>(std::uint32_t provider, std::uint32_t session)>;

    World(Choices& choices, core::Configuration configuration, MakeHost make_host);

    core::Core& core() { return core_; }
    Choices& choices() { return choices_; }
    std::uint64_t now() const { return now_; }
    void observe(Observer& observer) { observers_.push_back(&observer); }

    // A way to change what leaves the core, as a defect of the core would: returns the frames that go out
    // instead.
    using Mutation = std::function<std::vector<Message>(Message)>;
    void mutate_to_application(Mutation mutation) { to_application_mutation_ = std::move(mutation); }
    void mutate_to_channel(Mutation mutation) { to_channel_mutation_ = std::move(mutation); }
    void mutate_to_host(Mutation mutation) { to_host_mutation_ = std::move(mutation); }

    // Of the models.
    std::uint32_t connect(ApplicationModel&);
    std::uint32_t open_channel(std::uint32_t application);
    void disconnect(std::uint32_t application);
    void lose_channel(std::uint32_t channel);
    void application_sends(std::uint32_t application, Message);
    void host_sends(std::uint32_t session, Message);
    void host_dies(std::uint32_t session);

    // One thing happens: a message arrives, or time passes to the next timer. False: nothing is left to
    // happen.
    bool step();
    void run_until_quiet();
    std::uint64_t unique_number() { return ++unique_number_; }
    std::size_t hosts() const { return hosts_.size(); }
    HostModel* host(std::uint32_t session);
    const std::vector<std::string>& log_lines() const { return log_; }

    // core::Environment
    void to_application(core::ApplicationId, std::span<const std::byte>) override;
    void to_channel(core::ChannelId, std::span<const std::byte>) override;
    void to_host(core::SessionId, std::span<const std::byte>) override;
    void close_channel(core::ChannelId) override;
    void to_host_with_audio(core::SessionId, std::span<const std::byte>, std::uint32_t stream) override;
    void to_application_with_audio(core::ApplicationId, std::span<const std::byte>,
                                   std::uint32_t stream) override;
    void discard_audio(std::uint32_t stream) override;
    void parties_learned() override { ++parties_learned_; }
    void start_host(core::ProviderId, core::SessionId) override;
    void stop_host(core::SessionId, Stop) override;
    void start_timer(core::TimerId, std::uint32_t milliseconds) override;
    void cancel_timer(core::TimerId) override;
    void log(core::Severity, std::string_view line) override { log_.emplace_back(line); }
    void trace(const core::TraceRecord&) override;
    // Those that the core has named as broken.
    const std::set<std::uint32_t>& broken_rules() const { return broken_rules_; }
    std::size_t audio_streams() const { return audio_.size(); }
    std::uint32_t parties_learned_so_far() const { return parties_learned_; }

  private:
    std::set<std::uint32_t> broken_rules_;
    struct Host {
        std::unique_ptr<HostModel> model;
        std::deque<Message> down, up;
        bool ready = false;
        bool ending = false; // exits once it has nothing more to say
        bool killed = false; // says nothing more
    };
    struct Peer {
        ApplicationModel* model = nullptr;
        std::deque<Message> down, up;
    };
    struct Channel {
        std::uint32_t application = 0;
        std::deque<Message> down;
        bool closed = false;
    };
    using Event = std::function<void()>;

    std::vector<Event> possible_events();
    static Message copy(std::span<const std::byte> bytes) { return {{bytes.begin(), bytes.end()}}; }

    Choices& choices_;
    MakeHost make_host_;
    std::uint64_t now_ = 0;
    core::Core core_;
    std::vector<Observer*> observers_;
    std::map<std::uint32_t, Host> hosts_;
    std::map<std::uint32_t, Peer> peers_;
    std::map<std::uint32_t, Channel> channels_;
    std::uint32_t next_channel_ = 1;
    std::uint64_t unique_number_ = 0x1'0000'0000;   // more than 32 bits
    std::map<std::uint32_t, std::uint64_t> timers_; // due
    std::map<std::uint32_t, std::uint32_t> audio_;
    std::uint32_t parties_learned_ = 0;
    std::vector<std::string> log_;
    Mutation to_application_mutation_, to_channel_mutation_, to_host_mutation_;
};

} // namespace offhook::test
