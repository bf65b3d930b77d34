// SPDX-License-Identifier: Apache-2.0
//
// One record of the service's trace, as 'offhook --json watch' prints it. What a record lacks is 0 or empty,
// so that traces of older and newer services can be read alike.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace offhook::cli::timeline {

struct Record {
    std::int64_t us = 0; // since 1970
    std::string kind{}, what{}, provider{}, text{};
    std::uint64_t line = 0, call = 0, request = 0, rule = 0, session = 0;
    std::int64_t result = 0;
    std::array<std::uint64_t, 3> parameters{};
    std::string line_name{};   // if the trace tells
    std::string destination{}; // of a call that is made: the number dialed, if the trace tells

    bool is(const char* of_kind, const char* name) const { return kind == of_kind && what == name; }
};

Record to_record(const nlohmann::json&);

// What a file of records holds. Lines that are no records, such as one that was cut off, are counted and left
// out.
struct Records {
    std::vector<Record> records;
    std::size_t unreadable = 0;
};
Records read_records(std::istream&);

} // namespace offhook::cli::timeline
