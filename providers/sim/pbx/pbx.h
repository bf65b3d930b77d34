// SPDX-License-Identifier: Apache-2.0
//
// The exchange: stations, the calls between them, and what can be done with these. It knows nothing of the
// interface's handles, requests and structures, and nothing of threads: its owner's lock protects it.
#pragma once

#include "provider/handle_table.h"
#include "providers/sim/configuration.h"
#include "providers/sim/misbehaviour.h"
#include "providers/sim/pbx/call.h"
#include "providers/sim/pbx/clock.h"
#include "providers/sim/pbx/events.h"
#include "providers/sim/pbx/parameters.h"
#include "providers/sim/pbx/station.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace offhook::sim {

// A call on its way to a number.
struct Arrival {
    std::string number;
    DWORD reason = LINECALLREASON_DIRECT;
    Party redirecting, redirection;
    std::size_t hops = 0; // forwardings behind it
};

// A call that is to be completed when its destination is free (TSPI_lineCompleteCall).
struct Completion {
    Station* from = nullptr;
    std::string number;
    enum class Stage : std::uint8_t { waiting, offered } stage = Stage::waiting;
};

inline constexpr std::size_t most_completions = 8; // of a station

// What is asked of it answers 0 or a LINEERR_ or PHONEERR_ value; on an error nothing has changed. After each
// thing that is asked, settle() must be called.
class Pbx {
  public:
    Pbx(const Configuration&, Clock&, Events&, Misbehaviour&);

    // What became due meanwhile is done, and calls that nobody knows any more are let go.
    void settle();

    // ---- stations
    [[nodiscard]] Station* extension(std::string_view number) const;
    [[nodiscard]] Station* extension_at(std::size_t place) const; // null: removed
    [[nodiscard]] std::size_t places() const { return extensions_.size(); }
    Station& add_extension(const std::string& number);
    // Stations that are there keep their places; who is added or removed is up to the caller.
    void reconfigure(const Configuration&);
    void remove_extension(Station&); // its calls end
    // The subscriber outside with this number, who is there as long as there are calls.
    [[nodiscard]] Station& subscriber(const std::string& number);
    [[nodiscard]] Station* subscriber_with_calls(std::string_view number) const;
    [[nodiscard]] bool is_reachable(const std::string& number) const;
    void set_status(Station&, DWORD status); // LINEDEVSTATUSFLAGS_
    void forward(Station&, Forwarding);
    void cut(Station&); // its calls are lost

    // ---- calls as such (calls.cpp)
    [[nodiscard]] std::shared_ptr<Call> find(std::uint64_t handle) const { return calls_.find(handle); }
    Call& create(Station&, Standing);
    void apply(Call&, const CallParameters&);
    void discard(Call&); // one that did not come about
    void close(Call&);   // the service is not interested any more
    [[nodiscard]] LONG may_originate(const Station&) const;
    void originate(Call&);
    // A number as the exchange takes it, which may be wrong (R178, R179).
    [[nodiscard]] std::string heard(std::string text);
    LONG dial(Call&, std::string_view text);
    LONG accept(Call&);
    LONG answer(Call&);
    LONG drop(Call&);
    LONG hold(Call&);
    LONG unhold(Call&);
    LONG swap(Call& active, Call& held);
    LONG redirect(Call&, const std::string& number);
    LONG secure(Call&);
    LONG send_user_user(Call&, Bytes);
    LONG release_user_user(Call&);
    LONG set_media_mode(Call&, DWORD media_mode);
    LONG set_parameters(Call&, DWORD bearer, DWORD rate, const LINEDIALPARAMS*);
    void ring_from(Station& subscriber, const std::string& number, const std::string& name);
    [[nodiscard]] DWORD features(const Call&) const; // LINECALLFEATURE_

    // ---- transfer (transfer.cpp)
    LONG blind_transfer(Call&, const std::string& number);
    [[nodiscard]] LONG may_set_up_transfer(const Call&) const;
    void set_up_transfer(Call& original, Call& consultation); // which is then to be originated
    [[nodiscard]] LONG may_complete_transfer(const Call& original, const Call& consultation) const;
    void complete_transfer(Call& original, Call& consultation);

    // ---- conferences (conference.cpp)
    [[nodiscard]] LONG may_set_up_conference(const Station&, const Call* original) const;
    void set_up_conference(Call& conference, Call* original, Call& consultation);
    void conference_from_transfer(Call& conference, Call& original, Call& consultation);
    [[nodiscard]] LONG may_prepare_to_add(const Call& conference) const;
    void prepare_to_add(Call& conference, Call& consultation); // which is then to be originated
    LONG add_to_conference(Call& conference, Call& call);
    LONG remove_from_conference(Call&);

