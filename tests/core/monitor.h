// SPDX-License-Identifier: Apache-2.0
//
// Watches what enters and leaves the core and names the rule that a trace breaks. It keeps books of its own
// and looks at nothing inside the core.
#pragma once

#include "tests/core/frames.h"

#include <array>
#include <map>
#include <set>

namespace offhook::test {

class Monitor final : public Observer {
  public:
    // What it checks; mutants_test proves each.
    static constexpr std::array rules{2u,  4u,   5u,   7u,   9u,   15u,  41u,  44u,  45u,
                                      46u, 48u,  56u,  61u,  62u,  66u,  67u,  71u,  75u,
                                      86u, 122u, 127u, 128u, 129u, 130u, 132u, 210u, 242u};

    // The rules that were broken, "R066: …", in order.
    const std::vector<std::string>& broken() const { return broken_; }
    bool broke(std::uint32_t rule) const;

    // When everything has come to an end: what is still owed.
    void check_nothing_is_owed();
    // When everything is quiet: what applications still wait for.
    void check_everything_is_answered();

    void host_started(std::uint32_t provider, std::uint32_t session) override;
    void host_ended(std::uint32_t session) override;
    void to_host(std::uint32_t session, const wire::Frame&) override;
    void from_host(std::uint32_t session, const wire::Frame&) override;
    void to_application(std::uint32_t application, const wire::Frame&) override;
    void from_application(std::uint32_t application, const wire::Frame&) override;
    void to_channel(std::uint32_t channel, const wire::Frame&) override;
    void channel_closed(std::uint32_t channel) override;
    void channel_lost(std::uint32_t channel) override;
    void application_lost(std::uint32_t application) override;

  private:
    // Towards a provider
    enum class Stage : std::uint8_t { started, negotiated, enumerated, initialised, shut_down };
    struct DriverCall {
        std::uint64_t line = 0;
        std::uint32_t creator = 0; // the request that creates it; 0: it is complete
    };
    struct ProviderCall {
        abi::Tspi function{};
        std::uint32_t request = 0;
        std::uint64_t line = 0, call = 0;
        std::uint64_t service_call = 0;
    };
    struct Session {
        std::uint32_t provider = 0;
        Stage stage = Stage::started;
        bool init_returned = false;
        std::map<std::uint32_t, ProviderCall> outstanding;           // by correlation
        std::set<std::uint64_t> lines;                               // HDRVLINE, HDRVPHONE
        std::map<std::uint64_t, DriverCall> calls;                   // HDRVCALL
        std::set<std::uint32_t> requests;                            // outstanding ids
        std::map<std::uint32_t, std::vector<std::uint64_t>> created; // request -> HDRVCALL, until completed
        std::map<std::uint32_t, std::int32_t> completed_before_return;
        std::uint32_t opening_devices = 0;
    };
    void call_enters_provider(Session&, const wire::Frame&);
    void creation_completed(Session&, std::uint32_t request, std::int32_t result);

    // Towards applications
    struct Handle {
        std::uint32_t channel = 0;
        std::uint32_t line = 0;
        bool announced = false; // its first LINE_CALLSTATE was seen
        bool requested = false; // it came as an output
        bool idle = false;
    };
    struct PendingCall {
        abi::Tapi function{};
        std::uint32_t channel = 0;
        std::uint32_t app = 0, line = 0, call = 0; // the handles it was given
        std::uint64_t instance = 0;
        std::uint32_t version = 0;
    };
    struct Outstanding {
        std::uint32_t channel = 0;
        std::uint32_t line = 0; // for the calls that it creates
        abi::Tapi function{};
    };
    struct Application {
        std::map<std::uint32_t, PendingCall> calls;    // by correlation
        std::map<std::uint32_t, Outstanding> requests; // by id
        std::uint64_t results = 0;
        std::map<std::uint32_t, std::uint32_t> line_apps; // HLINEAPP, HPHONEAPP -> channel
    };
    void free_line(std::uint32_t line);
    void event_of_call(std::uint32_t channel, std::uint32_t message, const wire::EventToApplication&);

    void fail(std::uint32_t rule, std::string what);

    std::map<std::uint32_t, Session> sessions_;
    std::map<std::uint32_t, std::uint32_t> running_; // provider -> session
    std::map<std::uint32_t, Application> applications_;
    std::map<std::uint32_t, std::uint32_t> application_of_channel_;
    std::set<std::uint32_t> dead_channels_, lost_applications_;
    struct Line {
        std::uint32_t channel = 0;
        std::uint64_t instance = 0; // every lineOpen of a simulated application has its own
        std::uint32_t version = 0;
    };
    std::map<std::uint32_t, Line> lines_;                 // HLINE, HPHONE
    std::map<std::uint32_t, Handle> handles_;             // HCALL
    std::map<std::uint32_t, std::uint32_t> app_new_call_; // channel -> HCALL just announced
    std::vector<std::string> broken_;
};

} // namespace offhook::test
