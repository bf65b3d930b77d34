// SPDX-License-Identifier: Apache-2.0
//
// A program that uses two lines: it calls from the first to the second, answers there, lets each end play a
// tune to the other, checks that each end hears the tune the other one played, and hangs up.
//
//   two_lines CALLER CALLED NUMBER
//
// CALLER and CALLED are names of lines, NUMBER is what reaches the second one. The exit status is 0 only if
// the call connected, both tunes were heard, and everything was closed without an error.
#include "tapi.h"

#include "offhook/audio.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <numbers>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr double samples_per_second = 8'000;
constexpr std::size_t block_samples = 160; // 20 ms
constexpr std::size_t note_blocks = 10;
constexpr std::size_t tunes_wanted = 2; // each end hears the other's whole tune so many times
constexpr auto block_time = std::chrono::milliseconds(20);
constexpr auto patience = std::chrono::seconds(30);

// Notes are far enough apart to be told from each other within 20 ms (a bin of 50 Hz).
constexpr std::array<double, 5> notes{500, 700, 900, 1'100, 1'300};
using Tune = std::array<std::size_t, 5>; // places in `notes`
using Block = std::array<std::int16_t, block_samples>;
using Clock = std::chrono::steady_clock;

LONG checked(LONG result, const char* what) {
    if (result >= 0) return result;
    std::array<char, 128> text{};
    std::snprintf(text.data(), text.size(), "%s: error 0x%08X", what, static_cast<unsigned>(result));
    throw std::runtime_error(text.data());
}

// ---- Tunes

// How much of the block's power lies at the frequency, 0 to 1 (Goertzel's algorithm).
double share_at(double frequency, const Block& block) {
    const double coefficient = 2 * std::cos(2 * std::numbers::pi * frequency / samples_per_second);
    double last = 0, before_last = 0, power = 0;
    for (const auto sample : block) {
        const double next = sample + coefficient * last - before_last;
        before_last = last;
        last = next;
        power += static_cast<double>(sample) * sample;
    }
    if (power < 1e6) return 0; // silence
    const double at_frequency = last * last + before_last * before_last - coefficient * last * before_last;
    return at_frequency * 2 / (block_samples * power);
}

