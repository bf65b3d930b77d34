// SPDX-License-Identifier: Apache-2.0
//
// The process's calls connection, shared by its threads. There is no thread that reads: of the callers that
// wait, one reads for all until its own answer is there, then the next takes its turn. So a caller alone
// reads its own answer, and a slow call blocks its caller only.
#pragma once

#include "client/ledger.h"
#include "client/service_socket.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <vector>

namespace offhook::client {

using Clock = std::chrono::steady_clock;

// What a call's answer may be.
enum class Answer : std::uint8_t { of_synchronous, of_asynchronous, of_service, of_dialog };

// One frame that was sent and the frame that answers it. Lives on its caller's stack.
class Call {
  public:
    explicit Call(Answer kind) : kind_(kind) {}
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    virtual ~Call() = default;

    std::int32_t result = 0;
    std::uint64_t channel =
        0; // that the answer names: of the application that will hear of the request; 0: none
    std::vector<std::byte> payload;
    wire::UniqueFd descriptor;

  private:
    // The answer is there. Runs on any thread, before the answer counts as read, so that no event that
    // depends on it is delivered before (R048). Must not fail.
    virtual void answered() {}

    friend class CallsConnection;
    const Answer kind_;
    std::uint32_t correlation_ = 0;
    enum class Stage : std::uint8_t { waiting, answered, lost } stage_ = Stage::waiting;
    std::condition_variable ready_;
};

class CallsConnection {
  public:
    CallsConnection(const Address&, Start);
    CallsConnection(const Address&, Greeted);
    CallsConnection(const CallsConnection&) = delete;
    CallsConnection& operator=(const CallsConnection&) = delete;

    // Sends the frame (its correlation is set here) and waits for the answer. Throws Failure when the service
    // is gone: SERVICE_NOT_RUNNING, or OPERATIONFAILED when it went during the call.
    void exchange(Call&, std::span<std::byte> frame);

    // An answer that its caller cannot make sense of.
    void broke_protocol();

    bool lost() const { return lost_; }
    // Looks whether the service has hung up while nobody waited for it.
    bool still_there();

    // Waits until so many results were read, or the connection is lost; then nothing is waited for any more.
    bool were_read(std::uint64_t results) const { return results_read_ >= results; }
    bool wait_until_read(std::uint64_t results, Clock::time_point deadline, const std::atomic<bool>& stop);
    void wake_waiters();

    Greeted open_events() const;
    Ledger& ledger() { return ledger_; }

    // In a child process after fork(): the parent's connection is none of ours.
    void abandon() const { ::close(socket_.fd()); }

  private:
    void send(Call&, std::span<std::byte> frame);
    void await(Call&);
    void take_frames();
    void take(const wire::Frame&);
    void settle(Call&, const wire::Frame&);
    void lose();

    const Address address_;
    const wire::Welcome welcome_;
    wire::StreamSocket socket_; // its reading half is used by whoever has the turn
    std::mutex sending_;

    std::mutex mutex_; // guards what follows
    std::vector<Call*> waiting_;
    std::uint32_t last_correlation_ = 0;
    bool reading_ = false; // somebody has the turn
    std::condition_variable results_changed_;
    std::atomic<bool> lost_ = false;
    std::atomic<std::uint64_t> results_read_ = 0;

    Ledger ledger_;
};

} // namespace offhook::client
