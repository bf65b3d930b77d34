// SPDX-License-Identifier: Apache-2.0
//
// Applications: initialisation and shutdown.
#include "core/device_functions.h"
#include "core/state.h"

#include "abi/structure_writer.h"
#include "abi/utf16.h"

#include <algorithm>

namespace offhook::core {

using abi::Tapi;

ApplicationId State::application_connected(std::uint32_t user, std::string name) {
    Application* application = applications_.add();
    if (application == nullptr) return ApplicationId{0};
    application->user = user;
    application->name = std::move(name);
    return ApplicationId{application->handle};
}

void State::channel_opened(ApplicationId id, ChannelId channel) {
    if (Application* application = applications_.find(static_cast<Handle>(id)))
        application->free_channels.push_back(channel);
}

void State::channel_lost(ChannelId channel) {
    applications_.for_each([&](Application& application) { std::erase(application.free_channels, channel); });
    registrations_.for_each([&](Registration& app) {
        if (app.channel == channel) close_registration(app.handle);
    });
}

void State::application_gone(ApplicationId id) {
    Application* application = applications_.find(static_cast<Handle>(id));
    if (application == nullptr) return;
    end_dialogs_of_application(application->handle);
    const auto apps = application->registrations;
    for (const Handle app : apps) close_registration(app);
    applications_.remove(static_cast<Handle>(id));
}

Registration* State::registration_of(Handle application, std::uint64_t handle, DeviceKind kind) {
    Registration* app = registrations_.find(handle);
    const bool its_own = app != nullptr && app->application == application && app->kind == kind;
    return its_own && app->stage == RegistrationStage::running ? app : nullptr;
}

// lineInitialize and phoneInitialize arrive as this with version 1.4, the last that had only that form.
void State::initialize(const Invocation& invocation, DeviceKind kind) {
    constexpr auto F = Tapi::lineInitializeEx; // that of phones is alike (core/device_functions.h)
    const auto version = number_of<F, "lpdwAPIVersion">(invocation.inputs);
    std::u16string name(value_of<F, "lpszFriendlyAppName">(invocation.inputs).text());
    Application& application = *applications_.find(invocation.application);
    const auto channel = std::find(application.free_channels.begin(), application.free_channels.end(),
                                   ChannelId{static_cast<std::uint32_t>(invocation.channel)});
    if (channel == application.free_channels.end()) return refuse(invocation, LINEERR_INVALPARAM);
    if (version < abi::v1_3) return refuse(invocation, LINEERR_INCOMPATIBLEAPIVERSION);
    if (shutting_down_) return refuse(invocation, LINEERR_OPERATIONFAILED);
    if (std::any_of(application.registrations.begin(), application.registrations.end(),
                    [this](Handle other) { return !registrations_.find(other)->reinitialise.empty(); }))
        return refuse(invocation, LINEERR_REINIT); // R237, of this application alone
    Registration* app = registrations_.add();
    if (app == nullptr) return refuse(invocation, LINEERR_RESOURCEUNAVAIL);
    app->kind = kind;
    app->application = invocation.application;
    app->channel = *channel;
    application.free_channels.erase(channel);
    application.registrations.push_back(app->handle);
    app->name = std::make_shared<const std::u16string>(name.empty() ? abi::to_utf16(application.name)
                                                                    : std::move(name));
    app->version = std::min(version, abi::v2_2);
    app->correlation = invocation.correlation;
    app->timer = start_timer(TimerKind::initialise, app->handle, configuration_.initialise_patience);
    start_wanted_sessions();
    answer_initialisations();
}

// Initialisation is synchronous (R005): it waits for sessions that are starting, also for one that another
// has to make room for first, but not for one that hangs.
void State::answer_initialisations() {
    bool starting = false;
    sessions_.for_each([&](const Session& session) {
        const bool makes_room = session.stage == SessionStage::shutting_down &&
                                !provider(session.provider)->removed && sessions_are_wanted();
        starting |= (session.stage < SessionStage::running || makes_room) && session.failure.empty();
    });
    if (starting && !shutting_down_) return;
    registrations_.for_each([this](Registration& app) {
        if (app.stage == RegistrationStage::initialising) answer_initialisation(app);
    });
}

void State::answer_initialisation(Registration& app) {
    cancel_timer(app.timer);
    app.stage = RegistrationStage::running;
    app.devices = devices_to_number(app.kind);
    answer(app.application, app.correlation, functions_of(app.kind).initialize, 0,
           Arguments<Tapi::lineInitializeEx>()
               .with<"lphLineApp">(app.handle)
               .with<"lpdwNumDevs">(app.devices.size())
               .with<"lpdwAPIVersion">(abi::v2_2)
               .values());
}

void State::shutdown(const Invocation& invocation, DeviceKind kind) {
    const auto handle =
        number_of<Tapi::lineShutdown, "hLineApp">(invocation.inputs); // phones: the same place
    const Registration* app = registration_of(invocation.application, handle, kind);
    if (app == nullptr) return refuse(invocation, LINEERR_INVALAPPHANDLE);
    close_registration(app->handle);
    answer(invocation, 0);
}

// Closes its devices, forgets its replies (R242), and ends the sessions when it was the last.
void State::close_registration(Handle handle) {
    Registration* app = registrations_.find(handle);
    if (app == nullptr) return;
    cancel_timer(app->timer);
    if (app->stage == RegistrationStage::initialising)
        answer(app->application, app->correlation, functions_of(app->kind).initialize,
               as_result(LINEERR_OPERATIONFAILED), {});
    requests_.for_each([&](Request& request) {
        if (request.app == handle) request.app = 0;
    });
    end_dialogs_of_registration(handle);
    const auto opens = app->opens;
    for (const Handle opener : opens) release_opener(opener);
    if (Application* application = applications_.find(app->application))
        std::erase(application->registrations, handle);
    env_.close_channel(app->channel);
    registrations_.remove(handle);
    end_unwanted_sessions();
}

void State::line_get_provider_list(const Invocation& invocation) {
    constexpr auto F = Tapi::lineGetProviderList;
    const auto& asked = value_of<F, "lpProviderList">(invocation.inputs);
    const auto version = number_of<F, "dwAPIVersion">(invocation.inputs);
    if (version < abi::v1_3 || version > abi::v2_2) return refuse(invocation, LINEERR_INCOMPATIBLEAPIVERSION);
    if (asked.null) return refuse(invocation, LINEERR_INVALPOINTER);

    // The list and its names are one block: a list whose names did not fit would be no use (R033).
    std::vector<LINEPROVIDERENTRY> entries;
    std::u16string names;
    const auto first_name = fixed_size(abi::StructureId::LINEPROVIDERLIST, version) +
                            providers_.size() * sizeof(LINEPROVIDERENTRY);
    for (const auto& [id, one] : providers_) {
        const auto name = abi::to_utf16(one.library);
        entries.push_back({static_cast<DWORD>(id), static_cast<DWORD>((name.size() + 1) * sizeof(char16_t)),
                           static_cast<DWORD>(first_name + names.size() * sizeof(char16_t))});
        names.append(name).push_back(u'\0');
    }
    std::vector<std::byte> block(entries.size() * sizeof(LINEPROVIDERENTRY) +
                                 names.size() * sizeof(char16_t));
    const auto entries_size = entries.size() * sizeof(LINEPROVIDERENTRY);
    if (!entries.empty()) {
        std::memcpy(block.data(), entries.data(), entries_size);
        std::memcpy(block.data() + entries_size, names.data(), names.size() * sizeof(char16_t));
    }
    std::vector<std::byte> buffer(
        std::min<std::size_t>(asked.number, sizeof(LINEPROVIDERLIST) + block.size()));
    if (buffer.size() < sizeof(LINEPROVIDERLIST)) return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    const auto total = static_cast<std::uint32_t>(asked.number);
    auto* list = reinterpret_cast<LINEPROVIDERLIST*>(buffer.data());
    const auto room = static_cast<std::uint32_t>(buffer.size());
    std::memcpy(buffer.data(), &room, sizeof room);
    abi::StructureWriter<LINEPROVIDERLIST> writer(list, version);
    writer->dwNumProviders = static_cast<DWORD>(providers_.size());
    writer.bytes(&LINEPROVIDERLIST::dwProviderListSize, &LINEPROVIDERLIST::dwProviderListOffset, block.data(),
                 block.size());
    if (writer->dwProviderListSize != 0) writer->dwProviderListSize = static_cast<DWORD>(entries_size);
    const auto used = writer->dwUsedSize;
    if (const auto error = writer.finish(); error != 0) return answer(invocation, error);
    std::memcpy(buffer.data(), &total, sizeof total);
    answer(invocation.application, invocation.correlation,
           Arguments<F>().with<"lpProviderList">(bytes_value(std::span(buffer).first(used))));
}

} // namespace offhook::core
