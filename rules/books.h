// SPDX-License-Identifier: Apache-2.0
//
// What has been seen of a session, as far as the rules need it: devices, lines, phones, calls and requests
// between their beginning and their end. The books say what was, and judge nothing.
#pragma once

#include "rules/dial_string.h"
#include "rules/observation.h"
#include "rules/recent.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace offhook::rules {

// A function that runs, or whose request is outstanding. The values point into `payload`.
struct CalledWith {
    abi::Tspi function{};
    std::vector<std::byte> payload;
    wire::Values values{};

    const abi::TspiFunction& row() const { return abi::row(function); }
    std::uint64_t input(abi::TspiParameter name) const {
        const auto place = name.place_in(function);
        return place < row().count ? values[place].number : 0;
    }
};

struct Request {
    CalledWith call;
    bool returned = false;              // it was accepted
    std::vector<std::uint64_t> creates; // HTAPICALL
    // What it names, by the service's names. The first of the calls is the one that it is on.
    std::array<std::uint64_t, 2> calls{};
    std::uint64_t device = 0; // a line or a phone
    RefusableModifier unsupported;
    // Of the first call, when it was asked for; 0: there is none, or another request may change it meanwhile.
    std::uint32_t state = 0;
};

struct Device {
    bool removed = false;
    bool created = false; // while the session runs
    // The widest range that a version was chosen from, and what was chosen.
    std::uint32_t asked_low = 0, asked_high = 0, chosen = 0;
};

enum class DeviceKind : std::uint8_t { line, phone };

// LINE_CREATE, PHONE_CREATE: the provider's own number of a new device, until it is given one.
struct OfferedDevice {
    DeviceKind kind{};
    std::uint64_t temporary = 0;
};

// The period of Monitor::period_has_passed() in which the provider came to owe something; none: it owes
// nothing.
using Owed = std::optional<std::uint32_t>;

struct Line {
    std::uint32_t device = 0;
    std::uint64_t driver = 0; // HDRVLINE; 0: it is being opened
    std::uint32_t version = 0;
    std::uint32_t extension = 0;                    // the selected version; 0: none
    bool had_extension = false;                     // a version was selected since it was opened
    std::optional<std::uint32_t> wanted_media = {}; // TSPI_lineSetDefaultMediaDetection
    bool forced_closed = false;                     // LINE_CLOSE
    bool announces_ringing = false;
    std::optional<std::uint32_t> rings = {}; // of the last LINEDEVSTATE_RINGING
    Owed forwarding_owed = {};               // asked for, and not confirmed by an address state
    bool announces_forwarding = false;
    std::vector<std::uint64_t> calls = {}; // their names
    std::uint32_t outstanding = 0;         // requests that name it
};

struct Phone {
    std::uint32_t device = 0;
    std::uint64_t driver = 0; // HDRVPHONE; 0: it is being opened
    std::uint32_t version = 0;
    std::uint32_t extension = 0;
    bool had_extension = false;
    bool forced_closed = false;
    bool announces_up = false;                 // both directions of buttons are asked for
    std::set<std::uint32_t> buttons_down = {}; // as reported
    std::uint32_t outstanding = 0;             // requests that name it
};

// A state that a request promises by succeeding, until it shows or the call goes another way.
struct Promise {
    std::uint16_t rule = 0;
    std::uint32_t states = 0; // any of these
    abi::Tspi function{};
    std::uint64_t call = 0;  // HDRVCALL
    std::uint32_t since = 0; // the period
};

// The rule by which a function's success promises states of calls; 0: there is none.
constexpr std::uint16_t promised_rule(abi::Tspi function) {
    using abi::Tspi;
    switch (function) {
    case Tspi::lineHold:
    case Tspi::lineUnhold:
    case Tspi::lineAnswer:
    case Tspi::lineAccept: return 58;
    case Tspi::lineDrop: return 80;
    case Tspi::lineSetupTransfer: return 214;
    case Tspi::lineCompleteTransfer: return 216;
    case Tspi::lineSetupConference:
    case Tspi::lineAddToConference: return 217;
    case Tspi::linePark:
    case Tspi::lineBlindTransfer:
    case Tspi::lineRedirect: return 221;
    default: return 0;
    }
}

enum class CallStage : std::uint8_t {
    pending, // the request that creates it is outstanding
    alive,
};

struct Call {
    std::uint64_t line = 0;   // HTAPILINE
    std::uint64_t driver = 0; // HDRVCALL
    CallStage stage = CallStage::alive;
    std::optional<abi::Tspi> creator; // none: it came by LINE_NEWCALL
    std::uint32_t state = 0;          // 0: none was reported
    bool closing = false;             // TSPI_lineCloseCall has been called
    bool dropped = false;             // TSPI_lineDrop has been called
    std::uint64_t original = 0;       // of a consultation call: HDRVCALL of the call that waits for it
    std::uint64_t conference = 0;     // of a party: HDRVCALL of its conference
    bool leaves_original = false;     // LINECALLPARAMFLAGS_NOHOLDCONFERENCE
    bool pass_through = false;        // LINEBEARERMODE_PASSTHROUGH
    std::optional<Promise> promise;
    Owed app_specific_owed; // it was set, and LINE_CALLINFO has not said so
    // Of digits, and of digits or tones, that have no end so far. An end may come before the function
    // returns.
    std::int32_t gatherings = 0, generations = 0;
    Owed gathering_owed, generation_owed; // an end: there is more than one
    // Requests that are on it, and all that name it.
    std::uint32_t outstanding = 0, named = 0;

    bool idle() const { return (state & LINECALLSTATE_IDLE) != 0; }
};

struct Range {
    std::uint32_t low = 0, high = 0;
};
struct DialRanges {
    Range pause, speed, duration, wait;
};

