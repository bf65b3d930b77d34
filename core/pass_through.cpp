// SPDX-License-Identifier: Apache-2.0
//
// Functions that reach the provider as they are, but for handles, created calls and the versions of
// structures (core/pass_through.h). What they have in common: the application's rights, the checks of
// arguments (R041), and the order within a line (R067).
#include "core/pass_through.h"

#include "abi/optional_pointers.h"
#include "core/argument_checks.h"
#include "core/state.h"

namespace offhook::core {

using abi::Kind;
using abi::Tapi;

namespace {

// What an application is told when a handle of this name is none of its own.
constexpr std::uint32_t wrong_handle(std::string_view parameter) {
    if (parameter == "hConfCall") return LINEERR_INVALCONFCALLHANDLE;
    if (parameter == "hConsultCall") return LINEERR_INVALCONSULTCALLHANDLE;
    return LINEERR_INVALCALLHANDLE;
}

// Those that the pages allow in any state; the others are refused when the call is IDLE. Which of the other
// states a function needs is the provider's to say.
constexpr bool may_be_idle(Tapi function) {
    switch (function) {
    case Tapi::lineDevSpecific:
    case Tapi::lineReleaseUserUserInfo:
    case Tapi::lineSetAppSpecific:
    case Tapi::lineSetCallData: return true;
    default: return false;
    }
}

// The pages: "only available if the application has successfully negotiated and selected a device-specific
// extension version" (R255). A provider cannot keep that where applications share a device: it sees that a
// version is selected there, and not for whom. So the opener's own one counts, here and for the messages.
constexpr bool needs_extension(Tapi function) {
    switch (function) {
    case Tapi::lineDevSpecific:
    case Tapi::lineDevSpecificFeature:
    case Tapi::phoneDevSpecific: return true;
    default: return false;
    }
}

// What the calls that a function creates depend on: TSPI_lineCompleteTransfer makes one in one mode only.
bool creates_calls(Tapi function, const wire::Values& inputs) {
    if (function != Tapi::lineCompleteTransfer) return true;
    return number_of<Tapi::lineCompleteTransfer, "dwTransferMode">(inputs) == LINETRANSFERMODE_CONFERENCE;
}

// What a function is about. One about a line may name a call of it too.
enum class About : std::uint8_t { line, call, phone, device_id };

// The value of a parameter; `otherwise` when the function has none there.
std::uint64_t given_at(std::size_t place, const abi::TapiFunction& row, const wire::Values& inputs,
                       std::uint64_t otherwise = 0) {
    return place < row.count ? inputs[place].number : otherwise;
}

About what_about(const PassThrough& plan, const wire::Values& inputs) {
    const auto& row = abi::row(plan.from);
    const auto& places = plan.subject;
    switch (row.handle) {
    case abi::HandleKind::call:
        // lineSetupConference without a first party names the line instead.
        return places.line < row.count && given_at(places.call, row, inputs) == 0 ? About::line : About::call;
    case abi::HandleKind::any:
        return given_at(places.select, row, inputs) == LINECALLSELECT_CALL ? About::call : About::line;
    case abi::HandleKind::phone: return About::phone;
    case abi::HandleKind::device: return About::device_id;
    case abi::HandleKind::none:
    case abi::HandleKind::app:
    case abi::HandleKind::line:
    case abi::HandleKind::phoneapp: break;
    }
    return About::line;
}

// Volumes and gains beyond the range are brought into it (R246).
std::uint64_t clamped(Tapi function, std::string_view parameter, std::uint64_t value) {
    if (value <= 0xFFFF) return value;
    const bool level =
        (function == Tapi::phoneSetGain && parameter == "dwGain") ||
        ((function == Tapi::phoneSetVolume || function == Tapi::phoneSetRing) && parameter == "dwVolume");
    return level ? std::min<std::uint64_t>(value, 0xFFFF) : value;
}

// Does dwAddressID count? Not when a selection or bAllAddresses says that it does not.
bool names_one_address(const PassThrough& plan, const wire::Values& inputs) {
    const auto& row = abi::row(plan.from);
    const auto& places = plan.subject;
    return places.address < row.count &&
           given_at(places.select, row, inputs, LINECALLSELECT_ADDRESS) == LINECALLSELECT_ADDRESS &&
           given_at(places.all_addresses, row, inputs) == 0;
}

} // namespace

// A function on its way from an application to the provider.
struct State::Passage {
    const Invocation& invocation;
    const PassThrough& plan;
    About about{};
    Opener* opener = nullptr; // of the line or phone; null when the function names only the device
    Device* device = nullptr;
    std::uint32_t version = 0; // in which the application sees structures
    std::uint32_t provider_version = 0;
    Session* session = nullptr;
    Call* call = nullptr; // the first that is named: the request is about it
    Handle name = 0;      // the application's handle of it
    wire::Values values{};
    std::vector<std::vector<std::byte>> memory; // of structures that were laid out anew
    StructureForm form;                         // of the structure that comes back

