// SPDX-License-Identifier: Apache-2.0
#include "cli/call_audio.h"

#include "cli/application.h"
#include "cli/problem.h"

#include "offhook/audio.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace offhook::cli {
namespace {

constexpr std::uint32_t speaks = 2; // of dwDirection (offhook/audio.h)
constexpr std::size_t block_samples = samples_per_second / 50;
constexpr auto block_time = std::chrono::milliseconds(20);
constexpr std::size_t most_unsent = samples_per_second * sizeof(std::int16_t); // one second

OFFHOOK_AUDIO_DEVICE open_audio(HCALL call) {
    const Sized<VARSTRING> id("cannot open the call's audio", [&](VARSTRING* room) {
        return lineGetIDA(0, 0, call, LINECALLSELECT_CALL, room, OFFHOOK_AUDIO_CLASS);
    });
    OFFHOOK_AUDIO_DEVICE device{};
    const auto bytes = id.part(id->dwStringSize, id->dwStringOffset);
    if (bytes.size() < sizeof device)
        throw Problem(Exit::refused, "the provider's answer for the call's audio is too short",
                      "report it to the provider's author");
    std::memcpy(&device, bytes.data(), sizeof device);
    if (device.dwSampleRate != samples_per_second || device.dwChannels != 1 || device.dwBitsPerSample != 16) {
        close(device.lDescriptor);
        throw Problem(Exit::refused,
                      "the call's audio has " + std::to_string(device.dwSampleRate) +
                          " samples a second of " + std::to_string(device.dwBitsPerSample) + " bits",
                      "this command carries 8,000 samples a second of 16 bits");
    }
    return device;
}

} // namespace

AudioEnds::AudioEnds(const AudioChoices& choices) : echo(choices.echo) {
    if (!choices.play.empty()) sound = sound_file(choices.play);
    else if (choices.tone) sound = tone(*choices.tone);
    if (!choices.record.empty()) recorder = std::make_unique<Recorder>(choices.record);
}

CallAudio::CallAudio(HCALL call, AudioEnds& ends) : ends_(ends) {
    const auto device = open_audio(call);
    descriptor_ = device.lDescriptor;
    may_speak_ = (device.dwDirection & speaks) != 0;
}

CallAudio::~CallAudio() {
    if (descriptor_ >= 0) close(descriptor_);
}

std::optional<Clock::time_point> CallAudio::next_block() const {
    if (descriptor_ < 0 || !may_speak_ || !ends_.sound) return std::nullopt;
    return next_;
}

void CallAudio::carry() {
    hear();
    speak();
}

void CallAudio::hear() {
    while (descriptor_ >= 0) {
        std::array<std::byte, 4'096> room{};
        const auto got = recv(descriptor_, room.data(), room.size(), MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0) { // the call's audio has ended
            close(descriptor_);
            descriptor_ = -1;
            return;
        }
        half_.insert(half_.end(), room.begin(), room.begin() + got);
        std::vector<std::int16_t> samples(half_.size() / sizeof(std::int16_t));
        std::memcpy(samples.data(), half_.data(), samples.size() * sizeof(std::int16_t));
        if (ends_.recorder) ends_.recorder->write(samples);
        if (ends_.echo && may_speak_) send(std::as_bytes(std::span(samples)));
        heard_ += samples.size();
        half_.erase(half_.begin(),
                    half_.begin() + static_cast<std::ptrdiff_t>(samples.size() * sizeof(std::int16_t)));
    }
}

void CallAudio::speak() {
    if (!next_block()) return;
    const auto now = Clock::now();
    if (now - next_ > 10 * block_time)
        next_ = now; // this program was stopped for a while: what it missed is gone
    for (; next_ <= now; next_ += block_time) {
        std::array<std::int16_t, block_samples> block{};
        played_ = !ends_.sound->read(block);
        send(std::as_bytes(std::span(block)));
    }
}

void CallAudio::send(std::span<const std::byte> bytes) {
    unsent_.insert(unsent_.end(), bytes.begin(), bytes.end());
    const auto sent = ::send(descriptor_, unsent_.data(), unsent_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0) unsent_.erase(unsent_.begin(), unsent_.begin() + sent);
    if (unsent_.size() > most_unsent) {
        // Whole samples go, so that the halves of those that stay keep their places.
        const auto surplus = (unsent_.size() - most_unsent + 1) & ~std::size_t{1};
        unsent_.erase(unsent_.begin(), unsent_.begin() + static_cast<std::ptrdiff_t>(surplus));
    }
}

} // namespace offhook::cli
