// SPDX-License-Identifier: Apache-2.0
//
// Calls with baresip, which plays what it hears back (its audio bridge joins its player to its source).

#include "tests/sip/program.h"
#include "tests/support/audio_peer.h"
#include "tests/support/port.h"
#include "tests/support/tsp_host.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>

namespace offhook::testing {
namespace {

class Baresip : public ::testing::Test {
  protected:
    void SetUp() override {
        SKIP_WITHOUT("baresip", "baresip-core");
        ours_ = free_port();
        theirs_ = free_port();
        control_ = free_port();
        host_ = std::make_unique<TspHost>(
            SIP_TSP, TspHost::Keys{{"bind", "127.0.0.1"},
                                   {"port", std::to_string(ours_)},
                                   {"account.1.user", "1001"},
                                   {"account.1.peer", "127.0.0.1:" + std::to_string(theirs_)}});
        ASSERT_EQ(host_->start(), 0) << host_->logged();
        line_ = host_->open(0);
        scratch_.write("accounts", "<sip:bare@127.0.0.1:" + std::to_string(theirs_) +
                                       ">;regint=0;answermode=auto;audio_codecs=PCMA/8000/1;ptime=20\n");
        scratch_.write(
            "config",
            "poll_method epoll\n"
            "sip_listen 127.0.0.1:" +
                std::to_string(theirs_) +
                "\n"
                "audio_player aubridge,echo\naudio_source aubridge,echo\naudio_alert aubridge,alert\n"
                "ausrc_srate 8000\nauplay_srate 8000\nausrc_channels 1\nauplay_channels 1\n"
                "net_interface 127.0.0.1\nringback_disabled yes\nmodule_path /usr/lib/baresip/modules\n"
                "module g711.so\nmodule aubridge.so\nmodule ctrl_tcp.so\nctrl_tcp_listen 127.0.0.1:" +
                std::to_string(control_) + "\nmodule_app account.so\nmodule_app menu.so\n");
        baresip_ =
            std::make_unique<Program>(scratch_, std::vector<std::string>{*installed("baresip"), "-4", "-f",
                                                                         scratch_.path("").string()});
        ASSERT_TRUE(baresip_->printed("baresip is ready", std::chrono::seconds(10))) << baresip_->output();
    }

    // A command as netstring over TCP (baresip's ctrl_tcp).
    void command(const std::string& json) {
        const wire::UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(control_);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ASSERT_EQ(::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        const std::string frame = std::to_string(json.size()) + ":" + json + ",";
        ASSERT_EQ(::send(socket.get(), frame.data(), frame.size(), 0), static_cast<ssize_t>(frame.size()));
        std::array<char, 1024> answer{};
        ASSERT_GT(::recv(socket.get(), answer.data(), answer.size(), 0), 0);
    }

    TspHost::OutgoingCall connected() {
        const auto out = host_->make_call(line_, u"bare");
        EXPECT_TRUE(host_->wait_for_state(out.name, LINECALLSTATE_CONNECTED)) << baresip_->output();
        return out;
    }

    std::uint16_t ours_ = 0, theirs_ = 0, control_ = 0;
    Scratch scratch_;
    std::unique_ptr<TspHost> host_;
    std::unique_ptr<Program> baresip_;
    HDRVLINE line_ = nullptr;
};

TEST_F(Baresip, AudioGoesThereAndBack) {
    const auto out = connected();
    AudioPeer audio(host_->audio(out.call), 700);
    EXPECT_TRUE(talk({&audio}, [&] { return audio.hears(700); })) << baresip_->output();
}

TEST_F(Baresip, DigitsCrossBothWays) {
    const auto out = connected();
    ASSERT_EQ(TSP(*host_, lineMonitorDigits)(out.call, LINEDIGITMODE_DTMF), 0);
    ASSERT_EQ(TSP(*host_, lineGenerateDigits)(out.call, 1, LINEDIGITMODE_DTMF, u"7", 100), 0);
    EXPECT_TRUE(baresip_->printed("received event: '7' (end=1)", std::chrono::seconds(10)))
        << baresip_->output();
    command(R"({"command":"sndcode","params":"9"})");
    const auto heard = host_->wait_for([](const Said& said) { return said.message == LINE_MONITORDIGITS; });
    ASSERT_TRUE(heard) << baresip_->output();
    EXPECT_EQ(static_cast<char>(heard->p1), '9');
}

TEST_F(Baresip, TheRemotePartyHangsUp) {
    const auto out = connected();
    command(R"({"command":"hangup"})");
    const auto end = host_->wait_for_state(out.name, LINECALLSTATE_DISCONNECTED);
    ASSERT_TRUE(end) << baresip_->output();
    EXPECT_EQ(end->p2, static_cast<DWORD_PTR>(LINEDISCONNECTMODE_NORMAL));
    EXPECT_TRUE(host_->wait_for_state(out.name, LINECALLSTATE_IDLE));
}

TEST_F(Baresip, CallsUs) {
    command(R"({"command":"dial","params":"sip:1001@127.0.0.1:)" + std::to_string(ours_) + R"("})");
    const auto in = host_->wait_for_call();
    ASSERT_TRUE(in) << baresip_->output();
    EXPECT_EQ(host_->wait_for_reply(host_->answer(in->call)), 0);
    AudioPeer audio(host_->audio(in->call), 900);
    EXPECT_TRUE(talk({&audio}, [&] { return audio.hears(900); })) << baresip_->output();
}

} // namespace
} // namespace offhook::testing
