// SPDX-License-Identifier: Apache-2.0
//
// What the command prints: columns for people, JSON for programs. No colours and no control sequences, so
// that it is the same on a terminal and in a file; only a timeline has colours, which on a terminal alone add
// to it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace offhook::cli {

enum class Format : std::uint8_t { people, json };

// Text that came from outside, such as a caller's name: control characters become '?', so that it cannot
// steer a terminal. Malformed UTF-8 is cleaned by the JSON layer and the client library.
std::string printable(std::string_view text);

class Table {
  public:
    explicit Table(std::vector<std::string> titles) : rows_{std::move(titles)} {}
    void add(std::vector<std::string> cells);
    bool empty() const { return rows_.size() == 1; }
    // Columns are as wide as their widest cell, two blanks apart.
    void print(std::ostream&) const;

  private:
    std::vector<std::vector<std::string>> rows_;
};

// A member of an object as text, and "-" when it is absent or empty.
std::string cell(const nlohmann::json& object, const char* key);

// "1 d 2 h", "3 min 20 s".
std::string duration(std::uint64_t seconds);

// One JSON text on a line of its own, sent at once: a reader at the other end of a pipe sees each event as it
// comes.
void print_json(std::ostream&, const nlohmann::json&);

} // namespace offhook::cli
