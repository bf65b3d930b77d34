// SPDX-License-Identifier: Apache-2.0
#include "certify/traffic.h"

#include "offhook_provider.h"
#include "trace/constants.h"
#include "trace/decoder.h"
#include "trace/record_text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>

namespace offhook::certify {
namespace {

constexpr std::size_t most_steps = 2'000; // what a step is about may have begun long before
constexpr std::size_t longest_kept = 4'096, longest_line = 400;
constexpr std::uint32_t the_session = 1;

bool is_a_step(wire::FrameKind kind) {
    using enum wire::FrameKind;
    return kind == call || kind == result || kind == completion || kind == event;
}

constexpr std::string_view name_of_severity(std::uint32_t severity) {
    switch (severity) {
    case OFFHOOK_LOG_ERROR: return "error: ";
    case OFFHOOK_LOG_WARNING: return "warning: ";
    case OFFHOOK_LOG_INFO: return "info: ";
    default: return "debug: ";
    }
}

void widen(std::string& cell, std::size_t width) {
    if (cell.size() < width) cell.resize(width, ' ');
}

} // namespace

std::uint64_t Traffic::now_us() const {
    const auto passed = std::chrono::steady_clock::now() - begun_;
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(passed).count());
}

void Traffic::to_provider(const wire::Frame& frame, std::uint64_t line) {
    keep(trace::Boundary::to_host, frame, line);
}

void Traffic::from_provider(const wire::Frame& frame) { keep(trace::Boundary::from_host, frame, 0); }

// In the service the lane of a call is the name of its line, and the decoder takes it as that.
void Traffic::keep(trace::Boundary boundary, const wire::Frame& frame, std::uint64_t line) {
    if (!is_a_step(frame.header.kind)) return;
    auto header = frame.header;
    if (header.kind == wire::FrameKind::call) header.sequence = line;
    Step step;
    step.header = {.number = steps(), .time_us = now_us(), .session = the_session, .boundary = boundary};
    const auto payload = frame.payload.first(std::min(frame.payload.size(), longest_kept));
    const auto head = std::as_bytes(std::span(&header, 1));
    step.bytes.assign(head.begin(), head.end());
    step.bytes.insert(step.bytes.end(), payload.begin(), payload.end());
    step.header.size = step.header.whole = static_cast<std::uint32_t>(step.bytes.size());
    keep(std::move(step));
}

void Traffic::keep(Step step) {
    kept_.push_back(std::move(step));
    if (kept_.size() <= most_steps) return;
    kept_.pop_front();
    ++forgotten_;
}

void Traffic::note(std::string_view kind, std::string_view what, std::int32_t result, std::string_view text) {
    Step step;
    step.record = {{"kind", kind}, {"what", what}, {"result", result}, {"text", text}, {"time_us", now_us()}};
    if (result < 0) step.record["result_name"] = trace::error_name(result);
    keep(std::move(step));
}

void Traffic::log(const wire::Frame& frame) {
    wire::PayloadReader from(frame.payload);
    const auto severity = from.number();
    const auto text = from.utf8();
    if (!from.finished()) return;
    log_.push_back(std::string(name_of_severity(severity)) + std::string(text.substr(0, longest_line)));
    if (log_.size() > shown_lines) log_.pop_front();
}

std::vector<nlohmann::json> Traffic::before(std::size_t step) const {
    trace::Decoder decoder;
    decoder.name_session(the_session, "provider");
    std::deque<nlohmann::json> last;
    auto number = forgotten_;
    for (const auto& kept : kept_) {
        if (number++ >= step) break;
        auto record = kept.record.is_null() ? decoder.decode({kept.header, kept.bytes}) : kept.record;
        if (record.is_null()) continue;
        last.push_back(std::move(record));
        if (last.size() > shown) last.pop_front();
    }
    return {last.begin(), last.end()};
}

std::string text_of_step(const nlohmann::json& record) {
    constexpr std::size_t width_of_who = 20, width_of_what = 22, widest = 300; // structures have many fields
    constexpr double microseconds = 1'000'000;
    std::array<char, 24> time{};
    std::snprintf(time.data(), time.size(), "%8.3f  ",
                  static_cast<double>(record.value("time_us", std::uint64_t{0})) / microseconds);
    auto who = trace::who_of(record), what = record.value("what", "");
    widen(who, width_of_who);
    widen(what, width_of_what);
    auto line = time.data() + who + "  " + what + "  " + trace::handles_of(record) +
                trace::fields_of(record) + trace::result_of(record);
    if (const auto text = record.value("text", ""); !text.empty()) line += "  " + text;
    line.erase(line.find_last_not_of(' ') + 1);
    if (line.size() > widest) line = line.substr(0, widest) + "...";
    return line;
}

} // namespace offhook::certify
