// SPDX-License-Identifier: Apache-2.0
#include "cli/certify_progress.h"

#include "cli/output.h"

#include <ostream>

namespace offhook::cli {

std::string progress_text(const certify::Stage& stage, std::uint64_t seed, std::chrono::seconds since) {
    auto text = std::to_string(stage.lives);
    if (stage.of) text += " of " + std::to_string(*stage.of);
    text += stage.lives == 1 && !stage.of ? " life" : " lives";
    if (stage.findings != 0)
        text += ", " + std::to_string(stage.findings) + (stage.findings == 1 ? " finding" : " findings");
    text += ", seed " + std::to_string(seed) + ", " + duration(static_cast<std::uint64_t>(since.count())) +
            ": " + stage.life;
    if (stage.shortening) text += ", being shortened for " + *stage.shortening;
    return text;
}

CertifyProgress::CertifyProgress(std::ostream& out, Place place, std::uint64_t seed,
                                 std::chrono::milliseconds interval)
    : out_(out),
      place_(place),
      seed_(seed),
      interval_(interval),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

CertifyProgress::~CertifyProgress() {
    thread_.request_stop();
    thread_.join();
    if (place_ == Place::terminal) out_ << "\r\033[K" << std::flush;
}

void CertifyProgress::tell(const certify::Stage& stage) {
    const std::lock_guard lock(mutex_);
    stage_ = stage;
    if (place_ == Place::terminal) show();
}

void CertifyProgress::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        ended_.wait_for(lock, stop, interval_, [] { return false; });
        if (!stop.stop_requested()) show();
    }
}

void CertifyProgress::show() {
    const auto since =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begun_);
    const auto text = printable(progress_text(stage_, seed_, since));
    if (place_ == Place::terminal) out_ << "\r\033[K" << text << std::flush;
    else out_ << "offhook: " << text << std::endl;
}

} // namespace offhook::cli
