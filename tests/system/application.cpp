// SPDX-License-Identifier: Apache-2.0
#include "tests/system/application.h"

#include "offhook/audio.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <sstream>
#include <stdexcept>

namespace offhook::system_test {

namespace {

constexpr DWORD version = 0x00020002;
constexpr DWORD patience_ms = 30'000;

} // namespace

LONG good(LONG result, const char* what) {
    if (result >= 0) return result;
    std::ostringstream text;
    text << what << ": LINEERR " << std::hex << static_cast<std::uint32_t>(result);
    throw std::runtime_error(text.str());
}

Application::Application() {
    LINEINITIALIZEEXPARAMS wanted{};
    wanted.dwTotalSize = sizeof wanted;
    wanted.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
    DWORD offered = version;
    good(lineInitializeExA(&application_, nullptr, nullptr, "system test", &lines_, &offered, &wanted),
         "lineInitializeEx");
}

Application::~Application() { lineShutdown(application_); }

DWORD Application::device(const std::string& line) const {
    for (DWORD id = 0; id < lines_; ++id) {
        struct {
            LINEDEVCAPS caps;
            std::array<char, 4'096> room;
        } found{};
        found.caps.dwTotalSize = sizeof found;
        DWORD agreed = 0;
        LINEEXTENSIONID extension{};
        good(lineNegotiateAPIVersion(application_, id, version, version, &agreed, &extension),
             "lineNegotiateAPIVersion");
        good(lineGetDevCapsA(application_, id, agreed, 0, &found.caps), "lineGetDevCaps");
        if (found.caps.dwLineNameSize != 0 &&
            line == reinterpret_cast<const char*>(&found) + found.caps.dwLineNameOffset)
            return id;
    }
    throw std::runtime_error("there is no line " + line);
}

LONG Application::try_open(DWORD device, HLINE& line) {
    return lineOpenA(application_, device, &line, version, 0, 0, LINECALLPRIVILEGE_OWNER,
                     LINEMEDIAMODE_INTERACTIVEVOICE, nullptr);
}

HLINE Application::open(const std::string& line) {
    HLINE opened = 0;
    good(try_open(device(line), opened), "lineOpen");
    return opened;
}

HCALL Application::call(HLINE line, const char* number) {
    HCALL call = 0;
    const auto request = good(lineMakeCallA(line, &call, number, 0, nullptr), "lineMakeCall");
    good(wait_for_reply(request), "the reply to lineMakeCall");
    return call;
}

HCALL Application::offered(HLINE line) {
    const auto arrived = wait_for("LINE_APPNEWCALL", [&](const LINEMESSAGE& message) {
        return message.dwMessageID == LINE_APPNEWCALL && message.hDevice == line;
    });
    const auto call = static_cast<HCALL>(arrived.dwParam2);
    wait_for_state(call, LINECALLSTATE_OFFERING);
    return call;
}

void Application::answer(HCALL call) {
    good(wait_for_reply(good(lineAnswer(call, nullptr, 0), "lineAnswer")), "the reply to lineAnswer");
    wait_for_state(call, LINECALLSTATE_CONNECTED);
}

void Application::end(HCALL call) {
    good(wait_for_reply(good(lineDrop(call, nullptr, 0), "lineDrop")), "the reply to lineDrop");
    wait_for_state(call, LINECALLSTATE_IDLE);
}

void Application::drop(HCALL call) {
    end(call);
    good(lineDeallocateCall(call), "lineDeallocateCall");
}

Application::Pair Application::connect(HLINE from, HLINE to, const char* number) {
    Pair pair;
    pair.out = call(from, number);
    pair.in = offered(to);
    answer(pair.in);
    wait_for_state(pair.out, LINECALLSTATE_CONNECTED);
    return pair;
}

wire::UniqueFd Application::audio(HCALL call) const {
    struct {
        VARSTRING header;
        std::array<std::byte, 256> room;
    } id{};
    id.header.dwTotalSize = sizeof id;
    good(lineGetIDA(0, 0, call, LINECALLSELECT_CALL, &id.header, OFFHOOK_AUDIO_CLASS), "lineGetID");
    OFFHOOK_AUDIO_DEVICE device{};
    if (id.header.dwStringSize < sizeof device) throw std::runtime_error("lineGetID: no audio device");
    std::memcpy(&device, reinterpret_cast<const std::byte*>(&id) + id.header.dwStringOffset, sizeof device);
    return wire::UniqueFd(device.lDescriptor);
}

LONG Application::state(HCALL call, DWORD& state) {
    struct {
        LINECALLSTATUS status;
        std::array<std::byte, 1'024> room;
    } found{};
    found.status.dwTotalSize = sizeof found;
    const auto result = lineGetCallStatus(call, &found.status);
    state = found.status.dwCallState;
    return result;
}

LINEMESSAGE Application::wait_for(const char* what, const Wanted& wanted) {
    if (const auto had = std::ranges::find_if(messages_, wanted); had != messages_.end()) return *had;
    for (;;) {
        LINEMESSAGE message{};
        good(next(message, patience_ms), what);
        if (wanted(message)) return message;
    }
}

LONG Application::next(LINEMESSAGE& message, DWORD timeout_ms) {
    const auto result = lineGetMessage(application_, &message, timeout_ms);
    if (result == 0) messages_.push_back(message);
    return result;
}

LONG Application::wait_for_reply(LONG request) {
    const auto reply = wait_for("LINE_REPLY", [&](const LINEMESSAGE& message) {
        return message.dwMessageID == LINE_REPLY && message.dwParam1 == static_cast<DWORD_PTR>(request);
    });
    return static_cast<LONG>(reply.dwParam2);
}

LINEMESSAGE Application::wait_for_state(HCALL call, DWORD state) {
    return wait_for("LINE_CALLSTATE", [&](const LINEMESSAGE& message) {
        return message.dwMessageID == LINE_CALLSTATE && message.hDevice == call && message.dwParam1 == state;
    });
}

void Application::wait_for_close(HLINE line) {
    wait_for("LINE_CLOSE", [&](const LINEMESSAGE& message) {
        return message.dwMessageID == LINE_CLOSE && message.hDevice == line;
    });
}

void Application::wait_for_create(DWORD device) {
    wait_for("LINE_CREATE", [&](const LINEMESSAGE& message) {
        return message.dwMessageID == LINE_CREATE && message.dwParam1 == device;
    });
}

std::vector<DWORD> Application::states_of(HCALL call) const {
    std::vector<DWORD> states;
    for (const auto& message : messages_)
        if (message.dwMessageID == LINE_CALLSTATE && message.hDevice == call)
            states.push_back(static_cast<DWORD>(message.dwParam1));
    return states;
}

} // namespace offhook::system_test
