// SPDX-License-Identifier: Apache-2.0
//
// The provider as a whole: its note, TSPI_provider… and version negotiation.

#include "provider/version.h"
#include "providers/sip/stack/stack.h"
#include "providers/sip/tsp/module.h"

#include "offhook_provider.h"

using namespace offhook;
using namespace offhook::sip;

OFFHOOK_PROVIDER_NOTE("name=sip\nversion=" OFFHOOK_VERSION "\ntitle=SIP telephony\nneeds=network\n");

namespace {

// Looks the configuration over without starting anything. What is wrong is in the log, line by line.
LONG check(const char* function) {
    return Module::instance().enter(function, [&]() -> LONG {
        const auto read = Module::instance().read();
        if (read.error != 0) return LINEERR_INVALPARAM;
        const std::size_t accounts = read.configuration.accounts.size();
        Module::instance().services().log(
            provider::Severity::info, accounts == 0 ? "no account is configured, so there will be no line: "
                                                      "set account.1.user and account.1.peer, "
                                                      "or account.1.registrar"
                                                    : std::to_string(accounts) + " accounts are configured");
        return 0;
    });
}

} // namespace

int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES* services) {
    return Module::instance().attach(services);
}

LONG TSPIAPI TSPI_providerInstall(HWND, DWORD) { return check("TSPI_providerInstall"); }

LONG TSPIAPI TSPI_providerConfig(HWND, DWORD) { return check("TSPI_providerConfig"); }

// There is nothing outside of the configuration to take away.
LONG TSPIAPI TSPI_providerRemove(HWND, DWORD) { return 0; }

LONG TSPIAPI TSPI_providerEnumDevices(DWORD, LPDWORD lpdwNumLines, LPDWORD lpdwNumPhones, HPROVIDER,
                                      LINEEVENT, PHONEEVENT) {
    return Module::instance().enter(__func__, [&]() -> LONG {
        if (lpdwNumLines == nullptr || lpdwNumPhones == nullptr) return LINEERR_INVALPOINTER;
        const auto read = Module::instance().read();
        if (read.error != 0) return LINEERR_OPERATIONFAILED;
        *lpdwNumLines = static_cast<DWORD>(read.configuration.accounts.size());
        *lpdwNumPhones = 0;
        return 0;
    });
}

LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID, DWORD dwLineDeviceIDBase,
                               DWORD, DWORD_PTR, DWORD_PTR, ASYNC_COMPLETION lpfnCompletionProc,
                               LPDWORD lpdwTSPIOptions) {
    return Module::instance().enter(__func__, [&]() -> LONG {
        if (!provider::is_known_version(dwTSPIVersion)) return LINEERR_INCOMPATIBLEAPIVERSION;
        if (lpfnCompletionProc == nullptr || lpdwTSPIOptions == nullptr) return LINEERR_INVALPOINTER;
        auto read = Module::instance().read();
        if (read.error != 0) return read.error;
        const auto services = Module::instance().services();
        SessionStart start;
        start.services = services;
        start.configuration = std::move(read.configuration);
        start.completion = lpfnCompletionProc;
        start.permanent_provider_id = dwPermanentProviderID;
        start.first_device = dwLineDeviceIDBase;
        start.make_stack = [services](std::span<const Account> accounts, StackEvents& events) {
            return make_stack(accounts, events, services);
        };
        return Module::instance().start([&] { return std::make_shared<Session>(std::move(start)); });
    });
}

LONG TSPIAPI TSPI_providerShutdown(DWORD, DWORD) {
    return Module::instance().enter(__func__, []() -> LONG {
        Module::instance().stop();
        return 0;
    });
}

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion, DWORD dwHighVersion,
                                           LPDWORD lpdwTSPIVersion) {
    if (dwDeviceID != INITIALIZE_NEGOTIATION)
        return in_session(__func__, [&](Session& session) {
            return session.negotiate(dwDeviceID, dwLowVersion, dwHighVersion, lpdwTSPIVersion);
        });
    return provider::negotiate(dwLowVersion, dwHighVersion, lpdwTSPIVersion);
}
