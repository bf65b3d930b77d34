// SPDX-License-Identifier: Apache-2.0
//
// The functions that make calls (R061). Each completes its request before the first event of a new call
// (R063).

#include "abi/utf16.h"
#include "provider/dial_string.h"
#include "providers/sim/tsp/module.h"
#include "providers/sim/tsp/structures.h"

using namespace offhook;
using namespace offhook::sim;

namespace {

using Calls = std::vector<std::shared_ptr<Call>>;

std::string text(LPCWSTR given) { return given == nullptr ? std::string() : abi::to_utf8(given); }

// What a consultation call goes on with: a number, when everything is wanted in one step (R220).
void dial_target(Pbx& pbx, Call& call, const CallParameters& parameters, DWORD flag) {
    if ((parameters.flags & flag) != 0 && call.state == CallState::dialtone && !parameters.target.empty())
        static_cast<void>(pbx.dial(call, parameters.target));
}

} // namespace

LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
                               LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
                               LPLINECALLPARAMS const lpCallParams) {
    return in_session(__func__, [&](Session& session) -> LONG {
        const auto line = session.line(hdLine);
        if (!line) return LINEERR_INVALLINEHANDLE;
        CallParameters parameters;
        if (const LONG error = read(lpCallParams, {session, line->service.version}, parameters)) return error;
        const std::string number = session.pbx().heard(text(lpszDestAddress));
        const provider::Dialed dialed = provider::read_dial_string(number);
        if (dialed.error != 0) return dialed.error; // before anything is done (R179)
        if (!number.empty() && dialed.digits.empty() && dialed.dialing == provider::Dialing::complete)
            return LINEERR_INVALADDRESS;
        return session.make_calls(
            dwRequestID, line, nullptr, {{htCall, lphdCall}},
            [&session, line, parameters, number, dwCountryCode](const Calls& calls, Ticket& ticket) -> LONG {
                Pbx& pbx = session.pbx();
                if (const LONG error = pbx.may_originate(*line->station)) return error;
                Call& call = *calls[0];
                pbx.apply(call, parameters);
                call.country_code = dwCountryCode;
                ticket.succeed(); // as early as it can (R057)
                pbx.originate(call);
                return !number.empty() && call.state == CallState::dialtone ? pbx.dial(call, number) : 0;
            });
    });
}

LONG TSPIAPI TSPI_lineSetupTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, HTAPICALL htConsultCall,
                                    LPHDRVCALL lphdConsultCall, LPLINECALLPARAMS const lpCallParams) {
    return in_session(__func__, [&](Session& session) -> LONG {
        const auto original = session.call(hdCall);
        if (!original) return LINEERR_INVALCALLHANDLE;
        const auto line = original->name->line;
        CallParameters parameters;
        if (const LONG error = read(lpCallParams, {session, line->service.version}, parameters)) return error;
        return session.make_calls(
            dwRequestID, line, original.get(), {{htConsultCall, lphdConsultCall}},
            [&session, original, parameters](const Calls& calls, Ticket& ticket) -> LONG {
                Pbx& pbx = session.pbx();
                if (const LONG error = pbx.may_set_up_transfer(*original)) return error;
                pbx.apply(*calls[0], parameters);
                pbx.set_up_transfer(*original, *calls[0]);
                ticket.succeed(); // the original is held (R058), the new call has no state yet (R063)
                pbx.originate(*calls[0]);
                dial_target(pbx, *calls[0], parameters, LINECALLPARAMFLAGS_ONESTEPTRANSFER);
                return 0;
            });
    });
}

LONG TSPIAPI TSPI_lineCompleteTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, HDRVCALL hdConsultCall,
                                       HTAPICALL htConfCall, LPHDRVCALL lphdConfCall, DWORD dwTransferMode) {
    return in_session(__func__, [&](Session& session) -> LONG {
        const auto original = session.call(hdCall);
        const auto consultation = session.call(hdConsultCall);
        if (!original || !consultation) return LINEERR_INVALCALLHANDLE;
        if (const LONG error = session.pbx().may_complete_transfer(*original, *consultation)) return error;
        if (dwTransferMode == LINETRANSFERMODE_TRANSFER)
            return session.on_call(dwRequestID, hdCall, [&session, consultation](Call& call) -> LONG {
                if (const LONG error = session.pbx().may_complete_transfer(call, *consultation)) return error;
                session.pbx().complete_transfer(call, *consultation);
                return 0;
            });
        if (dwTransferMode != LINETRANSFERMODE_CONFERENCE) return LINEERR_INVALTRANSFERMODE;
        return session.make_calls(
            dwRequestID, original->name->line, original.get(), {{htConfCall, lphdConfCall}},
            [&session, original, consultation](const Calls& calls, Ticket& ticket) -> LONG {
                Pbx& pbx = session.pbx();
                if (const LONG error = pbx.may_complete_transfer(*original, *consultation)) return error;
                if (consultation->state == CallState::busy) return LINEERR_INVALCALLSTATE;
                ticket.succeed();
                pbx.conference_from_transfer(*calls[0], *original, *consultation);
                return 0;
            });
    });
}

