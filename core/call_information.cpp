// SPDX-License-Identifier: Apache-2.0
//
// What is known of a call (LINECALLINFO): the provider tells most of it, the service what applications said
// and what only it knows (R133). It is added behind what the provider filled (R039).
#include "core/later_values.h"
#include "core/provider_call.h"
#include "core/query.h"

#include <algorithm>

namespace offhook::core {

using abi::Tapi;
using abi::Tspi;

std::unique_ptr<const CallTexts> texts_of_parameters(std::span<const std::byte> parameters) {
    CallTexts texts{abi::text_at(parameters, offsetof(LINECALLPARAMS, dwDisplayableAddressSize),
                                 offsetof(LINECALLPARAMS, dwDisplayableAddressOffset)),
                    abi::text_at(parameters, offsetof(LINECALLPARAMS, dwCalledPartySize),
                                 offsetof(LINECALLPARAMS, dwCalledPartyOffset)),
                    abi::text_at(parameters, offsetof(LINECALLPARAMS, dwCommentSize),
                                 offsetof(LINECALLPARAMS, dwCommentOffset))};
    if (texts.displayable_address.empty() && texts.called_party.empty() && texts.comment.empty()) return {};
    return std::make_unique<const CallTexts>(std::move(texts));
}

namespace {

// A text that the service does not have leaves the provider's where it is (R042).
template <class Size, class Offset>
void replace(abi::StructureWriter<LINECALLINFO>& info, Size LINECALLINFO::*size, Offset LINECALLINFO::*offset,
             std::u16string_view text) {
    if (!text.empty()) info.text(size, offset, text);
}

void add_texts(abi::StructureWriter<LINECALLINFO>& info, const CallTexts& texts) {
    replace(info, &LINECALLINFO::dwDisplayableAddressSize, &LINECALLINFO::dwDisplayableAddressOffset,
            texts.displayable_address);
    replace(info, &LINECALLINFO::dwCalledPartySize, &LINECALLINFO::dwCalledPartyOffset, texts.called_party);
    replace(info, &LINECALLINFO::dwCommentSize, &LINECALLINFO::dwCommentOffset, texts.comment);
}

} // namespace

void State::line_get_call_info(const Invocation& invocation) {
    constexpr auto F = Tapi::lineGetCallInfo;
    const auto& in = invocation.inputs;
    const CallHandle* handle = call_handle_of(invocation.application, number_of<F, "hCall">(in));
    if (handle == nullptr) return refuse(invocation, LINEERR_INVALCALLHANDLE);
    const Call& call = *calls_.find(handle->call);
    const Device& device = *devices_.find(call.device);
    const auto version = openers_.find(handle->line)->version;
    const auto& asked = value_of<F, "lpCallInfo">(in);
    if (asked.null) return refuse(invocation, LINEERR_INVALPOINTER);
    const StructureForm form{static_cast<std::uint32_t>(asked.number), version, device.version};
    const auto room = form.room_at_provider(abi::StructureId::LINECALLINFO);
    if (room == 0) return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    Session* session = running_session(device.provider);
    if (session == nullptr) return refuse(invocation, LINEERR_OPERATIONFAILED);
    call_provider(*session, device.handle,
                  Arguments<Tspi::lineGetCallInfo>().with<"hdCall">(call.driver).with<"lpCallInfo">(room),
                  [this, name = handle->handle,
                   query = Query{invocation.application, invocation.correlation, F, session->handle, form}](
                      const Outcome& outcome) {
                      const CallHandle* held = call_handles_.find(name);
                      if (held == nullptr) // let go meanwhile: nothing can be told of it (R133)
                          return answer(query.application, query.correlation, query.function,
                                        as_result(LINEERR_INVALCALLHANDLE), {});
                      answer_query<LINECALLINFO>(
                          query, outcome,
                          outcome.outputs != nullptr
                              ? value_of<Tspi::lineGetCallInfo, "lpCallInfo">(*outcome.outputs)
                              : wire::Value{},
                          [&](auto& info) { complete_call_info(*held, info); });
                  });
}

void State::complete_call_info(const CallHandle& handle, abi::StructureWriter<LINECALLINFO>& info) const {
    const Call& call = *calls_.find(handle.call);
    const auto seen_by = openers_.find(handle.line)->version;
    const bool listening = call.state.state != LINECALLSTATE_IDLE; // with it, what was listened for ends
    info->dwOrigin = as_seen(later_origins, seen_by, info->dwOrigin);
    info->dwReason = as_seen(later_reasons, seen_by, info->dwReason);
    info->hLine = handle.line;
    info->dwLineDeviceID = number_as_known_to(*openers_.find(handle.line));
    info->dwCallStates |= LINECALLSTATE_UNKNOWN;
    info->dwMonitorDigitModes = listening ? listened_for(call, &CallHandle::digit_modes) : 0;
    info->dwMonitorMediaModes = listening ? listened_for(call, &CallHandle::monitored_media) : 0;
    info->dwNumOwners = count_handles(call, LINECALLPRIVILEGE_OWNER);
    info->dwNumMonitors = count_handles(call, LINECALLPRIVILEGE_MONITOR);
    // The provider has no say in the name: where no application has taken the call, there is none.
    info.text(&LINECALLINFO::dwAppNameSize, &LINECALLINFO::dwAppNameOffset,
              call.application != nullptr ? *call.application : std::u16string_view());
    if (call.texts != nullptr) add_texts(info, *call.texts);
}

// The application that first makes, accepts or answers a call gives it its name.
void State::was_taken_by(Call& call, Handle app) {
    const Registration* taker = registrations_.find(app);
    if (taker != nullptr && call.application == nullptr) call.application = taker->name;
}

} // namespace offhook::core
