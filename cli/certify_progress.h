// SPDX-License-Identifier: Apache-2.0
//
// How far certify has come, for whoever waits: on a terminal one line that changes, elsewhere a line now and
// then.
#pragma once

#include "certify/certify.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <iosfwd>
#include <mutex>
#include <thread>

namespace offhook::cli {

// "12 of 57 lives, 1 finding, seed 7, 1 min 5 s: a call"
std::string progress_text(const certify::Stage&, std::uint64_t seed, std::chrono::seconds since);

class CertifyProgress {
  public:
    enum class Place : std::uint8_t { terminal, file };

    CertifyProgress(std::ostream&, Place, std::uint64_t seed, std::chrono::milliseconds interval);
    ~CertifyProgress(); // leaves an empty line on a terminal
    CertifyProgress(const CertifyProgress&) = delete;
    CertifyProgress& operator=(const CertifyProgress&) = delete;

    void tell(const certify::Stage&);

  private:
    void run(const std::stop_token&);
    void show(); // with the mutex

    std::ostream& out_;
    Place place_;
    std::uint64_t seed_;
    std::chrono::milliseconds interval_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    std::mutex mutex_;
    std::condition_variable_any ended_;
    certify::Stage stage_;
    std::jthread thread_;
};

} // namespace offhook::cli
