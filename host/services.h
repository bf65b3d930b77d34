// SPDX-License-Identifier: Apache-2.0
//
// The services of offhook_provider.h: the provider's configuration, the log, audio.
#pragma once

#include "host/log.h"
#include "offhook_provider.h"
#include "wire/host.h"

#include <atomic>
#include <map>
#include <string>
#include <vector>

namespace offhook::host {

class Services {
  public:
    // The configuration stays as it is for the length of the session (R003).
    Services(const std::map<std::string, std::string>& configuration, Outbox& outbox, Log& log);
    Services(const Services&) = delete;
    Services& operator=(const Services&) = delete;

    const OFFHOOK_PROVIDER_SERVICES* table() const { return &table_; }

    // While one exists, the provider may write its pending configuration: TSPI_providerInstall, Config or
    // Remove runs.
    class Change {
      public:
        explicit Change(Services& services) : services_(services) { ++services_.changes_; }
        ~Change() { --services_.changes_; }
        Change(const Change&) = delete;
        Change& operator=(const Change&) = delete;

      private:
        Services& services_;
    };

  private:
    static constexpr std::size_t max_key = 255, max_value = 65'535;
    struct Entry; // the C functions

    std::int32_t set(const char* key, const char* value);

    std::vector<std::pair<std::string, std::string>> configuration_; // in ascending order of the keys
    Outbox& outbox_;
    Log& log_;
    std::atomic<int> changes_ = 0;
    OFFHOOK_PROVIDER_SERVICES table_;
};

} // namespace offhook::host
