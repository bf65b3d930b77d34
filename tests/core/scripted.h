// SPDX-License-Identifier: Apache-2.0
//
// One provider and applications that do what a test says, step by step.
#pragma once

#include "tests/core/provider_model.h"

#include <gtest/gtest.h>

#include <optional>

namespace offhook::test {

struct Event {
    std::uint32_t message = 0;
    wire::EventToApplication fields;
    std::vector<std::uint32_t> late;        // the outputs that came with it, number by number
    std::vector<std::byte> late_bytes;      // the same as it came
    std::optional<std::uint32_t> late_call; // the first of them: the call of a successful lineMakeCall
};

class ScriptedApplication final : public ApplicationModel {
  public:
    explicit ScriptedApplication(World& world) : world_(world), id_(world.connect(*this)) {}

    // Calls a function and lets the world run until it is answered. Outputs are valid until the next call.
    template <abi::Tapi F> std::int32_t call(const core::Arguments<F>& arguments, std::uint64_t channel = 0) {
        submit(arguments, channel);
        while (!answer_ && world_.step()) {
        }
        EXPECT_TRUE(answer_) << abi::row<F>().name << " was not answered";
        if (!answer_) return core::as_result(LINEERR_OPERATIONFAILED);
        outputs_ = {};
        const auto frame = answer_->frame();
        if (frame.header.result >= 0) {
            EXPECT_TRUE(wire::decode_up(abi::row<F>(), abi::Fill::at_return, frame.payload, outputs_));
        }
        return frame.header.result;
    }
    // The same without waiting.
    template <abi::Tapi F> void submit(const core::Arguments<F>& arguments, std::uint64_t channel = 0) {
        answer_.reset();
        world_.application_sends(id_, call_frame(++correlation_, arguments, channel));
    }
    // The result of a function that shows a dialog, and what was opened.
    template <abi::Tapi F> std::int32_t open_dialog(const core::Arguments<F>& arguments) {
        submit(arguments);
        const auto frame = await_answer();
        if (frame.header.result == 0) {
            EXPECT_TRUE(wire::read(frame.payload, dialog_));
        }
        return frame.header.result;
    }
    const wire::DialogOpened& dialog() const { return dialog_; }
    // What the dialog's library says to its provider; the block that comes back is block().
    std::int32_t say(std::uint32_t dialog, std::uint32_t type, std::uint64_t object, std::string_view block) {
        send_of_dialog(wire::DialogFunction::data, dialog, 0, [&](wire::FrameWriter& to) {
            wire::encode_down<abi::Tspi::providerGenericDialogData>(
                to, core::Arguments<abi::Tspi::providerGenericDialogData>()
                        .with<"dwObjectID">(object)
                        .with<"dwObjectType">(type)
                        .with<"lpParams">(core::bytes_value(std::as_bytes(std::span(block))))
                        .with<"dwSize">(block.size())
                        .values());
        });
        const auto frame = await_answer();
        if (frame.header.result >= 0) block_ = wire::PayloadReader(frame.payload).utf8();
        return frame.header.result;
    }
    const std::string& block() const { return block_; }
    std::int32_t end_dialog(std::uint32_t dialog, std::int32_t result = 0, std::string_view why = {}) {
        send_of_dialog(wire::DialogFunction::end, dialog, result,
                       [&](wire::FrameWriter& to) { to.utf8(why); });
        return await_answer().header.result;
    }
    bool answered() const { return answer_.has_value(); }
    // Of what was submitted last.
    std::int32_t result() { return await_answer().header.result; }
    template <abi::Tapi F, core::Name N> std::uint32_t output() const {
        return core::number_of<F, N>(outputs_);
    }
    template <abi::Tapi F, core::Name N> std::span<const std::byte> bytes() const {
        return core::value_of<F, N>(outputs_).bytes;
    }

