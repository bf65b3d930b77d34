// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/media/description.h"

#include <sofia-sip/sdp.h>
#include <sofia-sip/su_alloc.h>

#include <strings.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <string_view>

namespace offhook::sip::media {
namespace {

constexpr const char* event_encoding = "telephone-event"; // RFC 4733, section 7.1.1

// RFC 8866, section 9: what a token is made of.
bool is_token(std::string_view text) {
    static constexpr std::string_view others = "!#$%&'*+-.^_`{|}~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               others.find(c) != std::string_view::npos;
    });
}

bool are_tokens(std::string_view text, char separator) {
    for (;;) {
        const auto end = std::min(text.find(separator), text.size());
        if (!is_token(text.substr(0, end))) return false;
        if (end == text.size()) return true;
        text.remove_prefix(end + 1);
    }
}

// media SP port ["/" number] SP proto 1*(SP format), of tokens alone (RFC 8866, section 5.14). Of anything
// else in an m= line sofia-sip's parser makes empty list entries until there is no memory left.
bool is_safe_media(std::string_view line) {
    while (line.ends_with(' ')) line.remove_suffix(1);
    const auto port = line.find(' ');
    const auto protocol = port == std::string_view::npos ? port : line.find(' ', port + 1);
    const auto formats = protocol == std::string_view::npos ? protocol : line.find(' ', protocol + 1);
    if (formats == std::string_view::npos) return false;
    const std::string_view number = line.substr(port + 1, protocol - port - 1);
    return is_token(line.substr(0, port)) &&
           number.find_first_not_of("0123456789/") == std::string_view::npos && are_tokens(number, '/') &&
           are_tokens(line.substr(protocol + 1, formats - protocol - 1), '/') && formats < line.size() &&
           are_tokens(line.substr(formats + 1), ' ');
}

// Lines of the form type=value (RFC 8866, section 5) alone: the parser would see through an indented one.
bool is_safe(std::string_view text) {
    constexpr std::size_t longest = 16 * 1024;
    if (text.size() > longest || text.find('\0') != std::string_view::npos) return false;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of("\r\n"), text.size());
        const std::string_view line = text.substr(0, end);
        const bool is_line = line.size() >= 2 && line[0] >= 'a' && line[0] <= 'z' && line[1] == '=';
        if (!line.empty() && (!is_line || (line[0] == 'm' && !is_safe_media(line.substr(2))))) return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

// A parsed description; it lives as long as the parser that owns its memory.
class Description {
  public:
    explicit Description(const std::string& text) {
        if (is_safe(text))
            parser_.reset(sdp_parse(nullptr, text.data(), static_cast<issize_t>(text.size()), sdp_f_anynet));
    }
    // Null: malformed.
    [[nodiscard]] const sdp_session_t* session() const {
        return parser_ ? sdp_session(parser_.get()) : nullptr;
    }

  private:
    struct Free {
        void operator()(sdp_parser_t* parser) const { sdp_parser_free(parser); }
    };
    std::unique_ptr<sdp_parser_t, Free> parser_;
};

bool named(const sdp_rtpmap_t& map, const char* encoding) {
    return map.rm_encoding != nullptr && ::strcasecmp(map.rm_encoding, encoding) == 0 &&
           map.rm_rate == sample_rate;
}

// Our first codec that the peer takes under its static payload type.
std::optional<Codec> common_codec(const sdp_media_t& media, const std::vector<Codec>& codecs) {
    for (const Codec codec : codecs)
        for (const auto* map = media.m_rtpmaps; map != nullptr; map = map->rm_next)
            if (named(*map, encoding_name(codec)) && map->rm_pt == payload_type(codec)) return codec;
    return std::nullopt;
}

std::optional<std::uint8_t> event_payload_type(const sdp_media_t& media) {
    for (const auto* map = media.m_rtpmaps; map != nullptr; map = map->rm_next)
        if (named(*map, event_encoding)) return static_cast<std::uint8_t>(map->rm_pt);
    return std::nullopt;
}

// Where RTCP goes: the next port, or where a=rtcp says (RFC 3605). Only its port is followed: an address of
// its own could point reports at somebody else.
std::uint16_t rtcp_port(const sdp_media_t& media) {
    for (const auto* attribute = media.m_attributes; attribute != nullptr; attribute = attribute->a_next) {
        if (attribute->a_name == nullptr || attribute->a_value == nullptr) continue;
        if (::strcasecmp(attribute->a_name, "rtcp") != 0) continue;
        const std::string_view value(attribute->a_value);
        std::uint16_t port = 0;
        std::from_chars(value.data(), value.data() + value.size(), port);
        if (port != 0) return port;
    }
    return static_cast<std::uint16_t>(media.m_port == 0xFFFF ? 0xFFFF : media.m_port + 1);
}

Flow flow_of(unsigned mode) { return static_cast<Flow>(mode & 3U); }

