// SPDX-License-Identifier: Apache-2.0
//
// Stands for offhookd where the client starts it: takes its options, listens, says that it is ready, and
// serves until its socket's folder is gone.
#include "fake_service.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

int main(int argc, char** argv) {
    if (argc != 5 || std::string_view(argv[1]) != "--socket" || std::string_view(argv[3]) != "--ready-fd")
        return 2;
    if (std::getenv("FAKE_OFFHOOKD_FAILS") != nullptr) return 1;
    const std::string path = argv[2];
    const auto folder = std::filesystem::path(path).parent_path();
    const int gone = ::inotify_init1(IN_CLOEXEC);
    ::inotify_add_watch(gone, folder.c_str(), IN_DELETE_SELF | IN_DELETE);
    const offhook::client_test::FakeService service(path);
    const int ready = std::atoi(argv[4]);
    if (::write(ready, "1", 1) != 1) return 1;
    ::close(ready);
    char event[512];
    // The test removes the socket when it is done.
    while (std::filesystem::exists(path))
        if (::read(gone, event, sizeof event) <= 0) break;
    return 0;
}
