// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/timeline/model.h"

namespace offhook::cli::timeline {

// Something of which a timeline shows the place, said in words; what happened several times is said once.
struct Note {
    enum class Kind : std::uint8_t { mark, failed_request, open_request } kind{};
    MarkKind mark{};         // of a mark: what kind
    std::string label{};     // as it stands in the drawing
    std::string text{};      // what happened
    std::string rule_says{}; // of a broken rule: what it requires
    std::string places{};    // when and where: "12:38:14.929 call 3 on line 0 of sim"; the first few
    std::size_t count = 0;
};

// In the order of time, broken rules first.
std::vector<Note> notes_on(const Timeline&);

} // namespace offhook::cli::timeline
