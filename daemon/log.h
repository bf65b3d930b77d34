// SPDX-License-Identifier: Apache-2.0
//
// The service's log: the journal, standard error or a file, through spdlog.
#pragma once

#include "core/environment.h"

#include <spdlog/logger.h>

#include <memory>
#include <string>

namespace offhook::daemon {

class Log {
  public:
    // to: "journal", "stderr" or a file's path. level: error, warning, info or debug.
    Log(std::string to, core::Severity level);

    void write(core::Severity, std::string_view line);
    // Opens the file anew, for log rotation.
    void reopen();

  private:
    std::string to_;
    core::Severity level_;
    std::shared_ptr<spdlog::logger> logger_;
};

// The severity numbers of RFC 5424, section 6.2.1.
core::Severity severity_of_syslog(std::uint32_t severity);

} // namespace offhook::daemon
