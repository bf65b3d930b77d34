// SPDX-License-Identifier: Apache-2.0
//
// Finding the programs that the library starts, and how a child of an application begins.
#pragma once

#include <spawn.h>

#include <initializer_list>
#include <string>

namespace offhook::client {

// A program as it is installed with this library: at one of the places, below a folder that the library lies
// in (LIBDIR/libtapi32.so.0 and LIBEXECDIR/offhook/…). Empty: there is none.
std::string program_beside_library(std::initializer_list<const char*> places);

// A child with default signals, none of them blocked, whatever the application has set.
class SpawnAttributes {
  public:
    // `more`: POSIX_SPAWN_ flags besides those of signals.
    explicit SpawnAttributes(short more = 0);
    SpawnAttributes(const SpawnAttributes&) = delete;
    SpawnAttributes& operator=(const SpawnAttributes&) = delete;
    ~SpawnAttributes() { ::posix_spawnattr_destroy(&value_); }
    const posix_spawnattr_t* get() const { return &value_; }

  private:
    posix_spawnattr_t value_{};
};

// Which descriptors a child has.
class SpawnFiles {
  public:
    SpawnFiles() { ::posix_spawn_file_actions_init(&value_); }
    SpawnFiles(const SpawnFiles&) = delete;
    SpawnFiles& operator=(const SpawnFiles&) = delete;
    ~SpawnFiles() { ::posix_spawn_file_actions_destroy(&value_); }
    posix_spawn_file_actions_t* get() { return &value_; }

  private:
    posix_spawn_file_actions_t value_{};
};

// Waits for a child that ends at once: one that leaves its work to a process of init's.
void reap(pid_t child);

} // namespace offhook::client
