// SPDX-License-Identifier: Apache-2.0
//
// The dialogs that providers have started in one application (R107), each on a thread of its own,
// "offhook-dialog", so that the application is never kept waiting (R108). Safe for use by several threads.
#pragma once

#include "client/dialog.h"

#include <map>

namespace offhook::client {

class Dialogs : public std::enable_shared_from_this<Dialogs> {
  public:
    explicit Dialogs(std::shared_ptr<CallsConnection> calls) : calls_(std::move(calls)) {}

    // The service's messages to this library: LINE_CREATEDIALOGINSTANCE and LINE_SENDDIALOGINSTANCEDATA, with
    // the dialog's handle and what follows the fields.
    void started(std::uint32_t dialog, std::span<const std::byte> late);
    void sent(std::uint32_t dialog, std::span<const std::byte> late);

    // The application is shut down, or the service is lost: they close.
    void close();
    void abandon() const;

  private:
    const std::shared_ptr<CallsConnection> calls_;
    mutable std::mutex mutex_;
    std::map<std::uint32_t, std::shared_ptr<Dialog>> shown_; // by the service's handle
};

} // namespace offhook::client
