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

constexpr std::uint32_t room_for_texts = 4096;

std::string text_of(std::span<const std::byte> info, std::size_t size_field, std::size_t offset_field) {
    return abi::to_utf8(abi::text_at(info, size_field, offset_field));
}

} // namespace

Snapshot State::snapshot() const {
    Snapshot snapshot;
    const auto count_present = [this](const DeviceRange& range) {
        return static_cast<std::uint32_t>(
            std::count_if(range.devices.begin(), range.devices.end(), [this](Handle device) {
                return devices_.find(device)->stage != DeviceStage::absent;
            }));
    };
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
        if (session != nullptr) shown.version = session->version;
        if (session != nullptr && session->running_since != 0)
            shown.session_age = static_cast<std::uint32_t>(now_ - session->running_since);
        shown.lines = count_present(one.lines);
        shown.phones = count_present(one.phones);
        shown.retry_in =
            one.retry_timer != 0 && one.retry_at > now_ ? static_cast<std::uint32_t>(one.retry_at - now_) : 0;
        shown.last_error = one.last_error;
        shown.removed = one.removed;
        const bool is_ending = session != nullptr && session->stage == SessionStage::shutting_down;
        shown.changeover = stage_name(is_ending ? ChangeoverStage::none : one.changeover);
        if (one.changeover_timer != 0 && one.changeover_at > now_)
            shown.changeover_in = static_cast<std::uint32_t>(one.changeover_at - now_);
        if (one.changeover != ChangeoverStage::none) shown.used_by = users_of(one);
        add_devices(snapshot, one);
    }
    calls_.for_each([&](const Call& call) { add_call(snapshot, call); });
    add_requests(snapshot);
    return snapshot;
}

void State::add_devices(Snapshot& snapshot, const Provider& one) const {
    for (const auto kind : device_kinds)
        for (const Handle handle : one.range(kind).devices) {
            const Device& device = *devices_.find(handle);
            auto& list = kind == DeviceKind::line ? snapshot.lines : snapshot.phones;
            list.push_back({device.number, device.handle, device.name, one.name, stage_name(device.stage),
                            static_cast<std::uint32_t>(device.opens.size()),
                            static_cast<std::uint32_t>(device.calls.size())});
        }
}

void State::add_call(Snapshot& snapshot, const Call& call) const {
    const Device* device = devices_.find(call.device);
    if (device == nullptr || call.stage == CallStage::reserved) return;
    const auto owner = providers_.find(device->provider);
    CallSnapshot& shown = snapshot.calls.emplace_back();
    shown.call = call.handle;
    shown.session = call.session;
    shown.driver = call.driver;
    shown.device = device->number;
    if (owner != providers_.end()) shown.provider = owner->second.name;
    shown.pending = call.stage == CallStage::pending;
    shown.state = abi::call_state_name(call.state.state);
    shown.mode = call.state.mode;
    shown.caller = call.caller;
    shown.called = call.called;
    shown.owners = count_handles(call, LINECALLPRIVILEGE_OWNER);
    shown.monitors = count_handles(call, LINECALLPRIVILEGE_MONITOR);
    shown.requests = static_cast<std::uint32_t>(call.requests.size());
    for (const Handle handle : call.handles) {
        const CallHandle& held = *call_handles_.find(handle);
        const Opener* line = openers_.find(held.line);
        const Registration* app = line != nullptr ? registrations_.find(line->app) : nullptr;
        shown.holders.push_back({app != nullptr ? app->application : 0, handle, held.privilege});
    }
    shown.age = now_ - call.since;
    shown.state_age = call.state_since != 0 ? now_ - call.state_since : shown.age;
    shown.stuck = call.progress != Progress::expected;
}

void State::add_requests(Snapshot& snapshot) const {
    const auto provider_of = [&](Handle session) {
        const Session* found = sessions_.find(session);
        return found != nullptr ? std::string(name_of(*found)) : std::string();
    };
    requests_.for_each([&](const Request& request) {
        snapshot.requests.push_back({request.handle, std::string(abi::row(request.function).name),
                                     provider_of(request.session), request.application, request.device,
                                     request.shown_call(), now_ - request.since,
                                     request.progress != Progress::expected});
    });
    operations_.for_each([&](const Operation& operation) {
        snapshot.requests.push_back({0, std::string(abi::row(operation.function).name),
                                     provider_of(operation.session), 0, operation.line, operation.call,
                                     now_ - operation.since, false});
    });
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
                use.calls += static_cast<std::uint32_t>(
                    std::count_if(opener.calls.begin(), opener.calls.end(), [this](Handle call) {
                        return !has_ended(call_handles_.find(call)->call);
                    }));
            }
    std::vector<UseSnapshot> list;
    list.reserve(users.size());
    for (const auto& [application, use] : users)
        if (one.changeover != ChangeoverStage::draining || use.calls != 0) list.push_back(use);
    return list;
}

void State::learn_parties() {
    ++party_questions_; // this function's own, so that it ends after all are asked
    calls_.for_each([&](Call& call) {
        if (call.stage == CallStage::live && call.parties_known == PartiesKnown::no) learn_parties_of(call);
    });
    devices_.for_each([&](const Device& device) {
        if (!device.calls.empty() && device.name.empty()) learn_name_of(device);
    });
    if (--party_questions_ == 0) env_.parties_learned();
}

// Of a line with calls: no application may have asked what the line is.
void State::learn_name_of(const Device& device) {
    constexpr auto F = abi::Tspi::lineGetDevCaps;
    Session* session = running_session(device.provider);
    if (session == nullptr || device.stage != DeviceStage::open || !exports(*session, F)) return;
    ++party_questions_;
    call_provider(*session, device.handle,
                  Arguments<F>()
                      .with<"dwDeviceID">(device.number)
                      .with<"dwTSPIVersion">(device.version)
                      .with<"lpLineDevCaps">(room_for_texts),
                  [this, line = device.handle, version = device.version](const Outcome& outcome) {
                      Device* found = devices_.find(line);
                      if (found != nullptr && outcome.result == 0) {
                          const auto caps = value_of<F, "lpLineDevCaps">(*outcome.outputs).bytes;
                          if (!abi::check_filled(abi::StructureId::LINEDEVCAPS, version, caps))
                              found->name = text_of(caps, offsetof(LINEDEVCAPS, dwLineNameSize),
                                                    offsetof(LINEDEVCAPS, dwLineNameOffset));
                      }
                      if (--party_questions_ == 0) env_.parties_learned();
                  });
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
                      .with<"lpCallInfo">(room_for_texts),
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
