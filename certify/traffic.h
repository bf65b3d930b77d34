// SPDX-License-Identifier: Apache-2.0
//
// What has passed between certify and the provider in one life: kept as it passed, and decoded when somebody
// wants to see what led to a break. And what the provider wrote to its log meanwhile.
#pragma once

#include "trace/entry.h"
#include "wire/frame.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace offhook::certify {

class Traffic {
  public:
    static constexpr std::size_t shown = 12;       // steps before a break
    static constexpr std::size_t shown_lines = 20; // of the log, the last

    // `line`: the name of the line that a call is about; 0: of none.
    void to_provider(const wire::Frame&, std::uint64_t line);
    void from_provider(const wire::Frame&);
    // What is no function of TSPI: a command, another configuration, an end. `what` came of it, `text` with
    // it.
    void note(std::string_view kind, std::string_view what, std::int32_t result, std::string_view text = {});
    void log(const wire::Frame&); // of the kind log

    // So many steps so far; those that came last before the step of that number, oldest first, as records of
    // the trace whose time is that since the life began.
    std::size_t steps() const { return forgotten_ + kept_.size(); }
    std::vector<nlohmann::json> before(std::size_t step) const;
    std::vector<std::string> log_lines() const { return {log_.begin(), log_.end()}; }

  private:
    struct Step {
        trace::EntryHeader header;
        std::vector<std::byte> bytes;
        nlohmann::json record; // of what is no frame
    };
    void keep(trace::Boundary, const wire::Frame&, std::uint64_t line);
    void keep(Step);
    std::uint64_t now_us() const;

    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    std::deque<Step> kept_;
    std::size_t forgotten_ = 0;
    std::deque<std::string> log_;
};

// A step as a line for people: "   0.012  service -> provider  TSPI_lineMakeCall  ...".
std::string text_of_step(const nlohmann::json& record);

} // namespace offhook::certify