    const abi::TapiFunction& from() const { return abi::row(plan.from); }
    const abi::TspiFunction& to() const { return abi::row(plan.to); }
};

void State::pass_through(const Invocation& invocation, const PassThrough& plan) {
    Passage passage{.invocation = invocation, .plan = plan, .values = {}, .memory = {}, .form = {}};
    if (const auto error = find_subject(passage); error != 0) return refuse(invocation, error);
    if (const auto error = check_arguments(plan.from, invocation.inputs); error != 0)
        return refuse(invocation, error);
    if (passage.device == nullptr) return refuse(invocation, LINEERR_OPERATIONUNAVAIL); // it names nothing
    if (needs_extension(plan.from) && (passage.opener == nullptr || passage.opener->extension == 0))
        return refuse(invocation, LINEERR_OPERATIONUNAVAIL);
    passage.session = running_session(passage.device->provider);
    if (passage.session == nullptr) return refuse(invocation, LINEERR_OPERATIONFAILED);
    if (!exports(*passage.session, plan.to)) return refuse(invocation, LINEERR_OPERATIONUNAVAIL);
    if (const auto error = translate(passage); error != 0) return refuse(invocation, error);
    // A call that is up may still be transferred: that makes no new one for the line.
    if (plan.created != 0 && passage.call == nullptr && !takes_new_calls(*provider(passage.device->provider)))
        return refuse(invocation, LINEERR_RESOURCEUNAVAIL);
    if (passage.to().mode == abi::Mode::async) pass_as_request(passage);
    else pass_and_answer(passage);
}

// The device and the calls that the application names, which must be its own; 0, or the error.
std::uint32_t State::find_subject(Passage& passage) {
    const auto& from = passage.from();
    const auto& in = passage.invocation.inputs;
    passage.about = what_about(passage.plan, in);
    if (const auto error = find_device(passage); error != 0) return error;
    for (std::size_t i = 0; i < passage.to().count; ++i) {
        const auto& input = passage.plan.inputs[i];
        if (input.origin != Origin::call) continue;
        const auto given = in[input.place].number;
        const bool unnamed =
            passage.about == About::line && (given == 0 || from.handle == abi::HandleKind::any);
        if (unnamed) passage.values[i] = number_value(0);
        else if (const auto error = find_call(passage, from.parameters[input.place], given); error != 0)
            return error;
        else passage.values[i] = number_value(calls_.find(call_handles_.find(given)->call)->driver);
    }
    const bool beyond = names_one_address(passage.plan, in) && passage.device != nullptr &&
                        in[passage.plan.subject.address].number >= passage.device->addresses;
    return beyond ? LINEERR_INVALADDRESSID : 0;
}

std::uint32_t State::find_device(Passage& passage) {
    const auto& from = passage.from();
    const auto& places = passage.plan.subject;
    const auto& in = passage.invocation.inputs;
    const auto application = passage.invocation.application;
    switch (passage.about) {
    case About::call: return 0; // that of the first call
    case About::line: passage.opener = line_of(application, in[places.line].number); break;
    case About::phone: {
        passage.opener = opener_of(application, in[places.phone].number, DeviceKind::phone);
        if (passage.opener != nullptr && from.privilege == abi::Privilege::owner &&
            passage.opener->privileges != PHONEPRIVILEGE_OWNER)
            return LINEERR_NOTOWNER; // R244
        break;
    }
    case About::device_id: return find_device_by_id(passage, in[places.device_id].number);
    }
    if (passage.opener == nullptr) return LINEERR_INVALLINEHANDLE; // of phones: INVALPHONEHANDLE
    use_opener(passage, *passage.opener);
    return 0;
}

// The function names the device alone.
std::uint32_t State::find_device_by_id(Passage& passage, std::uint64_t device_id) {
    const auto kind = passage.from().name.starts_with("phone") ? DeviceKind::phone : DeviceKind::line;
    const auto found =
        device_by_id(passage.invocation.application, kind, static_cast<std::uint32_t>(device_id));
    passage.device = found.device;
    if (found.app != nullptr) passage.version = passage.provider_version = found.app->version;
    return found.error;
}

void State::use_opener(Passage& passage, Opener& opener) {
    passage.opener = &opener;
    passage.device = devices_.find(opener.device);
    passage.version = opener.version;
    passage.provider_version = passage.device->version;
}

std::uint32_t State::find_call(Passage& passage, const abi::Parameter& parameter, std::uint64_t given) {
    const CallHandle* handle = call_handle_of(passage.invocation.application, given);
    if (handle == nullptr) return wrong_handle(parameter.name);
    if (const auto error = may_request(*handle, passage.from().privilege); error != 0) return error;
    Call& call = *calls_.find(handle->call);
    if (call.state.state == LINECALLSTATE_IDLE && !may_be_idle(passage.plan.from))
        return LINEERR_INVALCALLSTATE;
    // Of one line: calls into the provider keep their order within a line only, so that the close of a call
    // of another line could overtake this (R067).
    if (passage.device != nullptr && call.device != passage.device->handle)
        return wrong_handle(parameter.name);
    if (passage.call != nullptr) return 0;
    passage.call = &call;
    passage.name = handle->handle;
    if (passage.opener == nullptr) use_opener(passage, *openers_.find(handle->line));
    return 0;
}

// The arguments as the provider gets them; 0, or the error.
std::uint32_t State::translate(Passage& passage) {
    for (std::size_t i = 0; i < passage.to().count; ++i) {
        switch (passage.plan.inputs[i].origin) {
        case Origin::given:
            if (const auto error = translate_given(passage, i); error != 0) return error;
            break;
        case Origin::device: passage.values[i] = number_value(passage.device->driver); break;
        case Origin::device_id: passage.values[i] = number_value(passage.device->number); break;
        case Origin::name: passage.values[i] = number_value(passage.name); break;
        case Origin::call:       // find_subject has put it there
        case Origin::request_id: // pass_as_request does
        case Origin::new_call:
        case Origin::nothing: break;
        }
    }
    return 0;
}

std::uint32_t State::translate_given(Passage& passage, std::size_t index) {
    const auto& input = passage.plan.inputs[index];
    const auto& parameter = passage.to().parameters[index];
    auto value = passage.invocation.inputs[input.place];
    if (parameter.kind != Kind::sized) {
        value.number = clamped(passage.plan.from, parameter.name, value.number);
        passage.values[index] = value;
        return 0;
    }
    if (parameter.direction == abi::Direction::out) {
        if (value.null) {
            if (!abi::may_be_null(passage.plan.from, passage.from().parameters[input.place].name))
                return LINEERR_INVALPOINTER;
            value.number = wire::null_block;
        } else {
            passage.form = {static_cast<std::uint32_t>(value.number), passage.version,
                            passage.provider_version};
            value.number = passage.form.room_at_provider(input.structure);
            if (value.number == 0) return LINEERR_STRUCTURETOOSMALL;
        }
    } else if (!value.null) {
        const auto fault = abi::check_passed(input.structure, passage.version, value.bytes);
        if (fault.rule == 31) return LINEERR_STRUCTURETOOSMALL;
        if (fault)
            return input.structure == abi::StructureId::LINECALLPARAMS ? LINEERR_INVALCALLPARAMS
                                                                       : LINEERR_INVALPARAM;
        value.bytes = passage.memory.emplace_back(
            abi::for_version(input.structure, passage.version, passage.provider_version, value.bytes));
    }
    passage.values[index] = value;
    return 0;
}

void State::pass_as_request(Passage& passage) {
    const auto& plan = passage.plan;
    if (passage.opener == nullptr) return refuse(passage.invocation, LINEERR_OPERATIONUNAVAIL);
    Request* request = new_request(passage.invocation, *passage.opener, plan);
    if (request == nullptr) return refuse(passage.invocation, LINEERR_RESOURCEUNAVAIL);
    request->form = passage.form;
    if (passage.call != nullptr) bind(*request, *passage.call);
    if (creates_calls(plan.from, passage.invocation.inputs))
        for (std::size_t i = 0; i < plan.created; ++i) {
            Call* call = new_pending_call(*passage.opener, *passage.session);
            if (call == nullptr) {
                creation_failed(*request);
                forget_request(*request);
                return refuse(passage.invocation, LINEERR_RESOURCEUNAVAIL);
            }
            request->created[i] = call->handle;
            call->requests.push_back(request->handle);
        }
    if (Call* described = calls_.find(request->created[plan.created != 0 ? plan.created - 1 : 0]))
        describe_created(passage, *described);
    for (std::size_t i = 0; i < passage.to().count; ++i) {
        const auto& input = plan.inputs[i];
        if (input.origin == Origin::request_id) passage.values[i] = number_value(request->handle);
        if (input.origin == Origin::new_call) passage.values[i] = number_value(request->created[input.place]);
    }
    call_provider(*passage.session, passage.device->handle, plan.to, passage.values,
                  [this, id = request->handle](const Outcome& outcome) { request_returned(id, outcome); });
}

// What the application says of the call that it makes; of two, of the second, which is the consultation call.
void State::describe_created(const Passage& passage, Call& call) {
    const auto& in = passage.invocation.inputs;
    const auto is_on = [&](std::uint64_t address) {
        call.address = static_cast<std::uint32_t>(address);
        call.address_known = AddressKnown::yes;
    };
    if (names_one_address(passage.plan, in)) is_on(in[passage.plan.subject.address].number);
    for (const auto& input : passage.plan.inputs) {
        if (input.structure != abi::StructureId::LINECALLPARAMS || in[input.place].null) continue;
        const auto parameters = in[input.place].bytes;
        call.texts = texts_of_parameters(parameters);
        const auto address = abi::field_at(parameters, offsetof(LINECALLPARAMS, dwAddressID));
        if (abi::field_at(parameters, offsetof(LINECALLPARAMS, dwAddressMode)) == LINEADDRESSMODE_ADDRESSID &&
            address < passage.device->addresses)
            is_on(address);
    }
}

void State::pass_and_answer(Passage& passage) {
    struct Waiting {
        Handle application;
        std::uint32_t correlation;
        Handle session;
        StructureForm form;
    };
    const Waiting waiting{passage.invocation.application, passage.invocation.correlation,
                          passage.session->handle, passage.form};
    call_provider(*passage.session, passage.device->handle, passage.plan.to, passage.values,
                  [this, waiting, plan = &passage.plan](const Outcome& outcome) {
                      auto result = outcome.result > 0 ? as_result(LINEERR_OPERATIONFAILED) : outcome.result;
                      Filled filled;
                      if (result == 0)
                          result = outputs_for_application(*plan, waiting.form, waiting.session,
                                                           *outcome.outputs, filled);
                      answer(waiting.application, waiting.correlation, plan->from, result, filled.values);
                  });
}

// What the provider filled, in the places of the application's function; 0, or the error.
std::int32_t State::outputs_for_application(const PassThrough& plan, const StructureForm& form,
                                            Handle session, const wire::Values& filled, Filled& outputs) {
    for (std::size_t i = 0; i < abi::row(plan.from).count; ++i) {
        const auto& output = plan.outputs[i];
        if (output.origin != OutputOrigin::provider) continue;
        const auto& value = filled[output.place];
        outputs.values[i] = value;
        const auto structure = plan.inputs[output.place].structure;
        if (structure == abi::StructureId::count || value.null) continue;
        if (!is_sound(session, plan.from, structure, form, value.bytes))
            return as_result(LINEERR_OPERATIONFAILED);
        outputs.values[i].bytes = outputs.memory.emplace_back(form.to_application(structure, value.bytes));
    }
    return 0;
}

} // namespace offhook::core
