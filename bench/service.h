// SPDX-License-Identifier: Apache-2.0
//
// A service of its own for a measurement, with one provider, and an application that uses it.
#pragma once

#include "tapi.h"
#include "wire/service.h"

#include <nlohmann/json.hpp>

#include <sys/types.h>

#include <map>
#include <string>

namespace offhook::bench {

class Service {
  public:
    // Starts it in a temporary folder and installs the provider. options: lines for its file of
    // configuration.
    Service(const std::string& library, const nlohmann::json& configuration, const std::string& approve,
            const std::string& options = {});
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    ~Service();

    int process() const { return process_; }
    std::string socket() const { return folder_ + "/socket"; }
    int host_process() const;
    std::string log() const;

  private:
    std::string folder_;
    pid_t process_ = -1;
};

// What a process has of the machine's memory now, in bytes.
double resident_bytes(int process);

// Asks the service for one of its own functions.
nlohmann::json ask(wire::ServiceFunction function, const nlohmann::json& request);

// An application in event mode, with one line open as its calls' owner.
class Application {
  public:
    Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;
    ~Application();

    HLINE line() const { return line_; }
    DWORD lines() const { return lines_; }
    LINEMESSAGE next();
    // Waits for the reply to a request, and counts the messages before it. Throws when the request failed.
    std::size_t wait_for_reply(LONG request);

  private:
    HLINEAPP application_ = 0;
    HLINE line_ = 0;
    DWORD lines_ = 0;
};

// Throws what failed and why, unless the result is good.
LONG good(LONG result, const char* what);

} // namespace offhook::bench
