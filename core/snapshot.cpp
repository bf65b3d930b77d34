// SPDX-License-Identifier: Apache-2.0
#include "core/provider_call.h"

#include "abi/structure_reader.h"
#include "abi/utf16.h"
#include "core/call_states.h"

namespace offhook::core {
namespace {

std::string stage_name(DeviceStage stage) {
    switch (stage) {
    case DeviceStage::absent: return "absent";
    case DeviceStage::closed: return "closed";
    case DeviceStage::opening: return "opening";
    case DeviceStage::open: return "open";
    case DeviceStage::closing: return "closing";
    }
    return {};
}

constexpr std::uint32_t room_for_parties = 4096;

std::string text_of(std::span<const std::byte> info, std::size_t size_field, std::size_t offset_field) {
    return abi::to_utf8(abi::text_at(info, size_field, offset_field));
}

} // namespace

Snapshot State::snapshot() const {
    Snapshot snapshot;
    applications_.for_each([&](const Application& application) {
        snapshot.applications.push_back({application.handle, application.user, application.name,
                                         static_cast<std::uint32_t>(application.registrations.size())});
    });
    for (const auto& [id, one] : providers_) {
        const Session* session = sessions_.find(one.session);
        ProviderSnapshot& shown = snapshot.providers.emplace_back();
        shown.id = static_cast<std::uint32_t>(id);
        shown.name = one.name;
        shown.session = one.session;
        shown.stage = session != nullptr     ? std::string(stage_name(session->stage))
                      : one.retry_timer != 0 ? "waiting to retry"
                                             : "none";
        shown.lines = session != nullptr ? session->lines : 0;
        shown.retry_in =
            one.retry_timer != 0 && one.retry_at > now_ ? static_cast<std::uint32_t>(one.retry_at - now_) : 0;
        shown.last_error = one.last_error;
        for (const Handle line : one.lines.devices) {
            const Device& device = *devices_.find(line);
            snapshot.lines.push_back({device.number, device.name, one.name, stage_name(device.stage),
                                      static_cast<std::uint32_t>(device.opens.size()),
                                      static_cast<std::uint32_t>(device.calls.size())});
        }
    }
    calls_.for_each([&](const Call& call) {
        const Device* device = devices_.find(call.device);
        if (device == nullptr || call.stage == CallStage::reserved) return;
        const auto owner = providers_.find(device->provider);
        snapshot.calls.push_back(
            {call.handle, device->number, owner != providers_.end() ? owner->second.name : std::string(),
             std::string(call_state_name(call.state.state)), call.state.mode, call.caller, call.called,
             count_handles(call, LINECALLPRIVILEGE_OWNER), count_handles(call, LINECALLPRIVILEGE_MONITOR),
             static_cast<std::uint32_t>(call.requests.size())});
    });
    return snapshot;
}

void State::learn_parties() {
    ++party_questions_; // this function's own, so that it ends after all are asked
    calls_.for_each([&](Call& call) {
        if (call.stage == CallStage::live && call.parties_known == PartiesKnown::no) learn_parties_of(call);
    });
    if (--party_questions_ == 0) env_.parties_learned();
}

void State::learn_parties_of(Call& call) {
    const Device& device = *devices_.find(call.device);
    Session* session = running_session(device.provider);
    if (session == nullptr || !exports(*session, abi::Tspi::lineGetCallInfo)) return;
    ++party_questions_;
    call.parties_known = PartiesKnown::asked;
    call_provider(*session, device.handle,
                  Arguments<abi::Tspi::lineGetCallInfo>()
                      .with<"hdCall">(call.driver)
                      .with<"lpCallInfo">(room_for_parties),
                  [this, handle = call.handle, version = device.version](const Outcome& outcome) {
                      Call* found = calls_.find(handle);
                      if (found != nullptr && outcome.result == 0) {
                          const auto info =
                              value_of<abi::Tspi::lineGetCallInfo, "lpCallInfo">(*outcome.outputs).bytes;
                          if (!abi::check_filled(abi::StructureId::LINECALLINFO, version, info)) {
                              found->caller = text_of(info, offsetof(LINECALLINFO, dwCallerIDSize),
                                                      offsetof(LINECALLINFO, dwCallerIDOffset));
                              found->called = text_of(info, offsetof(LINECALLINFO, dwCalledIDSize),
                                                      offsetof(LINECALLINFO, dwCalledIDOffset));
                          }
                      }
                      // A change that was reported meanwhile may not be in this answer.
                      if (found != nullptr && found->parties_known == PartiesKnown::asked)
                          found->parties_known = outcome.result == 0 ? PartiesKnown::yes : PartiesKnown::no;
                      if (--party_questions_ == 0) env_.parties_learned();
                  });
}

} // namespace offhook::core
