// SPDX-License-Identifier: Apache-2.0
#include "daemon/token.h"

#include "wire/unique_fd.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace offhook::daemon {

namespace {

constexpr std::size_t digits = 32;

std::optional<Token> parse(std::string_view text) {
    Token token;
    const auto half = [&](std::size_t at, std::uint64_t& value) {
        const char* end = text.data() + at + digits / 2;
        return std::from_chars(text.data() + at, end, value, 16).ptr == end;
    };
    if (text.size() < digits || !half(0, token.high) || !half(digits / 2, token.low)) return {};
    return token;
}

void write_token(const std::string& path) {
    const wire::UniqueFd file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) return; // it is there
    const auto token = random_token();
    std::array<char, digits + 2> text{};
    std::snprintf(text.data(), text.size(), "%016llx%016llx\n", static_cast<unsigned long long>(token.high),
                  static_cast<unsigned long long>(token.low));
    if (::write(file.get(), text.data(), digits + 1) != digits + 1)
        throw std::runtime_error("cannot write the token " + path + ": " + std::strerror(errno));
}

} // namespace

Token random_token() {
    Token token;
    // Never short for so few bytes (getrandom(2)).
    if (::getrandom(&token, sizeof token, 0) != sizeof token)
        throw std::runtime_error("the kernel gives no random numbers");
    return token;
}

UserTokens::UserTokens(const std::string& folder) {
    ::mkdir(folder.c_str(), 0711);
    struct stat status {};
    if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
        (status.st_uid != ::geteuid() && status.st_uid != 0) || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        throw std::runtime_error(
            "the folder of TCP tokens " + folder +
            " must belong to the service's user or root, and nobody else may write to it");
    write_token(folder + "/" + std::to_string(::geteuid()));

    const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(folder.c_str()), ::closedir);
    if (!directory) throw std::runtime_error("cannot read " + folder + ": " + std::strerror(errno));
    while (const auto* entry = ::readdir(directory.get())) {
        const wire::UniqueFd file(::openat(::dirfd(directory.get()), entry->d_name,
                                           O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
        if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
        if ((status.st_mode & S_IRWXO) != 0)
            throw std::runtime_error("the token " + folder + "/" + entry->d_name +
                                     " is accessible to everybody: chmod o= it, and make a new token");
        std::array<char, digits> text{};
        const auto got = ::read(file.get(), text.data(), text.size());
        const auto token = parse({text.data(), got < 0 ? 0 : static_cast<std::size_t>(got)});
        if (!token)
            throw std::runtime_error("the token " + folder + "/" + entry->d_name +
                                     " is not 32 hexadecimal digits");
        users_.emplace(*token, status.st_uid);
    }
}

std::optional<uid_t> UserTokens::user(Token token) const {
    const auto found = users_.find(token);
    return found == users_.end() ? std::nullopt : std::optional(found->second);
}

} // namespace offhook::daemon
