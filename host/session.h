// SPDX-License-Identifier: Apache-2.0
//
// One session of a provider as its host sees it: frames from the service become calls of the provider, what
// the provider does becomes frames (wire/README.md, "Service and host"). Knows no thread of its own, and
// stays until the process ends, because what the provider was given of it may still be used.
#pragma once

#include "host/callbacks.h"
#include "host/ending.h"
#include "host/granted_handles.h"
#include "host/lanes.h"
#include "host/library.h"
#include "host/log.h"
#include "host/outbox.h"
#include "host/requests.h"
#include "host/services.h"
#include "wire/frame.h"
#include "wire/host.h"
#include "wire/unique_fd.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace offhook::host {

class Session {
  public:
    static constexpr std::size_t max_concurrent_calls = 64;
    // How long calls may still run before TSPI_providerShutdown is entered beside them.
    static constexpr std::chrono::milliseconds patience_at_end{2000};

    // number: in this load of the library, from 0.
    Session(std::size_t number, const wire::HostHello& hello, Outbox& outbox, Log& log, Ending& ending);

    // Hands the services to the library, which outlives this. False: it wants no session, which has failed.
    [[nodiscard]] bool attach(const Library& library);
    // Then: says welcome and lets calls enter.
    void begin();

    // A frame from the service, with the descriptor that came along. Calls wait in lanes().
    void frame(const wire::Frame& frame, wire::UniqueFd descriptor);

    // Enters the provider with a call that lanes() gave. The result leaves when the caller flushes.
    void make(Call call);

    Lanes& lanes() { return lanes_; }
    // TSPI_providerShutdown has returned.
    bool over() const { return callbacks_.over(); }

    // Says goodbye and asks for the end.
    void fail(std::string_view reason);
    void service_left() { ending_.request(Ending::Cause::service_left); }
    // Sends what has gathered; a dead service ends the session.
    void flush();

    // Once the end was asked for: TSPI_providerShutdown when it is owed (R007).
    void shut_down();

  private:
    struct Initialized {
        std::uint32_t version = 0, provider = 0;
    };

    // Room for the reply to a command, with its NUL.
    static constexpr std::size_t room_for_reply = 64 * 1024;
    void service_frame(const wire::Frame& frame);
    void run_command(Call& call);
    void reconfigure(Call& call);
    bool grant(const wire::Frame& frame);
    void call_frame(const wire::Frame& frame, wire::UniqueFd descriptor);
    bool is_initialized();
    bool offers(abi::Tspi function) const;
    LONG enter(Call& call);
    void answer(const Call& call, LONG result);
    LONG refusal(const Call& call) const;
    void before(const Call& call);
    void after(const Call& call, LONG result);

    wire::HostMode mode_;
    Outbox& outbox_;
    Log& log_;
    Ending& ending_;
    Callbacks::Handles handles_;
    Requests requests_;
    Services services_;
    Callbacks callbacks_;
    Lanes lanes_;
    const Library* library_ = nullptr; // set before the lanes open
    std::mutex mutex_;
    std::optional<Initialized> initialized_; // TSPI_providerShutdown is owed
};

} // namespace offhook::host
