// SPDX-License-Identifier: Apache-2.0
//
// A real offhook-host at the other end of a socket pair, played by a test that is the service.
#pragma once

#include "wire/codec.h"
#include "wire/host.h"
#include "wire/stream_socket.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <sys/wait.h>
#include <vector>

namespace offhook::host {

struct Received {
    wire::FrameHeader header;
    std::vector<std::byte> payload;

    std::string text() const; // of a goodbye; of a log: the line
};

// The inputs of a call, by the names of the row's parameters.
class Inputs {
  public:
    explicit Inputs(abi::Tspi function) : row_(abi::row(function)) {}
    Inputs& number(std::string_view name, std::uint64_t value);
    Inputs& text(std::string_view name, std::u16string_view value);
    Inputs& bytes(std::string_view name, std::string_view value);

    const abi::TspiFunction& row() const { return row_; }
    const wire::Values& values() const { return values_; }

  private:
    wire::Value& at(std::string_view name) { return values_.at(row_.index_of(name)); }

    const abi::TspiFunction& row_;
    wire::Values values_;
};

class HostProcess {
  public:
    static constexpr std::chrono::seconds patience{20};

    explicit HostProcess(const wire::HostHello& hello);
    ~HostProcess();
    HostProcess(const HostProcess&) = delete;
    HostProcess& operator=(const HostProcess&) = delete;

    void send(std::span<const std::byte> frames);
    // Sends a call; gives its correlation.
    std::uint32_t call(abi::Tspi function, const wire::Values& values, std::uint64_t lane = 1);
    std::uint32_t call(const Inputs& inputs, std::uint64_t lane = 1);
    std::uint32_t call_with_audio(const Inputs& inputs, wire::UniqueFd stream, std::uint8_t flags);
    // For LINE_NEWCALL or LINE_CREATEDIALOGINSTANCE.
    void grant(std::span<const std::uint32_t> handles, std::uint16_t message = LINE_NEWCALL);
    std::uint32_t command(std::string_view text); // OFFHOOK_providerCommand; gives its correlation
    void leave();                                 // end of file
    void hello(const wire::HostHello& hello);
    // After TSPI_providerShutdown: what the provider kept, when the next session has been welcomed.
    std::optional<wire::HostRetained> next_session(const wire::HostHello& hello);

    // The next frame; absent: end of file, or nothing came for long.
    std::optional<Received> next();
    // The next frame of this kind; what comes before it is kept in `passed`.
    std::optional<Received> next(wire::FrameKind kind);
    // Calls and waits for its result.
    LONG result_of(const Inputs& inputs, std::uint64_t lane = 1);

    std::vector<Received> passed;

    pid_t pid() const { return pid_; }
    // As waitpid gives it; -1: it still runs after so long.
    int wait_for_exit(std::chrono::milliseconds limit = patience);

  private:
    std::vector<std::byte> call_frame(abi::Tspi function, const wire::Values& values, std::uint64_t lane,
                                      std::uint8_t flags);

    wire::UniqueFd pidfd_;
    pid_t pid_ = -1;
    std::optional<wire::StreamSocket> socket_;
    std::uint32_t correlation_ = 0;
};

// A host for a provider of these tests.
wire::HostHello hello_for(std::string library, std::map<std::string, std::string> configuration = {});

// The line of a log frame that contains `part`, from what has passed or what comes.
std::optional<std::string> log_line(HostProcess& host, std::string_view part);

// It says goodbye for that reason, and ends.
inline void expect_fault(HostProcess& host, std::string_view reason) {
    const auto goodbye = host.next(wire::FrameKind::goodbye);
    ASSERT_TRUE(goodbye);
    EXPECT_NE(goodbye->text().find(reason), std::string::npos) << goodbye->text();
    EXPECT_FALSE(host.next()); // nothing follows
    const auto status = host.wait_for_exit();
    EXPECT_TRUE(status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 1) << status;
}

} // namespace offhook::host
