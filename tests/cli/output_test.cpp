// SPDX-License-Identifier: Apache-2.0
#include "cli/output.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace offhook::cli {
namespace {

TEST(Output, ColumnsAreAligned) {
    Table table({"ID", "NAME", "STAGE"});
    table.add({"0", "alice", "open"});
    table.add({"10", "b", "closed"});
    std::ostringstream text;
    table.print(text);
    EXPECT_EQ(text.str(), "ID  NAME   STAGE\n"
                          "0   alice  open\n"
                          "10  b      closed\n");
}

TEST(Output, ColumnsCountCharactersNotBytes) {
    Table table({"NAME", "X"});
    table.add({"Jürgen", "1"});
    table.add({"Juergen", "2"});
    std::ostringstream text;
    table.print(text);
    EXPECT_EQ(text.str(), "NAME     X\n"
                          "Jürgen   1\n"
                          "Juergen  2\n");
}

// A caller chooses the name that is shown: it must not be able to steer the terminal.
TEST(Output, ControlCharactersOfOthersAreNotPrinted) {
    EXPECT_EQ(printable("\x1B[2Jevil\x07\n\x7F"), "?[2Jevil???");
    EXPECT_EQ(printable("\xC2\x9B"
                        "31m"),
              "?31m");
    EXPECT_EQ(printable("Zoë €"), "Zoë €");
    Table table({"NAME"});
    table.add({"a\x1B]0;title\x07"});
    std::ostringstream text;
    table.print(text);
    EXPECT_EQ(text.str().find('\x1B'), std::string::npos);
}

TEST(Output, JsonSurvivesTextThatIsNotUtf8) {
    std::ostringstream text;
    print_json(text, {{"name", "a\xFF"}});
    EXPECT_TRUE(nlohmann::json::accept(text.str()));
}

TEST(Output, AbsentAndEmptyCellsAreDashes) {
    EXPECT_EQ(cell({{"name", ""}}, "name"), "-");
    EXPECT_EQ(cell(nlohmann::json::object(), "name"), "-");
    EXPECT_EQ(cell({{"name", nullptr}}, "name"), "-");
    EXPECT_EQ(cell({{"lines", 0}}, "lines"), "0");
}

TEST(Output, Durations) {
    EXPECT_EQ(duration(0), "0 s");
    EXPECT_EQ(duration(60), "1 min");
    EXPECT_EQ(duration(200), "3 min 20 s");
    EXPECT_EQ(duration(3'600 * 26), "1 d 2 h");
}

} // namespace
} // namespace offhook::cli
