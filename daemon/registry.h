// SPDX-License-Identifier: Apache-2.0
//
// The installed providers, their configurations, and the history of both, in one SQLite file. A change is
// there as a whole or not at all, whatever happens to the process or the machine. Everything fails by
// throwing DatabaseError.
#pragma once

#include "daemon/database.h"
#include "host/settings.h"

#include <sys/types.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace offhook::daemon {

using host::masked;
using host::Settings;

struct Provider {
    std::uint32_t id = 0; // permanent; never given to another
    std::string name;     // unique
    std::string library;  // absolute path
    std::string title;
    std::string version;
    std::string needs;               // what was approved at install
    Settings active;                 // what a session reads at its beginning, for its whole length (R003)
    std::optional<Settings> pending; // what becomes active when the next session begins (R102)
    bool operator==(const Provider&) const = default;
};

// The author of what the service did by itself: no user has this number (chown(2)).
inline constexpr uid_t the_service = static_cast<uid_t>(-1);

struct Change {
    std::int64_t number = 0; // ascending
    std::int64_t time = 0;   // seconds since 1970
    uid_t author = 0;        // or the_service
    std::string provider;
    std::string text; // what was done, secrets masked
};

// Statements that bring a registry from one version to the next; the first makes it.
using Migrations = std::span<const char* const>;

class Registry {
  public:
    // Makes the registry when there is none; brings an older one up to date after a backup; refuses a newer
    // one.
    explicit Registry(const std::string& path);
    Registry(const std::string& path, Migrations);

    std::vector<Provider> providers();
    std::uint32_t reserve_id(); // never given again, whether it is used or not

    void add(const Provider&, uid_t author);
    void set_pending(std::uint32_t id, const Settings&, uid_t author);
    // Pending becomes active.
    void activate(std::uint32_t id);
    void remove(std::uint32_t id, uid_t author);

    std::vector<Change> history();
    bool untouched(); // nothing is in the history
    // What was tried in vain and is not to be tried again.
    void note(uid_t author, const std::string& provider, const std::string& text);
    // The whole configuration that a change set, secrets included. Throws when this provider has no such
    // change, or it set none (a removal), or it was made before configurations were kept.
    Settings settings_of_change(const std::string& provider, std::int64_t number);

  private:
    void bring_up_to_date(Migrations);
    Settings settings(std::uint32_t id, const std::string& stage);
    void write_settings(std::uint32_t id, const std::string& stage, const Settings&);
    std::int64_t record(uid_t author, const std::string& provider, const std::string& text);
    void keep_settings(std::int64_t change, const Settings&);
    std::string name_of(std::uint32_t id);

    Database database_;
};

} // namespace offhook::daemon
