// SPDX-License-Identifier: Apache-2.0
//
// The registry as the event loop sees it: read from memory, written by the worker. What is in memory has been
// committed.
#pragma once

#include "daemon/registry.h"
#include "daemon/worker.h"

#include <functional>
#include <map>

namespace offhook::daemon {

class Providers {
  public:
    // error: empty when it was committed
    using Then = std::function<void(const std::string& error)>;

    // Opens the registry; throws.
    Providers(EventLoop&, const std::string& path);

    const std::map<std::uint32_t, Provider>& all() const { return providers_; }
    const Provider* find(std::uint32_t id) const;
    const Provider* find(const std::string& name) const;

    // When the registry was opened, nobody had changed anything yet.
    bool untouched() const { return untouched_; }

    void reserve_id(std::function<void(Outcome<std::uint32_t>)>);
    void add(const Provider&, uid_t author, Then);
    void set_pending(std::uint32_t id, const Settings&, uid_t author, Then);
    void activate(std::uint32_t id, Then); // at once when nothing is pending
    void remove(std::uint32_t id, uid_t author, Then);
    void note(uid_t author, const std::string& provider, const std::string& text, Then); // Registry::note

    void history(std::function<void(Outcome<std::vector<Change>>)>);
    void settings_of_change(const std::string& provider, std::int64_t number,
                            std::function<void(Outcome<Settings>)>);

    // For other work that may block.
    Worker& worker() { return worker_; }

  private:
    void commit(std::function<void(Registry&)> change, std::function<void()> apply, Then);

    Registry registry_; // after construction the worker's alone
    bool untouched_;
    std::map<std::uint32_t, Provider> providers_;
    Worker worker_;
};

} // namespace offhook::daemon
