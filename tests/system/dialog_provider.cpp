// SPDX-License-Identifier: Apache-2.0
//
// A provider with one line and dialogs; it cannot be configured while the line is open. A call to "dialog"
// starts one, whose end completes the request. It turns each block round that its library sends. Commands:
//   await TEXT    waits until the library has sent a block that begins with the text, and replies with it
//   send TEXT     sends a block to the dialog that it started last
//   close         tells it to close
//   freed         waits until TSPI_providerFreeDialogInstance was called, and replies how often by then
#include "offhook_provider.h"
#include "tspi.h"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

OFFHOOK_PROVIDER_NOTE("name=dialog\nversion=1\ntitle=Shows dialogs\nneeds=");

namespace {

constexpr std::chrono::seconds patience{20};

struct Session {
    const OFFHOOK_PROVIDER_SERVICES* services = nullptr;
    ASYNC_COMPLETION complete = nullptr;
    LINEEVENT event = nullptr;
    HPROVIDER provider = nullptr;
    HTAPILINE line = nullptr;

    std::mutex mutex; // guards what follows
    std::condition_variable changed;
    std::vector<std::string> said;
    DRV_REQUESTID request = 0; // that its dialog belongs to
    HTAPIDIALOGINSTANCE dialog = 0;
    std::size_t freed = 0;
};
Session session; // TSPI's functions have no other place to keep it

constexpr std::uintptr_t name_of_dialog = 0xD1A;

std::u16string configured(const char* key) {
    std::array<char, 512> value{};
    auto size = static_cast<std::uint32_t>(value.size());
    if (session.services->config_get(session.services->context, key, value.data(), &size) != 0) return {};
    return {value.begin(), value.begin() + static_cast<std::ptrdiff_t>(std::strlen(value.data()))};
}

std::optional<std::string> await(const std::string& prefix) {
    std::unique_lock lock(session.mutex);
    const auto found = [&] {
        return std::find_if(session.said.begin(), session.said.end(),
                            [&](const std::string& text) { return text.rfind(prefix, 0) == 0; });
    };
    if (!session.changed.wait_for(lock, patience, [&] { return found() != session.said.end(); })) return {};
    return *found();
}

std::optional<std::string> await_freed() {
    std::unique_lock lock(session.mutex);
    if (!session.changed.wait_for(lock, patience, [] { return session.freed != 0; })) return {};
    return std::to_string(session.freed);
}

std::optional<std::string> send(const char* block, std::size_t size) {
    std::unique_lock lock(session.mutex);
    const auto dialog = std::bit_cast<HTAPILINE>(static_cast<std::uintptr_t>(session.dialog));
    lock.unlock();
    session.event(dialog, nullptr, LINE_SENDDIALOGINSTANCEDATA, std::bit_cast<DWORD_PTR>(block), size, 0);
    return "sent";
}

std::optional<std::string> obey(const std::string& command) {
    if (command.rfind("await ", 0) == 0) return await(command.substr(6));
    if (command.rfind("send ", 0) == 0) return send(command.c_str() + 5, command.size() - 5);
    if (command == "close") return send(nullptr, 0);
    if (command == "freed") return await_freed();
    return {};
}

} // namespace

int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES* services) {
    session.services = services;
    return 0;
}

int32_t OFFHOOK_providerCommand(const char* command, char* reply, uint32_t* size) {
    const auto text = obey(command);
    if (!text || text->size() >= *size) return LINEERR_OPERATIONFAILED;
    std::memcpy(reply, text->c_str(), text->size() + 1);
    *size = static_cast<uint32_t>(text->size() + 1);
    return 0;
}

LONG TSPI_providerInstall(HWND, DWORD) { return 0; }
LONG TSPI_providerRemove(HWND, DWORD) { return 0; }
LONG TSPI_providerShutdown(DWORD, DWORD) { return 0; }

LONG TSPI_providerInit(DWORD, DWORD, DWORD, DWORD, DWORD_PTR, DWORD_PTR, ASYNC_COMPLETION complete, LPDWORD) {
    session.complete = complete;
    return 0;
}

