// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/command.h"

#include "providers/sim/tsp/module.h"

#include <array>
#include <charconv>
#include <functional>
#include <optional>
#include <span>
#include <sstream>
#include <vector>

namespace offhook::sim {
namespace {

using Words = std::span<const std::string>;

Reply done(std::string text = "ok") { return {0, std::move(text)}; }
Reply wrong(std::string text) { return {LINEERR_INVALPARAM, std::move(text)}; }

std::optional<std::uint32_t> number(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string_view name_of(CallState state) {
    constexpr std::array<std::string_view, static_cast<std::size_t>(CallState::count)> names{
        "new",        "offering",           "accepted",       "dialtone",    "dialing",
        "proceeding", "ringback",           "busy",           "specialinfo", "connected",
        "onhold",     "onholdpendtransfer", "onholdpendconf", "conferenced", "disconnected",
        "idle"};
    return names[static_cast<std::size_t>(state)];
}

// The station of a number: an extension, or else a subscriber outside who has calls.
Station* station_of(Session& session, const std::string& number) {
    if (Station* extension = session.pbx().extension(number)) return extension;
    return session.pbx().subscriber_with_calls(number);
}

Reply unknown_station(const Session&, const std::string& number) {
    return wrong("there is no extension or outside party \"" + number + "\" now: see \"list\"");
}

// What a call could not do, for people.
Reply result(LONG error, const std::string& what) {
    if (error == 0) return done();
    return {error, what};
}

// ---- The commands. Each gets its words without its own name; how many it needs has been checked.

Reply list(Session& session, Words) {
    std::ostringstream text;
    Pbx& pbx = session.pbx();
    for (std::size_t place = 0; place < pbx.places(); ++place) {
        const Station* station = pbx.extension_at(place);
        if (station == nullptr) continue;
        text << station->self.address << (station->is_usable() ? "" : " out-of-service")
             << (session.line_at(*station) != nullptr ? " open" : "")
             << (station->phone.off_hook() != 0 ? " off-hook" : "") << '\n';
        for (const Call* call : station->calls) {
            text << "  call " << call->id << ' ' << name_of(call->state)
                 << (call->peer != nullptr ? " with " + call->peer->station->self.address : "");
            if (const auto streams = session.streams(*call); streams.open != 0)
                text << ", audio streams " << streams.open << ", frames lost " << streams.frames_lost;
            text << '\n';
        }
    }
    for (const auto& [slot, call] : pbx.parked())
        text << "parked " << slot << ' ' << call->station->self.address << '\n';
    return done(text.str());
}

Reply lift(Session& session, Words words) {
    Station* station = session.pbx().extension(words[0]);
    if (station == nullptr) return unknown_station(session, words[0]);
    return result(
        session.pbx().set_hookswitch(*station, PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHMODE_MICSPEAKER),
        "");
}

Reply hang_up(Session& session, Words words) {
    Station* station = session.pbx().extension(words[0]);
    if (station == nullptr) return unknown_station(session, words[0]);
    return result(session.pbx().set_hookswitch(*station, all_devices, PHONEHOOKSWITCHMODE_ONHOOK), "");
}

Reply dial(Session& session, Words words) {
    Station* station = session.pbx().extension(words[0]);
    if (station == nullptr) return unknown_station(session, words[0]);
    if (station->phone.off_hook() == 0) static_cast<void>(lift(session, words));
    Call* call = station->first_in(CallState::dialtone);
    if (call == nullptr) call = station->first_in(CallState::dialing);
    if (call == nullptr)
        return {LINEERR_INVALCALLSTATE, words[0] + " has no dial tone: \"hangup " + words[0] + "\" first"};
    return result(session.pbx().dial(*call, words[1]), "\"" + words[1] + "\" cannot be dialed: write digits");
}

Reply press(Session& session, Words words) {
    Station* station = session.pbx().extension(words[0]);
    if (station == nullptr) return unknown_station(session, words[0]);
    const auto& which = words[1];
    const std::size_t key = which.size() == 1 ? std::string_view(keypad).find(which[0]) : std::string::npos;
    const auto button =
        key != std::string::npos ? std::optional(static_cast<std::uint32_t>(key)) : number(which);
    if (!button || *button >= buttons)
        return wrong("\"" + which + "\" is no button: write 0 to 9, *, # or a number from 12 to " +
                     std::to_string(buttons - 1));
    session.pbx().press(*station, *button);
    return done();
}

Reply ring(Session& session, Words words) {
    if (words.size() < 3 || words[1] != "from") return wrong("write: ring <extension> from <number> [name]");
    if (session.pbx().extension(words[0]) == nullptr) return unknown_station(session, words[0]);
    session.pbx().ring_from(session.pbx().subscriber(words[2]), words[0], words.size() > 3 ? words[3] : "");
    return done();
}

// The first call of a station that is in one of the states.
Call* call_in(const Station& station, std::initializer_list<CallState> states) {
    for (const CallState state : states)
        if (Call* call = station.first_in(state)) return call;
    return nullptr;
}

template <class Act> Reply offered(Session& session, Words words, Act act) {
    Station* station = station_of(session, words[0]);
    if (station == nullptr) return unknown_station(session, words[0]);
    Call* call = call_in(*station, {CallState::offering, CallState::accepted});
    if (call == nullptr) return {LINEERR_INVALCALLSTATE, "nothing rings at " + words[0]};
    return result(act(session.pbx(), *call), "that is not possible now");
}

Reply answer(Session& session, Words words) {
    return offered(session, words, [](Pbx& pbx, Call& call) { return pbx.answer(call); });
}

Reply refuse(Session& session, Words words) {
    return offered(session, words, [](Pbx& pbx, Call& call) { return pbx.drop(call); });
}

Reply drop(Session& session, Words words) {
    Station* station = station_of(session, words[0]);
    if (station == nullptr) return unknown_station(session, words[0]);
    if (station->calls.empty()) return {LINEERR_INVALCALLSTATE, words[0] + " has no call"};
    const auto calls = station->calls;
    for (Call* call : calls)
        if (call->state != CallState::idle) static_cast<void>(session.pbx().drop(*call));
    return done();
}

// What the far end of an extension's call sends is heard there.
template <class Hear> Reply heard(Session& session, Words words, Hear hear) {
    Station* station = session.pbx().extension(words[0]);
    if (station == nullptr) return unknown_station(session, words[0]);
    Call* call = call_in(*station, {CallState::connected, CallState::onhold, CallState::conferenced});
    if (call == nullptr) return {LINEERR_INVALCALLSTATE, words[0] + " has no connected call"};
    return hear(*call);
}

Reply digits(Session& session, Words words) {
    if (words[1].find_first_not_of("0123456789*#ABCD") != std::string::npos)
        return wrong("\"" + words[1] + "\" are no digits: write 0 to 9, *, #, A to D");
    return heard(session, words, [&](Call& call) {
        for (const char digit : words[1]) session.pbx().receive_digit(call, digit);
        return done();
    });
}

Reply tone(Session& session, Words words) {
    Sound sound;
    for (const auto& word : words.subspan(1)) {
        const auto frequency = number(word);
        if (!frequency) return wrong("\"" + word + "\" is no frequency: write up to three numbers, in Hz");
        sound.push_back({*frequency});
    }
    return heard(session, words, [&](Call& call) {
        session.pbx().receive_tone(call, sound);
        return done();
    });
}

Reply silence(Session& session, Words words) {
    return heard(session, words, [&](Call& call) {
        session.pbx().receive_tone(call, {});
        return done();
    });
}

Reply plug(Session& session, Words words) {
    Station* station = session.pbx().extension(words[0]);
    if (station == nullptr) return unknown_station(session, words[0]);
    session.pbx().set_status(*station,
                             station->status | LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE);
    return done();
}

Reply unplug(Session& session, Words words) {
    Station* station = session.pbx().extension(words[0]);
    if (station == nullptr) return unknown_station(session, words[0]);
    constexpr DWORD lost = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE;
    session.pbx().set_status(*station, station->status & ~lost);
    return done();
}

Reply add(Session& session, Words words) {
    const auto given = numbers_of(words[0], 1);
    if (!given || given->size() != 1) return wrong("\"" + words[0] + "\" is no number for an extension");
    if (session.pbx().extension(words[0]) != nullptr) return wrong(words[0] + " is there already");
    session.add(words[0]);
    return done();
}

Reply remove(Session& session, Words words) {
    Station* station = session.pbx().extension(words[0]);
    if (station == nullptr) return unknown_station(session, words[0]);
    session.remove(*station);
    return done();
}

Reply break_down(Session& session, Words words) {
    Station* station = session.pbx().extension(words[0]);
    if (station == nullptr) return unknown_station(session, words[0]);
    session.break_down(*station);
    return done();
}

Reply reinit(Session& session, Words) {
    session.ask_to_reinitialise();
    return done();
}

Reply advance(Session& session, Words words) {
    const auto span = number(words[0]);
    if (!span) return wrong("\"" + words[0] + "\" is no time: write milliseconds");
    const auto now = session.advance(milliseconds(*span));
    if (!now) return {LINEERR_OPERATIONUNAVAIL, "time is real: set time = virtual in the configuration"};
    return done("now " + std::to_string(now->count()));
}

// ---- Misbehaviour, which needs no session

Reply misbehave(Words words) {
    const auto fault = Misbehaviour::find(words[0]);
    if (!fault) return wrong("\"" + words[0] + "\" is not known: see \"misbehaviours\"");
    const auto times = words.size() > 1 ? number(words[1]) : std::optional<std::uint32_t>(1);
    if (!times) return wrong("\"" + words[1] + "\" is no count");
    module().misbehaviour().ask(*fault, *times);
    return done(std::string(fault_rows[static_cast<std::size_t>(*fault)].what));
}

Reply behave(Words) {
    module().misbehaviour().behave();
    return done();
}

Reply misbehaviours(Words) {
    std::string text;
    for (std::size_t i = 0; i < faults; ++i) {
        const auto left = module().misbehaviour().left(static_cast<Fault>(i));
        text += std::string(fault_rows[i].word) + "  " + std::string(fault_rows[i].what) +
                (left != 0 ? "  (" + std::to_string(left) + " times to come)" : "") + '\n';
    }
    return done(std::move(text));
}

struct CommandRow {
    std::string_view name, parameters, what;
    std::size_t least, most; // words
    Reply (*in_session)(Session&, Words);
    Reply (*anytime)(Words);
};

Reply help(Words);

constexpr std::size_t any = 8;
constexpr std::array commands{
    CommandRow{"help", "", "what there is", 0, 0, nullptr, help},
    CommandRow{"list", "", "extensions, their calls, and what is parked", 0, 0, list, nullptr},
    CommandRow{"lift", "<extension>", "lift the handset: answers, or draws dial tone", 1, 1, lift, nullptr},
    CommandRow{"hangup", "<extension>", "put everything on hook", 1, 1, hang_up, nullptr},
    CommandRow{"dial", "<extension> <number>", "dial at the phone, lifting the handset first", 2, 2, dial,
               nullptr},
    CommandRow{"press", "<extension> <button>", "press and release a button", 2, 2, press, nullptr},
    CommandRow{"ring", "<extension> from <number> [name]", "a call from outside", 3, any, ring, nullptr},
    CommandRow{"answer", "<number>", "an extension or outside party answers", 1, 1, answer, nullptr},
    CommandRow{"refuse", "<number>", "an extension or outside party refuses what rings", 1, 1, refuse,
               nullptr},
    CommandRow{"drop", "<number>", "an extension or outside party ends its calls", 1, 1, drop, nullptr},
    CommandRow{"digits", "<extension> <digits>", "the far end sends digits", 2, 2, digits, nullptr},
    CommandRow{"tone", "<extension> <Hz> [<Hz> <Hz>]", "the far end sends a tone; 1100 is fax, 2100 a modem",
               2, 4, tone, nullptr},
    CommandRow{"silence", "<extension>", "the far end falls silent", 1, 1, silence, nullptr},
    CommandRow{"unplug", "<extension>", "the line goes out of service, its calls are lost", 1, 1, unplug,
               nullptr},
    CommandRow{"plug", "<extension>", "the line is in service again", 1, 1, plug, nullptr},
    CommandRow{"break", "<extension>", "line and phone close by themselves", 1, 1, break_down, nullptr},
    CommandRow{"add", "<extension>", "a new extension", 1, 1, add, nullptr},
    CommandRow{"remove", "<extension>", "an extension goes for good", 1, 1, remove, nullptr},
    CommandRow{"reinit", "", "ask applications to shut down and to initialise anew", 0, 0, reinit, nullptr},
    CommandRow{"advance", "<milliseconds>", "move virtual time", 1, 1, advance, nullptr},
    CommandRow{"misbehave", "<rule> [count]", "break a rule, once or so many times", 1, 2, nullptr,
               misbehave},
    CommandRow{"behave", "", "break no rule any more", 0, 0, nullptr, behave},
    CommandRow{"misbehaviours", "", "the rules that can be broken", 0, 0, nullptr, misbehaviours},
};

std::string usage(const CommandRow& row) {
    return std::string(row.name) + (row.parameters.empty() ? "" : " ") + std::string(row.parameters);
}

Reply help(Words) {
    std::string text;
    for (const CommandRow& row : commands) text += usage(row) + ": " + std::string(row.what) + '\n';
    return done(std::move(text));
}

} // namespace

Reply run_command(std::string_view line) {
    std::vector<std::string> words;
    std::istringstream stream{std::string(line)};
    for (std::string word; stream >> word;) words.push_back(std::move(word));
    if (words.empty()) return wrong("there is no command: see \"help\"");
    for (const CommandRow& row : commands) {
        if (row.name != words[0]) continue;
        const Words rest = Words(words).subspan(1);
        if (rest.size() < row.least || rest.size() > row.most) return wrong("write: " + usage(row));
        if (row.anytime != nullptr) return row.anytime(rest);
        const auto session = module().session();
        if (!session) return {LINEERR_UNINITIALIZED, "there is no session: nobody uses the provider now"};
        return session->turn([&] { return row.in_session(*session, rest); });
    }
    return wrong("\"" + words[0] + "\" is no command: see \"help\"");
}

} // namespace offhook::sim
