// SPDX-License-Identifier: Apache-2.0
//
// What is dialed, and what is refused before anything is: R178, R179. Numbers are people's: none is told.
#include "rules/table.h"

#include "trace/constants.h"

namespace offhook::rules {
namespace {

using abi::Tspi;

// A call that waited for a number and has gone on since. One that was dialed before goes on by itself.
bool has_gone_on(const Request& request, const Books& books) {
    constexpr auto of_dialing = LINECALLSTATE_DIALING | LINECALLSTATE_PROCEEDING | LINECALLSTATE_RINGBACK;
    const Call* call = books.call(request.calls[0]);
    return call != nullptr && request.state == LINECALLSTATE_DIALTONE && (call->state & of_dialing) != 0;
}

// R178, R179: a modifier that the line has nothing for is refused, by its own error, before anything is
// dialed. Whatever else is wrong may be told first.
template <std::uint16_t Number> Verdict modifier_is_refused(const Observation& seen, const Books& books) {
    const auto found = books.requests.find(seen.request);
    if (found == books.requests.end() || found->second.unsupported.modifier == nullptr) return {};
    const auto& request = found->second;
    const auto& [modifier, among_digits] = request.unsupported;
    if (modifier->rule != Number || (seen.step == Step::returned && seen.result >= 0)) return {};
    const auto character = std::string{'\'', static_cast<char>(modifier->character), '\''};
    const auto function = std::string(request.call.row().name);
    if (seen.result == 0)
        return Verdict::broken(function + " dialed a number with " + character +
                               (modifier->flag == 0 ? ", which is to be refused with "
                                                    : ", which the line has nothing for: refuse it with ") +
                               trace::error_name(modifier->error));
    if (seen.result != modifier->error)
        return among_digits && is_about_the_dial_string(seen.result)
                   ? Verdict::broken(function + " refused a number with " + character + " as " +
                                     trace::error_name(seen.result) + ", not " +
                                     trace::error_name(modifier->error))
                   : Verdict{};
    if (has_gone_on(request, books))
        return Verdict::broken(function + " refused a number with " + character + ", and the call is " +
                               state_text(books.call(request.calls[0])->state) + " already");
    return Verdict::kept();
}

constexpr auto dials = one_of<Tspi::lineMakeCall, Tspi::lineDial>;

constexpr std::array table{
    Rule{178, Step::returned, dials, modifier_is_refused<178>},
    Rule{178, Step::completed, dials, modifier_is_refused<178>},
    Rule{179, Step::returned, dials, modifier_is_refused<179>},
    Rule{179, Step::completed, dials, modifier_is_refused<179>},
};

} // namespace

std::span<const Rule> dialing_rules() { return table; }

} // namespace offhook::rules
