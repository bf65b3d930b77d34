// SPDX-License-Identifier: Apache-2.0
//
// Applications: initialisation and shutdown, device identifiers, and the negotiation of versions.
#include "core/provider_call.h"

#include "abi/structure_writer.h"
#include "abi/utf16.h"

#include <algorithm>

namespace offhook::core {

using abi::Tapi;
using abi::Tspi;

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
    line_apps_.for_each([&](LineApp& app) {
        if (app.channel == channel) close_line_app(app.handle);
    });
}

void State::application_gone(ApplicationId id) {
    Application* application = applications_.find(static_cast<Handle>(id));
    if (application == nullptr) return;
    const auto apps = application->line_apps;
    for (const Handle app : apps) close_line_app(app);
    applications_.remove(static_cast<Handle>(id));
}

LineApp* State::line_app_of(Handle application, std::uint64_t handle) {
    LineApp* app = line_apps_.find(handle);
    return app != nullptr && app->application == application && app->stage == LineAppStage::running ? app
                                                                                                    : nullptr;
}

LineDevice* State::device_of(LineApp& app, std::uint32_t device_id) {
    return device_id < app.devices.size() ? devices_.find(app.devices[device_id]) : nullptr;
}

// lineInitialize arrives as this with version 1.4, the last that had only that form.
void State::line_initialize_ex(const Invocation& invocation) {
    constexpr auto F = Tapi::lineInitializeEx;
    const auto version = number_of<F, "lpdwAPIVersion">(invocation.inputs);
    std::u16string name(value_of<F, "lpszFriendlyAppName">(invocation.inputs).text());
    Application& application = *applications_.find(invocation.application);
    const auto channel = std::find(application.free_channels.begin(), application.free_channels.end(),
                                   ChannelId{static_cast<std::uint32_t>(invocation.channel)});
    if (channel == application.free_channels.end()) return refuse(invocation, LINEERR_INVALPARAM);
    if (version < abi::v1_3) return refuse(invocation, LINEERR_INCOMPATIBLEAPIVERSION);
    if (shutting_down_) return refuse(invocation, LINEERR_OPERATIONFAILED);
    LineApp* app = line_apps_.add();
    if (app == nullptr) return refuse(invocation, LINEERR_RESOURCEUNAVAIL);
    app->application = invocation.application;
    app->channel = *channel;
    application.free_channels.erase(channel);
    application.line_apps.push_back(app->handle);
    app->name = name.empty() ? abi::to_utf16(application.name) : std::move(name);
    app->version = std::min(version, abi::v2_2);
    app->correlation = invocation.correlation;
    app->timer = start_timer(TimerKind::initialise, app->handle, configuration_.initialise_patience);
    start_wanted_sessions();
    answer_initialisations();
}

// Initialisation is synchronous (R005): it waits for sessions that are starting, but not for one that hangs.
void State::answer_initialisations() {
    bool starting = false;
    sessions_.for_each([&](const Session& session) {
        starting |= session.stage < SessionStage::running && session.failure.empty();
    });
    if (starting && !shutting_down_) return;
    line_apps_.for_each([this](LineApp& app) {
        if (app.stage == LineAppStage::initialising) answer_initialisation(app);
    });
}

void State::answer_initialisation(LineApp& app) {
    cancel_timer(app.timer);
    app.stage = LineAppStage::running;
    for (const auto& [id, one] : providers_)
        for (const Handle line : one.lines)
            if (const LineDevice* device = devices_.find(line);
                device != nullptr && device->stage != DeviceStage::absent)
                app.devices.push_back(line);
    answer(app.application, app.correlation,
           Arguments<Tapi::lineInitializeEx>()
               .with<"lphLineApp">(app.handle)
               .with<"lpdwNumDevs">(app.devices.size())
               .with<"lpdwAPIVersion">(abi::v2_2));
}

// A device is there (again): applications that are running learn of it (R090), the oldest as they expect
// (R091).
void State::announce_device(LineDevice& device) {
    line_apps_.for_each([&](LineApp& app) {
        if (app.stage != LineAppStage::running) return;
        const auto known = std::find(app.devices.begin(), app.devices.end(), device.handle);
        const auto id = static_cast<std::uint64_t>(known - app.devices.begin());
        if (known == app.devices.end()) app.devices.push_back(device.handle);
        if (app.version >= abi::v1_4) send(app, {.number = LINE_CREATE, .parameter1 = id});
        else
            send(app, {.number = LINE_LINEDEVSTATE,
                       .parameter1 = LINEDEVSTATE_REINIT,
                       .parameter2 = LINE_CREATE,
                       .parameter3 = id});
    });
}

