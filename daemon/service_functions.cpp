// SPDX-License-Identifier: Apache-2.0
#include "daemon/service_functions.h"

#include "daemon/dump.h"
#include "daemon/state_records.h"
#include "wire/service.h"

#include <unistd.h>

#include <algorithm>
#include <limits>

namespace offhook::daemon {

using nlohmann::json;
using wire::ServiceFunction;

namespace {

enum class For : std::uint8_t { everybody, administrators };

// Enough for the header and the length of the block.
constexpr std::size_t longest_text = wire::max_frame_size - 64;
// How long a provider may take to say who its calls are with, before the calls are shown without.
constexpr std::uint64_t parties_patience_ms = 500;

// "from" and "limit" ask for a part of a long list. Throws when they are no numbers.
ListPart part_asked_for(const json& request) {
    return {request.value("from", std::size_t{0}),
            request.value("limit", std::numeric_limits<std::size_t>::max())};
}

template <class T> json part_of(const std::vector<T>& list, ListPart asked, json (*as_json)(const T&)) {
    const auto from = std::min(asked.from, list.size());
    const auto count = std::min(asked.limit, list.size() - from);
    json part = json::array();
    for (std::size_t i = from; i < from + count; ++i) part.push_back(as_json(list[i]));
    return part;
}

json line_as_json(const core::LineSnapshot& line) {
    return {{"device", line.device},     {"handle", line.handle}, {"name", line.name},
            {"provider", line.provider}, {"stage", line.stage},   {"opens", line.opens},
            {"calls", line.calls}};
}

json call_as_json(const core::CallSnapshot& call) {
    return {{"call", call.call},        {"device", call.device}, {"provider", call.provider},
            {"state", call.state},      {"mode", call.mode},     {"caller", call.caller},
            {"called", call.called},    {"owners", call.owners}, {"monitors", call.monitors},
            {"requests", call.requests}};
}

} // namespace

struct ServiceFunctions::Row {
    ServiceFunction function;
    For whom;
    Handler handler;
};

const ServiceFunctions::Row* ServiceFunctions::row(std::uint16_t function) {
    using enum ServiceFunction;
    static constexpr Row rows[] = {
        {ServiceFunction::status, For::everybody, &ServiceFunctions::status},
        {ServiceFunction::lines, For::everybody, &ServiceFunctions::lines},
        {ServiceFunction::calls, For::everybody, &ServiceFunctions::calls},
        {ServiceFunction::provider_list, For::everybody, &ServiceFunctions::provider_list},
        {ServiceFunction::provider_install, For::administrators, &ServiceFunctions::provider_install},
        {ServiceFunction::provider_config, For::administrators, &ServiceFunctions::provider_config},
        {ServiceFunction::provider_remove, For::administrators, &ServiceFunctions::provider_remove},
        {ServiceFunction::provider_history, For::everybody, &ServiceFunctions::provider_history},
        {ServiceFunction::provider_fields, For::administrators, &ServiceFunctions::provider_fields},
        {ServiceFunction::provider_command, For::administrators, &ServiceFunctions::provider_command},
        {ServiceFunction::watch, For::administrators, &ServiceFunctions::watch},
        {ServiceFunction::trace, For::everybody, &ServiceFunctions::trace},
        {ServiceFunction::dump, For::administrators, &ServiceFunctions::dump},
    };
    const auto* found = std::ranges::find(rows, static_cast<ServiceFunction>(function), &Row::function);
    return found == std::end(rows) ? nullptr : found;
}

ServiceFunctions::ServiceFunctions(EventLoop& loop, ServiceFacts facts, const Providers& providers,
                                   const ProviderList& list, ProviderChanges& changes, TraceWatch& trace,
                                   FrameTrace& frames, Callbacks callbacks)
    : loop_(loop),
      facts_(std::move(facts)),
      providers_(providers),
      list_(list),
      changes_(changes),
      trace_(trace),
      frames_(frames),
      callbacks_(std::move(callbacks)),
      started_(loop.now()) {}

void ServiceFunctions::handle(const ServiceRequest& request) {
    // The text stays behind: it may hold secrets, and an answer needs only its address.
    const Answer answer = [this, to = ServiceRequest{.application = request.application,
                                                     .peer = {},
                                                     .function = request.function,
                                                     .correlation = request.correlation,
                                                     .text = {}}](const ServiceAnswer& what) {
        callbacks_.answer(to, what);
    };
    const auto* known = row(request.function);
    if (known == nullptr) {
        answer(service_error(LINEERR_OPERATIONUNAVAIL, "the service has no function " +
                                                           std::to_string(request.function) +
                                                           ": it is older than the program that asks"));
        return;
    }
    check_and_run(*known, request, answer);
}

void ServiceFunctions::check_and_run(const Row& known, const ServiceRequest& request, const Answer& answer) {
    if (known.whom == For::administrators && !is_administrator(request.peer)) {
        callbacks_.log(core::Severity::warning, "user " + std::to_string(request.peer.user) +
                                                    " was refused function " +
                                                    std::to_string(request.function));
        answer(service_error(LINEERR_OPERATIONFAILED,
                             "this is for root, the service's own user and the group " +
                                 facts_.administrators + ": become one of them (sudo), or join the group"));
        return;
    }
    try {
        (this->*known.handler)(request, json::parse(request.text), answer);
    } catch (const std::exception& malformed) {
        answer(
            service_error(LINEERR_INVALPARAM, std::string("the request is malformed: ") + malformed.what()));
    }
}

void ServiceFunctions::status(const ServiceRequest&, const json&, const Answer& answer) {
    const auto snapshot = callbacks_.snapshot();
    json applications = json::array();
    for (const auto& application : snapshot.applications) {
        const auto* peer = callbacks_.peer(core::ApplicationId{application.id});
        applications.push_back({{"id", application.id},
                                {"name", application.name},
                                {"user", application.user},
                                {"pid", peer == nullptr ? 0 : peer->process},
                                {"line_apps", application.line_apps}});
    }
    answer({0,
            {{"version", facts_.version},
             {"pid", ::getpid()},
             {"uptime_s", (loop_.now() - started_) / 1000},
             {"socket", facts_.socket},
             {"registry", facts_.registry},
             {"applications", std::move(applications)},
             {"providers", list_.all(snapshot)}}});
}

void ServiceFunctions::lines(const ServiceRequest&, const json& request, const Answer& answer) {
    answer({0, {{"lines", part_of(callbacks_.snapshot().lines, part_asked_for(request), line_as_json)}}});
}

// The providers are asked who the parties are; one that does not answer soon holds nobody up.
void ServiceFunctions::calls(const ServiceRequest&, const json& request, const Answer& answer) {
    calls_questions_.push_back({part_asked_for(request), answer});
    ask_for_parties();
}

void ServiceFunctions::ask_for_parties() {
    if (!parties_patience_.pending())
        parties_patience_ = loop_.after(parties_patience_ms, [this] { answer_with_parties(); });
    callbacks_.learn_parties();
}

void ServiceFunctions::parties_learned() {
    if (!calls_questions_.empty() || !dump_questions_.empty())
        parties_patience_ = loop_.after(0, [this] { answer_with_parties(); });
}

void ServiceFunctions::answer_with_parties() {
    const auto snapshot = callbacks_.snapshot();
    std::map<std::uint32_t, std::string> names;
    for (const auto& line : snapshot.lines) names.emplace(line.device, line.name);
    for (const auto& [asked, answer] : std::exchange(calls_questions_, {})) {
        auto part = part_of(snapshot.calls, asked, call_as_json);
        for (auto& call : part) call["line"] = names[call["device"].get<std::uint32_t>()];
        answer({0, {{"calls", std::move(part)}}});
    }
    for (const auto& answer : std::exchange(dump_questions_, {})) answer_dump(snapshot, answer);
}

void ServiceFunctions::provider_list(const ServiceRequest&, const json&, const Answer& answer) {
    answer({0, {{"providers", list_.all(callbacks_.snapshot())}}});
}

void ServiceFunctions::provider_install(const ServiceRequest& request, const json& body,
                                        const Answer& answer) {
    changes_.install(body, request.peer.user, answer);
}

void ServiceFunctions::provider_config(const ServiceRequest& request, const json& body,
                                       const Answer& answer) {
    changes_.configure(body, request.peer.user, answer);
}

void ServiceFunctions::provider_remove(const ServiceRequest& request, const json& body,
                                       const Answer& answer) {
    changes_.remove(body, request.peer.user, answer);
}

void ServiceFunctions::provider_history(const ServiceRequest&, const json& body, const Answer& answer) {
    changes_.history(body, answer);
}

void ServiceFunctions::provider_fields(const ServiceRequest&, const json& body, const Answer& answer) {
    changes_.fields(body, answer);
}

void ServiceFunctions::provider_command(const ServiceRequest&, const json& body, const Answer& answer) {
    const auto name = body.at("name").get<std::string>();
    const auto& all = providers_.all();
    const auto found =
        std::ranges::find_if(all, [&](const auto& entry) { return entry.second.name == name; });
    if (found == all.end())
        return answer(service_error(LINEERR_NODEVICE, "there is no provider " + name +
                                                          ": 'offhook provider list' shows those there are"));
    callbacks_.command(core::ProviderId{found->first}, body.at("command").get<std::string>(), answer);
}

void ServiceFunctions::watch(const ServiceRequest& request, const json& body, const Answer& answer) {
    std::deque<json> state;
    if (body.value("state", false)) state = state_of(callbacks_.snapshot());
    answer({0, json::object()});
    trace_.watch(request.application, std::move(state));
}

bool ServiceFunctions::is_administrator(const Peer& peer) const {
    return may_administer(peer, group_named(facts_.administrators));
}

void ServiceFunctions::trace(const ServiceRequest& request, const json& body, const Answer& answer) {
    if (!frames_.on())
        return answer(service_error(LINEERR_OPERATIONUNAVAIL,
                                    "no trace is kept: give it memory (bytes in the section [trace] of the "
                                    "service's configuration) and start the service again"));
    FrameTrace::Wish wish;
    if (!is_administrator(request.peer)) wish.only_of = request.peer.user;
    wish.since_us = body.value("since_us", std::uint64_t{0});
    if (body.value("follow", false)) wish.until = FrameTrace::Until::it_ends;
    answer({0, json::object()});
    frames_.read(request.application, wish);
}

void ServiceFunctions::dump(const ServiceRequest&, const json&, const Answer& answer) {
    dump_questions_.push_back(answer);
    ask_for_parties();
}

void ServiceFunctions::answer_dump(const core::Snapshot& snapshot, const Answer& answer) {
    auto whole = dump_of(snapshot, list_.all(snapshot), frames_.violations());
    whole["version"] = facts_.version;
    whole["pid"] = ::getpid();
    whole["uptime_s"] = (loop_.now() - started_) / 1000;
    answer({0, std::move(whole)});
}

std::vector<std::byte> service_frame(std::uint16_t function, std::uint32_t correlation,
                                     const ServiceAnswer& answer) {
    // Names and reasons come from providers: what is not UTF-8 in them is replaced.
    const auto dump = [](const json& body) {
        return body.dump(-1, ' ', false, json::error_handler_t::replace);
    };
    auto result = answer.result;
    auto text = dump(answer.body);
    if (text.size() > longest_text) {
        result = LINEERR_STRUCTURETOOSMALL;
        text = dump(
            {{"error", "the answer is longer than 1 MiB: ask for parts of it with \"from\" and \"limit\""}});
    }
    std::vector<std::byte> frame;
    wire::FrameWriter writer(frame, {.kind = wire::FrameKind::service,
                                     .function = function,
                                     .correlation = correlation,
                                     .result = result});
    writer.utf8(text);
    writer.finish();
    return frame;
}

} // namespace offhook::daemon
