// SPDX-License-Identifier: Apache-2.0
//
// What the SIP library does with nothing of Offhook around it: calls by nua alone, with a fixed description.
#pragma once

#include <cstddef>
#include <cstdint>

namespace offhook::bench {

// Makes so many calls to 127.0.0.1:port, `at_once` of them at a time, and ends each when it is answered.
void bare_sip_calls(std::uint16_t port, std::size_t calls, std::size_t at_once);

} // namespace offhook::bench
