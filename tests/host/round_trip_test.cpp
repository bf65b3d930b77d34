// SPDX-License-Identifier: Apache-2.0
//
// Every row of the TSPI table goes to a real provider in a real host and comes back.
#include "tests/host/echo.h"
#include "tests/host/host_process.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace offhook::host {
namespace {

using abi::Direction;
using abi::Fill;
using abi::Kind;

struct RandomInputs {
    wire::Values values;
    std::array<std::vector<std::byte>, abi::max_parameters> memory;
};

std::size_t random_size(const abi::Parameter& p, std::mt19937_64& random) {
    const auto elements = random() % 5;
    if (p.kind == Kind::fixed) return p.size;
    if (p.kind == Kind::array) return elements * p.size;
    if (p.kind == Kind::sized) return 12 + elements * 97;
    return elements * 2;
}

std::byte nonzero_byte(std::mt19937_64& random) { return static_cast<std::byte>(1 + random() % 255); }

RandomInputs random_inputs(const abi::TspiFunction& row, std::mt19937_64& random) {
    RandomInputs inputs;
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (!wire::detail::goes_down(p)) continue;
        auto& value = inputs.values[i];
        value.null = false;
        value.number = p.kind == Kind::wide ? random() : random() % 300;
        if (wire::detail::is_scalar(p)) continue;
        value.null = random() % 4 == 0;
        if (wire::detail::carries_total_size(p))
            value.number = value.null ? wire::null_block : 12 + random() % 2000;
        if (value.null || p.direction == Direction::out) continue;
        inputs.memory[i].resize(random_size(p, random));
        for (auto& b : inputs.memory[i]) b = nonzero_byte(random);
        const auto total = static_cast<std::uint32_t>(inputs.memory[i].size());
        if (p.kind == Kind::sized) std::memcpy(inputs.memory[i].data(), &total, sizeof total);
        value.bytes = inputs.memory[i];
    }
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (p.count_name.empty() || p.direction == Direction::out) continue;
        const auto size = inputs.memory[i].size();
        inputs.values[row.index_of(p.count_name)].number = p.kind == Kind::array ? size / p.size : size;
    }
    return inputs;
}

void expect_output(const abi::TspiFunction& row, std::size_t i, const wire::Values& inputs,
                   const wire::Value& output) {
    const auto& p = row.parameters[i];
    SCOPED_TRACE(p.name);
    if (wire::detail::is_scalar(p)) {
        EXPECT_EQ(output.number, p.kind == Kind::wide ? echo::wide(i) : echo::number(i));
        return;
    }
    const bool asked_null = wire::detail::goes_down(p) && inputs[i].null;
    EXPECT_EQ(output.null, asked_null);
    if (output.null) return;
    if (p.kind == Kind::text) {
        EXPECT_EQ(output.text(), echo::text);
        return;
    }
    std::size_t size = p.size;
    if (p.kind == Kind::sized) size = inputs[i].number;
    if (p.kind == Kind::bytes) size = inputs[row.index_of(p.count_name)].number;
    ASSERT_EQ(output.bytes.size(), size);
    std::size_t wrong = 0;
    for (std::size_t k = p.kind == Kind::sized ? 12 : 0; k < size; ++k)
        wrong += output.bytes[k] != echo::byte_at(i, k) ? 1 : 0;
    EXPECT_EQ(wrong, 0u);
}

void expect_outputs(const abi::TspiFunction& row, Fill when, const wire::Values& inputs,
                    const std::vector<std::byte>& payload) {
    wire::Values outputs;
    ASSERT_TRUE(wire::decode_up(row, when, payload, outputs));
    for (std::size_t i = 0; i < row.count; ++i)
        if (wire::detail::goes_up(row.parameters[i], when)) expect_output(row, i, inputs, outputs[i]);
}

void round_trip(HostProcess& host, abi::Tspi function, std::mt19937_64& random) {
    const auto& row = abi::row(function);
    SCOPED_TRACE(row.name);
    const auto inputs = random_inputs(row, random);
    const auto correlation = host.call(function, inputs.values);
    const auto log = host.next();
    ASSERT_TRUE(log);
    EXPECT_EQ(log->text(), echo::describe(row, inputs.values));
    auto frame = host.next();
    ASSERT_TRUE(frame);
    const auto request = static_cast<std::uint32_t>(inputs.values[0].number);
    if (row.mode == abi::Mode::async) { // completed inside the function (R047)
        EXPECT_EQ(frame->header.kind, wire::FrameKind::completion);
        EXPECT_EQ(frame->header.correlation, request);
        EXPECT_EQ(frame->header.function, static_cast<std::uint16_t>(function));
        EXPECT_EQ(frame->header.result, 0);
        expect_outputs(row, Fill::at_reply, inputs.values, frame->payload);
        frame = host.next();
        ASSERT_TRUE(frame);
    }
    EXPECT_EQ(frame->header.kind, wire::FrameKind::result);
    EXPECT_EQ(frame->header.correlation, correlation);
    EXPECT_EQ(frame->header.function, static_cast<std::uint16_t>(function));
    EXPECT_EQ(frame->header.result, row.mode == abi::Mode::async ? static_cast<LONG>(request) : 0);
    expect_outputs(row, Fill::at_return, inputs.values, frame->payload);
}

bool changes_configuration(abi::Tspi f) {
    return f == abi::Tspi::providerInstall || f == abi::Tspi::providerConfig ||
           f == abi::Tspi::providerRemove;
}

void every_row(wire::HostMode mode) {
    auto hello = hello_for(ECHO_PROVIDER);
    hello.mode = mode;
    HostProcess host(hello);
    const auto welcome = host.next(wire::FrameKind::welcome);
    ASSERT_TRUE(welcome);
    wire::PayloadReader from(welcome->payload);
    const std::vector<std::byte> all(abi::tspi_functions.size(), std::byte{1});
    EXPECT_TRUE(std::ranges::equal(from.block().bytes, all));
    EXPECT_TRUE(from.finished());
    std::mt19937_64 random(20);
    constexpr int turns = 8;
    for (int turn = 0; turn < turns; ++turn) {
        if (mode == wire::HostMode::session) round_trip(host, abi::Tspi::providerInit, random);
        for (std::size_t i = 0; i < abi::tspi_functions.size(); ++i) {
            const auto function = static_cast<abi::Tspi>(i);
            if (changes_configuration(function) == (mode == wire::HostMode::change) &&
                function != abi::Tspi::providerShutdown)
                round_trip(host, function, random);
            if (testing::Test::HasFailure()) return;
        }
        if (mode == wire::HostMode::change) continue;
        round_trip(host, abi::Tspi::providerShutdown, random);
        if (turn + 1 == turns) break;
        ASSERT_TRUE(host.next_session(hello));
    }
    host.leave();
    EXPECT_EQ(host.wait_for_exit(), 0);
}

TEST(Host, EveryFunctionGoesDownAndComesBack) { every_row(wire::HostMode::session); }
TEST(Host, EveryFunctionThatChangesConfigurationDoesSoInItsOwnMode) { every_row(wire::HostMode::change); }

} // namespace
} // namespace offhook::host
