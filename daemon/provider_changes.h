// SPDX-License-Identifier: Apache-2.0
//
// Install, configure and remove. Each is a chain of steps that complete later: read the library's note, run
// the provider's own function in a host, commit, tell the core. The first step that fails ends it, with
// nothing changed.
#pragma once

#include "core/core.h"
#include "daemon/change_host.h"
#include "daemon/provider_note.h"
#include "daemon/providers.h"
#include "daemon/service_answer.h"

#include <list>
#include <set>

namespace offhook::daemon {

class ProviderChanges {
  public:
    struct Callbacks {
        ReadNote read_note;
        std::function<core::Core&()> core; // with its time set
        std::function<bool(std::uint32_t id)> session_runs;
        // Offers the running session of a provider a new configuration; false: it has not taken it over.
        std::function<void(std::uint32_t id, const Settings&, const std::function<void(bool taken)>&)>
            reconfigure;
        std::function<nlohmann::json(std::uint32_t id)> change_of; // ProviderList::change_of
        std::function<std::optional<std::uint32_t>(const std::string& name)> removed; // ProviderList::removed
        std::function<void()> ended;                                                  // after each host
        // What was committed: "installed", "configured" or "removed".
        std::function<void(std::string_view what, const Provider&)> changed;
        std::function<void(core::Severity, const std::string&)> log;
    };

    ProviderChanges(EventLoop&, Providers&, HostLimits, std::uint64_t deadline_ms, Callbacks);

    // The requests of wire/service.h; they throw nlohmann::json::exception when they are not what is said
    // there.
    void install(const nlohmann::json& request, uid_t author, const Answer&);
    void configure(const nlohmann::json& request, uid_t author, const Answer&);
    void remove(const nlohmann::json& request, uid_t author, const Answer&);
    void history(const nlohmann::json& request, const Answer&);
    void fields(const nlohmann::json& request, const Answer&);

    void kill_all(std::string_view why);
    bool empty() const { return hosts_.empty(); }

  private:
    class Claim;
    struct Job; // one install, config or remove
    using JobPointer = std::shared_ptr<Job>;

    JobPointer begin(std::string_view what, uid_t author, const Answer&);
    bool claim(Job&, const std::string& name);
    const Provider* claim_installed(Job&, const nlohmann::json& request);
    void note_read(const JobPointer&, const Outcome<ProviderNote>&);
    void run(const JobPointer&, abi::Tspi, std::function<void(const ChangeResult&)> then);
    void commit_install(const JobPointer&, const ChangeResult&);
    void commit_configuration(const JobPointer&, const ChangeResult&);
    void commit_removal(const JobPointer&);
    void offer(const JobPointer&);
    void answer_with_effect(const Job&);
    void check_configuration(const JobPointer&);
    void read_note(const std::string& library, std::function<void(const Outcome<ProviderNote>&)> then);
    void run_configuration(const JobPointer&);
    bool agreed(const Job&, abi::Tspi, const ChangeResult&);

    EventLoop& loop_;
    Providers& providers_;
    HostLimits limits_;
    std::uint64_t deadline_ms_;
    Callbacks callbacks_;
    std::set<std::string> claimed_; // names of providers that are being changed
    std::list<std::unique_ptr<ChangeHost>> hosts_;
};

} // namespace offhook::daemon
