// SPDX-License-Identifier: Apache-2.0
//
// SQLite with owners for what it allocates and exceptions that a person can read.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace offhook::daemon {

struct DatabaseError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Database {
  public:
    // Makes the file (mode 0600) when it is missing.
    explicit Database(std::string path);

    void execute(const std::string& statements);
    std::int64_t number(const std::string& query); // the first column of the first row
    std::string text(const std::string& query);
    void copy_to(const std::string& path);
    const std::string& path() const { return path_; }

    // Says what a failure means, and what to do about it.
    [[noreturn]] void fail(int code) const;

  private:
    friend class Statement;
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::string path_;
    std::unique_ptr<sqlite3, Close> handle_;
};

class Statement {
  public:
    Statement(Database&, std::string_view sql);

    template <class... Values> Statement& bind(const Values&... values) {
        (bind_next(values), ...);
        return *this;
    }
    bool step(); // false: no row is left
    std::int64_t number(int column) const { return sqlite3_column_int64(handle_.get(), column); }
    std::string text(int column) const;

  private:
    void bind_next(std::int64_t value);
    void bind_next(const std::string& value);
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
    };
    Database& database_;
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    int bound_ = 0;
};

// Undone unless committed.
class Transaction {
  public:
    explicit Transaction(Database& database) : database_(database) { database_.execute("BEGIN IMMEDIATE"); }
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

  private:
    Database& database_;
    bool committed_ = false;
};

} // namespace offhook::daemon
