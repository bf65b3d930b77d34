// SPDX-License-Identifier: Apache-2.0
//
// What most tests begin with: a service, and an application that uses it.
#pragma once

#include "fake_service.h"

#include <gtest/gtest.h>

#include <poll.h>

namespace offhook::client_test {

constexpr DWORD for_ever = 0xFFFFFFFF;

// An application in event mode.
class Program {
  public:
    Program() {
        LINEINITIALIZEEXPARAMS wanted{};
        wanted.dwTotalSize = sizeof wanted;
        wanted.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
        DWORD devices = 0, version = 0x00020002;
        EXPECT_EQ(lineInitializeExA(&application, nullptr, nullptr, "test", &devices, &version, &wanted), 0);
        channel = application - FakeService::application_of(0);
        event = static_cast<int>(reinterpret_cast<std::intptr_t>(wanted.Handles.hEvent));
    }
    ~Program() {
        if (application != 0) lineShutdown(application);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    LINEMESSAGE next() const {
        LINEMESSAGE message{};
        EXPECT_EQ(lineGetMessage(application, &message, for_ever), 0);
        return message;
    }
    // Is the event signaled, now or within some time?
    bool signaled(int milliseconds = 0) const {
        pollfd readable{event, POLLIN, 0};
        return ::poll(&readable, 1, milliseconds) == 1;
    }

    HLINEAPP application = 0;
    std::uint64_t channel = 0;
    int event = -1;
};

} // namespace offhook::client_test
