// SPDX-License-Identifier: Apache-2.0
//
// The status of a line (LINEDEVSTATUS), in which the service counts and names those that have it open.
#include "core/provider_call.h"
#include "core/query.h"

#include "abi/utf16.h"

namespace offhook::core {

using abi::Tapi;
using abi::Tspi;

namespace {

constexpr std::uint32_t no_single_address = 0xFFFFFFFF; // LINEOPENOPTION_SINGLEADDRESS is not to be had
constexpr std::uint32_t entry_alignment = alignof(DWORD);

// An array of LINEAPPINFO and the texts of its entries behind it, for a place that is known.
class ApplicationList {
  public:
    ApplicationList(std::uint32_t place, std::size_t entries)
        : place_(place),
          bytes_(entries * sizeof(LINEAPPINFO)) {}

    void add(const Opener& line, std::u16string_view module, std::u16string_view friendly) {
        LINEAPPINFO entry{};
        entry.dwMediaModes = line.media_modes;
        entry.dwAddressID = no_single_address;
        append(module, entry.dwModuleFilenameSize, entry.dwModuleFilenameOffset);
        append(friendly, entry.dwFriendlyNameSize, entry.dwFriendlyNameOffset);
        std::memcpy(bytes_.data() + next_++ * sizeof entry, &entry, sizeof entry);
    }
    const std::vector<std::byte>& bytes() const { return bytes_; }

  private:
    template <class Field> void append(std::u16string_view text, Field& size, Field& offset) {
        if (text.empty()) return;
        const std::u16string terminated(text);
        const auto added = std::as_bytes(std::span(terminated.c_str(), terminated.size() + 1));
        size = static_cast<DWORD>(added.size());
        offset = static_cast<DWORD>(place_ + bytes_.size());
        bytes_.insert(bytes_.end(), added.begin(), added.end());
    }

    std::uint32_t place_;
    std::vector<std::byte> bytes_;
    std::size_t next_ = 0;
};

} // namespace

void State::line_get_line_dev_status(const Invocation& invocation) {
    constexpr auto F = Tapi::lineGetLineDevStatus;
    const auto& in = invocation.inputs;
    const Opener* line = line_of(invocation.application, number_of<F, "hLine">(in));
    if (line == nullptr) return refuse(invocation, LINEERR_INVALLINEHANDLE);
    const Device& device = *devices_.find(line->device);
    const auto& asked = value_of<F, "lpLineDevStatus">(in);
    if (asked.null) return refuse(invocation, LINEERR_INVALPOINTER);
    const StructureForm form{static_cast<std::uint32_t>(asked.number), line->version, device.version};
    const auto room = form.room_at_provider(abi::StructureId::LINEDEVSTATUS);
    if (room == 0) return refuse(invocation, LINEERR_STRUCTURETOOSMALL);
    Session* session = running_session(device.provider);
    if (session == nullptr) return refuse(invocation, LINEERR_OPERATIONFAILED);
    call_provider(
        *session, device.handle,
        Arguments<Tspi::lineGetLineDevStatus>().with<"hdLine">(device.driver).with<"lpLineDevStatus">(room),
        [this, handle = device.handle,
         query = Query{invocation.application, invocation.correlation, F, session->handle, form}](
            const Outcome& outcome) {
            answer_query<LINEDEVSTATUS>(
                query, outcome,
                outcome.outputs != nullptr
                    ? value_of<Tspi::lineGetLineDevStatus, "lpLineDevStatus">(*outcome.outputs)
                    : wire::Value{},
                [&](auto& status) {
                    if (const Device* found = devices_.find(handle)) complete_line_status(*found, status);
                });
        });
}

void State::complete_line_status(const Device& device, abi::StructureWriter<LINEDEVSTATUS>& status) const {
    status->dwNumOpens = static_cast<DWORD>(device.opens.size());
    status->dwOpenMediaModes = wanted_media_modes(device);
    if (!status.has(offsetof(LINEDEVSTATUS, dwAppInfoOffset))) return; // of version 2.0
    ApplicationList list(status.next_place(entry_alignment), device.opens.size());
    for (const Handle handle : device.opens) {
        const Opener& line = *openers_.find(handle);
        const Registration& app = *registrations_.find(line.app);
        list.add(line, abi::to_utf16(applications_.find(app.application)->name), *app.name);
    }
    status.bytes(&LINEDEVSTATUS::dwAppInfoSize, &LINEDEVSTATUS::dwAppInfoOffset, list.bytes().data(),
                 list.bytes().size(), entry_alignment);
}

} // namespace offhook::core
