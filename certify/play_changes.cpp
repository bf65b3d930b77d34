// SPDX-License-Identifier: Apache-2.0
//
// What each operation of operations.def does that ends something from outside: an application that is gone,
// another configuration, another session. The order of the calls is the service's.
#include "certify/change.h"
#include "certify/life.h"

#include <algorithm>

namespace offhook::certify {

using abi::Tspi;

namespace {

constexpr std::uint64_t first_phone_lane = 1'000'000;

std::uint64_t lane_of(const rules::Line& line) { return 1 + line.device; }
std::uint64_t lane_of(const rules::Phone& phone) { return first_phone_lane + phone.device; }

} // namespace

void Life::post(Inputs inputs, std::uint64_t lane) {
    if (inputs.row().mode == abi::Mode::async) inputs.number("dwRequestID", next_request_++);
    host_.post(inputs, lane);
}

// The last handle of a call is gone: it is dropped, and closed without waiting for the drop (R077). One whose
// request is outstanding is closed alone (R065).
void Life::post_ends_of_calls(std::uint64_t name, const rules::Line& line) {
    for (const auto& [driver, only_close] : ends_of_calls(name)) {
        if (!only_close) post(std::move(Inputs(Tspi::lineDrop).number("hdCall", driver)), lane_of(line));
        post(std::move(Inputs(Tspi::lineCloseCall).number("hdCall", driver)), lane_of(line));
    }
}

// The last opener is gone. The extension is selected until version 0 is (R023).
void Life::post_close(const rules::Line& line) {
    if (line.extension != 0)
        post(std::move(Inputs(Tspi::lineSelectExtVersion).number("hdLine", line.driver)), lane_of(line));
    post(std::move(Inputs(Tspi::lineClose).number("hdLine", line.driver)), lane_of(line));
}

void Life::post_close(const rules::Phone& phone) {
    if (phone.extension != 0)
        post(std::move(Inputs(Tspi::phoneSelectExtVersion).number("hdPhone", phone.driver)), lane_of(phone));
    post(std::move(Inputs(Tspi::phoneClose).number("hdPhone", phone.driver)), lane_of(phone));
}

// Another has the line open still: what was done for this one alone is undone.
void Life::post_loss_of_interest(const rules::Line& line) {
    if (line.extension != 0)
        post(std::move(Inputs(Tspi::lineSelectExtVersion).number("hdLine", line.driver)), lane_of(line));
    post(std::move(Inputs(Tspi::lineSetDefaultMediaDetection).number("hdLine", line.driver)), lane_of(line));
    post(std::move(Inputs(Tspi::lineSetStatusMessages).number("hdLine", line.driver)), lane_of(line));
}

// Each device in a lane of its own, so that closings of several meet in the provider.
void Life::close_everything(Closing closing) {
    const auto lines = monitor_.books().lines;
    const auto phones = monitor_.books().phones;
    for (const auto& [name, line] : lines) {
        if (line.driver == 0 || (closing == Closing::lost_alone && !line.forced_closed)) continue;
        post_ends_of_calls(name, line);
        if (closing == Closing::shared) post_loss_of_interest(line);
        else post_close(line);
    }
    for (const auto& [name, phone] : phones) {
        if (phone.driver == 0 || closing == Closing::shared ||
            (closing == Closing::lost_alone && !phone.forced_closed))
            continue;
        post_close(phone);
    }
    host_.await_posted();
    // Those that were named only meanwhile.
    if (closing != Closing::shared) return;
    for (const auto& [name, line] : lines)
        for (const auto& [driver, only_close] : ends_of_calls(name))
            if (only_close) ask(std::move(Inputs(Tspi::lineCloseCall).number("hdCall", driver)));
}

// Requests whose functions have not returned when the application ends.
void Life::post_requests() {
    const auto lines = monitor_.books().lines;
    const auto calls = monitor_.books().calls;
    for (const auto& [name, call] : calls) {
        const auto line = lines.find(call.line);
        if (line == lines.end() || line->second.forced_closed || call.stage != rules::CallStage::alive)
            continue;
        const auto on_call = [&, driver = call.driver](Tspi function) {
            post(std::move(Inputs(function).number("hdCall", driver)), lane_of(line->second));
        };
        if ((call.state & (LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED)) != 0) on_call(Tspi::lineAnswer);
        if ((call.state & LINECALLSTATE_CONNECTED) != 0) on_call(Tspi::lineHold);
        if ((call.state & LINECALLSTATE_ONHOLD) != 0) on_call(Tspi::lineUnhold);
    }
    for (const auto& [name, line] : lines)
        if (line.driver != 0 && !line.forced_closed)
            post(
                std::move(Inputs(Tspi::lineMakeCall)
                              .number("hdLine", line.driver)
                              .number("htCall", host_.new_name())
                              .text("lpszDestAddress", address(static_cast<std::uint16_t>(line.device + 1)))),
                lane_of(line));
}

// 0: it had everything, 1: with requests that have not even returned, 2: another has the devices open still.
void Life::application_gone(const Choices& choices) {
    const auto way = choices[0] % 3;
    if (way == 1) post_requests();
    close_everything(way == 2 ? Closing::shared : Closing::all);
}

// Everything is closed, then TSPI_providerShutdown is the last (R002, R007).
void Life::begin_another_session(Where where) {
    close_everything(Closing::all);
    if (over()) return;
    shut_down();
    if (over()) return;
    if (pending_) configuration_ = *std::exchange(pending_, std::nullopt);
    host_.next_session(configuration_, where);
    calls_.clear();
    if (!over()) stop_ = !begin_session();
}

void Life::next_session(const Choices& choices) {
    begin_another_session(choices[0] % 2 == 0 ? Where::same_process : Where::new_process);
}

// A session takes another configuration over at once, or comes to its end for it: 0: when it ends anyway,
// 1: now, 2: now, and the next is in a process of its own (R102).
void Life::offer(const Configuration& wanted, std::uint16_t way) {
    if (host_.reconfigure(wanted) == 0) {
        configuration_ = wanted;
        pending_.reset();
        return;
    }
    pending_ = wanted;
    if (over() || way % 3 == 0) return;
    begin_another_session(way % 3 == 1 ? Where::same_process : Where::new_process);
}

// The first is the one that the life began with.
void Life::reconfigure(const Choices& choices) {
    const auto which = choices[0] % (1 + target_.changes.size());
    offer(which == 0 ? target_.configuration : target_.changes[which - 1], choices[1]);
}

void Life::configure(const Choices& choices) {
    auto change = certify::configure(target_, pending_.value_or(configuration_), outcome_.traffic);
    if (!change.lost.empty()) {
        outcome_.ended_early = "while it was configured: " + change.lost;
        stop_ = true;
        return;
    }
    if (change.to) offer(*change.to, choices[0]);
}

// What the provider has offered and what it has closed, as the service answers: at once, after each step.
void Life::answer_provider() {
    const auto is_lost = [](const auto& entry) {
        return entry.second.driver != 0 && entry.second.forced_closed;
    };
    for (int times = 0; times < 10 && !over(); ++times) {
        const auto& books = monitor_.books();
        if (std::ranges::any_of(books.lines, is_lost) || std::ranges::any_of(books.phones, is_lost))
            close_everything(Closing::lost_alone);
        else if (answered_offers_ < books.offered.size()) take_offered(books.offered[answered_offers_++]);
        else return;
    }
}

// Devices get numbers behind all others; other providers' lie between.
void Life::take_offered(const rules::OfferedDevice& offered) {
    constexpr std::uint32_t devices_of_others = 3;
    const bool phone = offered.kind == rules::DeviceKind::phone;
    auto& devices = phone ? phone_devices_ : line_devices_;
    const auto number =
        devices.empty() ? script_.device_base + devices_of_others : devices.back() + 1 + devices_of_others;
    const auto taken =
        host_.call(std::move(Inputs(phone ? Tspi::providerCreatePhoneDevice : Tspi::providerCreateLineDevice)
                                 .number("dwTempID", offered.temporary)
                                 .number("dwDeviceID", number)),
                   0);
    if (taken.good()) devices.push_back(number);
}

} // namespace offhook::certify
