// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/account.h"

#include "providers/sip/destination.h"
#include "wire/unique_fd.h"

#include <sys/socket.h>

#include <charconv>
#include <string_view>

namespace offhook::sip {
namespace {

constexpr std::string_view account_prefix = "account.";
constexpr std::uint16_t default_port = 5060;

// Reads values and notes what is wrong with them, so that all of it is reported at once.
class Reader {
  public:
    explicit Reader(Problems& problems) : problems_(problems) {}

    template <class Number> void number(const std::string& key, const std::string& value, Number& out) {
        Number parsed{};
        const auto end = value.data() + value.size();
        const auto [at, error] = std::from_chars(value.data(), end, parsed);
        if (value.empty() || error != std::errc() || at != end)
            problem(key, "is not a number in range: " + value);
        else out = parsed;
    }

    void host(const std::string& key, const std::string& value, std::string& out) {
        if (!value.empty() && !is_host(value))
            problem(key, "is not host or host:port (an IPv6 address goes in brackets): " + value);
        else out = value;
    }

    void address(const std::string& key, const std::string& value, media::Address& out) {
        const auto parsed = media::Address::parse(value);
        if (!parsed || parsed->is_unspecified())
            problem(key, "must be one address of this machine, for peers to send to (leave it out to have it "
                         "found): " +
                             value);
        else out = *parsed;
    }

    void text(const std::string& key, const std::string& value, std::string& out) {
        for (const char c : value)
            if (static_cast<unsigned char>(c) < ' ' || c == '\x7F')
                return problem(key, "has control characters");
        out = value;
    }

    void codecs(const std::string& key, const std::string& value, std::vector<media::Codec>& out) {
        std::vector<media::Codec> parsed;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto comma = std::min(rest.find(','), rest.size());
            const std::string_view name = rest.substr(0, comma);
            if (name == "pcmu") parsed.push_back(media::Codec::pcmu);
            else if (name == "pcma") parsed.push_back(media::Codec::pcma);
            else return problem(key, "knows pcmu and pcma, separated by a comma, not: " + value);
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
        if (parsed.empty()) return problem(key, "needs at least one of pcmu and pcma");
        out = std::move(parsed);
    }

    void problem(const std::string& key, const std::string& what) { problems_.push_back(key + " " + what); }

  private:
    Problems& problems_;
};

using Setter = void (*)(Reader&, const std::string& key, const std::string& value, Account&);

// The keys of an account: account.<number>.<name>.
const std::map<std::string, Setter, std::less<>> account_keys{
    {"user", [](Reader& r, const auto& k, const auto& v, Account& a) { r.text(k, v, a.user); }},
    {"auth_user", [](Reader& r, const auto& k, const auto& v, Account& a) { r.text(k, v, a.auth_user); }},
    {"password", [](Reader& r, const auto& k, const auto& v, Account& a) { r.text(k, v, a.password); }},
    {"display", [](Reader& r, const auto& k, const auto& v, Account& a) { r.text(k, v, a.display); }},
    {"domain", [](Reader& r, const auto& k, const auto& v, Account& a) { r.host(k, v, a.domain); }},
    {"registrar", [](Reader& r, const auto& k, const auto& v, Account& a) { r.host(k, v, a.registrar); }},
    {"proxy", [](Reader& r, const auto& k, const auto& v, Account& a) { r.host(k, v, a.proxy); }},
    {"peer", [](Reader& r, const auto& k, const auto& v, Account& a) { r.host(k, v, a.peer); }},
    {"bind", [](Reader& r, const auto& k, const auto& v, Account& a) { r.address(k, v, a.local); }},
    {"port", [](Reader& r, const auto& k, const auto& v, Account& a) { r.number(k, v, a.port); }},
    {"codecs", [](Reader& r, const auto& k, const auto& v, Account& a) { r.codecs(k, v, a.codecs); }},
};

std::string names_of_account_keys() {
    std::string names;
    for (const auto& [name, setter] : account_keys) names += (names.empty() ? "" : ", ") + name;
    return names;
}

void complete(Account& account, Reader& reader) {
    const std::string prefix = std::string(account_prefix) + std::to_string(account.number);
    if (account.user.empty()) reader.problem(prefix + ".user", "is missing: the account's name or number");
    if (account.domain.empty())
        account.domain = !account.registrar.empty() ? account.registrar : account.proxy;
    if (account.auth_user.empty()) account.auth_user = account.user;
}

} // namespace

std::string Account::address_of_record() const {
    const std::string own = local.is_ipv4() ? local.text() : "[" + local.text() + "]";
    return "sip:" + escaped_user(user) + "@" + (domain.empty() ? own : domain);
}

Configuration read_configuration(const Keys& keys, const std::string& default_address, Problems& problems) {
    Configuration configuration;
    Reader reader(problems);
    Account defaults;
    defaults.port = default_port;
    const auto bind = keys.find("bind");
    reader.address("bind", bind == keys.end() ? default_address : bind->second, defaults.local);
    if (const auto port = keys.find("port"); port != keys.end())
        reader.number("port", port->second, defaults.port);

    std::map<unsigned, Account> accounts;
    for (const auto& [key, value] : keys) {
        if (key == "bind" || key == "port") continue;
        if (key == "rtp.first") {
            reader.number(key, value, configuration.rtp.first);
            continue;
        }
        if (key == "rtp.last") {
            reader.number(key, value, configuration.rtp.last);
            continue;
        }
        const auto dot = key.find('.', account_prefix.size());
        if (!key.starts_with(account_prefix) || dot == std::string::npos) {
            reader.problem(
                key, "is no key of this provider; it has bind, port, rtp.first, rtp.last and account.<n>.…");
            continue;
        }
        unsigned number = 0;
        const auto digits = std::string_view(key).substr(account_prefix.size(), dot - account_prefix.size());
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        const auto setter = account_keys.find(std::string_view(key).substr(dot + 1));
        if (error != std::errc() || end != digits.data() + digits.size() || number == 0) {
            reader.problem(key, "needs a number from 1 after \"account.\"");
        } else if (setter == account_keys.end()) {
            reader.problem(key, "is no key of an account; it has " + names_of_account_keys());
        } else {
            auto [account, added] = accounts.try_emplace(number, defaults);
            account->second.number = number;
            setter->second(reader, key, value, account->second);
        }
    }
    if (configuration.rtp.first % 2 != 0 || configuration.rtp.last <= configuration.rtp.first)
        reader.problem("rtp.first", "must be even and below rtp.last");
    for (auto& [number, account] : accounts) {
        complete(account, reader);
        configuration.accounts.push_back(std::move(account));
    }
    return configuration;
}

std::string outward_address() {
    // Connecting a datagram socket sends nothing; the kernel only chooses the route, and with it the local
    // address.
    const wire::UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const media::Endpoint outside{*media::Address::parse("192.0.2.1"), 9}; // reserved (RFC 5737)
    sockaddr_storage address{};
    socklen_t length = outside.to(address);
    if (socket && ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), length) == 0) {
        length = sizeof address;
        if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &length) == 0)
            if (const auto local = media::Endpoint::from(address); local && !local->address.is_unspecified())
                return local->address.text();
    }
    return "127.0.0.1";
}

} // namespace offhook::sip
