// SPDX-License-Identifier: Apache-2.0
//
// What an exchange can do with calls: hold, transfer, confer, park, pick up, forward, complete.

#include "tests/sim/sim_host.h"

namespace offhook::testing {
namespace {

class SimFeatures : public SimTest {
  protected:
    struct New {
        LONG request = 0;
        HTAPICALL name = nullptr;
        HDRVCALL call = nullptr;
    };
    New set_up_transfer(HDRVCALL original, LINECALLPARAMS* parameters = nullptr) {
        New made;
        made.name = host().new_name();
        made.request = TSP(host(), lineSetupTransfer)(host().next_request(), original, made.name, &made.call,
                                                      parameters);
        return made;
    }
    LONG dial(HDRVCALL call, const std::u16string& to) {
        return TSP(host(), lineDial)(host().next_request(), call, to.c_str(), 0);
    }
    // Whoever rings last answers.
    void answer() { EXPECT_TRUE(succeeded(host().answer(newest().second))); }

    struct Conference {
        New parent, consultation;
    };
    Conference set_up_conference(HDRVCALL original, LINECALLPARAMS* parameters = nullptr) {
        Conference made;
        made.parent.name = host().new_name();
        made.consultation.name = host().new_name();
        made.parent.request = TSP(host(), lineSetupConference)(
            host().next_request(), original, nullptr, made.parent.name, &made.parent.call,
            made.consultation.name, &made.consultation.call, 3, parameters);
        return made;
    }
    // A number to call in the same step, and what is wanted of the call.
    struct Wanted {
        LINECALLPARAMS parameters{};
        std::array<char16_t, 4> number{};
    };
    static Wanted wanted(DWORD flags, const std::u16string& number) {
        Wanted made;
        made.parameters.dwTotalSize = sizeof made;
        made.parameters.dwCallParamFlags = flags;
        made.parameters.dwTargetAddressSize = sizeof made.number;
        made.parameters.dwTargetAddressOffset = offsetof(Wanted, number);
        std::copy(number.begin(), number.end(), made.number.begin());
        return made;
    }
    LONG forward(HDRVLINE from, DWORD mode, const std::u16string& to) {
        struct {
            LINEFORWARDLIST list;
            std::array<char16_t, 16> text;
        } given{};
        given.list.dwTotalSize = sizeof given;
        given.list.dwNumEntries = 1;
        LINEFORWARD entry{};
        entry.dwForwardMode = mode;
        if (!to.empty()) {
            std::copy(to.begin(), to.end(), given.text.begin());
            entry.dwDestAddressSize = static_cast<DWORD>(2 * to.size() + 2);
            entry.dwDestAddressOffset =
                static_cast<DWORD>(reinterpret_cast<char*>(&given.text) - reinterpret_cast<char*>(&given));
        }
        std::memcpy(reinterpret_cast<char*>(&given) + offsetof(LINEFORWARDLIST, ForwardList), &entry, 24);
        HDRVCALL consultation = nullptr;
        return TSP(host(), lineForward)(host().next_request(), from, 1, 0, &given.list, 2, nullptr,
                                        &consultation, nullptr);
    }
};

TEST_F(SimFeatures, R058_HoldAndUnhold) {
    begin();
    const Talk call = talk(0, 1);
    EXPECT_TRUE(succeeded(ask(TSP(host(), lineHold), call.call)));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_ONHOLD));
    EXPECT_EQ(mode(call.other_name), static_cast<DWORD>(LINECONNECTEDMODE_ACTIVEHELD));
    EXPECT_EQ(address(call.line)->dwNumOnHoldCalls, 1U);
    EXPECT_EQ(ask(TSP(host(), lineHold), call.call), static_cast<LONG>(LINEERR_INVALCALLSTATE)); // R051
    EXPECT_TRUE(succeeded(ask(TSP(host(), lineUnhold), call.call)));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    EXPECT_EQ(mode(call.other_name), static_cast<DWORD>(LINECONNECTEDMODE_ACTIVE));
}

