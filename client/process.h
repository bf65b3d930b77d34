// SPDX-License-Identifier: Apache-2.0
//
// What the library keeps for the process: its connection to the service and its applications.
//
// After fork() the child starts afresh: it has none of its parent's applications, and its copies of the
// descriptors are closed, so that the service notices when the parent ends.
#pragma once

#include "client/application.h"

#include <map>
#include <memory>
#include <mutex>

namespace offhook::client {

class Process {
  public:
    static Process& current();

    // The connection to the service; a new one when there is none or it was lost. Throws Failure.
    std::shared_ptr<CallsConnection> connect(Start);
    // The connection there is. Throws Failure: UNINITIALIZED or SERVICE_NOT_RUNNING.
    std::shared_ptr<CallsConnection> connection();

    // An application that had the same handle before the service was lost is shut down.
    void add(ApplicationKey, std::shared_ptr<Application>);
    // Throws Failure: UNINITIALIZED or INVALAPPHANDLE.
    std::shared_ptr<Application> find(ApplicationKey);
    std::shared_ptr<Application> remove(ApplicationKey);
    bool has_applications();

  private:
    Process() = default;
    static void before_fork();
    static void after_fork_in_parent();
    static void after_fork_in_child();
    void abandon() const;
    std::map<ApplicationKey, std::shared_ptr<Application>>::iterator locate(ApplicationKey);

    static std::atomic<Process*> current_;
    static Process* parents_; // keeps what the parent had reachable

    std::mutex connecting_;
    std::mutex mutex_; // guards what follows; never held while anything is waited for
    std::shared_ptr<CallsConnection> connection_;
    std::map<ApplicationKey, std::shared_ptr<Application>> applications_;
};

} // namespace offhook::client
