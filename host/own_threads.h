// SPDX-License-Identifier: Apache-2.0
//
// The host's own threads, to be told from those that the provider starts. Any thread may use it.
#pragma once

#include <sys/types.h>

#include <mutex>
#include <set>

namespace offhook::host {

class OwnThreads {
  public:
    // The thread that makes it is one of them, as long as it exists.
    class Member {
      public:
        explicit Member(OwnThreads& threads);
        ~Member();
        Member(const Member&) = delete;
        Member& operator=(const Member&) = delete;

      private:
        OwnThreads& threads_;
    };

    std::set<pid_t> numbers() const; // as the kernel numbers threads

  private:
    mutable std::mutex mutex_;
    std::set<pid_t> numbers_;
};

} // namespace offhook::host
