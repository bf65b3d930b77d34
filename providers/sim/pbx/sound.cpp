// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/pbx/sound.h"

#include <array>
#include <cstddef>

namespace offhook::sim {

// As they sound in most of Europe: 425 Hz and cadences within the limits of ITU-T E.180/Q.35, and its special
// information tone of three tones in a row with a pause of a second.
const Sound& sound_of(ProgressTone tone) {
    static const std::array<Sound, static_cast<std::size_t>(ProgressTone::count)> sounds{{
        {},
        {{425}},
        {{425, 0, 1000, 5000}},
        {{425, 0, 500, 1000}},
        {{425, 0, 250, 500}},
        {{950, 0, 330, 1990}, {1400, 330, 330, 1990}, {1800, 660, 330, 1990}},
    }};
    return sounds[static_cast<std::size_t>(tone)];
}

} // namespace offhook::sim
