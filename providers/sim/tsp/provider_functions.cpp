// SPDX-License-Identifier: Apache-2.0
//
// The provider as a whole: its note, TSPI_provider… and version negotiation.

#include "provider/version.h"
#include "providers/sim/command.h"
#include "providers/sim/tsp/module.h"
#include "providers/sim/tsp/structures.h"

#include "offhook_provider.h"

using namespace offhook;
using namespace offhook::sim;

OFFHOOK_PROVIDER_NOTE("name=sim\nversion=" OFFHOOK_VERSION "\ntitle=Simulated exchange\nneeds=\n");

namespace {

// Looks the configuration over without starting anything. What is wrong is in the log, line by line.
LONG check(const char* function) {
    return module().enter(function, [&]() -> LONG {
        const auto read = module().read();
        if (read.error != 0) return LINEERR_INVALPARAM;
        module().services().log(provider::Severity::info,
                                std::to_string(read.configuration.extensions.size()) +
                                    " extensions are configured");
        return 0;
    });
}

// R017, R018, R019
LONG negotiate(DWORD low, DWORD high, DWORD* version, LONG refusal) {
    Misbehaviour& misbehaviour = module().misbehaviour();
    *version = provider::negotiate_version(low, high);
    if (*version != 0 && misbehaviour.asked(Fault::r017)) *version = high + 1;
    if (*version == 0 && misbehaviour.asked(Fault::r018)) *version = provider::known_versions.back();
    return *version == 0 ? refusal : 0;
}

// R024: while a version is selected, it is the only one.
LONG negotiate_extension(Session& session, DWORD selected, DWORD low, DWORD high, DWORD* version,
                         LONG refusal) {
    if (selected != 0 && session.misbehaviour().asked(Fault::r024)) {
        *version = high;
        return 0;
    }
    const DWORD only = selected != 0 ? selected : extension_version;
    if (only < low || only > high) return refusal;
    *version = only;
    return 0;
}

} // namespace

int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES* services) {
    return module().attach(services);
}

int32_t OFFHOOK_providerCommand(const char* command, char* reply, uint32_t* size) {
    if (command == nullptr || reply == nullptr || size == nullptr) return LINEERR_INVALPOINTER;
    constexpr uint32_t least_room = 4096;
    if (*size < least_room) { // before anything is done: it will be given again
        *size = least_room;
        return LINEERR_STRUCTURETOOSMALL;
    }
    return module().enter(__func__, [&]() -> LONG {
        Reply answer = run_command(command);
        // What lists has changed nothing and may be given again with more room.
        const auto needed = static_cast<uint32_t>(answer.text.size() + 1);
        const uint32_t room = std::exchange(*size, needed);
        if (room < needed) return LINEERR_STRUCTURETOOSMALL;
        std::memcpy(reply, answer.text.c_str(), needed);
        return answer.result;
    });
}

int32_t OFFHOOK_providerReconfigure(const OFFHOOK_PROVIDER_SERVICES* changed) {
    if (changed == nullptr) return LINEERR_INVALPOINTER;
    return in_session(__func__, [&](Session& session) -> LONG {
        const auto read = Module::read(provider::Services(changed));
        return read.error != 0 ? read.error : session.reconfigure(read.configuration);
    });
}

LONG TSPIAPI TSPI_providerInstall(HWND, DWORD) { return check("TSPI_providerInstall"); }

LONG TSPIAPI TSPI_providerConfig(HWND, DWORD) { return check("TSPI_providerConfig"); }

// There is nothing outside of the configuration to take away.
LONG TSPIAPI TSPI_providerRemove(HWND, DWORD) { return 0; }

LONG TSPIAPI TSPI_providerEnumDevices(DWORD, LPDWORD lpdwNumLines, LPDWORD lpdwNumPhones, HPROVIDER hProvider,
                                      LINEEVENT lpfnLineCreateProc, PHONEEVENT lpfnPhoneCreateProc) {
    return module().enter(__func__, [&]() -> LONG {
        if (lpdwNumLines == nullptr || lpdwNumPhones == nullptr) return LINEERR_INVALPOINTER;
        const auto read = module().read();
        if (read.error != 0) return LINEERR_OPERATIONFAILED;
        module().set_creation({hProvider, lpfnLineCreateProc, lpfnPhoneCreateProc});
        *lpdwNumLines = *lpdwNumPhones = static_cast<DWORD>(read.configuration.extensions.size());
        return 0;
    });
}

LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID, DWORD dwLineDeviceIDBase,
                               DWORD dwPhoneDeviceIDBase, DWORD_PTR, DWORD_PTR,
                               ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions) {
    return module().enter(__func__, [&]() -> LONG {
        if (!provider::is_known_version(dwTSPIVersion)) return LINEERR_INCOMPATIBLEAPIVERSION;
        if (lpfnCompletionProc == nullptr || lpdwTSPIOptions == nullptr) return LINEERR_INVALPOINTER;
        auto read = module().read();
        if (read.error != 0) return read.error;
        if (module().misbehaviour().asked(Fault::r010)) *lpdwTSPIOptions |= 0x80000000; // R010
        SessionStart start;
        start.configuration = std::move(read.configuration);
        start.completion = lpfnCompletionProc;
        start.permanent_provider_id = dwPermanentProviderID;
        start.first_line = dwLineDeviceIDBase;
        start.first_phone = dwPhoneDeviceIDBase;
        return module().start(std::move(start));
    });
}

