// SPDX-License-Identifier: Apache-2.0
//
// One load of a provider's library and its sessions, one after another. Nothing of one is visible in the
// next: each has its own configuration, requests, handles and procedures. What the provider keeps all the
// same is reported before the next begins (R001).
#pragma once

#include "host/own_threads.h"
#include "host/retention.h"
#include "host/session.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace offhook::host {

class Load {
  public:
    Load(const wire::HostHello& hello, Outbox& outbox, Log& log, Ending& ending,
         const OwnThreads& own_threads);

    // The library is loaded: the first session begins. A null library ends it.
    void loaded(std::unique_ptr<Library> library, std::string_view error);

    // The session that frames are for. It stays where it is until the process ends.
    Session& session() { return *current_.load(); }

    // A frame from the service. A hello begins the next session.
    void frame(const wire::Frame& frame, wire::UniqueFd descriptor);

    // What a thread may do now: make a call, or begin a session (without a call).
    struct Work {
        Session* session = nullptr;
        std::optional<Call> call;
    };
    std::optional<Work> take();
    bool ready() const; // whether take() would give one
    void make(Work work);

  private:
    enum class Beginning : std::uint8_t { none, due };

    void next_session(const wire::Frame& hello);
    // Why the next session cannot begin in this load; empty: it can.
    std::string refusal(const wire::HostHello& hello) const;
    void begin(Session& session);

    wire::HostHello hello_; // the first one
    Outbox& outbox_;
    Log& log_;
    Ending& ending_;
    const OwnThreads& own_threads_;
    std::unique_ptr<Library> library_;
    std::optional<Retention> retention_;
    std::vector<std::unique_ptr<Session>> sessions_; // of the thread that reads frames, once that runs
    std::atomic<Session*> current_;
    std::atomic<Session*> ended_ = nullptr; // the one before current_
    std::atomic<Beginning> beginning_ = Beginning::none;
};

} // namespace offhook::host
