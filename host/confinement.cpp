// SPDX-License-Identifier: Apache-2.0
#include "host/confinement.h"

#include "host/landlock.h"

#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace offhook::host {
namespace {

// Nothing of these is needed to carry telephony; each would reach the kernel, other processes or a program.
constexpr std::array forbidden{
    "execve",
    "execveat",
    "fork",
    "vfork",
    "tkill",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "kcmp",
    "pidfd_open",
    "pidfd_getfd",
    "pidfd_send_signal",
    "perf_event_open",
    "userfaultfd",
    "bpf",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "mount",
    "umount2",
    "umount",
    "mount_setattr",
    "move_mount",
    "open_tree",
    "fsopen",
    "fsmount",
    "fsconfig",
    "fspick",
    "pivot_root",
    "chroot",
    "swapon",
    "swapoff",
    "quotactl",
    "quotactl_fd",
    "acct",
    "unshare",
    "setns",
    "sethostname",
    "setdomainname",
    "reboot",
    "kexec_load",
    "kexec_file_load",
    "init_module",
    "finit_module",
    "delete_module",
    "iopl",
    "ioperm",
    "add_key",
    "request_key",
    "keyctl",
    "open_by_handle_at",
    "name_to_handle_at",
    "lookup_dcookie",
    "syslog",
    "settimeofday",
    "clock_settime",
    "clock_adjtime",
    "adjtimex",
    "nfsservctl",
    "vhangup",
    "fanotify_init",
};

// Signals may be sent to this process only: the service may well run as the same user.
constexpr std::array signalling{"kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"};

// A comparison of the low 32 bits of an argument; of MASKED_EQ the value is the mask, and no bit of it may be
// set.
scmp_arg_cmp argument(unsigned number, scmp_compare comparison, std::uint32_t value) {
    return SCMP_CMP32(number, comparison, value, 0);
}

class Filter {
  public:
    Filter() : context_(seccomp_init(SCMP_ACT_ALLOW), &seccomp_release) {
        if (context_) seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2); // a tree, not a list
    }

    // Refuses a system call, with EPERM, when its arguments compare so. A name that libseccomp does not know
    // is one that this machine does not have.
    template <class... Compare> void refuse(const char* name, Compare... compare) {
        refuse_with(EPERM, name, compare...);
    }
    template <class... Compare> void refuse_with(int error, const char* name, Compare... compare) {
        const int call = seccomp_syscall_resolve_name(name);
        if (call == __NR_SCMP_ERROR || failed()) return;
        error_ = seccomp_rule_add(context_.get(), SCMP_ACT_ERRNO(static_cast<std::uint32_t>(error)), call,
                                  sizeof...(compare), compare...);
    }
    bool load() { return !failed() && (error_ = seccomp_load(context_.get())) == 0; }
    int error() const { return context_ ? -error_ : ENOMEM; }

  private:
    bool failed() const { return !context_ || error_ != 0; }

    std::unique_ptr<void, decltype(&seccomp_release)> context_;
    int error_ = 0;
};

// No local sockets either: one would reach the service itself, as an application, or the system's buses. A
// pair is allowed: it reaches nobody. Netlink tells which addresses this machine has.
bool may_open(int family, const Needs& needs) {
    return needs.network && (family == AF_INET || family == AF_INET6 || family == AF_NETLINK);
}

void refuse_sockets(Filter& filter, const Needs& needs) {
    constexpr int families = 64; // more than there are
    for (int family = 0; family < families; ++family)
        if (!may_open(family, needs))
            filter.refuse("socket", argument(0, SCMP_CMP_EQ, static_cast<unsigned>(family)));
    filter.refuse("socket", argument(0, SCMP_CMP_GE, families));
}

void restrict_system_calls(const Needs& needs, std::vector<std::string>& missing) {
    Filter filter;
    for (const char* name : forbidden) filter.refuse(name);
    for (const char* name : signalling)
        filter.refuse(name, argument(0, SCMP_CMP_NE, static_cast<unsigned>(::getpid())));
    // Threads, but no processes: one would outlive the session. The arguments of clone3 cannot be examined;
    // without it the C library uses clone.
    filter.refuse("clone", argument(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD));
    filter.refuse_with(ENOSYS, "clone3");
    filter.refuse("ioctl", argument(1, SCMP_CMP_EQ, TIOCSTI)); // typing into a terminal
    refuse_sockets(filter, needs);
    if (!filter.load())
        missing.push_back(std::string("system calls are not filtered: ") + std::strerror(filter.error()));
}

void limit(__rlimit_resource_t resource, rlim_t value, std::string_view name,
           std::vector<std::string>& missing) {
    rlimit current{};
    ::getrlimit(resource, &current);
    const rlimit wanted{std::min(value, current.rlim_max), std::min(value, current.rlim_max)};
    if (::setrlimit(resource, &wanted) != 0) missing.push_back("no limit of " + std::string(name));
}

} // namespace

std::vector<std::string> confine(const Needs& needs, const std::filesystem::path& library) {
    std::vector<std::string> missing;
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        missing.emplace_back("privileges can be gained by running programs");
    limit(RLIMIT_CORE, 0, "core files", missing); // a core would hold passwords
#ifndef OFFHOOK_SANITIZED                         // sanitizers need terabytes of addresses
    limit(RLIMIT_AS, rlim_t{64} << 30, "memory", missing);
#endif
    restrict_files(needs, library, missing);
    restrict_system_calls(needs, missing);
    return missing;
}

} // namespace offhook::host
