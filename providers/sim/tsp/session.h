// SPDX-License-Identifier: Apache-2.0
//
// One provider session: the exchange between TSPI_providerInit and TSPI_providerShutdown, its open lines and
// phones, and the requests that are under way.
#pragma once

#include "provider/devices.h"
#include "provider/open_devices.h"
#include "provider/services.h"
#include "provider/timers.h"
#include "providers/sim/audio/audio.h"
#include "providers/sim/pbx/pbx.h"
#include "providers/sim/tsp/outbox.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace offhook::sim {

struct SessionStart {
    provider::Services services;
    Configuration configuration;
    ASYNC_COMPLETION completion = nullptr;
    DWORD permanent_provider_id = 0;
    DWORD first_line = 0, first_phone = 0; // device ids
    provider::DeviceCreation creation;
};

// A mode that those who speak this version know.
[[nodiscard]] DWORD shown_mode(const Call& call, DWORD version);

class Session;

// A request that is being carried out.
class Ticket {
  public:
    Ticket(Session& session, provider::Request request, std::vector<std::uint64_t> made)
        : session_(session),
          request_(std::move(request)),
          made_(std::move(made)) {}

    // It has succeeded. From here on the calls that it makes exist for the service (R063).
    void succeed();

    // For the end: succeeds if it has not yet and `error` is 0. Otherwise the calls that it was to make are
    // void (R064); the caller says how the request ends.
    [[nodiscard]] bool finish(LONG error);
    [[nodiscard]] provider::Request& request() { return request_; }

  private:
    Session& session_;
    provider::Request request_;
    std::vector<std::uint64_t> made_; // handles of calls
    enum class Stage : std::uint8_t { open, completed, withheld } stage_ = Stage::open;
};

// The functions of the interface run in_session (module.h), one at a time: what is here is called with the
// session locked, and what it has to say is delivered afterwards.
class Session : private Events, private Clock {
  public:
    Session(SessionStart start, Misbehaviour& misbehaviour);
    ~Session() override; // closes what is left

    // Runs something with the session locked, then delivers what it gave rise to.
    template <class Body> auto turn(const Body& body) {
        struct Deliver {
            Session& session;
            ~Deliver() { session.outbox_.deliver(); }
        } deliver{*this};
        misbehave();
        const std::lock_guard guard(lock_);
        if (misbehaviour_.asked(Fault::r012)) std::this_thread::sleep_for(std::chrono::milliseconds(500));
        auto result = body();
        pbx_.settle();
        return result;
    }
    // The same for what closes something, or wants to hear less: all that was to be said before has been said
    // at the end, by whatever thread.
    template <class Body> auto closing_turn(const Body& body) {
        auto result = turn(body);
        outbox_.flush();
        return result;
    }

    [[nodiscard]] Pbx& pbx() { return pbx_; }
    [[nodiscard]] Misbehaviour& misbehaviour() { return misbehaviour_; }
    [[nodiscard]] const provider::Services& services() const { return start_.services; }
    [[nodiscard]] DWORD permanent_provider_id() const { return start_.permanent_provider_id; }

    // ---- devices
    [[nodiscard]] Station* line_device(DWORD device);
    [[nodiscard]] Station* phone_device(DWORD device);
    [[nodiscard]] DWORD line_of(const Station& station) const;
    [[nodiscard]] DWORD phone_of(const Station& station) const;
    LONG line_created(std::uintptr_t place, DWORD device);
    LONG phone_created(std::uintptr_t place, DWORD device);
    void add(const std::string& number);
    void remove(Station&);
    void break_down(Station&); // its line and phone close by themselves
    void ask_to_reinitialise();
    // Takes a new configuration over as a whole, or not at all: LINEERR_OPERATIONUNAVAIL when it changes what
    // only a new session can, LINEERR_INUSE when an extension that is to go is in use.
    LONG reconfigure(const Configuration&);

    // ---- handles
    [[nodiscard]] std::shared_ptr<OpenLine> line(HDRVLINE) const;
    [[nodiscard]] std::shared_ptr<OpenPhone> phone(HDRVPHONE) const;
    [[nodiscard]] std::shared_ptr<Call> call(HDRVCALL);
    [[nodiscard]] OpenLine* line_at(const Station&) const;   // null: not open
    [[nodiscard]] OpenPhone* phone_at(const Station&) const; // null: not open

    // ---- opening and closing
    LONG open(DWORD device, HTAPILINE name, HDRVLINE* handle, DWORD version, LINEEVENT procedure);
    LONG close(HDRVLINE);
    LONG open(DWORD device, HTAPIPHONE name, HDRVPHONE* handle, DWORD version, PHONEEVENT procedure);
    LONG close(HDRVPHONE);
    LONG close(HDRVCALL);
    LONG set_media(OpenLine&, DWORD media);

    // ---- requests. The work is carried out at once or after the delay for completions; it answers 0 or an
    // error, and may take a Ticket& to say when it has succeeded.
    template <class Work> LONG on_call(DRV_REQUESTID id, HDRVCALL handle, Work work) {
        const auto target = call(handle);
        if (!target) return LINEERR_INVALCALLHANDLE;
        return submit(id, {target->name->line->handle, 0, target->handle}, {},
                      [this, handle, work = std::move(work)](Ticket& ticket) {
                          const auto found = call(handle);
                          return found ? run(work, *found, ticket) : LINEERR_INVALCALLHANDLE;
                      });
    }
    template <class Work> LONG on_line(DRV_REQUESTID id, HDRVLINE handle, Work work) {
        const auto target = line(handle);
        if (!target) return LINEERR_INVALLINEHANDLE;
        return submit(id, {target->handle, 0, 0}, {}, [target, work = std::move(work)](Ticket& ticket) {
            return run(work, *target, ticket);
        });
    }
    template <class Work> LONG on_phone(DRV_REQUESTID id, HDRVPHONE handle, Work work) {
        const auto target = phone(handle);
        if (!target) return static_cast<LONG>(PHONEERR_INVALPHONEHANDLE);
        return submit(id, {0, target->handle, 0}, {}, [target, work = std::move(work)](Ticket& ticket) {
            return run(work, *target, ticket);
        });
    }

