// SPDX-License-Identifier: Apache-2.0
//
// The core's state and what it does with its inputs, by subject: each section below is one source file.
#pragma once

#include "core/arguments.h"
#include "core/core.h"
#include "core/model.h"
#include "core/pass_through.h"
#include "core/structure_form.h"

#include "abi/structure_writer.h"
#include "wire/dialog.h"
#include "wire/events.h"

#include <concepts>
#include <deque>
#include <functional>

namespace offhook::core {

// A call of an application that is being handled.
struct Invocation {
    Handle application = 0;
    std::uint32_t correlation = 0;
    std::uint64_t channel = 0; // of lineInitializeEx
    abi::Tapi function{};
    const wire::Values& inputs;
};

// Outputs on their way to an application, and the memory of those that were laid out anew.
struct Filled {
    wire::Values values{};
    std::vector<std::vector<std::byte>> memory;
};

class State {
  public:
    State(Environment& environment, Configuration configuration)
        : env_(environment),
          configuration_(configuration),
          registrations_(configuration.first_generation),
          openers_(configuration.first_generation),
          call_handles_(configuration.first_generation) {}

    // Inputs: see Core.
    void set_time(std::uint64_t milliseconds) { now_ = milliseconds; }
    void set_tracing(Tracing tracing) { tracing_ = tracing; }
    void provider_added(ProviderId, std::string name, std::string library);
    void provider_changed(ProviderId, Changeover);
    void provider_removed(ProviderId, Changeover);
    ApplicationId application_connected(std::uint32_t user, std::string name);
    void channel_opened(ApplicationId, ChannelId);
    void channel_lost(ChannelId);
    void application_gone(ApplicationId);
    bool application_frame(ApplicationId, const wire::Frame&, std::string& reason);
    void host_ready(SessionId, std::span<const std::byte> exported);
    bool host_frame(SessionId, const wire::Frame&, std::string& reason);
    void host_gone(SessionId, std::string reason);
    void timer_expired(TimerId);
    void end_free_sessions(); // after each of these
    void shut_down();
    bool idle() const { return shutting_down_ && sessions_.size() == 0; }
    Snapshot snapshot() const;
    void learn_parties();

  private:
    // ---- dispatch.cpp: from a function's number to what handles it
    friend struct DispatchRow;
    using Handler = void (State::*)(const Invocation&);
    static Handler handler_of(abi::Tapi);

    // ---- operations.cpp: calls into providers, each with a deadline and a continuation
    template <abi::Tspi F>
    void call_provider(Session&, std::uint32_t lane, const Arguments<F>&, OutcomeContinuation then);
    template <abi::Tspi F>
    void call_provider_with_audio(Session&, std::uint32_t lane, const Arguments<F>&, Audio,
                                  std::uint32_t stream, OutcomeContinuation then);
    void call_provider(Session&, std::uint32_t lane, abi::Tspi, const wire::Values&,
                       OutcomeContinuation then);
    void trace_call(const Session&, Operation&, Handle lane, const wire::Values&);
    Handle call_of_driver(Handle device, std::uint64_t driver) const;
    Operation* begin_operation(Session&, abi::Tspi, OutcomeContinuation);
    void arm_deadline(Session&);
    void deadline_passed(Session&);
    bool operation_returned(Session&, const wire::Frame&, std::string& reason);
    static bool exports(const Session&, abi::Tspi);
    void end_session(Session&, std::string reason); // kills the host; host_gone follows

    // ---- sessions.cpp: a provider's session from start to end
    Provider* provider(ProviderId);
    Session* running_session(ProviderId);   // may begin something
    Session* reachable_session(ProviderId); // may still end something
    bool sessions_are_wanted() const;
    void start_wanted_sessions();
    void start_session(Provider&);
    void negotiate_session(Session&);
    void enumerate_devices(Session&);
    void initialise_session(Session&);
    void name_missing_functions(const Session&);
    void session_is_running(Session&);
    void retire_surplus(const DeviceRange&, std::uint32_t count);
    void shut_session_down(Session&);
    void shut_provider_down(Session&);
    void end_unwanted_sessions();
    void session_lost(Session&);
    void retry_later(Provider&, std::string reason);
    void enter_stage(Session&, SessionStage);
    void grant_calls(Session&);

