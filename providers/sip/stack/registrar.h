// SPDX-License-Identifier: Apache-2.0
//
// Keeps one account registered (RFC 3261, section 10) on its shard's thread.
#pragma once

#include "providers/sip/stack/credentials.h"
#include "providers/sip/stack/handle_owner.h"
#include "providers/sip/stack/timer.h"

namespace offhook::sip::stack {

class Shard;

class Registrar : public HandleOwner {
  public:
    Registrar(Shard& shard, std::size_t place, const Account& account);

    void start();
    // Goes on with another account; true: its address of record and its registrar are the same.
    [[nodiscard]] bool change(const Account& account);
    void on_event(const Event& event) override;

  private:
    static void retry(su_root_magic_t*, su_timer_t*, su_timer_arg_t* self);

    Shard& shard_;
    const std::size_t place_;
    Account account_;
    Credentials credentials_;
    const Timer retry_;
};

} // namespace offhook::sip::stack