LONG TSPIAPI TSPI_providerShutdown(DWORD, DWORD) {
    return module().enter(__func__, []() -> LONG {
        module().stop();
        return 0;
    });
}

LONG TSPIAPI TSPI_providerCreateLineDevice(DWORD_PTR dwTempID, DWORD dwDeviceID) {
    return in_session(__func__, [&](Session& session) { return session.line_created(dwTempID, dwDeviceID); });
}

LONG TSPIAPI TSPI_providerCreatePhoneDevice(DWORD_PTR dwTempID, DWORD dwDeviceID) {
    return in_session<Side::phone>(
        __func__, [&](Session& session) { return session.phone_created(dwTempID, dwDeviceID); });
}

// ---- Versions

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion, DWORD dwHighVersion,
                                           LPDWORD lpdwTSPIVersion) {
    if (lpdwTSPIVersion == nullptr) return LINEERR_INVALPOINTER;
    if (dwDeviceID == INITIALIZE_NEGOTIATION) // before there is a session
        return negotiate(dwLowVersion, dwHighVersion, lpdwTSPIVersion, LINEERR_INCOMPATIBLEAPIVERSION);
    return in_session(__func__, [&](Session& session) -> LONG {
        if (session.line_device(dwDeviceID) == nullptr) return LINEERR_BADDEVICEID;
        return negotiate(dwLowVersion, dwHighVersion, lpdwTSPIVersion, LINEERR_INCOMPATIBLEAPIVERSION);
    });
}

LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion, DWORD dwHighVersion,
                                            LPDWORD lpdwTSPIVersion) {
    return in_session<Side::phone>(__func__, [&](Session& session) -> LONG {
        if (session.phone_device(dwDeviceID) == nullptr) return static_cast<LONG>(PHONEERR_BADDEVICEID);
        if (lpdwTSPIVersion == nullptr) return static_cast<LONG>(PHONEERR_INVALPOINTER);
        return negotiate(dwLowVersion, dwHighVersion, lpdwTSPIVersion,
                         static_cast<LONG>(PHONEERR_INCOMPATIBLEAPIVERSION));
    });
}

LONG TSPIAPI TSPI_lineNegotiateExtVersion(DWORD dwDeviceID, DWORD, DWORD dwLowVersion, DWORD dwHighVersion,
                                          LPDWORD lpdwExtVersion) {
    return in_session(__func__, [&](Session& session) -> LONG {
        const Station* station = session.line_device(dwDeviceID);
        if (station == nullptr) return LINEERR_BADDEVICEID;
        if (lpdwExtVersion == nullptr) return LINEERR_INVALPOINTER;
        const OpenLine* line = session.line_at(*station);
        return negotiate_extension(session, line == nullptr ? 0 : line->extension_version, dwLowVersion,
                                   dwHighVersion, lpdwExtVersion, LINEERR_INCOMPATIBLEEXTVERSION);
    });
}

LONG TSPIAPI TSPI_phoneNegotiateExtVersion(DWORD dwDeviceID, DWORD, DWORD dwLowVersion, DWORD dwHighVersion,
                                           LPDWORD lpdwExtVersion) {
    return in_session<Side::phone>(__func__, [&](Session& session) -> LONG {
        const Station* station = session.phone_device(dwDeviceID);
        if (station == nullptr) return static_cast<LONG>(PHONEERR_BADDEVICEID);
        if (lpdwExtVersion == nullptr) return static_cast<LONG>(PHONEERR_INVALPOINTER);
        const OpenPhone* phone = session.phone_at(*station);
        return negotiate_extension(session, phone == nullptr ? 0 : phone->extension_version, dwLowVersion,
                                   dwHighVersion, lpdwExtVersion,
                                   static_cast<LONG>(PHONEERR_INCOMPATIBLEEXTVERSION));
    });
}

LONG TSPIAPI TSPI_lineSelectExtVersion(HDRVLINE hdLine, DWORD dwExtVersion) {
    return of_line(__func__, hdLine, [&](Session&, OpenLine& line) -> LONG {
        if (dwExtVersion != 0 && dwExtVersion != extension_version) return LINEERR_INCOMPATIBLEEXTVERSION;
        line.extension_version = dwExtVersion; // R023
        return 0;
    });
}

LONG TSPIAPI TSPI_phoneSelectExtVersion(HDRVPHONE hdPhone, DWORD dwExtVersion) {
    return of_phone(__func__, hdPhone, [&](Session&, OpenPhone& phone) -> LONG {
        if (dwExtVersion != 0 && dwExtVersion != extension_version)
            return static_cast<LONG>(PHONEERR_INCOMPATIBLEEXTVERSION);
        phone.extension_version = dwExtVersion;
        return 0;
    });
}

LONG TSPIAPI TSPI_lineGetExtensionID(DWORD, DWORD, LPLINEEXTENSIONID lpExtensionID) {
    if (lpExtensionID == nullptr) return LINEERR_INVALPOINTER;
    *lpExtensionID = extension_id;
    return 0;
}

LONG TSPIAPI TSPI_phoneGetExtensionID(DWORD, DWORD, LPPHONEEXTENSIONID lpExtensionID) {
    if (lpExtensionID == nullptr) return static_cast<LONG>(PHONEERR_INVALPOINTER);
    *lpExtensionID = {extension_id.dwExtensionID0, extension_id.dwExtensionID1, extension_id.dwExtensionID2,
                      extension_id.dwExtensionID3};
    return 0;
}
