// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/tsp/session.h"

#include "provider/entry.h"
#include "provider/version.h"

#include <bit>
#include <cstdlib>
#include <utility>

namespace offhook::sim {
namespace {

constexpr DWORD no_device = 0xFFFFFFFF;

} // namespace

DWORD shown_mode(const Call& call, DWORD version) {
    switch (call.state) {
    case CallState::connected: // newer modes are ACTIVE to those who do not know them
        return version >= provider::version_2_0 || call.mode <= LINECONNECTEDMODE_INACTIVE
                   ? call.mode
                   : LINECONNECTEDMODE_ACTIVE;
    case CallState::disconnected:
        return version >= provider::version_2_0 || call.mode <= LINEDISCONNECTMODE_UNAVAIL
                   ? call.mode
                   : LINEDISCONNECTMODE_NORMAL;
    default: return call.mode;
    }
}

// ---- Requests

void Ticket::succeed() {
    if (stage_ != Stage::open) return;
    for (const auto handle : made_)
        if (const auto call = session_.pbx_.find(handle)) {
            if (session_.misbehaviour_.asked(Fault::r063))
                session_.say(CallNotice{call->name, {LINE_CALLSTATE, LINECALLSTATE_DIALTONE}, nullptr});
            call->standing = Standing::known;
        }
    if (!made_.empty() && session_.misbehaviour_.asked(Fault::r057)) {
        stage_ = Stage::withheld;
        return;
    }
    stage_ = Stage::completed;
    session_.say(CompletionNotice{std::move(request_), 0});
}

bool Ticket::finish(LONG error) {
    if (stage_ == Stage::open && error != 0) {
        for (const auto handle : made_)
            if (const auto call = session_.pbx_.find(handle)) {
                session_.forget(*call);
                session_.pbx_.discard(*call);
            }
        return false;
    }
    if (stage_ == Stage::withheld) session_.say(CompletionNotice{std::move(request_), 0});
    succeed();
    return true;
}

LONG Session::refuse(provider::Request& request, LONG error) {
    if (misbehaviour_.asked(Fault::r051)) {
        say(CompletionNotice{std::move(request), error});
        return error;
    }
    return request.refuse(error); // R051
}

void Session::keep(Outstanding outstanding) {
    const std::uint64_t number = ++last_outstanding_;
    outstanding_.emplace(number, std::move(outstanding));
    after(delay_, [this, number] { carry_out(number); });
}

void Session::carry_out(std::uint64_t number) {
    auto node = outstanding_.extract(number);
    if (!node) return; // it was closed
    Outstanding& due = node.mapped();
    Ticket ticket(*this, std::move(due.request), std::move(due.made));
    const LONG error = due.work(ticket);
    if (!ticket.finish(error)) say(CompletionNotice{std::move(ticket.request()), error}); // R049
}

template <class Concerns> void Session::abort(const Concerns& concerns, Ending ending) {
    for (auto entry = outstanding_.begin(); entry != outstanding_.end();) {
        if (!concerns(entry->second)) {
            ++entry;
            continue;
        }
        Outstanding outstanding = std::move(entry->second);
        entry = outstanding_.erase(entry);
        if (ending == Ending::forgotten) static_cast<void>(outstanding.request.refuse(0));
        else say(CompletionNotice{std::move(outstanding.request), LINEERR_OPERATIONFAILED});
    }
}

// ---- The session

Session::Session(SessionStart start, Misbehaviour& misbehaviour)
    : start_(std::move(start)),
      delay_(start_.configuration.completion_delay),
      misbehaviour_(misbehaviour),
      callbacks_(start_.completion),
      outbox_(callbacks_, misbehaviour_, [this](std::uint64_t handle) { refused(handle); }),
      pbx_(start_.configuration, *this, *this, misbehaviour_) {
    for (std::size_t place = 0; place < pbx_.places(); ++place) {
        const auto offset = static_cast<DWORD>(place);
        line_devices_.push_back(start_.first_line + offset);
        phone_devices_.push_back(start_.first_phone + offset);
        line_places_.emplace(line_devices_.back(), place);
        phone_places_.emplace(phone_devices_.back(), place);
    }
    open_lines_.resize(pbx_.places());
    open_phones_.resize(pbx_.places());
    if (start_.configuration.time == Time::real) timers_ = std::make_unique<provider::Timers>();
}

Session::~Session() {
    if (timers_) timers_->stop();
    turn([](Session& session) {
        for (const auto& line : session.lines_.all()) session.close(line);
        for (const auto& phone : session.phones_.all()) session.close(phone);
        return 0;
    });
    outbox_.flush();
}

void Session::after(milliseconds delay, Action action) {
    if (!timers_) return virtual_time_.after(delay, std::move(action));
    timers_->after(delay, [this, action = std::move(action)] {
        static_cast<void>(provider::at_the_border(start_.services, "timer", [&] {
            return turn([&](Session&) -> LONG {
                action();
                return 0;
            });
        }));
    });
}

std::optional<milliseconds> Session::advance(milliseconds span) {
    if (timers_) return std::nullopt;
    virtual_time_.advance(span, [this] { pbx_.settle(); });
    return virtual_time_.now();
}

void Session::misbehave() {
    if (misbehaviour_.asked(Fault::crash)) std::abort();
    if (misbehaviour_.left(Fault::block) == 0 && entries_ == 0) return;
    std::unique_lock guard(lock_);
    ++entries_;
    entered_.notify_all();
    if (misbehaviour_.asked(Fault::block))
        entered_.wait(guard, [this, mine = entries_.load()] { return entries_ > mine; });
}

// ---- Devices

Station* Session::line_device(DWORD device) {
    if (misbehaviour_.asked(Fault::r098)) device += start_.first_line;
    const auto found = line_places_.find(device);
    return found == line_places_.end() ? nullptr : pbx_.extension_at(found->second);
}

Station* Session::phone_device(DWORD device) {
    const auto found = phone_places_.find(device);
    return found == phone_places_.end() ? nullptr : pbx_.extension_at(found->second);
}

// The service gives a new device its number later (R090).
void Session::add(const std::string& number) {
    const Station& station = pbx_.add_extension(number);
    line_devices_.push_back(no_device);
    phone_devices_.push_back(no_device);
    open_lines_.emplace_back();
    open_phones_.emplace_back();
    const auto provider = std::bit_cast<DWORD_PTR>(start_.provider);
    say(LineDeviceNotice{{start_.line_created, nullptr}, {LINE_CREATE, provider, station.place}});
    say(PhoneDeviceNotice{{start_.phone_created, nullptr}, {PHONE_CREATE, provider, station.place}});
}

LONG Session::line_created(std::uintptr_t place, DWORD device) {
    if (pbx_.extension_at(place) == nullptr || line_devices_[place] != no_device) return LINEERR_BADDEVICEID;
    line_devices_[place] = device;
    line_places_[device] = place;
    return 0;
}

LONG Session::phone_created(std::uintptr_t place, DWORD device) {
    if (pbx_.extension_at(place) == nullptr || phone_devices_[place] != no_device)
        return static_cast<LONG>(PHONEERR_BADDEVICEID);
    phone_devices_[place] = device;
    phone_places_[device] = place;
    return 0;
}

// Open devices close first (R092, R096).
void Session::remove(Station& station) {
    const std::size_t place = station.place;
    if (const auto line = open_lines_[place]) {
        if (!misbehaviour_.asked(Fault::r092)) say(LineNotice{line, {LINE_CLOSE}});
        close(line);
    }
    if (const auto phone = open_phones_[place]) {
        if (!misbehaviour_.asked(Fault::r096)) say(PhoneNotice{phone, {PHONE_CLOSE}});
        close(phone);
    }
    if (const DWORD device = std::exchange(line_devices_[place], no_device); device != no_device) {
        line_places_.erase(device);
        say(LineDeviceNotice{{start_.line_created, nullptr}, {LINE_REMOVE, device}});
    }
    if (const DWORD device = std::exchange(phone_devices_[place], no_device); device != no_device) {
        phone_places_.erase(device);
        say(PhoneDeviceNotice{{start_.phone_created, nullptr}, {PHONE_REMOVE, device}});
    }
    pbx_.remove_extension(station);
}

LONG Session::reconfigure(const Configuration& wanted) {
    const Configuration& present = pbx_.configuration();
    Configuration fixed = wanted; // with all that can change as it is
    fixed.extensions = present.extensions;
    fixed.names = present.names;
    fixed.groups = present.groups;
    fixed.subscribers = present.subscribers;
    fixed.others = present.others;
    fixed.ring_delay = present.ring_delay;
    fixed.answer_delay = present.answer_delay;
    fixed.ring_cycle = present.ring_cycle;
    fixed.calls = present.calls;
    fixed.conference = present.conference;
    fixed.answer_mode = present.answer_mode;
    if (fixed != present) return LINEERR_OPERATIONUNAVAIL;
    const auto is_wanted = [&](const std::string& number) {
        return std::ranges::find(wanted.extensions, number) != wanted.extensions.end();
    };
    std::vector<Station*> surplus;
    for (std::size_t place = 0; place < pbx_.places(); ++place)
        if (Station* station = pbx_.extension_at(place); station && !is_wanted(station->self.address)) {
            if (line_at(*station) || phone_at(*station) || !station->calls.empty()) return LINEERR_INUSE;
            surplus.push_back(station);
        }
    pbx_.reconfigure(wanted);
    for (Station* station : surplus) remove(*station);
    for (const auto& number : wanted.extensions)
        if (pbx_.extension(number) == nullptr) add(number);
    return 0;
}

// R086
void Session::break_down(Station& station) {
    if (const auto line = open_lines_[station.place]) {
        say(LineNotice{line, {LINE_CLOSE}});
        if (misbehaviour_.left(Fault::r086) != 0)
            say(LineNotice{line, {LINE_LINEDEVSTATE, LINEDEVSTATE_OTHER}});
        close(line);
    }
    if (const auto phone = open_phones_[station.place]) {
        say(PhoneNotice{phone, {PHONE_CLOSE}});
        close(phone);
    }
    pbx_.cut(station);
}

// ---- Handles

std::shared_ptr<OpenLine> Session::line(HDRVLINE handle) const {
    return lines_.find(provider::handle_value(handle));
}

std::shared_ptr<OpenPhone> Session::phone(HDRVPHONE handle) const {
    return phones_.find(provider::handle_value(handle));
}

// A call whose request has not completed is nobody's yet (R062); one that is idle still is (R067).
std::shared_ptr<Call> Session::call(HDRVCALL handle) {
    auto found = pbx_.find(provider::handle_value(handle));
    if (!found || found->standing != Standing::known) return nullptr;
    if (found->state == CallState::idle && misbehaviour_.asked(Fault::r067)) return nullptr;
    return found;
}

OpenLine* Session::line_at(const Station& station) const {
    return station.kind == Kind::outside ? nullptr : open_lines_[station.place].get();
}

OpenPhone* Session::phone_at(const Station& station) const {
    return station.kind == Kind::outside ? nullptr : open_phones_[station.place].get();
}

// ---- Opening and closing

LONG Session::open(DWORD device, HTAPILINE name, HDRVLINE* handle, DWORD version, LINEEVENT procedure) {
    Station* station = line_device(device);
    if (station == nullptr) return LINEERR_BADDEVICEID;
    if (handle == nullptr) return LINEERR_INVALPOINTER;
    if (!provider::is_known_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
    if (open_lines_[station->place]) return LINEERR_ALLOCATED;
    auto line = std::make_shared<OpenLine>();
    line->station = station;
    line->device = device;
    line->sink = {procedure, name};
    line->version = version;
    line->handle = lines_.add(line);
    *handle = provider::to_handle<HDRVLINE>(misbehaviour_.asked(Fault::r060) ? 0 : line->handle); // R060
    open_lines_[station->place] = std::move(line);
    return 0;
}

LONG Session::close(HDRVLINE handle) {
    const auto found = line(handle);
    if (!found) return LINEERR_INVALLINEHANDLE;
    close(found);
    return 0;
}

// What is outstanding is completed first (R083); then the calls are nobody's any more.
void Session::close(const std::shared_ptr<OpenLine>& line) {
    const auto its = [&](const Outstanding& request) { return request.owner.line == line->handle; };
    abort(its, misbehaviour_.asked(Fault::r083) ? Ending::forgotten : Ending::completed);
    line->closed = true;
    for (const auto handle : std::exchange(line->calls, {}))
        if (const auto call = pbx_.find(handle)) pbx_.close(*call);
    open_lines_[line->station->place].reset();
    lines_.remove(line->handle);
}

LONG Session::open(DWORD device, HTAPIPHONE name, HDRVPHONE* handle, DWORD version, PHONEEVENT procedure) {
    Station* station = phone_device(device);
    if (station == nullptr) return static_cast<LONG>(PHONEERR_BADDEVICEID);
    if (handle == nullptr) return static_cast<LONG>(PHONEERR_INVALPOINTER);
    if (!provider::is_known_version(version)) return static_cast<LONG>(PHONEERR_INCOMPATIBLEAPIVERSION);
    if (open_phones_[station->place]) return static_cast<LONG>(PHONEERR_ALLOCATED);
    auto phone = std::make_shared<OpenPhone>();
    phone->station = station;
    phone->device = device;
    phone->sink = {procedure, name};
    phone->version = version;
    phone->handle = phones_.add(phone);
    *handle = provider::to_handle<HDRVPHONE>(misbehaviour_.asked(Fault::r060) ? 0 : phone->handle);
    open_phones_[station->place] = std::move(phone);
    return 0;
}

LONG Session::close(HDRVPHONE handle) {
    const auto found = phone(handle);
    if (!found) return static_cast<LONG>(PHONEERR_INVALPHONEHANDLE);
    close(found);
    return 0;
}

void Session::close(const std::shared_ptr<OpenPhone>& phone) {
    const auto its = [&](const Outstanding& request) { return request.owner.phone == phone->handle; };
    abort(its, misbehaviour_.asked(Fault::r085) ? Ending::forgotten : Ending::completed);
    phone->closed = true;
    open_phones_[phone->station->place].reset();
    phones_.remove(phone->handle);
}

LONG Session::close(HDRVCALL handle) {
    const auto found = pbx_.find(provider::handle_value(handle));
    if (!found || (found->standing != Standing::known && found->standing != Standing::pending))
        return LINEERR_INVALCALLHANDLE;
    const bool is_pending = found->standing == Standing::pending;
    const bool forgotten = misbehaviour_.asked(is_pending ? Fault::r065 : Fault::r078);
    std::vector<std::uint64_t> made_together; // they end with it (R064)
    const auto concerns = [&](const Outstanding& request) {
        const bool makes_it = std::ranges::find(request.made, found->handle) != request.made.end();
        if (makes_it) made_together = request.made;
        return makes_it || request.owner.call == found->handle;
    };
    abort(concerns, forgotten ? Ending::forgotten : Ending::completed); // R065, R078
    for (const auto other : made_together)
        if (const auto call = pbx_.find(other); call && other != found->handle) {
            forget(*call);
            pbx_.discard(*call);
        }
    forget(*found);
    pbx_.close(*found);
    return 0;
}

// The line loses a call, and nothing more is said about it.
void Session::forget(Call& call) {
    call.name->gone = true;
    std::erase(call.name->line->calls, call.handle);
}

// Calls that are there already are announced as soon as somebody wants them (R074, R089).
LONG Session::set_media(OpenLine& line, DWORD media) {
    if ((media & ~supported_media) != 0) return LINEERR_INVALMEDIAMODE;
    line.media = media;
    const auto shared = open_lines_[line.station->place];
    const auto calls = line.station->calls;
    for (Call* call : calls)
        if (call->standing == Standing::unannounced && (call->media_mode & media) != 0 &&
            !misbehaviour_.asked(Fault::r074))
            announce(*call, shared);
    return 0;
}

// ---- Calls and their names

std::uint64_t Session::pending(const std::shared_ptr<OpenLine>& on, const Made& made) {
    Call& call = pbx_.create(*on->station, Standing::pending);
    call.name = std::make_shared<CallName>();
    call.name->value = made.name;
    call.name->line = on;
    on->calls.push_back(call.handle);
    if (misbehaviour_.asked(Fault::r060)) *made.handle = nullptr;
    else if (!misbehaviour_.asked(Fault::r061))
        *made.handle = provider::to_handle<HDRVCALL>(call.handle); // before the function returns (R061)
    return call.handle;
}

// R070, R071
void Session::announce(Call& call, const std::shared_ptr<OpenLine>& line) {
    call.standing = Standing::known;
    call.name = std::make_shared<CallName>();
    call.name->line = line;
    line->calls.push_back(call.handle);
    say(NewCallNotice{call.name, call.handle});
    report_state(call);
}

// The service has no use for it: it is dropped (R072).
void Session::refused(std::uint64_t handle) {
    const std::lock_guard guard(lock_);
    const auto call = pbx_.find(handle);
    if (!call) return;
    std::erase(call->name->line->calls, handle);
    if (call->name->gone) pbx_.close(*call);
    else static_cast<void>(pbx_.drop(*call)); // R072 is being broken
    pbx_.settle();
}

void Session::report_state(Call& call) {
    CallName& name = *call.name;
    const DWORD state = row(call.state).name;
    const DWORD version = name.line->version;
    if (std::exchange(name.last_state, state) == state && version < provider::version_2_0) return;
    const auto conference =
        call.state == CallState::conferenced && call.conference != nullptr ? call.conference->name : nullptr;
    say(CallNotice{
        call.name, {LINE_CALLSTATE, state, shown_mode(call, version), call.media_mode}, conference});
}

void Session::call_state(Call& call) {
    if (call.state == CallState::idle) audio_.end(call.handle);
    if (call.station->kind == Kind::outside) return;
    const auto& line = open_lines_[call.station->place];
    switch (call.standing) {
    case Standing::known: return report_state(call);
    case Standing::unannounced:
        if (line && call.state != CallState::idle &&
            ((call.media_mode & line->media) != 0 || misbehaviour_.asked(Fault::r089)))
            announce(call, line);
        return;
    case Standing::pending:
    case Standing::gone: return;
    }
}

void Session::call_event(Call& call, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
    if (call.standing == Standing::known) say(CallNotice{call.name, {message, p1, p2, p3}, nullptr});
}

void Session::line_event(Station& station, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
    if (station.kind == Kind::outside) return;
    const auto& line = open_lines_[station.place];
    if (!line) return;
    if (message == LINE_LINEDEVSTATE && (p1 & LINEDEVSTATE_DISCONNECTED) != 0 &&
        misbehaviour_.asked(Fault::r099)) {
        say(LineDeviceNotice{{start_.line_created, nullptr}, {LINE_REMOVE, line->device}});
        return;
    }
    // Only what somebody asked for (R235, R236).
    if (message == LINE_LINEDEVSTATE && (p1 &= line->states) == 0) return;
    if (message == LINE_ADDRESSSTATE && (p2 &= line->address_states) == 0) return;
    say(LineNotice{line, {message, p1, p2, p3}});
}

void Session::say(OpenLine& line, const Message& message) {
    say(LineNotice{open_lines_[line.station->place], message});
}

void Session::phone_event(Station& station, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
    if (station.kind == Kind::outside) return;
    const auto& phone = open_phones_[station.place];
    if (!phone) return;
    if (message == PHONE_STATE && (p1 & phone->states) == 0) return;
    if (message == PHONE_BUTTON && ((p2 & phone->button_modes) == 0 || (p3 & phone->button_states) == 0))
        return;
    say(PhoneNotice{phone, {message, p1, p2, p3}});
}

void Session::report(Station& station, const Message& message) {
    phone_event(station, message.number, message.p1, message.p2, message.p3);
}

void Session::digit_sent(Call& call, char digit, milliseconds duration) {
    audio_.digit(call.handle, digit, duration);
}

bool Session::counts_rings(const Station& station) const {
    const OpenLine* line = line_at(station);
    return line != nullptr && (line->states & LINEDEVSTATE_RINGING) != 0;
}

} // namespace offhook::sim
