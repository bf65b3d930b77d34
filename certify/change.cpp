// SPDX-License-Identifier: Apache-2.0
#include "certify/change.h"

#include "certify/connection.h"
#include "certify/inputs.h"

namespace offhook::certify {

using abi::Tspi;

Change configure(const Target& target, const Configuration& present, Traffic& traffic) {
    Change change;
    auto settings = present;
    bool welcomed = false;
    wire::HostConfigSet set;
    std::optional<std::int32_t> result;
    Connection connection(target, [&](const wire::Frame& frame) {
        traffic.from_provider(frame);
        if (frame.header.kind == wire::FrameKind::log) traffic.log(frame);
        if (frame.header.kind == wire::FrameKind::welcome) welcomed = true;
        if (frame.header.kind == wire::FrameKind::result) result = frame.header.result;
        if (frame.header.kind != wire::FrameKind::service || frame.header.function != wire::host_config_set ||
            !wire::read(frame.payload, set))
            return;
        if (set.value) settings.insert_or_assign(set.key, *set.value);
        else settings.erase(set.key);
    });
    connection.send(frame_of(hello_of(target, present, wire::HostMode::change)));
    connection.take_until([&] { return welcomed; }, "it was not ready to be configured in time");

    auto inputs =
        std::move(Inputs(Tspi::providerConfig).number("dwPermanentProviderID", permanent_provider_id));
    std::vector<std::byte> frame;
    wire::FrameWriter to(frame, {.kind = wire::FrameKind::call,
                                 .function = static_cast<std::uint16_t>(inputs.function()),
                                 .correlation = 1});
    wire::encode_down(inputs.row(), to, inputs.values());
    to.finish();
    if (const auto parsed = wire::parse_frame(frame); parsed.frame) traffic.to_provider(*parsed.frame, 0);
    connection.send(frame);
    connection.take_until([&] { return result.has_value(); }, "TSPI_providerConfig did not return in time");
    change.lost = connection.lost();
    if (result && *result >= 0) change.to = std::move(settings);
    return change;
}

} // namespace offhook::certify
