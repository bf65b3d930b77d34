// SPDX-License-Identifier: Apache-2.0
//
// One provider session: the lines and calls between TSPI_providerInit and TSPI_providerShutdown.
#pragma once

#include "provider/module.h"
#include "provider/services.h"
#include "provider/timers.h"
#include "providers/sip/media/engine.h"
#include "providers/sip/tsp/call.h"

#include <functional>
#include <map>
#include <unordered_map>

namespace offhook::sip {

// Where the stack comes from: make_stack, or a test's own.
using StackFactory = std::function<std::unique_ptr<Stack>(const Accounts&, StackEvents&)>;

struct SessionStart {
    provider::Services services;
    Configuration configuration;
    ASYNC_COMPLETION completion = nullptr;
    DWORD permanent_provider_id = 0;
    DWORD first_device = 0; // device id of the first account's line
    provider::DeviceCreation creation;
    StackFactory make_stack;
};

// Each account is a line. What is called with the session locked (the stack, media streams, the service's
// callbacks) returns at once and does not call back.
class Session : public provider::LineSession<Call>, private StackEvents, private media::StreamEvents {
  public:
    // Throws std::runtime_error when it cannot start.
    explicit Session(const SessionStart& start);
    ~Session() override; // drops what is left

    // Takes a new configuration over as a whole, or not at all: LINEERR_OPERATIONUNAVAIL when it changes what
    // only a new session can, LINEERR_INUSE when an account that is to go or to change is in use,
    // LINEERR_RESOURCEUNAVAIL when an address cannot be bound.
    LONG reconfigure(const Configuration& wanted);
    LONG line_created(DWORD_PTR place, DWORD device);

    LONG make_call(Line& line, const provider::WantedCall& wanted, provider::Request request);
    LONG accept(Call& call, provider::Request request);
    LONG answer(Call& call, provider::Request request);
    LONG drop(Call& call, provider::Request request);
    [[nodiscard]] DWORD features(const Call& call) const; // LINECALLFEATURE_ that it has now
    LONG set_media_mode(Call& call, DWORD media_mode);
    LONG monitor_digits(Call& call, DWORD modes);
    LONG generate_digits(Call& call, DWORD end_to_end_id, DWORD mode, std::u16string_view digits,
                         DWORD milliseconds);
    LONG stop_digits(Call& call);

    // What provider/line_functions.inc asks
    LONG describe(LINEDEVCAPS* target, DWORD version, std::size_t place) const;
    LONG describe(LINEADDRESSCAPS* target, DWORD version, std::size_t place) const;
    LONG describe(LINEADDRESSSTATUS* target, const Line& line) const;
    LONG describe(LINEDEVSTATUS* target, const Line& line) const;
    LONG describe(LINECALLINFO* target, const Call& call) const;
    LONG describe(LINECALLSTATUS* target, const Call& call) const;
    [[nodiscard]] bool is_address_of(const Line& line, std::u16string_view address) const;
    [[nodiscard]] LONG check_media(const Line& line, DWORD media_modes) const;
    [[nodiscard]] LONG check_call(const Line& line, const LINECALLPARAMS* parameters) const;
    LONG device_id(const provider::Selection<Call>& selection, std::u16string_view device_class,
                   VARSTRING* id);

  private:
    // of the stack
    [[nodiscard]] int incoming(const Incoming&) override;
    void sent(LegId) override;
    void progress(LegId, int status, const Described&) override;
    void answered(LegId, const Described&) override;
    std::optional<std::string> offered(LegId, const Described&) override;
    void ended(LegId, const Ending&) override;
    void digit(LegId, char digit) override;
    void registration(std::size_t account, Registration, const std::string& reason) override;
    // of media
    void digit(std::uint64_t owner, media::DigitEvent event) override;
    void digits_played(std::uint64_t owner) override;
    // of the base
    void released(Call& call) override;

    enum class Service : std::uint8_t { in_service, out_of_service };
    static Service service_at_first(const Account& account);

    [[nodiscard]] CallPointer find(LegId leg) const;
    [[nodiscard]] const Account& account_of(const Line& line) const { return accounts_.at(line.place); }
    [[nodiscard]] DWORD active_calls(const Line& line) const { return use_of(line).active; }
    [[nodiscard]] bool has_calls(std::size_t account) const;

    void advance(Call& call, DWORD state, DWORD mode = 0);
    bool open_stream(Call& call);
    bool connect_media(Call& call, const Described& description);
    void finish(const CallPointer& call, const Ending& ending);
    void let_go_of_leg(Call& call);
    void end_generation(Call& call, DWORD reason);
    void give_up(std::uint64_t handle);
    void report(const Line& line, Service service);
    void report(const Line& line, DWORD line_states);
    void take_over(Accounts next);
    void announce(DWORD message, DWORD_PTR p1, DWORD_PTR p2);

    const provider::Services services_;
    const media::PortRange ports_;
    const DWORD permanent_provider_id_;
    const provider::DeviceCreation creation_;
    Accounts accounts_;
    std::map<std::size_t, Service> service_; // of each account
    std::unordered_map<LegId, CallPointer> legs_;
    media::Engine engine_;
    provider::Timers timers_;
    std::unique_ptr<Stack> stack_;
};

// The interface is made of C functions without a context: this is the one object behind them.
[[nodiscard]] provider::Module<Session>& module();

} // namespace offhook::sip
