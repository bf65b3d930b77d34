// SPDX-License-Identifier: Apache-2.0
//
// A failed assertion says why on the standard error and aborts at once. The process then waits a moment, so
// that what was said reaches the service's log.
#pragma once

namespace offhook::host {

// `pipe` is read by other threads, which send what they read.
void hear_last_words(int pipe);

} // namespace offhook::host
