// SPDX-License-Identifier: Apache-2.0
//
// The provider as a whole: its note, TSPI_provider… and version negotiation.

#include "provider/version.h"
#include "providers/sip/tsp/session.h"

#include "offhook_provider.h"

using namespace offhook;
using namespace offhook::sip;

OFFHOOK_PROVIDER_NOTE("name=sip\nversion=" OFFHOOK_VERSION "\ntitle=SIP telephony\nneeds=network\n");

namespace {

// The configuration as it is, each problem logged.
struct Read {
    Configuration configuration;
    LONG error = 0; // LINEERR_INIFILECORRUPT when there was a problem
};

Read read_from(const provider::Services& from) {
    Keys keys;
    for (const auto& key : from.keys()) keys.emplace(key, from.text(key).value_or(""));
    Problems problems;
    Read result;
    result.configuration = read_configuration(keys, outward_address(), problems);
    for (const auto& problem : problems) from.log(provider::Severity::error, "configuration: " + problem);
    if (!problems.empty()) result.error = LINEERR_INIFILECORRUPT;
    return result;
}

// Looks the configuration over without starting anything. What is wrong is in the log, line by line.
LONG check(const char* function) {
    return module().enter(function, [&]() -> LONG {
        const auto read = read_from(module().services());
        if (read.error != 0) return LINEERR_INVALPARAM;
        const std::size_t accounts = read.configuration.accounts.size();
        module().services().log(provider::Severity::info,
                                accounts == 0 ? "no account is configured, so there will be no line: "
                                                "set account.1.user and account.1.peer, "
                                                "or account.1.registrar"
                                              : std::to_string(accounts) + " accounts are configured");
        return 0;
    });
}

} // namespace

int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES* services) {
    return module().attach(services);
}

LONG TSPIAPI TSPI_providerInstall(HWND, DWORD) { return check("TSPI_providerInstall"); }

LONG TSPIAPI TSPI_providerConfig(HWND, DWORD) { return check("TSPI_providerConfig"); }

// There is nothing outside of the configuration to take away.
LONG TSPIAPI TSPI_providerRemove(HWND, DWORD) { return 0; }

LONG TSPIAPI TSPI_providerEnumDevices(DWORD, LPDWORD lpdwNumLines, LPDWORD lpdwNumPhones, HPROVIDER hProvider,
                                      LINEEVENT lpfnLineCreateProc, PHONEEVENT lpfnPhoneCreateProc) {
    return module().enter(__func__, [&]() -> LONG {
        if (lpdwNumLines == nullptr || lpdwNumPhones == nullptr) return LINEERR_INVALPOINTER;
        const auto read = read_from(module().services());
        if (read.error != 0) return LINEERR_OPERATIONFAILED;
        *lpdwNumLines = static_cast<DWORD>(read.configuration.accounts.size());
        *lpdwNumPhones = 0;
        module().set_creation({hProvider, lpfnLineCreateProc, lpfnPhoneCreateProc});
        return 0;
    });
}

LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID, DWORD dwLineDeviceIDBase,
                               DWORD, DWORD_PTR, DWORD_PTR, ASYNC_COMPLETION lpfnCompletionProc,
                               LPDWORD lpdwTSPIOptions) {
    return module().enter(__func__, [&]() -> LONG {
        if (!provider::is_known_version(dwTSPIVersion)) return LINEERR_INCOMPATIBLEAPIVERSION;
        if (lpfnCompletionProc == nullptr || lpdwTSPIOptions == nullptr) return LINEERR_INVALPOINTER;
        auto read = read_from(module().services());
        if (read.error != 0) return read.error;
        const auto services = module().services();
        SessionStart start;
        start.services = services;
        start.configuration = std::move(read.configuration);
        start.completion = lpfnCompletionProc;
        start.permanent_provider_id = dwPermanentProviderID;
        start.first_device = dwLineDeviceIDBase;
        start.creation = module().creation();
        start.make_stack = [services](const Accounts& accounts, StackEvents& events) {
            return make_stack(accounts, events, services);
        };
        return module().start([&] { return std::make_shared<Session>(std::move(start)); });
    });
}

LONG TSPIAPI TSPI_providerCreateLineDevice(DWORD_PTR dwTempID, DWORD dwDeviceID) {
    return module().in_session(__func__,
                               [&](Session& session) { return session.line_created(dwTempID, dwDeviceID); });
}

int32_t OFFHOOK_providerReconfigure(const OFFHOOK_PROVIDER_SERVICES* changed) {
    if (changed == nullptr) return LINEERR_INVALPOINTER;
    return module().in_session(__func__, [&](Session& session) -> LONG {
        const auto wanted = read_from(provider::Services(changed));
        return wanted.error != 0 ? wanted.error : session.reconfigure(wanted.configuration);
    });
}

LONG TSPIAPI TSPI_providerShutdown(DWORD, DWORD) {
    return module().enter(__func__, []() -> LONG {
        module().stop();
        return 0;
    });
}
