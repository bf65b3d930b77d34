// SPDX-License-Identifier: Apache-2.0
//
// Whatever bytes an application sends, the service goes on. Half of the inputs begin after a valid hello, so
// that the fuzzer reaches what is behind it.
#include "daemon/clients.h"
#include "wire/handshake.h"

#include <fcntl.h>
#include <sys/socket.h>

namespace {

using namespace offhook;
using namespace offhook::daemon;

struct NoEnvironment : core::Environment {
    void to_application(core::ApplicationId, std::span<const std::byte>) override {}
    void to_channel(core::ChannelId, std::span<const std::byte>) override {}
    void to_host(core::SessionId, std::span<const std::byte>) override {}
    void close_channel(core::ChannelId) override {}
    void to_host_with_audio(core::SessionId, std::span<const std::byte>, std::uint32_t) override {}
    void to_application_with_audio(core::ApplicationId, std::span<const std::byte>, std::uint32_t) override {}
    void discard_audio(std::uint32_t) override {}
    void parties_learned() override {}
    void start_host(core::ProviderId, core::SessionId) override {}
    void stop_host(core::SessionId, Stop) override {}
    void start_timer(core::TimerId, std::uint32_t) override {}
    void cancel_timer(core::TimerId) override {}
    void log(core::Severity, std::string_view) override {}
    void trace(const core::TraceRecord&) override {}
};

std::vector<std::byte> hello() {
    std::vector<std::byte> frame;
    wire::FrameWriter writer(frame, {.kind = wire::FrameKind::hello});
    write(writer, wire::Hello{});
    writer.finish();
    return frame;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    EventLoop loop;
    NoEnvironment environment;
    core::Core core(environment, {});
    core.provider_added(core::ProviderId{1}, "provider", "/provider.tsp");
    bool gone = false;
    Clients clients(loop, {},
                    {.core = [&]() -> core::Core& { return core; },
                     .user_of_token = [](Token) { return std::optional<uid_t>(); },
                     .service = [](const ServiceRequest&) {},
                     .frame = [&](core::ApplicationId id, const Peer&, const wire::Frame& frame,
                                  std::string& reason) { return core.application_frame(id, frame, reason); },
                     .connected = [](core::ApplicationId, const Peer&) {},
                     .gone = [](core::ApplicationId, const Peer&) {},
                     .all_gone = [&] { gone = true; },
                     .log = [](core::Severity, const std::string&) {}});
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0) return 0;
    wire::UniqueFd application(ends[0]);
    clients.accept_unix(wire::UniqueFd(ends[1]));
    const auto greeting = hello();
    if (data[0] % 2 == 0) (void)!::send(application.get(), greeting.data(), greeting.size(), MSG_NOSIGNAL);
    (void)!::send(application.get(), data + 1, size - 1, MSG_NOSIGNAL);
    application.reset();
    while (!gone) loop.run_once();
    return 0;
}
