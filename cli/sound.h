// SPDX-License-Identifier: Apache-2.0
//
// What a call is told and what is kept of it: 16-bit samples, 8,000 a second.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace offhook::cli {

inline constexpr unsigned samples_per_second = 8'000;

// Where the audio that is sent comes from.
class Sound {
  public:
    virtual ~Sound() = default;
    // Fills the block; what is left when the sound has ended is silence. False: it had ended before.
    virtual bool read(std::span<std::int16_t> block) = 0;
};

std::unique_ptr<Sound> silence();
std::unique_ptr<Sound> tone(double frequency);
// Any file that libsndfile reads, with one channel and 8,000 samples a second; anything else is a Problem.
std::unique_ptr<Sound> sound_file(const std::string& path);

// Writes a WAV file of 16-bit samples.
class Recorder {
  public:
    explicit Recorder(const std::string& path);
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;
    void write(std::span<const std::int16_t> samples);

  private:
    struct File;
    std::unique_ptr<File> file_;
};

} // namespace offhook::cli
