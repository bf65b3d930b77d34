// SPDX-License-Identifier: Apache-2.0
#include "cli/sound.h"

#include "cli/problem.h"

#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace offhook::cli {
namespace {

struct CloseFile {
    void operator()(SNDFILE* file) const { sf_close(file); }
};
using FileHandle = std::unique_ptr<SNDFILE, CloseFile>;

class Silence : public Sound {
  public:
    bool read(std::span<std::int16_t> block) override {
        std::ranges::fill(block, std::int16_t{0});
        return true;
    }
};

class Tone : public Sound {
  public:
    explicit Tone(double frequency) : step_(2 * std::numbers::pi * frequency / samples_per_second) {}
    bool read(std::span<std::int16_t> block) override {
        constexpr double amplitude = 8'000; // a quarter of full scale, -12 dBFS
        for (auto& sample : block) {
            sample = static_cast<std::int16_t>(std::lround(amplitude * std::sin(phase_)));
            phase_ = std::fmod(phase_ + step_, 2 * std::numbers::pi);
        }
        return true;
    }

  private:
    double step_, phase_ = 0;
};

class SoundFile : public Sound {
  public:
    explicit SoundFile(const std::string& path) {
        SF_INFO info{};
        file_.reset(sf_open(path.c_str(), SFM_READ, &info));
        if (!file_)
            throw Problem(Exit::usage, "cannot play " + path + ": " + sf_strerror(nullptr),
                          "name a WAV file of 8,000 samples a second and one channel");
        if (info.channels != 1 || info.samplerate != static_cast<int>(samples_per_second))
            throw Problem(Exit::usage,
                          "cannot play " + path + ": it has " + std::to_string(info.channels) +
                              " channels and " + std::to_string(info.samplerate) + " samples a second",
                          "convert it: sox " + path + " -r 8000 -c 1 converted.wav");
    }
    bool read(std::span<std::int16_t> block) override {
        const auto got = sf_read_short(file_.get(), block.data(), static_cast<sf_count_t>(block.size()));
        std::ranges::fill(block.subspan(static_cast<std::size_t>(got)), std::int16_t{0});
        return got > 0;
    }

  private:
    FileHandle file_;
};

} // namespace

std::unique_ptr<Sound> silence() { return std::make_unique<Silence>(); }
std::unique_ptr<Sound> tone(double frequency) { return std::make_unique<Tone>(frequency); }
std::unique_ptr<Sound> sound_file(const std::string& path) { return std::make_unique<SoundFile>(path); }

struct Recorder::File {
    FileHandle handle;
};

Recorder::Recorder(const std::string& path) : file_(std::make_unique<File>()) {
    SF_INFO info{};
    info.channels = 1;
    info.samplerate = static_cast<int>(samples_per_second);
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    file_->handle.reset(sf_open(path.c_str(), SFM_WRITE, &info));
    if (!file_->handle)
        throw Problem(Exit::usage, "cannot record to " + path + ": " + sf_strerror(nullptr),
                      "name a file in a folder that you may write to");
}

Recorder::~Recorder() = default;

void Recorder::write(std::span<const std::int16_t> samples) {
    sf_write_short(file_->handle.get(), samples.data(), static_cast<sf_count_t>(samples.size()));
}

} // namespace offhook::cli
