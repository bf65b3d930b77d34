// SPDX-License-Identifier: Apache-2.0
//
// Dialogs. An application asks for one (R105), or a provider starts one in the application whose request it
// serves (R107). The library that shows it runs as that application's user; what it says reaches the provider
// through here (R106), and what the provider says goes to it alone (R109). A dialog's handle is worth
// something to its own application and its own session only, and until either is gone (R110).
#include "core/dialog_library.h"
#include "core/provider_call.h"

#include "abi/utf16.h"
#include "core/argument_checks.h"
#include "wire/dialog.h"

#include <algorithm>

namespace offhook::core {

using abi::Tspi;

namespace {

// Each is a process of the application's user.
constexpr std::size_t most_dialogs_of_application = 16;

// Of a reason that an application gives for the log.
constexpr std::size_t most_reason = 400;

// What follows an event's fields, as `write` makes it.
template <class Write> std::vector<std::byte> late_part(Write write) {
    std::vector<std::byte> bytes;
    wire::FrameWriter writer(bytes, {});
    write(writer);
    writer.finish();
    bytes.erase(bytes.begin(), bytes.begin() + sizeof(wire::FrameHeader));
    return bytes;
}

} // namespace

// ---- Dialogs that applications ask for

void State::config_dialog(const Invocation& invocation) {
    const auto& row = abi::row(invocation.function);
    const auto kind = row.name.starts_with("phone") ? DeviceKind::phone : DeviceKind::line;
    const auto id = invocation.inputs[row.index_of("dwDeviceID")].number;
    const auto found = device_by_id(invocation.application, kind, static_cast<std::uint32_t>(id));
    if (found.device == nullptr) return refuse(invocation, found.error);
    ask_for_dialog(invocation, found.device->provider);
}

// The dialog with which a provider is configured, was installed or is about to be removed. Installing and
// removing are functions of the service, for administrators: what comes here shows the provider's dialog, and
// no more.
void State::provider_dialog(const Invocation& invocation) {
    const Provider* one = provider_of_dialog(invocation);
    if (one == nullptr) return refuse(invocation, LINEERR_INVALPARAM);
    ask_for_dialog(invocation, one->id);
}

// lineAddProvider names the library, which may be installed more than once: the last is the one.
const Provider* State::provider_of_dialog(const Invocation& invocation) const {
    constexpr auto added = abi::Tapi::lineAddProvider;
    if (invocation.function != added) {
        const auto place = abi::row(invocation.function).index_of("dwPermanentProviderID");
        const auto found =
            providers_.find(ProviderId{static_cast<std::uint32_t>(invocation.inputs[place].number)});
        return found != providers_.end() ? &found->second : nullptr;
    }
    const auto library = abi::to_utf8(value_of<added, "lpszProviderFilename">(invocation.inputs).text());
    const auto found = std::find_if(providers_.rbegin(), providers_.rend(),
                                    [&](const auto& one) { return one.second.library == library; });
    return found != providers_.rend() ? &found->second : nullptr;
}

void State::ask_for_dialog(const Invocation& invocation, ProviderId id) {
    if (const auto error = check_arguments(invocation.function, invocation.inputs); error != 0)
        return refuse(invocation, error);
    const DialogAsked asked{invocation.application, invocation.correlation, invocation.function, 0};
    // The session of a provider that has just been installed is about to run.
    const Session* session = sessions_.find(provider(id)->session);
    if (asked.function == abi::Tapi::lineAddProvider && session != nullptr && session->failure.empty() &&
        session->stage < SessionStage::running)
        return waiting_dialogs_.emplace_back(id, asked), void();
    identify_dialog(asked, id);
}

void State::identify_waiting_dialogs(ProviderId id) {
    const auto waiting = std::exchange(waiting_dialogs_, {});
    for (const auto& [provider_id, asked] : waiting)
        if (provider_id == id) identify_dialog(asked, id);
        else waiting_dialogs_.emplace_back(provider_id, asked);
}

// The provider says which library shows its dialogs (R105). Without a session there is nobody to say so: that
// is a failure where a dialog is all that was asked for.
void State::identify_dialog(const DialogAsked& question, ProviderId id) {
    DialogAsked asked = question;
    const auto fail = [&](std::uint32_t error) {
        answer(asked.application, asked.correlation, asked.function, as_result(error), {});
    };
    Session* session = running_session(id);
    if (session == nullptr) {
        const bool has_more_to_do =
            asked.function == abi::Tapi::lineAddProvider || asked.function == abi::Tapi::lineRemoveProvider;
        return fail(has_more_to_do ? LINEERR_OPERATIONUNAVAIL : LINEERR_OPERATIONFAILED);
    }
    if (!exports(*session, Tspi::providerUIIdentify)) return fail(LINEERR_OPERATIONUNAVAIL);
    asked.session = session->handle;
    call_provider(*session, 0, Arguments<Tspi::providerUIIdentify>(),
                  [this, asked](const Outcome& outcome) { dialog_identified(asked, outcome); });
}

void State::dialog_identified(const DialogAsked& asked, const Outcome& outcome) {
    const auto fail = [&](std::uint32_t error) {
        answer(asked.application, asked.correlation, asked.function, as_result(error), {});
    };
    const Session* session = sessions_.find(asked.session);
    if (outcome.result != 0 || session == nullptr) return fail(LINEERR_OPERATIONFAILED);
    const auto named = value_of<Tspi::providerUIIdentify, "lpszUIDLLName">(*outcome.outputs).text();
    if (named.empty()) return fail(LINEERR_OPERATIONUNAVAIL); // it shows none
    const auto library = dialog_library(provider(session->provider)->library, named);
    if (!library) {
        refused_library(*session, named);
        return fail(LINEERR_OPERATIONFAILED);
    }
    if (applications_.find(asked.application) == nullptr) return;
    Dialog* dialog = has_room_for_dialog(asked.application) ? dialogs_.add() : nullptr;
    if (dialog == nullptr) return fail(LINEERR_RESOURCEUNAVAIL);
    dialog->session = asked.session;
    dialog->stage = DialogStage::open;
    dialog->origin = DialogOrigin::application;
    dialog->application = asked.application;
    answer_opened(asked, wire::DialogOpened{dialog->handle, *library});
}

bool State::has_room_for_dialog(Handle application) const {
    std::size_t open = 0;
    dialogs_.for_each([&](const Dialog& dialog) {
        if (dialog.application == application) ++open;
    });
    return open < most_dialogs_of_application;
}

void State::refused_library(const Session& session, std::u16string_view named) {
    env_.log(Severity::error, std::string(name_of(session)) + " names " + abi::to_utf8(named) +
                                  " as the library of its dialogs, which does not lie in the folder of " +
                                  provider(session.provider)->library +
                                  ": it is not loaded; install it beside the provider");
}

// ---- What a dialog says

bool State::dialog_frame(Handle application, const wire::Frame& frame, std::string& reason) {
    const Dialog* dialog = dialogs_.find(frame.header.sequence);
    if (dialog != nullptr && dialog->application != application) dialog = nullptr;
    switch (static_cast<wire::DialogFunction>(frame.header.function)) {
    case wire::DialogFunction::data: {
        wire::Values inputs{};
        if (!wire::decode_down<Tspi::providerGenericDialogData>(frame.payload, inputs)) break;
        dialog_says(application, dialog, frame.header, inputs);
        return true;
    }
    case wire::DialogFunction::end: {
        wire::PayloadReader from(frame.payload);
        const auto why = from.utf8();
        if (!from.finished()) break;
        answer_dialog(application, frame.header, dialog != nullptr ? 0 : as_result(LINEERR_INVALPARAM));
        if (dialog != nullptr) dialog_ended(*dialog, frame.header.result, why);
        return true;
    }
    }
    reason = "a malformed frame of a dialog";
    return false;
}

// The library called TUISPIDLLCALLBACK (R106).
void State::dialog_says(Handle application, const Dialog* dialog, const wire::FrameHeader& asked,
                        wire::Values& inputs) {
    constexpr auto F = Tspi::providerGenericDialogData;
    const auto refuse_it = [&](std::uint32_t error) { answer_dialog(application, asked, as_result(error)); };
    if (dialog == nullptr) return refuse_it(LINEERR_INVALPARAM);
    if (dialog->stage == DialogStage::closing) return refuse_it(LINEERR_OPERATIONFAILED); // R109
    if (value_of<F, "lpParams">(inputs).null && number_of<F, "dwSize">(inputs) != 0)
        return refuse_it(LINEERR_INVALPOINTER);
    Session* session = sessions_.find(dialog->session);
    if (session == nullptr || running_session(session->provider) != session)
        return refuse_it(LINEERR_OPERATIONFAILED);
    if (!exports(*session, F)) return refuse_it(LINEERR_OPERATIONUNAVAIL);
    const auto object = dialog_object(*dialog, *session, number_of<F, "dwObjectType">(inputs),
                                      wide_of<F, "dwObjectID">(inputs));
    if (!object) return refuse_it(LINEERR_INVALPARAM);
    call_provider(*session, 0, Arguments<F>(inputs).template with<"dwObjectID">(*object),
                  [this, application, asked](const Outcome& outcome) {
                      const auto result =
                          outcome.result > 0 ? as_result(LINEERR_OPERATIONFAILED) : outcome.result;
                      answer_dialog(application, asked, result,
                                    outcome.outputs != nullptr ? *outcome.outputs : wire::Values{});
                  });
}

// The object as the provider knows it; absent when the dialog has nothing to do with it.
std::optional<std::uint64_t> State::dialog_object(const Dialog& dialog, const Session& session,
                                                  std::uint32_t type, std::uint64_t id) {
    switch (type) {
    case TUISPIDLL_OBJECT_LINEID:
    case TUISPIDLL_OBJECT_PHONEID: {
        if (id > UINT32_MAX) return std::nullopt;
        const auto kind = type == TUISPIDLL_OBJECT_LINEID ? DeviceKind::line : DeviceKind::phone;
        const auto found = device_by_id(dialog.application, kind, static_cast<std::uint32_t>(id));
        if (found.device == nullptr || found.device->provider != session.provider) return std::nullopt;
        return found.device->number;
    }
    case TUISPIDLL_OBJECT_PROVIDERID:
        return id == static_cast<std::uint32_t>(session.provider) ? std::optional(id) : std::nullopt;
    case TUISPIDLL_OBJECT_DIALOGINSTANCE:
        if (id != dialog.handle || dialog.origin != DialogOrigin::provider) return std::nullopt;
        return dialog.driver;
    default: return std::nullopt;
    }
}

// `why`: of one that failed, for people.
void State::dialog_ended(const Dialog& dialog, std::int32_t result, std::string_view why) {
    if (const Session* session = sessions_.find(dialog.session); session != nullptr && !why.empty())
        env_.log(Severity::warning, "a dialog of " + std::string(name_of(*session)) + " failed with " +
                                        std::to_string(result) + ": " +
                                        std::string(why.substr(0, most_reason)));
    end_dialog(dialog.handle);
}

// ---- Dialogs that providers start

// Handles that the host may give to dialogs; the provider has its handle when LINEEVENT returns.
void State::grant_dialogs(Session& session) {
    if (session.dialog_credit > configuration_.dialog_credit / 2) return;
    frame_.clear();
    wire::FrameWriter writer(frame_, {.kind = wire::FrameKind::grant, .function = LINE_CREATEDIALOGINSTANCE});
    for (; session.dialog_credit < configuration_.dialog_credit; ++session.dialog_credit) {
        Dialog* dialog = dialogs_.add();
        if (dialog == nullptr) break; // the provider is refused dialogs until handles are free again
        dialog->session = session.handle;
        writer.number(dialog->handle);
    }
    writer.finish();
    env_.to_host(SessionId{session.handle}, frame_);
}

// The application that made the request shows it (R107); nobody else hears of it.
bool State::dialog_created(Session& session, const wire::EventFromHost& event, std::string& reason) {
    Dialog* dialog = dialogs_.find(event.parameter3);
    if (dialog == nullptr || dialog->session != session.handle || dialog->stage != DialogStage::reserved) {
        reason = "LINE_CREATEDIALOGINSTANCE with a handle that was not granted";
        return false;
    }
    dialog->stage = DialogStage::open;
    dialog->driver = event.parameter2;
    --session.dialog_credit;
    if (session.stage == SessionStage::running) grant_dialogs(session);

    const Request* request = requests_.find(event.parameter1);
    const Registration* app = request != nullptr && request->session == session.handle
                                  ? registrations_.find(request->app)
                                  : nullptr;
    wire::DialogBlocks blocks;
    wire::read(event.late, blocks); // event_arrived has checked it
    const wire::Value named{0, blocks.library, false};
    const auto library = dialog_library(provider(session.provider)->library, named.text());
    if (app == nullptr) {
        violation(session, 107, "a dialog for a request that no application waits for");
        return end_dialog(dialog->handle), true;
    }
    if (!library) refused_library(session, named.text());
    if (!library || !has_room_for_dialog(app->application) || session.stage != SessionStage::running)
        return end_dialog(dialog->handle), true;
    dialog->application = app->application;
    dialog->app = app->handle;
    const auto late = late_part([&](wire::FrameWriter& to) {
        to.utf8(*library);
        wire::write(to, blocks.parameters);
    });
    send(*app, {.number = LINE_CREATEDIALOGINSTANCE, .device = dialog->handle, .late = late});
    return true;
}

// One way, to the dialog (R109). Of one that has ended meanwhile nothing comes any more.
bool State::dialog_data_sent(const Session& session, const wire::EventFromHost& event) {
    Dialog* dialog = dialogs_.find(event.parameter3);
    if (dialog == nullptr || dialog->session != session.handle || dialog->stage != DialogStage::open)
        return true;
    const Registration* app = registrations_.find(dialog->app);
    if (app == nullptr) return true; // the application asked for it: it is not the provider's to write to
    const bool close = wire::PayloadReader(event.late).block().null;
    if (close) dialog->stage = DialogStage::closing;
    send(*app, {.number = LINE_SENDDIALOGINSTANCEDATA, .device = dialog->handle, .late = event.late});
    return true;
}

// ---- The end

// TSPI_providerFreeDialogInstance, once, unless the session has ended (R110).
void State::end_dialog(Handle handle) {
    const Dialog* found = dialogs_.find(handle);
    if (found == nullptr) return;
    const Dialog dialog = *found;
    dialogs_.remove(handle);
    if (dialog.origin != DialogOrigin::provider) return;
    Session* session = sessions_.find(dialog.session);
    if (session == nullptr || reachable_session(session->provider) != session ||
        !exports(*session, Tspi::providerFreeDialogInstance))
        return;
    call_provider(*session, 0, Arguments<Tspi::providerFreeDialogInstance>().with<"hdDlgInst">(dialog.driver),
                  [](const Outcome&) {});
}

void State::end_dialogs_of_application(Handle application) {
    dialogs_.for_each([&](const Dialog& dialog) {
        if (dialog.application == application) end_dialog(dialog.handle);
    });
}

void State::end_dialogs_of_registration(Handle app) {
    dialogs_.for_each([&](const Dialog& dialog) {
        if (dialog.app == app) end_dialog(dialog.handle);
    });
}

// The dialogs close; those that an application asked for reach nobody any more.
void State::end_dialogs_of_session(const Session& session) {
    dialogs_.for_each([&](const Dialog& dialog) {
        if (dialog.session != session.handle || dialog.stage == DialogStage::reserved) return;
        if (const Registration* app = registrations_.find(dialog.app); app != nullptr) {
            const auto late = late_part([](wire::FrameWriter& to) { to.null(); });
            send(*app, {.number = LINE_SENDDIALOGINSTANCEDATA, .device = dialog.handle, .late = late});
        }
        end_dialog(dialog.handle);
    });
}

void State::forget_dialogs_of_session(const Session& session) {
    end_dialogs_of_session(session);
    dialogs_.for_each([&](const Dialog& dialog) {
        if (dialog.session == session.handle) dialogs_.remove(dialog.handle);
    });
}

} // namespace offhook::core
