// SPDX-License-Identifier: Apache-2.0
#include "cli/names.h"
#include "cli/problem.h"

#include <gtest/gtest.h>

namespace offhook::cli {
namespace {

TEST(Problem, EveryErrorOfTapiIsNamedAndSaysWhatToDo) {
    ASSERT_GE(lineerr_constants.size(), 80U);
    for (const auto& constant : lineerr_constants) {
        const auto problem = tapi_problem(static_cast<std::int32_t>(constant.value), "cannot do it");
        const std::string text = problem.what();
        EXPECT_TRUE(text.starts_with("cannot do it: " + std::string(constant.name))) << text;
        EXPECT_FALSE(constant.meaning.empty()) << constant.name;
        EXPECT_FALSE(problem.next_step.empty()) << constant.name;
        EXPECT_NE(problem.exit, Exit::done);
    }
}

TEST(Problem, AVendorsErrorIsShownAsANumber) {
    const std::string text = tapi_problem(static_cast<std::int32_t>(0xC0001234), "cannot do it").what();
    EXPECT_NE(text.find("0xc0001234"), std::string::npos);
}

TEST(Problem, TheServicesOwnReasonIsShown) {
    const std::string text =
        service_problem(LINEERR_INUSE, "cannot install x", "it is installed already").what();
    EXPECT_EQ(text, "cannot install x: LINEERR_INUSE (it is installed already)");
}

TEST(Problem, AServiceThatIsAwayHasAnExitStatusOfItsOwn) {
    EXPECT_EQ(tapi_problem(LINEERR_SERVICE_NOT_RUNNING, "").exit, Exit::no_service);
    EXPECT_EQ(tapi_problem(LINEERR_NODEVICE, "").exit, Exit::not_found);
}

TEST(Problem, ResultsThatAreNoErrorsPassThrough) {
    EXPECT_EQ(checked(42, "x"), 42);
    EXPECT_EQ(checked(0, "x"), 0);
    EXPECT_THROW(checked(LINEERR_NOMEM, "x"), Problem);
}

TEST(Names, StatesAndReasonsAreInPlainWords) {
    EXPECT_EQ(state_name(LINECALLSTATE_CONNECTED), "connected");
    EXPECT_EQ(state_name(LINECALLSTATE_CONNECTED | 0x01000000U), "connected"); // a vendor's substate
    EXPECT_EQ(disconnect_name(LINEDISCONNECTMODE_BUSY), "busy");
    EXPECT_EQ(state_name(0), "0");
}

} // namespace
} // namespace offhook::cli
