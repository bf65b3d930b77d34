// SPDX-License-Identifier: Apache-2.0
#include "daemon/signals.h"

#include <gmock/gmock.h>

// As in the service's main: the loop alone receives its signals, whichever thread it runs in.
int main(int argc, char** argv) {
    offhook::daemon::block_signals();
    testing::InitGoogleMock(&argc, argv);
    return RUN_ALL_TESTS();
}
