// SPDX-License-Identifier: Apache-2.0
#include "host/callbacks.h"

#include "host/running_call.h"
#include "wire/codec.h"
#include "wire/dialog.h"
#include "wire/events.h"
#include "wire/host.h"

#include <array>
#include <atomic>
#include <cassert>
#include <limits>
#include <string>
#include <utility>

namespace offhook::host {
namespace {

constexpr std::uint16_t no_such_request = 0xFFFF;

// Of a block for a dialog: it has to fit into a frame, with a path.
constexpr std::size_t most_dialog_bytes = wire::max_frame_size - 4096;

std::array<std::atomic<Callbacks*>, wire::max_sessions_per_load> of_session{};

template <class Handle> std::uint64_t number(Handle handle) {
    return reinterpret_cast<std::uintptr_t>(handle);
}

// What a provider points to.
wire::Block block_at(const void* pointer, std::size_t size) {
    if (pointer == nullptr) return {{}, true};
    return {{static_cast<const std::byte*>(pointer), size}, false};
}

} // namespace

template <std::size_t Number> struct Callbacks::Entry {
    static void CALLBACK line_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                                    DWORD_PTR p3) {
        of_session[Number].load()->event(message, number(line), call, p1, p2, p3);
    }
    static void CALLBACK phone_event(HTAPIPHONE phone, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                                     DWORD_PTR p3) {
        of_session[Number].load()->event(message, number(phone), nullptr, p1, p2, p3);
    }
    static void CALLBACK completion(DRV_REQUESTID request, LONG result) {
        of_session[Number].load()->complete(request, result);
    }
    static constexpr Procedures procedures{&line_event, &phone_event, &completion};
};

