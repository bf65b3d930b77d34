// SPDX-License-Identifier: Apache-2.0
//
// An application on a call's audio: says a tone in real time and listens.
#pragma once

#include "tests/support/tone.h"
#include "wire/unique_fd.h"

#include <poll.h>
#include <sys/socket.h>

#include <functional>
#include <initializer_list>
#include <vector>

namespace offhook::testing {

class AudioPeer {
  public:
    AudioPeer(wire::UniqueFd socket, double hertz) : socket_(std::move(socket)), tone_(hertz) {}

    // Reads one block of 20 ms and says one: the provider's clock is the only one.
    bool exchange() {
        std::array<std::int16_t, 160> block{};
        auto* bytes = reinterpret_cast<char*>(block.data());
        for (std::size_t have = 0; have < sizeof block;) {
            pollfd ready{socket_.get(), POLLIN, 0};
            if (::poll(&ready, 1, 5000) != 1) return false;
            const auto size = ::recv(socket_.get(), bytes + have, sizeof block - have, 0);
            if (size <= 0) return false;
            have += static_cast<std::size_t>(size);
        }
        heard_.insert(heard_.end(), block.begin(), block.end());
        const auto said = tone_.next(block.size());
        return ::send(socket_.get(), said.data(), said.size() * 2, MSG_NOSIGNAL) ==
               static_cast<ssize_t>(said.size() * 2);
    }

    // What it heard lately.
    std::span<const std::int16_t> last(std::size_t samples) const {
        return std::span(heard_).last(std::min(samples, heard_.size()));
    }
    // Was what it heard lately nothing but a tone, and for 0.4 s at least?
    bool hears(double hertz) const {
        constexpr std::size_t samples = 3200;
        return heard_.size() >= samples && share_of(hertz, last(samples)) > 0.9;
    }
    int descriptor() const { return socket_.get(); }

  private:
    wire::UniqueFd socket_;
    Tone tone_;
    std::vector<std::int16_t> heard_;
};

// They talk until `enough`, at most 20 s: a loaded machine loses packets, and a tone has gaps then.
inline bool talk(std::initializer_list<AudioPeer*> peers, const std::function<bool()>& enough) {
    for (int block = 0; block < 1000; ++block) {
        for (AudioPeer* peer : peers)
            if (!peer->exchange()) return false;
        if (block % 20 == 19 && enough()) return true;
    }
    return false;
}

} // namespace offhook::testing
