// SPDX-License-Identifier: Apache-2.0
//
// One leg on its shard's thread: follows a dialog's INVITE usage through nua's events.
#pragma once

#include "providers/sip/stack/credentials.h"
#include "providers/sip/stack/handle_owner.h"
#include "providers/sip/stack/stack.h"

namespace offhook::sip::stack {

class Shard;

class Leg : public HandleOwner {
  public:
    enum class Side : std::uint8_t { caller, called };
    Leg(Shard& shard, LegId id, Side side, nua_handle_t* handle, const Account& account);

    void invite(const std::string& uri, const std::string& offer);
    void ring();
    void answer(const std::string& description);
    void refuse(int status);
    void hang_up();

    void on_event(const Event& event) override;

  private:
    enum class Phase : std::uint8_t {
        waiting,     // its INVITE is to be sent
        calling,     // an INVITE was sent, no final answer yet
        offered,     // an INVITE arrived
        established, // answered by either side
        leaving,     // hung up by us: what still comes is for the stack alone
        over,        // the end was reported
    };

    void invite_response(const Event& event);
    void invited_again(const Event& event);
    void info(const Event& event);
    void end(Ending::Cause cause, int status);
    [[nodiscard]] bool ours() const { return phase_ != Phase::leaving && phase_ != Phase::over; }

    Shard& shard_;
    const LegId id_;
    const Account account_; // as it was: it may be another one before the last word of this leg
    const std::string contact_;
    Credentials credentials_;
    Phase phase_;
};

} // namespace offhook::sip::stack