TEST_F(SimFeatures, AnsweringHoldsWhatIsConnected) {
    begin();
    const Talk first = talk(0, 1);
    host().make_call(line(2), u"101");
    answer();
    EXPECT_EQ(state(first.name), static_cast<DWORD>(LINECALLSTATE_ONHOLD));
    EXPECT_TRUE(succeeded(TSP(host(), lineSwapHold)(host().next_request(), newest().second, first.call)));
    EXPECT_EQ(state(first.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    EXPECT_EQ(state(newest().first), static_cast<DWORD>(LINECALLSTATE_ONHOLD));
}

TEST_F(SimFeatures, R214_R216_ATransfer) {
    begin();
    const Talk call = talk(0, 1);
    line(2);
    const New consultation = set_up_transfer(call.call);
    EXPECT_TRUE(succeeded(consultation.request));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_ONHOLDPENDTRANSFER));
    EXPECT_EQ(states(consultation.name), (States{LINECALLSTATE_DIALTONE}));
    EXPECT_TRUE(succeeded(dial(consultation.call, u"103")));
    answer();
    EXPECT_TRUE(succeeded(TSP(host(), lineCompleteTransfer)(
        host().next_request(), call.call, consultation.call, nullptr, nullptr, LINETRANSFERMODE_TRANSFER)));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_IDLE));
    EXPECT_EQ(state(consultation.name), static_cast<DWORD>(LINECALLSTATE_IDLE));
    auto here = info(call.other);
    EXPECT_EQ(here.text(here->dwConnectedIDSize, here->dwConnectedIDOffset), u"103");
    EXPECT_EQ(state(call.other_name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    host().drop(newest().second);
    EXPECT_EQ(state(call.other_name), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
}

TEST_F(SimFeatures, R215_DroppingTheConsultationCallReconnects) {
    begin();
    const Talk call = talk(0, 1);
    const New consultation = set_up_transfer(call.call);
    EXPECT_TRUE(succeeded(host().drop(consultation.call)));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    const New again = set_up_transfer(call.call);
    EXPECT_TRUE(succeeded(ask(TSP(host(), lineUnhold), call.call))); // the other way
    EXPECT_EQ(state(again.name), static_cast<DWORD>(LINECALLSTATE_IDLE));
}

TEST_F(SimFeatures, R221_BlindTransferAndRedirection) {
    begin();
    const Talk call = talk(0, 1);
    line(2);
    EXPECT_TRUE(succeeded(TSP(host(), lineBlindTransfer)(host().next_request(), call.call, u"103", 0)));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_IDLE));
    EXPECT_EQ(info(call.call).result, 0);
    EXPECT_EQ(info(newest().second)->dwReason, static_cast<DWORD>(LINECALLREASON_TRANSFER));
    EXPECT_TRUE(succeeded(TSP(host(), lineRedirect)(host().next_request(), newest().second, u"104", 0)));
    line(3);
    EXPECT_EQ(info(newest().second)->dwReason, static_cast<DWORD>(LINECALLREASON_REDIRECT));
    answer();
    EXPECT_EQ(state(call.other_name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
}

TEST_F(SimFeatures, R217_R218_AConferenceGrowsAndShrinks) {
    begin();
    const Talk call = talk(0, 1);
    line(2);
    const Conference made = set_up_conference(call.call);
    EXPECT_TRUE(succeeded(made.parent.request));
    EXPECT_EQ(states(made.parent.name), (States{LINECALLSTATE_ONHOLDPENDCONF}));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_CONFERENCED));
    EXPECT_EQ(mode(call.name), std::bit_cast<DWORD_PTR>(made.parent.name)); // R132
    dial(made.consultation.call, u"103");
    answer();
    EXPECT_TRUE(succeeded(
        TSP(host(), lineAddToConference)(host().next_request(), made.parent.call, made.consultation.call)));
    EXPECT_EQ(state(made.parent.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    EXPECT_EQ(state(made.consultation.name), static_cast<DWORD>(LINECALLSTATE_CONFERENCED));
    EXPECT_TRUE(succeeded(ask(TSP(host(), lineRemoveFromConference), made.consultation.call)));
    EXPECT_EQ(state(made.consultation.name), static_cast<DWORD>(LINECALLSTATE_IDLE));
    EXPECT_EQ(state(made.parent.name), static_cast<DWORD>(LINECALLSTATE_IDLE));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
}

TEST_F(SimFeatures, R219_DroppingAConferenceDropsItsParties) {
    begin();
    const Talk call = talk(0, 1);
    line(2);
    const Conference made = set_up_conference(call.call);
    dial(made.consultation.call, u"103");
    answer();
    TSP(host(), lineAddToConference)(host().next_request(), made.parent.call, made.consultation.call);
    const New third{0, host().new_name(), nullptr};
    HDRVCALL added = nullptr;
    EXPECT_TRUE(succeeded(TSP(host(), linePrepareAddToConference)(host().next_request(), made.parent.call,
                                                                  third.name, &added, nullptr)));
    EXPECT_EQ(state(made.parent.name), static_cast<DWORD>(LINECALLSTATE_ONHOLDPENDCONF));
    host().drop(added);
    EXPECT_EQ(state(made.parent.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    EXPECT_TRUE(succeeded(host().drop(made.parent.call)));
    for (HTAPICALL name : {call.name, made.consultation.name, made.parent.name})
        EXPECT_EQ(state(name), static_cast<DWORD>(LINECALLSTATE_IDLE));
    EXPECT_EQ(state(call.other_name), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
}

TEST_F(SimFeatures, R219_AConferenceThatIsJoinedByAnotherCallWaitsForItsOwnNoMore) {
    begin();
    const Talk call = talk(0, 1);
    line(2);
    const Conference made = set_up_conference(call.call);
    dial(made.consultation.call, u"103");
    Conference second{{0, host().new_name()}, {0, host().new_name()}};
    Wanted no_hold = wanted(LINECALLPARAMFLAGS_NOHOLDCONFERENCE, u"104");
    EXPECT_TRUE(succeeded(TSP(host(), lineSetupConference)(
        host().next_request(), nullptr, call.line, second.parent.name, &second.parent.call,
        second.consultation.name, &second.consultation.call, 3, &no_hold.parameters)));
    EXPECT_TRUE(succeeded(
        TSP(host(), lineAddToConference)(host().next_request(), made.parent.call, second.consultation.call)));
    EXPECT_TRUE(succeeded(host().drop(made.parent.call)));
    EXPECT_EQ(TSP(host(), lineCloseCall)(made.parent.call), 0);
    EXPECT_EQ(state(made.consultation.name), static_cast<DWORD>(LINECALLSTATE_RINGBACK));
    EXPECT_TRUE(succeeded(host().drop(made.consultation.call)));
}

// Whatever a call is a part of when it is given away, knows of it no more.
TEST_F(SimFeatures, R215_R221_AConsultationCallThatIsTransferredLetsTheOriginalGoOn) {
    begin();
    const Talk call = talk(0, 1);
    line(2);
    const New consultation = set_up_transfer(call.call);
    dial(consultation.call, u"103");
    answer();
    constexpr DWORD begins = LINECALLFEATURE_SETUPTRANSFER | LINECALLFEATURE_SETUPCONF;
    EXPECT_EQ(status(consultation.call)->dwCallFeatures & begins, 0U); // it does not wait for another one
    EXPECT_EQ(set_up_transfer(consultation.call).request, LINEERR_INVALCALLSTATE);
    EXPECT_TRUE(
        succeeded(TSP(host(), lineBlindTransfer)(host().next_request(), consultation.call, u"104", 0)));
    EXPECT_EQ(state(consultation.name), static_cast<DWORD>(LINECALLSTATE_IDLE));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED)); // R215
    EXPECT_EQ(TSP(host(), lineCloseCall)(consultation.call), 0);
    EXPECT_TRUE(succeeded(host().drop(call.call)));
}

TEST_F(SimFeatures, R220_AConferenceWithoutHold) {
    begin();
    const Talk call = talk(0, 1);
    line(2);
    Wanted no_hold = wanted(LINECALLPARAMFLAGS_NOHOLDCONFERENCE, u"103");
    const Conference made = set_up_conference(call.call, &no_hold.parameters);
    EXPECT_TRUE(succeeded(made.parent.request));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    answer(); // and it joins
    EXPECT_EQ(state(made.consultation.name), static_cast<DWORD>(LINECALLSTATE_CONFERENCED));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_CONFERENCED));
}

TEST_F(SimFeatures, R220_ATransferInOneStep) {
    begin();
    const Talk call = talk(0, 1);
    line(2);
    Wanted one_step = wanted(LINECALLPARAMFLAGS_ONESTEPTRANSFER, u"103");
    const New consultation = set_up_transfer(call.call, &one_step.parameters);
    EXPECT_TRUE(succeeded(consultation.request));
    EXPECT_EQ(state(consultation.name), static_cast<DWORD>(LINECALLSTATE_RINGBACK)); // without lineDial
}

TEST_F(SimFeatures, R222_ParkAndUnpark) {
    begin();
    const Talk call = talk(0, 1);
    alignas(8) std::array<std::byte, 256> memory{};
    auto* slot = reinterpret_cast<VARSTRING*>(memory.data());
    slot->dwTotalSize = memory.size();
    EXPECT_TRUE(succeeded(
        TSP(host(), linePark)(host().next_request(), call.call, LINEPARKMODE_NONDIRECTED, nullptr, slot)));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_IDLE));
    EXPECT_EQ(std::memcmp(memory.data() + slot->dwStringOffset, u"701", 8), 0);
    New back{0, host().new_name(), nullptr};
    back.request = TSP(host(), lineUnpark)(host().next_request(), line(2), 0, back.name, &back.call, u"701");
    EXPECT_TRUE(succeeded(back.request));
    EXPECT_NE(back.call, call.call);
    EXPECT_EQ(states(back.name), (States{LINECALLSTATE_CONNECTED}));
    EXPECT_EQ(info(back.call)->dwReason, static_cast<DWORD>(LINECALLREASON_UNPARK));
    host().drop(call.other);
    EXPECT_EQ(state(back.name), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
}

