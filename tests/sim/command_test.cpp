// SPDX-License-Identifier: Apache-2.0

#include "tests/sim/sim_host.h"

namespace offhook::testing {
namespace {

class SimCommands : public SimTest {};

TEST_F(SimCommands, SayWhatIsWrong) {
    begin();
    for (const char* line : {"", "fly", "lift", "lift 999", "press 101 99", "advance x", "misbehave R999",
                             "digits 101 hello", "answer 101", "ring 101 to 5", "add abc"}) {
        EXPECT_LT(host().command(line), 0) << line;
        EXPECT_FALSE(host().answer_text().empty()) << line;
    }
    EXPECT_EQ(host().command("advance 1"),
              static_cast<std::int32_t>(LINEERR_OPERATIONUNAVAIL)); // time is real
}

TEST_F(SimCommands, NothingIsDoneWithoutRoomForTheReply) {
    begin();
    std::array<char, 16> reply{};
    std::uint32_t size = reply.size();
    auto* run = host().function<decltype(OFFHOOK_providerCommand)>("OFFHOOK_providerCommand");
    EXPECT_EQ(run("lift 101", reply.data(), &size), static_cast<std::int32_t>(LINEERR_STRUCTURETOOSMALL));
    EXPECT_GE(size, 4096U);
    command("list");
    EXPECT_EQ(host().answer_text().find("off-hook"), std::string::npos);
}

TEST_F(SimCommands, HelpNamesEveryCommandAndListWhatIsThere) {
    begin();
    command("help");
    for (const char* word : {"lift", "unplug", "misbehave", "advance"})
        EXPECT_NE(host().answer_text().find(word), std::string::npos);
    talk(0, 1);
    command("list");
    EXPECT_NE(host().answer_text().find("connected with 102"), std::string::npos);
}

TEST_F(SimCommands, R102_ASessionTakesOverWhatItCanOfANewConfiguration) {
    begin({{"extensions", "101-103"}});
    talk(0, 1);
    host().forget_all();
    EXPECT_EQ(host().reconfigure({{"extensions", "101,102,104"}, {"name.102", "Berta"}, {"outside", "busy"}}),
              0);
    EXPECT_EQ(count(LINE_CREATE, 0), 1U);
    EXPECT_EQ(count(LINE_REMOVE, 2), 1U);
    EXPECT_EQ(count(PHONE_REMOVE, 2), 1U);
    command("list");
    EXPECT_EQ(host().answer_text().find("103"), std::string::npos);
    EXPECT_NE(host().answer_text().find("104"), std::string::npos);
    EXPECT_NE(host().answer_text().find("connected with 102"), std::string::npos);
}

TEST_F(SimCommands, R102_WhatItCannotTakeOverChangesNothing) {
    begin({{"extensions", "101-103"}});
    talk(0, 1);
    host().forget_all();
    EXPECT_EQ(host().reconfigure({{"extensions", "101,103,104"}}), static_cast<LONG>(LINEERR_INUSE));
    EXPECT_EQ(host().reconfigure({{"extensions", "101-104"}, {"trunks", "5"}}),
              static_cast<LONG>(LINEERR_OPERATIONUNAVAIL));
    EXPECT_EQ(host().reconfigure({{"extensions", "101-104"}, {"outside", "perhaps"}}),
              static_cast<LONG>(LINEERR_INIFILECORRUPT));
    EXPECT_TRUE(host().everything().empty());
    command("list");
    EXPECT_EQ(host().answer_text().find("104"), std::string::npos);
}

TEST_F(SimCommands, R090_R092_R096_DevicesComeAndGo) {
    begin();
    command("add 111");
    EXPECT_EQ(count(LINE_CREATE, 0), 1U);
    EXPECT_EQ(count(PHONE_CREATE, 0), 1U);
    DWORD_PTR place = 0;
    for (const Said& said : host().everything())
        if (said.message == LINE_CREATE) place = said.p2;
    EXPECT_EQ(TSP(host(), providerCreateLineDevice)(place, 500), 0);
    EXPECT_EQ(TSP(host(), providerCreatePhoneDevice)(place, 501), 0);
    EXPECT_EQ(TSP(host(), providerCreateLineDevice)(place + 7, 502), static_cast<LONG>(LINEERR_BADDEVICEID));
    host().open(500);
    host().open_phone(501);
    host().make_call(line(0), u"111");
    EXPECT_EQ(state(newest().first), static_cast<DWORD>(LINECALLSTATE_OFFERING));
    host().forget_all();
    command("remove 111");
    std::vector<DWORD> order;
    for (const Said& said : host().everything())
        if (said.message != LINE_CALLSTATE && said.message != LINE_REPLY) order.push_back(said.message);
    EXPECT_EQ(order, (std::vector<DWORD>{LINE_CLOSE, PHONE_CLOSE, LINE_REMOVE, PHONE_REMOVE}));
    EXPECT_EQ(host().make_call(line(2), u"111").result > 0, true);
}

TEST_F(SimCommands, R099_UnpluggingIsNotRemoving) {
    begin();
    const Talk call = talk(0, 1);
    EXPECT_EQ(TSP(host(), lineSetStatusMessages)(call.line, 0x01FFFFFF, 0), 0);
    command("unplug 101");
    EXPECT_EQ(count(LINE_LINEDEVSTATE, LINEDEVSTATE_DISCONNECTED), 1U);
    EXPECT_EQ(state(call.name), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
    EXPECT_EQ(mode(call.other_name), static_cast<DWORD>(LINEDISCONNECTMODE_OUTOFORDER));
    EXPECT_EQ(host().make_call(call.line, u"103").result, static_cast<LONG>(LINEERR_INVALLINESTATE));
    command("plug 101");
    EXPECT_EQ(count(LINE_LINEDEVSTATE, LINEDEVSTATE_INSERVICE), 1U);
}

TEST_F(SimCommands, R086_ABrokenLineClosesByItself) {
    begin();
    const Talk call = talk(0, 1);
    host().forget_all();
    command("break 101");
    EXPECT_EQ(host().everything().front().message, static_cast<DWORD>(LINE_CLOSE));
    EXPECT_EQ(info(call.call).result, static_cast<LONG>(LINEERR_INVALCALLHANDLE));
    EXPECT_EQ(state(call.other_name), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
    host().open(0); // again
}

TEST_F(SimCommands, ReinitIsSaidOfLinesAndPhonesAndNamesNone) {
    begin();
    line(0);
    host().forget_all();
    command("reinit");
    const auto said = host().everything();
    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(said[0].message, DWORD{LINE_LINEDEVSTATE});
    EXPECT_EQ(said[0].p1, DWORD_PTR{LINEDEVSTATE_REINIT});
    EXPECT_EQ(said[1].message, DWORD{PHONE_STATE});
    EXPECT_EQ(said[1].p1, DWORD_PTR{PHONESTATE_REINIT});
}

TEST_F(SimCommands, R255_R254_TheExtension) {
    begin();
    HDRVLINE const opened = line(0);
    std::array<DWORD, 2> block{1, 0xFFFF};
    const auto specific = [&] {
        return TSP(host(), lineDevSpecific)(host().next_request(), opened, 0, nullptr, block.data(),
                                            sizeof block);
    };
    EXPECT_EQ(specific(), static_cast<LONG>(LINEERR_OPERATIONUNAVAIL));
    EXPECT_EQ(TSP(host(), lineSelectExtVersion)(opened, 0x00010000), 0);
    EXPECT_TRUE(succeeded(specific()));
    EXPECT_EQ(block[1], 0U);
    EXPECT_EQ(count(LINE_DEVSPECIFIC, 1), 1U);
    block = {9, 0xFFFF};
    EXPECT_TRUE(succeeded(specific()));
    EXPECT_EQ(block[1], 0xFFFFU);
    DWORD version = 0;
    EXPECT_EQ(TSP(host(), lineNegotiateExtVersion)(0, 0x00020002, 1, 0x00020000, &version), 0);
    EXPECT_EQ(version, 0x00010000U);
}

} // namespace
} // namespace offhook::testing
