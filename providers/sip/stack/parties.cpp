// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/stack/parties.h"

#include <strings.h>

#include <memory>

namespace offhook::sip::stack {
namespace {

// A header that the parser has no structure for.
const char* unknown_header(const sip_t& message, const char* name) {
    for (const msg_header_t* header = message.sip_unknown != nullptr
                                          ? reinterpret_cast<const msg_header_t*>(message.sip_unknown)
                                          : nullptr;
         header != nullptr; header = reinterpret_cast<const msg_header_t*>(header->sh_unknown->un_next))
        if (header->sh_unknown->un_name != nullptr && ::strcasecmp(header->sh_unknown->un_name, name) == 0)
            return header->sh_unknown->un_value;
    return nullptr;
}

struct HomeUnref {
    void operator()(su_home_t* home) const { su_home_unref(home); }
};
using Home = std::unique_ptr<su_home_t, HomeUnref>;

std::string unquoted(const char* display) {
    std::string text = display != nullptr ? display : "";
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return text;
    std::string out;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == '\\' && i + 2 < text.size()) ++i;
        out += text[i];
    }
    return out;
}

} // namespace

std::string unescaped_user(const char* user) {
    std::string out(user);
    out.resize(url_unescape_to(out.data(), user, out.size()));
    return out;
}

std::string domain_of(const url_t* uri) {
    std::string domain = uri->url_host != nullptr ? uri->url_host : "";
    if (uri->url_port != nullptr && *uri->url_port != '\0') domain += std::string(":") + uri->url_port;
    return domain;
}

// A telephone number or user name is shown without its domain: that is what can be dialed on the line.
Party party_of(const sip_addr_t* header) {
    Party party;
    if (header == nullptr) return party;
    party.name = unquoted(header->a_display);
    const url_t* uri = header->a_url;
    party.address =
        uri->url_user != nullptr && *uri->url_user != '\0' ? unescaped_user(uri->url_user) : domain_of(uri);
    return party;
}

Party caller_of(const sip_t& invite) {
    Party party = party_of(invite.sip_from);
    const Home home(static_cast<su_home_t*>(su_home_new(sizeof(su_home_t))));
    if (const char* asserted = unknown_header(invite, "P-Asserted-Identity"))
        if (const sip_from_t* identity = sip_from_make(home.get(), asserted)) party = party_of(identity);
    const char* privacy = unknown_header(invite, "Privacy");
    const bool hidden = privacy != nullptr && ::strcasecmp(privacy, "none") != 0;
    const char* host = invite.sip_from != nullptr ? invite.sip_from->a_url->url_host : nullptr;
    if (hidden || (host != nullptr && ::strcasecmp(host, "anonymous.invalid") == 0))
        return {"", "", Presentation::withheld};
    return party;
}

} // namespace offhook::sip::stack