TEST_F(SimFeatures, PickingUpWhatRingsInTheGroup) {
    begin();
    line(1);
    const auto call = host().make_call(line(0), u"102");
    const auto rang = newest();
    New picked{0, host().new_name(), nullptr};
    picked.request = TSP(host(), linePickup)(host().next_request(), line(2), 0, picked.name, &picked.call,
                                             nullptr, nullptr);
    EXPECT_TRUE(succeeded(picked.request));
    EXPECT_EQ(state(rang.first), static_cast<DWORD>(LINECALLSTATE_IDLE));
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    EXPECT_EQ(info(picked.call)->dwReason, static_cast<DWORD>(LINECALLREASON_PICKUP));
    EXPECT_EQ(TSP(host(), linePickup)(host().next_request(), line(2), 0, host().new_name(), &picked.call,
                                      nullptr, u"nobody"),
              static_cast<LONG>(LINEERR_INVALGROUPID));
}

TEST_F(SimFeatures, R229_Forwarding) {
    begin({{"time", "virtual"}, {"calls", "1"}});
    TSP(host(), lineSetStatusMessages)(line(1), 0, LINEADDRESSSTATE_FORWARD);
    line(2);
    EXPECT_TRUE(succeeded(forward(line(1), LINEFORWARDMODE_UNCOND, u"103")));
    EXPECT_EQ(count(LINE_ADDRESSSTATE, 0), 1U);
    EXPECT_EQ(address(line(1))->dwForwardNumEntries, 1U);
    auto first = host().make_call(line(0), u"102");
    auto there = info(newest().second);
    EXPECT_EQ(there->dwReason, static_cast<DWORD>(LINECALLREASON_FWDUNCOND));
    EXPECT_EQ(there.text(there->dwRedirectingIDSize, there->dwRedirectingIDOffset), u"102");
    host().drop(first.call);
    forward(line(1), LINEFORWARDMODE_NOANSW, u"103");
    first = host().make_call(line(0), u"102");
    command("advance 10000"); // two rings
    EXPECT_EQ(info(newest().second)->dwReason, static_cast<DWORD>(LINECALLREASON_FWDNOANSWER));
    host().drop(first.call);
    forward(line(1), LINEFORWARDMODE_BUSY, u"103");
    command("lift 102");
    first = host().make_call(line(0), u"102");
    EXPECT_EQ(info(newest().second)->dwReason, static_cast<DWORD>(LINECALLREASON_FWDBUSY));
    host().drop(first.call);
    forward(line(1), LINEFORWARDMODE_UNCOND, u"");
    first = host().make_call(line(0), u"102");
    EXPECT_EQ(mode(first.name), static_cast<DWORD>(LINEDISCONNECTMODE_DONOTDISTURB));
}