    // ---- changeover.cpp: a session that comes to its end because of a new configuration or a removal
    bool is_free(const Provider&) const;
    void end_if_free(Provider&);
    void enter_changeover(Provider&, ChangeoverStage);
    void announce_changeover(const Provider&);
    void changeover_is_due(Provider&);
    void changeover_over(Provider&); // the session has ended
    static bool takes_new_calls(const Provider& one) { return one.changeover != ChangeoverStage::draining; }
    bool has_ended(Handle call) const;

    // ---- reinitialisation.cpp: applications that are told to initialise anew, and held to it
    bool all_is_reinitialisation(const Session&, std::uint32_t message,
                                 std::array<std::uint64_t, 3>& parameters);
    void reinitialisation_asked(const Session&, DeviceKind);
    void tell_to_reinitialise(Registration&, ProviderId, ReinitCause);
    void translate_to_reinitialise(Registration&, ProviderId, std::uint32_t message,
                                   std::uint64_t parameter1);
    static bool told_to_reinitialise(const Registration&, ProviderId);
    static void change_has_come(Registration&, ProviderId);

    // ---- applications.cpp: initialisation and shutdown
    template <DeviceKind K> void initialize(const Invocation& invocation) { initialize(invocation, K); }
    void initialize(const Invocation&, DeviceKind);
    void answer_initialisation(Registration&);
    void answer_initialisations(); // those that need wait no longer
    template <DeviceKind K> void shutdown(const Invocation& invocation) { shutdown(invocation, K); }
    void shutdown(const Invocation&, DeviceKind);
    void close_registration(Handle app);
    void line_get_provider_list(const Invocation&);
    Registration* registration_of(Handle application, std::uint64_t handle, DeviceKind);

    // ---- device_numbers.cpp: devices as each application numbers them
    std::vector<Handle> devices_to_number(DeviceKind) const;
    Device* device_of(const Registration&, std::uint32_t device_id);
    static std::uint32_t no_device(const Registration&, std::uint32_t device_id);
    struct FoundDevice {
        Device* device = nullptr;
        const Registration* app = nullptr; // that knows the device
        std::uint32_t error = 0;           // why there is none
    };
    FoundDevice device_by_id(Handle application, DeviceKind, std::uint32_t device_id);
    std::uint32_t number_as_known_to(const Opener&) const;
    std::optional<std::uint32_t> number_as_known_to(Handle application, const Device&) const;
    struct Query;
    void answer_own_number(const Invocation&, const Opener&, std::uint32_t total);
    void answer_numbers(const Query&, ProviderId, DeviceKind, const Outcome&, const wire::Value& filled);
    void answer_numbers(const Query&, std::span<const std::uint32_t> numbers);

    // ---- versions.cpp: negotiation of the interface's version and of extensions
    struct Negotiation;
    template <DeviceKind K> void negotiate_api_version(const Invocation& invocation) {
        negotiate_api_version(invocation, K);
    }
    void negotiate_api_version(const Invocation&, DeviceKind);
    template <DeviceKind K> void negotiate_ext_version(const Invocation& invocation) {
        negotiate_ext_version(invocation, K);
    }
    void negotiate_ext_version(const Invocation&, DeviceKind);
    std::uint32_t find_negotiated(const Invocation&, DeviceKind, Negotiation&);
    void version_negotiated(const Negotiation&, const Outcome&);
    void extension_negotiated(const Negotiation&, const Outcome&);

    // ---- devices.cpp: opening and closing of lines and phones
    enum class OpenStep : std::uint8_t { negotiate, open, count_addresses, detect_media, done };
    struct Opening { // what an application asks for
        std::uint32_t version = 0;
        std::uint32_t extension = 0;
        std::uint32_t privileges = 0;
        std::uint32_t media_modes = 0;
        std::uint64_t instance = 0;
        std::optional<LineSearch> search = {};
    };
    void open(const Invocation&, Registration&, Device&, const Opening&);
    void wait_for(Device&, Opener&);
    void open_device(Device&);
    void take_open_step(Session&, Device&, OpenStep);
    void open_step_returned(Handle device, OpenStep, const Outcome&);
    void device_opened(Device&);
    void device_not_opened(Device&, std::int32_t error);
    void close_device(Device&);
    void close_at_provider(Session&, Device&);
    void device_closed(Device&);
    void admit(Opener&, Device&);
    std::pair<Opener*, Device*> still_waiting(Handle opener, Handle device);
    void select_extension(Session&, Device&, std::uint32_t version, OutcomeContinuation then);
    void admit_media(Opener&, Device&);
    void admitted(Opener&, Device&);
    void not_admitted(Opener&, Device&, std::int32_t error);
    void stop_unwanted_detection(Device&);
    void fail_open(Handle opener, std::int32_t error);
    void close(const Invocation&, Opener&);
    void release_opener(Handle);
    void give_up_interests(Device&, const Opener& released);
    void force_close(Device&);

