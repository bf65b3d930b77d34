// SPDX-License-Identifier: Apache-2.0
#include "cli/output.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace offhook::cli {
namespace {

// Columns on a terminal: bytes that do not continue a UTF-8 character.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

} // namespace

std::string printable(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        // U+0080 to U+009F control a terminal as well; in UTF-8 they are 0xC2 0x80 to 0xC2 0x9F.
        const bool upper_control =
            byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        result += byte < 0x20 || byte == 0x7F || upper_control ? '?' : text[i];
        if (upper_control) ++i;
    }
    return result;
}

void Table::add(std::vector<std::string> cells) {
    for (auto& text : cells) text = printable(text);
    cells.resize(rows_.front().size());
    rows_.push_back(std::move(cells));
}

void Table::print(std::ostream& to) const {
    std::vector<std::size_t> widths(rows_.front().size());
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += row[i] + std::string(widths[i] + 2 - width(row[i]), ' ');
        line.erase(line.find_last_not_of(' ') + 1);
        to << line << '\n';
    }
}

std::string cell(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return "-";
    if (!found->is_string()) return found->dump();
    const auto text = found->get<std::string>();
    return text.empty() ? "-" : text;
}

std::string duration(std::uint64_t seconds) {
    const auto pair = [](std::uint64_t large, const char* unit, std::uint64_t small, const char* small_unit) {
        std::string text = std::to_string(large) + " " + unit;
        if (small != 0) text += " " + std::to_string(small) + " " + small_unit;
        return text;
    };
    if (seconds < 60) return std::to_string(seconds) + " s";
    if (seconds < 3'600) return pair(seconds / 60, "min", seconds % 60, "s");
    if (seconds < 86'400) return pair(seconds / 3'600, "h", seconds / 60 % 60, "min");
    return pair(seconds / 86'400, "d", seconds / 3'600 % 24, "h");
}

void print_json(std::ostream& to, const nlohmann::json& value) {
    to << value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << std::endl;
}

} // namespace offhook::cli
