// SPDX-License-Identifier: Apache-2.0
//
// What the operations on several calls do (operations.def): transfers and conferences.
#include "certify/life.h"

#include "abi/structure_table.h"

#include <cstring>

namespace offhook::certify {

using abi::Tspi;

namespace {

// Call parameters that name whom to dial (dwTargetAddress, from version 2.0).
std::vector<std::byte> parameters_to(std::uint32_t version, std::uint32_t flags, std::u16string_view target) {
    const auto fixed = abi::fixed_size<LINECALLPARAMS>(version);
    LINECALLPARAMS parameters{};
    const auto size = (target.size() + 1) * sizeof(char16_t);
    parameters.dwTotalSize = fixed;
    if (version >= abi::v2_0) {
        parameters.dwTotalSize += static_cast<DWORD>(size);
        parameters.dwTargetAddressSize = static_cast<DWORD>(size);
        parameters.dwTargetAddressOffset = fixed;
    }
    parameters.dwCallParamFlags = flags;
    std::vector<std::byte> bytes(parameters.dwTotalSize);
    std::memcpy(bytes.data(), &parameters, fixed);
    if (version >= abi::v2_0) std::memcpy(bytes.data() + fixed, target.data(), size - sizeof(char16_t));
    return bytes;
}

} // namespace

void Life::setup_transfer(const Choices& choices) {
    const auto call = pick_call(choices[0], LINECALLSTATE_CONNECTED);
    if (!call) return;
    Inputs inputs(Tspi::lineSetupTransfer);
    inputs.number("hdCall", call.driver).number("htConsultCall", host_.new_name());
    if (choices[1] % 2 == 1)
        inputs.bytes("lpCallParams",
                     parameters_to(call.version, LINECALLPARAMFLAGS_ONESTEPTRANSFER, address(2)));
    ask(std::move(inputs));
}

void Life::complete_transfer(const Choices& choices) {
    const auto original = pick_call(choices[0], LINECALLSTATE_ONHOLDPENDTRANSFER);
    if (!original) return;
    for (const auto name : calls_) {
        const auto consultation = picked(name);
        if (!consultation || monitor_.books().call(name)->original != original.driver) continue;
        const bool conference = choices[1] % 2 == 1;
        Inputs inputs(Tspi::lineCompleteTransfer);
        inputs.number("hdCall", original.driver).number("hdConsultCall", consultation.driver);
        inputs.number("dwTransferMode", conference ? LINETRANSFERMODE_CONFERENCE : LINETRANSFERMODE_TRANSFER);
        if (conference) inputs.number("htConfCall", host_.new_name());
        ask(std::move(inputs));
        return;
    }
}

void Life::blind_transfer(const Choices& choices) {
    if (const auto call = pick_call(choices[0], LINECALLSTATE_CONNECTED))
        ask(std::move(Inputs(Tspi::lineBlindTransfer)
                          .number("hdCall", call.driver)
                          .text("lpszDestAddress", address(choices[1]))));
}

void Life::setup_conference(const Choices& choices) {
    const auto call = pick_call(choices[0], LINECALLSTATE_CONNECTED);
    const auto* known = call ? monitor_.books().call(call.name) : nullptr;
    const auto* line = known != nullptr ? monitor_.books().line_of_call(*known) : nullptr;
    if (line == nullptr) return;
    Inputs inputs(Tspi::lineSetupConference);
    inputs.number("hdCall", call.driver).number("hdLine", line->driver).number("dwNumParties", 3);
    inputs.number("htConfCall", host_.new_name()).number("htConsultCall", host_.new_name());
    if (choices[1] % 2 == 1)
        inputs.bytes("lpCallParams",
                     parameters_to(call.version, LINECALLPARAMFLAGS_NOHOLDCONFERENCE, address(2)));
    ask(std::move(inputs));
}

void Life::add_to_conference(const Choices& choices) {
    const auto conference = pick_call(choices[0], LINECALLSTATE_ONHOLDPENDCONF);
    if (!conference) return;
    for (const auto name : calls_) {
        const auto party = picked(name);
        const auto* call = monitor_.books().call(name);
        if (!party || party.driver == conference.driver || call->idle() ||
            (call->state & LINECALLSTATE_CONFERENCED) != 0)
            continue;
        if (call->creator != Tspi::lineSetupConference && call->creator != Tspi::linePrepareAddToConference)
            continue;
        ask(std::move(Inputs(Tspi::lineAddToConference)
                          .number("hdConfCall", conference.driver)
                          .number("hdConsultCall", party.driver)));
        return;
    }
}

void Life::prepare_add(const Choices& choices) {
    for (const auto name : calls_) {
        const auto conference = picked(name);
        if (!conference || monitor_.books().call(name)->creator != Tspi::lineSetupConference) continue;
        if ((monitor_.books().call(name)->state & LINECALLSTATE_CONNECTED) == 0) continue;
        ask(std::move(Inputs(Tspi::linePrepareAddToConference)
                          .number("hdConfCall", conference.driver)
                          .number("htConsultCall", host_.new_name())));
        return;
    }
    static_cast<void>(choices);
}

} // namespace offhook::certify
