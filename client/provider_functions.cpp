// SPDX-License-Identifier: Apache-2.0
#include "client/provider_functions.h"

#include "client/dialog_functions.h"
#include "client/guarded.h"
#include "client/invoke.h"
#include "client/marshal.h"
#include "client/service_functions.h"

#include "abi/utf16.h"

#include <cstring>

namespace offhook::client {
namespace {

using nlohmann::json;
using wire::ServiceFunction;

// TAPI closes what applications have open of a provider that is removed.
json removal_of(const std::string& name) { return {{"name", name}, {"apply", "at-once"}}; }

// 0 when the provider shows none.
template <abi::Tspi Function>
LONG run_dialog_of(const std::shared_ptr<CallsConnection>& calls, const Signature& asked,
                   const wire::Values& inputs, std::uint32_t provider) {
    constexpr auto& row = abi::row<Function>();
    wire::Values shown;
    shown[row.index_of("dwPermanentProviderID")].number = provider;
    const auto result = run_dialog(calls, asked, inputs, Function, shown).result;
    return result == LINEERR_OPERATIONUNAVAIL ? 0 : result;
}

json install(CallsConnection& calls, const std::string& library) {
    try {
        return ask_service(calls, ServiceFunction::provider_install,
                           {{"library", library}, {"approve_declared", true}});
    } catch (const Failure& failure) {
        if (failure.error == LINEERR_INUSE) throw Failure{LINEERR_NOMULTIPLEINSTANCE, failure.why};
        throw;
    }
}

LONG add(const Signature& signature, Arguments arguments) {
    const Inputs inputs(signature, arguments);
    constexpr auto& row = abi::row<abi::Tapi::lineAddProvider>();
    const auto library = abi::to_utf8(inputs.values()[row.index_of("lpszProviderFilename")].text());
    const auto calls = connection_for(signature.row(), arguments);
    const auto installed = install(*calls, library);
    const auto id = installed.at("id").get<std::uint32_t>();
    const LONG result = run_dialog_of<abi::Tspi::ui_providerInstall>(calls, signature, inputs.values(), id);
    if (result < 0) { // it is not installed then
        ask_service(*calls, ServiceFunction::provider_remove, removal_of(installed.at("name")));
        return result;
    }
    std::memcpy(arguments[row.index_of("lpdwPermanentProviderID")].pointer, &id, sizeof id);
    return 0;
}

std::string name_of(CallsConnection& calls, std::uint32_t id) {
    const auto listed = ask_service(calls, ServiceFunction::provider_list, json::object());
    for (const auto& one : listed.at("providers"))
        if (one.at("id") == id) return one.at("name");
    throw Failure{LINEERR_INVALPARAM, "No provider has this number."};
}

// Who may not remove the provider must not be shown how it is removed.
bool may_change(CallsConnection& calls, const std::string& name) {
    try {
        ask_service(calls, ServiceFunction::provider_fields, {{"name", name}});
        return true;
    } catch (const Failure&) {
        return false; // or its library cannot be read, and shows no dialog
    }
}

LONG remove(const Signature& signature, Arguments arguments) {
    const Inputs inputs(signature, arguments);
    const auto id = static_cast<std::uint32_t>(arguments[0].number);
    const auto calls = connection_for(signature.row(), arguments);
    const auto name = name_of(*calls, id);
    if (may_change(*calls, name))
        if (const LONG result =
                run_dialog_of<abi::Tspi::ui_providerRemove>(calls, signature, inputs.values(), id);
            result < 0)
            return result;
    ask_service(*calls, ServiceFunction::provider_remove, removal_of(name));
    return 0;
}

} // namespace

LONG add_provider(const Signature& signature, const Arguments& arguments) noexcept {
    return guarded(Family::line, [&] { return add(signature, arguments); });
}

LONG remove_provider(const Signature& signature, const Arguments& arguments) noexcept {
    return guarded(Family::line, [&] { return remove(signature, arguments); });
}

} // namespace offhook::client
