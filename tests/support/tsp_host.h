// SPDX-License-Identifier: Apache-2.0
//
// A host in the test's own process: loads a provider as the service would, drives TSPI and writes down all
// that comes up.
#pragma once

#include "offhook/audio.h"
#include "offhook_provider.h"
#include "tspi.h"
#include "wire/unique_fd.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace offhook::testing {

// One thing that the provider said: an event, or the completion of a request.
struct Said {
    HTAPILINE line = nullptr; // or the phone, as its number
    HTAPICALL call = nullptr;
    DWORD message = 0; // LINE_REPLY: a completion
    DWORD_PTR p1 = 0, p2 = 0, p3 = 0;
};

enum class NewCalls { take, refuse };

class TspHost {
  public:
    using Keys = std::map<std::string, std::string>;

    // One at a time: a loaded provider has one session.
    TspHost(const std::string& library, Keys configuration);
    ~TspHost(); // shuts down and unloads
    TspHost(const TspHost&) = delete;
    TspHost& operator=(const TspHost&) = delete;

    // The exported function of that name; the test fails if there is none.
    template <class Function> Function* function(const char* name) const {
        return reinterpret_cast<Function*>(symbol(name));
    }
#define TSP(host, name) ((host).function<decltype(TSPI_##name)>("TSPI_" #name))

    // EnumDevices and Init. Returns what Init returned.
    LONG start(DWORD version = 0x00020002, DWORD first_device = 0);
    void shut_down();

    HDRVLINE open(DWORD device, DWORD media = LINEMEDIAMODE_INTERACTIVEVOICE, DWORD version = 0x00020002);

    HDRVPHONE open_phone(DWORD device, DWORD version = 0x00020002);

    // OFFHOOK_providerCommand: its result, and the reply in `answer`.
    std::int32_t command(const std::string& line);
    std::string answer_text() const { return answer_; }
    // OFFHOOK_providerReconfigure: the configuration is the new one if the provider takes it over.
    std::int32_t reconfigure(Keys configuration);

    struct OutgoingCall {
        LONG result = 0;
        HTAPICALL name = nullptr;
        HDRVCALL call = nullptr;
    };
    OutgoingCall make_call(HDRVLINE line, const std::u16string& number,
                           const LINECALLPARAMS* parameters = nullptr);
    LONG answer(HDRVCALL call);
    LONG drop(HDRVCALL call);

    // A new end of the call's audio.
    wire::UniqueFd audio(HDRVCALL call, DWORD direction = OFFHOOK_AUDIO_HEAR | OFFHOOK_AUDIO_SPEAK);

    void on_new_call(NewCalls decision);
    DWORD lines() const { return lines_; }
    DRV_REQUESTID next_request() { return next_request_++; }
    HTAPICALL new_name();
    // The names of the calls that came in, by the order of their coming, with the provider's handles.
    std::vector<std::pair<HTAPICALL, HDRVCALL>> incoming() const;
    void forget_all(); // that was said so far
    // What a callback of the test's own passes on.
    static void hear(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                     DWORD_PTR p3) {
        line_event(line, call, message, p1, p2, p3);
    }

    // Waits for the first thing that fits, which has not been waited for before; nothing after the time is
    // out.
    using Fits = std::function<bool(const Said&)>;
    std::optional<Said> wait_for(const Fits& fits,
                                 std::chrono::milliseconds patience = std::chrono::seconds(10));
    // A state of a call (null: of any call), with what it says in p2.
    std::optional<Said> wait_for_state(HTAPICALL call, DWORD state,
                                       std::chrono::milliseconds patience = std::chrono::seconds(10));
    std::optional<LONG> wait_for_reply(LONG request,
                                       std::chrono::milliseconds patience = std::chrono::seconds(10));

    // A call that came in: the provider's handle, and the name it was given.
    struct IncomingCall {
        HTAPILINE line = nullptr;
        HTAPICALL name = nullptr;
        HDRVCALL call = nullptr;
    };
    std::optional<IncomingCall> wait_for_call(std::chrono::milliseconds patience = std::chrono::seconds(10));

    std::vector<Said> everything() const;
    std::vector<DWORD> states_of(HTAPICALL call) const;
    std::string story_of(HTAPICALL call) const; // its states with their modes, for people
    std::string logged() const;
    bool wait_for_log(const std::string& text, std::chrono::milliseconds patience = std::chrono::seconds(10));

  private:
    static std::int32_t config_get(void*, const char* key, char* value, std::uint32_t* size);
    static std::int32_t config_key(void*, std::uint32_t index, char* key, std::uint32_t* size);
    static void log(void*, std::int32_t severity, const char* line);
    static std::int32_t audio_stream(void*, OFFHOOK_AUDIO_STREAM* stream);
    static void line_event(HTAPILINE, HTAPICALL, DWORD, DWORD_PTR, DWORD_PTR, DWORD_PTR);
    static void phone_event(HTAPIPHONE, DWORD, DWORD_PTR, DWORD_PTR, DWORD_PTR);
    static void completion(DRV_REQUESTID, LONG);

    void* symbol(const char* name) const;
    void say(Said said);

    Keys configuration_;
    OFFHOOK_PROVIDER_SERVICES services_{};
    void* library_ = nullptr;
    DWORD lines_ = 0;
    bool running_ = false;

    mutable std::mutex lock_;
    std::condition_variable arrived_;
    std::deque<Said> said_;
    std::vector<bool> waited_for_;
    std::map<HTAPICALL, IncomingCall> incoming_;
    NewCalls new_calls_ = NewCalls::take;
    std::uintptr_t next_name_ = 0x1000;
    DRV_REQUESTID next_request_ = 1;
    std::string log_, answer_;
    OFFHOOK_AUDIO_STREAM offered_audio_{-1, 0};

    static TspHost* current_; // the callbacks of the interface have no context
};

} // namespace offhook::testing
