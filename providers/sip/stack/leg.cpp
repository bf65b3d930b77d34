// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/stack/leg.h"

#include "providers/sip/stack/shard.h"

#include <sofia-sip/su_tagarg.h>

#include <strings.h>

namespace offhook::sip::stack {
namespace {

constexpr const char* sdp_type = "application/sdp";

Described described(const Event& event) {
    Described found;
    if (event.sip == nullptr) return found;
    const sip_t& sip = *event.sip;
    const bool is_sdp = sip.sip_content_type != nullptr && sip.sip_content_type->c_type != nullptr &&
                        ::strcasecmp(sip.sip_content_type->c_type, sdp_type) == 0;
    if (is_sdp && sip.sip_payload != nullptr)
        found.text.assign(sip.sip_payload->pl_data, sip.sip_payload->pl_len);
    found.source = source_of(event);
    return found;
}

// The digit of an INFO body: "Signal=5" of application/dtmf-relay, or the digit itself of application/dtmf.
std::optional<char> digit_in(std::string_view body) {
    constexpr std::string_view signal = "Signal=";
    if (const auto at = body.find(signal); at != std::string_view::npos)
        body.remove_prefix(at + signal.size());
    const auto first = body.find_first_not_of(' ');
    if (first == std::string_view::npos) return std::nullopt;
    return body[first];
}

} // namespace

Leg::Leg(Shard& shard, LegId id, Side side, nua_handle_t* handle, const Account& account)
    : HandleOwner(handle),
      shard_(shard),
      id_(id),
      account_(account),
      contact_(shard.contact_of(account)),
      phase_(side == Side::caller ? Phase::waiting : Phase::offered) {}

void Leg::invite(const std::string& uri, const std::string& offer) {
    phase_ = Phase::calling;
    nua_invite(handle(), NUTAG_URL(uri.c_str()), SIPTAG_CONTACT_STR(contact_.c_str()),
               SIPTAG_CONTENT_TYPE_STR(sdp_type), SIPTAG_PAYLOAD_STR(offer.c_str()), TAG_END());
    shard_.events().sent(id_);
}

// Every 18x and 2xx names its Contact: nua would look through all its registrations for one otherwise.
void Leg::ring() {
    if (phase_ == Phase::offered)
        nua_respond(handle(), SIP_180_RINGING, SIPTAG_CONTACT_STR(contact_.c_str()), TAG_END());
}

void Leg::answer(const std::string& description) {
    if (phase_ != Phase::offered) return;
    phase_ = Phase::established;
    nua_respond(handle(), SIP_200_OK, SIPTAG_CONTACT_STR(contact_.c_str()), SIPTAG_CONTENT_TYPE_STR(sdp_type),
                SIPTAG_PAYLOAD_STR(description.c_str()), TAG_END());
}

void Leg::refuse(int status) {
    if (phase_ != Phase::offered) return;
    phase_ = Phase::leaving;
    nua_respond(handle(), status, sip_status_phrase(status), TAG_END());
}

void Leg::hang_up() {
    switch (phase_) {
    case Phase::waiting: phase_ = Phase::over; return shard_.forget(id_); // this leg exists no longer
    case Phase::offered: return refuse(486);
    case Phase::calling: nua_cancel(handle(), TAG_END()); break;
    case Phase::established: nua_bye(handle(), TAG_END()); break;
    case Phase::leaving:
    case Phase::over: return;
    }
    phase_ = Phase::leaving;
}

void Leg::on_event(const Event& event) {
    switch (event.kind) {
    case nua_r_invite: return invite_response(event);
    case nua_i_invite: return invited_again(event);
    case nua_i_ack:
        if (phase_ == Phase::established) shard_.events().answered(id_, described(event));
        return;
    case nua_i_cancel: return end(Ending::Cause::cancelled, 487);
    case nua_i_bye: return end(Ending::Cause::hung_up, 0);
    case nua_i_info: return info(event);
    case nua_r_bye:
    case nua_r_cancel:
        if ((event.status == 401 || event.status == 407) && event.sip != nullptr)
            credentials_.answer(handle(), *event.sip, account_);
        return;
    case nua_i_state: {
        int state = nua_callstate_init;
        tl_gets(event.tags, NUTAG_CALLSTATE_REF(state), TAG_END());
        // Whatever ended it without a word to us: no ACK (RFC 3261, section 13.3.1.4), a dialog that broke.
        if (state == nua_callstate_terminated)
            end(Ending::Cause::failed, event.status >= 300 ? event.status : 408);
        return;
    }
    case nua_i_terminated:
        end(Ending::Cause::failed, 408);
        return shard_.forget(id_); // this leg exists no longer
    default: return;
    }
}

void Leg::invite_response(const Event& event) {
    const int status = event.status;
    if (status < 200) {
        if (phase_ == Phase::calling) shard_.events().progress(id_, status, described(event));
    } else if (status < 300) {
        credentials_.accepted();
        if (phase_ == Phase::leaving) { // our CANCEL came too late (RFC 3261, section 9.1)
            nua_bye(handle(), TAG_END());
        } else if (phase_ == Phase::calling) {
            phase_ = Phase::established;
            shard_.events().answered(id_, described(event));
        }
    } else if (status != 401 && status != 407) {
        end(Ending::Cause::failed, status);
    } else if (phase_ != Phase::calling || event.sip == nullptr ||
               !credentials_.answer(handle(), *event.sip, account_)) {
        end(Ending::Cause::failed, status);
        shard_.forget(id_); // nua would wait for credentials; this leg exists no longer
    }
}

void Leg::invited_again(const Event& event) {
    if (event.status >= 200) return; // nua answered it
    const auto answer = ours() ? shard_.events().offered(id_, described(event)) : std::nullopt;
    if (!answer) {
        nua_respond(handle(), SIP_488_NOT_ACCEPTABLE, TAG_END());
        return;
    }
    nua_respond(handle(), SIP_200_OK, SIPTAG_CONTACT_STR(contact_.c_str()), SIPTAG_CONTENT_TYPE_STR(sdp_type),
                SIPTAG_PAYLOAD_STR(answer->c_str()), TAG_END());
}

void Leg::info(const Event& event) {
    if (!ours() || event.sip == nullptr || event.sip->sip_payload == nullptr) return;
    const auto* payload = event.sip->sip_payload;
    if (const auto digit = digit_in({payload->pl_data, payload->pl_len})) shard_.events().digit(id_, *digit);
}

void Leg::end(Ending::Cause cause, int status) {
    if (ours()) {
        phase_ = Phase::over;
        shard_.events().ended(id_, {cause, status});
    }
}

} // namespace offhook::sip::stack
