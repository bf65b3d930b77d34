// SPDX-License-Identifier: Apache-2.0
//
// What the provider needs of a SIP stack: legs (the SIP side of a call) and registrations. Everything above
// this file knows nothing of the stack behind it.
#pragma once

#include "provider/services.h"
#include "providers/sip/account.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace offhook::sip {

// One side of a SIP dialog that an INVITE began; never reused, never 0.
enum class LegId : std::uint64_t {};

// A session description, and the address that the message which brought it came from.
struct Described {
    std::string text; // empty: the message had none
    std::optional<media::Address> source;
};

enum class Presentation : std::uint8_t { shown, withheld };

struct Party {
    std::string address;
    std::string name;
    Presentation presentation = Presentation::shown;
};

struct Incoming {
    LegId leg{};
    std::size_t account = 0; // its place
    Party caller;
    Party called;
    Described offer;
};

struct Ending {
    enum class Cause : std::uint8_t {
        hung_up,   // the peer ended the call
        cancelled, // the caller gave up before the answer
        failed,    // the call was not set up, or broke: `status` says why
        dropped,   // by us; never reported by the stack
    };
    Cause cause = Cause::hung_up;
    int status = 0; // a final SIP status from 300; 408 and 503 also for a timeout and a transport failure
};

enum class Registration : std::uint8_t { registered, failed };

// What the stack reports, on its own threads; the events of one leg come one after the other. After hang_up()
// or refuse() no event of that leg is waited for, and one that still comes is to be ignored.
class StackEvents {
  public:
    // 0: the call is taken, and ring(), answer(), … may follow; else the status that refuses it, and nothing
    // follows.
    [[nodiscard]] virtual int incoming(const Incoming&) = 0;
    // An outgoing leg: the INVITE is on its way; then what the peer says to it.
    virtual void sent(LegId) = 0;
    virtual void progress(LegId, int status, const Described&) = 0;
    // The peer took the call (outgoing), or our taking it has reached the peer (incoming).
    virtual void answered(LegId, const Described&) = 0;
    // The peer wants other media. Returns our description; nothing refuses, and all stays as it was. Without
    // text in the peer's, ours is an offer whose answer comes with answered().
    virtual std::optional<std::string> offered(LegId, const Described&) = 0;
    virtual void ended(LegId, const Ending&) = 0;
    virtual void digit(LegId, char digit) = 0; // SIP INFO
    virtual void registration(std::size_t account, Registration, const std::string& reason) = 0;

  protected:
    ~StackEvents() = default;
};

// Thread-safe; every function returns at once. A leg that is gone is ignored.
class Stack {
  public:
    virtual ~Stack() = default; // ends all legs and registrations, in three seconds at most

    virtual LegId invite(std::size_t account, const std::string& uri, const std::string& offer) = 0;
    virtual void ring(LegId) = 0;                                   // incoming: tell the caller that we alert
    virtual void answer(LegId, const std::string& description) = 0; // incoming
    virtual void refuse(LegId, int status) = 0;                     // incoming, not yet answered
    virtual void hang_up(LegId) = 0;                                // cancels, refuses or ends, as fits

    // Takes other accounts over, or throws std::runtime_error as make_stack does, and then nothing has
    // changed. Those that are the same go on as if nothing happened; one that is gone or is another has no
    // leg.
    virtual void reconfigure(const Accounts&) = 0;
};

// Throws std::runtime_error with the reason when an address cannot be bound. `events` outlives the stack.
[[nodiscard]] std::unique_ptr<Stack> make_stack(const Accounts& accounts, StackEvents& events,
                                                const provider::Services& services);

} // namespace offhook::sip
