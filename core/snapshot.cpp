// SPDX-License-Identifier: Apache-2.0
#include "core/provider_call.h"

#include "abi/call_states.h"
#include "abi/structure_reader.h"
#include "abi/utf16.h"

#include <algorithm>

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

std::string stage_name(ChangeoverStage stage) {
    switch (stage) {
    case ChangeoverStage::none: return "none";
    case ChangeoverStage::waiting: return "waiting";
    case ChangeoverStage::draining: return "draining";
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
        const auto& lines = one.lines.devices;
        shown.lines = static_cast<std::uint32_t>(std::count_if(lines.begin(), lines.end(), [&](Handle line) {
            return devices_.find(line)->stage != DeviceStage::absent;
        }));
        shown.retry_in =
            one.retry_timer != 0 && one.retry_at > now_ ? static_cast<std::uint32_t>(one.retry_at - now_) : 0;
        shown.last_error = one.last_error;
        shown.removed = one.removed;
        const bool is_ending = session != nullptr && session->stage == SessionStage::shutting_down;
        shown.changeover = stage_name(is_ending ? ChangeoverStage::none : one.changeover);
        if (one.changeover_timer != 0 && one.changeover_at > now_)
            shown.changeover_in = static_cast<std::uint32_t>(one.changeover_at - now_);
        if (one.changeover != ChangeoverStage::none) shown.used_by = users_of(one);
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
             std::string(abi::call_state_name(call.state.state)), call.state.mode, call.caller, call.called,
             count_handles(call, LINECALLPRIVILEGE_OWNER), count_handles(call, LINECALLPRIVILEGE_MONITOR),
             static_cast<std::uint32_t>(call.requests.size())});
    });
    return snapshot;
}

std::vector<UseSnapshot> State::users_of(const Provider& one) const {
    std::map<Handle, UseSnapshot> users; // by application
    for (const auto kind : device_kinds)
        for (const Handle device : one.range(kind).devices)
            for (const Handle open : devices_.find(device)->opens) {
                const Opener& opener = *openers_.find(open);
                const Handle application = registrations_.find(opener.app)->application;
                UseSnapshot& use = users[application];
                use.application = application;
                ++use.devices;
                use.calls += static_cast<std::uint32_t>(opener.calls.size());
            }
    std::vector<UseSnapshot> list;
    list.reserve(users.size());
    for (const auto& [application, use] : users) list.push_back(use);
    return list;
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
