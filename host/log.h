// SPDX-License-Identifier: Apache-2.0
//
// Lines for the service's log.
#pragma once

#include "abi/utf16.h"
#include "host/outbox.h"
#include "offhook_provider.h"

#include <string_view>

namespace offhook::host {

// The numbers of offhook_provider.h, which are those of syslog.
enum class Severity : std::uint32_t {
    error = OFFHOOK_LOG_ERROR,
    warning = OFFHOOK_LOG_WARNING,
    info = OFFHOOK_LOG_INFO,
    debug = OFFHOOK_LOG_DEBUG,
};

class Log {
  public:
    static constexpr std::size_t max_line = 4096;

    explicit Log(Outbox& outbox) : outbox_(outbox) {}

    void write(Severity severity, std::string_view line) {
        const auto text =
            abi::to_utf8(abi::to_utf16(line.substr(0, max_line))); // what is no UTF-8 becomes U+FFFD
        outbox_.append({.kind = wire::FrameKind::log}, Outbox::When::soon, [&](wire::FrameWriter& to) {
            to.number(static_cast<std::uint32_t>(severity));
            to.utf8(text);
        });
    }

  private:
    Outbox& outbox_;
};

} // namespace offhook::host