    // ---- status_messages.cpp: changes of devices that applications want to hear of
    void want_status_messages(const Invocation&, const Opener&, const StatusMask&);
    void give_up_status_messages(const Device&);
    void ask_for_status_messages(Handle device, const StatusQuestion&);
    void ask_next_status_question(Handle device);
    StatusMask wanted_status_messages(const Device&, const StatusQuestion&) const;
    void tell_wanted_status(Session&, const Device&, const StatusMask&);
    void status_question_answered(Handle device, std::int32_t result);

    // ---- line_search.cpp: LINEMAPPER
    bool may_be_opened(const Registration&, const Device&);
    void open_some_line(const Invocation&, Registration&, Opening);
    void ask_line(Opener&, Device&);
    bool try_next_line(Opener&, const Registration&);

    Opener* opener_of(Handle application, std::uint64_t handle, DeviceKind);
    template <class F> void for_each_device(const Provider& owner, F act) {
        for (const auto kind : device_kinds) {
            const auto devices = owner.range(kind).devices; // act may forget one
            for (const Handle handle : devices)
                if (Device* device = devices_.find(handle)) act(*device);
        }
    }

    // ---- run_time_devices.cpp: devices that come and go while a session runs
    void device_offered(Session&, DeviceKind, std::uint64_t temporary);
    Device* add_device(Provider&, DeviceKind);
    void announce_device(Device&);
    void device_removed(Session&, DeviceKind, std::uint64_t number);
    void retire_device(Device&);
    void forget_device(const Device&);

    // ---- lines.cpp: what lines have and phones have not
    void line_open(const Invocation&);
    void line_close(const Invocation&);
    void line_set_status_messages(const Invocation&);
    void line_get_status_messages(const Invocation&);
    void line_set_num_rings(const Invocation&);
    void line_get_num_rings(const Invocation&);
    std::uint32_t wanted_media_modes(const Device&) const;
    void update_media_detection(Device&, OutcomeContinuation);
    Opener* line_of(Handle application, std::uint64_t handle) {
        return opener_of(application, handle, DeviceKind::line);
    }

    // ---- phones.cpp: what phones have and lines have not
    void phone_open(const Invocation&);
    void phone_close(const Invocation&);
    void phone_set_status_messages(const Invocation&);
    void phone_get_status_messages(const Invocation&);
    void phone_event(Device&, std::uint32_t message, const std::array<std::uint64_t, 3>& parameters);
    void tell_phone_holders(const Device&, const Opener& changed);
    std::uint32_t count_openers(const Device&, std::uint32_t privilege) const;

    // ---- requests.cpp: asynchronous requests, each completed exactly once
    Request* new_request(const Invocation&, const Opener&, const PassThrough&);
    Request* new_own_request(Call&, abi::Tspi);
    static void bind(Request&, Call&);
    void request_returned(Handle request, const Outcome&);
    void name_created_calls(const Request&, const wire::Values& outputs);
    void request_completed(Handle request, std::int32_t result, std::span<const std::byte> outputs = {});
    void reply(const Request&, std::int32_t result, const wire::Values& outputs = {});
    void forget_request(const Request&);
    void abort_requests_of_call(Call&);
    void abort_requests_of_device(Device&);
    bool completion_arrived(Session&, const wire::Frame&, std::string& reason);

