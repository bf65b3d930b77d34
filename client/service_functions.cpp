// SPDX-License-Identifier: Apache-2.0
#include "client/service_functions.h"

#include "client/guarded.h"
#include "client/process.h"

#include "offhook/service.h"

#include <cstdlib>
#include <cstring>
#include <functional>

namespace offhook::client {
namespace {

constexpr auto watch = static_cast<std::uint16_t>(wire::ServiceFunction::watch);
constexpr auto trace = static_cast<std::uint16_t>(wire::ServiceFunction::trace);

bool is_a_stream(std::uint16_t function) { return function == watch || function == trace; }

class ServiceCall final : public Call {
  public:
    ServiceCall() : Call(Answer::of_service) {}
};

std::vector<std::byte> request_frame(std::uint16_t function, std::string_view request) {
    wire::FrameHeader header;
    header.kind = wire::FrameKind::service;
    header.function = function;
    std::vector<std::byte> frame;
    wire::FrameWriter writer(frame, header);
    writer.utf8(request);
    writer.finish();
    if (frame.size() > wire::max_frame_size)
        throw Failure{LINEERR_INVALPARAM, "The request is longer than 1 MiB."};
    return frame;
}

// The JSON text in a service frame.
std::string text_of(std::span<const std::byte> payload) {
    wire::PayloadReader reader(payload);
    std::string text(reader.utf8());
    if (!reader.finished()) throw Failure{LINEERR_OPERATIONFAILED, "The service broke the protocol."};
    return text;
}

char* copy(const std::string& text) { return ::strdup(text.c_str()); }

// Runs the body, which returns a result and makes a text; a failure becomes an error text.
LONG answering(char** answer, const std::function<LONG(std::string&)>& body) noexcept {
    return guarded(Family::line, [&] {
        if (answer == nullptr) throw Failure{LINEERR_INVALPOINTER, {}};
        *answer = nullptr;
        std::string text = "{}";
        LONG result = 0;
        try {
            result = body(text);
        } catch (const Failure& failure) {
            result = failure.error;
            text = nlohmann::json{{"error", failure.why}}.dump(-1, ' ', false,
                                                               nlohmann::json::error_handler_t::replace);
        }
        *answer = copy(text);
        return result;
    });
}

LONG exchange(CallsConnection& connection, std::uint16_t function, std::string_view request,
              std::string& text) {
    auto frame = request_frame(function, request);
    ServiceCall call;
    connection.exchange(call, frame);
    text = text_of(call.payload);
    return call.result;
}

LONG call_service(std::uint16_t function, const char* request, std::string& text) {
    if (request == nullptr) throw Failure{LINEERR_INVALPOINTER, "The request is NULL; an empty one is {}."};
    if (is_a_stream(function))
        throw Failure{LINEERR_INVALPARAM, "watch and trace are called by offhook_service_follow."};
    return exchange(*Process::current().connect(Start::never), function, request, text);
}

// Frames of a connection of its own, each read when the one before was dealt with.
LONG follow_service(std::uint16_t function, const char* request, OFFHOOK_RECORD record, void* context,
                    std::string& text) {
    if (request == nullptr) throw Failure{LINEERR_INVALPOINTER, "The request is NULL; an empty one is {}."};
    if (!is_a_stream(function))
        throw Failure{LINEERR_INVALPARAM, "The function answers once: offhook_service_call."};
    if (record == nullptr) throw Failure{LINEERR_INVALPOINTER, "There is no function that gets the records."};
    auto [socket, welcome] = connect_for_calls(service_address(), Start::never);
    if (!send_all(socket.fd(), request_frame(function, request)))
        throw Failure{LINEERR_SERVICE_NOT_RUNNING, "The service has ended."};
    bool accepted = false;
    for (;;) {
        const auto parsed = socket.next_frame();
        if (parsed.error != wire::FrameError::none)
            throw Failure{LINEERR_OPERATIONFAILED, "The service broke the protocol."};
        if (!parsed.frame) {
            if (socket.read_some() != wire::ReadStatus::progressed)
                throw Failure{LINEERR_SERVICE_NOT_RUNNING, "The service has ended."};
            continue;
        }
        const auto& header = parsed.frame->header;
        text = text_of(parsed.frame->payload);
        if (header.kind == wire::FrameKind::goodbye)
            throw Failure{LINEERR_SERVICE_NOT_RUNNING, "The service ended the connection: " + text};
        if (header.kind != wire::FrameKind::service || header.function != function)
            throw Failure{LINEERR_OPERATIONFAILED, "The service broke the protocol."};
        if (header.result < 0) return header.result;
        if (accepted && record(context, text.c_str()) != 0) return 0;
        accepted = true;
    }
}

} // namespace

nlohmann::json ask_service(CallsConnection& connection, wire::ServiceFunction function,
                           const nlohmann::json& request) {
    std::string text;
    const LONG result = exchange(connection, static_cast<std::uint16_t>(function), request.dump(), text);
    auto answer = nlohmann::json::parse(text);
    if (result < 0) throw Failure{result, answer.value("error", std::string())};
    return answer;
}

} // namespace offhook::client

extern "C" {

LONG offhook_service_call(WORD function, const char* request, char** answer) {
    return offhook::client::answering(
        answer, [&](std::string& text) { return offhook::client::call_service(function, request, text); });
}

LONG offhook_service_watch(OFFHOOK_RECORD record, void* context, char** answer) {
    return offhook::client::answering(answer, [&](std::string& text) {
        return offhook::client::follow_service(offhook::client::watch, "{}", record, context, text);
    });
}

LONG offhook_service_follow(WORD function, const char* request, OFFHOOK_RECORD record, void* context,
                            char** answer) {
    return offhook::client::answering(answer, [&](std::string& text) {
        return offhook::client::follow_service(function, request, record, context, text);
    });
}

void offhook_service_free(char* answer) { ::free(answer); }
}
