// SPDX-License-Identifier: Apache-2.0
#include "cli/application.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace offhook::cli {
namespace {

constexpr DWORD oldest_version = 0x00010004, newest_version = 0x00020002;

// The media modes in which the command makes and answers calls, of those that the line carries.
DWORD voice_modes(const LineDevice& line) {
    return line.media_modes & (LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE);
}

std::string describing(DWORD id) { return "cannot describe line " + std::to_string(id); }

// Errors that say nothing of a line: each other would have them too.
bool is_of_all_lines(LONG error) {
    constexpr std::array errors{LINEERR_SERVICE_NOT_RUNNING, LINEERR_UNINITIALIZED, LINEERR_INVALAPPHANDLE,
                                LINEERR_REINIT, LINEERR_NOMEM};
    return std::ranges::find(errors, error) != errors.end();
}

// The line is gone, or its provider is and may come back.
bool is_away(LONG error) {
    return error == LINEERR_NODEVICE || error == LINEERR_NODRIVER || error == LINEERR_RESOURCEUNAVAIL;
}

std::optional<DWORD> number_in(const std::string& text) {
    DWORD number = 0;
    const char* end = text.data() + text.size();
    if (text.empty() || std::from_chars(text.data(), end, number).ptr != end) return std::nullopt;
    return number;
}

using Candidates = std::vector<const LineDevice*>;

// Of those that are described.
template <class Predicate> Candidates those(const std::vector<LineDevice>& all, Predicate is_wanted) {
    Candidates found;
    for (const auto& line : all)
        if (line.error == 0 && is_wanted(line)) found.push_back(&line);
    return found;
}

Problem ambiguous(const std::string& word, const char* have_it, const Candidates& lines) {
    std::string numbers;
    for (const auto* line : lines) numbers += (numbers.empty() ? "" : ", ") + std::to_string(line->id);
    return {Exit::usage,
            std::to_string(lines.size()) + " lines " + have_it + " '" + word + "': the lines " + numbers,
            "choose one by its number: 'offhook lines' shows whose each is"};
}

Problem no_such(const std::string& word, const std::vector<LineDevice>& all) {
    std::string names;
    for (const auto& line : all)
        names += (names.empty() ? "" : ", ") + (line.name.empty() ? std::to_string(line.id) : line.name);
    return {Exit::not_found, "no line is called '" + word + "'",
            names.empty() ? "there are no lines: install a provider with 'offhook provider install LIBRARY'"
                          : "choose one of these: " + names};
}

} // namespace

Application::Application() {
    LINEINITIALIZEEXPARAMS parameters{};
    parameters.dwTotalSize = sizeof parameters;
    parameters.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
    DWORD version = newest_version;
    checked(lineInitializeExA(&handle_, nullptr, nullptr, "offhook", &count_, &version, &parameters),
            "cannot register with the telephony service");
    descriptor_ = static_cast<int>(reinterpret_cast<std::intptr_t>(parameters.Handles.hEvent));
}

Application::~Application() { lineShutdown(handle_); }

std::optional<LINEMESSAGE> Application::next_message() {
    LINEMESSAGE message{};
    const LONG result = lineGetMessage(handle_, &message, 0);
    if (result == LINEERR_OPERATIONFAILED) return std::nullopt; // none waits
    checked(result, "lost the telephony service");
    return message;
}

LineDevice Application::describe(DWORD id) const {
    const auto doing = describing(id);
    LineDevice line;
    line.id = id;
    LINEEXTENSIONID extension{};
    checked(lineNegotiateAPIVersion(handle_, id, oldest_version, newest_version, &line.version, &extension),
            doing);
    const Sized<LINEDEVCAPS> caps(
        doing, [&](LINEDEVCAPS* room) { return lineGetDevCapsA(handle_, id, line.version, 0, room); });
    line.name = caps.text(caps->dwLineNameSize, caps->dwLineNameOffset);
    line.provider = caps.text(caps->dwProviderInfoSize, caps->dwProviderInfoOffset);
    line.media_modes = caps->dwMediaModes;
    line.most_calls = caps->dwMaxNumActiveCalls;
    for (DWORD address = 0; address < caps->dwNumAddresses; ++address) {
        const Sized<LINEADDRESSCAPS> described(doing, [&](LINEADDRESSCAPS* room) {
            return lineGetAddressCapsA(handle_, id, address, line.version, 0, room);
        });
        line.addresses.push_back(described.text(described->dwAddressSize, described->dwAddressOffset));
    }
    return line;
}

std::vector<LineDevice> Application::lines() const {
    std::vector<LineDevice> found;
    for (DWORD id = 0; id < count_; ++id) {
        try {
            found.push_back(describe(id));
        } catch (const Problem& problem) {
            if (is_of_all_lines(problem.error)) throw;
            if (is_away(problem.error)) continue;
            // One provider's fault hides no other's lines.
            LineDevice unknown;
            unknown.id = id;
            unknown.error = problem.error;
            found.push_back(std::move(unknown));
        }
    }
    return found;
}

LineDevice Application::line(const std::string& name_or_id) const {
    const auto all = lines();
    const auto named = those(all, [&](const LineDevice& line) { return line.name == name_or_id; });
    const auto addressed = those(all, [&](const LineDevice& line) {
        return std::ranges::find(line.addresses, name_or_id) != line.addresses.end();
    });
    if (named.size() == 1) return *named.front();
    if (named.empty() && addressed.size() == 1) return *addressed.front();
    // A number settles it: it is what the advice below asks for.
    if (const auto id = number_in(name_or_id))
        for (const auto& candidate : all)
            if (candidate.id == *id) {
                checked(candidate.error, describing(candidate.id));
                return candidate;
            }
    if (!named.empty() || !addressed.empty())
        throw ambiguous(name_or_id, named.empty() ? "have the address" : "are called",
                        named.empty() ? addressed : named);
    throw no_such(name_or_id, all);
}

Line::Line(const Application& application, const LineDevice& line, DWORD privileges) {
    checked(lineOpenA(application.handle(), line.id, &handle_, line.version, 0, 0, privileges,
                      voice_modes(line), nullptr),
            "cannot open line " + line.name);
}

Line::~Line() { lineClose(handle_); }

} // namespace offhook::cli
