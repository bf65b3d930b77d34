// SPDX-License-Identifier: Apache-2.0

#include "provider/module.h"

#include "provider/structure.h"
#include "provider/text.h"

#include <gtest/gtest.h>

namespace offhook::provider {
namespace {

struct Session {
    int number = 0;
    template <class Body> LONG turn(const Body& body) { return body(); }
};

auto session(int number) {
    return [number] { return std::make_shared<Session>(Session{number}); };
}

TEST(Module, R008_ASecondSessionChangesNothing) {
    Module<Session> module;
    EXPECT_EQ(module.start(session(1)), 0);
    EXPECT_EQ(module.start(session(2)), 0);
    EXPECT_EQ(module.session()->number, 1);
    module.stop();
    EXPECT_EQ(module.session(), nullptr);
    EXPECT_EQ(module.start(session(3)), 0);
    EXPECT_EQ(module.session()->number, 3);
}

TEST(Module, R009_WithoutASessionThereIsNothingToAsk) {
    Module<Session> module;
    const auto ask = [&] { return module.in_session("ask", [](Session& found) { return found.number; }); };
    EXPECT_EQ(ask(), static_cast<LONG>(LINEERR_UNINITIALIZED));
    EXPECT_EQ(module.start(session(4)), 0);
    EXPECT_EQ(ask(), 4);
}

TEST(Module, ExceptionsDoNotCrossTheBorder) {
    Module<Session> module;
    EXPECT_EQ(module.start([]() -> std::shared_ptr<Session> { throw std::runtime_error("no line"); }),
              static_cast<LONG>(LINEERR_RESOURCEUNAVAIL));
    EXPECT_EQ(module.start(session(5)), 0);
    EXPECT_EQ(module.in_session("ask", [](Session&) -> LONG { throw std::logic_error("broken"); }),
              static_cast<LONG>(LINEERR_OPERATIONFAILED));
    EXPECT_EQ(module.in_session("ask", [](Session&) -> LONG { throw std::bad_alloc(); }),
              static_cast<LONG>(LINEERR_NOMEM));
    EXPECT_EQ(module.attach(nullptr), static_cast<LONG>(LINEERR_INVALPOINTER));
}

TEST(Structure, R032_R133_TheServicesOwnFieldsStayAndAllOthersAreFilled) {
    LINECALLSTATUS status{};
    status.dwTotalSize = sizeof status;
    status.dwCallPrivilege = LINECALLPRIVILEGE_MONITOR;
    status.dwCallFeatures = 0xBAD;
    EXPECT_EQ(
        fill_structure(&status, 0x00020002, [](auto& writer) { writer->dwCallState = LINECALLSTATE_IDLE; }),
        0);
    EXPECT_EQ(status.dwCallPrivilege, static_cast<DWORD>(LINECALLPRIVILEGE_MONITOR));
    EXPECT_EQ(status.dwCallFeatures, 0U);
    EXPECT_EQ(status.dwUsedSize, sizeof status);
    status.dwTotalSize = 4;
    EXPECT_EQ(fill_structure(&status, 0x00020002, [](auto&) {}),
              static_cast<LONG>(LINEERR_STRUCTURETOOSMALL));
}

TEST(Text, R256_ClassesAreComparedWithoutCase) {
    EXPECT_TRUE(same_class(u"TAPI/Line", u"tapi/line"));
    EXPECT_FALSE(same_class(u"tapi/line2", u"tapi/line"));
}

TEST(Text, EndsAtItsSizeOrItsNul) {
    EXPECT_EQ(counted_text(u"101", 6), u"101");
    EXPECT_EQ(counted_text(u"101", 8), u"101");
    EXPECT_EQ(counted_text(u"101", 5), u"10");
}

} // namespace
} // namespace offhook::provider
