// SPDX-License-Identifier: Apache-2.0
#include "client/dialog_functions.h"

#include "client/guarded.h"
#include "client/invoke.h"
#include "client/marshal.h"

namespace offhook::client {
namespace {

class OpeningCall final : public Call {
  public:
    OpeningCall() : Call(Answer::of_synchronous) {}
};

// The library's function has the parameters of the application's, by the same names.
wire::Values inputs_of(const abi::TspiFunction& dialog, const abi::TapiFunction& asked,
                       const wire::Values& given) {
    wire::Values values{};
    for (std::size_t i = 0; i < dialog.count; ++i)
        if (const auto place = asked.index_of(dialog.parameters[i].name); place < asked.count)
            values[i] = given[place];
    return values;
}

LONG show(const Signature& signature, abi::Tspi dialog, Arguments arguments) {
    const Inputs inputs(signature, arguments);
    const auto ended = run_dialog(connection_for(signature.row(), arguments), signature, inputs.values(),
                                  dialog, inputs_of(abi::row(dialog), signature.row(), inputs.values()));
    if (ended.result < 0) return ended.result;
    // The outputs of the two functions are the same.
    switch (write_outputs(signature, wire::Fill::at_return, arguments, ended.outputs, {})) {
    case Written::whole: return ended.result;
    case Written::too_small: return LINEERR_STRUCTURETOOSMALL;
    case Written::malformed: break;
    }
    return LINEERR_OPERATIONFAILED; // what the library filled is no structure
}

} // namespace

Dialog::Ended run_dialog(const std::shared_ptr<CallsConnection>& calls, const Signature& asked,
                         const wire::Values& inputs, abi::Tspi dialog, const wire::Values& dialog_inputs) {
    auto frame = call_frame(asked, inputs);
    OpeningCall opening;
    calls->exchange(opening, frame);
    if (opening.result < 0) return {opening.result, {}, {}};
    wire::DialogOpened opened;
    if (!read(opening.payload, opened)) {
        calls->broke_protocol();
        throw Failure{LINEERR_OPERATIONFAILED, "The service broke the protocol."};
    }
    return Dialog(calls, std::move(opened)).show(dialog, dialog_inputs);
}

LONG show_dialog(const Signature& signature, abi::Tspi dialog, const Arguments& arguments) noexcept {
    return guarded(family_of(signature.row().name), [&] { return show(signature, dialog, arguments); });
}

} // namespace offhook::client
