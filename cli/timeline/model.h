// SPDX-License-Identifier: Apache-2.0
//
// A trace as nested spans of time: provider installed ⊃ session ⊃ line or phone open ⊃ call, with requests
// and what is remarkable on each. The lists are flat, and what lies in something names it by its place in
// that list.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace offhook::cli::timeline {

// A record's time, and its place in the trace: records of one millisecond keep their order.
struct Moment {
    std::int64_t us = 0;
    std::size_t step = 0;

    friend bool operator==(const Moment& a, const Moment& b) { return a.step == b.step; }
    friend auto operator<=>(const Moment& a, const Moment& b) { return a.step <=> b.step; }
};

enum class Edge : std::uint8_t {
    seen,
    cut,  // the trace began later, or ends earlier
    torn, // what contains it ended first
};

struct Span {
    Moment begin, end;
    Edge begins = Edge::cut, ends = Edge::cut;

    bool contains(const Moment& moment) const { return begin <= moment && moment <= end; }
};

using Place = std::optional<std::size_t>; // in one of the timeline's lists

struct Provider {
    Span installed;
    std::string name{};
};

struct Stage {
    Moment at;
    std::string name{}; // "starting", "running"
};

struct Session {
    Span span;
    std::size_t provider = 0;
    std::uint64_t number = 0; // counted by provider, from 1
    std::uint64_t handle = 0; // the service's, if the trace tells
    std::vector<Stage> stages{};
    std::string failure{}; // why it was lost; empty: it was not
};

enum class Device : std::uint8_t { line, phone };

// A line or a phone, which can be open several times, one after the other.
struct Track {
    std::size_t provider = 0;
    Device device = Device::line;
    std::uint64_t id = 0;    // its dwDeviceID, or its handle when the trace does not tell
    bool identified = false; // whether it is the dwDeviceID
    std::size_t lanes = 0;   // how many calls it has side by side

    std::string given_name{}; // of a line, if the trace tells

    std::string number() const; // "3", or "0x100000" when it is a handle
    std::string name() const;   // "line 3", or "line 3 alice"
};

struct Opening {
    Span span;
    std::size_t track = 0, session = 0;
};

struct State {
    Moment at;
    std::uint64_t state = 0; // LINECALLSTATE_
    std::uint64_t mode = 0;  // of a disconnection: LINEDISCONNECTMODE_
};

struct Call {
    Span span;
    std::size_t track = 0, opening = 0;
    std::size_t number = 0; // for people, from 1
    std::size_t lane = 0;
    std::uint64_t handle = 0;
    std::string origin{};      // "outgoing", "incoming", or the function that made it
    std::string destination{}; // the number dialed, if the trace tells
    std::vector<State> states{};
};

struct Request {
    Span span;
    std::string function{}; // without TSPI_
    std::uint64_t id = 0;
    std::int64_t result = 0;
    std::size_t session = 0;
    Place track{}, call{};
};

enum class MarkKind : std::uint8_t {
    broken_rule,
    remark,  // unusual, but no rule forbids it
    stuck,   // it takes too long
    crash,   // a session was lost
    refused, // a line or phone did not open
    change,  // the configuration
    lost,    // records of the trace
};

struct Mark {
    Moment at;
    MarkKind kind{};
    std::uint64_t rule = 0;
    std::string text{};
    std::string during{}; // what the provider did just then: "LINE_CALLSTATE"
    Place provider{}, track{}, call{};
};

struct Timeline {
    Span whole;
    std::vector<Provider> providers{};
    std::vector<Session> sessions{};
    std::vector<Track> tracks{};
    std::vector<Opening> openings{};
    std::vector<Call> calls{};
    std::vector<Request> requests{};
    std::vector<Mark> marks{};
};

// Calls of one track that overlap get lanes of their own; as few as there can be.
void assign_lanes(Timeline&);

} // namespace offhook::cli::timeline