    // ---- calls.cpp: how calls begin and end
    Call* new_pending_call(Opener& creator, Session&);
    void calls_created(const Request&, std::int32_t result, Filled&);
    void announce_created(Call&);
    void creation_failed(const Request&);
    enum class Creation : std::uint8_t { pending, completed };
    void give_up_created(const Request&, Creation);
    void new_call_arrived(Session&, Device&, Call&, std::uint64_t driver);
    void learn_address(Session&, const Device&, Call&);
    void offer_waiting_calls(Session&, Device&);
    void offer_call(Call&); // when all that it takes is known
    void abandon_created_calls(Device&, Handle line);
    void drop_call(Call&);
    void close_call(Call&);
    void remove_call(Handle call);

    // ---- call_states.cpp: the states of calls, and the conferences that they are in
    void call_state_changed(Session&, Call&, const CallState&);
    void deliver_call_state(Call&, const CallState&);
    void deliver_held_states(Call&);
    bool must_wait(const Call&, const CallState&);
    bool awaits_parent(const Call&, const CallState&);
    void parent_is_settled(Call&);
    static bool is_conferenced(const Call&);
    Call* conference_of(const Call&);
    Handle parent_as_known_to(const Opener&, const Call&);
    std::uint64_t detail_as_seen(const Opener&, const Call&, const CallState&);

    // ---- pass_through.cpp: functions that reach the provider as they are, but for handles and versions
    struct Passage;
    void pass_through(const Invocation&, const PassThrough&);
    template <abi::Tapi From, abi::Tspi To> void pass_through(const Invocation& invocation) {
        pass_through(invocation, pass_through_of<From, To>);
    }
    std::uint32_t find_subject(Passage&);
    std::uint32_t find_device(Passage&);
    std::uint32_t find_device_by_id(Passage&, std::uint64_t device_id);
    void use_opener(Passage&, Opener&);
    std::uint32_t find_call(Passage&, const abi::Parameter&, std::uint64_t given);
    std::uint32_t translate(Passage&);
    std::uint32_t translate_given(Passage&, std::size_t index);
    void pass_as_request(Passage&);
    static void describe_created(const Passage&, Call&);
    void pass_and_answer(Passage&);
    std::int32_t outputs_for_application(const PassThrough&, const StructureForm&, Handle session,
                                         const wire::Values& filled, Filled&);

    // ---- call_handles.cpp: what applications hold of a call: privilege, ownership, monitoring
    enum class Release : std::uint8_t { deallocated, line_closed };
    void line_deallocate_call(const Invocation&);
    void line_set_call_privilege(const Invocation&);
    CallHandle* new_call_handle(Call&, Opener&, std::uint32_t privilege);
    void announce_call_handle(const Call&, const CallHandle&, const CallState&);
    void announce_counts(const Call&, std::uint32_t changed, Handle causer);
    void release_call_handle(Handle handle, Release);
    std::uint32_t count_handles(const Call&, std::uint32_t privilege) const;
    CallHandle* call_handle_of(Handle application, std::uint64_t handle);
    // 0, or why its application may not request something of this call.
    static std::uint32_t may_request(const CallHandle&, abi::Privilege needed);

    // ---- call_lists.cpp: the calls of a line or of a conference
    void line_get_new_calls(const Invocation&);
    void line_get_conf_related_calls(const Invocation&);
    bool holds(const Registration&, const Call&) const;
    void answer_call_list(const Invocation&, Opener&, const std::vector<Call*>&);

    // ---- monitoring.cpp: digits, tones and media that applications listen for, gather and generate
    void line_monitor_digits(const Invocation&);
    void line_monitor_media(const Invocation&);
    void line_monitor_tones(const Invocation&);
    struct Monitoring;
    static const Monitoring& monitoring_of(abi::Tapi);
    void monitor(const Invocation&, const Monitoring&);
    void change_monitoring(const Call&, const Monitoring&, const MonitoringChange&);
    void begin_monitoring_change(Handle call, const Monitoring&);
    void monitoring_changed(Handle call, const Monitoring&, std::uint32_t before, std::int32_t result);
    std::uint32_t call_error(const Call*, const MonitoringChange&) const;
    std::uint32_t listened_for(const Call&, std::uint32_t CallHandle::*modes) const;
    void update_monitoring(Call&, const Monitoring&, OutcomeContinuation);
    bool ends_monitoring(const Call&, const CallHandle& released) const;
    void stop_monitoring(Call&, const CallHandle& released);
    void monitored(const Call&, std::uint32_t message, const std::array<std::uint64_t, 3>& parameters);
    void asked_for_has_ended(const Call&, std::uint32_t message,
                             const std::array<std::uint64_t, 3>& parameters, std::span<const std::byte> late);
    std::uint64_t tick(const Opener&, std::uint64_t given) const;

