// SPDX-License-Identifier: Apache-2.0
#include "trace/decoder.h"

#include "trace/constants.h"
#include "trace/hexadecimal.h"
#include "trace/messages.h"
#include "wire/dialog.h"
#include "wire/events.h"

#include <algorithm>

namespace offhook::trace {
namespace {

using nlohmann::json;

// Every record has these, and what applies of the others is set.
json empty_record(const EntryHeader& header) {
    return {{"number", header.number},
            {"time_us", header.time_us},
            {"time_ms", header.time_us / 1'000},
            {"kind", ""},
            {"what", ""},
            {"provider", ""},
            {"session", header.session},
            {"application", header.application},
            {"program", ""},
            {"line", 0},
            {"call", 0},
            {"htline", 0},
            {"htcall", 0},
            {"request", 0},
            {"correlation", 0},
            {"result", 0},
            {"text", ""},
            {"parameters", {0, 0, 0}},
            {"fields", json::object()}};
}

void set_result(json& record, std::int32_t result) {
    record["result"] = result;
    if (result < 0) record["result_name"] = error_name(result);
}

template <class Place> void set_provider_place(json& record, const Place& place) {
    record["line"] = record["htline"] = place.line;
    record["call"] = record["htcall"] = place.call;
}

constexpr std::string_view name_of(NoteKind kind) {
    switch (kind) {
    case NoteKind::session: return "session";
    case NoteKind::violation: return "violation";
    case NoteKind::install: return "install";
    case NoteKind::application: return "application";
    case NoteKind::stuck: return "stuck";
    }
    return "unknown";
}

const abi::Function* tspi_row(std::uint16_t function) {
    return function < abi::tspi_functions.size() ? &abi::tspi_functions[function] : nullptr;
}

const abi::Function* tapi_row(std::uint16_t function) {
    return function < abi::tapi_functions.size() ? &abi::tapi_functions[function] : nullptr;
}

std::uint32_t narrow(std::uint64_t handle) { return static_cast<std::uint32_t>(handle); }

// The first parameter whose name begins so, and which is not 0.
std::uint64_t first_of(const abi::Function& row, const Parameters& parameters, std::string_view prefix,
                       std::string_view suffix) {
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto name = row.parameters[i].name;
        if (!name.starts_with(prefix) || !name.ends_with(suffix)) continue;
        if (const auto value = parameters.number(name); value != 0) return value;
    }
    return 0;
}

template <class Visit>
void for_each_of(const abi::Function& row, std::string_view prefix, std::string_view suffix, Visit visit) {
    for (std::size_t i = 0; i < row.count; ++i)
        if (const auto name = row.parameters[i].name; name.starts_with(prefix) && name.ends_with(suffix))
            visit(name);
}

} // namespace

void Decoder::name_session(std::uint32_t session, std::string provider) {
    sessions_[session].provider = std::move(provider);
}

void Decoder::name_application(std::uint32_t application, std::string program) {
    applications_[application].program = std::move(program);
}

void Decoder::name_call(std::uint32_t session, std::uint64_t driver, std::uint32_t call) {
    sessions_[session].calls[driver] = call;
}

json Decoder::decode(const Entry& entry) {
    auto record = empty_record(entry.header);
    if (entry.header.boundary == Boundary::note) {
        decode_note(entry, record);
    } else {
        if (entry.bytes.size() < sizeof(wire::FrameHeader)) return nullptr;
        wire::Frame frame;
        std::memcpy(&frame.header, entry.bytes.data(), sizeof frame.header);
        frame.payload = entry.bytes.subspan(sizeof frame.header);
        decode_frame(entry, frame, record);
    }
    if (record.at("kind").get_ref<const std::string&>().empty()) return nullptr;
    if (entry.header.session != 0 && record.at("provider").get_ref<const std::string&>().empty())
        record["provider"] = sessions_[entry.header.session].provider;
    if (entry.header.application != 0) record["program"] = applications_[entry.header.application].program;
    if (entry.header.whole > entry.header.size && entry.header.size > sizeof(wire::FrameHeader))
        record["text"] = "cut: it has " + std::to_string(entry.header.whole) + " bytes";
    return record;
}

void Decoder::decode_note(const Entry& entry, json& record) {
    Note note;
    if (!read(entry.bytes, note)) return;
    record["kind"] = name_of(note.kind);
    record["what"] = note.what;
    record["provider"] = note.provider;
    record["text"] = note.text;
    if (note.rule != 0) record["rule"] = note.rule;
    record["line"] = record["htline"] = note.line;
    record["call"] = record["htcall"] = note.call;
    record["request"] = note.request;
    const auto& header = entry.header;
    if (note.kind == NoteKind::session && header.session != 0) {
        sessions_[header.session].provider = note.provider;
        if (note.what == "ended" || note.what == "lost") sessions_.erase(header.session);
    }
    if (note.kind != NoteKind::application) return;
    applications_[header.application].program = note.text;
    if (note.what == "gone") applications_[header.application] = {std::string(note.text), {}, {}, {}};
}

void Decoder::decode_frame(const Entry& entry, const wire::Frame& frame, json& record) {
    using wire::FrameKind;
    const auto kind = frame.header.kind;
    record["correlation"] = frame.header.correlation;
    if (kind == FrameKind::dialog) {
        record["kind"] = "application_dialog";
        const bool is_data = frame.header.function == static_cast<std::uint16_t>(wire::DialogFunction::data);
        record["what"] = is_data ? "data" : "end";
        return set_result(record, frame.header.result);
    }
    switch (entry.header.boundary) {
    case Boundary::to_host: return call_into_provider(entry, frame, record);
    case Boundary::from_host:
        if (kind == FrameKind::result) return provider_returned(entry, frame, record);
        if (kind == FrameKind::completion) return request_completed(entry, frame, record);
        return provider_event(entry, frame, record);
    case Boundary::from_application: return application_call(entry, frame, record);
    case Boundary::to_application: return application_result(entry, frame, record);
    case Boundary::to_channel: return application_event(entry, frame, record);
    case Boundary::note: return;
    }
}

// The service's own name of the call that a function is about.
std::uint32_t Decoder::call_named(const Session& session, const Parameters& parameters) const {
    for (const auto& [name, value] : parameters.numbers) {
        if (!name.starts_with("hd") || !name.ends_with("Call")) continue;
        if (const auto known = session.calls.find(value); known != session.calls.end()) return known->second;
    }
    return 0;
}

void Decoder::call_into_provider(const Entry& entry, const wire::Frame& frame, json& record) {
    const auto* row = tspi_row(frame.header.function);
    if (row == nullptr) return;
    auto& session = sessions_[entry.header.session];
    auto parameters = inputs_of(*row, frame.payload);
    Operation operation{.request = narrow(parameters.number("dwRequestID"))};
    for_each_of(*row, "ht", "Call",
                [&](std::string_view name) { operation.created.push_back(narrow(parameters.number(name))); });
    operation.place = {narrow(frame.header.sequence), narrow(first_of(*row, parameters, "ht", "Call"))};
    if (operation.place.call == 0) operation.place.call = call_named(session, parameters);
    record["kind"] = "provider_call";
    record["what"] = row->name;
    record["request"] = operation.request;
    record["parameters"] = {parameters.number("dwDeviceID"), parameters.number("hdLine"),
                            parameters.number("hdCall")};
    record["fields"] = std::move(parameters.shown);
    set_provider_place(record, operation.place);
    const bool is_consequence =
        cause_.boundary == Boundary::from_application && row->name.substr(5) == cause_.function;
    auto& application = applications_[cause_.application];
    if (is_consequence && cause_.invocation.line != 0)
        application.lines[cause_.invocation.line] = operation.place.line;
    if (is_consequence && cause_.invocation.call != 0 && operation.place.call != 0)
        application.calls[cause_.invocation.call] = operation.place.call;
    if (is_consequence && operation.request != 0)
        requests_[operation.request] = {operation.place, cause_.application, 0};
    else if (operation.request != 0) requests_[operation.request] = {operation.place, 0, 0};
    session.operations[frame.header.correlation] = std::move(operation);
}

void Decoder::provider_returned(const Entry& entry, const wire::Frame& frame, json& record) {
    const auto* row = tspi_row(frame.header.function);
    if (row == nullptr) return;
    auto& session = sessions_[entry.header.session];
    const auto operation = session.operations.extract(frame.header.correlation);
    auto outputs = outputs_of(*row, abi::Fill::at_return, frame.payload);
    record["kind"] = "provider_return";
    record["what"] = row->name;
    record["fields"] = std::move(outputs.shown);
    set_result(record, frame.header.result);
    cause_ = {.boundary = Boundary::from_host};
    if (operation.empty()) return;
    const Operation& known = operation.mapped();
    record["request"] = known.request;
    set_provider_place(record, known.place);
    cause_.place = known.place;
    if (frame.header.result < 0) requests_.erase(known.request);
    std::size_t next = 0;
    for_each_of(*row, "lphd", "Call", [&](std::string_view name) {
        if (next >= known.created.size()) return;
        const auto call = known.created[next++];
        if (const auto driver = outputs.number(name); driver != 0 && call != 0) session.calls[driver] = call;
    });
    if (row->name == "TSPI_lineCloseCall")
        std::erase_if(session.calls, [&](const auto& call) { return call.second == known.place.call; });
}

void Decoder::request_completed(const Entry&, const wire::Frame& frame, json& record) {
    const auto* row = tspi_row(frame.header.function);
    record["kind"] = "provider_completion";
    record["what"] = row != nullptr ? row->name : std::string_view("unknown request");
    record["request"] = frame.header.correlation;
    set_result(record, frame.header.result);
    if (row != nullptr) record["fields"] = outputs_of(*row, abi::Fill::at_reply, frame.payload).shown;
    cause_ = {.boundary = Boundary::from_host};
    const auto known = requests_.find(frame.header.correlation);
    if (known == requests_.end()) return;
    set_provider_place(record, known->second.place);
    cause_.place = known->second.place;
    if (known->second.application == 0) requests_.erase(known); // no reply follows
}

void Decoder::provider_event(const Entry& entry, const wire::Frame& frame, json& record) {
    const std::uint32_t message = frame.header.function;
    wire::EventFromHost event;
    if (!wire::read(frame.payload, event)) return;
    const auto* row = message_of(message);
    record["kind"] = "provider_event";
    record["what"] = row != nullptr ? row->name : std::string_view("unknown message");
    record["parameters"] = {event.parameter1, event.parameter2, event.parameter3};
    record["fields"] =
        shown_message(message, {Sender::provider, 0, {event.parameter1, event.parameter2, event.parameter3}});
    const Place place{narrow(event.line), narrow(event.call)};
    set_provider_place(record, place);
    if (message == LINE_NEWCALL && event.call != 0)
        sessions_[entry.header.session].calls[event.parameter1] = place.call;
    cause_ = {.boundary = Boundary::from_host, .place = place};
}

void Decoder::place_in_service(const Application& application, const Invocation& invocation,
                               json& record) const {
    record["line"] = invocation.line;
    record["call"] = invocation.call;
    if (const auto line = application.lines.find(invocation.line); line != application.lines.end())
        record["htline"] = line->second;
    if (const auto call = application.calls.find(invocation.call); call != application.calls.end())
        record["htcall"] = call->second;
}

void Decoder::application_call(const Entry& entry, const wire::Frame& frame, json& record) {
    const auto* row = tapi_row(frame.header.function);
    if (row == nullptr) return;
    auto& application = applications_[entry.header.application];
    auto parameters = inputs_of(*row, frame.payload);
    const Invocation invocation{narrow(parameters.number("hLine")),
                                narrow(first_of(*row, parameters, "h", "Call"))};
    record["kind"] = "application_call";
    record["what"] = row->name;
    record["fields"] = std::move(parameters.shown);
    place_in_service(application, invocation, record);
    application.invocations[frame.header.correlation] = invocation;
    cause_ = {Boundary::from_application, entry.header.application, row->name, invocation, {}};
}

void Decoder::application_result(const Entry& entry, const wire::Frame& frame, json& record) {
    const auto* row = tapi_row(frame.header.function);
    if (row == nullptr) return;
    auto& application = applications_[entry.header.application];
    auto outputs = outputs_of(*row, abi::Fill::at_return, frame.payload);
    record["kind"] = "application_result";
    record["what"] = row->name;
    record["fields"] = std::move(outputs.shown);
    set_result(record, frame.header.result);
    const auto invocation = application.invocations.extract(frame.header.correlation);
    if (!invocation.empty()) place_in_service(application, invocation.mapped(), record);
    if (frame.header.result <= 0 || row->mode != abi::Mode::async) return;
    record["request"] = frame.header.result;
    auto& request = requests_[narrow(static_cast<std::uint64_t>(frame.header.result))];
    request.application = entry.header.application;
    request.function = frame.header.function;
}

void Decoder::application_event(const Entry& entry, const wire::Frame& frame, json& record) {
    const std::uint32_t message = frame.header.function;
    wire::PayloadReader from(frame.payload);
    wire::EventToApplication event;
    if (!wire::read(from, event)) return;
    auto& application = applications_[entry.header.application];
    const auto* row = message_of(message);
    record["kind"] = "application_event";
    record["what"] = row != nullptr ? row->name : std::string_view("unknown message");
    record["parameters"] = {event.parameter1, event.parameter2, event.parameter3};
    record["fields"] = shown_message(
        message, {Sender::service, event.device, {event.parameter1, event.parameter2, event.parameter3}});
    const bool is_call = row != nullptr &&
                         (row->device.starts_with("call") ||
                          (row->device == "line or call handle" && application.calls.contains(event.device)));
    Invocation about{is_call ? 0 : event.device, is_call ? event.device : 0};
    if (message == LINE_APPNEWCALL) {
        about.call = narrow(event.parameter2);
        if (cause_.place.call != 0) application.calls[about.call] = cause_.place.call;
        if (cause_.place.line != 0) application.lines[about.line] = cause_.place.line;
    }
    if (message == LINE_CALLSTATE && cause_.boundary == Boundary::from_host && cause_.place.call != 0)
        application.calls.emplace(about.call, cause_.place.call);
    place_in_service(application, about, record);
    if (message != LINE_REPLY && message != PHONE_REPLY) return;
    record["request"] = narrow(event.parameter1);
    set_result(record, static_cast<std::int32_t>(event.parameter2));
    const auto request = requests_.extract(narrow(event.parameter1));
    if (request.empty()) return;
    record["htline"] = request.mapped().place.line;
    record["htcall"] = request.mapped().place.call;
    const auto* asked = tapi_row(request.mapped().function);
    if (asked == nullptr || from.rest().empty()) return;
    const auto outputs = outputs_of(*asked, abi::Fill::at_reply, frame.payload.subspan(36));
    record["fields"].update(outputs.shown);
    record["text"] = asked->name;
    // The calls that the function made are named in the order in which the provider was asked for them.
    if (const auto created = first_of(*asked, outputs, "lph", "Call");
        created != 0 && request.mapped().place.call != 0 && first_of(*asked, outputs, "h", "Call") == 0) {
        record["call"] = created;
        application.calls[narrow(created)] = request.mapped().place.call;
    }
}

} // namespace offhook::trace