class Callbacks::Inside {
  public:
    Inside(Callbacks& callbacks, std::atomic<bool>& flag) : flag_(flag) {
        if (!flag_.exchange(true) || callbacks.told_of_two_.exchange(true)) return;
        callbacks.outbox_.append({.kind = wire::FrameKind::service, .function = wire::host_broke},
                                 RunningCall::when(), [](wire::FrameWriter& to) {
                                     to.utf8("R053: a second thread entered a callback before the first one "
                                             "had returned from it");
                                 });
    }
    ~Inside() { flag_ = false; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

  private:
    std::atomic<bool>& flag_;
};

Callbacks::Callbacks(std::size_t session, Outbox& outbox, Log& log, Requests& requests, Handles& handles,
                     OnFault on_fault)
    : outbox_(outbox),
      log_(log),
      requests_(requests),
      handles_(handles),
      on_fault_(std::move(on_fault)),
      session_(session) {
    [[maybe_unused]] const auto* before = of_session.at(session_).exchange(this);
    assert(before == nullptr);
}

Callbacks::~Callbacks() { of_session[session_] = nullptr; }

Procedures Callbacks::procedures() const {
    static constexpr auto all = []<std::size_t... Number>(std::index_sequence<Number...>) {
        return std::array{Entry<Number>::procedures...};
    }
    (std::make_index_sequence<wire::max_sessions_per_load>{});
    return all[session_];
}

bool Callbacks::refused(std::string_view what) {
    if (!over()) return false;
    on_fault_({"R002: " + std::string(what) + " came after TSPI_providerShutdown had returned"});
    return true;
}

void Callbacks::complete(DRV_REQUESTID id, LONG result) {
    const Inside inside(*this, in_completion_);
    if (refused("a completion")) return;
    const auto request = requests_.end(id);
    wire::Values values;
    if (request && request->memory) {
        auto fault = request->memory->overrun();
        if (!fault && result == 0) fault = request->memory->outputs(abi::Fill::at_reply, values);
        if (fault) return on_fault_(*fault);
    }
    const auto function = request ? static_cast<std::uint16_t>(request->function) : no_such_request;
    outbox_.append(
        {.kind = wire::FrameKind::completion, .function = function, .correlation = id, .result = result},
        RunningCall::when(), [&](wire::FrameWriter& to) {
            if (request && result == 0)
                wire::encode_up(abi::row(request->function), abi::Fill::at_reply, to, values);
        });
}

// LINE_NEWCALL: the handle is written after the frame was enqueued, so that nothing the provider does with it
// can overtake it.
void Callbacks::new_call(std::uint64_t line, DWORD_PTR provider_call, DWORD_PTR place, DWORD_PTR p3) {
    auto* const variable = reinterpret_cast<HTAPICALL*>(place);
    if (variable == nullptr) {
        log_.write(Severity::error,
                   "LINE_NEWCALL without a variable for the call's handle: the call is not known (R072)");
        return;
    }
    const auto handle = handles_.calls.take();
    if (handle) {
        const wire::EventFromHost event{line, *handle, provider_call, 0, p3};
        outbox_.append({.kind = wire::FrameKind::event, .function = LINE_NEWCALL}, RunningCall::when(),
                       [&](wire::FrameWriter& to) { wire::write(to, event); });
    } else {
        log_.write(Severity::warning, "no call handle left: a new call of the provider is refused (R072)");
    }
    *variable = reinterpret_cast<HTAPICALL>(static_cast<std::uintptr_t>(handle.value_or(0)));
}

// As with a new call: what the provider does with the handle cannot overtake its announcement. A dialog that
// cannot be is given up by the provider (its handle is NULL), or by the service, which frees it.
void Callbacks::new_dialog(TUISPICREATEDIALOGINSTANCEPARAMS* wanted) {
    if (wanted == nullptr)
        return log_.write(Severity::error, "LINE_CREATEDIALOGINSTANCE without its parameters: ignored");
    wanted->htDlgInst = 0;
    const std::u16string_view library = wanted->lpszUIDLLName != nullptr ? wanted->lpszUIDLLName : u"";
    if (library.size() >= TUISPIDLL_NAME_MAXIMUM || wanted->dwSize > most_dialog_bytes)
        return log_.write(Severity::error,
                          "LINE_CREATEDIALOGINSTANCE with a library's name or a block that is "
                          "too long: there is no dialog");
    const auto handle = handles_.dialogs.take();
    if (!handle)
        return log_.write(Severity::warning, "no dialog handle left: a dialog of the provider is refused");
    const wire::EventFromHost event{
        .parameter1 = wanted->dwRequestID, .parameter2 = number(wanted->hdDlgInst), .parameter3 = *handle};
    const auto parameters = block_at(wanted->lpParams, wanted->dwSize);
    outbox_.append({.kind = wire::FrameKind::event, .function = LINE_CREATEDIALOGINSTANCE},
                   RunningCall::when(), [&](wire::FrameWriter& to) {
                       wire::write(to, event);
                       to.text(library);
                       wire::write(to, parameters);
                   });
    wanted->htDlgInst = *handle;
}

// One way, to the dialog (R109).
void Callbacks::dialog_data(std::uint64_t dialog, DWORD_PTR p1, DWORD_PTR p2) {
    if (p2 > most_dialog_bytes)
        return log_.write(Severity::error,
                          "LINE_SENDDIALOGINSTANCEDATA with a block that is too long: ignored");
    const wire::EventFromHost event{.parameter2 = p2, .parameter3 = dialog};
    outbox_.append({.kind = wire::FrameKind::event, .function = LINE_SENDDIALOGINSTANCEDATA},
                   RunningCall::when(), [&](wire::FrameWriter& to) {
                       wire::write(to, event);
                       wire::write(to, block_at(reinterpret_cast<const void*>(p1), p2));
                   });
}

// The buffer that the function was given is complete now.
void Callbacks::digits_gathered(std::uint64_t line, HTAPICALL call, DWORD_PTR p1, DWORD_PTR p2,
                                DWORD_PTR p3) {
    const auto memory = requests_.gathered(static_cast<std::uint32_t>(p2));
    if (memory == nullptr)
        return log_.write(Severity::warning,
                          "LINE_GATHERDIGITS of the provider for digits that nobody gathers: "
                          "ignored (R230)");
    wire::Values values;
    auto fault = memory->overrun();
    if (!fault) fault = memory->outputs(abi::Fill::at_message, values);
    if (fault) return on_fault_(*fault);
    const wire::EventFromHost event{line, number(call), p1, p2, p3};
    outbox_.append({.kind = wire::FrameKind::event, .function = LINE_GATHERDIGITS}, RunningCall::when(),
                   [&](wire::FrameWriter& to) {
                       wire::write(to, event);
                       wire::encode_up(abi::row(abi::Tspi::lineGatherDigits), abi::Fill::at_message, to,
                                       values);
                   });
}

void Callbacks::event(DWORD message, std::uint64_t device, HTAPICALL call, DWORD_PTR p1, DWORD_PTR p2,
                      DWORD_PTR p3) {
    const Inside inside(*this, in_event_);
    if (refused("an event")) return;
    if (message == LINE_NEWCALL) return new_call(device, p1, p2, p3);
    if (message == LINE_CREATEDIALOGINSTANCE)
        return new_dialog(reinterpret_cast<TUISPICREATEDIALOGINSTANCEPARAMS*>(p1));
    if (message == LINE_SENDDIALOGINSTANCEDATA) return dialog_data(device, p1, p2);
    // Messages of media providers have no form on the wire.
    if (message > std::numeric_limits<std::uint16_t>::max() || message == LINE_SENDMSPDATA) {
        log_.write(Severity::warning,
                   "message " + std::to_string(message) + " of the provider is not supported: ignored");
        return;
    }
    if (message == LINE_GATHERDIGITS) return digits_gathered(device, call, p1, p2, p3);
    const wire::EventFromHost event{device, number(call), p1, p2, p3};
    outbox_.append({.kind = wire::FrameKind::event, .function = static_cast<std::uint16_t>(message)},
                   RunningCall::when(), [&](wire::FrameWriter& to) { wire::write(to, event); });
}

} // namespace offhook::host