    // ---- parking and picking up (park.cpp)
    LONG park(Call&, const std::string& slot);
    [[nodiscard]] std::string free_slot() const; // empty: none
    [[nodiscard]] Call* parked_at(const std::string& slot) const;
    void unpark(Call& into, Call& parked);
    [[nodiscard]] Call* ringing_at(const Station&) const;
    [[nodiscard]] Call* ringing_in(const std::string& group) const;
    [[nodiscard]] bool is_group(const std::string& group) const;
    void pick_up(Call& into, Call& ringing);
    [[nodiscard]] const std::map<std::string, Call*>& parked() const { return parked_; }

    // ---- completion of calls (completion.cpp)
    LONG complete_call(Call&, DWORD mode, DWORD& id);
    LONG uncomplete_call(Station&, DWORD id);
    [[nodiscard]] DWORD completions_of(const Station&) const;

    // ---- digits, tones and media (signals.cpp)
    LONG monitor_digits(Call&, DWORD modes);
    LONG gather_digits(Call&, Gathering, DWORD first_digit_timeout);
    LONG stop_gathering(Call&);
    LONG generate_digits(Call&, Generation);
    LONG generate_tone(Call&, Generation, Sound sound);
    LONG stop_generating(Call&);
    void send_digit(Call&, char digit, DWORD duration = usual_dial_parameters.dwDigitDuration);
    // The far end sends it.
    void receive_digit(Call&, char digit);
    void receive_tone(Call&, const Sound&);

    // ---- phones (phone.cpp)
    LONG set_hookswitch(Station&, DWORD devices, DWORD mode);
    void press(Station&, DWORD button);
    void set_lamp(Station&, DWORD button, DWORD mode);
    void set_ring(Station&, DWORD mode, DWORD volume);
    void display(Station&, std::size_t row, std::size_t column, std::u16string_view text);
    void changed(Station&, DWORD phone_states, DWORD detail = 0);

    [[nodiscard]] const Configuration& configuration() const { return configuration_; }

  private:
    void set_up(Station&);
    void enter(Call&, CallState, DWORD mode = 0);
    void leave(Call&);
    void later(milliseconds, Clock::Action);
    // Runs an action on a call that is in the same state then as now.
    void later(milliseconds, Call&, std::function<void(Call&)>);

    void route(Call& caller);
    void arrive(Call& caller, const Arrival&);
    void offer(Call& caller, Station& target, const Arrival&);
    bool forwarded(Call& caller, Station& target, const Arrival&, Condition);
    void no_answer(Call& callee);
    void fail(Call& caller, CallState, DWORD mode, DWORD disconnect_mode);
    [[nodiscard]] bool take_trunk(Call& caller, DWORD& trunk);
    void connect(Call& one, Call& other);
    void connected(Call&);
    void make_room(Call&);
    void join(Call& one, Call& other);
    Call* part(Call&);
    void release(Call&);
    void left(Call&, DWORD disconnect_mode);
    void hang_up(Call&, DWORD disconnect_mode);
    void end(Call&);
    void reconnect(Call& consultation);
    void tell_held(Call& holder, DWORD connected_mode);
    void make_member(Call& conference, Call& call);
    void leave_conference(Call&);
    void shrink(Call& conference);
    void set_identity(Call&, const Station& other);
    void ring(Station&);
    void ring_again(Station&, DWORD epoch, DWORD count);
    void quiet(Station&);
    void show_calls(Station&);
    void try_completions(Station&);
    void completions_changed(Station&);
    void off_hook(Station&);
    void on_hook(Station&);
    void generate_next(std::uint64_t handle, std::uint32_t epoch);
    void end_generation(Call&, DWORD reason);
    void end_gathering(Call&, DWORD reason);
    void gather(Call&, char digit);
    void hear_digit(Call&, char digit);
    void hear_tone(Call&, const Sound&);
    void control_media(Call&, DWORD action);
    void time_gathering(Call&, DWORD milliseconds, DWORD reason);

    Configuration configuration_;
    Clock& clock_;
    Events& events_;
    Misbehaviour& misbehaviour_;

    std::vector<std::unique_ptr<Station>> extensions_; // by place; null: removed
    std::unordered_map<std::string, Station*> numbers_;
    std::unordered_map<std::string, std::unique_ptr<Station>> subscribers_;
    provider::HandleTable<Call> calls_;
    std::vector<std::shared_ptr<Call>> forgotten_;    // until settle(): somebody may still be looking at them
    std::vector<std::unique_ptr<Station>> abandoned_; // the same of stations
    std::vector<Clock::Action> due_;                  // at the end of what is going on
    std::vector<bool> trunks_;                        // taken?
    std::map<std::string, Call*> parked_;             // by slot
    std::map<DWORD, Completion> completions_;
    DWORD last_completion_ = 0;
    DWORD last_call_ = 0;
};

[[nodiscard]] inline DWORD origin_of(const Station& caller) {
    return caller.kind == Kind::outside ? LINECALLORIGIN_EXTERNAL : LINECALLORIGIN_INTERNAL;
}

} // namespace offhook::sim
