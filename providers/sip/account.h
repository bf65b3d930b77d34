// SPDX-License-Identifier: Apache-2.0
//
// The accounts of one installation, as its configuration gives them (README.md lists the keys).
#pragma once

#include "providers/sip/media/endpoint.h"
#include "providers/sip/media/g711.h"
#include "providers/sip/media/rtp_sockets.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace offhook::sip {

struct Account {
    unsigned number = 0; // of its keys: account.<number>.user
    std::string user;
    std::string auth_user; // for digest authentication
    std::string password;
    std::string domain;    // host[:port]; names the account's address of record
    std::string registrar; // host[:port]; empty: a static peer, without registration
    std::string proxy;     // host[:port]; every outgoing request goes through it
    std::string peer;      // host[:port]; where numbers are dialed without a proxy
    std::string display;
    media::Address local;   // where SIP and RTP are bound
    std::uint16_t port = 0; // of SIP
    std::vector<media::Codec> codecs{media::Codec::pcmu, media::Codec::pcma};

    friend bool operator==(const Account&, const Account&) = default;

    // sip:user@domain, the account's name towards others.
    [[nodiscard]] std::string address_of_record() const;
};

// By their places, which are their lines' (provider/devices.h).
using Accounts = std::map<std::size_t, Account>;

struct Configuration {
    std::vector<Account> accounts; // ascending by number
    media::PortRange rtp;
};

// What is wrong, one line for each key, and what to write instead. Empty: nothing.
using Problems = std::vector<std::string>;

using Keys = std::map<std::string, std::string>;
// `default_address`: the local address when neither `bind` nor `account.<n>.bind` is set.
[[nodiscard]] Configuration read_configuration(const Keys& keys, const std::string& default_address,
                                               Problems& problems);

// The address that packets to the outside leave from; 127.0.0.1 without a network.
[[nodiscard]] std::string outward_address();

} // namespace offhook::sip
