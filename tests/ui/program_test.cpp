// SPDX-License-Identifier: Apache-2.0
//
// offhook-ui by itself: whatever comes over its socket, it ends with a reason. What it does with a library is
// in tests/system/dialogs_test.cpp.
#include "wire/codec.h"
#include "wire/dialog.h"
#include "wire/stream_socket.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <optional>
#include <string>

namespace offhook {
namespace {

using wire::FrameKind;

class Program {
  public:
    Program() {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return;
        const wire::UniqueFd its_end(ends[1]);
        socket_.emplace(wire::UniqueFd(ends[0]));
        const pid_t child = ::fork();
        if (child == 0) {
            const int inherited = ::fcntl(its_end.get(), F_DUPFD, 10); // without the close-on-exec flag
            ::execl(OFFHOOK_UI, OFFHOOK_UI, "--socket", std::to_string(inherited).c_str(), nullptr);
            ::_exit(127);
        }
        ::waitpid(child, nullptr, 0); // it leaves the work to a process of init's
    }

    template <class Write> void send(wire::FrameHeader header, Write write) {
        std::vector<std::byte> frame;
        wire::FrameWriter writer(frame, header);
        write(writer);
        writer.finish();
        EXPECT_TRUE(wire::send_all(socket_->fd(), frame));
    }
    void say_hello(wire::DialogHello hello) {
        send({.kind = FrameKind::hello}, [&](wire::FrameWriter& to) { write(to, hello); });
    }

    // The reason that it gives, and the error; then it is gone.
    std::string goodbye(std::int32_t& error) {
        std::string reason;
        while (readable()) {
            const auto parsed = socket_->next_frame();
            if (parsed.frame) {
                EXPECT_EQ(parsed.frame->header.kind, FrameKind::goodbye);
                error = parsed.frame->header.result;
                reason = wire::PayloadReader(parsed.frame->payload).utf8();
            } else if (socket_->read_some() != wire::ReadStatus::progressed) {
                return reason;
            }
        }
        return "it is still there";
    }

  private:
    bool readable() {
        constexpr int patience_ms = 20'000;
        pollfd socket{socket_->fd(), POLLIN, 0};
        return ::poll(&socket, 1, patience_ms) == 1;
    }

    std::optional<wire::StreamSocket> socket_;
};

constexpr auto nothing = [](wire::FrameWriter&) {};

void expect_end(Program& program, std::string_view reason, std::int32_t expected = LINEERR_OPERATIONFAILED) {
    std::int32_t error = 0;
    const auto said = program.goodbye(error);
    EXPECT_NE(said.find(reason), std::string::npos) << said;
    EXPECT_EQ(error, expected);
}

TEST(DialogProgram, AFrameThatBreaksTheProtocolEndsItWithAReason) {
    const auto with = [](wire::FrameHeader header, std::string_view reason) {
        Program program;
        program.send(header, nothing);
        expect_end(program, reason);
    };
    with({.kind = FrameKind::call}, "hello must come first");
    with({.kind = FrameKind::hello}, "hello is malformed");
    with({.kind = FrameKind::event}, "does not take");
    with({.kind = FrameKind::result}, "malformed answer");
    with({.kind = static_cast<FrameKind>(99)}, "does not know");
}

TEST(DialogProgram, ALibraryOfAnotherVersionIsRefused) {
    Program program;
    program.say_hello({.version = wire::protocol_version + 1, .library = "libm.so.6"});
    expect_end(program, "another version");
}

TEST(DialogProgram, ALibraryThatIsMissingIsNamed) {
    Program program;
    program.say_hello({.library = "/nowhere/ui.so"});
    expect_end(program, "/nowhere/ui.so", LINEERR_NODRIVER);
}

TEST(DialogProgram, OnlyFunctionsThatShowADialogAreCalled) {
    const auto with = [](std::uint16_t function, std::string_view reason) {
        Program program;
        program.say_hello({.library = "libm.so.6"});
        program.send({.kind = FrameKind::call, .function = function}, nothing);
        expect_end(program, reason);
    };
    with(static_cast<std::uint16_t>(abi::Tspi::lineOpen), "shows no dialog");
    with(60'000, "shows no dialog");
    with(static_cast<std::uint16_t>(abi::Tspi::ui_lineConfigDialog), "TUISPI_lineConfigDialog are malformed");
}

TEST(DialogProgram, ASecondHelloIsRefused) {
    Program program;
    program.say_hello({.library = "libm.so.6"});
    program.send({.kind = FrameKind::hello}, nothing); // it is there: it answers
    expect_end(program, "second one");
}

} // namespace
} // namespace offhook
