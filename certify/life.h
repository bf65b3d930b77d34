// SPDX-License-Identifier: Apache-2.0
//
// One life of a provider in a host of its own: a session begins, a script is played, everything is closed,
// and the session ends. What breaks a rule is written down.
#pragma once

#include "certify/command_tally.h"
#include "certify/host.h"
#include "certify/script.h"
#include "certify/target.h"
#include "rules/monitor.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace offhook::certify {

struct SeenBreak : rules::Break {
    std::size_t at = 0; // so many steps had passed
};

// A step of the script that was not what it says.
struct Undone {
    std::size_t step = 0;
    std::string why;
    enum class Kind : std::uint8_t {
        no_such_device, // another was taken
        nothing_to_do,
    } kind{};
};

struct Outcome {
    std::vector<SeenBreak> breaks;                  // the first of each rule
    std::map<std::uint16_t, std::string> contested; // what is right by another page, the first of each rule
    std::string ended_early;     // why the host was lost, or the session did not begin; empty: it was not
    std::string waited_for;      // what was waited for until the patience was over; empty: nothing was
    std::size_t sessions = 0;    // that began
    std::size_t devices = 0;     // lines and phones, the most that one had
    std::set<abi::Tspi> missing; // functions that it needs for the devices that it has, and does not export
    std::map<std::uint16_t, rules::Monitor::Count> counts;
    CommandTally commands;
    Script played; // the script, with the devices that there were
    std::vector<Undone> undone;
    Traffic traffic;
    bool clean() const { return breaks.empty() && ended_early.empty(); }
};

class Life {
  public:
    explicit Life(const Target&, const Script&);
    // Throws when no host can be started.
    Outcome live();

  private:
    using Choices = std::array<std::uint16_t, 3>;
    using Play = void (Life::*)(const Choices&);
    static Play play_of(Operation);

    // One for each row of operations.def.
#define OPERATION(name, weight, what) void name(const Choices&);
#include "certify/operations.def"
#undef OPERATION

    void play(std::size_t step);
    bool begin_session();
    void note_missing_functions();
    void lacks(std::string_view what) { lacking_ = what; }
    void give(Given, const std::string& command);
    void look_around();
    void end_session();
    void shut_down();
    void begin_another_session(Where);
    void offer(const Configuration&, std::uint16_t way);
    void answer_provider();
    void take_offered(const rules::OfferedDevice&);

    // What is closed as when an application or a session ends: everything, what the provider has closed
    // itself, or an application's part of devices that it shares.
    enum class Closing : std::uint8_t { all, lost_alone, shared };
    void close_everything(Closing);
    void post(Inputs, std::uint64_t lane);
    void post_requests();
    void post_ends_of_calls(std::uint64_t name, const rules::Line&);
    void post_close(const rules::Line&);
    void post_close(const rules::Phone&);
    void post_loss_of_interest(const rules::Line&);
    bool over() const;

    struct Picked {
        std::uint64_t name = 0, driver = 0; // 0: there is none
        std::uint32_t device = 0, version = 0;
        explicit operator bool() const { return driver != 0; }
    };
    // One of the devices that the first choice of a step names.
    std::uint32_t picked_of(const std::vector<std::uint32_t>& devices, std::uint16_t choice);
    Picked pick_line(std::uint16_t choice);
    Picked pick_phone(std::uint16_t choice);
    // A call in one of the states, else any that is not idle.
    Picked pick_call(std::uint16_t choice, std::uint32_t states);
    Picked pick_idle(std::uint16_t choice);
    Picked picked_among(const std::vector<Picked>&, std::uint16_t choice, std::string_view what);
    Picked picked(std::uint64_t call) const;
    void notice_calls();

    std::u16string address(std::uint16_t choice) const;
    // One of the lines' own, with a modifier that no line or hardly any can wait for; empty: it has no
    // digits.
    std::u16string undialable(std::uint16_t choice, std::uint16_t modifier);
    void learn_modifiers(const Picked& line);
    std::uint32_t size_of(std::string_view structure, std::uint32_t version, std::uint16_t choice) const;
    std::vector<std::byte> call_parameters(const Picked& line, std::uint16_t choice) const;
    std::uint32_t negotiated(std::uint32_t device, std::uint16_t choice, bool phone);

    // A function on a line, a call or a phone; asynchronous ones with a new request.
    Answer ask(Inputs);
    Answer on_call(abi::Tspi, const Picked&);
    void ask_about(abi::Tspi, std::string_view output, std::string_view structure, const Picked&,
                   std::uint16_t size);
    struct EndOfCall {
        std::uint64_t driver = 0;
        bool only_close = false; // it cannot be dropped: it is idle, or only being made
    };
    std::vector<EndOfCall> ends_of_calls(std::uint64_t line) const;
    void close_every_call_of(std::uint64_t line);

    const Target& target_;
    const Script& script_;
    Outcome outcome_;
    rules::Monitor monitor_;
    Configuration configuration_;          // of the session
    std::optional<Configuration> pending_; // of the next
    Host host_;
    std::uint32_t version_ = 0, next_request_ = 1;
    std::vector<std::uint32_t> line_devices_, phone_devices_; // their numbers
    std::size_t answered_offers_ = 0;
    std::vector<std::u16string> addresses_;
    std::vector<std::uint64_t> calls_; // in the order in which they came
    bool stop_ = false;
    std::size_t step_ = 0;     // of the script
    std::string_view lacking_; // what the step would have needed
};

} // namespace offhook::certify
