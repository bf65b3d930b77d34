// SPDX-License-Identifier: Apache-2.0
#include "cli/trace_source.h"

#include "cli/output.h"
#include "cli/problem.h"
#include "cli/service.h"
#include "trace/decoder.h"
#include "trace/transfer.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <system_error>

namespace offhook::cli {
namespace {

using nlohmann::json;

constexpr std::string_view doing = "cannot read the trace";

// What the service sends, part by part.
class Parts {
  public:
    explicit Parts(const TakeRecord& take) : take_(take) {}

    // False: that was the last one.
    bool take(const json& part) {
        if (part.contains("names")) take_names(part.at("names"));
        if (const auto lost = part.value("lost", std::uint64_t{0}); lost != 0)
            std::cerr << "offhook: " << lost << " entries were overwritten before they could be read\n";
        if (part.contains("entries")) take_entries(part.at("entries").get_ref<const std::string&>());
        return !part.value("end", false);
    }

  private:
    void take_names(const json& names) {
        for (const auto& session : names.at("sessions")) decoder_.name_session(session.at(0), session.at(1));
        for (const auto& application : names.at("applications"))
            decoder_.name_application(application.at(0), application.at(1));
        for (const auto& call : names.at("calls")) decoder_.name_call(call.at(0), call.at(1), call.at(2));
        for (const auto& line : names.at("lines")) lines_.insert_or_assign(line.at(0), line.at(1));
    }

    void take_entries(const std::string& text) {
        const bool whole =
            trace::for_each_entry(trace::from_hexadecimal(text), [this](const trace::Entry& entry) {
                auto record = decoder_.decode(entry);
                if (record.is_null()) return;
                const auto line = lines_.find(record.at("htline").get<std::uint32_t>());
                if (line != lines_.end()) record["line_name"] = line->second;
                take_(record);
            });
        if (!whole)
            throw service_problem(LINEERR_OPERATIONFAILED, doing, "the service sent what is no trace");
    }

    const TakeRecord& take_;
    trace::Decoder decoder_;
    std::map<std::uint32_t, std::string> lines_;
};

} // namespace

void read_service_trace(std::uint64_t since_us, Follow follow, const TakeRecord& take) {
    Parts parts(take);
    follow_service(wire::ServiceFunction::trace, {{"since_us", since_us}, {"follow", follow == Follow::yes}},
                   doing, [&](const json& part) { return parts.take(part) ? GoOn::yes : GoOn::no; });
}

namespace {

constexpr const char* which_file =
    "name a file that 'offhook trace --all --json' or 'offhook watch --json' wrote";

// A folder can be opened, and is nothing to read.
void open_trace(std::ifstream& file, const std::string& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        throw Problem(Exit::usage, "cannot read " + path + ": it is a folder", which_file);
    file.open(path);
    if (!file)
        throw Problem(Exit::usage, "cannot read " + path + ": " + std::generic_category().message(errno),
                      which_file);
}

} // namespace

void read_saved_trace(const std::string& path, const TakeRecord& take) {
    std::ifstream file;
    if (path != "-") open_trace(file, path);
    auto& from = path == "-" ? std::cin : file;
    std::uint64_t records = 0, unreadable = 0, first_unreadable = 0;
    std::string line;
    for (std::uint64_t number = 1; std::getline(from, line); ++number) {
        if (line.empty()) continue;
        const auto record = json::parse(line, nullptr, false);
        if (record.is_object() && record.contains("kind")) {
            ++records;
            take(record);
        } else if (++unreadable == 1) {
            first_unreadable = number;
        }
    }
    const auto name = path == "-" ? std::string("standard input") : path;
    if (records == 0)
        throw Problem(Exit::usage,
                      name + (unreadable == 0 ? " is empty: there are no records of a trace"
                                              : " is no record of a trace, from line " +
                                                    std::to_string(first_unreadable) + " on"),
                      which_file);
    if (unreadable != 0)
        std::cerr << "offhook: " << printable(name) << ":" << first_unreadable << ": " << unreadable
                  << (unreadable == 1 ? " line is no record" : " lines are no records")
                  << " of a trace, such as one that was cut off, and left out\n";
}

} // namespace offhook::cli
