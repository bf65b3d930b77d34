// SPDX-License-Identifier: Apache-2.0

#include "provider/callbacks.h"

#include <bit>
#include <cstdint>

namespace offhook::provider {

void Callbacks::complete(DRV_REQUESTID request, LONG result) {
    const std::lock_guard guard(one_at_a_time_);
    if (completion_ != nullptr) completion_(request, result);
}

void Callbacks::line_event(const LineSink& sink, DWORD message, DWORD_PTR parameter1, DWORD_PTR parameter2,
                           DWORD_PTR parameter3) {
    call_event(sink, nullptr, message, parameter1, parameter2, parameter3);
}

void Callbacks::call_event(const LineSink& sink, HTAPICALL call, DWORD message, DWORD_PTR parameter1,
                           DWORD_PTR parameter2, DWORD_PTR parameter3) {
    const std::lock_guard guard(one_at_a_time_);
    if (sink.procedure != nullptr)
        sink.procedure(sink.line, call, message, parameter1, parameter2, parameter3);
}

void Callbacks::phone_event(const PhoneSink& sink, DWORD message, DWORD_PTR parameter1, DWORD_PTR parameter2,
                            DWORD_PTR parameter3) {
    const std::lock_guard guard(one_at_a_time_);
    if (sink.procedure != nullptr) sink.procedure(sink.phone, message, parameter1, parameter2, parameter3);
}

HTAPICALL Callbacks::new_call(const LineSink& sink, HDRVCALL call) {
    HTAPICALL name = nullptr;
    call_event(sink, nullptr, LINE_NEWCALL, std::bit_cast<DWORD_PTR>(call), std::bit_cast<DWORD_PTR>(&name));
    return name;
}

} // namespace offhook::provider
