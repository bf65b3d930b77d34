// SPDX-License-Identifier: Apache-2.0
//
// A provider that keeps the rules of TSPI, with all the freedom they leave: it refuses, completes early or
// late, succeeds or fails, announces calls and changes their states as the Choices say. And, for mutants, one
// that breaks a rule.
#pragma once

#include "tests/core/frames.h"

#include <map>
#include <set>

namespace offhook::test {

// What a mutant does wrong.
enum class Defect : std::uint8_t {
    none,
    null_line_handle,     // R060
    null_call_handle,     // R060
    foreign_request_id,   // R043
    completes_twice,      // R046
    state_after_idle,     // R210
    two_states,           // R211
    forgets_on_close,     // R078, R083
    version_out_of_range, // R017
    extension_unselected, // R024
    fills_for_service,    // R133
};

// When requests are completed. immediate: in the call itself, and calls connect at once. when_told: by a
// test.
enum class Completion : std::uint8_t { by_chance, immediate, when_told };

struct ProviderBehaviour {
    std::uint32_t lines = 2;
    std::uint32_t phones = 1;
    std::uint32_t addresses = 1;
    std::size_t failures_once_in = 0; // 0: it never refuses
    Defect defect = Defect::none;
    Completion completion = Completion::by_chance;
    std::u16string dialog_library{}; // that shows its dialogs; empty: it has none
};

class ProviderModel final : public HostModel {
  public:
    ProviderModel(World& world, std::uint32_t session, ProviderBehaviour behaviour)
        : world_(world),
          session_(session),
          behaviour_(behaviour) {}

    std::vector<std::byte> exported() const override;
    void received(const wire::Frame&) override;
    bool busy() const override {
        return behaviour_.completion == Completion::by_chance && !unfinished_.empty();
    }
    void act() override;

    // By itself, when it can: a call arrives, a call changes its state, a line closes.
    void spontaneous();
    // Announces a call on the first open line; nothing when there is none, or no credit. Returns its driver
    // handle.
    std::uint64_t announce_call(std::uint32_t state, std::uint32_t media_modes);
    // The same of what is no line.
    void announce_call_of(std::uint64_t device);
    void change_state(std::uint64_t driver_call, std::uint32_t state, std::uint64_t mode = 0);
    void event(std::uint32_t message, std::uint64_t line, std::uint64_t call, std::uint64_t p1 = 0,
               std::uint64_t p2 = 0, std::uint64_t p3 = 0);
    // Starts a dialog for a request, with a block; its handle, or 0 without a granted one.
    std::uint32_t start_dialog(std::uint32_t request, std::uint64_t driver, std::u16string_view library);
    void send_dialog_data(std::uint32_t dialog, std::optional<std::string_view> block);
    void complete(std::uint32_t request, std::int32_t result);
    std::vector<std::uint32_t> unfinished() const { return unfinished_; }
    std::vector<std::uint64_t> driver_calls() const;
    std::uint64_t any_line() const { return lines_.empty() ? 0 : lines_.begin()->second.service; }
    std::uint64_t any_driver_line() const { return lines_.empty() ? 0 : lines_.begin()->first; }
    std::uint64_t any_phone() const { return phones_.empty() ? 0 : phones_.begin()->second.service; }
    // The versions of extensions that were selected, one after the other; 0: cancelled.
    const std::vector<std::uint32_t>& selected_extensions() const { return selected_; }
    // What the last call of a function was given.
    const wire::Values& last_inputs() const { return last_inputs_; }
    void digits_gathered(std::uint64_t driver_call, std::uint32_t end_to_end, std::u16string_view digits);
    std::uint64_t service_call(std::uint64_t driver_call) const { return calls_.at(driver_call).service; }

    // The calls, by its own handles, that the last function on calls was given.
    const std::vector<std::uint64_t>& last_calls() const { return last_calls_; }
    // Every call it received, by name.
    const std::vector<abi::Tspi>& received_calls() const { return received_; }

    // Answers this function with an error from now on.
    void refuse(abi::Tspi function,
                std::uint32_t error = static_cast<std::uint32_t>(LINEERR_OPERATIONUNAVAIL)) {
        refused_[function] = error;
    }
    // The next of its calls alone.
    void refuse_once(abi::Tspi function, std::uint32_t error) { refused_once_[function] = error; }
    // What it says of every call that is asked for its status.
    void fill_call_features(std::uint32_t features) { call_features_ = features; }
    // What it answers when it is asked for the numbers of a line's phones, or of a phone's lines.
    void name_devices(std::vector<std::uint32_t> numbers) { named_ = std::move(numbers); }
    // The number of the line that it says a call is of.
    void say_call_is_of(std::uint32_t line) { line_of_calls_ = line; }
    void complete_when_told() { behaviour_.completion = Completion::when_told; }
    // Calls wait for release() instead of being answered, as in a provider that hangs.
    void hang() { hanging_ = true; }
    void release();

