// SPDX-License-Identifier: Apache-2.0
#include "cli/perfetto.h"

#include "cli/rule_number.h"
#include "trace/hexadecimal.h"

namespace offhook::cli {
namespace {

using nlohmann::json;

std::uint64_t number_in(const json& record, const char* key) { return record.value(key, std::uint64_t{0}); }

std::string process_name(const json& record) {
    const auto application = number_in(record, "application");
    if (application != 0) return record.value("program", "application") + " #" + std::to_string(application);
    const auto provider = record.value("provider", "");
    return provider.empty() ? "service" : provider;
}

} // namespace

std::uint64_t PerfettoExport::process(const json& record) {
    const auto [place, added] = processes_.try_emplace(process_name(record), processes_.size() + 1);
    if (added)
        events_.push_back({{"ph", "M"},
                           {"pid", place->second},
                           {"tid", 0},
                           {"name", "process_name"},
                           {"args", {{"name", place->first}}}});
    return place->second;
}

json PerfettoExport::event(const char* phase, const json& record, const std::string& name) {
    const auto in = process(record);
    const auto line = number_in(record, "htline");
    const auto [thread, added] = threads_.try_emplace({in, line});
    if (added) {
        const auto known = record.value("line_name", "");
        thread->second = line == 0 ? "no line" : "line " + (known.empty() ? trace::hexadecimal(line) : known);
        events_.push_back({{"ph", "M"},
                           {"pid", in},
                           {"tid", line},
                           {"name", "thread_name"},
                           {"args", {{"name", thread->second}}}});
    }
    return {{"ph", phase},  {"ts", number_in(record, "time_us")},
            {"pid", in},    {"tid", line},
            {"name", name}, {"args", record.value("fields", json::object())}};
}

void PerfettoExport::begin_slice(const json& record) {
    auto begun = event("X", record, record.at("what"));
    const auto in = begun.at("pid").get<std::uint64_t>();
    slices_[{in, number_in(record, "correlation")}] = {number_in(record, "time_us"), std::move(begun)};
}

void PerfettoExport::end_slice(const json& record) {
    auto found = slices_.extract({process(record), number_in(record, "correlation")});
    if (found.empty()) return;
    auto& slice = found.mapped();
    slice.event["dur"] = number_in(record, "time_us") - slice.since;
    slice.event["args"]["result"] = record.value("result_name", std::to_string(record.value("result", 0)));
    slice.event["args"]["returned"] = record.value("fields", json::object());
    events_.push_back(std::move(slice.event));
}

void PerfettoExport::begin_asynchronous(const char* category, std::uint64_t id, const json& record,
                                        const std::string& name) {
    auto begun = event("b", record, name);
    begun["cat"] = category;
    begun["id"] = trace::hexadecimal(id);
    events_.push_back(begun);
    asynchronous_[{category, id}] = {number_in(record, "time_us"), std::move(begun)};
}

void PerfettoExport::end_asynchronous(const char* category, std::uint64_t id, const json& record) {
    auto found = asynchronous_.extract({category, id});
    if (found.empty()) return;
    auto ended = std::move(found.mapped().event);
    ended["ph"] = "e";
    ended["ts"] = number_in(record, "time_us");
    ended["args"] = {{"result", record.value("result_name", std::to_string(record.value("result", 0)))}};
    events_.push_back(std::move(ended));
}

void PerfettoExport::state_changes(const json& record) {
    const auto call = number_in(record, "htcall");
    const auto state = record.at("fields").value("dwParam1", json());
    end_asynchronous("call", call, record);
    if (state.is_string() && state != "LINECALLSTATE_IDLE") begin_asynchronous("call", call, record, state);
}

void PerfettoExport::take(const json& record) {
    last_time_ = std::max(last_time_, number_in(record, "time_us"));
    const auto kind = record.value("kind", "");
    const auto request = number_in(record, "request");
    if (kind == "provider_call" || kind == "application_call") begin_slice(record);
    if (kind == "provider_call" && request != 0)
        begin_asynchronous("request", request, record, record.at("what"));
    if (kind == "provider_return" || kind == "application_result") end_slice(record);
    if (kind == "provider_return" && request != 0 && record.value("result", 0) < 0)
        end_asynchronous("request", request, record);
    if (kind == "provider_completion") end_asynchronous("request", request, record);
    if (kind == "provider_event" && record.value("what", "") == "LINE_CALLSTATE")
        return state_changes(record);
    const bool is_instant = kind.ends_with("_event") || kind == "session" || kind == "violation" ||
                            kind == "install" || kind == "stuck";
    if (!is_instant) return;
    auto instant = event("i", record, record.value("what", ""));
    instant["s"] = kind.ends_with("_event") ? "t" : "p";
    if (kind == "violation") {
        const auto rule = rule_label(number_in(record, "rule"));
        instant["name"] = rule.empty() ? "unusual" : rule; // as timelines call what no rule forbids
    }
    if (const auto text = record.value("text", ""); !text.empty()) instant["args"]["text"] = text;
    events_.push_back(std::move(instant));
}

// What has not ended by then ends with the trace.
json PerfettoExport::finish() {
    for (auto& [key, open] : slices_) {
        open.event["dur"] = last_time_ - open.since;
        events_.push_back(open.event);
    }
    for (auto& [key, open] : asynchronous_) {
        open.event["ph"] = "e";
        open.event["ts"] = last_time_;
        events_.push_back(open.event);
    }
    return {{"displayTimeUnit", "ms"}, {"traceEvents", std::move(events_)}};
}

} // namespace offhook::cli