TEST_F(SimFeatures, R223_ACallIsCompletedWhenItsDestinationIsFree) {
    begin({{"calls", "1"}});
    const Talk others = talk(1, 2);
    const auto call = host().make_call(line(0), u"102");
    DWORD id = 0;
    EXPECT_EQ(
        TSP(host(), lineCompleteCall)(host().next_request(), call.call, &id, LINECALLCOMPLMODE_CAMPON, 0),
        LINEERR_INVALCALLCOMPLMODE);
    EXPECT_TRUE(succeeded(
        TSP(host(), lineCompleteCall)(host().next_request(), call.call, &id, LINECALLCOMPLMODE_CALLBACK, 0)));
    EXPECT_NE(id, 0U);
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_IDLE));
    host().drop(others.call);
    const auto back = newest();
    EXPECT_EQ(info(back.second)->dwReason, static_cast<DWORD>(LINECALLREASON_CALLCOMPLETION));
    EXPECT_EQ(info(back.second)->dwCompletionID, id);
    answer();
    EXPECT_EQ(info(newest().second)->dwReason, static_cast<DWORD>(LINECALLREASON_CALLCOMPLETION));
    answer();
    EXPECT_EQ(state(back.first), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
    EXPECT_EQ(TSP(host(), lineUncompleteCall)(host().next_request(), line(0), id),
              static_cast<LONG>(LINEERR_INVALCOMPLETIONID));
}

