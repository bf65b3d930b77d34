// SPDX-License-Identifier: Apache-2.0
//
// Rows of characters for a terminal, each with a colour.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace offhook::cli::timeline {

enum class Colour : std::uint8_t { plain, faint, red, green, yellow, blue, magenta, cyan };
enum class Colours : std::uint8_t { none, terminal };

class Row {
  public:
    explicit Row(std::size_t width) : cells_(width) {}

    // What does not fit is cut off. Control characters do not get through.
    void put(std::size_t column, std::string_view text, Colour colour = Colour::plain);
    // From one column up to, but not including, another.
    void fill(std::size_t from, std::size_t to, std::string_view glyph, Colour colour = Colour::plain);
    void write(std::string& to, Colours) const;

  private:
    struct Cell {
        std::string glyph = " ";
        Colour colour = Colour::plain;
    };
    std::vector<Cell> cells_;
};

} // namespace offhook::cli::timeline
