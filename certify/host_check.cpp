// SPDX-License-Identifier: Apache-2.0
#include "certify/host_check.h"

#include "certify/connection.h"

#include <stdexcept>

namespace offhook::certify {

// A host that is greeted by no hello says goodbye, before it has loaded anything.
std::string problem_of_host(const Target& target) try {
    bool answered = false;
    Connection connection(target, [&](const wire::Frame& frame) {
        answered = answered || frame.header.kind == wire::FrameKind::goodbye;
    });
    std::vector<std::byte> frame;
    wire::FrameWriter(frame, {.kind = wire::FrameKind::goodbye}).finish();
    connection.send(frame);
    connection.take_until([&] { return answered; }, "it does not answer");
    return answered ? std::string() : connection.lost();
} catch (const std::runtime_error& error) {
    return error.what();
}

} // namespace offhook::certify
