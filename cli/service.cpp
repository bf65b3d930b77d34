// SPDX-License-Identifier: Apache-2.0
#include "cli/service.h"

#include "cli/problem.h"

#include "offhook/service.h"

#include <nlohmann/json.hpp>

#include <exception>
#include <memory>

namespace offhook::cli {
namespace {

using nlohmann::json;

// The answer of one of the library's functions, which fills in a text that is to be freed.
template <class Function> json answer_of(Function function, std::int32_t& result) {
    char* text = nullptr;
    result = function(&text);
    const std::unique_ptr<char, void (*)(char*)> owner(text, offhook_service_free);
    return text == nullptr ? json::object() : json::parse(text, nullptr, false);
}

std::string reason_in(const json& answer) { return answer.is_object() ? answer.value("error", "") : ""; }

struct Following {
    const std::function<GoOn(const json&)>& take;
    std::exception_ptr failure; // thrown by `take`; an exception does not cross the library
};

int take_answer(void* context, const char* text) {
    auto& following = *static_cast<Following*>(context);
    try {
        return following.take(json::parse(text)) == GoOn::yes ? 0 : 1;
    } catch (...) {
        following.failure = std::current_exception();
        return 1;
    }
}

} // namespace

json ask(wire::ServiceFunction function, const json& request, std::string_view doing) {
    std::int32_t result = 0;
    const auto text = request.dump(-1, ' ', false, json::error_handler_t::replace);
    auto answer = answer_of(
        [&](char** room) { return offhook_service_call(static_cast<WORD>(function), text.c_str(), room); },
        result);
    if (result != 0) throw service_problem(result, doing, reason_in(answer));
    if (!answer.is_object())
        throw service_problem(LINEERR_OPERATIONFAILED, doing, "the service's answer is no JSON object");
    return answer;
}

json ask_list(wire::ServiceFunction function, const char* list, std::string_view doing) {
    constexpr std::size_t at_once = 1'000;
    json whole = json::array();
    for (;;) {
        auto answer = ask(function, {{"from", whole.size()}, {"limit", at_once}}, doing);
        const auto part = answer.value(list, json::array());
        whole.insert(whole.end(), part.begin(), part.end());
        if (part.size() < at_once) return whole;
    }
}

void follow_service(wire::ServiceFunction function, const json& request, std::string_view doing,
                    const std::function<GoOn(const json&)>& take) {
    ask(wire::ServiceFunction::lines, {{"limit", 0}},
        doing); // tells a service that does not run from one that ends
    Following following{take, nullptr};
    std::int32_t result = 0;
    const auto text = request.dump();
    const auto answer = answer_of(
        [&](char** room) {
            return offhook_service_follow(static_cast<WORD>(function), text.c_str(), take_answer, &following,
                                          room);
        },
        result);
    if (following.failure) std::rethrow_exception(following.failure);
    if (result != 0 && result != LINEERR_SERVICE_NOT_RUNNING)
        throw service_problem(result, doing, reason_in(answer));
}

void watch_service(WatchFrom from, const std::function<void(const json&)>& record) {
    follow_service(wire::ServiceFunction::watch, {{"state", from == WatchFrom::what_is}},
                   "cannot watch the service", [&](const json& one) {
                       record(one);
                       return GoOn::yes;
                   });
}

} // namespace offhook::cli
