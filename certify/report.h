// SPDX-License-Identifier: Apache-2.0
//
// What certifying a provider has shown: each rule that is watched, whether the provider kept it, broke it, or
// never came to it.
#pragma once

#include "certify/life.h"
#include "certify/script.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace offhook::certify {

// What went wrong in a life, with the shortest script that still shows it.
struct Finding {
    std::uint16_t rule = 0; // 0: the provider ended the session, by a crash or by not returning
    std::string did;
    Script script;
    std::string where;                      // the life that showed it first
    std::vector<nlohmann::json> steps = {}; // that led there, oldest first (certify/traffic.h)
    std::vector<std::string> log = {};      // what the provider logged in that life, the last lines
};

struct Report {
    std::string provider;
    std::uint64_t seed = 0;
    std::size_t lives = 0, sessions = 0, steps = 0;
    std::map<std::uint16_t, rules::Monitor::Count> counts;
    std::vector<Finding> findings;                  // one for each rule
    std::map<std::uint16_t, std::string> contested; // what is right by another page, by rule
    std::size_t devices = 0; // the most lines and phones that a session had; 0: nothing could be certified

    std::set<abi::Tspi> missing; // functions that it needs for the devices that it has, and does not export

    CommandTally commands;
    bool called_outside = false; // numbers besides the provider's own
    std::string command;         // how to run this again, but for --replay; empty: it is not known
    std::vector<Undone> undone;  // of a replay
    std::string ended_early;     // why not every life was lived; empty: they were

    bool clean() const; // nothing was broken, and what was asked for was done
};

// Why a rule is not exercised: what it would need.
std::string_view needed_for(std::uint16_t rule);

// For people. What was kept is counted, or listed as well.
enum class Listing : std::uint8_t { what_matters, every_rule };
void print(std::ostream&, const Report&, Listing = Listing::what_matters);
nlohmann::json to_json(const Report&);
void print_junit(std::ostream&, const Report&); // JUnit XML: a test case for each rule

} // namespace offhook::certify