LONG TSPI_providerEnumDevices(DWORD, LPDWORD lines, LPDWORD phones, HPROVIDER provider, LINEEVENT event,
                              PHONEEVENT) {
    *lines = 1;
    *phones = 1;
    session.provider = provider;
    session.event = event;
    return 0;
}

LONG TSPI_lineNegotiateTSPIVersion(DWORD, DWORD, DWORD, LPDWORD version) {
    *version = 0x00020002;
    return 0;
}

LONG TSPI_lineOpen(DWORD, HTAPILINE line, LPHDRVLINE handle, DWORD, LINEEVENT) {
    const std::scoped_lock lock(session.mutex);
    session.line = line;
    *handle = std::bit_cast<HDRVLINE>(line);
    return 0;
}

LONG TSPI_lineClose(HDRVLINE) {
    const std::scoped_lock lock(session.mutex);
    session.line = nullptr;
    if (session.request != 0) session.complete(std::exchange(session.request, 0), LINEERR_OPERATIONFAILED);
    return 0;
}

LONG TSPI_lineGetNumAddressIDs(HDRVLINE, LPDWORD number) {
    *number = 1;
    return 0;
}

LONG TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE, HTAPICALL call, LPHDRVCALL handle, LPCWSTR, DWORD,
                       LPLINECALLPARAMS const) {
    *handle = std::bit_cast<HDRVCALL>(call);
    auto library = configured("library");
    std::array<char, 5> block{'f', 'i', 'r', 's', 't'};
    TUISPICREATEDIALOGINSTANCEPARAMS wanted{};
    wanted.dwRequestID = request;
    wanted.hdDlgInst = std::bit_cast<HDRVDIALOGINSTANCE>(name_of_dialog);
    wanted.lpszUIDLLName = library.c_str();
    wanted.lpParams = block.data();
    wanted.dwSize = static_cast<DWORD>(block.size());
    const std::scoped_lock lock(session.mutex);
    session.event(std::bit_cast<HTAPILINE>(session.provider), nullptr, LINE_CREATEDIALOGINSTANCE,
                  std::bit_cast<DWORD_PTR>(&wanted), 0, 0);
    session.dialog = wanted.htDlgInst;
    session.request = request;
    return static_cast<LONG>(request);
}

LONG TSPI_lineCloseCall(HDRVCALL) {
    const std::scoped_lock lock(session.mutex);
    if (session.request != 0) session.complete(std::exchange(session.request, 0), LINEERR_OPERATIONFAILED);
    return 0;
}

LONG TSPI_providerUIIdentify(LPWSTR name) {
    auto library = configured("library");
    if (library.empty()) library = u"dialog_library.so"; // beside this one
    std::copy_n(library.c_str(), library.size() + 1, name);
    return 0;
}

LONG TSPI_providerGenericDialogData(DWORD_PTR object, DWORD type, LPVOID block, DWORD size) {
    auto* const text = static_cast<char*>(block);
    const std::scoped_lock lock(session.mutex);
    if (type == TUISPIDLL_OBJECT_DIALOGINSTANCE && object != name_of_dialog) return LINEERR_INVALPARAM;
    session.said.emplace_back(text, size);
    if (type == TUISPIDLL_OBJECT_PROVIDERID && session.line != nullptr) {
        session.changed.notify_all();
        return LINEERR_OPERATIONFAILED;
    }
    std::reverse(text, text + size);
    session.changed.notify_all();
    return 0;
}

LONG TSPI_providerFreeDialogInstance(HDRVDIALOGINSTANCE dialog) {
    if (std::bit_cast<std::uintptr_t>(dialog) != name_of_dialog) return LINEERR_INVALPARAM;
    const std::scoped_lock lock(session.mutex);
    ++session.freed;
    if (session.request != 0) session.complete(std::exchange(session.request, 0), LINEERR_OPERATIONFAILED);
    session.changed.notify_all();
    return 0;
}
