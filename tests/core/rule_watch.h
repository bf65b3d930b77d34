// SPDX-License-Identifier: Apache-2.0
//
// The rules' monitor (rules/) on the traffic of a simulation, as the service has it on live traffic: one for
// each session.
#pragma once

#include "rules/monitor.h"
#include "tests/core/world.h"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>

namespace offhook::test {

class RuleWatch final : public Observer {
  public:
    // What the providers are said to have done, a line each. Empty: they have kept the rules.
    const std::string& broken() const { return broken_; }

    void host_started(std::uint32_t, std::uint32_t session) override {
        sessions_[session] = std::make_unique<rules::Monitor>([this](const rules::Break& broke) {
            if (broke.gravity != rules::Gravity::broken) return;
            broken_ += "R" + std::to_string(broke.rule) + ": " + broke.did + "\n";
            if (std::getenv("OFFHOOK_TRACE") != nullptr) std::fputs(broken_.c_str(), stderr);
        });
    }
    void host_ended(std::uint32_t session) override { sessions_.erase(session); }
    void to_host(std::uint32_t session, const wire::Frame& frame) override {
        sessions_.at(session)->to_host(message_of(frame).bytes);
    }
    void from_host(std::uint32_t session, const wire::Frame& frame) override {
        sessions_.at(session)->from_host(frame);
    }

  private:
    std::map<std::uint32_t, std::unique_ptr<rules::Monitor>> sessions_;
    std::string broken_;
};

} // namespace offhook::test
