// SPDX-License-Identifier: Apache-2.0
#include "daemon/configuration.h"

#include "daemon/configuration_options.h"
#include "temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace {

using namespace offhook::daemon;
using testing::HasSubstr;

class ConfigurationTest : public testing::Test {
  protected:
    Configuration read(const std::string& text) {
        const auto path = folder_ / "offhook.toml";
        std::ofstream(path) << text;
        return read_configuration(path, default_configuration(Installation::user));
    }
    std::string error(const std::string& text) {
        return test::message_of([&] { read(text); });
    }
    test::TemporaryFolder folder_;
};

const std::string documented = OFFHOOK_SOURCE "/packaging/offhook.toml";

TEST_F(ConfigurationTest, TheDocumentedFileGivesEachOptionItsDefault) {
    const auto file = toml::parse_file(documented);
    std::size_t found = 0;
    for (const auto& option : options()) {
        const auto node = file.at_path(option.key);
        ASSERT_TRUE(node) << option.key << " is not documented";
        ++found;
        // Read over the defaults it changes nothing; over anything else it would.
        Configuration given = default_configuration(Installation::system);
        ASSERT_EQ(option.read(given, *node.node()), "") << option.key;
        EXPECT_EQ(given, default_configuration(Installation::system))
            << option.key << " documents another default";
    }
    EXPECT_GT(found, 20u);
    EXPECT_EQ(read_configuration(documented, default_configuration(Installation::system)),
              default_configuration(Installation::system));
}

TEST_F(ConfigurationTest, ValuesAreRead) {
    const auto c =
        read("[service]\nsocket = \"/s\"\nsocket_mode = \"0600\"\n[log]\nlevel = \"debug\"\n"
             "[provider]\nsessions = \"always\"\ncall_deadline_ms = 1234\n[tcp]\nenabled = true\n");
    EXPECT_EQ(c.socket, "/s");
    EXPECT_EQ(c.socket_mode, 0600u);
    EXPECT_EQ(c.log_level, offhook::core::Severity::debug);
    EXPECT_EQ(c.provider.sessions, offhook::core::Sessions::always);
    EXPECT_EQ(c.provider.call_deadline, 1234u);
    EXPECT_TRUE(c.tcp_enabled);
}

TEST_F(ConfigurationTest, AnUnknownKeyIsAnErrorWithItsLineAndTheNearestKey) {
    const auto text = error("[log]\nlevel = \"info\"\n\n[provider]\ncall_deadlin_ms = 5000\n");
    EXPECT_THAT(text, HasSubstr("offhook.toml:5: "));
    EXPECT_THAT(text, HasSubstr("Do you mean provider.call_deadline_ms?"));
    EXPECT_THAT(error("[servce]\nsocket = \"/s\"\n"), HasSubstr("Do you mean service.socket?"));
    EXPECT_THAT(error("socket = \"/s\"\n"), HasSubstr("service.socket"));
}

TEST_F(ConfigurationTest, AWrongValueIsAnErrorThatSaysWhatIsRight) {
    EXPECT_THAT(error("[tcp]\nport = 70000\n"),
                HasSubstr("offhook.toml:2: tcp.port must be a whole number from 1 to 65535, and is 70000"));
    EXPECT_THAT(error("[tcp]\nport = \"80\"\n"), HasSubstr("tcp.port must be"));
    EXPECT_THAT(error("[tcp]\nenabled = 1\n"), HasSubstr("true or false"));
    EXPECT_THAT(error("[service]\nsocket = 5\n"), HasSubstr("in quotes"));
    EXPECT_THAT(error("[service]\nsocket_mode = \"0999\"\n"), HasSubstr("0660"));
    EXPECT_THAT(error("[service]\nsocket_mode = 660\n"), HasSubstr("0660"));
    EXPECT_THAT(error("[provider]\nsessions = \"sometimes\"\n"), HasSubstr("on-demand"));
    EXPECT_THAT(error("[log]\nlevel = \"loud\"\n"), HasSubstr("warning"));
}

TEST_F(ConfigurationTest, WhatIsNoTomlIsAnErrorWithItsLine) {
    EXPECT_THAT(error("[log]\nlevel = \n"), HasSubstr("offhook.toml:2: "));
    EXPECT_THAT(test::message_of([&] { read_configuration(folder_ / "missing.toml", {}); }),
                HasSubstr("missing.toml"));
}

} // namespace
