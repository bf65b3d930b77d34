// SPDX-License-Identifier: Apache-2.0
#include "host/landlock.h"

#include "wire/unique_fd.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace offhook::host {
namespace {

// linux/landlock.h as of ABI 6; the header of the system that builds may be older than the kernel that runs.
struct RulesetAttributes {
    std::uint64_t handled_access_fs = 0;
    std::uint64_t handled_access_net = 0;
    std::uint64_t scoped = 0;
};
struct [[gnu::packed]] PathBeneath {
    std::uint64_t allowed_access = 0;
    std::int32_t parent_fd = -1;
};
constexpr std::uint32_t create_ruleset_version = 1;
constexpr int rule_path_beneath = 1;

constexpr std::uint64_t write_file = 1u << 1, read_file = 1u << 2, read_dir = 1u << 3, truncate = 1u << 14,
                        ioctl_dev = 1u << 15;
constexpr std::uint64_t reading = read_file | read_dir,
                        of_files = (1u << 0) | write_file | read_file | truncate | ioctl_dev;

struct Version {
    int abi;
    std::uint64_t rights;  // the lowest bits that it knows
    std::string_view lack; // what a kernel below this version cannot give
};
constexpr std::array versions{
    Version{1, (1u << 13) - 1, "files are not confined"},
    Version{2, (1u << 14) - 1, ""},
    Version{3, (1u << 15) - 1, "truncation of files is not confined"},
    Version{5, (1u << 16) - 1, "control of devices is not confined"},
};

constexpr std::array readable{
    "/usr",
    "/lib",
    "/lib64",
    "/opt",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/ssl",
    "/etc/pki",
    "/etc/ca-certificates",
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/host.conf",
    "/etc/nsswitch.conf",
    "/etc/gai.conf",
    "/etc/services",
    "/etc/protocols",
    "/run/systemd/resolve",
    "/proc/self",
    "/proc/meminfo",
    "/proc/cpuinfo",
    "/proc/stat",
    "/proc/sys",
    "/sys/devices/system/cpu",
    "/dev/urandom",
    "/dev/random",
    "/dev/zero",
};

class Ruleset {
  public:
    explicit Ruleset(int abi) {
        for (const auto& version : versions)
            if (version.abi <= abi) handled_ = version.rights;
        RulesetAttributes attributes;
        attributes.handled_access_fs = handled_;
        if (abi >= 6) attributes.scoped = 3; // abstract sockets and signals of others
        const std::size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
        fd_.reset(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
    }

    // A path that does not exist needs no rule.
    bool allow(const std::filesystem::path& path, std::uint64_t rights) {
        const wire::UniqueFd parent(::open(path.c_str(), O_PATH | O_CLOEXEC));
        if (!parent) return true;
        struct stat status {};
        if (::fstat(parent.get(), &status) != 0) return false;
        if (!S_ISDIR(status.st_mode)) rights &= of_files;
        const PathBeneath rule{rights & handled_, parent.get()};
        return ::syscall(SYS_landlock_add_rule, fd_.get(), rule_path_beneath, &rule, 0) == 0;
    }
    bool enforce() { return ::syscall(SYS_landlock_restrict_self, fd_.get(), 0) == 0; }
    explicit operator bool() const { return static_cast<bool>(fd_); }

  private:
    wire::UniqueFd fd_;
    std::uint64_t handled_ = 0;
};

bool enforce(int abi, const Needs& needs, const std::filesystem::path& library) {
    Ruleset ruleset(abi);
    if (!ruleset) return false;
    bool sound = ruleset.allow(library.parent_path(), reading) && ruleset.allow("/dev/null", of_files);
    for (const char* path : readable) sound = sound && ruleset.allow(path, reading);
    if (needs.devices) sound = sound && ruleset.allow("/dev", reading | write_file | truncate | ioctl_dev);
    return sound && ruleset.enforce();
}

} // namespace

void restrict_files(const Needs& needs, const std::filesystem::path& library,
                    std::vector<std::string>& missing) {
    const auto abi =
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, nullptr, 0, create_ruleset_version));
    if (abi > 0 && !enforce(abi, needs, library)) {
        missing.push_back(std::string("files are not confined: ") + std::strerror(errno));
        return;
    }
    for (const auto& version : versions) {
        if (version.abi <= abi || version.lack.empty()) continue;
        missing.emplace_back(version.lack);
        return;
    }
}

} // namespace offhook::host
