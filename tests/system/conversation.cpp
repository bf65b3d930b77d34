// SPDX-License-Identifier: Apache-2.0
#include "tests/system/conversation.h"

#include <limits>

namespace offhook::system_test {

namespace {

constexpr double first_hertz = 440, second_hertz = 1'000;
constexpr std::size_t half_a_second = 4'000;

std::string listen(const testing::AudioPeer& peer, double hertz) {
    const auto heard = peer.last(std::numeric_limits<std::size_t>::max());
    if (heard.size() < 2 * half_a_second) return "there was less than a second of audio";
    // It begins when both have begun to speak.
    for (auto at = half_a_second; at + half_a_second <= heard.size(); at += half_a_second)
        if (testing::share_of(hertz, heard.subspan(at, half_a_second)) < 0.5)
            return "the other end was not heard " + std::to_string(at / 8) + " ms after the beginning";
    return {};
}

} // namespace

Conversation::Conversation(wire::UniqueFd first, wire::UniqueFd second)
    : first_(std::move(first), first_hertz),
      second_(std::move(second), second_hertz),
      thread_([this] { talk(); }) {}

Conversation::~Conversation() { finish(); }

void Conversation::talk() {
    // A second at least, however soon it is finished.
    for (int block = 0; block < 75 || !finished_; ++block)
        if (!first_.exchange() || !second_.exchange()) {
            broken_ = true;
            return;
        }
}

std::string Conversation::finish() {
    finished_ = true;
    if (thread_.joinable()) thread_.join();
    if (broken_) return "a stream ended";
    const auto wrong = listen(first_, second_hertz);
    return wrong.empty() ? listen(second_, first_hertz) : wrong;
}

} // namespace offhook::system_test