  private:
    struct Device {
        std::uint64_t service = 0;     // HTAPILINE, HTAPIPHONE
        std::uint32_t id = 0;          // dwDeviceID
        std::uint32_t version = 0;     // of the interface
        std::uint32_t extension = 0;   // the version that is selected; 0: none
        std::uint32_t media_modes = 0; // whose calls are to be announced
        bool lost = false;             // LINE_CLOSE or PHONE_CLOSE was its last word
    };
    struct CallRecord {
        std::uint64_t service = 0;    // HTAPICALL
        std::uint64_t line = 0;       // HDRVLINE
        std::uint32_t state = 0;      // 0: its creation is not complete
        std::uint64_t original = 0;   // HDRVCALL, of a consultation call: the call that waits for it
        std::uint64_t conference = 0; // HDRVCALL, of a party
        bool leaves_original = false; // LINECALLPARAMFLAGS_NOHOLDCONFERENCE
    };
    struct Unfinished {
        abi::Tspi function{};
        std::uint64_t line = 0;             // HDRVLINE or HDRVPHONE
        std::uint64_t call = 0;             // HDRVCALL; 0: none
        std::vector<std::uint64_t> parties; // HDRVCALL, that the function was given
        std::vector<std::uint64_t> created; // HDRVCALL
        std::vector<std::byte> payload;     // the inputs
        bool leaves_original = false;       // LINECALLPARAMFLAGS_NOHOLDCONFERENCE
    };

    void answer(const wire::Frame& frame);
    bool refuses() {
        return behaviour_.failures_once_in != 0 && world_.choices().once_in(behaviour_.failures_once_in);
    }
    void accept(const wire::Frame&, abi::Tspi, const wire::Values&);
    std::vector<std::uint64_t> create_calls(abi::Tspi, const wire::Values&, std::uint64_t line,
                                            wire::Values& outputs);
    void join(const Unfinished&);
    void void_calls(const std::vector<std::uint64_t>& created);
    wire::Values plain_outputs(abi::Tspi, abi::Fill when, const wire::Values& in,
                               std::deque<std::vector<std::byte>>& memory) const;
    void describe(std::string_view structure, std::span<std::byte> bytes) const;
    std::uint32_t version_of(abi::Tspi, const wire::Values& in) const;
    std::uint64_t announce_call_on(std::uint64_t driver_line, std::uint32_t state, std::uint32_t media_modes);
    void reply_plainly(const wire::Frame&, abi::Tspi, const wire::Values&);
    bool answer_phone(const wire::Frame&, abi::Tspi, const wire::Values&);
    bool answer_extension(const wire::Frame&, abi::Tspi, const wire::Values&);
    static std::uint32_t selected_on(const std::map<std::uint64_t, Device>& devices, std::uint32_t id);
    void close_device(std::map<std::uint64_t, Device>& devices, std::uint64_t driver);
    static std::vector<std::uint64_t> calls_in(abi::Tspi, const wire::Values&);
    void fill_line_caps(const wire::Frame&, const wire::Values&);
    void fill_call_info(const wire::Frame&, const wire::Values&);
    void fill_device_numbers(const wire::Frame&, abi::Tspi, const wire::Values&);
    void fill_call_status(const wire::Frame&, const wire::Values&);
    void close_call(std::uint64_t driver_call);
    void leave_to_themselves(std::uint64_t ended);
    bool is_left_alone(std::uint64_t driver_call) const;
    void change_devices();
    void lose_device();
    Device* device_of(std::uint64_t service);

    World& world_;
    std::uint32_t session_;
    ProviderBehaviour behaviour_;
    std::map<std::uint64_t, Device> lines_;     // HDRVLINE
    std::map<std::uint64_t, Device> phones_;    // HDRVPHONE
    std::map<std::uint64_t, CallRecord> calls_; // HDRVCALL
    std::uint64_t provider_ = 0;                // HPROVIDER
    std::vector<std::uint32_t> line_ids_, phone_ids_;
    // Whose creation failed: TSPI_lineCloseCall may still be on its way.
    std::set<std::uint64_t> voided_;
    std::map<std::uint32_t, Unfinished> requests_;
    std::vector<std::uint32_t> unfinished_;
    std::deque<std::uint32_t> granted_, granted_dialogs_;
    std::vector<std::uint64_t> last_calls_;
    std::uint64_t next_handle_ = 0x1'0000'0001; // more than 32 bits: they are pointers on many providers
    std::vector<abi::Tspi> received_;
    std::vector<std::uint32_t> selected_;
    std::map<abi::Tspi, std::uint32_t> refused_, refused_once_;
    std::vector<std::byte> last_payload_; // what last_inputs_ points into
    wire::Values last_inputs_{};
    std::uint32_t call_features_ = 0;
    std::uint32_t line_of_calls_ = 0;
    std::vector<std::uint32_t> named_;
    bool hanging_ = false;
    std::deque<Message> held_;
};

} // namespace offhook::test
