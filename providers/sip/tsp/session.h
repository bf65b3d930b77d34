// SPDX-License-Identifier: Apache-2.0
//
// One provider session: the lines and calls between TSPI_providerInit and TSPI_providerShutdown.
#pragma once

#include "provider/handle_table.h"
#include "provider/services.h"
#include "provider/timers.h"
#include "providers/sip/media/engine.h"
#include "providers/sip/tsp/call.h"
#include "providers/sip/tsp/structures.h"

#include <functional>
#include <mutex>
#include <unordered_map>

namespace offhook::sip {

// Where the stack comes from: make_stack, or a test's own.
using StackFactory = std::function<std::unique_ptr<Stack>(std::span<const Account>, StackEvents&)>;

struct SessionStart {
    provider::Services services;
    Configuration configuration;
    ASYNC_COMPLETION completion = nullptr;
    DWORD permanent_provider_id = 0;
    DWORD first_device = 0; // device id of the first account's line
    StackFactory make_stack;
};

// Thread-safe: every function may be entered at once by any number of threads (R012). One lock protects all;
// what is called with it held (the stack, media streams, the service's callbacks) returns at once and does
// not call back.
class Session : private StackEvents, private media::StreamEvents {
  public:
    // Throws std::runtime_error when it cannot start.
    explicit Session(SessionStart start);
    ~Session(); // drops what is left

    LONG negotiate(DWORD device, DWORD low, DWORD high, DWORD* version) const;
    LONG device_caps(DWORD device, DWORD version, LINEDEVCAPS* caps) const;
    LONG address_caps(DWORD device, DWORD address, DWORD version, LINEADDRESSCAPS* caps) const;

    LONG open_line(DWORD device, HTAPILINE name, HDRVLINE* line, DWORD version, LINEEVENT procedure);
    LONG close_line(HDRVLINE line);
    LONG address_id(HDRVLINE line, DWORD* id, DWORD mode, std::u16string_view address) const;
    LONG address_status(HDRVLINE line, DWORD address, LINEADDRESSSTATUS* status) const;
    LONG number_of_addresses(HDRVLINE line, DWORD* number) const;
    LONG line_status(HDRVLINE line, LINEDEVSTATUS* status) const;
    LONG set_status_messages(HDRVLINE line, DWORD line_states, DWORD address_states);
    LONG set_media_detection(HDRVLINE line, DWORD media_modes);
    LONG check_media(HDRVLINE line, DWORD media_modes, const LINECALLPARAMS* parameters) const;

    LONG make_call(DRV_REQUESTID request, HDRVLINE line, HTAPICALL name, HDRVCALL* call,
                   std::u16string_view number, const LINECALLPARAMS* parameters);
    LONG accept(DRV_REQUESTID request, HDRVCALL call);
    LONG answer(DRV_REQUESTID request, HDRVCALL call);
    LONG drop(DRV_REQUESTID request, HDRVCALL call);
    LONG close_call(HDRVCALL call);
    LONG call_info(HDRVCALL call, LINECALLINFO* info) const;
    LONG call_status(HDRVCALL call, LINECALLSTATUS* status) const;
    LONG call_address(HDRVCALL call, DWORD* address) const;
    LONG set_app_specific(HDRVCALL call, DWORD value);
    LONG set_media_mode(HDRVCALL call, DWORD media_mode);
    LONG monitor_digits(HDRVCALL call, DWORD modes);
    LONG generate_digits(HDRVCALL call, DWORD end_to_end_id, DWORD mode, std::u16string_view digits,
                         DWORD milliseconds);
    LONG stop_digits(HDRVCALL call);

    LONG line_id(HDRVLINE line, DWORD address, HDRVCALL call, DWORD select, std::u16string_view device_class,
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

    using CallPointer = std::shared_ptr<Call>;
    using LinePointer = std::shared_ptr<Line>;

    [[nodiscard]] LinePointer find(HDRVLINE line) const;
    [[nodiscard]] CallPointer find(HDRVCALL call) const;
    [[nodiscard]] CallPointer find(LegId leg) const;
    [[nodiscard]] const Account& account_of(const Line& line) const {
        return configuration_.accounts[line.account];
    }
    [[nodiscard]] DWORD device_of(const Line& line) const {
        return first_device_ + static_cast<DWORD>(line.account);
    }
    [[nodiscard]] LineUse use_of(const Line& line) const;

    void emit(const Call& call, DWORD message, DWORD_PTR p1, DWORD_PTR p2 = 0, DWORD_PTR p3 = 0);
    void advance(Call& call, CallState state, DWORD mode = 0);
    bool open_stream(Call& call, const LinePointer& line);
    bool connect_media(Call& call, const Described& description);
    void finish(Call& call, const Ending& ending);
    void release(Call& call);
    void end_generation(Call& call, DWORD reason);
    void give_up(std::uint64_t handle);

    const provider::Services services_;
    const Configuration configuration_;
    const DWORD permanent_provider_id_;
    const DWORD first_device_;
    provider::Callbacks callbacks_;

    mutable std::mutex lock_;
    provider::HandleTable<Line> lines_;
    std::vector<LinePointer> open_lines_; // of each account; null: not open
    provider::HandleTable<Call> calls_;
    std::unordered_map<LegId, CallPointer> legs_;
    std::vector<LineUse::Service> service_; // of each account
    media::Engine engine_;
    provider::Timers timers_;
    std::unique_ptr<Stack> stack_;
};

} // namespace offhook::sip
