// SPDX-License-Identifier: Apache-2.0
#include "daemon/log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/sinks/systemd_sink.h>

#include <algorithm>

namespace offhook::daemon {

namespace {

spdlog::level::level_enum level_of(core::Severity severity) {
    switch (severity) {
    case core::Severity::error: return spdlog::level::err;
    case core::Severity::warning: return spdlog::level::warn;
    case core::Severity::info: return spdlog::level::info;
    case core::Severity::debug: return spdlog::level::debug;
    }
    return spdlog::level::err;
}

std::shared_ptr<spdlog::logger> make_logger(const std::string& to) {
    if (to == "journal")
        return std::make_shared<spdlog::logger>("offhookd",
                                                std::make_shared<spdlog::sinks::systemd_sink_mt>("offhookd"));
    spdlog::sink_ptr sink;
    if (to == "stderr") sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    else sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(to);
    auto logger = std::make_shared<spdlog::logger>("offhookd", std::move(sink));
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l: %v");
    return logger;
}

// A provider's line may hold anything: one line stays one line, and a terminal is not driven by it.
std::string printable(std::string_view line) {
    std::string text(line);
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return text;
}

} // namespace

Log::Log(std::string to, core::Severity level) : to_(std::move(to)), level_(level) { reopen(); }

void Log::reopen() {
    auto logger = make_logger(to_);
    logger->set_level(level_of(level_));
    logger->flush_on(spdlog::level::debug);
    logger_ = std::move(logger);
}

void Log::write(core::Severity severity, std::string_view line) {
    logger_->log(level_of(severity), printable(line));
}

core::Severity severity_of_syslog(std::uint32_t severity) {
    if (severity <= 3) return core::Severity::error;
    if (severity == 4) return core::Severity::warning;
    return severity <= 6 ? core::Severity::info : core::Severity::debug;
}

} // namespace offhook::daemon