LONG TSPIAPI TSPI_lineSetupConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, HDRVLINE hdLine,
                                      HTAPICALL htConfCall, LPHDRVCALL lphdConfCall, HTAPICALL htConsultCall,
                                      LPHDRVCALL lphdConsultCall, DWORD,
                                      LPLINECALLPARAMS const lpCallParams) {
    return in_session(__func__, [&](Session& session) -> LONG {
        const auto original = session.call(hdCall);
        if (hdCall != nullptr && !original) return LINEERR_INVALCALLHANDLE;
        const auto line = original ? original->name->line : session.line(hdLine);
        if (!line) return LINEERR_INVALLINEHANDLE;
        CallParameters parameters;
        if (const LONG error = read(lpCallParams, {session, line->service.version}, parameters)) return error;
        return session.make_calls(
            dwRequestID, line, original.get(), {{htConfCall, lphdConfCall}, {htConsultCall, lphdConsultCall}},
            [&session, line, original, parameters](const Calls& calls, Ticket& ticket) -> LONG {
                Pbx& pbx = session.pbx();
                if (const LONG error = pbx.may_set_up_conference(*line->station, original.get()))
                    return error;
                pbx.apply(*calls[1], parameters);
                ticket.succeed();
                pbx.set_up_conference(*calls[0], original.get(), *calls[1]);
                dial_target(pbx, *calls[1], parameters, LINECALLPARAMFLAGS_NOHOLDCONFERENCE);
                return 0;
            });
    });
}

LONG TSPIAPI TSPI_linePrepareAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
                                             HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
                                             LPLINECALLPARAMS const lpCallParams) {
    return in_session(__func__, [&](Session& session) -> LONG {
        const auto conference = session.call(hdConfCall);
        if (!conference) return LINEERR_INVALCONFCALLHANDLE;
        const auto line = conference->name->line;
        CallParameters parameters;
        if (const LONG error = read(lpCallParams, {session, line->service.version}, parameters)) return error;
        return session.make_calls(
            dwRequestID, line, conference.get(), {{htConsultCall, lphdConsultCall}},
            [&session, conference, parameters](const Calls& calls, Ticket& ticket) -> LONG {
                Pbx& pbx = session.pbx();
                if (const LONG error = pbx.may_prepare_to_add(*conference)) return error;
                pbx.apply(*calls[0], parameters);
                pbx.prepare_to_add(*conference, *calls[0]);
                ticket.succeed();
                pbx.originate(*calls[0]);
                dial_target(pbx, *calls[0], parameters, LINECALLPARAMFLAGS_NOHOLDCONFERENCE);
                return 0;
            });
    });
}

// Always a handle of its own (R222).
LONG TSPIAPI TSPI_lineUnpark(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID, HTAPICALL htCall,
                             LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress) {
    return in_session(__func__, [&](Session& session) -> LONG {
        const auto line = session.line(hdLine);
        if (!line) return LINEERR_INVALLINEHANDLE;
        if (dwAddressID != 0) return LINEERR_INVALADDRESSID;
        if (lpszDestAddress == nullptr) return LINEERR_INVALPOINTER;
        return session.make_calls(
            dwRequestID, line, nullptr, {{htCall, lphdCall}},
            [&session, line, slot = text(lpszDestAddress)](const Calls& calls, Ticket& ticket) -> LONG {
                Call* parked = session.pbx().parked_at(slot);
                if (parked == nullptr) return LINEERR_INVALADDRESS;
                if (session.pbx().may_originate(*line->station) != 0) return LINEERR_RESOURCEUNAVAIL;
                ticket.succeed();
                session.pbx().unpark(*calls[0], *parked);
                return 0;
            });
    });
}

// From a station, from a group, or, with neither, what waits here and else from the own group.
LONG TSPIAPI TSPI_linePickup(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID, HTAPICALL htCall,
                             LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, LPCWSTR lpszGroupID) {
    return in_session(__func__, [&](Session& session) -> LONG {
        const auto line = session.line(hdLine);
        if (!line) return LINEERR_INVALLINEHANDLE;
        if (dwAddressID != 0) return LINEERR_INVALADDRESSID;
        return session.make_calls(dwRequestID, line, nullptr, {{htCall, lphdCall}},
                                  [&session, line, number = text(lpszDestAddress),
                                   group = text(lpszGroupID)](const Calls& calls, Ticket& ticket) -> LONG {
                                      Pbx& pbx = session.pbx();
                                      Call* ringing = nullptr;
                                      if (!number.empty()) {
                                          const Station* station = pbx.extension(number);
                                          ringing = station == nullptr ? nullptr : pbx.ringing_at(*station);
                                          if (ringing == nullptr) return LINEERR_INVALADDRESS;
                                      } else {
                                          if (!group.empty() && !pbx.is_group(group))
                                              return LINEERR_INVALGROUPID;
                                          if (group.empty()) ringing = pbx.ringing_at(*line->station);
                                          if (ringing == nullptr)
                                              ringing = pbx.ringing_in(group.empty() ? line->station->group
                                                                                     : group);
                                          if (ringing == nullptr) return LINEERR_OPERATIONFAILED;
                                      }
                                      ticket.succeed();
                                      pbx.pick_up(*calls[0], *ringing);
                                      return 0;
                                  });
    });
}
