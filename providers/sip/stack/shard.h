// SPDX-License-Identifier: Apache-2.0
//
// A root, a thread, a port and a nua, for at most a thousand lines: sofia-sip's cost per call grows with its
// lines.
#pragma once

#include "providers/sip/stack/leg.h"
#include "providers/sip/stack/registrar.h"
#include "providers/sip/stack/stack.h"
#include "providers/sip/stack/timer.h"

#include <deque>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <thread>
#include <unordered_map>

namespace offhook::sip::stack {

inline constexpr std::size_t lines_of_a_shard = 1000;

class Shard {
  public:
    using NewLegId = std::function<LegId()>;

    // Throws std::runtime_error when the port cannot be bound. All lines have the same local address and
    // port.
    Shard(Accounts lines, StackEvents& events, NewLegId new_leg_id, const provider::Services& services);
    ~Shard();
    Shard(const Shard&) = delete;
    Shard& operator=(const Shard&) = delete;

    // From any thread; what follows is carried out on the shard's own, in order.
    void invite(LegId leg, std::size_t account, std::string uri, std::string offer);
    void with_leg(LegId leg, std::function<void(Leg&)> action);
    void set_lines(Accounts lines); // those that are the same go on
    // Ends all legs and registrations; the destructor waits until that is done.
    void begin_closing();

    // On the shard's thread.
    [[nodiscard]] StackEvents& events() { return events_; }
    [[nodiscard]] su_root_t* root() { return root_; }
    [[nodiscard]] std::string contact_of(const Account& account) const;
    [[nodiscard]] nua_handle_t* new_registration(const Account& account) const; // the caller's to destroy
    void forget(LegId leg);

  private:
    using Work = std::function<void()>;
    struct Posted {
        Work* work = nullptr; // owned: sofia-sip copies messages as bytes
    };

    void post(Work work);
    void run(std::promise<std::string>& started);
    bool open();
    void close();
    void on_event(const Event& event, nua_handle_t* handle, HandleOwner* owner);
    void incoming(const Event& event, nua_handle_t* handle);
    void send_waiting();
    void take_over(Accounts lines);
    [[nodiscard]] Accounts::const_iterator called_line(const sip_t& invite) const;

    static void on_nua_event(nua_event_t event, int status, const char* phrase, nua_t* nua, nua_magic_t* self,
                             nua_handle_t* handle, nua_hmagic_t* owner, const sip_t* sip, tagi_t tags[]);
    static void on_posted(su_root_magic_t*, su_msg_r message, su_msg_arg_t* work);
    static void on_pace(su_root_magic_t*, su_timer_t*, su_timer_arg_t* self);
    static void on_impatience(su_root_magic_t*, su_timer_t*, su_timer_arg_t* self);

    const std::string uri_; // where it listens
    Accounts lines_;        // by their places; of the shard's thread once that runs
    StackEvents& events_;
    const NewLegId new_leg_id_;
    const provider::Services services_;

    su_root_t* root_ = nullptr;
    nua_t* nua_ = nullptr;
    std::unordered_map<LegId, std::unique_ptr<Leg>> legs_;
    std::map<std::size_t, std::unique_ptr<Registrar>> registrars_; // by the place of the line
    struct Invitation {
        LegId leg{};
        std::string uri;
        std::string offer;
    };
    std::deque<Invitation> waiting_;
    unsigned allowed_ = 0; // INVITEs that may go now; the timer raises it again
    Timer pace_;
    Timer impatience_;
    enum class Shutdown : std::uint8_t { none, waiting, complete } shutdown_ = Shutdown::none;
    bool closing_ = false; // of the owner's thread
    std::thread thread_;
};

// The address that an event's message came from.
[[nodiscard]] std::optional<media::Address> source_of(const Event& event);

} // namespace offhook::sip::stack
