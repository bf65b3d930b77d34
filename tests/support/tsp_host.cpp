// SPDX-License-Identifier: Apache-2.0

#include "tests/support/tsp_host.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <dlfcn.h>
#include <sys/socket.h>

#include <array>
#include <bit>
#include <cstring>
#include <iterator>
#include <sstream>

namespace offhook::testing {

TspHost* TspHost::current_ = nullptr;

namespace {

std::int32_t give(const std::string& text, char* out, std::uint32_t* size) {
    const auto needed = static_cast<std::uint32_t>(text.size() + 1);
    const std::uint32_t room = std::exchange(*size, needed);
    if (room < needed) return LINEERR_STRUCTURETOOSMALL;
    std::memcpy(out, text.c_str(), needed);
    return 0;
}

} // namespace

TspHost::TspHost(const std::string& library, Keys configuration) : configuration_(std::move(configuration)) {
    current_ = this;
    library_ = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library_ == nullptr) throw std::runtime_error(::dlerror());
    services_ = {sizeof services_, OFFHOOK_PROVIDER_INTERFACE, this, config_get, config_key, nullptr, log,
                 audio_stream};
    EXPECT_EQ(function<decltype(OFFHOOK_providerAttach)>("OFFHOOK_providerAttach")(&services_), 0);
}

TspHost::~TspHost() {
    shut_down();
    // Not unloaded: a session's process ends with it, and a sanitizer wants its symbols.
    current_ = nullptr;
}

void* TspHost::symbol(const char* name) const {
    void* found = ::dlsym(library_, name);
    if (found == nullptr) throw std::runtime_error(std::string("the provider does not export ") + name);
    return found;
}

LONG TspHost::start(DWORD version, DWORD first_device) {
    DWORD phones = 0, options = 0;
    if (const LONG error =
            TSP(*this, providerEnumDevices)(1, &lines_, &phones, nullptr, line_event, phone_event))
        return error;
    const LONG result = TSP(*this, providerInit)(version, 1, first_device, first_device, lines_, phones,
                                                 completion, &options);
    running_ = result == 0;
    return result;
}

void TspHost::shut_down() {
    if (!std::exchange(running_, false)) return;
    EXPECT_EQ(TSP(*this, providerShutdown)(0x00020002, 1), 0);
}

HDRVLINE TspHost::open(DWORD device, DWORD media, DWORD version) {
    HDRVLINE line = nullptr;
    EXPECT_EQ(TSP(*this, lineOpen)(device, std::bit_cast<HTAPILINE>(std::uintptr_t{0x100 + device}), &line,
                                   version, line_event),
              0);
    EXPECT_NE(line, nullptr); // R060
    EXPECT_EQ(TSP(*this, lineSetDefaultMediaDetection)(line, media), 0);
    return line;
}

HDRVPHONE TspHost::open_phone(DWORD device, DWORD version) {
    HDRVPHONE phone = nullptr;
    EXPECT_EQ(TSP(*this, phoneOpen)(device, std::bit_cast<HTAPIPHONE>(std::uintptr_t{0x200 + device}), &phone,
                                    version, phone_event),
              0);
    EXPECT_NE(phone, nullptr); // R060
    return phone;
}

std::int32_t TspHost::command(const std::string& line) {
    std::string reply(std::size_t{1} << 20U, '\0');
    auto size = static_cast<std::uint32_t>(reply.size());
    const auto result = function<decltype(OFFHOOK_providerCommand)>("OFFHOOK_providerCommand")(
        line.c_str(), reply.data(), &size);
    answer_ = reply.c_str();
    return result;
}

std::int32_t TspHost::reconfigure(Keys configuration) {
    std::swap(configuration_, configuration);
    const auto result =
        function<decltype(OFFHOOK_providerReconfigure)>("OFFHOOK_providerReconfigure")(&services_);
    if (result != 0) std::swap(configuration_, configuration);
    return result;
}

std::vector<std::pair<HTAPICALL, HDRVCALL>> TspHost::incoming() const {
    const std::lock_guard guard(lock_);
    std::vector<std::pair<HTAPICALL, HDRVCALL>> calls;
    for (const auto& [name, call] : incoming_) calls.emplace_back(name, call.call);
    return calls;
}

void TspHost::forget_all() {
    const std::lock_guard guard(lock_);
    said_.clear();
    waited_for_.clear();
}

HTAPICALL TspHost::new_name() {
    const std::lock_guard guard(lock_);
    return std::bit_cast<HTAPICALL>(next_name_++);
}

TspHost::OutgoingCall TspHost::make_call(HDRVLINE line, const std::u16string& number,
                                         const LINECALLPARAMS* parameters) {
    OutgoingCall made;
    made.name = new_name();
    made.result = TSP(*this, lineMakeCall)(next_request_++, line, made.name, &made.call, number.c_str(), 0,
                                           const_cast<LINECALLPARAMS*>(parameters));
    return made;
}

LONG TspHost::answer(HDRVCALL call) { return TSP(*this, lineAnswer)(next_request_++, call, nullptr, 0); }

LONG TspHost::drop(HDRVCALL call) { return TSP(*this, lineDrop)(next_request_++, call, nullptr, 0); }

