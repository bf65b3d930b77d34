// SPDX-License-Identifier: Apache-2.0
#include "client.h"
#include "service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/stat.h>

#include <fstream>

namespace {

using namespace offhook;
using namespace offhook::daemon;
using test::Client;
using test::message_of;
using testing::HasSubstr;
using wire::FrameKind;
using wire::ServiceFunction;

const auto nothing = [](wire::FrameWriter&) {};

class ClientsTest : public testing::Test {
  protected:
    const std::string& path() const { return service_.configuration().socket; }
    test::Service service_{[](Configuration& c) {
        c.output_bytes = 1 << 20;
        c.hello_ms = 500;
    }};
};

TEST_F(ClientsTest, ACallsConnectionIsWelcomedWithATokenOfItsOwn) {
    Client one(path()), two(path());
    const auto first = one.hello(), second = two.hello();
    EXPECT_NE(first.token_high, second.token_high);
    EXPECT_NE(first.token_low, second.token_low);
    EXPECT_EQ(one.ask(ServiceFunction::status).body["applications"].size(), 2u);
}

TEST_F(ClientsTest, AnEventsConnectionAttachesByTheTokenAlone) {
    Client calls(path());
    const auto welcome = calls.hello();
    const wire::Hello events{
        .role = wire::Role::events, .token_high = welcome.token_high, .token_low = welcome.token_low};
    EXPECT_EQ(Client(path()).hello(events).channel, 1u);
    EXPECT_EQ(Client(path()).hello(events).channel, 2u);
    auto wrong = events;
    wrong.token_low ^= 1;
    EXPECT_THAT(message_of([&] { Client(path()).hello(wrong); }), HasSubstr("token"));
    EXPECT_THAT(message_of([&] { Client(path()).hello({.role = wire::Role::events}); }), HasSubstr("token"));
}

TEST_F(ClientsTest, TheEventsConnectionsOfAnApplicationEndWithIt) {
    std::optional<Client> calls(path());
    const auto welcome = calls->hello();
    Client events(path());
    events.hello(
        {.role = wire::Role::events, .token_high = welcome.token_high, .token_low = welcome.token_low});
    calls.reset();
    EXPECT_FALSE(events.receive());
}

TEST_F(ClientsTest, AForeignHelloIsRefusedWithAReason) {
    EXPECT_THAT(message_of([&] { Client(path()).hello({.version = 7}); }),
                HasSubstr("version " + std::to_string(wire::protocol_version) + " of the protocol, not 7"));
    EXPECT_THAT(message_of([&] { Client(path()).hello({.byte_order = 0x04030201}); }),
                HasSubstr("foreign machine"));
    Client other(path());
    other.send({.kind = FrameKind::call}, nothing);
    EXPECT_EQ(other.goodbye(), "hello must come first");
    Client silent(path());
    EXPECT_EQ(silent.goodbye(), "it said no hello in time");
}

TEST_F(ClientsTest, AMalformedFrameEndsItsConnectionWithAReasonAndNothingElse) {
    Client neighbour(path());
    neighbour.hello();
    const auto reason_for = [&](auto&& misbehave) {
        Client client(path());
        client.hello();
        misbehave(client);
        return client.goodbye();
    };
    const auto header = [](wire::FrameHeader h) {
        return [h](Client& c) { c.raw(std::as_bytes(std::span(&h, 1))); };
    };
    EXPECT_EQ(reason_for(header({.size = 23})), describe(wire::FrameError::too_short));
    EXPECT_EQ(reason_for(header({.size = (1u << 20) + 1})), describe(wire::FrameError::too_long));
    EXPECT_EQ(reason_for(header({.size = 24, .kind = static_cast<FrameKind>(200)})),
              describe(wire::FrameError::unknown_kind));
    for (const auto kind : {FrameKind::hello, FrameKind::welcome, FrameKind::result, FrameKind::completion,
                            FrameKind::event, FrameKind::grant, FrameKind::log})
        EXPECT_THAT(reason_for([&](Client& c) { c.send({.kind = kind}, nothing); }),
                    HasSubstr("no application sends"));
    EXPECT_THAT(
        reason_for([](Client& c) { c.send({.kind = FrameKind::service}, [](auto& to) { to.number(99); }); }),
        HasSubstr("malformed"));
    EXPECT_NE(reason_for([](Client& c) { c.send({.kind = FrameKind::call, .function = 60'000}, nothing); }),
              "no goodbye");
    EXPECT_NE(reason_for([](Client& c) {
                  c.send({.kind = FrameKind::call, .function = 1}, [](auto& to) { to.wide(1); });
              }),
              "no goodbye");
    EXPECT_EQ(neighbour.ask(ServiceFunction::status).result, 0);
}

TEST_F(ClientsTest, ADescriptorFromAnApplicationEndsItsConnection) {
    Client client(path());
    client.hello();
    int pipe[2];
    ASSERT_EQ(::pipe2(pipe, O_CLOEXEC), 0);
    const wire::UniqueFd reader(pipe[0]);
    std::vector<std::byte> frame;
    wire::FrameWriter(frame, {.kind = FrameKind::goodbye}).finish();
    client.socket().queue_with_descriptor(frame, wire::UniqueFd(pipe[1]));
    client.socket().flush();
    EXPECT_THAT(client.goodbye(), HasSubstr("descriptor"));
    // Nobody holds the other end of the pipe any more: the service has closed it.
    char byte = 0;
    EXPECT_EQ(::read(reader.get(), &byte, 1), 0);
}

// It asks for more and more and reads nothing, until more than limits.output_bytes wait for it.
TEST_F(ClientsTest, AReaderThatStallsLosesItsConnectionWithTheReason) {
    Client stalled(path()), neighbour(path());
    stalled.hello();
    neighbour.hello();
    std::vector<std::byte> requests;
    for (int i = 0; i < 20'000; ++i) {
        wire::FrameWriter writer(requests, {.kind = FrameKind::service, .function = 1});
        writer.utf8("{}");
        writer.finish();
    }
    // The service stops reading it at some point: what does not fit is not sent.
    ::fcntl(stalled.socket().fd(), F_SETFL, O_NONBLOCK);
    std::span<const std::byte> rest(requests);
    bool ended = false;
    while (!ended && !rest.empty()) {
        const auto sent = ::send(stalled.socket().fd(), rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent > 0) rest = rest.subspan(static_cast<std::size_t>(sent));
        else ended = errno != EAGAIN;
        EXPECT_EQ(neighbour.ask(ServiceFunction::lines).result, 0);
    }
    ::fcntl(stalled.socket().fd(), F_SETFL, 0);
    EXPECT_THAT(stalled.goodbye(), HasSubstr("does not read"));
    EXPECT_EQ(neighbour.ask(ServiceFunction::status).body["applications"].size(), 1u);
}

TEST_F(ClientsTest, AnUnknownOrMalformedRequestIsAnsweredWithWhatIsWrong) {
    Client client(path());
    client.hello();
    EXPECT_THAT(client.ask(static_cast<ServiceFunction>(999)).error(), HasSubstr("no function 999"));
    for (const auto function : {ServiceFunction::lines, ServiceFunction::calls})
        EXPECT_THAT(client.ask(function, {{"from", "x"}}).error(), HasSubstr("malformed"));
    EXPECT_EQ(client.ask(ServiceFunction::calls).result, 0);
    EXPECT_THAT(client.ask(ServiceFunction::provider_config, nlohmann::json::array()).error(),
                HasSubstr("malformed"));
    client.send({.kind = FrameKind::service, .function = 1}, [](auto& to) { to.utf8("{\"open"); });
    EXPECT_THAT(client.answer().error(), HasSubstr("malformed"));
    client.send({.kind = FrameKind::service, .function = 1},
                [](auto& to) { to.utf8(std::string(200'000, '[')); });
    EXPECT_THAT(client.answer().error(), HasSubstr("malformed"));
    EXPECT_EQ(client.ask(ServiceFunction::status).body["pid"], ::getpid());
}

TEST_F(ClientsTest, SIGTERM_EndsEveryConnectionWithAReason) {
    Client client(path());
    client.hello();
    ::kill(::getpid(), SIGTERM);
    EXPECT_EQ(client.goodbye(), "the service has ended");
    service_.stop();
    EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST(Service, RefusesMoreConnectionsThanItsLimit) {
    test::Service service([](Configuration& c) { c.connections = 2; });
    const auto& path = service.configuration().socket;
    Client one(path), two(path);
    one.hello();
    two.hello();
    Client three(path);
    EXPECT_THAT(three.goodbye(), HasSubstr("too many connections"));
    EXPECT_EQ(one.ask(ServiceFunction::status).result, 0);
}

TEST(Service, TwoServicesDoNotShareARegistryOrASocket) {
    test::Service service;
    EXPECT_THAT(message_of([&] {
                    test::Service second([&](Configuration& c) { c.state = service.configuration().state; });
                }),
                HasSubstr("another offhookd uses the registry"));
    EXPECT_THAT(message_of([&] {
                    test::Service second(
                        [&](Configuration& c) { c.socket = service.configuration().socket; });
                }),
                HasSubstr("another offhookd uses the socket"));
    Client client(service.configuration().socket);
    EXPECT_NE(client.hello().token_low, 0u);
}

TEST(Service, EndsWhenNobodyUsesIt) {
    test::Service service([](Configuration& c) { c.exit_when_idle_s = 1; });
    Client client(service.configuration().socket);
    client.hello();
    client.send({.kind = FrameKind::goodbye}, [](auto& to) { to.utf8("done"); });
    EXPECT_FALSE(client.receive());
    service.wait();
    EXPECT_FALSE(std::filesystem::exists(service.configuration().socket));
}

TEST(Service, ByTcpAUserIsKnownByItsToken) {
    constexpr std::uint16_t port = 42'741;
    test::Service service([](Configuration& c) {
        c.tcp_enabled = true;
        c.tcp_port = port;
    });
    const auto file = service.folder() + "/tokens/" + std::to_string(::geteuid());
    std::string token;
    std::ifstream(file) >> token;
    ASSERT_EQ(token.size(), 32u);
    struct stat status {};
    ::stat(file.c_str(), &status);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    const wire::Hello hello{.token_high = std::stoull(token.substr(0, 16), nullptr, 16),
                            .token_low = std::stoull(token.substr(16), nullptr, 16)};
    Client client(test::connect_tcp(port));
    const auto welcome = client.hello(hello);
    EXPECT_EQ(client.ask(ServiceFunction::status).body["applications"][0]["user"], ::geteuid());
    Client events(test::connect_tcp(port));
    EXPECT_EQ(events
                  .hello({.role = wire::Role::events,
                          .token_high = welcome.token_high,
                          .token_low = welcome.token_low})
                  .channel,
              1u);
    EXPECT_THAT(message_of([&] { Client(test::connect_tcp(port)).hello(); }), HasSubstr("token"));
}

} // namespace
