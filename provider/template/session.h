// SPDX-License-Identifier: Apache-2.0
//
// One session: the lines and calls between TSPI_providerInit and TSPI_providerShutdown.
#pragma once

#include "configuration.h"

#include "provider/handle_table.h"
#include "provider/service_call.h"
#include "provider/timers.h"

#include <memory>
#include <mutex>
#include <string>

namespace acme_provider {

// What applications can ask of a call; in which state is a matter of TAPI (provider/call_states.h).
inline constexpr DWORD features = LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP;
// The states that calls here have.
inline constexpr DWORD states = LINECALLSTATE_OFFERING | LINECALLSTATE_DIALING | LINECALLSTATE_PROCEEDING |
                                LINECALLSTATE_RINGBACK | LINECALLSTATE_BUSY | LINECALLSTATE_CONNECTED |
                                LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE;
inline constexpr DWORD media = LINEMEDIAMODE_INTERACTIVEVOICE;
inline constexpr DWORD rate = 64'000;  // bits a second
inline constexpr DWORD most_calls = 4; // of a line at a time

struct OpenLine {
    std::uint64_t handle = 0; // HDRVLINE
    std::size_t place = 0;    // in the configuration
    offhook::provider::CallLine calls;
    DWORD wanted_media = 0; // what applications wait for (R088)
};

struct Call {
    Call(offhook::provider::ServiceCall to_service, std::shared_ptr<OpenLine> of_line)
        : service(std::move(to_service)),
          line(std::move(of_line)) {}

    offhook::provider::ServiceCall service; // its state, and all that is said of it
    std::shared_ptr<OpenLine> line;
    std::uint64_t handle = 0;  // HDRVCALL
    std::weak_ptr<Call> other; // the other end, when it is a line of ours
    DWORD origin = LINECALLORIGIN_OUTBOUND;
    std::string caller, called;
    DWORD app_specific = 0, flags = 0;
};

struct LineUse {
    DWORD active = 0, held = 0;
    DWORD making = 0; // these count for nobody yet (R063), but they are going to
    [[nodiscard]] bool full() const { return active + held + making >= most_calls; }
};

struct SessionStart {
    Configuration configuration;
    ASYNC_COMPLETION completion = nullptr;
    DWORD provider = 0;   // the permanent identifier of this installation
    DWORD first_line = 0; // the identifiers of our lines begin here (R098)
};

// Any number of threads may be in it at once (R012): one lock protects all. It is held while something is
// said to the service, which does not call back from there (R054).
class Session {
  public:
    explicit Session(SessionStart start);
    ~Session();

    // ---- Devices, open or not

    [[nodiscard]] bool has(DWORD device) const;
    LONG device_caps(DWORD device, DWORD version, LINEDEVCAPS* caps) const;
    LONG address_caps(DWORD device, DWORD address, DWORD version, LINEADDRESSCAPS* caps) const;

    // ---- Open lines

    LONG open_line(DWORD device, HTAPILINE name, HDRVLINE* line, DWORD version, LINEEVENT procedure);
    LONG close_line(HDRVLINE line);
    LONG number_of_addresses(HDRVLINE line, DWORD* number) const;
    LONG address_id(HDRVLINE line, DWORD* id, DWORD mode, std::u16string_view address) const;
    LONG address_status(HDRVLINE line, DWORD address, LINEADDRESSSTATUS* status) const;
    LONG line_status(HDRVLINE line, LINEDEVSTATUS* status) const;
    LONG set_status_messages(HDRVLINE line, DWORD line_states, DWORD address_states) const;
    LONG set_media_detection(HDRVLINE line, DWORD media_modes);
    LONG check_media(HDRVLINE line, DWORD media_modes, const LINECALLPARAMS* parameters) const;
    LONG device_id(HDRVLINE line, DWORD address, HDRVCALL call, DWORD select,
                   std::u16string_view device_class, VARSTRING* id) const;

    // ---- Calls

    LONG make_call(DRV_REQUESTID request, HDRVLINE line, HTAPICALL name, HDRVCALL* call,
                   std::u16string_view address, const LINECALLPARAMS* parameters);
    LONG answer(DRV_REQUESTID request, HDRVCALL call);
    LONG drop(DRV_REQUESTID request, HDRVCALL call);
    LONG close_call(HDRVCALL call);
    LONG address_of(HDRVCALL call, DWORD* address) const;
    LONG call_info(HDRVCALL call, LINECALLINFO* info) const;
    LONG call_status(HDRVCALL call, LINECALLSTATUS* status) const;
    LONG set_app_specific(HDRVCALL call, DWORD value);

  private:
    using LinePointer = std::shared_ptr<OpenLine>;
    using CallPointer = std::shared_ptr<Call>;
    using Step = void (Session::*)(const CallPointer&);

    [[nodiscard]] LinePointer find(HDRVLINE line) const;
    [[nodiscard]] CallPointer find(HDRVCALL call) const;
    [[nodiscard]] LineUse use_of(const OpenLine& line) const;
    [[nodiscard]] DWORD device_of(const OpenLine& line) const;

    // Asynchronous and done at once: refused unless the call's state allows it.
    template <class Work> LONG on_call(DRV_REQUESTID request, HDRVCALL call, DWORD feature, const Work& work);
    void later(std::chrono::milliseconds delay, const CallPointer& call, Step step);

    void dialed(const CallPointer& call);
    void answered(const CallPointer& call);
    [[nodiscard]] CallPointer offer(const Call& caller, const LinePointer& line);
    void ring(const CallPointer& caller, std::size_t place);
    void release(Call& call);

    const SessionStart start_;
    offhook::provider::Callbacks callbacks_;
    mutable std::mutex lock_;
    offhook::provider::HandleTable<OpenLine> lines_;
    std::vector<LinePointer> open_; // of each line of the configuration; null: not open
    offhook::provider::HandleTable<Call> calls_;
    offhook::provider::Timers timers_;
};

} // namespace acme_provider
