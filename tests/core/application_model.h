// SPDX-License-Identifier: Apache-2.0
//
// An application that calls whatever function the Choices say, with valid and with wrong handles, and
// remembers what it was given.
#pragma once

#include "tests/core/frames.h"
#include "tests/core/random_inputs.h"

#include <array>
#include <map>

namespace offhook::test {

// How often each function of the table was answered, and how.
class Tally {
  public:
    void answered(abi::Tapi function, std::int32_t result);
    // Functions that the core has and that no application was ever successful with, by name.
    std::string never_successful() const;
    std::size_t functions() const; // that the core has

  private:
    struct Count {
        std::size_t successful = 0, refused = 0; // not because the core does not have it
    };
    std::array<Count, static_cast<std::size_t>(abi::Tapi::count)> counts_{};
};

class RandomApplication final : public ApplicationModel {
  public:
    RandomApplication(World& world, Tally& tally) : world_(world), tally_(tally) { connect(); }

    void received(const wire::Frame&) override;
    void received_event(std::uint32_t channel, const wire::Frame&) override;
    void channel_closed(std::uint32_t) override {}

    void do_something();
    void shut_down_everything(); // every HLINEAPP, in order
    void leave() { world_.disconnect(id_); }
    void connect();
    std::uint32_t id() const { return id_; }

  private:
    abi::Tapi choose();
    std::size_t* registered_by(abi::Tapi function);
    void call(abi::Tapi function);
    void continue_dialog();
    void took_calls(std::span<const std::byte> list);
    void took_dialog(const wire::Frame& opened);

    World& world_;
    Tally& tally_;
    std::uint32_t id_ = 0;
    std::uint32_t next_ = 1;
    std::map<std::uint32_t, abi::Tapi> pending_;
    Handles handles_;
    // HLINEAPPs and HPHONEAPPs that are asked for or there.
    std::size_t line_registrations_ = 0, phone_registrations_ = 0;
    std::vector<std::uint32_t> dialogs_;
};

} // namespace offhook::test
