// SPDX-License-Identifier: Apache-2.0
#include "wire/inherited_socket.h"

#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <string_view>

namespace offhook::wire {

std::optional<int> inherited_socket(int count, char** arguments) {
    if (count != 3 || std::string_view(arguments[1]) != "--socket") return std::nullopt;
    const std::string_view text(arguments[2]);
    int fd = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), fd);
    int type = 0;
    socklen_t size = sizeof type;
    if (error != std::errc{} || end != text.data() + text.size() || fd <= STDERR_FILENO ||
        ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM)
        return std::nullopt;
    return fd;
}

} // namespace offhook::wire
