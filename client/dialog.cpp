// SPDX-License-Identifier: Apache-2.0
#include "client/dialog.h"

#include "client/failure.h"
#include "client/programs.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>

namespace offhook::client {
namespace {

using abi::Tspi;

constexpr int programs_socket = 3;
constexpr std::uint32_t of_dialog = 1, of_data = 2; // correlations

std::string program() {
    if (const char* given = ::secure_getenv("OFFHOOK_UI"); given != nullptr) return given;
    return program_beside_library({"libexec/offhook/offhook-ui"});
}

class DialogCall final : public Call {
  public:
    DialogCall() : Call(Answer::of_dialog) {}
};

template <class Write> std::vector<std::byte> frame_with(wire::FrameHeader header, Write write) {
    std::vector<std::byte> frame;
    wire::FrameWriter writer(frame, header);
    write(writer);
    writer.finish();
    return frame;
}

Dialog::Ended failed(LONG error, std::string why) { return {error, {}, std::move(why)}; }

} // namespace

Dialog::Dialog(std::shared_ptr<CallsConnection> calls, wire::DialogOpened opened)
    : calls_(std::move(calls)),
      opened_(std::move(opened)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

// Throws Failure.
void Dialog::start_program() {
    auto path = program(), option = std::string("--socket"), number = std::to_string(programs_socket);
    if (path.empty())
        throw Failure{LINEERR_NODRIVER, "offhook-ui, which shows dialogs, is not installed with libtapi32"};
    std::array<int, 2> ends{};
    if (!wake_ || ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw Failure{LINEERR_RESOURCEUNAVAIL, "no descriptor is left"};
    socket_.emplace(wire::UniqueFd(ends[0]));
    // Above the number that it gets there, so that copying it always clears its close-on-exec flag.
    const wire::UniqueFd low(ends[1]), end(::fcntl(ends[1], F_DUPFD_CLOEXEC, programs_socket + 1));
    SpawnFiles files;
    ::posix_spawn_file_actions_adddup2(files.get(), end.get(), programs_socket);
    ::posix_spawn_file_actions_addclosefrom_np(files.get(), programs_socket + 1);
    const SpawnAttributes attributes;
    std::array<char*, 4> arguments{path.data(), option.data(), number.data(), nullptr};
    pid_t child = -1;
    const int error =
        ::posix_spawn(&child, path.c_str(), files.get(), attributes.get(), arguments.data(), ::environ);
    if (error != 0) throw Failure{LINEERR_NODRIVER, path + " cannot be started: " + std::strerror(error)};
    reap(child);
}

Dialog::Ended Dialog::show(Tspi function, const wire::Values& inputs) {
    Ended ended;
    try {
        start_program();
        ended = run(function, inputs);
    } catch (const Failure& failure) {
        ended = failed(failure.error, failure.why);
    }
    tell_end(ended);
    return ended;
}

Dialog::Ended Dialog::run(Tspi function, const wire::Values& inputs) {
    auto frames = frame_with({.kind = wire::FrameKind::hello}, [&](wire::FrameWriter& to) {
        write(to, wire::DialogHello{.library = opened_.library});
    });
    const auto call = frame_with({.kind = wire::FrameKind::call,
                                  .function = static_cast<std::uint16_t>(function),
                                  .correlation = of_dialog},
                                 [&](wire::FrameWriter& to) { encode_down(abi::row(function), to, inputs); });
    frames.insert(frames.end(), call.begin(), call.end());
    (void)send_all(socket_->fd(), frames);
    for (;;) {
        const auto parsed = socket_->next_frame();
        if (parsed.error != wire::FrameError::none)
            return failed(LINEERR_OPERATIONFAILED, "offhook-ui broke the protocol");
        if (parsed.frame) {
            if (auto ended = take(*parsed.frame, function)) return std::move(*ended);
            continue;
        }
        if (!wait_and_send()) return failed(LINEERR_OPERATIONFAILED, {}); // the application does not want it
        if (socket_->read_some() != wire::ReadStatus::progressed)
            return failed(LINEERR_OPERATIONFAILED,
                          "the program that showed it ended: " + opened_.library + " may have crashed");
    }
}

// Until the program says something. False: it is to close.
bool Dialog::wait_and_send() {
    for (;;) {
        std::array<pollfd, 2> any{pollfd{socket_->fd(), POLLIN, 0}, pollfd{wake_.get(), POLLIN, 0}};
        (void)::poll(any.data(), any.size(), -1);
        eventfd_t value = 0;
        (void)::eventfd_read(wake_.get(), &value);
        std::vector<std::byte> frames;
        {
            const std::scoped_lock lock(mutex_);
            if (closed_) return false;
            frames.swap(waiting_);
        }
        if (!frames.empty()) (void)send_all(socket_->fd(), frames); // one that is gone shows when it is read
        if (any[0].revents != 0) return true;
    }
}

// A frame of the program; what it makes of the dialog when it ends it.
std::optional<Dialog::Ended> Dialog::take(const wire::Frame& frame, Tspi function) {
    const auto& header = frame.header;
    if (header.kind == wire::FrameKind::goodbye)
        return failed(header.result < 0 ? header.result : LINEERR_OPERATIONFAILED,
                      std::string(wire::PayloadReader(frame.payload).utf8()));
    if (header.kind == wire::FrameKind::call && relay(frame)) return {};
    if (header.kind == wire::FrameKind::result && header.correlation == of_dialog &&
        header.function == static_cast<std::uint16_t>(function))
        return Ended{header.result > 0 ? LINEERR_OPERATIONFAILED : header.result,
                     {frame.payload.begin(), frame.payload.end()},
                     {}};
    if (header.kind == wire::FrameKind::result && header.correlation == of_data) return {};
    return failed(LINEERR_OPERATIONFAILED, "offhook-ui broke the protocol");
}

// TUISPIDLLCALLBACK: to the provider and back (R106). False: it is no such call.
bool Dialog::relay(const wire::Frame& frame) {
    wire::Values values;
    if (frame.header.function != static_cast<std::uint16_t>(Tspi::providerGenericDialogData) ||
        !wire::decode_down<Tspi::providerGenericDialogData>(frame.payload, values))
        return false;
    auto asked = frame_with({.kind = wire::FrameKind::dialog,
                             .function = static_cast<std::uint16_t>(wire::DialogFunction::data),
                             .sequence = opened_.dialog},
                            [&](wire::FrameWriter& to) { to.raw(frame.payload); });
    DialogCall call;
    try {
        calls_->exchange(call, asked);
    } catch (const Failure&) { // the service is gone; the dialog may still be read
        call.result = LINEERR_OPERATIONFAILED;
    }
    (void)send_all(socket_->fd(), frame_with({.kind = wire::FrameKind::result,
                                              .function = frame.header.function,
                                              .correlation = frame.header.correlation,
                                              .result = call.result},
                                             [&](wire::FrameWriter& to) { to.raw(call.payload); }));
    return true;
}

// The provider forgets a dialog that it started (R110).
void Dialog::tell_end(const Ended& ended) {
    auto frame = frame_with({.kind = wire::FrameKind::dialog,
                             .function = static_cast<std::uint16_t>(wire::DialogFunction::end),
                             .result = ended.result,
                             .sequence = opened_.dialog},
                            [&](wire::FrameWriter& to) { to.utf8(ended.why); });
    DialogCall call;
    try {
        calls_->exchange(call, frame);
    } catch (const Failure&) { // the service is gone, and the dialog with it
    }
}

void Dialog::deliver(std::span<const std::byte> block) {
    constexpr auto& row = abi::row<Tspi::ui_providerGenericDialogData>();
    const auto given = wire::PayloadReader(block).block();
    wire::Values inputs;
    inputs[row.index_of("htDlgInst")].number = opened_.dialog;
    inputs[row.index_of("lpParams")] = {0, given.bytes, given.null};
    inputs[row.index_of("dwSize")].number = given.bytes.size();
    const auto frame = frame_with(
        {.kind = wire::FrameKind::call,
         .function = static_cast<std::uint16_t>(Tspi::ui_providerGenericDialogData),
         .correlation = of_data},
        [&](wire::FrameWriter& to) { wire::encode_down<Tspi::ui_providerGenericDialogData>(to, inputs); });
    {
        const std::scoped_lock lock(mutex_);
        if (waiting_.size() > most_waiting) closed_ = true;
        else waiting_.insert(waiting_.end(), frame.begin(), frame.end());
    }
    (void)::eventfd_write(wake_.get(), 1);
}

void Dialog::close() {
    {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
    }
    (void)::eventfd_write(wake_.get(), 1);
}

void Dialog::abandon() const {
    if (socket_) ::close(socket_->fd());
}

} // namespace offhook::client