// What one who is offered `flow` can do: send if the other receives, receive if the other sends.
Flow reversed(Flow flow) {
    switch (flow) {
    case Flow::send: return Flow::receive;
    case Flow::receive: return Flow::send;
    case Flow::inactive:
    case Flow::both: break;
    }
    return flow;
}

const char* attribute_of(Flow flow) {
    switch (flow) {
    case Flow::inactive: return "inactive";
    case Flow::send: return "sendonly";
    case Flow::receive: return "recvonly";
    case Flow::both: break;
    }
    return "sendrecv";
}

std::optional<RemoteMedia> usable(const sdp_session_t& session, const sdp_media_t& media,
                                  const LocalMedia& local) {
    if (media.m_rejected != 0 || media.m_type != sdp_media_audio || media.m_proto != sdp_proto_rtp)
        return std::nullopt;
    if (media.m_port == 0 || media.m_port > 0xFFFF) return std::nullopt;
    const sdp_connection_t* connection =
        media.m_connections != nullptr ? media.m_connections : session.sdp_connection;
    if (connection == nullptr || connection->c_address == nullptr || connection->c_mcast != 0)
        return std::nullopt;
    const auto address = Address::parse(connection->c_address);
    if (!address || address->is_ipv4() != local.rtp.address.is_ipv4()) return std::nullopt;
    const auto codec = common_codec(media, local.codecs);
    if (!codec) return std::nullopt;
    RemoteMedia remote;
    remote.rtp = {*address, static_cast<std::uint16_t>(media.m_port)};
    remote.rtcp = {*address, rtcp_port(media)};
    remote.codec = *codec;
    remote.events = event_payload_type(media);
    // The address 0.0.0.0 is how RFC 2543 put a call on hold (RFC 3264, section 8.4).
    remote.flow = address->is_unspecified() ? Flow::inactive : flow_of(media.m_mode);
    return remote;
}

std::string head(const LocalMedia& local) {
    const std::string address = local.rtp.address.text();
    const std::string family = local.rtp.address.is_ipv4() ? "IP4 " : "IP6 ";
    return "v=0\r\no=- " + std::to_string(local.session) + " " + std::to_string(local.version) + " IN " +
           family + address + "\r\ns=-\r\nc=IN " + family + address + "\r\nt=0 0\r\n";
}

std::string audio(const LocalMedia& local, const std::vector<Codec>& codecs,
                  std::optional<std::uint8_t> events, Flow flow) {
    std::string line = "m=audio " + std::to_string(local.rtp.port) + " RTP/AVP";
    std::string attributes;
    const auto add = [&](unsigned type, const char* encoding) {
        line += " " + std::to_string(type);
        attributes +=
            "a=rtpmap:" + std::to_string(type) + " " + encoding + "/" + std::to_string(sample_rate) + "\r\n";
    };
    for (const Codec codec : codecs) add(payload_type(codec), encoding_name(codec));
    if (events) {
        add(*events, event_encoding);
        attributes += "a=fmtp:" + std::to_string(*events) + " 0-15\r\n";
    }
    return line + "\r\n" + attributes + "a=ptime:" + std::to_string(frame_milliseconds) +
           "\r\na=" + attribute_of(flow) + "\r\n";
}

// The same stream with port 0 refuses it (RFC 3264, section 6).
std::string refused(const sdp_media_t& media) {
    const char* format =
        media.m_format != nullptr && media.m_format->l_text != nullptr ? media.m_format->l_text : "0";
    std::string formats = format;
    if (media.m_rtpmaps != nullptr) formats = std::to_string(media.m_rtpmaps->rm_pt);
    return std::string("m=") + (media.m_type_name != nullptr ? media.m_type_name : "audio") + " 0 " +
           (media.m_proto_name != nullptr ? media.m_proto_name : "RTP/AVP") + " " + formats + "\r\n";
}

} // namespace

std::string write_offer(const LocalMedia& local) {
    return head(local) + audio(local, local.codecs, offered_event_payload_type, Flow::both);
}

std::optional<Answer> answer_offer(const std::string& offer, const LocalMedia& local) {
    const Description description(offer);
    const sdp_session_t* session = description.session();
    if (session == nullptr) return std::nullopt;
    Answer answer;
    answer.text = head(local);
    bool taken = false;
    for (const auto* media = session->sdp_media; media != nullptr; media = media->m_next) {
        const auto remote = taken ? std::nullopt : usable(*session, *media, local);
        if (!remote) {
            answer.text += refused(*media);
            continue;
        }
        taken = true;
        answer.remote = *remote;
        answer.text += audio(local, {remote->codec}, remote->events, reversed(remote->flow));
    }
    if (!taken) return std::nullopt;
    return answer;
}

std::optional<RemoteMedia> read_answer(const std::string& answer, const LocalMedia& local) {
    const Description description(answer);
    const sdp_session_t* session = description.session();
    if (session == nullptr || session->sdp_media == nullptr) return std::nullopt;
    return usable(*session, *session->sdp_media, local);
}

} // namespace offhook::sip::media
