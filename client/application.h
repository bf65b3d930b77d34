// SPDX-License-Identifier: Apache-2.0
//
// An HLINEAPP or HPHONEAPP, and the three ways in which its messages reach the program.
#pragma once

#include "client/event_channel.h"

#include <functional>
#include <thread>

namespace offhook::client {

// Takes messages one after another, on the library's thread. False: no more are wanted.
using Sink = std::function<bool(const Message&)>;

// Hidden window: the callback.
Sink callback_sink(LINECALLBACK);
// Completion port: see offhook/completion.h. The descriptor is the application's; a copy of it is used.
Sink completion_sink(int descriptor, std::uint32_t key);

class Application {
  public:
    // Event: messages wait until they are asked for.
    explicit Application(std::shared_ptr<EventChannel>);
    // The other two: a thread of the library, "offhook-events", takes each message and gives it to the sink.
    // All signals are blocked in it.
    Application(std::shared_ptr<EventChannel>, Sink);
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;
    ~Application();

    EventChannel& events() { return *events_; }
    bool is_asked_for_messages() const { return asked_; }

    // Ends the delivery. When it returns, no callback runs and none will; unless a callback is what calls it.
    void shut_down();

    void abandon() const { events_->abandon(); }

  private:
    const std::shared_ptr<EventChannel> events_;
    const bool asked_; // event mode
    std::thread pump_;
};

} // namespace offhook::client
