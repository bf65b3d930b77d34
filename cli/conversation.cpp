// SPDX-License-Identifier: Apache-2.0
#include "cli/conversation.h"

#include "cli/names.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <iostream>

namespace offhook::cli {
namespace {

constexpr auto patience = std::chrono::seconds(5); // how long a dropped call may take to become idle

} // namespace

void CallReport::event(const std::string& name, const nlohmann::json& details) const {
    const std::chrono::duration<double> elapsed = Clock::now() - start_;
    if (format_ == Format::json) {
        nlohmann::json line = {{"event", name}, {"seconds", elapsed.count()}};
        line.update(details);
        print_json(std::cout, line);
        return;
    }
    std::array<char, 32> time{};
    std::snprintf(time.data(), time.size(), "%9.3f s  ", elapsed.count());
    std::cout << time.data() << name;
    for (const auto& item : details.items())
        std::cout << "  " << item.key() << " " << printable(cell(details, item.key().c_str()));
    std::cout << std::endl;
}

Conversation::Conversation(const AudioChoices& choices, std::optional<double> hangup_after,
                           const CallReport& report)
    : report_(report),
      ends_(choices),
      wants_audio_(choices.wanted()),
      hangup_after_(hangup_after) {}

Conversation::~Conversation() {
    audio_.reset();
    if (call_ != 0) lineDeallocateCall(call_);
}

void Conversation::dial(HLINE line, const std::string& number) {
    request_ =
        checked(lineMakeCallA(line, &call_, number.c_str(), 0, nullptr), "cannot dial " + printable(number));
}

void Conversation::answer(HCALL call) {
    call_ = call;
    stage_ = Stage::alive;
    request_ = checked(lineAnswer(call, nullptr, 0), "cannot answer the call");
}

void Conversation::message(const LINEMESSAGE& message) {
    if (message.dwMessageID == LINE_REPLY && static_cast<LONG>(message.dwParam1) == request_)
        replied(static_cast<LONG>(message.dwParam2));
    if (message.dwMessageID == LINE_CALLSTATE && message.hDevice == call_ && stage_ != Stage::over)
        state_changed(static_cast<DWORD>(message.dwParam1), static_cast<DWORD>(message.dwParam2));
}

void Conversation::replied(LONG result) {
    request_ = 0;
    if (stage_ == Stage::requested) {
        if (result < 0) end(); // the call never came to be (R064)
        checked(result, "the call was refused");
        stage_ = Stage::alive;
        if (hang_up_wanted_) hang_up();
    } else if (result < 0) { // the caller gave up while the call was being answered
        report_.event("not answered", {{"error", tapi_problem(result, "lineAnswer").what()}});
        hang_up();
    }
}

void Conversation::state_changed(DWORD state, DWORD mode) {
    nlohmann::json details = nlohmann::json::object();
    if (state == LINECALLSTATE_DISCONNECTED) {
        reason_ = disconnect_name(mode);
        details["reason"] = reason_;
    }
    report_.event(state_name(state), details);
    if (state == LINECALLSTATE_CONNECTED) connected();
    if (state == LINECALLSTATE_DISCONNECTED) hang_up();
    if (state == LINECALLSTATE_IDLE) end();
}

void Conversation::connected() {
    if (connected_) return; // back from hold
    connected_ = true;
    stage_ = Stage::connected;
    if (wants_audio_) audio_.emplace(call_, ends_);
    if (hangup_after_)
        limit_ = Clock::now() +
                 std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(*hangup_after_));
}

void Conversation::hang_up() {
    if (stage_ == Stage::over || stage_ == Stage::ending) return;
    limit_ = Clock::now() + patience;
    if (stage_ == Stage::requested) { // the handle is not valid before the reply (R066)
        hang_up_wanted_ = true;
        return;
    }
    stage_ = Stage::ending;
    // A call that became idle meanwhile cannot be dropped, and its IDLE is on its way; if a drop fails in
    // earnest, patience runs out and closing the line ends the call (R076).
    lineDrop(call_, nullptr, 0);
}

void Conversation::carry() {
    if (audio_) audio_->carry();
    if (!limit_ || Clock::now() < *limit_) return;
    if (stage_ == Stage::ending || hang_up_wanted_) end();
    else hang_up();
}

std::optional<Clock::time_point> Conversation::next_time() const {
    const auto block = audio_ ? audio_->next_block() : std::nullopt;
    if (!block || !limit_) return block ? block : limit_;
    return std::min(*block, *limit_);
}

void Conversation::end() {
    if (audio_)
        report_.event("audio", {{"heard_s", static_cast<double>(audio_->heard()) / samples_per_second}});
    audio_.reset();
    limit_.reset();
    if (call_ != 0) lineDeallocateCall(call_);
    call_ = 0;
    stage_ = Stage::over;
}

} // namespace offhook::cli
