// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/stack/registrar.h"

#include "providers/sip/stack/shard.h"

namespace offhook::sip::stack {
namespace {

constexpr su_duration_t retry_milliseconds = 30'000;
constexpr const char* expiry_seconds = "600";

} // namespace

Registrar::Registrar(Shard& shard, std::size_t place, const Account& account)
    : HandleOwner(shard.new_registration(account)),
      shard_(shard),
      place_(place),
      account_(account),
      retry_(make_timer(shard.root(), retry_milliseconds)) {}

void Registrar::start() {
    const std::string uri = "sip:" + account_.registrar;
    nua_register(handle(), NUTAG_REGISTRAR(uri.c_str()),
                 SIPTAG_CONTACT_STR(shard_.contact_of(account_).c_str()), SIPTAG_EXPIRES_STR(expiry_seconds),
                 TAG_END());
}

bool Registrar::change(const Account& account) {
    if (account.registrar != account_.registrar ||
        account.address_of_record() != account_.address_of_record())
        return false;
    account_ = account;
    credentials_.accepted();
    start();
    return true;
}

void Registrar::retry(su_root_magic_t*, su_timer_t*, su_timer_arg_t* self) {
    auto& registrar = *static_cast<Registrar*>(self);
    registrar.credentials_.accepted();
    registrar.start();
}

void Registrar::on_event(const Event& event) {
    if (event.kind != nua_r_register || event.status < 200) return;
    if (event.status < 300) {
        credentials_.accepted();
        return shard_.events().registration(place_, Registration::registered, "");
    }
    if ((event.status == 401 || event.status == 407) && event.sip != nullptr &&
        credentials_.answer(handle(), *event.sip, account_))
        return;
    const char* phrase = sip_status_phrase(event.status);
    shard_.events().registration(place_, Registration::failed,
                                 std::to_string(event.status) + " " + (phrase != nullptr ? phrase : ""));
    // A request that was challenged waits for credentials for ever, and would hold up nua's shutdown.
    replace_handle(shard_.new_registration(account_));
    su_timer_set(retry_.get(), retry, this);
}

} // namespace offhook::sip::stack
