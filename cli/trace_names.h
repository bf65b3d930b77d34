// SPDX-License-Identifier: Apache-2.0
//
// What a trace's filters can name: what the service has now, and what the records tell of.
#pragma once

#include "cli/trace_filter.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace offhook::cli {

struct Problem;

class TraceNames {
  public:
    void take_record(const nlohmann::json&);
    void ask_service(); // its providers, lines and calls
    // What the filter names and nothing here has; nothing: all of it is known.
    std::optional<Problem> unknown_in(const TraceFilter&) const;

  private:
    std::set<std::string> providers_, lines_, programs_;
    std::set<std::uint64_t> line_handles_, call_handles_, applications_;
};

// Throws a Problem when the filter names a rule, a function or a message that no table has, or a handle that
// is no number.
void check_words(const TraceFilter&);

} // namespace offhook::cli
