// SPDX-License-Identifier: Apache-2.0
//
// The objects whose life cycles the core carries, and how they nest:
//
//   Provider ⊃ Session ⊃ Device open ⊃ Call                 towards the provider
//   Application ⊃ Registration ⊃ Opener ⊃ CallHandle        towards the applications
//
// Lines and phones are devices; phones have no calls. A Device is open towards its provider as long as one
// Opener uses it; a Call lives until
// TSPI_lineCloseCall has returned (R067), which follows its last CallHandle (R081). Objects name each other
// by handle.
#pragma once

#include "core/arguments.h"
#include "core/call_texts.h"
#include "core/continuation.h"
#include "core/environment.h"
#include "core/handle_table.h"
#include "core/pass_through.h"
#include "core/structure_form.h"
#include "wire/codec.h"

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace offhook::core {

// The answer of a provider to a synchronous call, or the return of an asynchronous one.
struct Outcome {
    std::int32_t result = 0;
    const wire::Values* outputs = nullptr; // when result >= 0
};
using OutcomeContinuation = Continuation<const Outcome&>;

// A call into a provider that has not returned.
struct Operation {
    Handle handle = 0;
    abi::Tspi function{};
    Handle session = 0;
    Handle line = 0, call = 0; // what it is about, for the trace
    std::uint64_t since = 0;
    OutcomeContinuation then;
};

// A session goes through these in order; from any of them it can be lost (R002, R015).
enum class SessionStage : std::uint8_t {
    starting,
    negotiating,
    enumerating,
    initialising,
    running,
    shutting_down
};

std::string_view stage_name(SessionStage);

enum class DeviceKind : std::uint8_t { line, phone };
inline constexpr std::array device_kinds{DeviceKind::line, DeviceKind::phone};

struct Deadline {
    Handle operation = 0;
    std::uint64_t at = 0; // milliseconds
};

struct Session {
    Handle handle = 0; // SessionId
    ProviderId provider{};
    SessionStage stage = SessionStage::starting;
    std::uint32_t version = 0; // of TSPI, negotiated with INITIALIZE_NEGOTIATION (R015)
    std::uint32_t lines = 0;   // devices that it enumerated
    std::uint32_t phones = 0;
    std::uint32_t count(DeviceKind kind) const { return kind == DeviceKind::line ? lines : phones; }
    std::vector<std::byte> exported;
    std::uint32_t credit = 0; // call handles granted and not used
    std::uint32_t dialog_credit = 0;
    std::uint32_t outstanding = 0; // operations that have not returned
    bool shutdown_called = false;  // TSPI_providerShutdown comes after everything else has returned (R002)
    std::deque<Deadline>
        deadlines; // in the order of the calls; answered ones are dropped when they reach the front
    Handle deadline_timer = 0;
    std::uint64_t running_since = 0;
    bool end_when_running = false; // a new configuration waits: the session ends as soon as it can in order
    std::string failure;           // why it is being ended, when not in order
};

// The devices of one kind that a provider has, in its order; they outlive the session (decision 9). Those
// that it enumerates have contiguous identifiers from `base` (R097, R098).
struct DeviceRange {
    std::vector<Handle> devices;
    std::uint32_t base = 0;
    std::uint32_t size = 0; // identifiers from base that are its own
};

// How far a session is on the way to its end because of a change (Changeover); waiting: until it is unused.
enum class ChangeoverStage : std::uint8_t { none, waiting, draining };

struct Provider {
    ProviderId id{};
    std::string name;
    std::string library;
    Handle session = 0; // 0: none
    DeviceRange lines, phones;
    DeviceRange& range(DeviceKind kind) { return kind == DeviceKind::line ? lines : phones; }
    const DeviceRange& range(DeviceKind kind) const { return kind == DeviceKind::line ? lines : phones; }
    std::uint32_t backoff = 0; // milliseconds before the next try; 0: the last session ended in order
    Handle retry_timer = 0;
    std::uint64_t retry_at = 0;
    std::string last_error;
    bool removed = false; // for good; forgotten when its session has ended
    ChangeoverStage changeover = ChangeoverStage::none;
    Handle changeover_timer = 0; // when the next stage comes; 0: it does not come by itself
    std::uint64_t changeover_at = 0;
};

// The changes that an opener wants to hear of: LINEDEVSTATE_ and LINEADDRESSSTATE_ bits of a line;
// PHONESTATE_, PHONEBUTTONMODE_ and PHONEBUTTONSTATE_ bits of a phone.
struct StatusMask {
    std::uint32_t states = 0;
    std::uint32_t address_states = 0;
    std::uint32_t button_modes = 0, button_states = 0;

    bool operator==(const StatusMask&) const = default;
    StatusMask& operator|=(const StatusMask& other) {
        states |= other.states;
        address_states |= other.address_states;
        button_modes |= other.button_modes;
        button_states |= other.button_states;
        return *this;
    }
};

// What an opener wants to hear of from now on, until the provider has answered.
struct StatusQuestion {
    Handle opener = 0; // 0: nobody waits; one has gone
    StatusMask wants;
    Handle application = 0;
    std::uint32_t correlation = 0;
    abi::Tapi function{};
};

// absent: the provider's session is not running. open: the provider has it open. opening and closing: on the
// way; who comes meanwhile waits.
enum class DeviceStage : std::uint8_t { absent, closed, opening, open, closing };

struct Device {
    Handle handle = 0; // HTAPILINE or HTAPIPHONE
    DeviceKind kind = DeviceKind::line;
    ProviderId provider{};
    std::uint32_t number = 0; // the provider's device identifier; applications have identifiers of their own
    std::string name;         // for people; known once somebody has asked for the device's capabilities
    DeviceStage stage = DeviceStage::absent;
    bool removed = false;        // for good; forgotten once it is closed
    std::uint32_t version = 0;   // committed at open (R020, R022)
    std::uint32_t extension = 0; // the extension version that is selected; 0: none (R023)
    std::uint64_t driver = 0;    // HDRVLINE or HDRVPHONE
    std::vector<Handle> opens;   // Opener
    std::vector<Handle> waiting; // Opener that wait for an opening or closing to end
    std::uint32_t requests = 0;  // that are outstanding on it or on its calls
    StatusMask reported;         // what the provider has agreed to report (R236)
    Handle closer = 0;           // Application whose lineClose or phoneClose waits for the provider's
    std::uint32_t closer_correlation = 0;
    // Of lines:
    std::uint32_t addresses = 1;   // known while open
    std::uint32_t media_modes = 0; // that the provider detects (R088)
    std::vector<Handle> calls;     // Call
};

struct Application {
    Handle handle = 0; // ApplicationId
    std::uint32_t user = 0;
    std::string name;
    std::uint64_t results = 0; // result frames sent to it: its events are ordered by them
    std::vector<Handle> registrations;
    std::vector<ChannelId> free_channels; // announced and not used by a Registration
};

// initialising: lineInitializeEx or phoneInitializeEx waits for sessions that are starting.
enum class RegistrationStage : std::uint8_t { initialising, running };

// Why an application was told REINIT. translated: of something that its version has no message for (R091,
// R238). change: a session that it uses is to end (R104). asked: by the provider.
enum class ReinitCause : std::uint8_t { translated, change, asked };

struct PendingReinit {
    ProviderId provider{};
    ReinitCause cause{};
};

struct Registration {
    Handle handle = 0; // HLINEAPP or HPHONEAPP
    DeviceKind kind = DeviceKind::line;
    Handle application = 0;
    RegistrationStage stage = RegistrationStage::initialising;
    ChannelId channel{};
    std::uint32_t version = 0;                  // the highest that the application understands
    std::shared_ptr<const std::u16string> name; // for people; calls that it makes keep it (LINECALLINFO)
    std::vector<Handle> devices; // Device by the application's own device identifier (decision 9)
    std::vector<Handle> opens;   // Opener
    std::uint32_t correlation = 0;
    Handle timer = 0;
    std::vector<PendingReinit> reinitialise; // that it was told and holds it (R237); one of a provider
};

// opening: lineOpen or phoneOpen has not been answered.
enum class OpenStage : std::uint8_t { opening, open };

// A line that LINEMAPPER is to find.
struct LineSearch {
    std::deque<Handle> untried;        // Device
    std::vector<std::byte> parameters; // LINECALLPARAMS, of the opener's version; empty: none were given
    bool would_do = false;             // the line that the opener waits for, as its provider says
};

// An application that opened a device.
struct Opener {
    Handle handle = 0; // HLINE or HPHONE
    Handle app = 0;    // Registration
    Handle device = 0;
    OpenStage stage = OpenStage::opening;
    std::uint32_t version = 0;
    std::uint32_t extension = 0;  // version of the extension that it uses; 0: none (R027)
    std::uint32_t privileges = 0; // LINECALLPRIVILEGE_ or PHONEPRIVILEGE_ bits
    std::uint32_t media_modes = 0;
    std::uint64_t instance = 0;
    StatusMask wants;
    std::uint32_t correlation = 0;                    // of the lineOpen call, until it is answered
    std::vector<Handle> calls;                        // CallHandle
    std::map<std::uint32_t, std::uint32_t> num_rings; // by address, that it has set
};

// reserved: granted to the host for a LINE_NEWCALL. pending: an asynchronous request creates it (R062).
// arriving: announced by LINE_NEWCALL, not yet offered to applications. live: applications may hold handles.
// closing: TSPI_lineCloseCall is under way; a pending call closes only once its driver handle is known.
enum class CallStage : std::uint8_t { reserved, pending, arriving, live, closing };

// How what is expected to go on does so: stuck: it does not, and that has been reported. dropped: the
// provider was asked to end it. given_up: it has ended for its applications, whatever the provider says.
enum class Progress : std::uint8_t { expected, stuck, dropped, given_up };

struct CallState {
    std::uint32_t state = 0;
    std::uint64_t mode = 0;
    std::uint32_t media_modes = 0;
};

// What the service knows of a call's caller and called party, for people: it asks when somebody wants to see.
enum class PartiesKnown : std::uint8_t { no, asked, yes };

// On which of a line's addresses a call is. asked: the provider has not said it yet; until then nobody learns
// of the call but who makes it.
enum class AddressKnown : std::uint8_t { no, asked, yes };

struct Call {
    Handle handle = 0; // HTAPICALL
    Handle device = 0;
    Handle session = 0;
    CallStage stage = CallStage::reserved;
    std::uint64_t driver = 0; // HDRVCALL; 0: not known yet
    std::uint32_t address = 0;
    CallState state;
    // States that came before applications may know the call (R063, R071), or the parent of its conference
    // (R132).
    std::vector<CallState> held;
    std::vector<Handle> handles;  // CallHandle
    std::vector<Handle> requests; // outstanding
    Handle creator = 0;           // Opener whose request creates it, while pending
    bool abandoned = false; // pending, and its creator is gone: closed as soon as its driver handle is known
    AddressKnown address_known = AddressKnown::no;
    bool awaited = false;          // by calls of the conference whose parent it is: nobody knows it yet
    std::uint64_t since = 0;       // when it began
    std::uint64_t state_since = 0; // when it came into its state
    Progress progress = Progress::expected;
    std::optional<std::uint64_t> dropped_at; // when TSPI_lineDrop succeeded: from then on IDLE is owed (R080)
    PartiesKnown parties_known = PartiesKnown::no;
    std::string caller, called;
    std::shared_ptr<const std::u16string> application; // that made or took it first, by name; null: none
    std::unique_ptr<const CallTexts> texts;            // null: there are none
};

enum class Tones : std::uint8_t { not_monitored, monitored };

struct CallHandle {
    Handle handle = 0; // HCALL
    Handle call = 0;
    Handle line = 0; // Opener
    std::uint32_t privilege = 0;
    std::uint32_t digit_modes = 0;     // that it listens for, LINEDIGITMODE_
    std::uint32_t monitored_media = 0; // LINEMEDIAMODE_
    Tones tones = Tones::not_monitored;
};

// What is to be listened for on a call from now on: digits or media.
struct MonitoringChange {
    Handle holder = 0; // CallHandle; 0: one that was released, and listens for nothing any more
    std::uint32_t modes = 0;
    Handle application = 0; // whose function waits for it; 0: nobody
    std::uint32_t correlation = 0;
};

// submitted: the provider's function has not returned. accepted: it returned the request id (R043).
// completed_early: the completion came before the return (R047).
enum class RequestStage : std::uint8_t { submitted, accepted, completed_early };

struct Request {
    Handle handle = 0; // DRV_REQUESTID and the application's request id (R045)
    abi::Tspi function{};
    RequestStage stage = RequestStage::submitted;
    Handle session = 0;
    Handle application = 0; // whose call waits for the return; 0: the service itself asked
    Handle app = 0;         // Registration that gets the reply; 0: nobody, or it has shut down (R242)
    Handle device = 0;
    Handle call = 0;                                 // Call that it is about; 0: none
    Handle opener = 0;                               // Opener that owns the calls that it creates
    std::array<Handle, max_created_calls> created{}; // Call; 0: none
    std::uint64_t instance = 0;
    std::uint32_t correlation = 0;     // of the application's call
    const PassThrough* plan = nullptr; // 0: the service itself asked
    StructureForm form;                // of a structure that is filled before the reply
    std::uint64_t since = 0;
    Progress progress = Progress::expected;
    std::int32_t early_result = 0;
    std::vector<std::byte> early_outputs;

    // By which people follow it: the call that it is about, or that it creates.
    Handle shown_call() const { return call != 0 ? call : created[0]; }
};

// reserved: granted to the host for a LINE_CREATEDIALOGINSTANCE. open: its library runs, or is about to.
// closing: the provider wants it closed, and hears nothing of it any more but its end (R109).
enum class DialogStage : std::uint8_t { reserved, open, closing };

// Who wanted it. Of one that the provider started it is told the end (R110).
enum class DialogOrigin : std::uint8_t { application, provider };

// A dialog that a provider's user-interface library shows at an application.
struct Dialog {
    Handle handle = 0; // HTAPIDIALOGINSTANCE
    Handle session = 0;
    DialogStage stage = DialogStage::reserved;
    DialogOrigin origin = DialogOrigin::provider;
    Handle application = 0;
    Handle app = 0;           // Registration whose request it belongs to; 0: none
    std::uint64_t driver = 0; // HDRVDIALOGINSTANCE, when the provider started it
};

enum class TimerKind : std::uint8_t { deadline, retry, initialise, changeover, watchdog };

struct Timer {
    Handle handle = 0; // TimerId
    TimerKind kind{};
    std::uint32_t subject = 0; // Session, ProviderId, Registration; of the watchdog: none
};

} // namespace offhook::core
