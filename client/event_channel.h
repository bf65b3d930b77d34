// SPDX-License-Identifier: Apache-2.0
//
// The events connection of one HLINEAPP or HPHONEAPP. Its messages are read when somebody asks for them;
// there is no thread here, and what nobody asks for stays in the socket (and counts against the service's
// bound for it).
#pragma once

#include "client/dialogs.h"

#include <memory>
#include <optional>

namespace offhook::client {

struct Message {
    std::uint32_t device = 0;
    std::uint32_t id = 0; // LINE_ or PHONE_
    std::uint64_t instance = 0;
    std::uint64_t parameter1 = 0, parameter2 = 0, parameter3 = 0;
};

enum class Next : std::uint8_t {
    message,
    timeout,
    closed, // by close()
    lost,   // the service is gone and everything it said was delivered
};

class EventChannel {
  public:
    EventChannel(std::shared_ptr<CallsConnection>, Greeted);
    EventChannel(const EventChannel&) = delete;
    EventChannel& operator=(const EventChannel&) = delete;

    std::uint32_t number() const { return channel_; }
    CallsConnection& calls() const { return *calls_; }

    // Whose messages these are: said once, when the application is initialised and before anything is
    // delivered.
    void belongs_to(ApplicationKey application) { application_ = application; }

    // The next message that may be delivered by now (R048), with the outputs that belong to it written just
    // before (R056). When the service is lost, LINE_CLOSE or PHONE_CLOSE comes for each open device. Several
    // threads may wait.
    Next next(Message&, Clock::time_point deadline);

    // A descriptor that is readable while messages wait (R239): an epoll descriptor over the socket and
    // `buffered_`. Made on the first use. It belongs to the channel.
    int event_descriptor();

    // Whoever waits in next() returns, and nothing is written into the application's memory any more.
    void close();

    void abandon() const;

  private:
    struct Pending {
        Message message;
        std::uint32_t request = 0;
        std::uint64_t after_results = 0;
        std::span<const std::byte> outputs; // in the socket's buffer
    };

    std::optional<Next> take(Message&);
    void look_ahead();    // from what was read already
    void read_and_look(); // and from the socket
    void interpret(const wire::Frame&);
    void lose();
    void signal_buffered();
    Message deliver();
    void write_late(Message&, wire::Fill, const std::optional<LateOutputs>&,
                    std::span<const std::byte>) const;
    void wait(std::unique_lock<std::mutex>&, Clock::time_point deadline);

    const std::shared_ptr<CallsConnection> calls_;
    const std::shared_ptr<Dialogs> dialogs_;
    const std::uint32_t channel_;
    ApplicationKey application_;

    std::mutex mutex_; // guards what follows
    wire::StreamSocket socket_;
    std::optional<Pending> front_;
    bool lost_ = false;
    std::atomic<bool> closed_ = false;
    wire::UniqueFd wake_;     // readable once it is closed
    wire::UniqueFd buffered_; // readable while front_ is there
    bool signalled_ = false;
    wire::UniqueFd epoll_;
};

} // namespace offhook::client
