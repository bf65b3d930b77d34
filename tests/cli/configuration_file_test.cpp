// SPDX-License-Identifier: Apache-2.0
#include "cli/configuration_file.h"
#include "cli/problem.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace offhook::cli {
namespace {

std::string written(const char* text) {
    const auto path = std::filesystem::path(testing::TempDir()) / "provider.toml";
    std::ofstream(path) << text;
    return path.string();
}

TEST(ConfigurationFile, TablesBecomeDottedKeys) {
    const auto configuration =
        read_configuration(written("port = 5060\n[account.1]\nuser = \"alice\"\nregister = true\n"));
    EXPECT_EQ(
        configuration,
        nlohmann::json({{"port", "5060"}, {"account.1.user", "alice"}, {"account.1.register", "true"}}));
}

TEST(ConfigurationFile, AnErrorNamesItsPlace) {
    try {
        read_configuration(written("a = 1\nb = = 2\n"));
        FAIL();
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.exit, Exit::usage);
        EXPECT_NE(std::string(problem.what()).find(":2: "), std::string::npos) << problem.what();
    }
    EXPECT_THROW(read_configuration(written("a = [1, 2]\n")), Problem);
    EXPECT_THROW(read_configuration("/nowhere.toml"), Problem);
}

} // namespace
} // namespace offhook::cli
