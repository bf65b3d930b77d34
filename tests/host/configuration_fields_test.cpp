// SPDX-License-Identifier: Apache-2.0
//
// The fields that a provider declares: read, and held against a configuration.
#include "host/configuration_fields.h"

#include <gmock/gmock.h>

namespace offhook::host {
namespace {

using testing::HasSubstr;

constexpr const char* note = R"(
['port']
type = 'integer'
title = 'Local port'
minimum = 1
maximum = 65535
default = 5060

['account.*.user']
title = 'User name'
required = true

['account.*.password']
type = 'secret'
title = 'Password'

['answer']
type = 'choice'
title = 'What answering does'
choices = ['hold', 'drop']
default = 'hold'

['quiet']
type = 'boolean'
title = 'No tones'
)";

std::string problem(const Settings& settings) { return check_settings(parse_fields(note), settings); }

TEST(ConfigurationFields, AreReadWithTheirTypes) {
    const auto fields = parse_fields(note);
    ASSERT_EQ(fields.size(), 5u);
    const auto port = std::ranges::find(fields, "port", &ConfigurationField::key);
    EXPECT_EQ(port->type, FieldType::integer);
    EXPECT_EQ(port->maximum, 65535);
    EXPECT_EQ(port->otherwise, "5060");
    EXPECT_TRUE(parse_fields("").empty());
}

TEST(ConfigurationFields, WhatFitsThemIsGood) {
    EXPECT_EQ(problem({}), "");
    EXPECT_EQ(problem({{"port", "5061"},
                       {"answer", "drop"},
                       {"quiet", "true"},
                       {"account.7.user", "alice"},
                       {"account.7.password", "x"}}),
              "");
}

TEST(ConfigurationFields, WhatDoesNotFitIsNamedWithWhatToWrite) {
    EXPECT_THAT(problem({{"prot", "5060"}}), HasSubstr("no key prot"));
    EXPECT_THAT(problem({{"account.7.8.user", "x"}}), HasSubstr("no key account.7.8.user"));
    EXPECT_THAT(problem({{"account..user", "x"}}), HasSubstr("no key account..user"));
    for (const char* value : {"0", "65536", "x", "5060 ", "", "99999999999999999999"})
        EXPECT_THAT(problem({{"port", value}}), HasSubstr("write a whole number from 1 to 65535")) << value;
    EXPECT_THAT(problem({{"answer", "park"}}), HasSubstr("write one of \"hold\", \"drop\""));
    EXPECT_THAT(problem({{"quiet", "yes"}}), HasSubstr("\"true\" or \"false\""));
}

TEST(ConfigurationFields, WhatIsRequiredIsRequiredOfEachThatIsBegun) {
    EXPECT_THAT(problem({{"account.1.user", "alice"}, {"account.2.password", "x"}}),
                HasSubstr("account.2.user (User name) is missing"));
    EXPECT_THAT(problem({{"account.1.user", ""}}), HasSubstr("account.1.user"));
    EXPECT_THAT(check_settings(parse_fields("['a']\ntitle='A'\nrequired=true"), {}), HasSubstr("a (A)"));
}

TEST(ConfigurationFields, OfAProviderThatDeclaresNoneAnythingGoes) {
    EXPECT_EQ(check_settings({}, {{"anything", "at all"}}), "");
}

TEST(ConfigurationFields, AMalformedNoteIsNamed) {
    for (const auto& [text, reason] :
         {std::pair{"port = 1", "no table"},
          {"['port'", "no TOML"},
          {"['port']\ntype='number'\ntitle='P'", "type must be"},
          {"['port']\ntype='integer'", "title"},
          {"['port']\ntype='integer'\ntitle='P'\nmaximum=1\ndefault=2", "default"},
          {"['a']\ntype='choice'\ntitle='A'", "choices"},
          {"['pin']\ntype='secret'\ntitle='A'", "ends in"},
          {"['password']\ntitle='A'", "ends in"},
          {"['a']\ntitle=\"A\\u001B[2J\"", "control"},
          {"['a..b']\ntitle='A'", "words"}})
        try {
            parse_fields(text);
            FAIL() << text;
        } catch (const std::runtime_error& error) {
            EXPECT_THAT(error.what(), HasSubstr(reason)) << text;
        }
}

TEST(ConfigurationFields, WhatIsInForceAndWhatWaitsAreToldApart) {
    const auto shown = fields_as_json(
        parse_fields(note), {{"account.1.password", "hunter2"}, {"account.1.user", "alice"}},
        Settings{{"account.1.password", "hunter3"}, {"account.2.user", "bob"}, {"account.2.password", "x"}});
    const auto field = [&](const char* key) {
        return *std::ranges::find_if(shown, [&](const auto& one) { return one["key"] == key; });
    };
    EXPECT_EQ(field("account.*.user")["set"], (nlohmann::json{{"account.1.user", "alice"}}));
    EXPECT_EQ(field("account.*.user")["pending"],
              (nlohmann::json{{"account.1.user", nullptr}, {"account.2.user", "bob"}}));
    EXPECT_EQ(field("account.*.password")["pending"].size(), 2u) << "also where both are masked alike";
    EXPECT_EQ(shown.dump().find("hunter"), std::string::npos);
}

TEST(ConfigurationFields, AKeyAloneIsChecked) {
    EXPECT_EQ(check_key(parse_fields(note), "account.7.user"), "");
    EXPECT_THAT(check_key(parse_fields(note), "account.user"), HasSubstr("no key account.user"));
    EXPECT_EQ(check_key({}, "anything"), "");
}

TEST(ConfigurationFields, SecretsAreMasked) {
    const auto shown =
        fields_as_json(parse_fields(note), {{"account.1.password", "hunter2"}, {"account.1.user", "alice"}});
    EXPECT_EQ(shown.dump().find("hunter2"), std::string::npos);
    const auto user = std::ranges::find_if(shown, [](const auto& f) { return f["key"] == "account.*.user"; });
    EXPECT_EQ((*user)["set"]["account.1.user"], "alice");
}

} // namespace
} // namespace offhook::host
