// SPDX-License-Identifier: Apache-2.0
//
// One offhook-host with the provider under test, driven as the service drives it: over its socket, with the
// rule monitor looking on. One thread; every wait has an end.
#pragma once

#include "certify/connection.h"
#include "certify/inputs.h"
#include "certify/target.h"
#include "certify/traffic.h"
#include "rules/monitor.h"

#include <memory>
#include <optional>
#include <set>
#include <string>

namespace offhook::certify {

struct Answer {
    bool returned = false; // else the host is lost
    std::int32_t result = 0;
    std::vector<std::byte> payload; // the outputs point into it
    wire::Values outputs{};

    bool good() const { return returned && result >= 0; }
};

// What came of a command of the provider.
struct CommandReply {
    std::int32_t result = 0; // 0: it was accepted
    std::string text;
};

// Where a session runs that follows another.
enum class Where : std::uint8_t { same_process, new_process };

class Host {
  public:
    // The number of calls that the provider may announce at a time.
    Host(const Target&, const Configuration&, rules::Monitor&, Traffic&, std::size_t credit);

    // Why nothing more can be asked of it; empty: it is there.
    const std::string& lost() const { return connection_->lost(); }
    // It is lost because of what it did not do in time.
    bool timed_out() const { return connection_->timed_out(); }
    // Whether its library has the function.
    bool exports(abi::Tspi function) const {
        const auto place = static_cast<std::size_t>(function);
        return place < exported_.size() && exported_[place] != std::byte{0};
    }
    // How many functions, commands and configurations it was given so far.
    std::size_t asked() const { return next_correlation_ - 1; }

    Answer call(Inputs, std::uint64_t lane);
    // The same, and goes on at once: the service waits for nothing either when much is to be closed.
    void post(const Inputs&, std::uint64_t lane);
    void await_posted();
    // OFFHOOK_providerCommand.
    CommandReply command(std::string_view text);
    // OFFHOOK_providerReconfigure: its result. 0: the configuration is the session's now.
    std::int32_t reconfigure(const Configuration&);
    // Takes what arrives until nothing has for so long.
    void listen(std::chrono::milliseconds quiet);
    // After TSPI_providerShutdown: another session. In the same process it says what was kept of the one
    // before; a process that has had as many sessions as one may have is replaced.
    void next_session(const Configuration&, Where);

    // A name for a line, phone or call, in the order in which they are made; those of calls that the provider
    // announces are higher.
    std::uint64_t new_name() { return next_name_++; }

  private:
    std::unique_ptr<Connection> connect();
    void hello(const Configuration&);
    void grant();
    void arrived(const wire::Frame&);
    void send(std::span<const std::byte> frame, std::uint64_t line = 0);
    std::uint32_t enter(const Inputs&, std::uint64_t lane);
    std::uint64_t line_of(const Inputs&) const;
    template <class Write>
    CommandReply serve(std::uint16_t function, const std::string& what, Write&& payload);

    const Target& target_;
    rules::Monitor& monitor_;
    Traffic& traffic_;
    std::size_t credit_, granted_ = 0, sessions_ = 0;
    std::unique_ptr<Connection> connection_;
    bool welcomed_ = false;
    std::vector<std::byte> exported_; // a byte for each function of the table
    std::uint32_t next_correlation_ = 1, awaited_ = 0;
    std::set<std::uint32_t> posted_; // by correlation, those that have not returned
    std::optional<Answer> answer_;
    abi::Tspi asked_{};
    std::optional<CommandReply> served_;
    std::uint64_t next_name_ = 0x1000;
    std::uint32_t next_granted_ = 0x100000;
};

} // namespace offhook::certify
