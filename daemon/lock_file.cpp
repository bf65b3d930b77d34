// SPDX-License-Identifier: Apache-2.0
#include "daemon/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace offhook::daemon {

LockFile::LockFile(const std::string& path, const std::string& what)
    : fd_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (!fd_)
        throw std::runtime_error("cannot open the lock file " + path + ": " + std::strerror(errno) +
                                 ". Its folder must exist and be writable for the service.");
    if (::flock(fd_.get(), LOCK_EX | LOCK_NB) != 0)
        throw std::runtime_error("another offhookd uses " + what +
                                 ". Stop it first, or choose another place.");
}

} // namespace offhook::daemon
