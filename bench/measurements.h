// SPDX-License-Identifier: Apache-2.0
//
// What is measured, a part of the report each.
#pragma once

namespace offhook::bench {

void measure_core();
void measure_service();
void measure_exchange();
void measure_sip();
void measure_trace();

} // namespace offhook::bench
