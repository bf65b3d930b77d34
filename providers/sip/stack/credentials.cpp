// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/stack/credentials.h"

#include <strings.h>

namespace offhook::sip::stack {

bool Credentials::answer(nua_handle_t* handle, const sip_t& response, const Account& account) {
    if (account.password.empty()) return false;
    bool answered = false;
    for (const msg_auth_t* first : {response.sip_www_authenticate, response.sip_proxy_authenticate}) {
        for (const msg_auth_t* challenge = first; challenge != nullptr; challenge = challenge->au_next) {
            if (challenge->au_scheme == nullptr || ::strcasecmp(challenge->au_scheme, "Digest") != 0)
                continue;
            const char* realm = msg_params_find(challenge->au_params, "realm=");
            const char* stale = msg_params_find(challenge->au_params, "stale=");
            if (realm == nullptr) continue;
            // The value is quoted as it came, which is how nua wants it.
            const bool outdated = stale != nullptr && ::strcasecmp(stale, "true") == 0;
            if (!tried_.insert(realm).second && !outdated) return false;
            const std::string credentials =
                std::string("Digest:") + realm + ":" + account.auth_user + ":" + account.password;
            nua_authenticate(handle, NUTAG_AUTH(credentials.c_str()), TAG_END());
            answered = true;
        }
    }
    return answered;
}

} // namespace offhook::sip::stack
