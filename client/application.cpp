// SPDX-License-Identifier: Apache-2.0
#include "client/application.h"

#include "client/failure.h"
#include "client/signals_blocked.h"
#include "offhook/completion.h"

#include <cxxabi.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace offhook::client {
namespace {

void pump(EventChannel& events, const Sink& sink) {
    ::pthread_setname_np(::pthread_self(), "offhook-events");
    Message message;
    for (;;) {
        try {
            if (events.next(message, Clock::time_point::max()) != Next::message || !sink(message)) return;
        } catch (const ::abi::__forced_unwind&) { // the callback ends the thread
            throw;
        } catch (...) { // of the callback; or no memory for one message's outputs
        }
    }
}

std::thread start(std::shared_ptr<EventChannel> events, Sink sink) {
    const SignalsBlocked inherited;
    try {
        return std::thread([events = std::move(events), sink = std::move(sink)] { pump(*events, sink); });
    } catch (const std::system_error&) {
        throw Failure{LINEERR_RESOURCEUNAVAIL, "no thread could be started"};
    }
}

} // namespace

Sink callback_sink(LINECALLBACK callback) {
    return [callback](const Message& message) {
        callback(message.device, message.id, message.instance, message.parameter1, message.parameter2,
                 message.parameter3);
        return true;
    };
}

Sink completion_sink(int descriptor, std::uint32_t key) {
    const auto copy = std::make_shared<wire::UniqueFd>(::fcntl(descriptor, F_DUPFD_CLOEXEC, 3));
    if (!*copy) throw Failure{LINEERR_INVALPARAM, "hCompletionPort is no open descriptor"};
    return [copy, key](const Message& message) {
        OFFHOOK_COMPLETION record{};
        record.dwCompletionKey = key;
        record.Message = {message.device,     message.id,         message.instance,
                          message.parameter1, message.parameter2, message.parameter3};
        ssize_t written = 0;
        do written = ::write(copy->get(), &record, sizeof record);
        while (written < 0 && errno == EINTR);
        return written == sizeof record;
    };
}

Application::Application(std::shared_ptr<EventChannel> events) : events_(std::move(events)), asked_(true) {}

Application::Application(std::shared_ptr<EventChannel> events, Sink sink)
    : events_(std::move(events)),
      asked_(false),
      pump_(start(events_, std::move(sink))) {}

Application::~Application() { shut_down(); }

void Application::shut_down() {
    events_->close();
    if (!pump_.joinable()) return;
    if (pump_.get_id() == std::this_thread::get_id()) pump_.detach();
    else pump_.join();
}

} // namespace offhook::client
