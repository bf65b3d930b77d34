// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/looks.h"

#include "cli/names.h"
#include "cli/rule_number.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace offhook::cli::timeline {
namespace {

struct Look {
    std::uint64_t state;
    char letter;
    std::string_view fill;
    StateGroup group;
};

constexpr std::array<Look, 16> looks{{
    {LINECALLSTATE_IDLE, 'I', "#d5d8dd", StateGroup::over},
    {LINECALLSTATE_OFFERING, 'O', "#ffd166", StateGroup::arriving},
    {LINECALLSTATE_ACCEPTED, 'A', "#f9b04d", StateGroup::arriving},
    {LINECALLSTATE_DIALTONE, 'T', "#d3eafd", StateGroup::dialing},
    {LINECALLSTATE_DIALING, 'D', "#a9d6fb", StateGroup::dialing},
    {LINECALLSTATE_RINGBACK, 'R', "#74b9f4", StateGroup::dialing},
    {LINECALLSTATE_BUSY, 'B', "#f4917c", StateGroup::trouble},
    {LINECALLSTATE_SPECIALINFO, 'S', "#f2a7c0", StateGroup::trouble},
    {LINECALLSTATE_CONNECTED, 'C', "#6fcf86", StateGroup::connected},
    {LINECALLSTATE_PROCEEDING, 'P', "#bcc8fa", StateGroup::dialing},
    {LINECALLSTATE_ONHOLD, 'H', "#cfa9ea", StateGroup::held},
    {LINECALLSTATE_CONFERENCED, 'F', "#4fc3b5", StateGroup::conferenced},
    {LINECALLSTATE_ONHOLDPENDCONF, 'h', "#c4b5f2", StateGroup::held},
    {LINECALLSTATE_ONHOLDPENDTRANSFER, 'x', "#dcb8dd", StateGroup::held},
    {LINECALLSTATE_DISCONNECTED, 'X', "#c3b3a8", StateGroup::over},
    {LINECALLSTATE_UNKNOWN, '?', "#e3e3c8", StateGroup::unknown},
}};

constexpr std::uint64_t predefined = 0x00FF'FFFF; // the rest of a state is the provider's own

std::string broken_down(std::int64_t us, const char* format) {
    const auto seconds = static_cast<std::time_t>(us / 1'000'000);
    const auto rest = static_cast<unsigned>(us % 1'000'000);
    std::tm local{};
    localtime_r(&seconds, &local);
    std::array<char, 64> text{};
    const auto length = std::strftime(text.data(), text.size(), format, &local);
    std::snprintf(text.data() + length, text.size() - length, rest % 1'000 == 0 ? ".%03u" : ".%06u",
                  rest % 1'000 == 0 ? rest / 1'000 : rest);
    return text.data();
}

std::string hexadecimal(std::uint64_t number) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "0x%llx", static_cast<unsigned long long>(number));
    return text.data();
}

std::string counted(std::size_t count, const char* one, const char* several) {
    return std::to_string(count) + " " + (count == 1 ? one : several);
}

} // namespace

StateLook look_of(std::uint64_t state) {
    const auto* const found = std::ranges::find(looks, state & predefined, &Look::state);
    if (found == looks.end()) return {.name = hexadecimal(state), .fill = "#e3e3c8"};
    return {.name = state_name(state), .letter = found->letter, .fill = found->fill, .group = found->group};
}

std::string explained(const State& state) {
    const auto name = look_of(state.state).name;
    return state.mode != 0 ? name + " (" + disconnect_name(state.mode) + ")" : name;
}

std::string_view requirement(std::uint64_t rule) { return requirement_of(rule); }

std::string label(const Mark& mark) {
    switch (mark.kind) {
    case MarkKind::broken_rule: return rule_label(mark.rule);
    case MarkKind::remark: return "unusual";
    case MarkKind::stuck: return "stuck";
    case MarkKind::crash: return "lost";
    case MarkKind::refused: return "not opened";
    case MarkKind::change: return mark.text == "configured" ? "configured" : "change";
    case MarkKind::lost: return "gap";
    }
    return {};
}

std::string label(const Call& call) {
    auto text = "call " + std::to_string(call.number);
    if (!call.destination.empty()) text += " to " + call.destination;
    return text;
}

std::string time_of_day(std::int64_t us) { return broken_down(us, "%H:%M:%S"); }
std::string date_and_time(std::int64_t us) { return broken_down(us, "%Y-%m-%d %H:%M:%S"); }

std::string location(const Timeline& timeline, const Place& provider, const Place& track, const Place& call) {
    std::string text;
    if (call) text += label(timeline.calls[*call]);
    if (track) text += (text.empty() ? "" : " on ") + timeline.tracks[*track].name();
    if (provider) text += (text.empty() ? "" : " of ") + timeline.providers[*provider].name;
    return text;
}

std::string summary(const Timeline& timeline) {
    std::string names;
    for (const auto& provider : timeline.providers) names += (names.empty() ? "" : ", ") + provider.name;
    const auto broken =
        static_cast<std::size_t>(std::ranges::count(timeline.marks, MarkKind::broken_rule, &Mark::kind));
    const auto devices = [&](Device device) {
        return static_cast<std::size_t>(std::ranges::count(timeline.tracks, device, &Track::device));
    };
    auto text = names + ": " + counted(timeline.sessions.size(), "session", "sessions");
    if (const auto lines = devices(Device::line); lines != 0) text += ", " + counted(lines, "line", "lines");
    if (const auto phones = devices(Device::phone); phones != 0)
        text += ", " + counted(phones, "phone", "phones");
    text += ", " + counted(timeline.calls.size(), "call", "calls") + ", " +
            counted(timeline.requests.size(), "request", "requests");
    if (broken != 0) text += ", " + counted(broken, "broken rule", "broken rules");
    return text;
}

std::size_t columns(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) == 0x80) continue;
        // From U+3000 on, most characters are wide; emoji are as well.
        count += byte >= 0xE3 && byte != 0xEF ? 2 : 1;
    }
    return count;
}

std::string shortened_in_middle(std::string_view text, std::size_t most_columns, std::string_view ellipsis) {
    if (columns(text) <= most_columns) return std::string(text);
    if (most_columns < columns(ellipsis)) return {};
    const auto kept = most_columns - columns(ellipsis), at_end = kept / 2;
    const auto begins = [&](std::size_t byte) {
        return byte == text.size() || (static_cast<unsigned char>(text[byte]) & 0xC0) != 0x80;
    };
    std::size_t head = text.size(), tail = 0; // where what is left out begins and ends
    while (!begins(head) || columns(text.substr(0, head)) > kept - at_end) --head;
    while (!begins(tail) || columns(text.substr(tail)) > at_end) ++tail;
    return std::string(text.substr(0, head)) + std::string(ellipsis) + std::string(text.substr(tail));
}

} // namespace offhook::cli::timeline
