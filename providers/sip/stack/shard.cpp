// SPDX-License-Identifier: Apache-2.0

#include "providers/sip/stack/shard.h"

#include "providers/sip/destination.h"
#include "providers/sip/stack/parties.h"

#include <cstring>
#include <stdexcept>

namespace offhook::sip::stack {
namespace {

constexpr su_duration_t patience_milliseconds = 2'500;
// A burst of answers waits here while the stack works: of what is lost, some peers send nothing again. Linux
// gives at most net.core.rmem_max.
constexpr unsigned receive_buffer_bytes = 4U << 20U;
// The peers' answers to a burst of INVITEs might still not fit: what is more goes a moment later.
constexpr unsigned invites_at_once = 16;
constexpr su_duration_t pace_milliseconds = 4;
// No UPDATE: it would change the media, and nua answers it without asking.
constexpr const char* methods = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, PRACK";

std::string host_of(const Account& account) {
    return account.local.is_ipv4() ? account.local.text() : "[" + account.local.text() + "]";
}

std::string listening_uri(const Account& account) {
    return "sip:" + host_of(account) + ":" + std::to_string(account.port);
}

// The requests that come without a call of ours, and the end of an INVITE that never became one.
bool outside_of_calls(nua_event_t kind) {
    switch (kind) {
    case nua_i_terminated:
    case nua_i_bye:
    case nua_i_options:
    case nua_i_refer:
    case nua_i_publish:
    case nua_i_info:
    case nua_i_message:
    case nua_i_subscribe:
    case nua_i_notify:
    case nua_i_method:
    case nua_i_register: return true;
    default: return false;
    }
}

// RFC 3261, section 25.1: a quoted string.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\" ";
}

std::string from_of(const Account& account) {
    return (account.display.empty() ? "" : quoted(account.display)) + "<" + account.address_of_record() + ">";
}

} // namespace

std::optional<media::Address> source_of(const Event& event) {
    msg_t* message = nua_current_request(event.nua);
    if (event.sip == nullptr || message == nullptr) return std::nullopt;
    sockaddr_storage address{};
    std::memcpy(&address, msg_addr(message), std::min(sizeof address, sizeof(su_sockaddr_t)));
    const auto from = media::Endpoint::from(address);
    return from ? std::optional(from->address) : std::nullopt;
}

Shard::Shard(Accounts lines, StackEvents& events, NewLegId new_leg_id, const provider::Services& services)
    : uri_(listening_uri(lines.begin()->second)),
      lines_(std::move(lines)),
      events_(events),
      new_leg_id_(std::move(new_leg_id)),
      services_(services) {
    std::promise<std::string> started;
    auto problem = started.get_future();
    thread_ = std::thread([this, &started] { run(started); });
    if (const std::string text = problem.get(); !text.empty()) {
        thread_.join();
        throw std::runtime_error(text);
    }
}

Shard::~Shard() {
    begin_closing();
    thread_.join();
}

void Shard::begin_closing() {
    if (!std::exchange(closing_, true)) post([this] { close(); });
}

void Shard::run(std::promise<std::string>& started) {
    root_ = su_root_create(nullptr);
    if (root_ == nullptr) return started.set_value("sofia-sip cannot make an event loop");
    su_root_threading(root_, 0); // the stack and its owner share this thread
    if (!open()) {
        su_root_destroy(root_);
        return started.set_value("cannot listen on " + uri_ +
                                 ": is the port in use, or the address not of this machine?");
    }
    started.set_value("");
    su_root_run(root_);
    legs_.clear();
    registrars_.clear();
    pace_.reset();
    impatience_.reset();
    if (shutdown_ == Shutdown::complete) {
        nua_destroy(nua_);
        su_root_destroy(root_);
    } else {
        // nua cannot be taken down before it is done, and waiting longer would hold up who ends the session
        // or changes its accounts: the port stays taken until the process ends.
        services_.log(provider::Severity::warning,
                      "SIP peers did not confirm the end of their calls in time");
    }
}

