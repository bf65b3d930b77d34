// SPDX-License-Identifier: Apache-2.0
#include "tests/system/sip_accounts.h"

#include "tests/support/port.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <stdexcept>

namespace offhook::system_test {

namespace {

void add(Keys& keys, const std::string& number, const std::string& name, const std::string& port,
         const std::string& peer) {
    const auto account = "account." + number;
    keys[account + ".user"] = name;
    keys[account + ".display"] = name;
    keys[account + ".port"] = port;
    keys[account + ".peer"] = "127.0.0.1:" + peer;
}

} // namespace

Keys two_accounts(const std::string& first, const std::string& second) {
    const auto first_port = std::to_string(testing::free_port());
    const auto second_port = std::to_string(testing::free_port());
    Keys keys{{"bind", "127.0.0.1"}};
    add(keys, "1", first, first_port, second_port);
    add(keys, "2", second, second_port, first_port);
    return keys;
}

SilentPeer::SilentPeer() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* name = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (::bind(socket_.get(), name, size) != 0 || ::getsockname(socket_.get(), name, &size) != 0)
        throw std::runtime_error("no port is free");
    port_ = ntohs(address.sin_port);
}

void SilentPeer::add_account(Keys& keys, const std::string& name) const {
    add(keys, "3", name, std::to_string(testing::free_port()), std::to_string(port_));
}

} // namespace offhook::system_test
