// SPDX-License-Identifier: Apache-2.0
#include "client/local_functions.h"

#include "client/guarded.h"
#include "client/invoke.h"
#include "client/process.h"

#include <cstdint>

namespace offhook::client {
namespace {

using abi::Tapi;

// What the two initialisations have in common.
struct Initialization {
    ApplicationKey key;
    const Signature& signature;
    Arguments arguments;
    std::uint32_t* handle;
    Callback callback;
};

// The fields of LINEINITIALIZEEXPARAMS and PHONEINITIALIZEEXPARAMS that say how messages are delivered.
enum class Way : std::uint8_t { callback, event, completion };

template <class Params> Way way_of(const Params* wanted) {
    if (wanted == nullptr) return Way::callback;
    if (wanted->dwTotalSize < sizeof *wanted) throw Failure{LINEERR_STRUCTURETOOSMALL, {}};
    switch (wanted->dwOptions & ~LINEINITIALIZEEXOPTION_CALLHUBTRACKING) {
    case LINEINITIALIZEEXOPTION_USEHIDDENWINDOW: return Way::callback;
    case LINEINITIALIZEEXOPTION_USEEVENT: return Way::event;
    case LINEINITIALIZEEXOPTION_USECOMPLETIONPORT: return Way::completion;
    default: throw Failure{LINEERR_INVALPARAM, "dwOptions names no way of delivery"};
    }
}
static_assert(PHONEINITIALIZEEXOPTION_USEHIDDENWINDOW == LINEINITIALIZEEXOPTION_USEHIDDENWINDOW &&
              PHONEINITIALIZEEXOPTION_USEEVENT == LINEINITIALIZEEXOPTION_USEEVENT &&
              PHONEINITIALIZEEXOPTION_USECOMPLETIONPORT == LINEINITIALIZEEXOPTION_USECOMPLETIONPORT);

int descriptor_of(HANDLE handle) { return static_cast<int>(reinterpret_cast<std::intptr_t>(handle)); }
HANDLE handle_of(int descriptor) { return reinterpret_cast<HANDLE>(static_cast<std::intptr_t>(descriptor)); }

template <class Params>
std::shared_ptr<Application> make_application(Way way, const std::shared_ptr<EventChannel>& events,
                                              Callback callback, const Params* wanted) {
    switch (way) {
    case Way::callback: return std::make_shared<Application>(events, callback_sink(callback));
    case Way::event: return std::make_shared<Application>(events);
    case Way::completion:
        return std::make_shared<Application>(
            events, completion_sink(descriptor_of(wanted->Handles.hCompletionPort), wanted->dwCompletionKey));
    }
    throw Failure{LINEERR_INVALPARAM, {}};
}

template <class Params> LONG initialize(Initialization request, Params* wanted) {
    const Way way = way_of(wanted);
    if (way == Way::callback && request.callback == nullptr) throw Failure{LINEERR_INVALPOINTER, {}};
    Invocation invocation(request.signature, request.arguments);
    auto& process = Process::current();
    const auto calls = process.connect(Start::when_needed);
    const auto events = std::make_shared<EventChannel>(calls, calls->open_events());
    const auto descriptor = way == Way::event ? events->event_descriptor() : -1;
    if (const LONG result = invocation.run(*calls, events->number()); result != 0) return result;

    request.key.handle = *request.handle;
    events->belongs_to(request.key);
    process.add(request.key, make_application(way, events, request.callback, wanted));
    if (wanted != nullptr) {
        wanted->dwNeededSize = wanted->dwUsedSize = sizeof *wanted;
        if (way == Way::event) wanted->Handles.hEvent = handle_of(descriptor);
    }
    return 0;
}

LONG shut_down(ApplicationKey key, const Signature& signature) {
    auto& process = Process::current();
    const auto application = process.remove(key);
    application->shut_down();
    auto& calls = application->events().calls();
    if (process.has_applications()) calls.ledger().forget(key, application->events().number());
    else calls.ledger().forget_all();
    if (calls.lost()) return 0; // nobody is left to be told
    Arguments arguments;
    arguments[0] = argument(key.handle);
    Invocation invocation(signature, arguments);
    return invocation.run(calls);
}

template <class Filled> LONG get_message(ApplicationKey key, Filled* filled, DWORD timeout) {
    if (filled == nullptr) throw Failure{LINEERR_INVALPOINTER, {}};
    const auto application = Process::current().find(key);
    if (!application->is_asked_for_messages())
        throw Failure{LINEERR_INVALAPPHANDLE, "It does not use events."};
    const auto deadline =
        timeout == UINT32_MAX ? Clock::time_point::max() : Clock::now() + std::chrono::milliseconds(timeout);
    Message message;
    switch (application->events().next(message, deadline)) {
    case Next::message:
        *filled = {message.device,     message.id,         message.instance,
                   message.parameter1, message.parameter2, message.parameter3};
        return 0;
    case Next::timeout: return LINEERR_OPERATIONFAILED;
    case Next::closed: return LINEERR_INVALAPPHANDLE;
    case Next::lost: return LINEERR_SERVICE_NOT_RUNNING;
    }
    return LINEERR_OPERATIONFAILED;
}

// The order is that of the prototypes: handle, module, callback, name, devices, version, parameters.
Arguments initialize_arguments(std::uint32_t* handle, const void* name, LPDWORD devices, LPDWORD version) {
    Arguments arguments;
    arguments[0].pointer = handle;
    arguments[3].pointer = const_cast<void*>(name);
    arguments[4].pointer = devices;
    arguments[5].pointer = version;
    return arguments;
}

constexpr const Signature& line_initialize_ex_a =
    signature<Tapi::lineInitializeEx, Text::utf8, &::lineInitializeExA>;
constexpr const Signature& phone_initialize_ex_a =
    signature<Tapi::phoneInitializeEx, Text::utf8, &::phoneInitializeExA>;

} // namespace

LONG line_initialize_ex(const Signature& form, LPHLINEAPP handle, HINSTANCE, Callback callback,
                        const void* name, LPDWORD devices, LPDWORD version,
                        LPLINEINITIALIZEEXPARAMS wanted) noexcept {
    return guarded(Family::line, [&] {
        return initialize(Initialization{{Subject::line, 0},
                                         form,
                                         initialize_arguments(handle, name, devices, version),
                                         handle,
                                         callback},
                          wanted);
    });
}

LONG phone_initialize_ex(const Signature& form, LPHPHONEAPP handle, HINSTANCE, Callback callback,
                         const void* name, LPDWORD devices, LPDWORD version,
                         LPPHONEINITIALIZEEXPARAMS wanted) noexcept {
    return guarded(Family::phone, [&] {
        return initialize(Initialization{{Subject::phone, 0},
                                         form,
                                         initialize_arguments(handle, name, devices, version),
                                         handle,
                                         callback},
                          wanted);
    });
}

// The old functions are the new ones, for an application of version 1.4 with a callback.
LONG line_initialize(LPHLINEAPP handle, HINSTANCE, Callback callback, LPCSTR name, LPDWORD devices) noexcept {
    DWORD version = abi::v1_4;
    return line_initialize_ex(line_initialize_ex_a, handle, nullptr, callback, name, devices, &version,
                              nullptr);
}

LONG phone_initialize(LPHPHONEAPP handle, HINSTANCE, Callback callback, LPCSTR name,
                      LPDWORD devices) noexcept {
    DWORD version = abi::v1_4;
    return phone_initialize_ex(phone_initialize_ex_a, handle, nullptr, callback, name, devices, &version,
                               nullptr);
}

LONG line_shutdown(HLINEAPP application) noexcept {
    return guarded(Family::line, [&] {
        return shut_down({Subject::line, application},
                         signature<Tapi::lineShutdown, Text::utf16, &::lineShutdown>);
    });
}

LONG phone_shutdown(HPHONEAPP application) noexcept {
    return guarded(Family::phone, [&] {
        return shut_down({Subject::phone, application},
                         signature<Tapi::phoneShutdown, Text::utf16, &::phoneShutdown>);
    });
}

LONG line_get_message(HLINEAPP application, LPLINEMESSAGE message, DWORD timeout) noexcept {
    return guarded(Family::line, [&] { return get_message({Subject::line, application}, message, timeout); });
}

LONG phone_get_message(HPHONEAPP application, LPPHONEMESSAGE message, DWORD timeout) noexcept {
    return guarded(Family::phone, [&] {
        return get_message({Subject::phone, application}, message, timeout);
    });
}

} // namespace offhook::client
