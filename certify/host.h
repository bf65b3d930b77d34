// SPDX-License-Identifier: Apache-2.0
//
// One offhook-host with the provider under test, driven as the service drives it: over its socket, with the
// rule monitor looking on. One thread; every wait has an end.
#pragma once

#include "certify/inputs.h"
#include "certify/target.h"
#include "rules/monitor.h"
#include "wire/stream_socket.h"

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>

namespace offhook::certify {

struct Answer {
    bool returned = false; // else the host is lost
    std::int32_t result = 0;
    std::vector<std::byte> payload; // the outputs point into it
    wire::Values outputs{};

    bool good() const { return returned && result >= 0; }
};

class Host {
  public:
    // Told of each call that the provider announces; the number of handles that it may be granted at a time.
    Host(const Target&, rules::Monitor&, std::size_t credit);
    ~Host(); // kills it
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    // Why nothing more can be asked of it; empty: it is there.
    const std::string& lost() const { return lost_; }

    Answer call(Inputs, std::uint64_t lane);
    // OFFHOOK_providerCommand: its result.
    std::int32_t command(std::string_view text);
    // Takes what arrives until nothing has for so long.
    void listen(std::chrono::milliseconds quiet);
    // After TSPI_providerShutdown: another session in the same process. It says what was kept of this one.
    void next_session();

    // A name for a line, phone or call, in the order in which they are made; those of calls that the provider
    // announces are higher.
    std::uint64_t new_name() { return next_name_++; }

  private:
    void start();
    void hello();
    void grant();
    bool take(std::chrono::steady_clock::time_point until); // one frame; false: none, or the host is lost
    void arrived(const wire::Frame&);
    void send(std::span<const std::byte> frame);
    void lose(const std::string& why);
    std::string how_it_ended();

    const Target& target_;
    rules::Monitor& monitor_;
    std::size_t credit_, granted_ = 0;
    pid_t process_ = 0;
    std::optional<wire::StreamSocket> socket_;
    std::string lost_, goodbye_;
    bool welcomed_ = false;
    std::uint32_t next_correlation_ = 1, awaited_ = 0;
    std::optional<Answer> answer_;
    abi::Tspi asked_{};
    std::optional<std::int32_t> commanded_;
    std::uint64_t next_name_ = 0x1000;
    std::uint32_t next_granted_ = 0x100000;
};

} // namespace offhook::certify
