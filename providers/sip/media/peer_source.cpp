// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/peer_source.h"

namespace offhook::sip::media {

void PeerSource::declare(const Endpoint& declared, const std::optional<Address>& signalling) {
    current_ = declared;
    signalling_ = signalling;
    heard_ = Heard::nothing;
    candidate_ = {};
}

bool PeerSource::accepts(const Endpoint& from, const RtpHeader& header) {
    if (!current_) return false;
    if (from == *current_) {
        heard_ = Heard::peer;
        return true;
    }
    if (heard_ == Heard::peer) return false;
    if (from.address != current_->address && from.address != signalling_) return false;
    const bool continues = candidate_.run > 0 && candidate_.from == from &&
                           candidate_.source == header.source && candidate_.next_sequence == header.sequence;
    candidate_ = {from, header.source, static_cast<std::uint16_t>(header.sequence + 1),
                  continues ? candidate_.run + 1 : 1};
    if (candidate_.run < run_length) return false;
    current_ = from;
    heard_ = Heard::peer;
    return true;
}

} // namespace offhook::sip::media
