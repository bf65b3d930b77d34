// SPDX-License-Identifier: Apache-2.0
#include "bench/bare_sip.h"

#include <stdexcept>
#include <string>

namespace offhook::bench {
struct Caller;
}
#define NUA_MAGIC_T offhook::bench::Caller
#include <sofia-sip/nua.h>
#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/su_wait.h>

namespace offhook::bench {

struct Caller {
    su_root_t* root = nullptr;
    nua_t* nua = nullptr;
    std::string to;
    std::size_t to_begin = 0, going_on = 0, failed = 0;

    void begin_one() {
        constexpr auto description =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            "m=audio 40000 RTP/AVP 8 0\r\n";
        --to_begin;
        ++going_on;
        nua_handle_t* call = nua_handle(nua, nullptr, SIPTAG_TO_STR(to.c_str()), TAG_END());
        nua_invite(call, SIPTAG_CONTENT_TYPE_STR("application/sdp"), SIPTAG_PAYLOAD_STR(description),
                   TAG_END());
    }

    void one_has_ended(nua_handle_t* call) {
        nua_handle_destroy(call);
        --going_on;
        if (to_begin > 0) begin_one();
        else if (going_on == 0) nua_shutdown(nua);
    }
};

namespace {

void on_event(nua_event_t event, int status, char const*, nua_t*, Caller* caller, nua_handle_t* call,
              nua_hmagic_t*, sip_t const*, tagi_t*) {
    switch (event) {
    case nua_r_invite:
        if (status == 200) nua_bye(call, TAG_END());
        else if (status >= 300) {
            ++caller->failed;
            caller->one_has_ended(call);
        }
        break;
    case nua_r_bye:
        if (status >= 200) caller->one_has_ended(call);
        break;
    case nua_r_shutdown:
        if (status >= 200) su_root_break(caller->root);
        break;
    default: break;
    }
}

} // namespace

void bare_sip_calls(std::uint16_t port, std::size_t calls, std::size_t at_once) {
    su_init();
    Caller caller;
    caller.to = "sip:1002@127.0.0.1:" + std::to_string(port);
    caller.to_begin = calls;
    caller.root = su_root_create(nullptr);
    su_root_threading(caller.root, 0);
    caller.nua = nua_create(caller.root, on_event, &caller, NUTAG_URL("sip:127.0.0.1:0;transport=udp"),
                            NUTAG_MEDIA_ENABLE(0), NUTAG_AUTOACK(1), SIPTAG_FROM_STR("<sip:1001@127.0.0.1>"),
                            TAG_END());
    if (caller.nua == nullptr) throw std::runtime_error("the SIP library did not start");
    while (caller.going_on < at_once && caller.to_begin > 0) caller.begin_one();
    su_root_run(caller.root);
    nua_destroy(caller.nua);
    su_root_destroy(caller.root);
    su_deinit();
    if (caller.failed > 0) throw std::runtime_error(std::to_string(caller.failed) + " bare calls failed");
}

} // namespace offhook::bench
