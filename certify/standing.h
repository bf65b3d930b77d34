// SPDX-License-Identifier: Apache-2.0
//
// What a report says of each rule, and of the run as a whole: what is the same in each of its forms.
#pragma once

#include "certify/report.h"

namespace offhook::certify {

enum class Standing : std::uint8_t { kept, broken, not_exercised };

Standing standing(const Report&, std::uint16_t rule);
std::size_t number_of(const Report&, Standing);

std::string requirement(std::uint16_t rule);
std::string page(std::uint16_t rule); // its address

// How Offhook reads a rule about which the documentation contradicts itself; empty: it does not.
std::string conflict(std::uint16_t rule);

// What another page would have otherwise, and what was not done as it was asked for, a line each.
std::vector<std::string> warnings(const Report&);
// Why the run is not the one that was asked for; empty: it is.
std::string not_as_asked(const Report&);
std::string verdict(const Report&);

} // namespace offhook::certify
