// SPDX-License-Identifier: Apache-2.0
//
// Lines, and what is asked about them and their calls. What moves calls is in calls.cpp.

#include "providers/sip/tsp/session.h"

#include "abi/utf16.h"
#include "offhook/audio.h"
#include "provider/text.h"
#include "provider/version.h"

namespace offhook::sip {
namespace {

constexpr DWORD defined_line_states = 0x01FFFFFF;
constexpr DWORD defined_address_states = 0x000001FF;

} // namespace

Session::Session(SessionStart start)
    : services_(start.services),
      configuration_(std::move(start.configuration)),
      permanent_provider_id_(start.permanent_provider_id),
      first_device_(start.first_device),
      callbacks_(start.completion),
      engine_(configuration_.rtp, *this) {
    for (const Account& account : configuration_.accounts)
        service_.push_back(account.registrar.empty() ? LineUse::Service::in_service
                                                     : LineUse::Service::out_of_service);
    open_lines_.resize(configuration_.accounts.size());
    stack_ = start.make_stack(configuration_.accounts, *this);
}

Session::~Session() {
    timers_.stop();
    for (const auto& line : [this] {
             const std::lock_guard guard(lock_);
             return lines_.all();
         }())
        close_line(provider::to_handle<HDRVLINE>(line->handle));
    stack_.reset(); // without the lock: its last events wait for it
}

Session::LinePointer Session::find(HDRVLINE line) const { return lines_.find(provider::handle_value(line)); }

// A call that is being made is nobody's yet (R062).
Session::CallPointer Session::find(HDRVCALL call) const {
    auto found = calls_.find(provider::handle_value(call));
    return found && found->state != CallState::pending ? found : nullptr;
}

Session::CallPointer Session::find(LegId leg) const {
    const auto found = legs_.find(leg);
    return found == legs_.end() ? nullptr : found->second;
}

LineUse Session::use_of(const Line& line) const {
    LineUse use;
    use.service = service_[line.account];
    for (const auto& call : calls_.all())
        if (call->line.get() == &line && call->state != CallState::idle && call->state != CallState::pending)
            ++use.active_calls;
    return use;
}

LONG Session::negotiate(DWORD device, DWORD low, DWORD high, DWORD* version) const {
    if (version == nullptr) return LINEERR_INVALPOINTER;
    if (device != INITIALIZE_NEGOTIATION && device - first_device_ >= configuration_.accounts.size())
        return LINEERR_BADDEVICEID;
    return provider::negotiate(low, high, version);
}

LONG Session::device_caps(DWORD device, DWORD version, LINEDEVCAPS* caps) const {
    const DWORD place = device - first_device_;
    if (place >= configuration_.accounts.size()) return LINEERR_BADDEVICEID;
    if (!provider::is_known_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
    const Account& account = configuration_.accounts[place];
    return fill(caps, version, account, (permanent_provider_id_ << 16U) | account.number);
}

LONG Session::address_caps(DWORD device, DWORD address, DWORD version, LINEADDRESSCAPS* caps) const {
    const DWORD place = device - first_device_;
    if (place >= configuration_.accounts.size()) return LINEERR_BADDEVICEID;
    if (address != 0) return LINEERR_INVALADDRESSID;
    if (!provider::is_known_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
    return fill(caps, version, configuration_.accounts[place], device);
}

LONG Session::open_line(DWORD device, HTAPILINE name, HDRVLINE* line, DWORD version, LINEEVENT procedure) {
    const DWORD place = device - first_device_;
    if (line == nullptr) return LINEERR_INVALPOINTER;
    if (place >= configuration_.accounts.size()) return LINEERR_BADDEVICEID;
    if (!provider::is_known_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
    const std::lock_guard guard(lock_);
    if (open_lines_[place]) return LINEERR_ALLOCATED;
    auto opened = std::make_shared<Line>();
    opened->account = place;
    opened->sink = {procedure, name};
    opened->version = version;
    opened->handle = lines_.add(opened);
    open_lines_[place] = opened;
    *line = provider::to_handle<HDRVLINE>(opened->handle);
    return 0;
}

LONG Session::close_line(HDRVLINE handle) {
    const std::lock_guard guard(lock_);
    const auto line = lines_.remove(provider::handle_value(handle));
    if (!line) return LINEERR_INVALLINEHANDLE;
    open_lines_[line->account].reset();
    for (const auto& call : calls_.all())
        if (call->line == line) release(*call); // aborts its requests (R083)
    return 0;
}

LONG Session::address_id(HDRVLINE handle, DWORD* id, DWORD mode, std::u16string_view address) const {
    const std::lock_guard guard(lock_);
    const auto line = find(handle);
    if (!line) return LINEERR_INVALLINEHANDLE;
    if (id == nullptr) return LINEERR_INVALPOINTER;
    if (mode != LINEADDRESSMODE_DIALABLEADDR) return LINEERR_INVALADDRESSMODE;
    const Account& account = account_of(*line);
    const std::string text = abi::to_utf8(address);
    if (text != account.user && text != account.address_of_record() &&
        "sip:" + text != account.address_of_record())
        return LINEERR_INVALADDRESS;
    *id = 0;
    return 0;
}

LONG Session::address_status(HDRVLINE handle, DWORD address, LINEADDRESSSTATUS* status) const {
    const std::lock_guard guard(lock_);
    const auto line = find(handle);
    if (!line) return LINEERR_INVALLINEHANDLE;
    if (address != 0) return LINEERR_INVALADDRESSID;
    return fill(status, line->version, use_of(*line));
}

LONG Session::number_of_addresses(HDRVLINE handle, DWORD* number) const {
    const std::lock_guard guard(lock_);
    if (!find(handle)) return LINEERR_INVALLINEHANDLE;
    if (number == nullptr) return LINEERR_INVALPOINTER;
    *number = 1;
    return 0;
}

LONG Session::line_status(HDRVLINE handle, LINEDEVSTATUS* status) const {
    const std::lock_guard guard(lock_);
    const auto line = find(handle);
    if (!line) return LINEERR_INVALLINEHANDLE;
    return fill(status, line->version, use_of(*line));
}

LONG Session::set_status_messages(HDRVLINE handle, DWORD line_states, DWORD address_states) {
    const std::lock_guard guard(lock_);
    const auto line = find(handle);
    if (!line) return LINEERR_INVALLINEHANDLE;
    if ((line_states & ~defined_line_states) != 0) return LINEERR_INVALLINESTATE;
    if ((address_states & ~defined_address_states) != 0) return LINEERR_INVALADDRESSSTATE;
    line->reported_states = line_states & reportable_line_states;
    return 0;
}

LONG Session::set_media_detection(HDRVLINE handle, DWORD media_modes) {
    const std::lock_guard guard(lock_);
    const auto line = find(handle);
    if (!line) return LINEERR_INVALLINEHANDLE;
    if ((media_modes & ~supported_media) != 0) return LINEERR_INVALMEDIAMODE;
    line->wanted_media = media_modes;
    return 0;
}

LONG Session::check_media(HDRVLINE handle, DWORD media_modes, const LINECALLPARAMS* parameters) const {
    const std::lock_guard guard(lock_);
    if (!find(handle)) return LINEERR_INVALLINEHANDLE;
    if ((media_modes & ~supported_media) != 0) return LINEERR_INVALMEDIAMODE;
    if (parameters == nullptr) return 0;
    if ((parameters->dwBearerMode & ~supported_bearers) != 0) return LINEERR_RESOURCEUNAVAIL;
    return (parameters->dwMediaMode & ~supported_media) != 0 ? LINEERR_RESOURCEUNAVAIL : 0;
}

LONG Session::call_info(HDRVCALL handle, LINECALLINFO* info) const {
    const std::lock_guard guard(lock_);
    const auto call = find(handle);
    return call ? fill(info, *call, device_of(*call->line)) : LINEERR_INVALCALLHANDLE;
}

LONG Session::call_status(HDRVCALL handle, LINECALLSTATUS* status) const {
    const std::lock_guard guard(lock_);
    const auto call = find(handle);
    return call ? fill(status, *call) : LINEERR_INVALCALLHANDLE;
}

LONG Session::call_address(HDRVCALL handle, DWORD* address) const {
    const std::lock_guard guard(lock_);
    if (!find(handle)) return LINEERR_INVALCALLHANDLE;
    if (address == nullptr) return LINEERR_INVALPOINTER;
    *address = 0;
    return 0;
}

LONG Session::set_app_specific(HDRVCALL handle, DWORD value) {
    const std::lock_guard guard(lock_);
    const auto call = find(handle);
    if (!call) return LINEERR_INVALCALLHANDLE;
    call->app_specific = value;
    if (call->state != CallState::idle) emit(*call, LINE_CALLINFO, LINECALLINFOSTATE_APPSPECIFIC); // R127
    return 0;
}

LONG Session::set_media_mode(HDRVCALL handle, DWORD media_mode) {
    const std::lock_guard guard(lock_);
    const auto call = find(handle);
    if (!call) return LINEERR_INVALCALLHANDLE;
    const DWORD without_unknown = media_mode & ~static_cast<DWORD>(LINEMEDIAMODE_UNKNOWN);
    const bool several = (without_unknown & (without_unknown - 1)) != 0;
    if (media_mode == 0 || (media_mode & ~supported_media) != 0 || (several && without_unknown == media_mode))
        return LINEERR_INVALMEDIAMODE; // several only beside UNKNOWN (R142)
    call->media_mode = media_mode;
    if (call->state != CallState::idle) emit(*call, LINE_CALLINFO, LINECALLINFOSTATE_MEDIAMODE);
    return 0;
}

LONG Session::line_id(HDRVLINE line_handle, DWORD address, HDRVCALL call_handle, DWORD select,
                      std::u16string_view device_class, VARSTRING* id) {
    const std::lock_guard guard(lock_);
    CallPointer call;
    LinePointer line;
    switch (select) {
    case LINECALLSELECT_CALL:
        call = find(call_handle);
        if (!call) return LINEERR_INVALCALLHANDLE;
        line = call->line;
        break;
    case LINECALLSELECT_ADDRESS:
    case LINECALLSELECT_LINE:
        line = find(line_handle);
        if (!line) return LINEERR_INVALLINEHANDLE;
        if (select == LINECALLSELECT_ADDRESS && address != 0) return LINEERR_INVALADDRESSID;
        break;
    default: return LINEERR_INVALCALLSELECT;
    }
    if (id == nullptr) return LINEERR_INVALPOINTER;
    if (provider::same_class(device_class, u"tapi/line")) {
        const DWORD device = device_of(*line);
        return fill(id, &device, sizeof device);
    }
    if (!provider::same_class(device_class, OFFHOOK_AUDIO_CLASS_W)) return LINEERR_INVALDEVICECLASS;
    if (!call) return LINEERR_INVALCALLSELECT; // a line as such has no audio
    if (!call->stream) return LINEERR_INVALCALLSTATE;
    auto device = provider::audio_device(0);
    // Without room for the answer the caller will ask again: the stream stays for then.
    if (!has_room(*id, device)) return fill(id, &device, sizeof device);
    auto audio = services_.audio_stream();
    if (!audio) return LINEERR_RESOURCEUNAVAIL;
    device.dwDirection = audio->direction;
    call->stream->attach(std::move(*audio));
    return fill(id, &device, sizeof device);
}

} // namespace offhook::sip
