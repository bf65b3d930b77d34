// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "certify/report.h"

#include <sstream>
#include <string>

namespace offhook::certify {

// As the terminal shows it.
inline std::string text_of(const Report& report) {
    std::ostringstream text;
    print(text, report);
    return text.str();
}

} // namespace offhook::certify
