// SPDX-License-Identifier: Apache-2.0

#include "provider/service_call.h"

#include <gtest/gtest.h>

#include <bit>
#include <vector>

namespace offhook::provider {
namespace {

TEST(CallStates, R210_R211_IdleIsFinalAndAStateIsOneBit) {
    for (DWORD to = 1; to <= LINECALLSTATE_UNKNOWN; to <<= 1U) {
        EXPECT_FALSE(may_follow(LINECALLSTATE_IDLE, to));
        EXPECT_TRUE(may_follow(0, to)); // R073
    }
    EXPECT_FALSE(may_follow(LINECALLSTATE_CONNECTED, LINECALLSTATE_IDLE | LINECALLSTATE_ONHOLD));
    EXPECT_TRUE(may_follow(LINECALLSTATE_CONNECTED, LINECALLSTATE_ONHOLD | 0x01000000));
}

TEST(CallStates, R212_FeaturesDependOnTheState) {
    constexpr DWORD provided = LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP;
    EXPECT_EQ(features_in(LINECALLSTATE_OFFERING, provided), provided);
    EXPECT_EQ(features_in(LINECALLSTATE_DIALING, provided), static_cast<DWORD>(LINECALLFEATURE_DROP));
    EXPECT_EQ(features_in(LINECALLSTATE_IDLE, provided), 0U);
}

// What the service hears.
struct Heard {
    DWORD message = 0;
    DWORD_PTR p1 = 0, p2 = 0;
    friend bool operator==(const Heard&, const Heard&) = default;
};

class ServiceCalls : public ::testing::Test {
  protected:
    ServiceCalls() { heard_.clear(); }
    CallLine line(DWORD version = 0x00020002) {
        return {&callbacks_, {event, std::bit_cast<HTAPILINE>(std::uintptr_t{7})}, version};
    }
    ServiceCall outgoing(DWORD version = 0x00020002) {
        Request making;
        EXPECT_EQ(accept(callbacks_, 5,
                         [&](Request request) {
                             making = std::move(request);
                             return 0;
                         }),
                  5);
        return {line(version), std::bit_cast<HTAPICALL>(std::uintptr_t{8}), std::move(making)};
    }
    static std::vector<Heard>& heard() { return heard_; }
    static HTAPICALL answer;

    Callbacks callbacks_{completion};

  private:
    static void completion(DRV_REQUESTID request, LONG result) {
        heard_.push_back({LINE_REPLY, request, static_cast<DWORD_PTR>(result)});
    }
    static void event(HTAPILINE, HTAPICALL, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR) {
        if (message == LINE_NEWCALL) {
            *std::bit_cast<HTAPICALL*>(p2) = answer;
            p2 = 0;
        }
        heard_.push_back({message, p1, p2});
    }
    static std::vector<Heard> heard_; // the callbacks have no context
};
std::vector<Heard> ServiceCalls::heard_;
HTAPICALL ServiceCalls::answer = nullptr;

TEST_F(ServiceCalls, R062_R063_NothingIsSaidBeforeTheRequestHasSucceeded) {
    auto call = outgoing();
    EXPECT_FALSE(call.known());
    EXPECT_FALSE(call.become(LINECALLSTATE_DIALING));
    call.report(LINE_CALLINFO, 1);
    EXPECT_TRUE(heard().empty());
    call.made();
    call.report(LINE_CALLINFO, 1); // R071: not before the first state
    EXPECT_TRUE(call.become(LINECALLSTATE_DIALING));
    EXPECT_EQ(heard(), (std::vector<Heard>{{LINE_REPLY, 5, 0}, {LINE_CALLSTATE, LINECALLSTATE_DIALING, 0}}));
}

TEST_F(ServiceCalls, R064_AFailedCallIsNotSpokenOf) {
    auto call = outgoing();
    call.fail(LINEERR_RESOURCEUNAVAIL);
    call.made();
    EXPECT_FALSE(call.become(LINECALLSTATE_DIALING));
    EXPECT_EQ(heard(),
              (std::vector<Heard>{{LINE_REPLY, 5, static_cast<DWORD_PTR>(LONG{LINEERR_RESOURCEUNAVAIL})}}));
}

TEST_F(ServiceCalls, R065_R078_R083_WhatIsClosedCompletes) {
    auto call = outgoing();
    call.close();
    EXPECT_EQ(heard(),
              (std::vector<Heard>{{LINE_REPLY, 5, static_cast<DWORD_PTR>(LONG{LINEERR_OPERATIONFAILED})}}));
    EXPECT_FALSE(call.become(LINECALLSTATE_IDLE));
    { const auto forgotten = outgoing(); }
    EXPECT_EQ(heard().size(), 2U);
}

TEST_F(ServiceCalls, R070_R072_ARefusedCallIsNotSpokenOf) {
    answer = nullptr;
    ServiceCall refused(line());
    EXPECT_FALSE(refused.announce(std::bit_cast<HDRVCALL>(std::uintptr_t{3})));
    EXPECT_FALSE(refused.become(LINECALLSTATE_OFFERING));
    EXPECT_EQ(heard(), (std::vector<Heard>{{LINE_NEWCALL, 3, 0}}));
    answer = std::bit_cast<HTAPICALL>(std::uintptr_t{9});
    ServiceCall taken(line());
    EXPECT_TRUE(taken.announce(std::bit_cast<HDRVCALL>(std::uintptr_t{4})));
    EXPECT_TRUE(taken.become(LINECALLSTATE_OFFERING));
}

TEST_F(ServiceCalls, R127_R210_NothingFollowsIdle) {
    auto call = outgoing();
    call.made();
    EXPECT_TRUE(call.become(LINECALLSTATE_IDLE));
    heard().clear();
    call.report(LINE_CALLINFO, 1);
    EXPECT_FALSE(call.become(LINECALLSTATE_CONNECTED));
    EXPECT_TRUE(heard().empty());
    EXPECT_EQ(call.state(), static_cast<DWORD>(LINECALLSTATE_IDLE)); // it can still be asked (R068)
}

TEST_F(ServiceCalls, R149_ModesAreNotNewerThanTheVersion) {
    const auto shown = [&](DWORD version, DWORD mode) {
        auto call = outgoing(version);
        call.made();
        call.become(LINECALLSTATE_CONNECTED, mode);
        return call.mode();
    };
    EXPECT_EQ(shown(0x00010003, LINECONNECTEDMODE_ACTIVE), 0U);
    EXPECT_EQ(shown(0x00010004, LINECONNECTEDMODE_ACTIVE), static_cast<DWORD>(LINECONNECTEDMODE_ACTIVE));
    EXPECT_EQ(shown(0x00010004, LINECONNECTEDMODE_ACTIVEHELD), 0U);
    EXPECT_EQ(shown(0x00020000, LINECONNECTEDMODE_ACTIVEHELD),
              static_cast<DWORD>(LINECONNECTEDMODE_ACTIVEHELD));
}

} // namespace
} // namespace offhook::provider