    // ---- queries.cpp: functions that read, answered by the provider and completed by the service
    void line_get_dev_caps(const Invocation&);
    void line_get_address_caps(const Invocation&);
    void line_get_call_status(const Invocation&);
    void line_get_id(const Invocation&);
    static bool is_class(std::u16string_view name, std::u16string_view expected);
    bool is_sound(Handle session, abi::Tapi, abi::StructureId, const StructureForm&,
                  std::span<const std::byte> filled);
    template <class T, class Complete>
    void answer_query(const Query&, const Outcome&, const wire::Value&, Complete);

    // ---- call_information.cpp: what is known of a call
    void line_get_call_info(const Invocation&);
    void complete_call_info(const CallHandle&, abi::StructureWriter<LINECALLINFO>&) const;
    void was_taken_by(Call&, Handle app);

    // ---- line_status.cpp: the status of a line
    void line_get_line_dev_status(const Invocation&);
    void complete_line_status(const Device&, abi::StructureWriter<LINEDEVSTATUS>&) const;

    // ---- phone_queries.cpp
    void phone_get_dev_caps(const Invocation&);
    void phone_get_status(const Invocation&);
    void phone_get_id(const Invocation&);

    // ---- dialogs.cpp: dialogs that providers' user-interface libraries show at applications
    struct DialogAsked { // by an application
        Handle application = 0;
        std::uint32_t correlation = 0;
        abi::Tapi function{};
        Handle session = 0;
    };
    void config_dialog(const Invocation&);
    void provider_dialog(const Invocation&);
    const Provider* provider_of_dialog(const Invocation&) const;
    void ask_for_dialog(const Invocation&, ProviderId);
    void identify_dialog(const DialogAsked&, ProviderId);
    void identify_waiting_dialogs(ProviderId); // its session runs now, or has ended
    void dialog_identified(const DialogAsked&, const Outcome&);
    bool has_room_for_dialog(Handle application) const;
    void refused_library(const Session&, std::u16string_view named);
    bool dialog_frame(Handle application, const wire::Frame&, std::string& reason);
    void dialog_says(Handle application, const Dialog*, const wire::FrameHeader& asked, wire::Values&);
    std::optional<std::uint64_t> dialog_object(const Dialog&, const Session&, std::uint32_t type,
                                               std::uint64_t id);
    void dialog_ended(const Dialog&, std::int32_t result, std::string_view why);
    void grant_dialogs(Session&);
    bool dialog_created(Session&, const wire::EventFromHost&, std::string& reason);
    bool dialog_data_sent(const Session&, const wire::EventFromHost&);
    void end_dialog(Handle);
    void end_dialogs_of_application(Handle application);
    void end_dialogs_of_registration(Handle app);
    void end_dialogs_of_session(const Session&);
    void forget_dialogs_of_session(const Session&);

    // ---- events.cpp: what providers report, and what applications are told
    bool event_arrived(Session&, const wire::Frame&, std::string& reason);
    void line_event(Session&, Device&, std::uint32_t message, const std::array<std::uint64_t, 3>& parameters);
    void call_event(Session&, Call&, std::uint32_t message, const std::array<std::uint64_t, 3>& parameters,
                    std::span<const std::byte> late);
    void provider_event(Session&, std::uint32_t message, const std::array<std::uint64_t, 3>& parameters);
    void device_specific(const Call&, std::uint32_t message, const std::array<std::uint64_t, 3>& parameters);
    struct Message {
        std::uint32_t number = 0;
        std::uint32_t device = 0; // hDevice
        std::uint64_t instance = 0;
        std::uint64_t parameter1 = 0, parameter2 = 0, parameter3 = 0;
        std::span<const std::byte> late = {}; // outputs that come with the message, as the wire has them
    };
    void capabilities_changed(const Opener&, const Message& original); // below version 1.4
    void send(const Registration&, const Message&);
    void send(const Opener&, Message); // fills in the callback instance
    void tell_openers(const Device&, std::uint32_t line_state, Handle except);

