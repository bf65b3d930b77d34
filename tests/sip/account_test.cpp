// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/account.h"

#include <gtest/gtest.h>

namespace offhook::sip {
namespace {

Configuration read(const Keys& keys, Problems& problems) {
    return read_configuration(keys, "127.0.0.1", problems);
}

TEST(Account, IsReadWithDefaults) {
    Problems problems;
    const auto configuration = read({{"port", "5080"},
                                     {"account.10.user", "ten"},
                                     {"account.10.registrar", "registrar.example:5070"},
                                     {"account.2.user", "two"},
                                     {"account.2.bind", "127.0.0.2"},
                                     {"account.2.port", "5090"},
                                     {"account.2.codecs", "pcma"}},
                                    problems);
    EXPECT_TRUE(problems.empty());
    ASSERT_EQ(configuration.accounts.size(), 2U);
    const Account& two = configuration.accounts[0]; // ascending by number, not by text
    EXPECT_EQ(two.number, 2U);
    EXPECT_EQ(two.local.text(), "127.0.0.2");
    EXPECT_EQ(two.port, 5090);
    EXPECT_EQ(two.codecs, std::vector{media::Codec::pcma});
    EXPECT_EQ(two.address_of_record(), "sip:two@127.0.0.2");
    const Account& ten = configuration.accounts[1];
    EXPECT_EQ(ten.port, 5080);
    EXPECT_EQ(ten.auth_user, "ten");
    EXPECT_EQ(ten.address_of_record(), "sip:ten@registrar.example:5070");
}

TEST(Account, EveryMistakeIsNamedWithItsKey) {
    const Keys mistakes{{"prot", "5060"},
                        {"port", "70000"},
                        {"bind", "0.0.0.0"},
                        {"account.x.user", "a"},
                        {"account.0.user", "a"},
                        {"account.1.usr", "a"},
                        {"account.2.user", "a\r\nX: y"},
                        {"account.3.peer", "a host"},
                        {"account.4.codecs", "opus"},
                        {"account.5.bind", "localhost"},
                        {"rtp.first", "1"}};
    for (const auto& [key, value] : mistakes) {
        Problems problems;
        read({{key, value}}, problems);
        ASSERT_FALSE(problems.empty()) << key;
        EXPECT_EQ(problems.front().substr(0, key.size()), key);
    }
}

TEST(Account, NeedsAUser) {
    Problems problems;
    read({{"account.1.peer", "192.0.2.1"}}, problems);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().substr(0, 14), "account.1.user");
}

} // namespace
} // namespace offhook::sip