    // A call that a request is to make: the service's name, and where the handle goes.
    struct Made {
        HTAPICALL name = nullptr;
        HDRVCALL* handle = nullptr;
    };
    // Requests that make calls on a line: the work gets them in the order of `wanted`. With `original`, the
    // call that they are made for, they are requests on that (R078).
    template <class Work>
    LONG make_calls(DRV_REQUESTID id, const std::shared_ptr<OpenLine>& on, const Call* original,
                    const std::vector<Made>& wanted, Work work) {
        std::vector<std::uint64_t> handles;
        handles.reserve(wanted.size());
        for (const Made& made : wanted) {
            if (made.handle == nullptr) return LINEERR_INVALPOINTER;
            handles.push_back(pending(on, made));
        }
        return submit(id, {on->handle, 0, original != nullptr ? original->handle : 0}, handles,
                      [this, handles, work = std::move(work)](Ticket& ticket) {
                          std::vector<std::shared_ptr<Call>> calls;
                          calls.reserve(handles.size());
                          for (const auto handle : handles) calls.push_back(pbx_.find(handle));
                          return work(calls, ticket);
                      });
    }

    // ---- audio: of a call, and what there is of it
    LONG open_audio(const Call&, LPVARSTRING);
    [[nodiscard]] Audio::Streams streams(const Call& call) const { return audio_.streams(call.handle); }

    void say(Notice notice) { outbox_.push(std::move(notice)); }
    void say(OpenLine&, const Message&);
    void report(Station&, const Message&); // about its phone
    // Moves virtual time and says what time it is then; nothing when time is real.
    [[nodiscard]] std::optional<milliseconds> advance(milliseconds span);

  private:
    friend class Ticket;

    // What a request is about, so that closing it ends the request.
    struct Owner {
        std::uint64_t line = 0, phone = 0, call = 0; // handles
    };
    struct Outstanding {
        Owner owner;
        provider::Request request;
        std::vector<std::uint64_t> made;
        std::function<LONG(Ticket&)> work;
    };

    template <class Work, class Target> static LONG run(const Work& work, Target& target, Ticket& ticket) {
        if constexpr (std::is_invocable_v<Work, Target&, Ticket&>) return work(target, ticket);
        else return work(target);
    }

    template <class Work>
    LONG submit(DRV_REQUESTID id, Owner owner, std::vector<std::uint64_t> made, Work work) {
        const LONG result = provider::accept(callbacks_, id, [&](provider::Request request) -> LONG {
            if (delay_.count() != 0) {
                keep({owner, std::move(request), std::move(made), std::move(work)});
                return 0;
            }
            const bool makes_none = made.empty();
            Ticket ticket(*this, std::move(request), std::move(made));
            const bool left_undone = makes_none && misbehaviour_.asked(Fault::r058);
            const LONG error = left_undone ? 0 : work(ticket);
            return ticket.finish(error) ? 0 : error;
        });
        const bool is_accepted = result == static_cast<LONG>(id); // R043
        if (!is_accepted && misbehaviour_.asked(Fault::r051)) say(StrayNotice{id, result});
        if (is_accepted && misbehaviour_.asked(Fault::r043)) return 1;
        if (is_accepted && misbehaviour_.asked(Fault::r043_zero)) return 0;
        return result;
    }

    void keep(Outstanding outstanding);
    void carry_out(std::uint64_t number);
    enum class Ending : std::uint8_t { completed, forgotten };
    template <class Concerns> void abort(const Concerns& concerns, Ending);
    void misbehave();

    [[nodiscard]] std::uint64_t pending(const std::shared_ptr<OpenLine>& on, const Made& made);
    void announce(Call&, const std::shared_ptr<OpenLine>&);
    void report_state(Call&);
    void forget(Call&);
    void refused(std::uint64_t handle);
    void close(const std::shared_ptr<OpenLine>&);
    void close(const std::shared_ptr<OpenPhone>&);

    // of the exchange
    void call_state(Call&) override;
    void call_event(Call&, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) override;
    void line_event(Station&, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) override;
    void phone_event(Station&, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) override;
    bool counts_rings(const Station&) const override;
    void digit_sent(Call&, char digit, milliseconds duration) override;
    void media_controlled(Call&, DWORD action) override;
    // of time
    void after(milliseconds delay, Action action) override;
    // of audio
    [[nodiscard]] std::vector<Mix> mixes(std::span<const CallHandle>);

    const SessionStart start_;
    const milliseconds delay_; // of completions
    Misbehaviour& misbehaviour_;
    SpoiltCallbacks callbacks_;
    Outbox outbox_;

    std::mutex lock_;
    std::condition_variable entered_;       // for a function that blocks
    std::atomic<std::uint64_t> entries_{0}; // counted from the first one that was to block
    Pbx pbx_;
    VirtualClock virtual_time_;
    provider::Devices line_devices_, phone_devices_;
    provider::OpenDevices<OpenLine> lines_;
    provider::OpenDevices<OpenPhone> phones_;
    std::map<std::uint64_t, Outstanding> outstanding_;
    std::uint64_t last_outstanding_ = 0;
    // The last ones: their threads use all the others.
    Audio audio_{[this](std::span<const CallHandle> calls) { return mixes(calls); }};
    std::unique_ptr<provider::Timers> timers_;
};

} // namespace offhook::sim
