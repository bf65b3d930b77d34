// SPDX-License-Identifier: Apache-2.0
#include "client/process.h"

#include "client/failure.h"

#include <pthread.h>

namespace offhook::client {

// Never destroyed: threads of the application may be inside the library while the process exits.
std::atomic<Process*> Process::current_ = nullptr;
Process* Process::parents_ = nullptr;

Process& Process::current() {
    if (auto* process = current_.load()) return *process;
    static const int registered = ::pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
    (void)registered;
    auto* fresh = new Process;
    Process* expected = nullptr;
    if (current_.compare_exchange_strong(expected, fresh)) return *fresh;
    delete fresh;
    return *expected;
}

void Process::before_fork() {
    if (auto* process = current_.load()) process->mutex_.lock();
}

void Process::after_fork_in_parent() {
    if (auto* process = current_.load()) process->mutex_.unlock();
}

void Process::after_fork_in_child() {
    parents_ = current_.exchange(nullptr);
    if (parents_ != nullptr) parents_->abandon();
}

void Process::abandon() const {
    if (connection_) connection_->abandon();
    for (const auto& [key, application] : applications_) application->abandon();
}

std::shared_ptr<CallsConnection> Process::connect(Start start) {
    const std::scoped_lock one_at_a_time(connecting_);
    std::shared_ptr<CallsConnection> existing;
    {
        const std::scoped_lock lock(mutex_);
        existing = connection_;
    }
    if (existing && existing->still_there()) return existing;
    auto fresh = std::make_shared<CallsConnection>(service_address(), start);
    const std::scoped_lock lock(mutex_);
    connection_ = fresh;
    return fresh;
}

std::shared_ptr<CallsConnection> Process::connection() {
    const std::scoped_lock lock(mutex_);
    if (!connection_) throw Failure{LINEERR_UNINITIALIZED, "Initialize first."};
    if (connection_->lost())
        throw Failure{LINEERR_SERVICE_NOT_RUNNING, "The service has ended. Initialize again."};
    return connection_;
}

void Process::add(ApplicationKey key, std::shared_ptr<Application> application) {
    std::shared_ptr<Application> before;
    {
        const std::scoped_lock lock(mutex_);
        before = std::exchange(applications_[key], std::move(application));
    }
    if (before) before->shut_down();
}

// With mutex_ held.
std::map<ApplicationKey, std::shared_ptr<Application>>::iterator Process::locate(ApplicationKey key) {
    if (applications_.empty()) throw Failure{LINEERR_UNINITIALIZED, "Initialize first."};
    const auto found = applications_.find(key);
    if (found == applications_.end()) throw Failure{LINEERR_INVALAPPHANDLE, {}};
    return found;
}

std::shared_ptr<Application> Process::find(ApplicationKey key) {
    const std::scoped_lock lock(mutex_);
    return locate(key)->second;
}

std::shared_ptr<Application> Process::remove(ApplicationKey key) {
    const std::scoped_lock lock(mutex_);
    const auto found = locate(key);
    auto application = std::move(found->second);
    applications_.erase(found);
    return application;
}

bool Process::has_applications() {
    const std::scoped_lock lock(mutex_);
    return !applications_.empty();
}

} // namespace offhook::client
