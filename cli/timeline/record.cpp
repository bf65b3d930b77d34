// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/record.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <istream>

namespace offhook::cli::timeline {
namespace {

using nlohmann::json;

std::string text(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Wrong types count as absent: a timeline of most of a trace is better than none.
template <class Number> Number number(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<Number>() : Number{0};
}

// Times that no trace can be of would not be numbers of a drawing either.
std::int64_t time(const json& object, const char* key, std::int64_t us_per_unit) {
    constexpr std::int64_t latest = 4'000'000'000'000'000; // in the year 2096
    return std::clamp<std::int64_t>(number<std::int64_t>(object, key), 0, latest / us_per_unit) * us_per_unit;
}

} // namespace

Record to_record(const json& object) {
    Record record;
    record.us = object.contains("time_us") ? time(object, "time_us", 1) : time(object, "time_ms", 1'000);
    record.kind = text(object, "kind");
    record.what = text(object, "what");
    record.provider = text(object, "provider");
    record.text = text(object, "text");
    record.line_name = text(object, "line_name");
    record.line = number<std::uint64_t>(object, "line");
    record.call = number<std::uint64_t>(object, "call");
    record.request = number<std::uint64_t>(object, "request");
    record.rule = number<std::uint64_t>(object, "rule");
    record.session = number<std::uint64_t>(object, "session");
    record.result = number<std::int64_t>(object, "result");
    if (const auto list = object.find("parameters"); list != object.end() && list->is_array())
        for (std::size_t i = 0; i < std::min(record.parameters.size(), list->size()); ++i)
            if ((*list)[i].is_number_integer()) record.parameters[i] = (*list)[i].get<std::uint64_t>();
    if (const auto fields = object.find("fields"); fields != object.end() && fields->is_object())
        record.destination = text(*fields, "lpszDestAddress");
    return record;
}

Records read_records(std::istream& from) {
    Records read;
    for (std::string line; std::getline(from, line);) {
        if (line.empty()) continue;
        const auto object = json::parse(line, nullptr, false);
        if (object.is_object() && object.contains("kind")) read.records.push_back(to_record(object));
        else ++read.unreadable;
    }
    return read;
}

} // namespace offhook::cli::timeline
