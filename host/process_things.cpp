// SPDX-License-Identifier: Apache-2.0
#include "host/process_things.h"

#include <sys/time.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

namespace offhook::host {
namespace {

using wire::RetainedKind;
using Things = std::vector<ProcessThing>;
namespace fs = std::filesystem;

std::vector<fs::path> entries(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        found.push_back(at->path());
    return found;
}

std::string first_line(const fs::path& file) {
    std::string line;
    std::ifstream in(file);
    std::getline(in, line);
    return line;
}

void add_threads(const OwnThreads& own, Things& to) {
    for (const auto& thread : entries("/proc/self/task")) {
        const auto number = thread.filename().string();
        if (own.numbers().contains(static_cast<pid_t>(std::stol(number)))) continue;
        to.push_back({RetainedKind::thread, number, number + " (" + first_line(thread / "comm") + ")"});
    }
}

// The number and what is behind it, for a number is used again at once. The one that lists them is gone when
// its link is read.
void add_descriptors(Things& to) {
    for (const auto& descriptor : entries("/proc/self/fd")) {
        std::error_code error;
        const auto target = fs::read_symlink(descriptor, error);
        const auto name = descriptor.filename().string() + " (" + target.string() + ")";
        if (!error) to.push_back({RetainedKind::descriptor, name, name});
    }
}

// Those of timer_create, where the kernel lists them, and the three of setitimer; those of timerfd_create are
// descriptors.
void add_timers(Things& to) {
    std::ifstream in("/proc/self/timers");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("ID:")) {
            const auto number = line.substr(line.find_first_not_of(' ', 3));
            to.push_back({RetainedKind::timer, number, "number " + number + " of timer_create"});
        }
    using Interval = std::pair<__itimer_which, std::string_view>;
    for (const auto& [which, name] :
         {Interval{ITIMER_REAL, "ITIMER_REAL"}, Interval{ITIMER_VIRTUAL, "ITIMER_VIRTUAL"},
          Interval{ITIMER_PROF, "ITIMER_PROF"}}) {
        itimerval value{};
        ::getitimer(which, &value);
        if (value.it_value.tv_sec != 0 || value.it_value.tv_usec != 0)
            to.push_back({RetainedKind::timer, std::string(name), std::string(name)});
    }
}

void add_children(Things& to) {
    for (const auto& thread : entries("/proc/self/task")) {
        std::ifstream in(thread / "children");
        for (std::string number; in >> number;) to.push_back({RetainedKind::process, number, number});
    }
}

} // namespace

std::vector<ProcessThing> process_things(const OwnThreads& own) {
    Things things;
    add_threads(own, things);
    add_descriptors(things);
    add_timers(things);
    add_children(things);
    std::sort(things.begin(), things.end());
    return things;
}

} // namespace offhook::host
