// SPDX-License-Identifier: Apache-2.0
//
// One dialog of a provider. The library that shows it runs in offhook-ui, never in the application; what it
// says goes to the service from here (wire/README.md, "Dialogs").
#pragma once

#include "client/calls_connection.h"
#include "wire/codec.h"
#include "wire/dialog.h"

#include <deque>
#include <memory>

namespace offhook::client {

class Dialog {
  public:
    // The service has opened it.
    Dialog(std::shared_ptr<CallsConnection>, wire::DialogOpened);
    Dialog(const Dialog&) = delete;
    Dialog& operator=(const Dialog&) = delete;

    struct Ended {
        LONG result = 0;
        std::vector<std::byte> outputs; // of the function, when result is not negative
        std::string why;                // of a failure, for people
    };
    // Shows it by a function of the library, until that returns or cannot any more; then tells the service.
    // Throws nothing but std::bad_alloc.
    Ended show(abi::Tspi function, const wire::Values& inputs);

    // Instead of show(): tells the service.
    void cannot_be_shown(std::string why) { tell_end({LINEERR_RESOURCEUNAVAIL, {}, std::move(why)}); }

    // From any thread: a block of the provider's, as it came (R109).
    void deliver(std::span<const std::byte> block);
    // From any thread: the dialog is to close, and show() to return.
    void close();
    // In a child process after fork().
    void abandon() const;

  private:
    // So much may wait for a program that takes nothing.
    static constexpr std::size_t most_waiting = std::size_t{4} << 20; // bytes

    Ended run(abi::Tspi, const wire::Values&);
    std::optional<Ended> take(const wire::Frame&, abi::Tspi);
    void start_program();
    bool wait_and_send();
    bool relay(const wire::Frame&);
    void tell_end(const Ended&);

    const std::shared_ptr<CallsConnection> calls_;
    const wire::DialogOpened opened_;
    wire::UniqueFd wake_;                      // an eventfd: blocks wait, or it is to close
    std::optional<wire::StreamSocket> socket_; // to offhook-ui; of show()'s thread

    std::mutex mutex_;               // guards what follows
    std::vector<std::byte> waiting_; // frames for the program
    bool closed_ = false;
};

} // namespace offhook::client
