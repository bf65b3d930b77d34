// SPDX-License-Identifier: Apache-2.0
//
// Asynchronous requests: R043, R046, R049, R051, R052, R057.
#include "rules/table.h"

namespace offhook::rules {
namespace {

using abi::Tspi;

// With the function that it was made by, as long as that is known.
std::string request(std::uint32_t id, const Books& books) {
    const auto function = books.asked.function_of(id);
    return "request " + hex(id) +
           (function ? " (" + std::string(abi::row(static_cast<Tspi>(*function)).name) + ")" : std::string());
}
std::string request(const Observation& seen, const Books& books) { return request(seen.request, books); }

// R043: an asynchronous function returns an error or the id of its request.
Verdict returns_its_request(const Observation& seen, const Books&) {
    if (seen.result < 0 || seen.result == static_cast<std::int32_t>(seen.request)) return Verdict::kept();
    return Verdict::broken(std::string(seen.row->name) + " returned " + std::to_string(seen.result) +
                           " for request " + hex(seen.request));
}

// R046: a request completes once. What was refused is R051's, what nobody made R052's.
Verdict completes_once(const Observation& seen, const Books& books) {
    if (books.requests.contains(seen.request)) return Verdict::kept();
    if (books.refused.has(seen.request)) return {};
    if (books.completed.has(seen.request))
        return Verdict::broken(request(seen, books) + " was completed twice");
    if (books.requests.empty()) return {};
    return Verdict::broken(request(seen, books) + " was completed, which is not outstanding; " +
                           request(books.requests.begin()->first, books) + " is");
}

// R046: it does complete.
Verdict completes_in_the_end(const Observation&, const Books& books) {
    for (const auto& [id, outstanding] : books.requests)
        if (outstanding.returned)
            return Verdict::broken(request(id, books) + " is not completed, and nothing more happens");
    return {};
}

// R049: a completion's result is 0 or an error.
Verdict results_are_zero_or_errors(const Observation& seen, const Books& books) {
    if (seen.result <= 0) return Verdict::kept();
    return Verdict::broken(request(seen, books) + " was completed with " + std::to_string(seen.result));
}

// R051: no completion follows an error.
Verdict refused_is_over(const Observation& seen, const Books& books) {
    if (!books.refused.has(seen.request)) return Verdict::kept();
    return Verdict::broken(request(seen, books) + " was refused, and was completed all the same");
}

// Nor does it come before the error.
Verdict completed_is_not_refused(const Observation& seen, const Books& books) {
    if (seen.result >= 0 || !books.completed.has(seen.request)) return {};
    return Verdict::broken(std::string(seen.row->name) + " returned an error for " + request(seen, books) +
                           ", which was completed before");
}

// R052: functions that are not asynchronous complete nothing.
Verdict nothing_else_completes(const Observation& seen, const Books& books) {
    if (books.requests.contains(seen.request)) return Verdict::kept();
    if (!books.requests.empty() || books.completed.has(seen.request) || books.refused.has(seen.request))
        return {};
    return Verdict::broken(request(seen, books) + " was completed, which nobody made");
}

// R057: a new call is known, by its request, no later than it proceeds.
Verdict call_is_known_in_time(const Observation& seen, const Books& books) {
    if (seen.function() != Tspi::lineMakeCall || seen.result != 0) return {};
    const auto found = books.requests.find(seen.request);
    if (found == books.requests.end()) return {};
    for (const auto name : found->second.creates) {
        const Call* call = books.call(name);
        constexpr auto in_time = LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING | LINECALLSTATE_PROCEEDING;
        if (call != nullptr && call->state != 0 && (call->state & in_time) == 0)
            return Verdict::broken(request(seen, books) + " was completed when the call was " +
                                   state_text(call->state) + " already");
    }
    return Verdict::kept();
}

constexpr std::array table{
    Rule{43, Step::returned, asynchronous, returns_its_request},
    Rule{46, Step::completed, every, completes_once},
    Rule{46, Step::quiet, every, completes_in_the_end},
    Rule{49, Step::completed, every, results_are_zero_or_errors},
    Rule{51, Step::completed, every, refused_is_over},
    Rule{51, Step::returned, asynchronous, completed_is_not_refused},
    Rule{52, Step::completed, every, nothing_else_completes},
    Rule{57, Step::completed, every, call_is_known_in_time},
};

} // namespace

std::span<const Rule> request_rules() { return table; }

} // namespace offhook::rules
