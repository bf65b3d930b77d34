// SPDX-License-Identifier: Apache-2.0
//
// The note of a real provider, and what a file may do to its reader: nothing.
#include "host/provider_note.h"

#include "wire/unique_fd.h"

#include <elf.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

namespace offhook::host {
namespace {

std::vector<char> contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class ScratchFile {
  public:
    ScratchFile() : fd_(::memfd_create("note", MFD_CLOEXEC)) {}
    ProviderNoteResult read(const std::vector<char>& bytes) const {
        const auto size = static_cast<off_t>(bytes.size());
        EXPECT_EQ(::ftruncate(fd_.get(), size), 0);
        EXPECT_EQ(::pwrite(fd_.get(), bytes.data(), bytes.size(), 0), size);
        return read_provider_note("/proc/self/fd/" + std::to_string(fd_.get()));
    }

  private:
    wire::UniqueFd fd_;
};

TEST(ProviderNote, OfARealProvider) {
    const auto result = read_provider_note(NETWORK_PROVIDER);
    ASSERT_TRUE(result.note) << result.error;
    EXPECT_EQ(result.note->name, "unruly");
    EXPECT_EQ(result.note->version, "1");
    EXPECT_EQ(result.note->needs_text, "network,devices");
    EXPECT_EQ(result.note->needs, (Needs{.network = true, .devices = true}));
    const auto echo = read_provider_note(ECHO_PROVIDER);
    ASSERT_TRUE(echo.note) << echo.error;
    EXPECT_EQ(echo.note->title, "Every function");
    EXPECT_EQ(echo.note->needs, Needs{});
}

TEST(ProviderNote, OfWhatIsNoProvider) {
    for (const auto& [path, reason] : {std::pair{"/none", "cannot be read"},
                                       {"/dev/null", "not a regular file"},
                                       {"/etc/passwd", "not a shared object"},
                                       {OFFHOOK_HOST, "no OFFHOOK_PROVIDER_NOTE"}}) {
        const auto result = read_provider_note(path);
        EXPECT_FALSE(result.note);
        EXPECT_NE(result.error.find(reason), std::string::npos) << path << ": " << result.error;
    }
}

TEST(ProviderNote, OfAFileThatWasCutShort) {
    const auto whole = contents(ECHO_PROVIDER);
    const ScratchFile file;
    // Every length up to the end of the headers, then some.
    for (std::size_t size = 0; size < std::min<std::size_t>(whole.size(), 1500); size += size < 64 ? 1 : 37) {
        const auto result = file.read({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
        EXPECT_TRUE(result.note || !result.error.empty()) << size;
        if (size < sizeof(Elf64_Ehdr)) {
            EXPECT_FALSE(result.note) << size;
        }
    }
}

TEST(ProviderNote, OfAFileWhoseHeadersLie) {
    const auto whole = contents(ECHO_PROVIDER);
    const ScratchFile file;
    std::mt19937 random(1);
    for (int turn = 0; turn < 2000; ++turn) {
        std::vector<char> bytes(whole.begin(), whole.begin() + 4096);
        const int flips = 1 + turn % 8;
        for (int i = 0; i < flips; ++i) bytes[random() % 1024] = static_cast<char>(random());
        const auto result = file.read(bytes);
        EXPECT_NE(result.note.has_value(), !result.error.empty());
    }
    // The extremes of each number that leads to others.
    for (const std::uint64_t value :
         {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{1} << 63, std::uint64_t{1} << 32}) {
        for (std::size_t at = offsetof(Elf64_Ehdr, e_phoff); at < 1024; at += 2) {
            std::vector<char> bytes(whole.begin(), whole.begin() + 4096);
            std::memcpy(bytes.data() + at, &value, sizeof value);
            const auto result = file.read(bytes);
            EXPECT_NE(result.note.has_value(), !result.error.empty());
        }
    }
}

TEST(ProviderNote, Text) {
    const auto error = [](std::string_view text) { return parse_provider_note(text).error; };
    EXPECT_EQ(error("name=a\nversion=1"), "");
    EXPECT_EQ(error("name=a\nversion=1\nneeds= network , threads,devices\nlater=x\n"), "");
    EXPECT_NE(error(""), "");
    EXPECT_NE(error("name=a"), "");
    EXPECT_NE(error("version=1"), "");
    EXPECT_NE(error("name=a/b\nversion=1"), "");
    EXPECT_NE(error("name=.a\nversion=1"), "");
    EXPECT_NE(error("name=" + std::string(65, 'a') + "\nversion=1"), "");
    EXPECT_NE(error("name=a\nname=b\nversion=1"), "");
    EXPECT_NE(error("name=a\nversion=1\nnonsense"), "");
    EXPECT_NE(error("name=a\nversion=1\ntitle=\x1b[2J"), "");
    EXPECT_NE(error("name=a\nversion=1\nneeds=root").find("\"root\""), std::string::npos);
}

TEST(Needs, WhatIsBeyondWhatWasApproved) {
    EXPECT_EQ(beyond({}, {}), "");
    EXPECT_EQ(beyond({.network = true}, {.network = true, .devices = true}), "");
    EXPECT_EQ(beyond({.network = true, .devices = true}, {}), "network, devices");
}

} // namespace
} // namespace offhook::host
