// SPDX-License-Identifier: Apache-2.0
//
// A service of the test's own, in a temporary folder.
#pragma once

#include "tests/system/process.h"
#include "wire/service.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace offhook::system_test {

using Keys = std::map<std::string, std::string>;

class Service {
  public:
    explicit Service(const std::string& configuration = {}); // as in offhook.toml
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    ~Service();

    void start(); // on the same folder as before
    void kill();  // SIGKILL
    int stop();   // SIGTERM; what waitpid says

    void install_sip(const std::string& name, const Keys& configuration) const;
    // Its line has the provider's name.
    void install_patient(const std::string& name, std::chrono::milliseconds delay = {}) const;
    // Its dialogs are shown by the library of this name.
    void install_dialog(const std::string& name, const std::string& library) const;
    void install_sim(const std::string& name, const Keys& configuration = {}) const;
    // Gives a provider a command (OFFHOOK_providerCommand): its reply, or the reason why not is thrown.
    std::string command(const std::string& provider, const std::string& command) const;
    // Nothing: it refused, or has no session.
    std::optional<std::string> try_command(const std::string& provider, const std::string& command) const;
    // The host of a provider's session.
    Process host(const std::string& provider) const;
    std::string log() const;

  private:
    int reap();
    std::string folder_;
    std::optional<Process> process_;
};

// Asks the service for one of its own functions.
nlohmann::json ask(wire::ServiceFunction function, const nlohmann::json& request = nlohmann::json::object());
// What `status`, `lines`, … list under `list`, and only what has `value` at `key`.
nlohmann::json listed(wire::ServiceFunction function, const char* list, const char* key,
                      const nlohmann::json& value);

} // namespace offhook::system_test
