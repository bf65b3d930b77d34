// SPDX-License-Identifier: Apache-2.0
#include "core/state.h"

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

} // namespace

Snapshot State::snapshot() const {
    Snapshot snapshot;
    applications_.for_each([&](const Application& application) {
        snapshot.applications.push_back({application.handle, application.user, application.name,
                                         static_cast<std::uint32_t>(application.line_apps.size())});
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
        for (const Handle line : one.lines) {
            const LineDevice& device = *devices_.find(line);
            snapshot.lines.push_back({device.number, device.name, one.name, stage_name(device.stage),
                                      static_cast<std::uint32_t>(device.opens.size()),
                                      static_cast<std::uint32_t>(device.calls.size())});
        }
    }
    calls_.for_each([&](const Call& call) {
        const LineDevice* device = devices_.find(call.device);
        if (device == nullptr || call.stage == CallStage::reserved) return;
        const auto owner = providers_.find(device->provider);
        snapshot.calls.push_back(
            {call.handle, device->number, owner != providers_.end() ? owner->second.name : std::string(),
             std::string(call_state_name(call.state.state)), call.state.mode,
             count_handles(call, LINECALLPRIVILEGE_OWNER), count_handles(call, LINECALLPRIVILEGE_MONITOR),
             static_cast<std::uint32_t>(call.requests.size())});
    });
    return snapshot;
}

} // namespace offhook::core
