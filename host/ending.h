// SPDX-License-Identifier: Apache-2.0
//
// The end of the process: asked for once, by whoever sees the reason first, and certain from then on. A timer
// of the kernel kills the process when the provider does not let it end in time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <optional>

namespace offhook::host {

class Ending {
  public:
    enum class Cause : int {
        service_left = 0, // end of file or goodbye
        fault = 1,        // the provider or the service broke a rule; goodbye was said
    };

    // Time from the request to the end; the service waits 5 s (wire/README.md).
    static constexpr std::chrono::milliseconds grace{4500};

    explicit Ending(std::chrono::milliseconds limit = grace);
    ~Ending();
    Ending(const Ending&) = delete;
    Ending& operator=(const Ending&) = delete;

    // False: it was asked for before; the first cause stays.
    bool request(Cause cause);
    bool requested() const;
    Cause wait();

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Cause> cause_;
    std::chrono::milliseconds limit_;
    timer_t timer_{};
    bool has_timer_ = false;
};

} // namespace offhook::host