void State::line_shutdown(const Invocation& invocation) {
    LineApp* app =
        line_app_of(invocation.application, number_of<Tapi::lineShutdown, "hLineApp">(invocation.inputs));
    if (app == nullptr) return refuse(invocation, LINEERR_INVALAPPHANDLE);
    close_line_app(app->handle);
    answer(invocation, 0);
}

// Closes its lines, forgets its replies (R242), and ends the sessions when it was the last.
void State::close_line_app(Handle handle) {
    LineApp* app = line_apps_.find(handle);
    if (app == nullptr) return;
    cancel_timer(app->timer);
    if (app->stage == LineAppStage::initialising)
        answer(app->application, app->correlation, Tapi::lineInitializeEx, as_result(LINEERR_OPERATIONFAILED),
               {});
    requests_.for_each([&](Request& request) {
        if (request.app == handle) request.app = 0;
    });
    const auto lines = app->lines;
    for (const Handle line : lines) release_line(line);
    if (Application* application = applications_.find(app->application))
        std::erase(application->line_apps, handle);
    env_.close_channel(app->channel);
    line_apps_.remove(handle);
    end_unwanted_sessions();
}

// The highest version of both ranges (R017), which commits nothing (R019), and the extension's identity
// (R025).
void State::line_negotiate_api_version(const Invocation& invocation) {
    constexpr auto F = Tapi::lineNegotiateAPIVersion;
    LineApp* app = line_app_of(invocation.application, number_of<F, "hLineApp">(invocation.inputs));
    if (app == nullptr) return refuse(invocation, LINEERR_INVALAPPHANDLE);
    LineDevice* device = device_of(*app, number_of<F, "dwDeviceID">(invocation.inputs));
    if (device == nullptr) return refuse(invocation, LINEERR_BADDEVICEID);
    const auto low = std::max(number_of<F, "dwAPILowVersion">(invocation.inputs), abi::v1_3);
    const auto high = std::min(number_of<F, "dwAPIHighVersion">(invocation.inputs), abi::v2_2);
    if (low > high) return refuse(invocation, LINEERR_INCOMPATIBLEAPIVERSION);
    Session* session = running_session(device->provider);
    if (session == nullptr) return refuse(invocation, LINEERR_RESOURCEUNAVAIL);

    struct Context {
        Handle application, session, device;
        std::uint32_t correlation, low, high;
    };
    const Context c{
        invocation.application, session->handle, device->handle, invocation.correlation, low, high};
    call_provider(
        *session, device->handle,
        Arguments<Tspi::lineNegotiateTSPIVersion>()
            .with<"dwDeviceID">(device->number)
            .with<"dwLowVersion">(low)
            .with<"dwHighVersion">(high),
        [this, c](const Outcome& outcome) {
            if (outcome.result != 0) return answer(c.application, c.correlation, F, outcome.result, {});
            const auto version =
                number_of<Tspi::lineNegotiateTSPIVersion, "lpdwTSPIVersion">(*outcome.outputs);
            Session* s = sessions_.find(c.session);
            if (version < c.low || version > c.high) {
                if (s != nullptr)
                    violation(*s, 17, "TSPI_lineNegotiateTSPIVersion chose a version outside of the range");
                return answer(c.application, c.correlation, F, as_result(LINEERR_INCOMPATIBLEAPIVERSION), {});
            }
            const LineDevice* d = devices_.find(c.device);
            constexpr LINEEXTENSIONID none{};
            if (s == nullptr || d == nullptr || !exports(*s, Tspi::lineGetExtensionID))
                return answer(c.application, c.correlation,
                              Arguments<F>().with<"lpdwAPIVersion">(version).with<"lpExtensionID">(
                                  bytes_value(std::as_bytes(std::span(&none, 1)))));
            call_provider(
                *s, d->handle,
                Arguments<Tspi::lineGetExtensionID>().with<"dwDeviceID">(d->number).with<"dwTSPIVersion">(
                    version),
                [this, application = c.application, correlation = c.correlation,
                 version](const Outcome& found) {
                    constexpr LINEEXTENSIONID no_extension{};
                    const auto id = found.result == 0
                                        ? value_of<Tspi::lineGetExtensionID, "lpExtensionID">(*found.outputs)
                                        : bytes_value(std::as_bytes(std::span(&no_extension, 1)));
                    answer(application, correlation,
                           Arguments<F>().with<"lpdwAPIVersion">(version).with<"lpExtensionID">(id));
                });
        });
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
