// SPDX-License-Identifier: Apache-2.0
//
// Lines, and what is asked about them and their calls. What moves calls is in calls.cpp.

#include "providers/sip/tsp/session.h"

#include "abi/media_modes.h"
#include "abi/utf16.h"
#include "offhook/audio.h"
#include "provider/audio_port.h"
#include "provider/structure.h"
#include "provider/text.h"

#include <bit>
#include <stdexcept>

namespace offhook::sip {
namespace {

Accounts in_places(const std::vector<Account>& accounts) {
    Accounts found;
    for (const Account& account : accounts) found.emplace(found.size(), account);
    return found;
}

} // namespace

provider::Module<Session>& module() {
    static provider::Module<Session> one;
    return one;
}

Session::Service Session::service_at_first(const Account& account) {
    return account.registrar.empty() ? Service::in_service : Service::out_of_service;
}

Session::Session(const SessionStart& start)
    : LineSession(start.completion,
                  provider::Devices(start.first_device, start.configuration.accounts.size())),
      services_(start.services),
      ports_(start.configuration.rtp),
      permanent_provider_id_(start.permanent_provider_id),
      creation_(start.creation),
      accounts_(in_places(start.configuration.accounts)),
      engine_(ports_, *this) {
    for (const auto& [place, account] : accounts_) service_.emplace(place, service_at_first(account));
    stack_ = start.make_stack(accounts_, *this);
}

Session::~Session() {
    timers_.stop();
    turn([this] {
        for (const LinePointer& line : lines_.all()) close(*line);
        return 0;
    });
    stack_.reset(); // without the lock: its last events wait for it
}

Session::CallPointer Session::find(LegId leg) const {
    const auto found = legs_.find(leg);
    return found == legs_.end() ? nullptr : found->second;
}

bool Session::is_address_of(const Line& line, std::u16string_view address) const {
    const Account& account = account_of(line);
    const std::string text = abi::to_utf8(address), of_record = account.address_of_record();
    return text == account.user || text == of_record || "sip:" + text == of_record;
}

LONG Session::check_media(const Line&, DWORD media_modes) const {
    return (media_modes & ~supported_media) == 0 ? 0 : LINEERR_INVALMEDIAMODE;
}

LONG Session::set_media_mode(Call& call, DWORD media_mode) {
    if (!abi::is_media_mode(media_mode) || (media_mode & ~supported_media) != 0)
        return LINEERR_INVALMEDIAMODE; // several only beside UNKNOWN (R142)
    call.service.media_mode = media_mode;
    changed(call, LINECALLINFOSTATE_MEDIAMODE);
    return 0;
}

LONG Session::device_id(const provider::Selection<Call>& selection, std::u16string_view device_class,
                        VARSTRING* id) {
    if (provider::same_class(device_class, u"tapi/line")) {
        const DWORD device = device_of(*selection.line);
        return provider::fill_binary(id, &device, sizeof device);
    }
    if (!provider::same_class(device_class, OFFHOOK_AUDIO_CLASS_W)) return LINEERR_INVALDEVICECLASS;
    if (!selection.call) return LINEERR_INVALCALLSELECT; // a line as such has no audio
    if (!selection.call->stream) return LINEERR_INVALCALLSTATE;
    auto device = provider::audio_device(0);
    // Without room for the answer the caller will ask again: the stream stays for then.
    if (!provider::has_room(*id, sizeof device)) return provider::fill_binary(id, &device, sizeof device);
    auto audio = services_.audio_stream();
    if (!audio) return LINEERR_RESOURCEUNAVAIL;
    device.dwDirection = audio->direction;
    selection.call->stream->attach(std::move(*audio));
    return provider::fill_binary(id, &device, sizeof device);
}

// ---- Accounts that come, go and change

bool Session::has_calls(std::size_t account) const {
    const LinePointer line = lines_.at(account);
    return line && use_of(*line).all() != 0;
}

LONG Session::reconfigure(const Configuration& wanted) {
    if (wanted.rtp != ports_) return LINEERR_OPERATIONUNAVAIL;
    std::map<unsigned, Account> coming; // by number
    for (const Account& account : wanted.accounts) coming.emplace(account.number, account);
    Accounts next;
    for (const auto& [place, account] : accounts_) {
        const auto kept = coming.extract(account.number);
        const bool in_use = kept ? kept.mapped() != account && has_calls(place) : lines_.at(place) != nullptr;
        if (in_use) return LINEERR_INUSE;
        if (kept) next.emplace(place, kept.mapped());
    }
    std::vector<std::size_t> added;
    for (const auto& [number, account] : coming) {
        added.push_back(devices_.places() + added.size());
        next.emplace(added.back(), account);
    }
    try {
        stack_->reconfigure(next);
    } catch (const std::runtime_error& error) {
        services_.log(provider::Severity::error, error.what());
        return LINEERR_RESOURCEUNAVAIL;
    }
    take_over(std::move(next));
    for (const std::size_t place : added) { // the service names their devices later (R090)
        devices_.add();
        announce(LINE_CREATE, std::bit_cast<DWORD_PTR>(creation_.provider), place);
    }
    return 0;
}

// Accounts that stay keep their service until their registrar says something else.
void Session::take_over(Accounts next) {
    const Accounts before = std::exchange(accounts_, std::move(next));
    for (const auto& [place, account] : before) {
        if (accounts_.contains(place)) continue;
        service_.erase(place);
        if (const auto device = devices_.remove(place)) announce(LINE_REMOVE, *device, 0);
    }
    for (const auto& [place, account] : accounts_) {
        const auto was = before.find(place);
        // Its name and its addresses are told in the capabilities.
        if (const auto line = lines_.at(place); line && was != before.end() && was->second != account)
            report(*line, DWORD{LINEDEVSTATE_CAPSCHANGE});
        if (was != before.end() && was->second.registrar == account.registrar) continue;
        const Service service = service_[place] = service_at_first(account);
        if (const auto line = lines_.at(place)) report(*line, service);
    }
}

void Session::announce(DWORD message, DWORD_PTR p1, DWORD_PTR p2) {
    callbacks_.line_event({creation_.line, nullptr}, message, p1, p2);
}

LONG Session::line_created(DWORD_PTR place, DWORD device) {
    return devices_.created(place, device) ? 0 : LINEERR_BADDEVICEID;
}

} // namespace offhook::sip
