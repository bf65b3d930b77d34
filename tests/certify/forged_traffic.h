// SPDX-License-Identifier: Apache-2.0
//
// A monitor whose frames are forged, one by one.
#pragma once

#include "certify/inputs.h"
#include "rules/monitor.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace offhook::rules {

using abi::Tspi;
using certify::Inputs;

class MonitorTest : public ::testing::Test {
  protected:
    // A function is called; returned() answers it.
    void call(const Inputs& inputs) {
        std::vector<std::byte> frame;
        wire::FrameWriter to(frame, {.kind = wire::FrameKind::call,
                                     .function = static_cast<std::uint16_t>(inputs.function()),
                                     .correlation = ++correlation_});
        wire::encode_down(inputs.row(), to, inputs.values());
        to.finish();
        monitor_.to_host(frame);
    }
    void returned(Tspi function, std::int32_t result, const wire::Values& outputs = {}) {
        host({.kind = wire::FrameKind::result,
              .function = static_cast<std::uint16_t>(function),
              .correlation = correlation_,
              .result = result},
             [&](wire::FrameWriter& to) {
                 if (result >= 0) wire::encode_up(abi::row(function), abi::Fill::at_return, to, outputs);
             });
    }
    void completed(Tspi function, std::uint32_t request, std::int32_t result) {
        host({.kind = wire::FrameKind::completion,
              .function = static_cast<std::uint16_t>(function),
              .correlation = request,
              .result = result},
             [](wire::FrameWriter&) {});
    }
    void said(std::uint16_t message, const wire::EventFromHost& event) {
        host({.kind = wire::FrameKind::event, .function = message},
             [&](wire::FrameWriter& to) { wire::write(to, event); });
    }
    template <class Write> void host(wire::FrameHeader header, Write&& write) {
        std::vector<std::byte> bytes;
        wire::FrameWriter to(bytes, header);
        write(to);
        to.finish();
        wire::Frame frame{};
        std::memcpy(&frame.header, bytes.data(), sizeof frame.header);
        frame.payload = std::span(bytes).subspan(sizeof frame.header);
        monitor_.from_host(frame);
    }

    void open_line() {
        call(std::move(Inputs(Tspi::lineOpen)
                           .number("dwDeviceID", 0)
                           .number("htLine", 7)
                           .number("dwTSPIVersion", abi::v2_2)));
        wire::Values outputs;
        outputs[abi::row(Tspi::lineOpen).index_of("lphdLine")] = {70, {}, false};
        returned(Tspi::lineOpen, 0, outputs);
    }
    void make_call(std::uint32_t request, std::uint64_t name) {
        call(std::move(Inputs(Tspi::lineMakeCall)
                           .number("dwRequestID", request)
                           .number("hdLine", 70)
                           .number("htCall", name)
                           .text("lpszDestAddress", u"1")));
        wire::Values outputs;
        outputs[abi::row(Tspi::lineMakeCall).index_of("lphdCall")] = {800 + request, {}, false};
        returned(Tspi::lineMakeCall, static_cast<std::int32_t>(request), outputs);
    }

    void ask_for_transfer(std::uint32_t request, std::uint64_t driver, std::uint64_t name,
                          std::uint32_t flags) {
        LINECALLPARAMS parameters{};
        parameters.dwTotalSize = sizeof parameters;
        parameters.dwCallParamFlags = flags;
        call(std::move(Inputs(Tspi::lineSetupTransfer)
                           .number("dwRequestID", request)
                           .number("hdCall", driver)
                           .number("htConsultCall", name)
                           .structure("lpCallParams", parameters)));
    }
    void setup_transfer(std::uint32_t request, std::uint64_t driver, std::uint64_t name,
                        std::uint32_t flags = 0) {
        ask_for_transfer(request, driver, name, flags);
        wire::Values outputs;
        outputs[abi::row(Tspi::lineSetupTransfer).index_of("lphdConsultCall")] = {800 + request, {}, false};
        returned(Tspi::lineSetupTransfer, static_cast<std::int32_t>(request), outputs);
        completed(Tspi::lineSetupTransfer, request, 0);
    }
    void drop(std::uint32_t request, std::uint64_t driver) {
        call(std::move(Inputs(Tspi::lineDrop).number("dwRequestID", request).number("hdCall", driver)));
        returned(Tspi::lineDrop, static_cast<std::int32_t>(request));
        completed(Tspi::lineDrop, request, 0);
    }
    // It is asked for, and is this.
    void call_status(std::uint64_t driver, std::uint32_t state) {
        call(std::move(Inputs(Tspi::lineGetCallStatus).number("hdCall", driver).number("lpCallStatus", 100)));
        LINECALLSTATUS status{};
        status.dwTotalSize = status.dwNeededSize = status.dwUsedSize = sizeof status;
        status.dwCallState = state;
        wire::Values outputs;
        outputs[abi::row(Tspi::lineGetCallStatus).index_of("lpCallStatus")] = {
            0, std::as_bytes(std::span(&status, 1)), false};
        returned(Tspi::lineGetCallStatus, 0, outputs);
    }

    std::vector<std::uint16_t> broken_, contested_;
    Monitor monitor_{[this](const Break& seen) {
        (seen.gravity == Gravity::broken ? broken_ : contested_).push_back(seen.rule);
    }};
    std::uint32_t correlation_ = 0;
};

using Rules = std::vector<std::uint16_t>;

} // namespace offhook::rules
