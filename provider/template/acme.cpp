// SPDX-License-Identifier: Apache-2.0
//
// The functions of TSPI, each with what the session answers; those that every provider has are in
// provider/line_functions.inc. One that is in neither is answered for us, with LINEERR_OPERATIONUNAVAIL.

#include "session.h"

#include "provider/module.h"
#include "provider/version.h"

using namespace acme_provider;
using namespace offhook::provider;

namespace {

// The interface is made of C functions without a context: this is the one object behind them.
Module<Session>& module() {
    static Module<Session> one;
    return one;
}

// The configuration, which must be as read_configuration wants it: else `error`, and the log says why.
template <class Body> LONG with_configuration(const char* function, LONG error, const Body& body) noexcept {
    return module().enter(function, [&]() -> LONG {
        Configuration configuration;
        try {
            configuration = read_configuration(module().services());
        } catch (const std::invalid_argument& problem) {
            module().services().log(Severity::error, std::string("configuration: ") + problem.what());
            return error;
        }
        return body(std::move(configuration));
    });
}

LONG check_configuration(const char* function) noexcept {
    return with_configuration(function, LINEERR_INVALPARAM, [](const Configuration&) { return 0; });
}

} // namespace

int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES* services) {
    return module().attach(services);
}

// ---- Installation

LONG TSPIAPI TSPI_providerInstall(HWND, DWORD) { return check_configuration(__func__); }
LONG TSPIAPI TSPI_providerConfig(HWND, DWORD) { return check_configuration(__func__); }
LONG TSPIAPI TSPI_providerRemove(HWND, DWORD) { return 0; }

// ---- The session

LONG TSPIAPI TSPI_providerEnumDevices(DWORD, LPDWORD lpdwNumLines, LPDWORD lpdwNumPhones, HPROVIDER,
                                      LINEEVENT, PHONEEVENT) {
    return with_configuration(__func__, LINEERR_OPERATIONFAILED,
                              [&](const Configuration& configuration) -> LONG {
                                  if (lpdwNumLines == nullptr || lpdwNumPhones == nullptr)
                                      return LINEERR_INVALPOINTER;
                                  *lpdwNumLines = static_cast<DWORD>(configuration.lines.size());
                                  *lpdwNumPhones = 0;
                                  return 0;
                              });
}

LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID, DWORD dwLineDeviceIDBase,
                               DWORD, DWORD_PTR, DWORD_PTR, ASYNC_COMPLETION lpfnCompletionProc,
                               LPDWORD lpdwTSPIOptions) {
    return with_configuration(__func__, LINEERR_INIFILECORRUPT, [&](Configuration configuration) -> LONG {
        if (!is_known_version(dwTSPIVersion)) return LINEERR_INCOMPATIBLEAPIVERSION;
        if (lpfnCompletionProc == nullptr || lpdwTSPIOptions == nullptr) return LINEERR_INVALPOINTER;
        *lpdwTSPIOptions = 0; // we may be called by several threads at once (R012)
        return module().start([&] {
            return std::make_shared<Session>(SessionStart{std::move(configuration), lpfnCompletionProc,
                                                          dwPermanentProviderID, dwLineDeviceIDBase});
        });
    });
}

LONG TSPIAPI TSPI_providerShutdown(DWORD, DWORD) {
    return module().enter(__func__, []() -> LONG {
        module().stop();
        return 0;
    });
}

// ---- Lines and calls

#include "provider/line_functions.inc"

LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR, DWORD) {
    return module().on_call(__func__, dwRequestID, hdCall, LINECALLFEATURE_ANSWER, &Session::answer);
}

LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR, DWORD) {
    return module().on_call(__func__, dwRequestID, hdCall, LINECALLFEATURE_DROP, &Session::drop);
}
