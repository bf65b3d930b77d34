// SPDX-License-Identifier: Apache-2.0
//
// Dialogs: sim_ui.so, which lies beside this library, shows them, and asks here what to show.

#include "abi/utf16.h"
#include "providers/sim/dialog.h"
#include "providers/sim/tsp/module.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstring>

using namespace offhook;
using namespace offhook::sim;

namespace {

constexpr std::size_t most_characters = 260; // of a library's name, with its NUL

std::string library_beside_this_one() {
    Dl_info self{};
    if (::dladdr(reinterpret_cast<const void*>(&library_beside_this_one), &self) == 0 ||
        self.dli_fname == nullptr)
        return {};
    const std::string path(self.dli_fname);
    return path.substr(0, path.rfind('/') + 1) + "sim_ui.so";
}

std::string describe(const Session& session, const Station& station) {
    std::string text = station.self.address;
    if (!station.self.name.empty()) text += " " + station.self.name;
    text += station.phone.off_hook() != 0 ? ", off hook" : ", on hook";
    text += session.line_at(station) != nullptr ? ", in use" : ", not in use";
    return text + ", calls: " + std::to_string(station.calls.size());
}

std::string describe(Session& session) {
    std::size_t extensions = 0, calls = 0;
    for (std::size_t place = 0; place < session.pbx().places(); ++place)
        if (const Station* station = session.pbx().extension_at(place)) {
            ++extensions;
            calls += station->calls.size();
        }
    return "extensions: " + std::to_string(extensions) + ", their calls: " + std::to_string(calls);
}

LONG answer(DialogBlock& block, const std::string& text) {
    const auto length = std::min(text.size(), block.answer.size() - 1);
    block.answer.fill('\0');
    std::copy_n(text.begin(), length, block.answer.begin());
    return 0;
}

LONG answer_about(Session& session, Station* station, DialogBlock& block) {
    if (station == nullptr) return LINEERR_INVALPARAM;
    if (block.question == DialogQuestion::hang_up) {
        if (const auto error =
                session.pbx().set_hookswitch(*station, all_devices, PHONEHOOKSWITCHMODE_ONHOOK);
            error != 0)
            return LINEERR_OPERATIONFAILED;
    }
    return answer(block, describe(session, *station));
}

} // namespace

LONG TSPIAPI TSPI_providerUIIdentify(LPWSTR lpszUIDLLName) {
    return module().enter(__func__, [&]() -> LONG {
        if (lpszUIDLLName == nullptr) return LINEERR_OPERATIONFAILED;
        const auto name = abi::to_utf16(library_beside_this_one());
        if (name.size() >= most_characters) return LINEERR_OPERATIONFAILED;
        std::copy_n(name.c_str(), name.size() + 1, lpszUIDLLName);
        return 0;
    });
}

LONG TSPIAPI TSPI_providerGenericDialogData(DWORD_PTR dwObjectID, DWORD dwObjectType, LPVOID lpParams,
                                            DWORD dwSize) {
    return in_session(__func__, [&](Session& session) -> LONG {
        DialogBlock block;
        if (lpParams == nullptr || dwSize != sizeof block) return LINEERR_INVALPARAM;
        std::memcpy(&block, lpParams, sizeof block);
        const auto object = static_cast<DWORD>(dwObjectID);
        LONG result = LINEERR_INVALPARAM;
        switch (dwObjectType) {
        case TUISPIDLL_OBJECT_LINEID:
            result = answer_about(session, session.line_device(object), block);
            break;
        case TUISPIDLL_OBJECT_PHONEID:
            result = answer_about(session, session.phone_device(object), block);
            break;
        case TUISPIDLL_OBJECT_PROVIDERID:
            if (object == session.permanent_provider_id()) result = answer(block, describe(session));
            break;
        default: break;
        }
        if (result == 0) std::memcpy(lpParams, &block, sizeof block);
        return result;
    });
}

// The exchange starts none by itself.
LONG TSPIAPI TSPI_providerFreeDialogInstance(HDRVDIALOGINSTANCE) { return LINEERR_INVALPARAM; }
