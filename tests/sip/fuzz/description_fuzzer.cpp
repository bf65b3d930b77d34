// SPDX-License-Identifier: Apache-2.0
//
// A peer that offers or answers any session description. What we answer must be one that we would take
// ourselves.

#include "providers/sip/media/description.h"

#include <cstdlib>

using namespace offhook::sip::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    LocalMedia local;
    local.rtp = {*Address::parse("192.0.2.7"), 20000};
    const std::string text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(read_answer(text, local));
    const auto answer = answer_offer(text, local);
    if (!answer) return 0;
    if (answer->remote.rtp.port == 0) std::abort();
    if (!answer_offer(answer->text, local)) std::abort();
    return 0;
}
