// SPDX-License-Identifier: Apache-2.0
//
// What the provider has to say to the service, in the order in which it came about.
#pragma once

#include "provider/line_session.h"
#include "providers/sim/misbehaviour.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <variant>
#include <vector>

namespace offhook::sim {

struct Station;

// An open line. `closed` is set when nothing may be said about it any more.
struct OpenLine : provider::OpenLine {
    Station* station = nullptr;
    DWORD device = 0;
    DWORD extension_version = 0;      // 0: none is selected (R023)
    std::vector<std::uint64_t> calls; // that the service has handles of
    std::atomic<bool> closed{false};
};

struct OpenPhone {
    std::uint64_t handle = 0; // HDRVPHONE
    std::size_t place = 0;
    Station* station = nullptr;
    DWORD device = 0;
    provider::PhoneSink sink;
    DWORD version = 0, extension_version = 0;
    DWORD states = 0, button_modes = 0, button_states = 0; // of TSPI_phoneSetStatusMessages
    std::atomic<bool> closed{false};
};

// The service's name for a call. Of one that began here it comes with LINE_NEWCALL; it is null until then,
// and stays so when the service refuses the call.
struct CallName {
    HTAPICALL value = nullptr;
    std::shared_ptr<OpenLine> line;
    DWORD last_state = 0;          // that was reported
    std::atomic<bool> gone{false}; // closed or refused: no further word about it
};

struct CompletionNotice {
    provider::Request request;
    LONG result = 0;
};

// A completion that nobody waits for: a rule is being broken.
struct StrayNotice {
    DRV_REQUESTID request = 0;
    LONG result = 0;
};

struct NewCallNotice {
    std::shared_ptr<CallName> name;
    std::uint64_t handle = 0;
};

struct Message {
    DWORD number = 0;
    DWORD_PTR p1 = 0, p2 = 0, p3 = 0;
};

struct CallNotice {
    std::shared_ptr<CallName> name;
    Message message;
    std::shared_ptr<CallName> conference; // whose name goes into the second parameter (R132)
};

struct LineNotice {
    std::shared_ptr<OpenLine> line;
    Message message;
};

struct PhoneNotice {
    std::shared_ptr<OpenPhone> phone;
    Message message;
};

// About devices that are not open: they come and go.
struct LineDeviceNotice {
    provider::LineSink sink;
    Message message;
};
struct PhoneDeviceNotice {
    provider::PhoneSink sink;
    Message message;
};

using Notice = std::variant<CompletionNotice, StrayNotice, NewCallNotice, CallNotice, LineNotice, PhoneNotice,
                            LineDeviceNotice, PhoneDeviceNotice>;

// Breaks the rules of completions when told to.
class SpoiltCallbacks : public provider::Callbacks {
  public:
    SpoiltCallbacks(ASYNC_COMPLETION completion, Misbehaviour& misbehaviour)
        : Callbacks(completion),
          misbehaviour_(misbehaviour) {}

    void complete(DRV_REQUESTID request, LONG result) override;
    void stray(DRV_REQUESTID request, LONG result) { Callbacks::complete(request, result); }
    // Whatever becomes of it, nobody hears of it.
    void forget(DRV_REQUESTID request);

  private:
    Misbehaviour& misbehaviour_;
    std::mutex lock_;
    std::set<DRV_REQUESTID> forgotten_;
};

// Takes notices while the session is locked, and hands them over when it is not: a callback may take its
// time. Whoever comes first delivers, for all, so that the order stays and callbacks come one at a time
// (R053).
class Outbox {
  public:
    using Refused = std::function<void(std::uint64_t handle)>;

    // `refused` is told, without a lock held, of calls that the service does not take (R072).
    Outbox(SpoiltCallbacks& callbacks, Misbehaviour& misbehaviour, Refused refused)
        : callbacks_(callbacks),
          misbehaviour_(misbehaviour),
          refused_(std::move(refused)) {}

    void push(Notice notice);

    // Delivers what is there, unless another thread is at it: then that one delivers this as well.
    void deliver();

    // Returns when all that was pushed before has been delivered: nothing may be said after a close.
    void flush();

  private:
    void hand_over(CompletionNotice&);
    void hand_over(StrayNotice&);
    void hand_over(NewCallNotice&);
    void hand_over(CallNotice&);
    void hand_over(LineNotice&);
    void hand_over(PhoneNotice&);
    void hand_over(LineDeviceNotice&);
    void hand_over(PhoneDeviceNotice&);
    void report(const CallName&, const Message&);

    SpoiltCallbacks& callbacks_;
    Misbehaviour& misbehaviour_;
    const Refused refused_;

    std::mutex lock_;
    std::condition_variable delivered_some_;
    std::vector<Notice> waiting_, in_hand_;
    std::uint64_t pushed_ = 0, delivered_ = 0;
    std::thread::id deliverer_; // nobody: the default
};

} // namespace offhook::sim
