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
        if (ending == Ending::forgotten) callbacks_.forget(outstanding.request.id());
        say(CompletionNotice{std::move(outstanding.request), LINEERR_OPERATIONFAILED});
    }
}

// ---- The session

Session::Session(SessionStart start, Misbehaviour& misbehaviour)
    : start_(std::move(start)),
      delay_(start_.configuration.completion_delay),
      misbehaviour_(misbehaviour),
      callbacks_(start_.completion, misbehaviour_),
      outbox_(callbacks_, misbehaviour_, [this](std::uint64_t handle) { refused(handle); }),
      pbx_(start_.configuration, *this, *this, misbehaviour_),
      line_devices_(start_.first_line, pbx_.places()),
      phone_devices_(start_.first_phone, pbx_.places()) {
    if (start_.configuration.time == Time::real) timers_ = std::make_unique<provider::Timers>();
}

Session::~Session() {
    if (timers_) timers_->stop();
    turn([this] {
        for (const auto& line : lines_.all()) close(line);
        for (const auto& phone : phones_.all()) close(phone);
        return 0;
    });
    outbox_.flush();
}

void Session::after(milliseconds delay, Action action) {
    if (!timers_) return virtual_time_.after(delay, std::move(action));
    timers_->after(delay, [this, action = std::move(action)] {
        static_cast<void>(provider::at_the_border(start_.services, "timer", [&] {
            return turn([&]() -> LONG {
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
    const auto place = line_devices_.place_of(device);
    return place ? pbx_.extension_at(*place) : nullptr;
}

Station* Session::phone_device(DWORD device) {
    const auto place = phone_devices_.place_of(device);
    return place ? pbx_.extension_at(*place) : nullptr;
}

DWORD Session::line_of(const Station& station) const {
    return line_devices_.device_of(station.place).value_or(no_device);
}

DWORD Session::phone_of(const Station& station) const {
    return phone_devices_.device_of(station.place).value_or(no_device);
}

// The service gives a new device its number later (R090).
void Session::add(const std::string& number) {
    const Station& station = pbx_.add_extension(number);
    line_devices_.add(); // as many places as the exchange has
    phone_devices_.add();
    const auto provider = std::bit_cast<DWORD_PTR>(start_.creation.provider);
    say(LineDeviceNotice{{start_.creation.line, nullptr}, {LINE_CREATE, provider, station.place}});
    say(PhoneDeviceNotice{{start_.creation.phone, nullptr}, {PHONE_CREATE, provider, station.place}});
}

LONG Session::line_created(std::uintptr_t place, DWORD device) {
    return line_devices_.created(place, device) ? 0 : LINEERR_BADDEVICEID;
}

LONG Session::phone_created(std::uintptr_t place, DWORD device) {
    return phone_devices_.created(place, device) ? 0 : static_cast<LONG>(PHONEERR_BADDEVICEID);
}

// Open devices close first (R092, R096).
void Session::remove(Station& station) {
    const std::size_t place = station.place;
    if (const auto line = lines_.at(place)) {
        if (!misbehaviour_.asked(Fault::r092)) say(LineNotice{line, {LINE_CLOSE}});
        close(line);
    }
    if (const auto phone = phones_.at(place)) {
        if (!misbehaviour_.asked(Fault::r096)) say(PhoneNotice{phone, {PHONE_CLOSE}});
        close(phone);
    }
    if (const auto device = line_devices_.remove(place))
        say(LineDeviceNotice{{start_.creation.line, nullptr}, {LINE_REMOVE, *device}});
    if (const auto device = phone_devices_.remove(place))
        say(PhoneDeviceNotice{{start_.creation.phone, nullptr}, {PHONE_REMOVE, *device}});
    pbx_.remove_extension(station);
}

// It concerns all devices, and so names none.
void Session::ask_to_reinitialise() {
    say(LineDeviceNotice{{start_.creation.line, nullptr}, {LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT}});
    say(PhoneDeviceNotice{{start_.creation.phone, nullptr}, {PHONE_STATE, PHONESTATE_REINIT}});
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
    if (const auto line = lines_.at(station.place)) {
        say(LineNotice{line, {LINE_CLOSE}});
        if (misbehaviour_.left(Fault::r086) != 0)
            say(LineNotice{line, {LINE_LINEDEVSTATE, LINEDEVSTATE_OTHER}});
        close(line);
    }
    if (const auto phone = phones_.at(station.place)) {
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
    return station.kind == Kind::outside ? nullptr : lines_.at(station.place).get();
}

OpenPhone* Session::phone_at(const Station& station) const {
    return station.kind == Kind::outside ? nullptr : phones_.at(station.place).get();
}

// ---- Opening and closing

LONG Session::open(DWORD device, HTAPILINE name, HDRVLINE* handle, DWORD version, LINEEVENT procedure) {
    Station* station = line_device(device);
    if (station == nullptr) return LINEERR_BADDEVICEID;
    if (handle == nullptr) return LINEERR_INVALPOINTER;
    if (!provider::is_known_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
    if (lines_.at(station->place)) return LINEERR_ALLOCATED;
    auto line = std::make_shared<OpenLine>();
    line->place = station->place;
    line->station = station;
    line->device = device;
    line->service = {&callbacks_, {procedure, name}, version};
    lines_.add(line);
    *handle = provider::to_handle<HDRVLINE>(misbehaviour_.asked(Fault::r060) ? 0 : line->handle); // R060
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
    line->station->media_control = {};
    lines_.remove(*line);
}

LONG Session::open(DWORD device, HTAPIPHONE name, HDRVPHONE* handle, DWORD version, PHONEEVENT procedure) {
    Station* station = phone_device(device);
    if (station == nullptr) return static_cast<LONG>(PHONEERR_BADDEVICEID);
    if (handle == nullptr) return static_cast<LONG>(PHONEERR_INVALPOINTER);
    if (!provider::is_known_version(version)) return static_cast<LONG>(PHONEERR_INCOMPATIBLEAPIVERSION);
    if (phones_.at(station->place)) return static_cast<LONG>(PHONEERR_ALLOCATED);
    auto phone = std::make_shared<OpenPhone>();
    phone->place = station->place;
    phone->station = station;
    phone->device = device;
    phone->sink = {procedure, name};
    phone->version = version;
    phones_.add(phone);
    *handle = provider::to_handle<HDRVPHONE>(misbehaviour_.asked(Fault::r060) ? 0 : phone->handle);
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
    phones_.remove(*phone);
}

LONG Session::close(HDRVCALL handle) {
    const auto found = pbx_.find(provider::handle_value(handle));
    if (!found || (found->standing != Standing::known && found->standing != Standing::pending))
        return LINEERR_INVALCALLHANDLE;
    const bool is_idle = found->state == CallState::idle;
    if (is_idle && misbehaviour_.asked(Fault::r067_close)) return LINEERR_INVALCALLHANDLE;
    const bool is_pending = found->standing == Standing::pending;
    const bool forgotten = misbehaviour_.asked(is_pending ? Fault::r065 : Fault::r078);
    std::vector<std::uint64_t> unmade; // they end with it (R064)
    const auto concerns = [&](const Outstanding& request) {
        const bool makes_it = std::ranges::find(request.made, found->handle) != request.made.end();
        if (!makes_it && request.owner.call != found->handle) return false;
        unmade.insert(unmade.end(), request.made.begin(), request.made.end());
        return true;
    };
    abort(concerns, forgotten ? Ending::forgotten : Ending::completed); // R065, R078
    for (const auto other : unmade)
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
    line.wanted_media = media;
    const auto shared = lines_.at(line.station->place);
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
    const DWORD version = name.line->service.version;
    if (std::exchange(name.last_state, state) == state && version < provider::version_2_0) return;
    const auto conference =
        call.state == CallState::conferenced && call.conference != nullptr ? call.conference->name : nullptr;
    say(CallNotice{
        call.name, {LINE_CALLSTATE, state, shown_mode(call, version), call.media_mode}, conference});
}

void Session::call_state(Call& call) {
    if (call.state == CallState::idle) audio_.end(call.handle);
    if (call.station->kind == Kind::outside) return;
    const auto line = lines_.at(call.station->place);
    switch (call.standing) {
    case Standing::known: return report_state(call);
    case Standing::unannounced:
        if (line && call.state != CallState::idle &&
            ((call.media_mode & line->wanted_media) != 0 || misbehaviour_.asked(Fault::r089)))
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
    const auto line = lines_.at(station.place);
    if (!line) return;
    if (message == LINE_LINEDEVSTATE && (p1 & LINEDEVSTATE_DISCONNECTED) != 0 &&
        misbehaviour_.asked(Fault::r099)) {
        say(LineDeviceNotice{{start_.creation.line, nullptr}, {LINE_REMOVE, line->device}});
        return;
    }
    // Only what somebody asked for (R235, R236).
    if (message == LINE_LINEDEVSTATE && (p1 &= line->line_states) == 0) return;
    if (message == LINE_ADDRESSSTATE && (p2 &= line->address_states) == 0) return;
    say(LineNotice{line, {message, p1, p2, p3}});
}

void Session::say(OpenLine& line, const Message& message) {
    say(LineNotice{lines_.at(line.station->place), message});
}

void Session::phone_event(Station& station, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
    if (station.kind == Kind::outside) return;
    const auto phone = phones_.at(station.place);
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

void Session::media_controlled(Call& call, DWORD action) { audio_.control(call.handle, action); }

bool Session::counts_rings(const Station& station) const {
    const OpenLine* line = line_at(station);
    return line != nullptr && (line->line_states & LINEDEVSTATE_RINGING) != 0;
}

} // namespace offhook::sim
