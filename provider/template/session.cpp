// SPDX-License-Identifier: Apache-2.0
//
// Lines: what is asked of them. What applications are told is in structures.cpp, what moves calls in
// calls.cpp.

#include "session.h"

#include "parameters.h"

#include "abi/utf16.h"
#include "provider/structure.h"
#include "provider/text.h"

namespace acme_provider {

using namespace offhook::provider;

Session::Session(SessionStart start)
    : LineSession(start.completion, Devices(start.first_line, start.configuration.lines.size())),
      start_(std::move(start)) {}

Session::~Session() {
    timers_.stop(); // before what they are about goes
    turn([this] {
        for (const LinePointer& line : lines_.all()) close(*line);
        return 0;
    });
}

bool Session::is_address_of(const Line& line, std::u16string_view address) const {
    return offhook::abi::to_utf8(address) == settings_of(line).number;
}

LONG Session::check_media(const Line&, DWORD media_modes) const {
    return (media_modes & ~media) == 0 ? 0 : LINEERR_INVALMEDIAMODE;
}

LONG Session::check_call(const Line& line, const LINECALLPARAMS* parameters) const {
    return read_parameters(parameters, line.service.version).error;
}

// There is no audio here, nor any other device.
LONG Session::device_id(const Selection<Call>& selection, std::u16string_view device_class,
                        VARSTRING* id) const {
    if (!same_class(device_class, u"tapi/line")) return LINEERR_INVALDEVICECLASS;
    const DWORD device = device_of(*selection.line);
    return fill_binary(id, &device, sizeof device);
}

} // namespace acme_provider
