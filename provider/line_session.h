// SPDX-License-Identifier: Apache-2.0
//
// What a session of lines is made of, each line with one address: which devices are whose, which of them are
// open, and the calls on them. line_functions.inc answers TSPI's questions from it.
#pragma once

#include "provider/devices.h"
#include "provider/open_devices.h"
#include "provider/service_call.h"
#include "provider/version.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>

namespace offhook::provider {

struct OpenLine : std::enable_shared_from_this<OpenLine> {
    std::uint64_t handle = 0; // HDRVLINE
    std::size_t place = 0;
    CallLine service; // where what is said about it goes; the version is in force until it is closed (R020)
    DWORD wanted_media = 0;                    // what applications wait for (R088)
    DWORD line_states = 0, address_states = 0; // what they want to be told of (R236)
};

struct LineCall {
    LineCall(ServiceCall to_service, std::shared_ptr<OpenLine> of_line)
        : service(std::move(to_service)),
          line(std::move(of_line)) {}

    ServiceCall service; // its state, and all that is said of it
    std::shared_ptr<OpenLine> line;
    std::uint64_t handle = 0; // HDRVCALL
    DWORD app_specific = 0;
};

// The calls of a line that are not over.
struct LineUse {
    DWORD active = 0, held = 0;
    DWORD held_pending = 0; // for a transfer or a conference
    DWORD making = 0;       // these count for nobody yet (R063), but they are going to
    [[nodiscard]] DWORD all() const { return active + held + held_pending + making; }
};

// What TSPI_lineMakeCall was given.
struct WantedCall {
    HTAPICALL name = nullptr;
    HDRVCALL* handle = nullptr;
    LPCWSTR address = nullptr;                  // null: none
    const LINECALLPARAMS* parameters = nullptr; // null: the defaults (R225)
};

// What a question is about (LINECALLSELECT_).
template <class Call> struct Selection {
    LONG error = 0;
    std::shared_ptr<OpenLine> line;
    std::shared_ptr<Call> call; // null: the line, or its address, as such
};

inline constexpr DWORD defined_line_states = 0x01FFFFFF, defined_address_states = 0x000001FF;

// Any number of threads may be in it at once (R012): one lock protects all. It is held while something is
// said to the service, which does not call back from there (R054). `CallType` is a LineCall.
template <class CallType> class LineSession {
  public:
    virtual ~LineSession() = default;
    using Call = CallType;
    using CallPointer = std::shared_ptr<Call>;
    using Line = OpenLine;
    using LinePointer = std::shared_ptr<Line>;

    LineSession(const LineSession&) = delete;
    LineSession& operator=(const LineSession&) = delete;

    // Runs something with the session locked: module.h does it for every function of the interface, and what
    // follows here expects it.
    template <class Body> auto turn(const Body& body) {
        const std::lock_guard guard(lock_);
        return body();
    }

    // Others see by this that something of LINECALLINFO has changed (R135).
    void changed(Call& call, DWORD what) { call.service.report(LINE_CALLINFO, what); }

    [[nodiscard]] Callbacks& callbacks() { return callbacks_; }
    [[nodiscard]] Devices& devices() { return devices_; }

    [[nodiscard]] LinePointer line(HDRVLINE handle) const { return lines_.find(handle_value(handle)); }
    // A call that is being made is nobody's yet (R062).
    [[nodiscard]] CallPointer call(HDRVCALL handle) const {
        auto found = calls_.find(handle_value(handle));
        return found && found->service.known() ? found : nullptr;
    }
    [[nodiscard]] Selection<Call> select(HDRVLINE line_handle, DWORD address, HDRVCALL call_handle,
                                         DWORD which) const {
        if (which == LINECALLSELECT_CALL) {
            const CallPointer found = call(call_handle);
            return found ? Selection<Call>{0, found->line, found}
                         : Selection<Call>{LINEERR_INVALCALLHANDLE, nullptr, nullptr};
        }
        if (which != LINECALLSELECT_LINE && which != LINECALLSELECT_ADDRESS)
            return {LINEERR_INVALCALLSELECT, nullptr, nullptr};
        if (which == LINECALLSELECT_ADDRESS && address != 0)
            return {LINEERR_INVALADDRESSID, nullptr, nullptr};
        const LinePointer found = line(line_handle);
        return {found ? 0 : LINEERR_INVALLINEHANDLE, found, nullptr};
    }

    LONG open(DWORD device, HTAPILINE name, HDRVLINE* handle, DWORD version, LINEEVENT procedure) {
        const auto place = devices_.place_of(device);
        if (!place) return LINEERR_BADDEVICEID;
        if (handle == nullptr || procedure == nullptr) return LINEERR_INVALPOINTER;
        if (!is_known_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
        if (lines_.at(*place)) return LINEERR_ALLOCATED;
        const auto opened = std::make_shared<Line>();
        opened->place = *place;
        opened->service = {&callbacks_, {procedure, name}, version};
        lines_.add(opened);
        *handle = to_handle<HDRVLINE>(opened->handle);
        return 0;
    }
    LONG close(HDRVLINE handle) {
        const LinePointer found = line(handle);
        if (!found) return LINEERR_INVALLINEHANDLE;
        close(*found);
        return 0;
    }
    LONG close(HDRVCALL handle) {
        const CallPointer found = calls_.find(handle_value(handle)); // also one that is still being made
        if (!found) return LINEERR_INVALCALLHANDLE;
        release(found);
        return 0;
    }

  protected:
    // A call from its handle on, while it may yet fail to come about: it is released again unless it is kept.
    class Beginning {
      public:
        Beginning(LineSession& session, CallPointer call) : session_(&session), call_(std::move(call)) {
            call_->handle = session.calls_.add(call_);
        }
        Beginning(const Beginning&) = delete;
        Beginning& operator=(const Beginning&) = delete;
        ~Beginning() {
            if (session_ != nullptr) session_->release(call_);
        }
        void keep() { session_ = nullptr; }

      private:
        LineSession* session_;
        CallPointer call_;
    };

    LineSession(ASYNC_COMPLETION completion, Devices devices)
        : callbacks_(completion),
          devices_(std::move(devices)) {}

    // Nothing is said of the call any more, and what is outstanding has completed. What else there is of it
    // ends here.
    virtual void released(Call& call) = 0;

    void close(const Line& line) {
        const LinePointer closing = lines_.find(line.handle);
        lines_.remove(line);
        for (const CallPointer& call : calls_.all())
            if (call->line == closing) release(call); // which completes what is outstanding (R083)
    }
    void release(const CallPointer& call) { // R065, R078
        calls_.remove(call->handle);
        call->service.close();
        released(*call);
    }

    [[nodiscard]] DWORD device_of(const Line& line) const {
        return devices_.device_of(line.place).value_or(0);
    }

    [[nodiscard]] LineUse use_of(const Line& line) const {
        constexpr DWORD pending = LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_ONHOLDPENDCONF;
        LineUse use;
        for (const CallPointer& call : calls_.all()) {
            if (call->line.get() != &line || call->service.over()) continue;
            if (call->service.making()) ++use.making;
            else if (!call->service.known()) continue;
            else if (call->service.state() == LINECALLSTATE_ONHOLD) ++use.held;
            else if ((call->service.state() & pending) != 0) ++use.held_pending;
            else ++use.active;
        }
        return use;
    }

    Callbacks callbacks_;
    mutable std::mutex lock_;
    Devices devices_;
    OpenDevices<Line> lines_;
    HandleTable<Call> calls_;
};

} // namespace offhook::provider
