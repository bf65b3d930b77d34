// SPDX-License-Identifier: Apache-2.0
//
// The functions with which an application asks for a dialog of a provider (R105).
#pragma once

#include "client/dialog.h"
#include "client/signature.h"

namespace offhook::client {

// The function of the provider's user-interface library that shows it; count: this one shows none.
constexpr abi::Tspi dialog_of(abi::Tapi function) {
    switch (function) {
    case abi::Tapi::lineConfigDialog: return abi::Tspi::ui_lineConfigDialog;
    case abi::Tapi::lineConfigDialogEdit: return abi::Tspi::ui_lineConfigDialogEdit;
    case abi::Tapi::lineConfigProvider: return abi::Tspi::ui_providerConfig;
    case abi::Tapi::phoneConfigDialog: return abi::Tspi::ui_phoneConfigDialog;
    default: return abi::Tspi::count;
    }
}

// Asks the service for a dialog, by a call of TAPI, and has it shown by a function of the library. What came
// of it; LINEERR_OPERATIONUNAVAIL: the provider has none. Throws Failure when the service is gone.
Dialog::Ended run_dialog(const std::shared_ptr<CallsConnection>&, const Signature& asked,
                         const wire::Values& inputs, abi::Tspi dialog, const wire::Values& dialog_inputs);

// The whole of such a function: returns when the dialog has ended. Nothing escapes.
LONG show_dialog(const Signature&, abi::Tspi dialog, const Arguments&) noexcept;

} // namespace offhook::client