    std::uint32_t initialise(std::uint32_t version = abi::v2_2) {
        const auto channel = world_.open_channel(id_);
        EXPECT_EQ(
            call(core::Arguments<abi::Tapi::lineInitializeEx>().with<"lpdwAPIVersion">(version), channel), 0);
        app_ = output<abi::Tapi::lineInitializeEx, "lphLineApp">();
        return app_;
    }
    std::int32_t try_open(std::uint32_t privileges, std::uint32_t version = abi::v2_2,
                          std::uint32_t device = 0,
                          std::uint32_t media_modes = LINEMEDIAMODE_INTERACTIVEVOICE,
                          std::uint32_t extension = 0) {
        return call(core::Arguments<abi::Tapi::lineOpen>()
                        .with<"hLineApp">(app_)
                        .with<"dwExtVersion">(extension)
                        .with<"dwDeviceID">(device)
                        .with<"dwAPIVersion">(version)
                        .with<"dwCallbackInstance">(0x1'0000'0007)
                        .with<"dwPrivileges">(privileges)
                        .with<"dwMediaModes">(media_modes));
    }
    std::uint32_t open(std::uint32_t privileges, std::uint32_t version = abi::v2_2, std::uint32_t device = 0,
                       std::uint32_t media_modes = LINEMEDIAMODE_INTERACTIVEVOICE) {
        EXPECT_EQ(try_open(privileges, version, device, media_modes), 0);
        return output<abi::Tapi::lineOpen, "lphLine">();
    }
    // With the first version of the provider's extension.
    std::uint32_t open_with_extension(std::uint32_t privileges, std::uint32_t version = abi::v2_2) {
        EXPECT_EQ(try_open(privileges, version, 0, LINEMEDIAMODE_INTERACTIVEVOICE, 1), 0);
        return output<abi::Tapi::lineOpen, "lphLine">();
    }
    std::int32_t make_call(std::uint32_t line) {
        return call(core::Arguments<abi::Tapi::lineMakeCall>().with<"hLine">(line));
    }

    std::deque<Event> events; // in the order of their arrival
    std::optional<Event> next(std::uint32_t message) {
        const auto found =
            std::find_if(events.begin(), events.end(), [&](const Event& e) { return e.message == message; });
        if (found == events.end()) return {};
        const Event event = *found;
        events.erase(events.begin(), found + 1);
        return event;
    }
    std::uint32_t app() const { return app_; }
    void registered_as(std::uint32_t app) { app_ = app; } // by a call of lineInitializeEx of its own
    std::uint32_t id() const { return id_; }

    // ApplicationModel
    void received(const wire::Frame& frame) override {
        if (frame.header.correlation != correlation_) return;
        answer_ = message_of(frame);
    }
    void received_event(std::uint32_t, const wire::Frame& frame) override {
        wire::PayloadReader from(frame.payload);
        Event event{frame.header.function, {}, {}, {}, {}};
        EXPECT_TRUE(wire::read(from, event.fields));
        const auto late =
            frame.payload.subspan(frame.payload.size() - wire::PayloadReader(from).rest().size());
        event.late_bytes.assign(late.begin(), late.end());
        for (auto number = from.number(); from.ok(); number = from.number()) event.late.push_back(number);
        if (event.message == LINE_REPLY && !event.late.empty()) event.late_call = event.late.front();
        events.push_back(event);
    }
    void channel_closed(std::uint32_t) override {}

  private:
    wire::Frame await_answer() {
        while (!answer_ && world_.step()) {
        }
        EXPECT_TRUE(answer_) << "no answer came";
        return answer_ ? answer_->frame() : wire::Frame{};
    }
    template <class Write>
    void send_of_dialog(wire::DialogFunction function, std::uint32_t dialog, std::int32_t result,
                        Write write) {
        answer_.reset();
        world_.application_sends(id_, dialog_frame(function, dialog, ++correlation_, result, write));
    }

    World& world_;
    std::uint32_t id_;
    std::uint32_t app_ = 0;
    std::uint32_t correlation_ = 0;
    std::optional<Message> answer_;
    wire::Values outputs_{};
    wire::DialogOpened dialog_;
    std::string block_;
};

// One provider with the behaviour that the test chooses.
class Rules : public testing::Test {
  protected:
    Rules() = default;
    explicit Rules(const core::Configuration& chosen) : configuration(chosen) {}

    ProviderModel& provider() {
        return dynamic_cast<ProviderModel&>(*world.host(world.core().snapshot().providers.at(0).session));
    }
    bool reported(std::uint32_t rule) const { return world.broken_rules().contains(rule); }
    std::size_t entered(abi::Tspi function) {
        const auto& calls = provider().received_calls();
        return static_cast<std::size_t>(std::count(calls.begin(), calls.end(), function));
    }
    void install() { world.core().provider_added(core::ProviderId{1}, "one", "/one.tsp"); }

    ProviderBehaviour behaviour{.completion = Completion::immediate};
    core::Configuration configuration;
    Choices choices{std::vector<std::uint16_t>{}};
    World world{choices, configuration, [this](std::uint32_t, std::uint32_t session) {
                    return std::make_unique<ProviderModel>(world, session, behaviour);
                }};
};

} // namespace offhook::test
