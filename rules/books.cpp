// SPDX-License-Identifier: Apache-2.0
#include "rules/books.h"

#include "abi/structure_reader.h"

#include <algorithm>
#include <cstddef>

namespace offhook::rules {
namespace {

using abi::Tspi;

template <class Map, class Names> auto* found_by(Map& map, const Names& names, std::uint64_t driver) {
    const auto name = names.find(driver);
    const auto found = name == names.end() ? map.end() : map.find(name->second);
    return found == map.end() ? nullptr : &found->second;
}

std::uint32_t narrow(std::uint64_t value) { return static_cast<std::uint32_t>(value); }

// Where each function names the provider's handles of calls, lines and phones.
enum class Handle : std::uint8_t { call, line, phone };
struct HandlePlaces {
    std::array<std::uint8_t, 3> places{};
    std::size_t count = 0;
};
constexpr auto handle_places = [] {
    constexpr std::array<std::string_view, 3> ends{"Call", "Line", "Phone"};
    std::array<std::array<HandlePlaces, ends.size()>, abi::tspi_functions.size()> all{};
    for (std::size_t function = 0; function < all.size(); ++function)
        for (std::size_t kind = 0; kind < ends.size(); ++kind) {
            const auto& row = abi::tspi_functions[function];
            auto& found = all[function][kind];
            for (std::size_t i = 0; i < row.count; ++i)
                if (row.parameters[i].name.starts_with("hd") && row.parameters[i].name.ends_with(ends[kind]))
                    found.places[found.count++] = static_cast<std::uint8_t>(i);
        }
    return all;
}();

// The provider's handle at that place among those of its kind; 0: there is none.
std::uint64_t handle_in(const CalledWith& called, Handle kind, std::size_t place = 0) {
    const auto& found =
        handle_places[static_cast<std::size_t>(called.function)][static_cast<std::size_t>(kind)];
    return place < found.count ? called.values[found.places[place]].number : 0;
}

Range range_at(std::span<const std::byte> bytes, std::size_t low, std::size_t high) {
    return {abi::field_at(bytes, low), abi::field_at(bytes, high)};
}

DialRanges dial_ranges_of(std::span<const std::byte> caps) {
    constexpr auto low = offsetof(LINEDEVCAPS, MinDialParams), high = offsetof(LINEDEVCAPS, MaxDialParams);
    const auto range = [&](std::size_t field) { return range_at(caps, low + field, high + field); };
    return {range(offsetof(LINEDIALPARAMS, dwDialPause)), range(offsetof(LINEDIALPARAMS, dwDialSpeed)),
            range(offsetof(LINEDIALPARAMS, dwDigitDuration)),
            range(offsetof(LINEDIALPARAMS, dwWaitForDialtone))};
}

void negotiated(Device& device, const Observation& seen) {
    const auto low = narrow(seen.input("dwLowVersion")), high = narrow(seen.input("dwHighVersion"));
    const auto chosen = narrow(seen.output("lpdwTSPIVersion"));
    if (chosen < low || chosen > high || high - low < device.asked_high - device.asked_low) return;
    device.asked_low = low;
    device.asked_high = high;
    device.chosen = chosen;
}

template <class Device> void select_extension(Device& device, std::uint32_t version) {
    device.extension = version;
    device.had_extension |= version != 0;
}

} // namespace

const Line* Books::line_of(std::uint64_t driver) const { return found_by(lines, line_names_, driver); }
const Phone* Books::phone_of(std::uint64_t driver) const { return found_by(phones, phone_names_, driver); }
const Call* Books::call_of(std::uint64_t driver) const { return found_by(calls, call_names_, driver); }
Line* Books::line_to_change(std::uint64_t driver) { return found_by(lines, line_names_, driver); }
Phone* Books::phone_to_change(std::uint64_t driver) { return found_by(phones, phone_names_, driver); }
Call* Books::call_to_change(std::uint64_t driver) { return found_by(calls, call_names_, driver); }

const Call* Books::call(std::uint64_t name) const {
    const auto found = calls.find(name);
    return found == calls.end() ? nullptr : &found->second;
}

std::uint64_t Books::name_of_call(std::uint64_t driver) const {
    const auto found = call_names_.find(driver);
    return found == call_names_.end() ? 0 : found->second;
}

std::uint64_t Books::name_of_device(std::uint64_t line, std::uint64_t phone) const {
    if (const auto found = line_names_.find(line); line != 0 && found != line_names_.end())
        return found->second;
    const auto found = phone_names_.find(phone);
    return phone != 0 && found != phone_names_.end() ? found->second : 0;
}

const Line* Books::line_of_call(const Call& call) const {
    const auto found = lines.find(call.line);
    return found == lines.end() ? nullptr : &found->second;
}

const Line* Books::line_named_by(const Observation& seen) const {
    if (const Call* call = call_of(seen.input("hdCall")))
        if (const Line* line = line_of_call(*call)) return line;
    return line_of(seen.input("hdLine"));
}

std::optional<std::uint32_t> Books::version_for(const Observation& seen) const {
    if (const auto given = narrow(seen.input("dwTSPIVersion")); given != 0) return given;
    if (const Line* line = line_named_by(seen)) return line->version;
    if (const Phone* phone = phone_of(seen.input("hdPhone"))) return phone->version;
    return std::nullopt;
}

std::span<const std::uint64_t> Books::calls_of_line(std::uint64_t name) const {
    const auto found = lines.find(name);
    if (found == lines.end()) return {};
    return found->second.calls;
}

bool Books::outstanding_on_call(std::uint64_t driver) const {
    const Call* call = call_of(driver);
    return call != nullptr && (call->stage == CallStage::pending || call->outstanding != 0);
}

bool Books::outstanding_on_line(std::uint64_t driver) const {
    const Line* line = line_of(driver);
    if (line == nullptr) return false;
    return line->outstanding != 0 || std::ranges::any_of(line->calls, [&](std::uint64_t name) {
               const Call* its = call(name);
               return its != nullptr && its->named != 0;
           });
}

bool Books::outstanding_on_phone(std::uint64_t driver) const {
    const Phone* phone = phone_of(driver);
    return phone != nullptr && phone->outstanding != 0;
}

bool Books::owed() const {
    if (!requests.empty()) return true;
    for (const auto& [name, call] : calls)
        if (call.promise || call.app_specific_owed || call.gathering_owed || call.generation_owed)
            return true;
    for (const auto& [name, line] : lines)
        if (line.forwarding_owed) return true;
    for (const auto& [name, phone] : phones)
        if (phone.announces_up && !phone.buttons_down.empty()) return true;
    return false;
}

bool Books::period_has_passed() {
    constexpr std::uint32_t two = 2; // one of them whole
    if (++period_ < two) return false;
    due_ = {period_ - two, period_ - two};
    return true;
}

// The first of two has to end.
void Books::count_unended(std::int32_t& count, std::int32_t change, Owed& owed) const {
    count += change;
    if (count <= 1) owed.reset();
    else if (change > 0) owed = period_;
}

void Books::enter(const Observation& seen) {
    switch (seen.function()) {
    case Tspi::lineOpen:
        closed_devices.forget(seen.input("htLine")); // the service names it as before
        lines[seen.input("htLine")] = {.device = narrow(seen.input("dwDeviceID")),
                                       .version = narrow(seen.input("dwTSPIVersion"))};
        break;
    case Tspi::phoneOpen:
        closed_devices.forget(seen.input("htPhone"));
        phones[seen.input("htPhone")] = {.device = narrow(seen.input("dwDeviceID")),
                                         .version = narrow(seen.input("dwTSPIVersion"))};
        break;
    case Tspi::lineCloseCall:
        if (Call* call = call_to_change(seen.input("hdCall"))) call->closing = true;
        break;
    case Tspi::lineDrop:
        if (Call* call = call_to_change(seen.input("hdCall"))) call->dropped = true;
        break;
    case Tspi::lineClose:
        if (const Line* line = line_of(seen.input("hdLine")))
            for (const auto name : line->calls) calls.at(name).closing = true;
        break;
    // What is owed may be told before the function returns.
    case Tspi::lineSetAppSpecific:
        if (Call* call = call_to_change(seen.input("hdCall")); call != nullptr && !call->idle())
            call->app_specific_owed = period_;
        break;
    case Tspi::lineForward:
        if (Line* line = line_to_change(seen.input("hdLine")); line != nullptr && line->announces_forwarding)
            line->forwarding_owed = period_;
        break;
    case Tspi::lineSetDefaultMediaDetection:
        // What is wanted between the two is known to the provider alone.
        if (Line* line = line_to_change(seen.input("hdLine"))) line->wanted_media.reset();
        break;
    case Tspi::lineSetStatusMessages:
        if (Line* line = line_to_change(seen.input("hdLine"))) {
            line->announces_forwarding = false;
            if ((seen.input("dwLineStates") & LINEDEVSTATE_RINGING) == 0) line->announces_ringing = false;
        }
        break;
    case Tspi::phoneSetStatusMessages:
        if (Phone* phone = phone_to_change(seen.input("hdPhone"))) {
            phone->announces_up = false;
            phone->buttons_down.clear();
        }
        break;
    default: break;
    }
    if (!seen.is_async()) return;
    Request request;
    request.call.function = seen.function();
    request.call.values = *seen.inputs; // the texts and blocks among them are not looked at later
    for (auto& value : request.call.values) value.bytes = {};
    request.unsupported = refusable_modifier_in(seen);
    if (const Call* call = call_of(seen.input("hdCall")); call != nullptr && call->named == 0)
        request.state = call->state;
    asked.add(seen.request, seen.number);
    add_request(seen.request, std::move(request));
    if (creates_calls(seen.number)) creates(seen);
}

RefusableModifier Books::refusable_modifier_in(const Observation& seen) const {
    if (seen.function() != Tspi::lineMakeCall && seen.function() != Tspi::lineDial) return {};
    const Line* line = line_named_by(seen);
    const auto flags = line == nullptr ? capability_flags.end() : capability_flags.find(line->device);
    return refusable_modifier(seen.input_text("lpszDestAddress"),
                              flags == capability_flags.end() ? std::nullopt : std::optional(flags->second));
}

// The names of calls that a request creates exist from when it is made: the provider may use them before the
// function has returned.
void Books::creates(const Observation& seen) {
    for (const auto& created : created_calls(seen.function())) {
        const auto name = (*seen.inputs)[created.name].number;
        if (name == 0) continue;
        Call call;
        call.stage = CallStage::pending;
        call.creator = seen.function();
        created_by(seen, call);
        requests[seen.request].creates.push_back(name);
        add_call(name, call);
    }
}

void Books::add_request(std::uint32_t id, Request&& request) {
    if (const auto old = requests.find(id); old != requests.end()) take_request(old);
    for (std::size_t i = 0; i < request.calls.size(); ++i)
        request.calls[i] = name_of_call(handle_in(request.call, Handle::call, i));
    request.device =
        name_of_device(handle_in(request.call, Handle::line), handle_in(request.call, Handle::phone));
    count(request, Change::begins);
    requests.emplace(id, std::move(request));
}

Request Books::take_request(std::unordered_map<std::uint32_t, Request>::iterator found) {
    Request request = std::move(found->second);
    requests.erase(found);
    count(request, Change::ends);
    return request;
}

// Names are given once: what was counted is where it was, or is gone.
void Books::count(const Request& request, Change change) {
    const auto counted = [change](std::uint32_t& count) {
        if (change == Change::begins) ++count;
        else if (count != 0) --count; // a provider may have given the name to another call
    };
    for (std::size_t i = 0; i < request.calls.size(); ++i)
        if (const auto call = calls.find(request.calls[i]); call != calls.end()) {
            if (i == 0) counted(call->second.outstanding);
            counted(call->second.named);
        }
    if (const auto line = lines.find(request.device); line != lines.end()) counted(line->second.outstanding);
    if (const auto phone = phones.find(request.device); phone != phones.end())
        counted(phone->second.outstanding);
}

void Books::add_call(std::uint64_t name, const Call& call) {
    erase_call(name);
    calls.emplace(name, call);
    if (const auto line = lines.find(call.line); line != lines.end()) line->second.calls.push_back(name);
}

void Books::erase_call(std::uint64_t name) {
    const auto found = calls.find(name);
    if (found == calls.end()) return;
    if (const auto line = lines.find(found->second.line); line != lines.end())
        std::erase(line->second.calls, name);
    calls.erase(found);
}

void Books::created_by(const Observation& seen, Call& call) const {
    const auto parameters = seen.input_bytes("lpCallParams");
    const auto flags = abi::field_at(parameters, offsetof(LINECALLPARAMS, dwCallParamFlags));
    call.leaves_original = (flags & LINECALLPARAMFLAGS_NOHOLDCONFERENCE) != 0;
    call.pass_through =
        abi::field_at(parameters, offsetof(LINECALLPARAMS, dwBearerMode)) == LINEBEARERMODE_PASSTHROUGH;
    auto driver_line = seen.input("hdLine");
    for (const abi::TspiParameter of : {abi::TspiParameter("hdCall"), abi::TspiParameter("hdConfCall")})
        if (const Call* original = call_of(seen.input(of))) {
            call.original = seen.input(of);
            if (const Line* line = line_of_call(*original); line != nullptr) driver_line = line->driver;
        }
    if (const auto name = line_names_.find(driver_line); name != line_names_.end()) call.line = name->second;
}

void Books::note(const Observation& seen) {
    switch (seen.step) {
    case Step::entered: break; // enter()
    case Step::returned: return returned(seen);
    case Step::completed: return completed_request(seen);
    case Step::said: return said(seen);
    case Step::overdue:
        for (auto& [name, call] : calls)
            if (call.promise && is_overdue(call.promise->since)) call.promise.reset(); // each is told once
        break;
    case Step::quiet: break;
    }
}

void Books::forget_call(std::uint64_t driver) {
    const auto name = call_names_.find(driver);
    if (name == call_names_.end()) return;
    closed_calls.add(name->second);
    erase_call(name->second);
    call_names_.erase(name);
}

// Another session has another configuration, and nothing of this one (R001). What is over stays so.
void Books::begin_anew() {
    Books next;
    next.refused = refused;
    next.completed = completed;
    next.asked = asked;
    next.closed_calls = closed_calls;
    next.failed_calls = failed_calls;
    next.closed_devices = closed_devices;
    *this = std::move(next);
}

void Books::returned(const Observation& seen) {
    const bool refused_now = seen.is_async() && seen.result < 0;
    if (const auto found = requests.find(seen.request); seen.is_async() && found != requests.end()) {
        found->second.returned = true;
        if (refused_now) {
            if (Line* line = line_to_change(seen.input("hdLine"));
                line != nullptr && seen.function() == Tspi::lineForward)
                line->forwarding_owed.reset();
            for (const auto name : take_request(found).creates) {
                erase_call(name);
                failed_calls.add(name);
            }
            refused.add(seen.request);
        }
    }
    // The handles are those of calls that may have completed already.
    if (seen.succeeded() && creates_calls(seen.number)) {
        for (const auto& created : created_calls(seen.function())) {
            const auto name = (*seen.inputs)[created.name].number;
            const auto driver = (*seen.outputs)[created.handle].number;
            const auto call = calls.find(name);
            if (name == 0 || driver == 0 || call == calls.end()) continue;
            call->second.driver = driver;
            call_names_[driver] = name;
        }
    }
    const bool good = seen.result >= 0;
    switch (seen.function()) {
    case Tspi::providerInit:
        if (!good || initialised) break;
        initialised = true;
        first_line = narrow(seen.input("dwLineDeviceIDBase"));
        first_phone = narrow(seen.input("dwPhoneDeviceIDBase"));
        line_count = narrow(seen.input("dwNumLines"));
        phone_count = narrow(seen.input("dwNumPhones"));
        break;
    case Tspi::providerShutdown:
        if (good) begin_anew();
        break;
    case Tspi::providerCreateLineDevice:
        if (good) line_devices[narrow(seen.input("dwDeviceID"))] = {.created = true};
        break;
    case Tspi::providerCreatePhoneDevice:
        if (good) phone_devices[narrow(seen.input("dwDeviceID"))] = {.created = true};
        break;
    case Tspi::lineNegotiateTSPIVersion:
        if (good) negotiated(line_devices[narrow(seen.input("dwDeviceID"))], seen);
        break;
    case Tspi::phoneNegotiateTSPIVersion:
        if (good) negotiated(phone_devices[narrow(seen.input("dwDeviceID"))], seen);
        break;
    case Tspi::lineGetDevCaps:
        if (good) {
            const auto caps = seen.output_bytes("lpLineDevCaps");
            const auto device = narrow(seen.input("dwDeviceID"));
            dial_ranges[device] = dial_ranges_of(caps);
            capability_flags[device] = abi::field_at(caps, offsetof(LINEDEVCAPS, dwDevCapFlags));
        }
        break;
    case Tspi::lineGetAddressCaps:
        if (good && seen.input("dwAddressID") == 0 && seen.input("dwTSPIVersion") >= abi::v2_0)
            predictive_states[narrow(seen.input("dwDeviceID"))] =
                abi::field_at(seen.output_bytes("lpAddressCaps"),
                              offsetof(LINEADDRESSCAPS, dwPredictiveAutoTransferStates));
        break;
    case Tspi::lineOpen:
        if (const auto line = lines.find(seen.input("htLine")); line != lines.end()) {
            line->second.driver = seen.output("lphdLine");
            if (good) line_names_[line->second.driver] = line->first;
            else lines.erase(line);
        }
        break;
    case Tspi::phoneOpen:
        if (const auto phone = phones.find(seen.input("htPhone")); phone != phones.end()) {
            phone->second.driver = seen.output("lphdPhone");
            if (good) phone_names_[phone->second.driver] = phone->first;
            else phones.erase(phone);
        }
        break;
    case Tspi::lineClose: {
        const auto name = line_names_.find(seen.input("hdLine"));
        if (name == line_names_.end()) break;
        const auto of_line = calls_of_line(name->second);
        for (const auto its_name : std::vector(of_line.begin(), of_line.end())) { // they leave the line
            const Call* its = call(its_name);
            if (its == nullptr) continue; // two had one handle
            forget_call(its->driver);
            erase_call(its_name);
        }
        closed_devices.add(name->second);
        lines.erase(name->second);
        line_names_.erase(name);
        break;
    }
    case Tspi::phoneClose: {
        const auto name = phone_names_.find(seen.input("hdPhone"));
        if (name == phone_names_.end()) break;
        closed_devices.add(name->second);
        phones.erase(name->second);
        phone_names_.erase(name);
        break;
    }
    case Tspi::lineCloseCall: forget_call(seen.input("hdCall")); break;
    case Tspi::lineSelectExtVersion:
        if (Line* line = line_to_change(seen.input("hdLine")); line != nullptr && good)
            select_extension(*line, narrow(seen.input("dwExtVersion")));
        break;
    case Tspi::phoneSelectExtVersion:
        if (Phone* phone = phone_to_change(seen.input("hdPhone")); phone != nullptr && good)
            select_extension(*phone, narrow(seen.input("dwExtVersion")));
        break;
    case Tspi::lineSetDefaultMediaDetection:
        if (Line* line = line_to_change(seen.input("hdLine")); line != nullptr && good)
            line->wanted_media = narrow(seen.input("dwMediaModes"));
        break;
    case Tspi::lineSetStatusMessages:
        if (Line* line = line_to_change(seen.input("hdLine")); line != nullptr && good) {
            line->announces_forwarding = (seen.input("dwAddressStates") & LINEADDRESSSTATE_FORWARD) != 0;
            if (!line->announces_forwarding) line->forwarding_owed.reset(); // nobody waits for it any more
            const bool rings = (seen.input("dwLineStates") & LINEDEVSTATE_RINGING) != 0;
            // A call may ring already: its first rings were not heard.
            if (rings && !line->announces_ringing && line->calls.empty()) {
                line->announces_ringing = true;
                line->rings.reset();
            }
        }
        break;
    case Tspi::phoneSetStatusMessages:
        if (Phone* phone = phone_to_change(seen.input("hdPhone")); phone != nullptr && good) {
            constexpr auto both = PHONEBUTTONSTATE_DOWN | PHONEBUTTONSTATE_UP;
            phone->announces_up = (seen.input("dwButtonStates") & both) == both;
        }
        break;
    case Tspi::lineSetAppSpecific:
        if (Call* call = call_to_change(seen.input("hdCall")); call != nullptr && !good)
            call->app_specific_owed.reset();
        break;
    case Tspi::lineGatherDigits:
        if (Call* call = call_to_change(seen.input("hdCall"));
            call != nullptr && good && seen.input("dwNumDigits") != 0)
            count_unended(call->gatherings, 1, call->gathering_owed);
        break;
    case Tspi::lineGenerateDigits:
    case Tspi::lineGenerateTone:
        if (Call* call = call_to_change(seen.input("hdCall")); call != nullptr && good)
            count_unended(call->generations, 1, call->generation_owed);
        break;
    case Tspi::lineGetID:
        if (good) {
            const auto text = seen.input_bytes("lpszDeviceClass");
            known_classes.emplace(reinterpret_cast<const char16_t*>(text.data()), text.size() / 2);
        }
        break;
    default: break;
    }
}

void Books::promise(const Promise& made) {
    Call* call = call_to_change(made.call);
    if (call == nullptr || call->closing || (call->state & (made.states | LINECALLSTATE_IDLE)) != 0) return;
    if ((call->state & LINECALLSTATE_DISCONNECTED) != 0 && (made.states & LINECALLSTATE_IDLE) == 0) return;
    call->promise = made;
    call->promise->since = period_;
}

std::vector<Promise> Books::promised_by(const Request& request) const {
    const auto& called = request.call;
    const auto call = called.input("hdCall"), consultation = called.input("hdConsultCall");
    const auto rule = promised_rule(called.function);
    if (rule == 0) return {};
    const auto of = [&](std::uint64_t driver, std::uint32_t states) {
        return Promise{.rule = rule, .states = states, .function = called.function, .call = driver};
    };
    const bool leaves_original = std::ranges::any_of(request.creates, [&](std::uint64_t name) {
        const Call* made = this->call(name);
        return made != nullptr && made->leaves_original;
    });
    switch (called.function) {
    case Tspi::lineHold: return {of(call, LINECALLSTATE_ONHOLD)};
    case Tspi::lineUnhold:
    case Tspi::lineAnswer: return {of(call, LINECALLSTATE_CONNECTED)};
    case Tspi::lineAccept: return {of(call, LINECALLSTATE_ACCEPTED | LINECALLSTATE_CONNECTED)};
    case Tspi::lineDrop: return {of(call, LINECALLSTATE_IDLE)};
    case Tspi::lineSetupTransfer: return {of(call, LINECALLSTATE_ONHOLDPENDTRANSFER)};
    case Tspi::lineCompleteTransfer: {
        const auto after = called.input("dwTransferMode") == LINETRANSFERMODE_TRANSFER
                               ? LINECALLSTATE_IDLE
                               : LINECALLSTATE_CONFERENCED;
        return {of(call, after), of(consultation, after)};
    }
    case Tspi::lineSetupConference:
        if (leaves_original) return {};
        return {of(call, LINECALLSTATE_CONFERENCED)};
    case Tspi::lineAddToConference: return {of(consultation, LINECALLSTATE_CONFERENCED)};
    case Tspi::linePark:
    case Tspi::lineBlindTransfer:
    case Tspi::lineRedirect: return {of(call, LINECALLSTATE_IDLE)};
    default: return {};
    }
}

void Books::completed_request(const Observation& seen) {
    const auto found = requests.find(seen.request);
    if (found == requests.end()) return;
    const Request request = take_request(found);
    completed.add(seen.request);
    for (const auto name : request.creates) {
        const auto call = calls.find(name);
        if (call == calls.end()) continue;
        if (seen.result == 0) {
            call->second.stage = CallStage::alive;
        } else {
            call_names_.erase(call->second.driver);
            erase_call(name);
            failed_calls.add(name);
        }
    }
    if (seen.result != 0) {
        if (Line* line = line_to_change(request.call.input("hdLine"));
            line != nullptr && request.call.function == Tspi::lineForward)
            line->forwarding_owed.reset();
        return;
    }
    if (request.call.function == Tspi::lineAddToConference)
        if (Call* party = call_to_change(request.call.input("hdConsultCall")))
            party->conference = request.call.input("hdConfCall");
    if (request.call.function == Tspi::lineCompleteTransfer ||
        request.call.function == Tspi::lineAddToConference)
        if (Call* consultation = call_to_change(request.call.input("hdConsultCall")))
            consultation->original = 0;
    for (const auto& made : promised_by(request)) promise(made);
}

void Books::said(const Observation& seen) {
    const auto line = lines.find(seen.event.line);
    const auto phone = phones.find(seen.event.line);
    switch (seen.number) {
    case LINE_NEWCALL: {
        Call call;
        call.line = seen.event.line;
        call.driver = seen.event.parameter1;
        add_call(seen.event.call, call);
        call_names_[call.driver] = seen.event.call;
        return;
    }
    case LINE_CLOSE:
        if (line != lines.end()) line->second.forced_closed = true;
        return;
    case PHONE_CLOSE:
        if (phone != phones.end()) phone->second.forced_closed = true;
        return;
    case LINE_CREATE: offered.push_back({DeviceKind::line, seen.event.parameter2}); return;
    case PHONE_CREATE: offered.push_back({DeviceKind::phone, seen.event.parameter2}); return;
    case LINE_REMOVE: line_devices[seen.first()].removed = true; return;
    case PHONE_REMOVE: phone_devices[seen.first()].removed = true; return;
    case LINE_LINEDEVSTATE:
        if (line != lines.end() && (seen.first() & LINEDEVSTATE_RINGING) != 0)
            line->second.rings = seen.third();
        return;
    case LINE_ADDRESSSTATE:
        if (line != lines.end() && (seen.second() & LINEADDRESSSTATE_FORWARD) != 0)
            line->second.forwarding_owed.reset();
        return;
    case PHONE_BUTTON:
        if (phone == phones.end()) return;
        if (seen.third() == PHONEBUTTONSTATE_DOWN) phone->second.buttons_down.insert(seen.first());
        if (seen.third() == PHONEBUTTONSTATE_UP) phone->second.buttons_down.erase(seen.first());
        return;
    default: break;
    }
    if (const auto call = calls.find(seen.event.call); call != calls.end()) call_said(seen, call->second);
}

void Books::call_said(const Observation& seen, Call& call) {
    switch (seen.number) {
    case LINE_CALLSTATE: {
        call.state = seen.first();
        if (call.promise && (call.state & (call.promise->states | LINECALLSTATE_IDLE)) != 0)
            call.promise.reset();
        if (call.promise && (call.state & LINECALLSTATE_DISCONNECTED) != 0 &&
            (call.promise->states & LINECALLSTATE_IDLE) == 0)
            call.promise.reset();
        if (!call.idle()) return;
        call.app_specific_owed.reset();
        call.gatherings = call.generations = 0;
        call.gathering_owed.reset();
        call.generation_owed.reset();
        // The call that waited for it goes on (R215).
        const auto driver = call.driver;
        const auto original = std::exchange(call.original, 0);
        if (original != 0 && call.dropped && call.creator == Tspi::lineSetupTransfer &&
            !call.leaves_original) {
            const Call* waits = call_of(original);
            if (waits != nullptr && (waits->state & LINECALLSTATE_ONHOLDPENDTRANSFER) != 0 && !waits->promise)
                promise(
                    {215, LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD, Tspi::lineSetupTransfer, original});
        }
        // Its parties are on their own (R219).
        if (call.creator != Tspi::lineSetupConference && call.creator != Tspi::lineCompleteTransfer) return;
        for (const auto name : calls_of_line(call.line)) {
            auto& party = calls.at(name);
            if (party.conference != driver) continue;
            party.conference = 0;
            if ((party.state & LINECALLSTATE_CONFERENCED) != 0 && !party.promise)
                party.promise =
                    Promise{219, LINECALLSTATE_IDLE | LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD,
                            Tspi::lineSetupConference, party.driver, period_};
        }
        return;
    }
    case LINE_CALLINFO:
        if ((seen.first() & LINECALLINFOSTATE_APPSPECIFIC) != 0) call.app_specific_owed.reset();
        return;
    case LINE_GATHERDIGITS: return count_unended(call.gatherings, -1, call.gathering_owed);
    case LINE_GENERATE: return count_unended(call.generations, -1, call.generation_owed);
    default: return;
    }
}

} // namespace offhook::rules