wire::UniqueFd TspHost::audio(HDRVCALL call, DWORD direction) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    wire::UniqueFd ours(ends[0]), theirs(ends[1]);
    offered_audio_ = {ends[1], direction};
    alignas(8) std::array<std::byte, 256> memory{};
    auto* id = reinterpret_cast<VARSTRING*>(memory.data());
    id->dwTotalSize = memory.size();
    EXPECT_EQ(
        TSP(*this, lineGetID)(nullptr, 0, call, LINECALLSELECT_CALL, id, OFFHOOK_AUDIO_CLASS_W, nullptr), 0);
    if (offered_audio_.descriptor < 0) static_cast<void>(theirs.release()); // it was taken
    OFFHOOK_AUDIO_DEVICE device{};
    EXPECT_EQ(id->dwStringFormat, static_cast<DWORD>(STRINGFORMAT_BINARY));
    EXPECT_EQ(id->dwStringSize, sizeof device);
    std::memcpy(&device, memory.data() + id->dwStringOffset, sizeof device);
    EXPECT_EQ(device.dwSampleRate, 8000U);
    EXPECT_EQ(device.dwDirection, direction);
    return ours;
}

void TspHost::on_new_call(NewCalls decision) {
    const std::lock_guard guard(lock_);
    new_calls_ = decision;
}

std::optional<Said> TspHost::wait_for(const Fits& fits, std::chrono::milliseconds patience) {
    std::unique_lock guard(lock_);
    std::optional<Said> found;
    arrived_.wait_for(guard, patience, [&] {
        for (std::size_t i = 0; i < said_.size(); ++i) {
            if (waited_for_[i] || !fits(said_[i])) continue;
            waited_for_[i] = true;
            found = said_[i];
            return true;
        }
        return false;
    });
    return found;
}

std::optional<Said> TspHost::wait_for_state(HTAPICALL call, DWORD state, std::chrono::milliseconds patience) {
    return wait_for(
        [=](const Said& said) {
            return said.message == LINE_CALLSTATE && said.p1 == state &&
                   (call == nullptr || said.call == call);
        },
        patience);
}

std::optional<LONG> TspHost::wait_for_reply(LONG request, std::chrono::milliseconds patience) {
    const auto said =
        wait_for([=](const Said& s) { return s.message == LINE_REPLY && static_cast<LONG>(s.p1) == request; },
                 patience);
    return said ? std::optional(static_cast<LONG>(said->p2)) : std::nullopt;
}

std::optional<TspHost::IncomingCall> TspHost::wait_for_call(std::chrono::milliseconds patience) {
    const auto offering = wait_for_state(nullptr, LINECALLSTATE_OFFERING, patience);
    if (!offering) return std::nullopt;
    const std::lock_guard guard(lock_);
    return incoming_.at(offering->call);
}

std::vector<Said> TspHost::everything() const {
    const std::lock_guard guard(lock_);
    return {said_.begin(), said_.end()};
}

std::vector<DWORD> TspHost::states_of(HTAPICALL call) const {
    std::vector<DWORD> states;
    for (const Said& said : everything())
        if (said.message == LINE_CALLSTATE && said.call == call)
            states.push_back(static_cast<DWORD>(said.p1));
    return states;
}

std::string TspHost::story_of(HTAPICALL call) const {
    std::ostringstream story;
    for (const Said& said : everything())
        if (said.message == LINE_CALLSTATE && said.call == call)
            story << std::hex << said.p1 << ":" << said.p2 << " ";
    return story.str();
}

std::string TspHost::logged() const {
    const std::lock_guard guard(lock_);
    return log_;
}

bool TspHost::wait_for_log(const std::string& text, std::chrono::milliseconds patience) {
    std::unique_lock guard(lock_);
    return arrived_.wait_for(guard, patience, [&] { return log_.find(text) != std::string::npos; });
}

void TspHost::say(Said said) {
    const std::lock_guard guard(lock_);
    said_.push_back(said);
    waited_for_.push_back(false);
    arrived_.notify_all();
}

void TspHost::line_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                         DWORD_PTR p3) {
    TspHost& host = *current_;
    if (message == LINE_NEWCALL) {
        auto* name = std::bit_cast<HTAPICALL*>(p2);
        const std::lock_guard guard(host.lock_);
        *name = host.new_calls_ == NewCalls::take ? std::bit_cast<HTAPICALL>(host.next_name_++) : nullptr;
        if (*name != nullptr) host.incoming_[*name] = {line, *name, std::bit_cast<HDRVCALL>(p1)};
        call = *name;
    }
    host.say({line, call, message, p1, p2, p3});
}

void TspHost::phone_event(HTAPIPHONE phone, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
    current_->say({std::bit_cast<HTAPILINE>(phone), nullptr, message, p1, p2, p3});
}

void TspHost::completion(DRV_REQUESTID request, LONG result) {
    current_->say({nullptr, nullptr, LINE_REPLY, request, static_cast<DWORD_PTR>(result), 0});
}

std::int32_t TspHost::config_get(void* self, const char* key, char* value, std::uint32_t* size) {
    const auto& keys = static_cast<TspHost*>(self)->configuration_;
    const auto found = keys.find(key);
    return found == keys.end() ? static_cast<std::int32_t>(LINEERR_NODEVICE)
                               : give(found->second, value, size);
}

std::int32_t TspHost::config_key(void* self, std::uint32_t index, char* key, std::uint32_t* size) {
    const auto& keys = static_cast<TspHost*>(self)->configuration_;
    return index >= keys.size() ? static_cast<std::int32_t>(LINEERR_NODEVICE)
                                : give(std::next(keys.begin(), index)->first, key, size);
}

void TspHost::log(void* self, std::int32_t, const char* line) {
    auto& host = *static_cast<TspHost*>(self);
    const std::lock_guard guard(host.lock_);
    host.log_ += std::string(line) + "\n";
    host.arrived_.notify_all();
}

std::int32_t TspHost::audio_stream(void* self, OFFHOOK_AUDIO_STREAM* stream) {
    auto& offered = static_cast<TspHost*>(self)->offered_audio_;
    if (offered.descriptor < 0) return LINEERR_RESOURCEUNAVAIL;
    *stream = std::exchange(offered, {-1, 0});
    return 0;
}

} // namespace offhook::testing
