// SPDX-License-Identifier: Apache-2.0
//
// offhook-ui: loads one user-interface library of a provider, as the application's user, and shows one dialog
// of it (wire/README.md, "Dialogs").
#include "ui/dialog.h"

#include "wire/inherited_socket.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace {

constexpr int exit_usage = 2;

} // namespace

int main(int count, char** arguments) {
    const auto fd = offhook::wire::inherited_socket(count, arguments);
    if (!fd) {
        std::fputs(
            "usage: offhook-ui --socket NUMBER\n"
            "NUMBER is the descriptor of a stream socket to libtapi32, which starts this program itself.\n",
            stderr);
        return exit_usage;
    }
    // A child of init's, so that the application never sees a child that it did not make. It stays in the
    // application's session, and may use its terminal.
    switch (::fork()) {
    case -1: std::perror("offhook-ui: no process"); return 1;
    case 0: break;
    default: ::_exit(0);
    }
    ::fcntl(*fd, F_SETFD, FD_CLOEXEC);
    std::signal(SIGPIPE, SIG_IGN);
    offhook::wire::StreamSocket socket{offhook::wire::UniqueFd(*fd)};
    offhook::ui::Dialog dialog(socket);
    dialog.run();
    // No destructors run: threads of the library may still be using what they destroy.
    ::_exit(0);
}
