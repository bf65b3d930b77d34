// SPDX-License-Identifier: Apache-2.0
#include "ui/dialog.h"

#include "wire/codec.h"
#include "wire/dialog.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <atomic>
#include <cassert>
#include <cstdio>
#include <cstring>

namespace offhook::ui {
namespace {

using abi::Tspi;
using host::CallMemory;

// Of a block for the provider: it has to fit into a frame.
constexpr std::size_t most_bytes = wire::max_frame_size - 4096;

std::atomic<Dialog*> the_dialog = nullptr;

// As a HANDLE it must not be NULL, whatever descriptors the application has closed.
wire::UniqueFd make_event() {
    const wire::UniqueFd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    return wire::UniqueFd(event ? ::fcntl(event.get(), F_DUPFD_CLOEXEC, 3) : -1);
}

void wait_for(const wire::UniqueFd& event) {
    pollfd readable{event.get(), POLLIN, 0};
    while (::poll(&readable, 1, -1) != 1) {
    }
}

} // namespace

Dialog::Dialog(wire::StreamSocket& socket) : socket_(socket), ready_(make_event()) {
    [[maybe_unused]] const auto* before = the_dialog.exchange(this);
    assert(before == nullptr);
}

Dialog::~Dialog() { the_dialog = nullptr; }

LONG CALLBACK Dialog::callback(DWORD_PTR object, DWORD type, LPVOID block, DWORD size) {
    return the_dialog.load()->ask(object, type, block, size);
}

template <class Write> void Dialog::send(wire::FrameHeader header, Write write) {
    std::vector<std::byte> frame;
    wire::FrameWriter to(frame, header);
    write(to);
    to.finish();
    const std::scoped_lock lock(sending_);
    (void)wire::send_all(socket_.fd(), frame); // an application that is gone is noticed by the reader
}

void Dialog::run() {
    for (;;) {
        const auto parsed = socket_.next_frame();
        if (parsed.error != wire::FrameError::none) fail(LINEERR_OPERATIONFAILED, describe(parsed.error));
        if (parsed.frame) take(*parsed.frame);
        {
            const std::scoped_lock lock(mutex_);
            if (stage_ == Stage::over) return;
        }
        if (!parsed.frame && socket_.read_some() != wire::ReadStatus::progressed) return application_left();
    }
}

void Dialog::take(const wire::Frame& frame) {
    switch (frame.header.kind) {
    case wire::FrameKind::hello: return greet(frame);
    case wire::FrameKind::call: return call(frame);
    case wire::FrameKind::result: return answer(frame);
    case wire::FrameKind::welcome:
    case wire::FrameKind::completion:
    case wire::FrameKind::event:
    case wire::FrameKind::grant:
    case wire::FrameKind::service:
    case wire::FrameKind::goodbye:
    case wire::FrameKind::log:
    case wire::FrameKind::dialog: break;
    }
    fail(LINEERR_OPERATIONFAILED, "a frame of a kind that offhook-ui does not take");
}

void Dialog::greet(const wire::Frame& frame) {
    wire::DialogHello hello;
    if (library_ != nullptr || !wire::read(frame.payload, hello))
        return fail(LINEERR_OPERATIONFAILED, "the hello is malformed, or the second one");
    if (hello.version != wire::protocol_version)
        return fail(LINEERR_OPERATIONFAILED,
                    "libtapi32 speaks another version of the protocol; install both from one release");
    std::string error;
    library_ = host::Library::load(hello.library, error);
    if (library_ == nullptr) return fail(LINEERR_NODRIVER, "the library cannot be loaded: " + error);
    const std::scoped_lock lock(mutex_);
    stage_ = Stage::loaded;
}

void Dialog::call(const wire::Frame& frame) {
    const auto& header = frame.header;
    if (library_ == nullptr) return fail(LINEERR_OPERATIONFAILED, "hello must come first");
    const auto function = static_cast<Tspi>(header.function);
    if (header.function >= abi::tspi_functions.size() || abi::row(function).scope != abi::Scope::ui)
        return fail(LINEERR_OPERATIONFAILED, "a call of a function that shows no dialog");
    wire::Values inputs;
    if (!wire::decode_down(abi::row(function), frame.payload, inputs))
        return fail(LINEERR_OPERATIONFAILED,
                    "the inputs of " + std::string(abi::row(function).name) + " are malformed");
    if (function != Tspi::ui_providerGenericDialogData) return show(function, inputs, header.correlation);
    {
        const std::scoped_lock lock(mutex_);
        data_.push_back(std::make_unique<CallMemory>(abi::row(function), inputs));
    }
    changed_.notify_all();
}

void Dialog::show(Tspi function, const wire::Values& inputs, std::uint32_t correlation) {
    {
        const std::scoped_lock lock(mutex_);
        if (stage_ != Stage::loaded) return fail(LINEERR_OPERATIONFAILED, "one dialog is shown already");
        stage_ = Stage::showing;
    }
    auto memory = std::make_shared<CallMemory>(abi::row(function), inputs);
    if (function == Tspi::ui_providerGenericDialog) {
        shown_ = static_cast<std::uint32_t>(memory->number("htDlgInst"));
        std::thread([this] { deliver_data(); }).detach();
    }
    std::thread([this, function, memory, correlation] {
        finished(function, enter(function, *memory), *memory, correlation);
    }).detach();
}

LONG Dialog::enter(Tspi function, const CallMemory& memory) const {
    if (!library_->exports(function)) return LINEERR_OPERATIONUNAVAIL;
    const host::Procedures procedures{.dialog = &Dialog::callback,
                                      .ready =
                                          reinterpret_cast<HANDLE>(static_cast<std::intptr_t>(ready_.get()))};
    return library_->call(function, memory.arguments(), procedures);
}

// Data waits until the library has signalled that it is ready for it.
void Dialog::deliver_data() {
    wait_for(ready_);
    for (;;) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !data_.empty(); });
        const auto memory = std::move(data_.front());
        data_.pop_front();
        lock.unlock();
        enter(Tspi::ui_providerGenericDialogData, *memory);
    }
}