TEST_F(SimFeatures, R135_WhatIsAttachedToACall) {
    begin();
    const Talk call = talk(0, 1);
    EXPECT_EQ(TSP(host(), lineSetAppSpecific)(call.call, 7), 0);
    EXPECT_EQ(count(LINE_CALLINFO, LINECALLINFOSTATE_APPSPECIFIC), 1U);
    EXPECT_EQ(info(call.call)->dwAppSpecific, 7U);
    std::string data = "data";
    EXPECT_TRUE(succeeded(TSP(host(), lineSetCallData)(host().next_request(), call.call, data.data(), 4)));
    EXPECT_EQ(info(call.call)->dwCallDataSize, 4U);
    EXPECT_TRUE(succeeded(TSP(host(), lineSendUserUserInfo)(host().next_request(), call.call, "hello", 5)));
    EXPECT_EQ(info(call.other)->dwUserUserInfoSize, 5U);
    EXPECT_TRUE(succeeded(ask(TSP(host(), lineReleaseUserUserInfo), call.other)));
    EXPECT_EQ(info(call.other)->dwUserUserInfoSize, 0U);
    EXPECT_EQ(TSP(host(), lineSetMediaMode)(call.call, 0x40000000),
              static_cast<LONG>(LINEERR_INVALMEDIAMODE));
    EXPECT_TRUE(succeeded(TSP(host(), lineSetCallTreatment)(host().next_request(), call.call, 4)));
    EXPECT_EQ(info(call.call)->dwCallTreatment, 4U);
    EXPECT_TRUE(succeeded(ask(TSP(host(), lineSecureCall), call.call)));
}

} // namespace
} // namespace offhook::testing
