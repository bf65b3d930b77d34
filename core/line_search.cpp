// SPDX-License-Identifier: Apache-2.0
//
// lineOpen with LINEMAPPER: the application's lines are tried one after the other, until one opens and its
// provider says that it can do what is wanted (the pages of lineOpen and TSPI_lineConditionalMediaDetection;
// R125).
#include "abi/structure_reader.h"
#include "abi/structure_versions.h"
#include "core/provider_call.h"

namespace offhook::core {

using abi::Tapi;
using abi::Tspi;

bool State::may_be_opened(const Registration& app, const Device& device) {
    const Provider* its_provider = provider(device.provider);
    return !device.removed && device.stage != DeviceStage::absent && its_provider != nullptr &&
           takes_new_calls(*its_provider) && running_session(device.provider) != nullptr &&
           !told_to_reinitialise(app, device.provider);
}

void State::open_some_line(const Invocation& invocation, Registration& app, Opening opening) {
    constexpr auto F = Tapi::lineOpen;
    const auto& parameters = value_of<F, "lpCallParams">(invocation.inputs);
    LineSearch search;
    if (!parameters.null && opening.media_modes != 0) {
        const auto fault =
            abi::check_passed(abi::StructureId::LINECALLPARAMS, opening.version, parameters.bytes);
        if (fault)
            return refuse(invocation, fault.rule == 31 ? LINEERR_STRUCTURETOOSMALL : LINEERR_INVALCALLPARAMS);
        search.parameters.assign(parameters.bytes.begin(), parameters.bytes.end());
    }
    auto error = LINEERR_LINEMAPPERFAILED;
    for (const Handle handle : app.devices) {
        const Device* candidate = devices_.find(handle);
        if (candidate == nullptr) continue;
        if (may_be_opened(app, *candidate)) search.untried.push_back(handle);
        else if (told_to_reinitialise(app, candidate->provider)) error = LINEERR_REINIT;
    }
    if (search.untried.empty()) return refuse(invocation, error);
    Device& first = *devices_.find(search.untried.front());
    search.untried.pop_front();
    opening.search = std::move(search);
    open(invocation, app, first, opening);
}

// The line is open at its provider: would it do? `admit` goes on when it does, or when nobody can say.
void State::ask_line(Opener& opener, Device& device) {
    Session* session = reachable_session(device.provider);
    const auto wanted = wanted_media_modes(device);
    auto& search = searches_.at(opener.handle);
    if (session == nullptr || wanted == 0 || !exports(*session, Tspi::lineConditionalMediaDetection)) {
        search.would_do = true;
        return admit(opener, device);
    }
    const auto parameters = search.parameters.empty()
                                ? std::vector<std::byte>()
                                : abi::for_version(abi::StructureId::LINECALLPARAMS, opener.version,
                                                   device.version, search.parameters);
    call_provider(*session, device.handle,
                  Arguments<Tspi::lineConditionalMediaDetection>()
                      .with<"hdLine">(device.driver)
                      .with<"dwMediaModes">(wanted)
                      .with<"lpCallParams">(wire::Value{.bytes = parameters, .null = parameters.empty()}),
                  [this, handle = opener.handle, on = device.handle](const Outcome& outcome) {
                      const auto [asked, its_device] = still_waiting(handle, on);
                      if (its_device == nullptr) return;
                      if (outcome.result != 0) return not_admitted(*asked, *its_device, outcome.result);
                      searches_.at(handle).would_do = true;
                      admit(*asked, *its_device);
                  });
}

// This line cannot be had. False: there is no other, or it was not searched for.
bool State::try_next_line(Opener& opener, const Registration& app) {
    const auto search = searches_.find(opener.handle);
    if (search == searches_.end()) return false;
    search->second.would_do = false;
    auto& untried = search->second.untried;
    while (!untried.empty()) {
        Device* next = devices_.find(untried.front());
        untried.pop_front();
        if (next == nullptr || !may_be_opened(app, *next)) continue;
        opener.device = next->handle;
        wait_for(*next, opener);
        return true;
    }
    return false;
}

} // namespace offhook::core
