// SPDX-License-Identifier: Apache-2.0
//
// Functions of the service itself (wire/service.h), asked through the client library.
#pragma once

#include "wire/service.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace offhook::cli {

class Service {
  public:
    // Whether a service that does not run is started. A question about its state never starts one.
    enum class Start : std::uint8_t { on_demand, never };

    explicit Service(Start);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    // Throws a Problem that begins with `doing` and gives the service's own reason.
    nlohmann::json ask(wire::ServiceFunction, const nlohmann::json& request, std::string_view doing);

    // After ServiceFunction::watch: the next record, or nothing when none waits.
    std::optional<nlohmann::json> next_record();
    int descriptor() const; // readable while records wait, or at the end
    bool ended() const;     // the service has closed the connection

  private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
};

} // namespace offhook::cli
