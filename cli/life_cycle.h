// SPDX-License-Identifier: Apache-2.0
//
// The life cycle as the service's trace tells it: session ⊃ line open ⊃ call. Each step becomes a line of
// text, indented by how deep it lies; what ends without having begun, or is left open by what contains it, is
// an error. What was there when the trace began is told by records of kind "state".
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace offhook::cli {

class LifeCycle {
  public:
    // What a record of the trace (wire/service.h, watch) says about the life cycle: nothing or some lines of
    // text.
    std::vector<std::string> take(const nlohmann::json& record);

    bool in_order() const { return in_order_; }
    bool all_closed() const;

  private:
    struct Line {
        std::uint64_t number = 0;                       // for people, in the order in which lines were opened
        std::map<std::uint64_t, std::uint64_t> calls{}; // by HTAPICALL, with a number of their own
        std::string maker{}; // the function that makes calls which are known by their first states only,
        unsigned makes = 0;  // and how many are to come
    };
    struct Session {
        std::map<std::uint64_t, Line> lines; // those that are open, by HTAPILINE
    };
    struct Step;

    void state_was(const Step&);
    void session_step(const Step&);
    void provider_step(const Step&);
    void violation(const Step&);
    void call_begins(const Step&, const std::string& direction);
    void calls_are_made(const Step&);
    void call_ends(const Step&);
    void state_changes(const Step&);
    void line_opens(const Step&);
    void line_closes(const Step&);
    void session_ends(const Step&, const std::string& why);
    void say(unsigned depth, const std::string& text);
    void wrong(const std::string& text);
    void missing(const std::string& text); // wrong, unless its beginning may have been in a lost record
    std::string call_number(const Step&);
    Session* session_of(const Step&);
    Line* line_of(const Step&);

    std::map<std::string, Session> sessions_; // those that run, by provider
    std::uint64_t lines_ = 0, calls_ = 0;
    bool in_order_ = true;
    bool lost_records_ = false;
    std::vector<std::string> text_;
};

} // namespace offhook::cli