// Plays the tune over and over.
class Player {
  public:
    explicit Player(const Tune& tune) : tune_(tune) {}
    Block next() {
        const double step =
            2 * std::numbers::pi * notes[tune_[blocks_++ / note_blocks % tune_.size()]] / samples_per_second;
        Block block{};
        for (auto& sample : block) {
            sample = static_cast<std::int16_t>(std::lround(8'000 * std::sin(phase_)));
            phase_ = std::fmod(phase_ + step, 2 * std::numbers::pi);
        }
        return block;
    }

  private:
    Tune tune_;
    std::size_t blocks_ = 0;
    double phase_ = 0;
};

// Recognises notes in what is heard, and counts whole tunes.
class Listener {
  public:
    explicit Listener(const Tune& expected) : expected_(expected) {}

    void hear(const std::byte* bytes, std::size_t count) {
        unread_.insert(unread_.end(), bytes, bytes + count);
        while (unread_.size() >= sizeof(Block)) {
            Block block{};
            std::memcpy(block.data(), unread_.data(), sizeof block);
            unread_.erase(unread_.begin(), unread_.begin() + sizeof block);
            hear(block);
        }
    }
    std::size_t tunes() const { return tunes_; }

  private:
    void hear(const Block& block) {
        for (std::size_t note = 0; note < notes.size(); ++note) {
            if (share_at(notes[note], block) < 0.8) continue;
            run_ = note == last_ ? run_ + 1 : 1;
            last_ = note;
            if (run_ == note_blocks / 2) heard(note); // a note that lasted
        }
    }
    void heard(std::size_t note) {
        place_ = note == expected_[place_] ? place_ + 1 : note == expected_[0] ? 1 : 0;
        if (place_ < expected_.size()) return;
        ++tunes_;
        place_ = 0;
    }

    Tune expected_;
    std::vector<std::byte> unread_;
    std::size_t last_ = notes.size(), run_ = 0, place_ = 0, tunes_ = 0;
};

// ---- One end of the call

struct End {
    End(std::string line_name, const Tune& own, const Tune& others)
        : name(std::move(line_name)),
          player(own),
          listener(others) {}
    ~End() {
        if (audio >= 0) close(audio);
    }
    End(const End&) = delete;
    End& operator=(const End&) = delete;

    std::string name;
    Player player;
    Listener listener;
    HLINE line = 0;
    HCALL call = 0;
    DWORD state = 0;
    int audio = -1;
};

void open_audio(End& end) {
    struct {
        VARSTRING header;
        std::array<std::byte, 256> room;
    } id{};
    id.header.dwTotalSize = sizeof id;
    checked(lineGetIDA(0, 0, end.call, LINECALLSELECT_CALL, &id.header, OFFHOOK_AUDIO_CLASS), "lineGetID");
    OFFHOOK_AUDIO_DEVICE device{};
    if (id.header.dwStringSize < sizeof device) throw std::runtime_error("lineGetID: no audio device");
    std::memcpy(&device, reinterpret_cast<const std::byte*>(&id) + id.header.dwStringOffset, sizeof device);
    end.audio = device.lDescriptor;
}

void hear(End& end) {
    std::array<std::byte, 4'096> room{};
    for (;;) {
        const auto got = recv(end.audio, room.data(), room.size(), MSG_DONTWAIT);
        if (got <= 0) return;
        end.listener.hear(room.data(), static_cast<std::size_t>(got));
    }
}

void play(End& end) {
    const auto block = end.player.next();
    // A block that finds no room is lost, as on any telephone.
    [[maybe_unused]] const auto sent =
        send(end.audio, block.data(), sizeof block, MSG_DONTWAIT | MSG_NOSIGNAL);
}

// ---- The program

class TwoLines {
  public:
    TwoLines(std::string caller, std::string called)
        : caller_(std::move(caller), {0, 3, 1, 4, 2}, {4, 0, 2, 3, 1}),
          called_(std::move(called), {4, 0, 2, 3, 1}, {0, 3, 1, 4, 2}) {
        LINEINITIALIZEEXPARAMS parameters{};
        parameters.dwTotalSize = sizeof parameters;
        parameters.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
        DWORD version = 0x00020002;
        checked(
            lineInitializeExA(&application_, nullptr, nullptr, "two lines", &lines_, &version, &parameters),
            "lineInitializeEx");
        messages_ = static_cast<int>(reinterpret_cast<std::intptr_t>(parameters.Handles.hEvent));
        open(caller_, LINECALLPRIVILEGE_NONE);
        open(called_, LINECALLPRIVILEGE_OWNER);
    }
    ~TwoLines() {
        if (application_ != 0) lineShutdown(application_);
    }
    TwoLines(const TwoLines&) = delete;
    TwoLines& operator=(const TwoLines&) = delete;

    void call(const char* number) {
        std::printf("%s calls %s\n", caller_.name.c_str(), number);
        request_ = checked(lineMakeCallA(caller_.line, &caller_.call, number, 0, nullptr), "lineMakeCall");
        wait_until([this] { return both_are(LINECALLSTATE_CONNECTED); }, "the call did not connect");
    }

    void talk() {
        open_audio(caller_);
        open_audio(called_);
        const auto done = [](const End& end) { return end.listener.tunes() >= tunes_wanted; };
        auto next = Clock::now();
        wait_until(
            [&] {
                if (!both_are(LINECALLSTATE_CONNECTED))
                    throw std::runtime_error("the call ended while it was in use");
                for (; next <= Clock::now(); next += block_time) {
                    play(caller_);
                    play(called_);
                }
                hear(caller_);
                hear(called_);
                return done(caller_) && done(called_);
            },
            "not each end heard the other's tune");
        for (const End* end : {&caller_, &called_})
            std::printf("%s heard the tune of the other end, %zu times\n", end->name.c_str(),
                        end->listener.tunes());
    }

    void hang_up() {
        checked(lineDrop(caller_.call, nullptr, 0), "lineDrop");
        wait_until([this] { return both_are(LINECALLSTATE_IDLE); }, "the call did not end");
    }

    void close_everything() {
        for (End* end : {&caller_, &called_}) {
            checked(lineDeallocateCall(end->call), "lineDeallocateCall");
            checked(lineClose(end->line), "lineClose");
        }
        checked(lineShutdown(std::exchange(application_, 0)), "lineShutdown");
    }

  private:
    void open(End& end, DWORD privileges) {
        for (DWORD id = 0; id < lines_; ++id) {
            DWORD version = 0;
            LINEEXTENSIONID extension{};
            if (lineNegotiateAPIVersion(application_, id, 0x00020000, 0x00020002, &version, &extension) < 0)
                continue;
            struct {
                LINEDEVCAPS caps;
                std::array<char, 4'096> room;
            } line{};
            line.caps.dwTotalSize = sizeof line;
            if (lineGetDevCapsA(application_, id, version, 0, &line.caps) < 0) continue;
            const char* name = reinterpret_cast<const char*>(&line) + line.caps.dwLineNameOffset;
            if (line.caps.dwLineNameSize == 0 || end.name != name) continue;
            checked(lineOpenA(application_, id, &end.line, version, 0, 0, privileges,
                              line.caps.dwMediaModes & LINEMEDIAMODE_INTERACTIVEVOICE, nullptr),
                    "lineOpen");
            return;
        }
        throw std::runtime_error("there is no line " + end.name);
    }

    bool both_are(DWORD state) const { return caller_.state == state && called_.state == state; }

    // Handles messages until the condition holds, and looks at it every 20 ms.
    template <class Condition> void wait_until(Condition condition, const char* otherwise) {
        const auto limit = Clock::now() + patience;
        while (!condition()) {
            if (Clock::now() > limit) throw std::runtime_error(otherwise);
            pollfd waited{messages_, POLLIN, 0};
            poll(&waited, 1, static_cast<int>(block_time.count()));
            LINEMESSAGE message{};
            while (lineGetMessage(application_, &message, 0) == 0) handle(message);
        }
    }

    void handle(const LINEMESSAGE& message) {
        if (message.dwMessageID == LINE_REPLY) {
            const auto result = static_cast<LONG>(message.dwParam2);
            checked(result, static_cast<LONG>(message.dwParam1) == request_ ? "the call was refused"
                                                                            : "a request failed");
        }
        if (message.dwMessageID == LINE_CLOSE) throw std::runtime_error("a line was closed by the service");
        if (message.dwMessageID != LINE_CALLSTATE) return;
        const auto state = static_cast<DWORD>(message.dwParam1);
        if (message.hDevice != caller_.call && called_.call == 0)
            called_.call = message.hDevice; // a new call
        End& end = message.hDevice == caller_.call ? caller_ : called_;
        end.state = state;
        if (state == LINECALLSTATE_OFFERING) checked(lineAnswer(end.call, nullptr, 0), "lineAnswer");
        // The other end has hung up: this one lets go of its call as well, if it is not idle by itself
        // already.
        if (state != LINECALLSTATE_DISCONNECTED) return;
        const LONG result = lineDrop(end.call, nullptr, 0);
        if (result != LINEERR_INVALCALLSTATE) checked(result, "lineDrop");
    }

    End caller_, called_;
    HLINEAPP application_ = 0;
    int messages_ = -1;
    DWORD lines_ = 0;
    LONG request_ = 0;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr,
                     "Use: two_lines CALLER CALLED NUMBER (names of lines; 'offhook lines' shows them)\n");
        return 2;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    try {
        TwoLines lines(argv[1], argv[2]);
        lines.call(argv[3]);
        lines.talk();
        lines.hang_up();
        lines.close_everything();
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "two_lines: %s\n", problem.what());
        return 1;
    }
}
