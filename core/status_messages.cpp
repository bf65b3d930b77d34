// SPDX-License-Identifier: Apache-2.0
//
// Changes of lines and phones that applications want to hear of. The provider reports what any of them wants
// (R236); what an application asked for counts from when the provider has agreed. Of one device the provider
// is asked one question at a time: the answer to the next depends on what became of the one before.
#include "core/provider_call.h"

namespace offhook::core {

using abi::Tspi;

void State::want_status_messages(const Invocation& invocation, const Opener& opener,
                                 const StatusMask& wants) {
    ask_for_status_messages(opener.device, {opener.handle, wants, invocation.application,
                                            invocation.correlation, invocation.function});
}

// An opener has gone, and what it alone wanted is not reported any more.
void State::give_up_status_messages(const Device& device) { ask_for_status_messages(device.handle, {}); }

void State::ask_for_status_messages(Handle device, const StatusQuestion& question) {
    auto& questions = status_questions_[device];
    questions.push_back(question);
    if (questions.size() == 1) ask_next_status_question(device);
}

// Goes on until the provider has something to answer, or nobody asks any more.
void State::ask_next_status_question(Handle handle) {
    for (auto asked = status_questions_.find(handle); asked != status_questions_.end();
         asked = status_questions_.find(handle)) {
        Device* device = devices_.find(handle);
        Session* session = device != nullptr && device->stage == DeviceStage::open
                               ? reachable_session(device->provider)
                               : nullptr;
        if (session == nullptr) {
            status_question_answered(handle, as_result(LINEERR_OPERATIONFAILED));
            continue;
        }
        const StatusMask wanted = wanted_status_messages(*device, asked->second.front());
        const auto function =
            device->kind == DeviceKind::line ? Tspi::lineSetStatusMessages : Tspi::phoneSetStatusMessages;
        if (wanted != device->reported && exports(*session, function))
            return tell_wanted_status(*session, *device, wanted);
        status_question_answered(handle, 0);
    }
}

StatusMask State::wanted_status_messages(const Device& device, const StatusQuestion& question) const {
    StatusMask wanted;
    for (const Handle opener : device.opens)
        if (const Opener* one = openers_.find(opener))
            wanted |= opener == question.opener ? question.wants : one->wants;
    return wanted;
}

void State::tell_wanted_status(Session& session, const Device& device, const StatusMask& wanted) {
    const auto then = [this, wanted, handle = device.handle](const Outcome& outcome) {
        Device* told = devices_.find(handle);
        if (told != nullptr && outcome.result == 0) told->reported = wanted;
        status_question_answered(handle, outcome.result);
        ask_next_status_question(handle);
    };
    if (device.kind == DeviceKind::line)
        return call_provider(session, device.handle,
                             Arguments<Tspi::lineSetStatusMessages>()
                                 .with<"hdLine">(device.driver)
                                 .with<"dwLineStates">(wanted.states)
                                 .with<"dwAddressStates">(wanted.address_states),
                             then);
    call_provider(session, device.handle,
                  Arguments<Tspi::phoneSetStatusMessages>()
                      .with<"hdPhone">(device.driver)
                      .with<"dwPhoneStates">(wanted.states)
                      .with<"dwButtonModes">(wanted.button_modes)
                      .with<"dwButtonStates">(wanted.button_states),
                  then);
}

// The first of the device's questions is settled.
void State::status_question_answered(Handle device, std::int32_t result) {
    const auto asked = status_questions_.find(device);
    if (asked == status_questions_.end()) return;
    const StatusQuestion question = asked->second.front();
    asked->second.pop_front();
    if (asked->second.empty()) status_questions_.erase(asked);
    if (question.opener == 0) return;
    if (Opener* opener = openers_.find(question.opener); opener != nullptr && result == 0)
        opener->wants = question.wants;
    answer(question.application, question.correlation, question.function, result, {});
}

} // namespace offhook::core
