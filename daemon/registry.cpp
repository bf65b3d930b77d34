// SPDX-License-Identifier: Apache-2.0
#include "daemon/registry.h"

#include <nlohmann/json.hpp>

#include <ctime>

namespace offhook::daemon {

namespace {

constexpr const char* migrations[] = {
    R"(
CREATE TABLE next_provider (id INTEGER NOT NULL);
INSERT INTO next_provider VALUES (1);
CREATE TABLE provider (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    library TEXT NOT NULL,
    title TEXT NOT NULL,
    version TEXT NOT NULL,
    needs TEXT NOT NULL,
    has_pending INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE setting (
    provider INTEGER NOT NULL REFERENCES provider (id) ON DELETE CASCADE,
    stage TEXT NOT NULL CHECK (stage IN ('active', 'pending')),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (provider, stage, key)
) WITHOUT ROWID;
CREATE TABLE history (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    time INTEGER NOT NULL,
    author INTEGER NOT NULL,
    provider TEXT NOT NULL,
    change TEXT NOT NULL
);
)",
    R"(
CREATE TABLE history_setting (
    change INTEGER NOT NULL REFERENCES history (number) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (change, key)
) WITHOUT ROWID;
ALTER TABLE history ADD COLUMN has_settings INTEGER NOT NULL DEFAULT 0;
)",
};

std::string as_json(const Settings& settings) {
    return nlohmann::json(masked(settings)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

Registry::Registry(const std::string& path) : Registry(path, migrations) {}

Registry::Registry(const std::string& path, Migrations steps) : database_(path) {
    // Whoever reads the file first says whether it is one: before anything is written to it.
    const auto sound = database_.text("PRAGMA quick_check(1)");
    if (sound != "ok")
        throw DatabaseError(
            "the registry " + path + " is damaged (" + sound +
            "). It was left as it is: restore it from a backup, or move it away to begin with an empty one.");
    bring_up_to_date(steps);
    database_.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
}

void Registry::bring_up_to_date(Migrations steps) {
    const auto newest = static_cast<std::int64_t>(steps.size());
    const auto version = database_.number("PRAGMA user_version");
    const auto& path = database_.path();
    if (version == newest) return;
    if (version > newest || version < 0)
        throw DatabaseError("the registry " + path + " has the schema version " + std::to_string(version) +
                            ", and this offhookd knows versions up to " + std::to_string(newest) +
                            ". Run the release that wrote it, or restore the backup that lies beside it.");
    if (version == 0 && database_.number("SELECT count(*) FROM sqlite_master") != 0)
        throw DatabaseError(path +
                            " is an SQLite file, but no registry of Offhook. Choose another state folder.");
    if (version > 0)
        database_.copy_to(path + ".version-" + std::to_string(version) + "." +
                          std::to_string(std::time(nullptr)));
    Transaction transaction(database_);
    for (auto next = version; next < newest; ++next) database_.execute(steps[static_cast<std::size_t>(next)]);
    database_.execute("PRAGMA user_version = " + std::to_string(newest));
    transaction.commit();
}

std::vector<Provider> Registry::providers() {
    std::vector<Provider> found;
    Statement rows(database_,
                   "SELECT id, name, library, title, version, needs, has_pending FROM provider ORDER BY id");
    while (rows.step()) {
        Provider provider{.id = static_cast<std::uint32_t>(rows.number(0)),
                          .name = rows.text(1),
                          .library = rows.text(2),
                          .title = rows.text(3),
                          .version = rows.text(4),
                          .needs = rows.text(5),
                          .active = {},
                          .pending = {}};
        provider.active = settings(provider.id, "active");
        if (rows.number(6) != 0) provider.pending = settings(provider.id, "pending");
        found.push_back(std::move(provider));
    }
    return found;
}

Settings Registry::settings(std::uint32_t id, const std::string& stage) {
    Settings found;
    Statement rows(database_, "SELECT key, value FROM setting WHERE provider = ? AND stage = ?");
    rows.bind(id, stage);
    while (rows.step()) found.emplace(rows.text(0), rows.text(1));
    return found;
}

void Registry::write_settings(std::uint32_t id, const std::string& stage, const Settings& settings) {
    Statement(database_, "DELETE FROM setting WHERE provider = ? AND stage = ?").bind(id, stage).step();
    for (const auto& [key, value] : settings)
        Statement(database_, "INSERT INTO setting VALUES (?, ?, ?, ?)").bind(id, stage, key, value).step();
}

std::int64_t Registry::record(uid_t author, const std::string& provider, const std::string& text) {
    Statement(database_, "INSERT INTO history (time, author, provider, change) VALUES (?, ?, ?, ?)")
        .bind(static_cast<std::int64_t>(std::time(nullptr)), author, provider, text)
        .step();
    return database_.number("SELECT last_insert_rowid()");
}

void Registry::keep_settings(std::int64_t change, const Settings& settings) {
    Statement(database_, "UPDATE history SET has_settings = 1 WHERE number = ?").bind(change).step();
    for (const auto& [key, value] : settings)
        Statement(database_, "INSERT INTO history_setting VALUES (?, ?, ?)").bind(change, key, value).step();
}

Settings Registry::settings_of_change(const std::string& provider, std::int64_t number) {
    Statement change(database_, "SELECT has_settings FROM history WHERE number = ? AND provider = ?");
    change.bind(number, provider);
    if (!change.step())
        throw DatabaseError(provider + " has no change " + std::to_string(number) +
                            ": 'offhook provider history " + provider + "' lists those it has");
    if (change.number(0) == 0)
        throw DatabaseError("change " + std::to_string(number) + " of " + provider +
                            " set no configuration that was kept: choose another");
    Settings found;
    Statement rows(database_, "SELECT key, value FROM history_setting WHERE change = ?");
    rows.bind(number);
    while (rows.step()) found.emplace(rows.text(0), rows.text(1));
    return found;
}

std::string Registry::name_of(std::uint32_t id) {
    Statement row(database_, "SELECT name FROM provider WHERE id = ?");
    row.bind(id);
    if (!row.step()) throw DatabaseError("the registry has no provider " + std::to_string(id));
    return row.text(0);
}

std::uint32_t Registry::reserve_id() {
    Transaction transaction(database_);
    const auto id = database_.number("SELECT id FROM next_provider");
    database_.execute("UPDATE next_provider SET id = id + 1");
    transaction.commit();
    return static_cast<std::uint32_t>(id);
}

void Registry::add(const Provider& provider, uid_t author) {
    Transaction transaction(database_);
    Statement(database_,
              "INSERT INTO provider (id, name, library, title, version, needs) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(provider.id, provider.name, provider.library, provider.title, provider.version, provider.needs)
        .step();
    write_settings(provider.id, "active", provider.active);
    keep_settings(
        record(author, provider.name, "installed " + provider.library + " " + as_json(provider.active)),
        provider.active);
    transaction.commit();
}

void Registry::set_pending(std::uint32_t id, const Settings& settings, uid_t author) {
    Transaction transaction(database_);
    const auto name = name_of(id);
    Statement(database_, "UPDATE provider SET has_pending = 1 WHERE id = ?").bind(id).step();
    write_settings(id, "pending", settings);
    keep_settings(record(author, name, "configured " + as_json(settings)), settings);
    transaction.commit();
}

void Registry::activate(std::uint32_t id) {
    Transaction transaction(database_);
    const auto pending = settings(id, "pending");
    Statement(database_, "UPDATE provider SET has_pending = 0 WHERE id = ? AND has_pending = 1")
        .bind(id)
        .step();
    if (database_.number("SELECT changes()") == 0) return;
    write_settings(id, "active", pending);
    write_settings(id, "pending", {});
    transaction.commit();
}

void Registry::remove(std::uint32_t id, uid_t author) {
    Transaction transaction(database_);
    const auto name = name_of(id);
    Statement(database_, "DELETE FROM provider WHERE id = ?").bind(id).step();
    record(author, name, "removed");
    transaction.commit();
}

bool Registry::untouched() { return database_.number("SELECT count(*) FROM history") == 0; }

void Registry::note(uid_t author, const std::string& provider, const std::string& text) {
    record(author, provider, text);
}

std::vector<Change> Registry::history() {
    std::vector<Change> found;
    Statement rows(database_, "SELECT number, time, author, provider, change FROM history ORDER BY number");
    while (rows.step())
        found.push_back(
            {rows.number(0), rows.number(1), static_cast<uid_t>(rows.number(2)), rows.text(3), rows.text(4)});
    return found;
}

} // namespace offhook::daemon
