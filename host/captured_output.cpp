// SPDX-License-Identifier: Apache-2.0
#include "host/captured_output.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace offhook::host {

CapturedOutput::CapturedOutput(int descriptor, Severity severity, Log& log) : severity_(severity), log_(log) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe2");
    pipe_.reset(ends[0]);
    const wire::UniqueFd write_end(ends[1]);
    ::fcntl(pipe_.get(), F_SETFL, O_NONBLOCK); // the reading end only: the provider writes as to any file
    if (::dup2(write_end.get(), descriptor) < 0)
        throw std::system_error(errno, std::generic_category(), "dup2");
}

void CapturedOutput::read() {
    const std::lock_guard lock(mutex_);
    read_some();
}

void CapturedOutput::drain() {
    const std::lock_guard lock(mutex_);
    while (read_some()) {
    }
    if (!partial_.empty()) log_.write(severity_, partial_);
    partial_.clear();
}

bool CapturedOutput::read_some() {
    std::array<char, 4096> buffer;
    const auto got = ::read(pipe_.get(), buffer.data(), buffer.size());
    if (got <= 0) return false;
    for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(got))) {
        if (c != '\n') partial_ += c;
        if (partial_.empty() || (c != '\n' && partial_.size() < Log::max_line)) continue;
        log_.write(severity_, partial_);
        partial_.clear();
    }
    return true;
}

} // namespace offhook::host