class Books {
  public:
    // ---- The session
    bool initialised = false;
    std::uint32_t first_line = 0, line_count = 0, first_phone = 0, phone_count = 0;
    std::map<std::uint32_t, Device> line_devices, phone_devices; // and INITIALIZE_NEGOTIATION
    std::map<std::uint32_t, DialRanges> dial_ranges;             // of line devices
    std::map<std::uint32_t, std::uint32_t> capability_flags;     // of line devices: LINEDEVCAPFLAGS_
    std::map<std::uint32_t, std::uint32_t> predictive_states;    // of line devices, their first address
    std::set<std::u16string> known_classes;                      // of devices, as they were given

    std::vector<OfferedDevice> offered; // in the order in which they were

    // ---- What is open, by the name that the service gave it
    std::unordered_map<std::uint64_t, Line> lines;
    std::unordered_map<std::uint64_t, Phone> phones;
    std::unordered_map<std::uint64_t, Call> calls;
    std::unordered_map<std::uint32_t, Request> requests; // outstanding

    // ---- What is over
    Recent refused, completed; // requests
    RecentRequests asked;
    Recent closed_calls, failed_calls; // HTAPICALL
    Recent closed_devices;             // HTAPILINE, HTAPIPHONE

    const Line* line_of(std::uint64_t driver) const;
    const Phone* phone_of(std::uint64_t driver) const;
    const Call* call_of(std::uint64_t driver) const;
    const Call* call(std::uint64_t name) const;
    std::uint64_t name_of_call(std::uint64_t driver) const;                      // 0: it is not known
    std::uint64_t name_of_device(std::uint64_t line, std::uint64_t phone) const; // HDRVLINE or HDRVPHONE
    const Line* line_of_call(const Call&) const;
    // The calls of a line, by the service's name: a session has thousands that do not matter.
    std::span<const std::uint64_t> calls_of_line(std::uint64_t name) const;
    // The function names a line, or a call of one.
    const Line* line_named_by(const Observation&) const;
    // The version that structures about the function's line, call or phone are filled for.
    std::optional<std::uint32_t> version_for(const Observation&) const;

    // What is outstanding on a call, on a line and its calls, on a phone; by the provider's handle.
    bool outstanding_on_call(std::uint64_t driver) const;
    bool outstanding_on_line(std::uint64_t driver) const;
    bool outstanding_on_phone(std::uint64_t driver) const;

    // What the request's success says of calls (the pages of the functions).
    std::vector<Promise> promised_by(const Request&) const;

    // Is anything outstanding that the provider has yet to complete or to report?
    bool owed() const;
    // What is owed since then has had its time, and has not been said to be late before.
    bool is_overdue(const Owed& since) const { return since && *since >= due_.first && *since <= due_.last; }
    void everything_is_due() { due_ = {0, period_}; }
    bool period_has_passed(); // false: nothing can be overdue so far

    // A function is entered: noted before the rules look at it. Everything else after.
    void enter(const Observation&);
    void note(const Observation&);

  private:
    void begin_anew();
    void returned(const Observation&);
    void completed_request(const Observation&);
    void said(const Observation&);
    void call_said(const Observation&, Call&);
    void creates(const Observation&);
    RefusableModifier refusable_modifier_in(const Observation&) const;
    void created_by(const Observation&, Call&) const;
    void promise(const Promise&);
    void add_call(std::uint64_t name, const Call&);
    void erase_call(std::uint64_t name);
    void forget_call(std::uint64_t driver);
    void add_request(std::uint32_t id, Request&&);
    Request take_request(std::unordered_map<std::uint32_t, Request>::iterator);
    enum class Change : std::uint8_t { begins, ends };
    void count(const Request&, Change);
    void count_unended(std::int32_t& count, std::int32_t change, Owed& owed) const;
    Line* line_to_change(std::uint64_t driver);
    Phone* phone_to_change(std::uint64_t driver);
    Call* call_to_change(std::uint64_t driver);

    struct Periods {
        std::uint32_t first = 0, last = 0;
    };
    std::uint32_t period_ = 0;
    Periods due_; // while a rule looks at what is overdue

    std::unordered_map<std::uint64_t, std::uint64_t> line_names_, phone_names_,
        call_names_; // by the driver's
};

// The parameters of functions that create calls: the service's name of a call, and behind it the place for
// the provider's handle (R061).
struct CreatedCall {
    std::size_t name = 0, handle = 0;
};
class CreatedCalls {
  public:
    constexpr CreatedCalls() = default;
    constexpr explicit CreatedCalls(const abi::TspiFunction& row) {
        for (std::size_t i = 0; i + 1 < row.count && count_ < calls_.size(); ++i)
            if (row.parameters[i].name.starts_with("ht") && row.parameters[i + 1].name.starts_with("lphd") &&
                row.parameters[i + 1].name.ends_with("Call"))
                calls_[count_++] = {i, i + 1};
    }
    constexpr const CreatedCall* begin() const { return calls_.data(); }
    constexpr const CreatedCall* end() const { return calls_.data() + count_; }
    constexpr bool empty() const { return count_ == 0; }

  private:
    std::array<CreatedCall, 2> calls_{};
    std::size_t count_ = 0;
};
inline constexpr auto created_by_functions = [] {
    std::array<CreatedCalls, abi::tspi_functions.size()> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = CreatedCalls(abi::tspi_functions[i]);
    return all;
}();
constexpr const CreatedCalls& created_calls(abi::Tspi function) {
    return created_by_functions[static_cast<std::size_t>(function)];
}
constexpr bool creates_calls(std::uint16_t number) {
    return !created_calls(static_cast<abi::Tspi>(number)).empty();
}

} // namespace offhook::rules
