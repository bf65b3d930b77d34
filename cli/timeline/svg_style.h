// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace offhook::cli::timeline {

// Colours that differ on dark backgrounds are classes. States have colours of their own, with dark text on
// them.
inline constexpr std::string_view svg_style = R"(
text { font-family: system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', Helvetica, Arial, sans-serif; }
text { font-size: 12px; fill: #1d232b }
.small { font-size: 10px }
.title { font-size: 17px; font-weight: 600 }
.strong { font-weight: 600 }
.faint { fill: #66707d }
.page { fill: #ffffff }
.installed { fill: #f4f6f9; stroke: #b9c2cd }
.session { fill: #e3ebf6; stroke: #8fa6c6 }
.opening { fill: #ffffff; stroke: #8db697 }
.stage { fill: #e3a23a }
.running { fill: #5f86bd }
.ending { fill: #9aa5b1 }
.grid { stroke: #1d232b; stroke-opacity: .1; fill: none }
.axis { stroke: #66707d; fill: none }
.cut { stroke: #ffffff; stroke-width: 3; stroke-dasharray: 3 3; fill: none }
.torn { stroke: #c9252d; stroke-width: 2; fill: none }
.bar { stroke: #39424d; stroke-width: .8; fill: none }
.before { fill: #eef0f2 }
.state { stroke: #39424d; stroke-width: .4 }
.on-state { fill: #10151a; font-size: 10px }
.request { stroke: #4f5966; stroke-width: 1.4; fill: none }
.failed { stroke: #c9252d }
.open { stroke-dasharray: 4 3 }
.failed-text { fill: #b51f27 }
.density { fill: #6fcf86; stroke: #2f8f4a; stroke-width: .8 }
.left-out { fill: #ffffff; fill-opacity: .85 }
.tear { stroke: #8a6d1f; stroke-width: 1.2; fill: none }
.left-out-text { fill: #7a5c0c; font-size: 10px }
.flag-text { fill: #ffffff; font-size: 10px; font-weight: 600 }
.bad { fill: #c9252d; stroke: #c9252d }
.odd { fill: #b3690a; stroke: #b3690a }
.news { fill: #2b6cb8; stroke: #2b6cb8 }
@media (prefers-color-scheme: dark) {
text { fill: #e3e8ee }
.faint { fill: #99a5b3 }
.page { fill: #12161b }
.installed { fill: #1a2027; stroke: #48535f }
.session { fill: #212c3b; stroke: #55708f }
.opening { fill: #151b21; stroke: #4e7358 }
.grid { stroke: #e3e8ee }
.axis { stroke: #99a5b3 }
.cut { stroke: #12161b }
.bar, .state { stroke: #0b0e11 }
.before { fill: #39434e }
.on-state { fill: #10151a }
.request { stroke: #aab6c4 }
.failed, .torn { stroke: #ff6b70 }
.failed-text { fill: #ff8b8f }
.left-out { fill: #12161b }
.tear { stroke: #d9b44a }
.left-out-text { fill: #e0c067 }
.flag-text { fill: #ffffff }
}
)";

} // namespace offhook::cli::timeline
