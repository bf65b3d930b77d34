// SPDX-License-Identifier: Apache-2.0
//
// What somebody may have meant who wrote a name that does not exist.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace offhook::cli {

// "do you mean A or B?" where names are like the word; else the first names there are; else `none`.
std::string advice_on_names(std::string_view word, const std::set<std::string>& names,
                            const std::string& none);

} // namespace offhook::cli
