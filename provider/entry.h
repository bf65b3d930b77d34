// SPDX-License-Identifier: Apache-2.0
//
// The border between C++ and the C functions that the host calls: no exception crosses it.
#pragma once

#include <exception>
#include <new>
#include <string>
#include <utility>

#include "provider/services.h"
#include "tspi.h"

namespace offhook::provider {

// Runs the body of a TSPI function and turns what it throws into a result.
template <typename Body>
LONG at_the_border(const Services& services, const char* function, Body&& body) noexcept {
    try {
        return std::forward<Body>(body)();
    } catch (const std::bad_alloc&) {
        return LINEERR_NOMEM;
    } catch (const std::exception& error) {
        try {
            services.log(Severity::error, std::string(function) + ": " + error.what());
        } catch (const std::exception&) { // no memory for the line: the result says enough
        }
        return LINEERR_OPERATIONFAILED;
    }
}

} // namespace offhook::provider
