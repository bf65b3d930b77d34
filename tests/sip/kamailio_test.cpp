// SPDX-License-Identifier: Apache-2.0
//
// Registration with digest authentication at Kamailio, and calls through it as a proxy.

#include "tests/sip/program.h"
#include "tests/support/audio_peer.h"
#include "tests/support/port.h"
#include "tests/support/tsp_host.h"

#include <gtest/gtest.h>

#include <bit>

namespace offhook::testing {
namespace {

constexpr const char* routing = R"(
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "auth.so"
modparam("usrloc", "db_mode", 0)
request_route {
    if (has_totag()) {
        if (loose_route()) { t_relay(); exit; }
        if (is_method("ACK")) { if (t_check_trans()) { t_relay(); } exit; }
        sl_send_reply("404", "Not Here");
        exit;
    }
    if (is_method("CANCEL")) { if (t_check_trans()) { t_relay(); } exit; }
    if (is_method("REGISTER")) {
        if (!pv_www_authenticate("offhook.test", "secret", "0")) { www_challenge("offhook.test", "0"); exit; }
        save("location");
        exit;
    }
    if (!pv_proxy_authenticate("offhook.test", "secret", "0")) { proxy_challenge("offhook.test", "0"); exit; }
    consume_credentials();
    record_route();
    if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
    t_relay();
}
)";

class Kamailio : public ::testing::Test {
  protected:
    void SetUp() override {
        SKIP_WITHOUT("kamailio", "kamailio");
        proxy_ = free_port();
        scratch_.write("kamailio.cfg",
                       "#!KAMAILIO\ndebug=0\nlog_stderror=yes\nchildren=2\ndisable_tcp=yes\nauto_aliases=no\n"
                       "listen=udp:127.0.0.1:" +
                           std::to_string(proxy_) + "\n" + routing);
        kamailio_ = std::make_unique<Program>(
            scratch_,
            std::vector<std::string>{*installed("kamailio"), "-f", scratch_.path("kamailio.cfg").string(),
                                     "-DD", "-E", "-m", "32", "-M", "4", "-Y", scratch_.path("").string(),
                                     "-P", scratch_.path("pid").string()});
        ASSERT_TRUE(listening(proxy_, std::chrono::seconds(20))) << kamailio_->output();
    }

    void start(const std::string& second_password) {
        const std::string proxy = "127.0.0.1:" + std::to_string(proxy_);
        TspHost::Keys keys{{"bind", "127.0.0.1"},
                           {"port", std::to_string(free_port())},
                           {"account.1.password", "secret"},
                           {"account.2.password", second_password}};
        for (const std::string number : {"1", "2"}) {
            keys["account." + number + ".user"] = "100" + number;
            keys["account." + number + ".registrar"] = proxy;
            keys["account." + number + ".proxy"] = proxy;
        }
        host_ = std::make_unique<TspHost>(SIP_TSP, keys); // both on one port, one shard
        ASSERT_EQ(host_->start(), 0) << host_->logged();
        first_ = host_->open(0);
        second_ = host_->open(1);
    }

    std::uint16_t proxy_ = 0;
    Scratch scratch_;
    std::unique_ptr<Program> kamailio_;
    std::unique_ptr<TspHost> host_;
    HDRVLINE first_ = nullptr, second_ = nullptr;
};

TEST_F(Kamailio, ACallGoesThroughTheProxyWithAudio) {
    start("secret");
    ASSERT_TRUE(host_->wait_for_log("sip:1001@127.0.0.1:" + std::to_string(proxy_) + " is registered"))
        << host_->logged();
    ASSERT_TRUE(host_->wait_for_log("sip:1002@127.0.0.1:" + std::to_string(proxy_) + " is registered"))
        << host_->logged();
    const auto out = host_->make_call(first_, u"1002");
    const auto in = host_->wait_for_call();
    ASSERT_TRUE(in) << kamailio_->output();
    EXPECT_EQ(in->line, std::bit_cast<HTAPILINE>(
                            std::uintptr_t{0x101})); // the second account's, though the port is shared
    EXPECT_EQ(host_->wait_for_reply(host_->answer(in->call)), 0);
    ASSERT_TRUE(host_->wait_for_state(out.name, LINECALLSTATE_CONNECTED));
    AudioPeer caller(host_->audio(out.call), 440), called(host_->audio(in->call), 1000);
    EXPECT_TRUE(talk({&caller, &called}, [&] { return caller.hears(1000) && called.hears(440); }));
    EXPECT_EQ(host_->wait_for_reply(host_->drop(out.call)), 0);
    EXPECT_TRUE(host_->wait_for_state(in->name, LINECALLSTATE_IDLE));
}

TEST_F(Kamailio, AWrongPasswordIsReportedAndItsCallsAreRejected) {
    start("wrong");
    ASSERT_TRUE(host_->wait_for_log("sip:1002@127.0.0.1:" + std::to_string(proxy_) + " is not registered"))
        << host_->logged();
    LINEDEVSTATUS status{};
    status.dwTotalSize = sizeof status;
    ASSERT_EQ(TSP(*host_, lineGetLineDevStatus)(second_, &status), 0);
    EXPECT_EQ(status.dwDevStatusFlags & LINEDEVSTATUSFLAGS_INSERVICE, 0U);
    const auto out = host_->make_call(second_, u"1001");
    const auto end = host_->wait_for_state(out.name, LINECALLSTATE_DISCONNECTED);
    ASSERT_TRUE(end);
    EXPECT_EQ(end->p2, static_cast<DWORD_PTR>(LINEDISCONNECTMODE_REJECT));
    EXPECT_TRUE(host_->wait_for_state(out.name, LINECALLSTATE_IDLE));
}

TEST_F(Kamailio, AnUnknownNumberIsUnreachable) {
    start("secret");
    ASSERT_TRUE(host_->wait_for_log("is registered"));
    const auto out = host_->make_call(first_, u"4711");
    const auto end = host_->wait_for_state(out.name, LINECALLSTATE_DISCONNECTED);
    ASSERT_TRUE(end);
    EXPECT_EQ(end->p2, static_cast<DWORD_PTR>(LINEDISCONNECTMODE_UNREACHABLE));
}

} // namespace
} // namespace offhook::testing
