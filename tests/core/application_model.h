// SPDX-License-Identifier: Apache-2.0
//
// An application that does whatever the Choices say, with valid and with wrong handles, and remembers what it
// was given.
#pragma once

#include "tests/core/frames.h"

#include <map>

namespace offhook::test {

class RandomApplication final : public ApplicationModel {
  public:
    explicit RandomApplication(World& world) : world_(world) { connect(); }

    void received(const wire::Frame&) override;
    void received_event(std::uint32_t channel, const wire::Frame&) override;
    void channel_closed(std::uint32_t) override {}

    void do_something();
    void shut_down_everything(); // every HLINEAPP, in order
    void leave() { world_.disconnect(id_); }
    void connect();
    std::uint32_t id() const { return id_; }

  private:
    template <abi::Tapi F> void call(const core::Arguments<F>& arguments, std::uint64_t sequence = 0) {
        pending_[next_] = F;
        world_.application_sends(id_, call_frame(next_++, arguments, sequence));
    }
    std::uint32_t pick(const std::vector<std::uint32_t>& handles);

    World& world_;
    std::uint32_t id_ = 0;
    std::uint32_t next_ = 1;
    std::map<std::uint32_t, abi::Tapi> pending_;
    std::vector<std::uint32_t> apps_, lines_, phone_apps_, phones_, calls_, channels_;
};

} // namespace offhook::test
