// SPDX-License-Identifier: Apache-2.0
//
// Whatever a service sends, the client neither crashes nor writes outside of what its caller gave.
//
// The first byte of an input chooses the call; the rest is what the service says: on the calls connection
// before the call is made, so that the answer is there when the client reads, and on an events connection.
#include "client/event_channel.h"
#include "client/failure.h"
#include "client/invoke.h"

#include <sys/socket.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace {

using namespace offhook;
using client::Argument;
using client::Arguments;
using client::Text;

std::array<wire::UniqueFd, 2> pair() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) std::abort();
    return {wire::UniqueFd(ends[0]), wire::UniqueFd(ends[1])};
}

// A connection on which the service has said everything that it will say.
client::Greeted connection_that_said(std::span<const std::byte> bytes) {
    auto [ours, theirs] = pair();
    (void)::send(theirs.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    ::shutdown(theirs.get(), SHUT_WR);
    wire::Welcome welcome;
    welcome.channel = 1;
    static wire::UniqueFd peer; // stays open until the next one, so that the client can send
    peer = std::move(theirs);
    return {wire::StreamSocket(std::move(ours)), welcome};
}

struct Chosen {
    const client::Signature* signature;
    Arguments arguments;
};

// Memory of exactly the promised size: the sanitizer sees every byte too many.
class Structure {
  public:
    explicit Structure(std::uint32_t total) : memory_(std::make_unique<std::byte[]>(total)) {
        std::memcpy(memory_.get(), &total, sizeof total);
    }
    Argument argument() const { return {0, memory_.get()}; }

  private:
    std::unique_ptr<std::byte[]> memory_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto bytes = std::as_bytes(std::span(data, size)).subspan(1);
    const Structure caps(300), info(700), string(40), list(60);
    std::uint32_t first = 0, second = 0;
    std::array<std::byte, 5> block{};
    using abi::Tapi;
    const std::array<Chosen, 7> calls{{
        {&client::signature<Tapi::lineGetDevCaps, Text::utf8, &::lineGetDevCapsA>,
         {Argument{1}, {0}, {0x20002}, {0}, caps.argument()}},
        {&client::signature<Tapi::lineGetCallInfo, Text::utf16, &::lineGetCallInfoW>,
         {Argument{1}, info.argument()}},
        {&client::signature<Tapi::lineGetID, Text::utf8, &::lineGetIDA>,
         {Argument{1}, {0}, {0}, {1}, string.argument(), {0, const_cast<char*>("x")}}},
        {&client::signature<Tapi::lineGetProviderList, Text::utf8, &::lineGetProviderListA>,
         {Argument{0x20002}, list.argument()}},
        {&client::signature<Tapi::lineMakeCall, Text::utf8, &::lineMakeCallA>,
         {Argument{1}, {0, &first}, {0, const_cast<char*>("1")}, {0}, {}}},
        {&client::signature<Tapi::lineDevSpecific, Text::utf16, &::lineDevSpecific>,
         {Argument{1}, {0}, {0}, {0, block.data()}, {block.size()}}},
        {&client::signature<Tapi::lineOpen, Text::utf8, &::lineOpenA>,
         {Argument{1}, {0}, {0, &second}, {0x20002}, {0}, {7}, {1}, {4}, {}}},
    }};
    const auto& call = calls[data[0] % calls.size()];

    const auto connection =
        std::make_shared<client::CallsConnection>(client::Address{}, connection_that_said(bytes));
    try {
        client::Invocation(*call.signature, call.arguments).run(*connection);
    } catch (const client::Failure&) {
    }
    client::EventChannel events(connection, connection_that_said(bytes));
    events.belongs_to({client::Subject::line, 1});
    client::Message message;
    while (events.next(message, client::Clock::time_point::min()) == client::Next::message) {
    }
    return 0;
}