bool Shard::open() {
    nua_ = nua_create(root_, on_nua_event, this, NUTAG_URL(uri_.c_str()), NUTAG_MEDIA_ENABLE(0),
                      NUTAG_AUTOANSWER(0), NUTAG_AUTOALERT(0), NUTAG_AUTOACK(1), NUTAG_ENABLEMESSAGE(0),
                      SIPTAG_ALLOW_STR(methods), SIPTAG_SUPPORTED_STR("100rel"), NUTAG_SESSION_TIMER(0),
                      NUTAG_OUTBOUND("no-options-keepalive no-outbound no-validate no-natify"),
                      TPTAG_UDP_RMEM(receive_buffer_bytes), SIPTAG_USER_AGENT_STR("Offhook/" OFFHOOK_VERSION),
                      TAG_END());
    if (nua_ == nullptr) return false;
    pace_ = make_timer(root_, pace_milliseconds);
    impatience_ = make_timer(root_, patience_milliseconds);
    allowed_ = invites_at_once;
    take_over(std::exchange(lines_, {}));
    return true;
}

void Shard::take_over(Accounts lines) {
    for (const auto& [place, account] : lines) {
        const auto present = lines_.find(place);
        if (present != lines_.end() && present->second == account) continue;
        const auto registrar = registrars_.find(place);
        if (registrar != registrars_.end() && registrar->second->change(account)) continue;
        registrars_.erase(place); // which takes its registration back
        if (account.registrar.empty()) continue;
        registrars_.emplace(place, std::make_unique<Registrar>(*this, place, account)).first->second->start();
    }
    std::erase_if(registrars_, [&](const auto& registrar) { return !lines.contains(registrar.first); });
    lines_ = std::move(lines);
}

void Shard::set_lines(Accounts lines) {
    post([this, next = std::move(lines)]() mutable { take_over(std::move(next)); });
}

nua_handle_t* Shard::new_registration(const Account& account) const {
    const std::string from = from_of(account);
    nua_handle_t* handle =
        nua_handle(nua_, nullptr, SIPTAG_FROM_STR(from.c_str()), SIPTAG_TO_STR(from.c_str()), TAG_END());
    if (handle == nullptr) throw std::bad_alloc();
    return handle;
}

void Shard::close() {
    shutdown_ = Shutdown::waiting;
    nua_shutdown(nua_);
    su_timer_set(impatience_.get(), on_impatience, this);
}

void Shard::on_impatience(su_root_magic_t*, su_timer_t*, su_timer_arg_t* self) {
    su_root_break(static_cast<Shard*>(self)->root_);
}

void Shard::post(Work work) {
    su_msg_r message = SU_MSG_R_INIT;
    if (su_msg_create(message, su_root_task(root_), su_root_task(root_), on_posted, sizeof(Posted)) != 0)
        throw std::bad_alloc();
    const Posted posted{std::make_unique<Work>(std::move(work)).release()};
    std::memcpy(su_msg_data(message), &posted, sizeof posted);
    su_msg_send(message);
}

void Shard::on_posted(su_root_magic_t*, su_msg_r, su_msg_arg_t* argument) {
    Posted posted;
    std::memcpy(&posted, argument, sizeof posted);
    const std::unique_ptr<Work> work(posted.work);
    (*work)();
}

void Shard::invite(LegId leg, std::size_t account_place, std::string uri, std::string offer) {
    post([this, leg, account_place, uri = std::move(uri), offer = std::move(offer)] {
        const auto line = lines_.find(account_place);
        if (line == lines_.end()) return events_.ended(leg, {Ending::Cause::failed, 500}); // gone meanwhile
        const Account& caller = line->second;
        const std::string from = from_of(caller);
        const std::string to = "<" + uri + ">";
        const std::string route = "<sip:" + caller.proxy + ";lr>";
        nua_handle_t* handle =
            nua_handle(nua_, nullptr, SIPTAG_FROM_STR(from.c_str()), SIPTAG_TO_STR(to.c_str()),
                       TAG_IF(!caller.proxy.empty(), NUTAG_INITIAL_ROUTE_STR(route.c_str())), TAG_END());
        if (handle == nullptr) return events_.ended(leg, {Ending::Cause::failed, 500});
        legs_.emplace(leg, std::make_unique<Leg>(*this, leg, Leg::Side::caller, handle, caller));
        waiting_.push_back({leg, uri, offer});
        send_waiting();
    });
}

void Shard::send_waiting() {
    for (; allowed_ > 0 && !waiting_.empty(); waiting_.pop_front()) {
        const auto leg = legs_.find(waiting_.front().leg);
        if (leg == legs_.end()) continue; // given up meanwhile
        leg->second->invite(waiting_.front().uri, waiting_.front().offer);
        --allowed_;
    }
    if (allowed_ < invites_at_once && !su_timer_is_set(pace_.get())) su_timer_set(pace_.get(), on_pace, this);
}

