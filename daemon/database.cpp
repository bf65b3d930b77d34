// SPDX-License-Identifier: Apache-2.0
#include "daemon/database.h"

#include "wire/unique_fd.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace offhook::daemon {

namespace {

// SQLite gives the files that it makes beside this one the same rights.
void make_private_file(const std::string& path) {
    const wire::UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file || ::fchmod(file.get(), 0600) != 0)
        throw DatabaseError(
            "cannot open the registry " + path + ": " + std::strerror(errno) +
            ". Its folder must exist, and it and the folder must belong to the service's user.");
}

} // namespace

Database::Database(std::string path) : path_(std::move(path)) {
    make_private_file(path_);
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(path_.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK) fail(code);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, 2'000);
}

void Database::fail(int code) const {
    const std::string detail = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
    switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        throw DatabaseError(
            "the registry " + path_ + " is damaged (" + detail +
            "). It was left as it is: restore it from a backup, or move it away to begin with an empty one.");
    case SQLITE_FULL:
        throw DatabaseError("no space is left for the registry " + path_ +
                            ". Nothing was changed: make room and try again.");
    case SQLITE_IOERR:
        throw DatabaseError("the registry " + path_ + " cannot be read or written (" + detail +
                            "). Nothing was changed: check the disk and its space, and try again.");
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        throw DatabaseError("the registry " + path_ + " cannot be opened for writing (" + detail +
                            "): it and its folder must belong to the service's user.");
    case SQLITE_BUSY:
        throw DatabaseError("the registry " + path_ +
                            " is in use by another program. Close it and try again.");
    default: throw DatabaseError("the registry " + path_ + ": " + detail);
    }
}

void Database::execute(const std::string& statements) {
    const int code = sqlite3_exec(handle_.get(), statements.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::number(const std::string& query) {
    Statement statement(*this, query);
    return statement.step() ? statement.number(0) : 0;
}

std::string Database::text(const std::string& query) {
    Statement statement(*this, query);
    return statement.step() ? statement.text(0) : std::string();
}

void Database::copy_to(const std::string& path) {
    make_private_file(path);
    Statement(*this, "VACUUM INTO ?").bind(path).step();
}

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v2(database_.handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        &handle, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK) database_.fail(code);
}

bool Statement::step() {
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    database_.fail(code);
}

std::string Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column));
    if (text == nullptr) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

void Statement::bind_next(std::int64_t value) { sqlite3_bind_int64(handle_.get(), ++bound_, value); }

void Statement::bind_next(const std::string& value) {
    sqlite3_bind_text(handle_.get(), ++bound_, value.data(), static_cast<int>(value.size()),
                      SQLITE_TRANSIENT);
}

Transaction::~Transaction() {
    if (committed_) return;
    try {
        database_.execute("ROLLBACK");
    } catch (const DatabaseError&) {
        // SQLite has undone it by itself already (sqlite3_get_autocommit).
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    committed_ = true;
}

} // namespace offhook::daemon
