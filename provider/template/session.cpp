// SPDX-License-Identifier: Apache-2.0
//
// Lines: opened and closed, and asked. What moves calls is in calls.cpp.

#include "session.h"

#include "parameters.h"
#include "structures.h"

#include "abi/utf16.h"
#include "provider/structure.h"
#include "provider/text.h"
#include "provider/version.h"

namespace acme_provider {
namespace {

using namespace offhook::provider;

constexpr DWORD defined_line_states = 0x01FFFFFF, defined_address_states = 0x000001FF;

} // namespace

Session::Session(SessionStart start)
    : start_(std::move(start)),
      callbacks_(start_.completion),
      open_(start_.configuration.lines.size()) {}

Session::~Session() {
    timers_.stop(); // before what they are about goes
    const std::lock_guard guard(lock_);
    for (const CallPointer& call : calls_.all()) call->service.close();
}

bool Session::has(DWORD device) const {
    return device - start_.first_line < start_.configuration.lines.size();
}

DWORD Session::device_of(const OpenLine& line) const {
    return start_.first_line + static_cast<DWORD>(line.place);
}

Session::LinePointer Session::find(HDRVLINE line) const { return lines_.find(handle_value(line)); }

LineUse Session::use_of(const OpenLine& line) const {
    LineUse use;
    for (const CallPointer& call : calls_.all()) {
        if (call->line.get() != &line || call->service.over()) continue;
        if (!call->service.known()) ++use.making;
        else if (call->service.state() == LINECALLSTATE_ONHOLD) ++use.held;
        else ++use.active;
    }
    return use;
}

LONG Session::device_caps(DWORD device, DWORD version, LINEDEVCAPS* caps) const {
    if (!has(device)) return LINEERR_BADDEVICEID;
    if (!is_known_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
    const DWORD place = device - start_.first_line;
    const DWORD permanent = (start_.provider << 16U) | (place + 1); // the same in every session
    return describe(caps, version, start_.configuration.lines[place], permanent);
}

LONG Session::address_caps(DWORD device, DWORD address, DWORD version, LINEADDRESSCAPS* caps) const {
    if (!has(device)) return LINEERR_BADDEVICEID;
    if (address != 0) return LINEERR_INVALADDRESSID;
    if (!is_known_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
    return describe(caps, version, start_.configuration.lines[device - start_.first_line], device);
}

LONG Session::open_line(DWORD device, HTAPILINE name, HDRVLINE* line, DWORD version, LINEEVENT procedure) {
    if (!has(device)) return LINEERR_BADDEVICEID;
    if (line == nullptr || procedure == nullptr) return LINEERR_INVALPOINTER;
    if (!is_known_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
    const std::lock_guard guard(lock_);
    const std::size_t place = device - start_.first_line;
    if (open_[place]) return LINEERR_ALLOCATED; // one open serves all applications
    auto opened = std::make_shared<OpenLine>();
    opened->place = place;
    opened->calls = {&callbacks_, {procedure, name}, version}; // in force until the line is closed (R020)
    opened->handle = lines_.add(opened);
    open_[place] = opened;
    *line = to_handle<HDRVLINE>(opened->handle);
    return 0;
}

LONG Session::close_line(HDRVLINE handle) {
    const std::lock_guard guard(lock_);
    const auto line = lines_.remove(handle_value(handle));
    if (!line) return LINEERR_INVALLINEHANDLE;
    open_[line->place].reset();
    for (const CallPointer& call : calls_.all())
        if (call->line == line) release(*call); // which completes what is outstanding (R083)
    return 0;
}

LONG Session::number_of_addresses(HDRVLINE handle, DWORD* number) const {
    const std::lock_guard guard(lock_);
    if (!find(handle)) return LINEERR_INVALLINEHANDLE;
    if (number == nullptr) return LINEERR_INVALPOINTER;
    *number = 1;
    return 0;
}

LONG Session::address_id(HDRVLINE handle, DWORD* id, DWORD mode, std::u16string_view address) const {
    const std::lock_guard guard(lock_);
    const auto line = find(handle);
    if (!line) return LINEERR_INVALLINEHANDLE;
    if (id == nullptr) return LINEERR_INVALPOINTER;
    if (mode != LINEADDRESSMODE_DIALABLEADDR) return LINEERR_INVALADDRESSMODE;
    if (offhook::abi::to_utf8(address) != start_.configuration.lines[line->place].number)
        return LINEERR_INVALADDRESS;
    *id = 0;
    return 0;
}

LONG Session::address_status(HDRVLINE handle, DWORD address, LINEADDRESSSTATUS* status) const {
    const std::lock_guard guard(lock_);
    const auto line = find(handle);
    if (!line) return LINEERR_INVALLINEHANDLE;
    if (address != 0) return LINEERR_INVALADDRESSID;
    return describe(status, line->calls.version, use_of(*line));
}

LONG Session::line_status(HDRVLINE handle, LINEDEVSTATUS* status) const {
    const std::lock_guard guard(lock_);
    const auto line = find(handle);
    return line ? describe(status, line->calls.version, use_of(*line)) : LINEERR_INVALLINEHANDLE;
}

// Only what applications want to know of has to be reported (R236); there is nothing that changes here.
LONG Session::set_status_messages(HDRVLINE handle, DWORD line_states, DWORD address_states) const {
    const std::lock_guard guard(lock_);
    if (!find(handle)) return LINEERR_INVALLINEHANDLE;
    if ((line_states & ~defined_line_states) != 0) return LINEERR_INVALLINESTATE;
    return (address_states & ~defined_address_states) != 0 ? LINEERR_INVALADDRESSSTATE : 0;
}

LONG Session::set_media_detection(HDRVLINE handle, DWORD media_modes) {
    const std::lock_guard guard(lock_);
    const auto line = find(handle);
    if (!line) return LINEERR_INVALLINEHANDLE;
    if ((media_modes & ~media) != 0) return LINEERR_INVALMEDIAMODE;
    line->wanted_media = media_modes;
    return 0;
}

// Could this line serve such a call now? It changes nothing.
LONG Session::check_media(HDRVLINE handle, DWORD media_modes, const LINECALLPARAMS* parameters) const {
    const std::lock_guard guard(lock_);
    const auto line = find(handle);
    if (!line) return LINEERR_INVALLINEHANDLE;
    if ((media_modes & ~media) != 0) return LINEERR_INVALMEDIAMODE;
    return read_parameters(parameters, line->calls.version).error == 0 ? 0 : LINEERR_RESOURCEUNAVAIL;
}

LONG Session::device_id(HDRVLINE line_handle, DWORD address, HDRVCALL call_handle, DWORD select,
                        std::u16string_view device_class, VARSTRING* id) const {
    const std::lock_guard guard(lock_);
    LinePointer line;
    switch (select) {
    case LINECALLSELECT_CALL: {
        const auto call = find(call_handle);
        if (!call) return LINEERR_INVALCALLHANDLE;
        line = call->line;
        break;
    }
    case LINECALLSELECT_ADDRESS:
    case LINECALLSELECT_LINE:
        line = find(line_handle);
        if (!line) return LINEERR_INVALLINEHANDLE;
        if (select == LINECALLSELECT_ADDRESS && address != 0) return LINEERR_INVALADDRESSID;
        break;
    default: return LINEERR_INVALCALLSELECT;
    }
    // There is no audio here, nor any other device.
    if (!same_class(device_class, u"tapi/line")) return LINEERR_INVALDEVICECLASS;
    const DWORD device = device_of(*line);
    return fill_binary(id, &device, sizeof device);
}

} // namespace acme_provider