void Shard::on_pace(su_root_magic_t*, su_timer_t*, su_timer_arg_t* self) {
    auto& shard = *static_cast<Shard*>(self);
    shard.allowed_ = invites_at_once;
    shard.send_waiting();
}

void Shard::with_leg(LegId leg, std::function<void(Leg&)> action) {
    post([this, leg, action = std::move(action)] {
        if (const auto found = legs_.find(leg); found != legs_.end()) action(*found->second);
    });
}

std::string Shard::contact_of(const Account& account) const {
    // The line's number comes back in the Request-URI (RFC 3261, section 12.2.1.1), which tells accounts of
    // one user name at several domains apart.
    return "<sip:" + escaped_user(account.user) + "@" + host_of(account) + ":" +
           std::to_string(account.port) + ";line=" + std::to_string(account.number) + ">";
}

void Shard::forget(LegId leg) { legs_.erase(leg); }

void Shard::on_nua_event(nua_event_t event, int status, const char*, nua_t* nua, nua_magic_t* self,
                         nua_handle_t* handle, nua_hmagic_t* owner, const sip_t* sip, tagi_t tags[]) {
    auto& shard = *static_cast<Shard*>(self);
    try {
        shard.on_event({event, status, sip, tags, nua}, handle, static_cast<HandleOwner*>(owner));
    } catch (const std::exception& error) { // no exception crosses the C of the stack
        shard.services_.log(provider::Severity::error, std::string("SIP event: ") + error.what());
    }
}

void Shard::on_event(const Event& event, nua_handle_t* handle, HandleOwner* owner) {
    if (event.kind == nua_r_shutdown) {
        if (event.status < 200 || shutdown_ != Shutdown::waiting) return;
        // 500: nua gave up waiting by itself, and may be taken down as well.
        shutdown_ = Shutdown::complete;
        su_root_break(root_);
    } else if (owner != nullptr) {
        owner->on_event(event);
    } else if (event.kind == nua_i_invite && event.status < 200) {
        incoming(event, handle);
    } else if (handle != nullptr && event.status >= 200 && outside_of_calls(event.kind)) {
        nua_handle_destroy(handle); // nua answered or refused it, and leaves its handle to us
    }
}

// An account is called by the line number in our own Contact, by its user name, or because it is the only
// one.
Accounts::const_iterator Shard::called_line(const sip_t& invite) const {
    const url_t& uri = *invite.sip_request->rq_url;
    const std::string user = uri.url_user != nullptr ? unescaped_user(uri.url_user) : "";
    const std::string parameters = uri.url_params != nullptr ? std::string(";") + uri.url_params + ";" : "";
    const std::string domain = domain_of(invite.sip_to->a_url);
    auto found = lines_.end();
    for (auto line = lines_.begin(); line != lines_.end(); ++line) {
        const Account& account = line->second;
        if (user != account.user) continue;
        if (parameters.find(";line=" + std::to_string(account.number) + ";") != std::string::npos)
            return line;
        if (found == lines_.end() || account.domain == domain) found = line;
    }
    return found == lines_.end() && lines_.size() == 1 ? lines_.begin() : found;
}

void Shard::incoming(const Event& event, nua_handle_t* handle) {
    const auto line = called_line(*event.sip);
    if (line == lines_.end() || shutdown_ != Shutdown::none) {
        nua_respond(handle, SIP_404_NOT_FOUND, TAG_END());
        return;
    }
    Incoming call;
    call.leg = new_leg_id_();
    call.account = line->first;
    call.caller = caller_of(*event.sip);
    call.called = party_of(event.sip->sip_to);
    call.offer.source = source_of(event);
    if (event.sip->sip_payload != nullptr)
        call.offer.text.assign(event.sip->sip_payload->pl_data, event.sip->sip_payload->pl_len);
    const auto& leg = legs_
                          .emplace(call.leg, std::make_unique<Leg>(*this, call.leg, Leg::Side::called, handle,
                                                                   line->second))
                          .first;
    if (const int refusal = events_.incoming(call); refusal != 0) leg->second->refuse(refusal);
}

} // namespace offhook::sip::stack
