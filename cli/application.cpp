// SPDX-License-Identifier: Apache-2.0
#include "cli/application.h"

#include <algorithm>
#include <charconv>

namespace offhook::cli {
namespace {

constexpr DWORD oldest_version = 0x00010004, newest_version = 0x00020002;

// The media modes in which the command makes and answers calls, of those that the line carries.
DWORD voice_modes(const LineDevice& line) {
    return line.media_modes & (LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE);
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
    const std::string doing = "cannot describe line " + std::to_string(id);
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
            if (problem.error != LINEERR_NODEVICE && problem.error != LINEERR_NODRIVER &&
                problem.error != LINEERR_RESOURCEUNAVAIL)
                throw;
        }
    }
    return found;
}

LineDevice Application::line(const std::string& name_or_id) const {
    std::string names;
    const auto all = lines();
    for (const auto& candidate : all) {
        if (candidate.name == name_or_id) return candidate;
        names += (names.empty() ? "" : ", ") + candidate.name;
    }
    for (const auto& candidate : all)
        if (std::ranges::find(candidate.addresses, name_or_id) != candidate.addresses.end()) return candidate;
    DWORD id = 0;
    const char* end = name_or_id.data() + name_or_id.size();
    if (std::from_chars(name_or_id.data(), end, id).ptr == end && !name_or_id.empty())
        for (const auto& candidate : all)
            if (candidate.id == id) return candidate;
    throw Problem(Exit::not_found, "no line is called '" + name_or_id + "'",
                  names.empty()
                      ? "there are no lines: install a provider with 'offhook provider install LIBRARY'"
                      : "choose one of these: " + names);
}

Line::Line(const Application& application, const LineDevice& line, DWORD privileges) {
    checked(lineOpenA(application.handle(), line.id, &handle_, line.version, 0, 0, privileges,
                      voice_modes(line), nullptr),
            "cannot open line " + line.name);
}

Line::~Line() { lineClose(handle_); }

} // namespace offhook::cli