void Dialog::finished(Tspi function, LONG result, const CallMemory& memory, std::uint32_t correlation) {
    wire::Values outputs;
    auto fault = memory.overrun();
    if (!fault && result >= 0) fault = memory.outputs(abi::Fill::at_return, outputs);
    if (fault) return fail(LINEERR_OPERATIONFAILED, fault->text);
    send({.kind = wire::FrameKind::result,
          .function = static_cast<std::uint16_t>(function),
          .correlation = correlation,
          .result = result},
         [&](wire::FrameWriter& to) {
             if (result >= 0) wire::encode_up(abi::row(function), abi::Fill::at_return, to, outputs);
         });
    const std::scoped_lock lock(mutex_);
    stage_ = Stage::over;
    changed_.notify_all();
    ::shutdown(socket_.fd(), SHUT_RD); // the reader comes back
}

// On any thread of the library: waits for the provider's answer (R106).
LONG Dialog::ask(DWORD_PTR object, DWORD type, LPVOID block, DWORD size) {
    constexpr auto& row = abi::row<Tspi::providerGenericDialogData>();
    if (block == nullptr && size != 0) return LINEERR_INVALPOINTER;
    if (size > most_bytes) return LINEERR_INVALPARAM;
    wire::Values values;
    values[row.index_of("dwObjectID")] = {object, {}, false};
    values[row.index_of("dwObjectType")] = {type, {}, false};
    values[row.index_of("dwSize")] = {size, {}, false};
    if (block != nullptr)
        values[row.index_of("lpParams")] = {0, {static_cast<const std::byte*>(block), size}, false};
    Question question;
    std::uint32_t correlation = 0;
    {
        const std::scoped_lock lock(mutex_);
        if (left_) return LINEERR_OPERATIONFAILED;
        correlation = ++last_question_;
        questions_.emplace(correlation, &question);
    }
    send({.kind = wire::FrameKind::call,
          .function = static_cast<std::uint16_t>(Tspi::providerGenericDialogData),
          .correlation = correlation},
         [&](wire::FrameWriter& to) { wire::encode_down<Tspi::providerGenericDialogData>(to, values); });
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return question.result || left_; });
    questions_.erase(correlation);
    if (!question.result) return LINEERR_OPERATIONFAILED;
    if (*question.result != 0) return *question.result;
    if (question.answer.size() != size) return LINEERR_OPERATIONFAILED;
    if (size != 0) std::memcpy(block, question.answer.data(), size);
    return 0;
}

void Dialog::answer(const wire::Frame& frame) {
    constexpr auto& row = abi::row<Tspi::providerGenericDialogData>();
    wire::Values outputs;
    const auto result = frame.header.result;
    if (result > 0 || (result == 0 && !wire::decode_up(row, abi::Fill::at_return, frame.payload, outputs)))
        return fail(LINEERR_OPERATIONFAILED, "a malformed answer of the provider");
    const auto block = outputs[row.index_of("lpParams")].bytes;
    const std::scoped_lock lock(mutex_);
    const auto asked = questions_.find(frame.header.correlation);
    if (asked == questions_.end()) return; // its thread is gone with its dialog
    Question& question = *asked->second;
    question.answer.assign(block.begin(), block.end());
    question.result = result;
    changed_.notify_all();
}

// The dialog is told to close (R109), if it can be; nobody waits for it any more.
void Dialog::application_left() {
    std::unique_lock lock(mutex_);
    left_ = true;
    if (stage_ == Stage::showing && shown_ != 0) {
        constexpr auto& row = abi::row<Tspi::ui_providerGenericDialogData>();
        wire::Values close;
        close[row.index_of("htDlgInst")].number = shown_;
        data_.push_back(std::make_unique<CallMemory>(row, close));
        changed_.notify_all();
        changed_.wait_for(lock, patience_at_end, [&] { return stage_ == Stage::over; });
    }
}

void Dialog::fail(LONG error, std::string_view reason) {
    std::fprintf(stderr, "offhook-ui: %.*s\n", static_cast<int>(reason.size()), reason.data());
    send({.kind = wire::FrameKind::goodbye, .result = error},
         [&](wire::FrameWriter& to) { to.utf8(reason); });
    ::_exit(1);
}

} // namespace offhook::ui
