// SPDX-License-Identifier: Apache-2.0
#include "client/dialogs.h"

#include "client/signals_blocked.h"

#include <system_error>
#include <thread>

namespace offhook::client {
namespace {

constexpr auto& generic = abi::row<abi::Tspi::ui_providerGenericDialog>();

// On the dialog's thread. Whatever happens, the application goes on.
void show(Dialog& dialog, std::uint32_t handle, const std::vector<std::byte>& late) {
    ::pthread_setname_np(::pthread_self(), "offhook-dialog");
    wire::DialogBlocks blocks;
    read(late, blocks); // started() has checked it
    wire::Values inputs;
    inputs[generic.index_of("htDlgInst")].number = handle;
    inputs[generic.index_of("lpParams")] = {0, blocks.parameters.bytes, blocks.parameters.null};
    inputs[generic.index_of("dwSize")].number = blocks.parameters.bytes.size();
    (void)dialog.show(abi::Tspi::ui_providerGenericDialog, inputs);
}

} // namespace

void Dialogs::started(std::uint32_t handle, std::span<const std::byte> late) {
    wire::DialogBlocks blocks;
    if (!read(late, blocks)) return;
    const auto dialog = std::make_shared<Dialog>(
        calls_, wire::DialogOpened{
                    handle, {reinterpret_cast<const char*>(blocks.library.data()), blocks.library.size()}});
    {
        const std::scoped_lock lock(mutex_);
        shown_.insert_or_assign(handle, dialog);
    }
    const SignalsBlocked inherited;
    try {
        std::thread([self = shared_from_this(), dialog, handle,
                     copy = std::vector(late.begin(), late.end())] {
            try {
                show(*dialog, handle, copy);
            } catch (...) { // no memory for it
            }
            const std::scoped_lock lock(self->mutex_);
            self->shown_.erase(handle);
        }).detach();
    } catch (const std::system_error&) {
        dialog->cannot_be_shown("no thread could be started");
    }
}

void Dialogs::sent(std::uint32_t handle, std::span<const std::byte> late) {
    const std::scoped_lock lock(mutex_);
    if (const auto found = shown_.find(handle); found != shown_.end()) found->second->deliver(late);
}

void Dialogs::close() {
    const std::scoped_lock lock(mutex_);
    for (const auto& [handle, dialog] : shown_) dialog->close();
}

// A thread that is none of this process's may have held the lock, and never give it back.
void Dialogs::abandon() const {
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock) return;
    for (const auto& [handle, dialog] : shown_) dialog->abandon();
}

} // namespace offhook::client
