// SPDX-License-Identifier: Apache-2.0
#include "daemon/audio_ends.h"

#include <sys/socket.h>

namespace offhook::daemon {

wire::UniqueFd AudioEnds::open(std::uint32_t stream) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return {};
    ends_.insert_or_assign(stream, wire::UniqueFd(ends[0]));
    return wire::UniqueFd(ends[1]);
}

wire::UniqueFd AudioEnds::take(std::uint32_t stream) {
    auto found = ends_.extract(stream);
    return found.empty() ? wire::UniqueFd() : std::move(found.mapped());
}

} // namespace offhook::daemon