    // ---- watchdog.cpp: requests and calls that do not go on
    void arm_watchdog();
    void look_for_stuck();
    std::uint64_t watch(Request&); // until when there is nothing to see
    std::uint64_t watch(Call&);
    void request_is_stuck(Request&);
    void call_is_stuck(Call&);
    void call_was_dropped(Handle call);
    void give_up_request(Request&);
    void give_up_call(Call&);
    void report_stuck(TraceRecord, const std::string& text);
    bool was_given_up(Handle request) const;

    // ---- snapshot.cpp: what people are shown
    void add_devices(Snapshot&, const Provider&) const;
    void add_call(Snapshot&, const Call&) const;
    void add_requests(Snapshot&) const;
    std::vector<UseSnapshot> users_of(const Provider&) const;
    void learn_parties_of(Call&);
    void learn_name_of(const Device&);

    // ---- answers.cpp: results to applications, and the trace
    void answer(const Invocation& invocation, std::int32_t result) {
        answer(invocation.application, invocation.correlation, invocation.function, result, {});
    }
    void answer(Handle application, std::uint32_t correlation, abi::Tapi, std::int32_t result,
                const wire::Values&, ChannelId reply_channel = {});
    void refuse(const Invocation& invocation, std::uint32_t error) { answer(invocation, as_result(error)); }
    template <abi::Tapi F>
    void answer(Handle application, std::uint32_t correlation, const Arguments<F>& outputs,
                std::int32_t result = 0) {
        answer(application, correlation, F, result, outputs.values());
    }
    void answer_opened(const DialogAsked&, const wire::DialogOpened&);
    void answer_dialog(Handle application, const wire::FrameHeader& asked, std::int32_t result,
                       const wire::Values& outputs = {});
    void answer_with_audio(Handle application, std::uint32_t correlation, const wire::Values&,
                           std::uint32_t stream);
    // What is rare is always traced.
    void trace(const TraceRecord& record) { env_.trace(record); }
    // For what happens with every message: the record is made only when somebody watches.
    template <std::invocable Make> void trace(Make&& make) {
        if (tracing_ == Tracing::on) env_.trace(std::forward<Make>(make)());
    }
    void violation(const Session&, std::uint32_t rule, std::string_view what, const Call* = nullptr);
    std::string_view name_of(const Session&) const;

    Handle start_timer(TimerKind, std::uint32_t subject, std::uint32_t milliseconds);
    void cancel_timer(Handle&);

    Environment& env_;
    Configuration configuration_;
    Tracing tracing_ = Tracing::off;
    std::uint64_t now_ = 0;
    bool shutting_down_ = false;
    bool something_ended_ = false; // a call, or the use of a device: a change may have waited for it

    std::map<ProviderId, Provider> providers_;
    HandleTable<Session> sessions_;
    HandleTable<Operation> operations_;
    HandleTable<Timer> timers_;
    HandleTable<Device> devices_;
    HandleTable<Application> applications_;
    HandleTable<Registration> registrations_;
    HandleTable<Opener> openers_;
    std::map<Handle, LineSearch> searches_; // by Opener
    // By Device; of each the first is with the provider.
    std::map<Handle, std::deque<StatusQuestion>> status_questions_;
    HandleTable<Call> calls_;
    HandleTable<CallHandle> call_handles_;
    // By call, and lineMonitorDigits or lineMonitorMedia: the first is at the provider, the others wait for
    // it.
    std::map<std::pair<Handle, abi::Tapi>, std::deque<MonitoringChange>> monitoring_changes_;
    HandleTable<Request> requests_;
    HandleTable<Dialog> dialogs_;
    std::vector<std::pair<ProviderId, DialogAsked>> waiting_dialogs_; // for a session that is starting
    std::array<std::uint32_t, device_kinds.size()> next_device_number_{};
    Handle watchdog_timer_ = 0;
    std::deque<Handle> given_up_; // requests whose completion may still come; the last ones
    std::uint32_t next_audio_stream_ = 0;
    std::uint32_t party_questions_ = 0; // of learn_parties, not answered
    std::vector<std::byte> frame_;      // scratch for the frame being written
};

} // namespace offhook::core
