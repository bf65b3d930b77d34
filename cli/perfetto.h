// SPDX-License-Identifier: Apache-2.0
//
// The trace for viewers of the Chrome trace-event format (ui.perfetto.dev): providers and applications are
// processes, lines their threads; calls of functions are slices, requests and the states of calls
// asynchronous ones.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace offhook::cli {

class PerfettoExport {
  public:
    void take(const nlohmann::json& record);
    // The whole file, once all records have been taken.
    nlohmann::json finish();

  private:
    using Json = nlohmann::json;
    struct Open {
        std::uint64_t since = 0;
        Json event;
    };
    std::uint64_t process(const Json& record);
    Json event(const char* phase, const Json& record, const std::string& name);
    void begin_slice(const Json& record);
    void end_slice(const Json& record);
    void begin_asynchronous(const char* category, std::uint64_t id, const Json& record,
                            const std::string& name);
    void end_asynchronous(const char* category, std::uint64_t id, const Json& record);
    void state_changes(const Json& record);

    Json events_ = Json::array();
    std::map<std::string, std::uint64_t> processes_; // by name
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> threads_;
    std::map<std::pair<std::uint64_t, std::uint64_t>, Open> slices_; // by process and correlation
    std::map<std::pair<std::string, std::uint64_t>, Open> asynchronous_;
    std::uint64_t last_time_ = 0;
};

} // namespace offhook::cli
