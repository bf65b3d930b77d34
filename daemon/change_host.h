// SPDX-License-Identifier: Apache-2.0
//
// Runs TSPI_providerInstall, TSPI_providerConfig or TSPI_providerRemove in a short-lived host of its own,
// which never calls TSPI_providerInit, and collects the configuration that the provider writes meanwhile.
#pragma once

#include "abi/function_table.h"
#include "core/environment.h"
#include "daemon/host_process.h"
#include "daemon/registry.h"

namespace offhook::daemon {

struct ChangeResult {
    enum class Kind : std::uint8_t {
        done,    // the provider agreed, or does not export the function
        refused, // the function returned an error
        lost,    // the library could not be loaded, or the host ended or did not answer in time
    };
    Kind kind = Kind::lost;
    std::int32_t code = 0; // of refused
    std::string reason;    // of refused and lost
    Settings settings;     // what was given, with what the provider wrote
};

class ChangeHost : private HostProcess::Owner {
  public:
    using Then = std::function<void(ChangeResult)>; // may destroy this
    using Log = std::function<void(core::Severity, const std::string& line)>;

    ChangeHost(EventLoop&, const HostLimits&, std::uint64_t deadline_ms, const wire::HostHello&,
               abi::Tspi function, Log, Then);
    void kill(std::string_view why) { host_.kill(why); }

  private:
    void host_welcomed(std::span<const std::byte> exported) override;
    bool host_frame_arrived(const wire::Frame&, std::string& reason) override;
    void host_logged(std::uint32_t severity, std::string_view line) override;
    void host_ended(const std::string& reason) override;
    bool write_setting(const wire::Frame&, std::string& reason);
    void answered(std::int32_t code);

    EventLoop& loop_;
    std::uint64_t deadline_ms_;
    std::uint32_t provider_;
    abi::Tspi function_;
    Log log_;
    Then then_;
    ChangeResult result_;
    wire::HostConfigSet written_; // the last one
    std::string complaint_;       // the last error that the provider logged: why it refuses
    bool answered_ = false;
    EventLoop::Timer deadline_;
    HostProcess host_;
};

} // namespace offhook::daemon
