// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/unique_fd.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <functional>
#include <stdexcept>
#include <utility>

namespace offhook::system_test {

// Another program: a copy of this one.
class Child {
  public:
    using Say = std::function<void()>; // that it has come one step further
    explicit Child(const std::function<void(const Say&)>& act) {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
        steps_ = wire::UniqueFd(ends[0]);
        const wire::UniqueFd told(ends[1]);
        id_ = ::fork();
        if (id_ != 0) return;
        try {
            act([&] {
                if (::write(told.get(), "!", 1) != 1) ::_exit(1);
            });
        } catch (const std::exception& failure) {
            std::fprintf(stderr, "the other application: %s\n", failure.what());
        }
        ::_exit(1);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (id_ > 0) kill();
    }

    void wait_for_step() const {
        char said = 0;
        if (::read(steps_.get(), &said, 1) != 1) throw std::runtime_error("the other application has ended");
    }
    pid_t kill() {
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
        return std::exchange(id_, -1);
    }

  private:
    wire::UniqueFd steps_;
    pid_t id_ = -1;
};

} // namespace offhook::system_test
