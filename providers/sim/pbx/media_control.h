// SPDX-License-Identifier: Apache-2.0
//
// TSPI_lineSetMediaControl: what is done to what applications play on a call, when something is detected on
// it.
#pragma once

#include "tspi.h"

#include <vector>

namespace offhook::sim {

struct MediaControl {
    std::vector<LINEMEDIACONTROLDIGIT> digits;
    std::vector<LINEMEDIACONTROLMEDIA> media;
    std::vector<LINEMEDIACONTROLTONE> tones;
    std::vector<LINEMEDIACONTROLCALLSTATE> states;
};

// What can be done. A stream has the speed of those who speak: there is no other one.
inline constexpr DWORD media_actions = LINEMEDIACONTROL_NONE | LINEMEDIACONTROL_START |
                                       LINEMEDIACONTROL_RESET | LINEMEDIACONTROL_PAUSE |
                                       LINEMEDIACONTROL_RESUME | LINEMEDIACONTROL_VOLUMEUP |
                                       LINEMEDIACONTROL_VOLUMEDOWN | LINEMEDIACONTROL_VOLUMENORMAL;

} // namespace offhook::sim
