// SPDX-License-Identifier: Apache-2.0
//
// Every function of both tables goes through the codec with random arguments, and comes back the same; every
// payload that was cut short or lengthened is refused.
#include "wire/codec.h"

#include "tests/support/random.h"

#include <gtest/gtest.h>

namespace offhook::wire {
namespace {

// Random arguments of one function, and the memory they point to.
struct Arguments {
    Values values;
    std::vector<std::vector<std::byte>> memory = std::vector<std::vector<std::byte>>(abi::max_parameters);
};

std::vector<std::byte> random_bytes(std::mt19937_64& random, std::size_t size) {
    std::vector<std::byte> bytes(size);
    for (auto& b : bytes) b = static_cast<std::byte>(random());
    return bytes;
}

Arguments random_arguments(const abi::Function& row, std::mt19937_64& random) {
    Arguments a;
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (p.kind == Kind::local) continue;
        auto& value = a.values[i];
        value.null = false;
        if (p.kind == Kind::wide) value.number = random();
        else if (p.kind == Kind::number) value.number = static_cast<std::uint32_t>(random());
        if (p.kind == Kind::number || p.kind == Kind::wide) continue;
        const std::size_t elements = random() % 5;
        std::size_t size = elements * sizeof(char16_t);
        if (p.kind == Kind::bytes) size = random() % 10;
        if (p.kind == Kind::fixed) size = p.size;
        if (p.kind == Kind::array) size = elements * p.size;
        if (p.kind == Kind::sized) size = 4 + elements * 4;
        a.memory[i] = random_bytes(random, size);
        if (p.kind == Kind::sized) {
            const auto total = static_cast<std::uint32_t>(size);
            std::memcpy(a.memory[i].data(), &total, sizeof total);
            value.number = total;
        }
        value.bytes = a.memory[i];
        if (random() % 4 == 0 && p.direction != Direction::out) {
            value.null = true;
            value.bytes = {};
        }
    }
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (p.count_name.empty()) continue;
        const auto size = a.values[i].bytes.size();
        a.values[row.index_of(p.count_name)].number = p.kind == Kind::array ? size / p.size : size;
    }
    return a;
}

void expect_same(const Parameter& p, const Value& sent, const Value& received) {
    if (p.kind == Kind::number || p.kind == Kind::wide) {
        EXPECT_EQ(sent.number, received.number) << p.name;
        return;
    }
    EXPECT_EQ(sent.null, received.null) << p.name;
    EXPECT_TRUE(
        std::equal(sent.bytes.begin(), sent.bytes.end(), received.bytes.begin(), received.bytes.end()))
        << p.name;
}

template <auto F> void round_trip(std::mt19937_64& random) {
    const auto& row = abi::row<F>();
    SCOPED_TRACE(row.name);
    const auto sent = random_arguments(row, random);

    std::vector<std::byte> buffer;
    FrameWriter down(buffer, {.kind = FrameKind::call, .function = static_cast<std::uint16_t>(F)});
    encode_down<F>(down, sent.values);
    down.finish();
    const auto parsed = parse_frame(buffer);
    ASSERT_TRUE(parsed.frame);
    Values received;
    ASSERT_TRUE(decode_down<F>(parsed.frame->payload, received));
    for (std::size_t i = 0; i < row.count; ++i) {
        const auto& p = row.parameters[i];
        if (p.kind == Kind::local || p.direction == Direction::out) continue;
        expect_same(p, sent.values[i], received[i]);
    }

    // Cut short anywhere, or longer than its row says, it is malformed.
    const std::vector<std::byte> payload(parsed.frame->payload.begin(), parsed.frame->payload.end());
    for (std::size_t size = 0; size < payload.size(); ++size) {
        Values ignored;
        EXPECT_FALSE(decode_down<F>(std::span(payload).first(size), ignored)) << "cut to " << size;
    }
    auto longer = payload;
    longer.push_back(std::byte{0});
    Values ignored;
    EXPECT_FALSE(decode_down<F>(longer, ignored));

    for (const auto when : {Fill::at_return, Fill::at_reply}) {
        std::vector<std::byte> answer;
        FrameWriter up(answer, {.kind = FrameKind::result});
        encode_up(row, when, up, sent.values);
        up.finish();
        Values outputs;
        ASSERT_TRUE(decode_up(row, when, parse_frame(answer).frame->payload, outputs));
        for (std::size_t i = 0; i < row.count; ++i) {
            const auto& p = row.parameters[i];
            if (p.kind == Kind::local || p.direction == Direction::in || p.fill != when) continue;
            expect_same(p, sent.values[i], outputs[i]);
        }
    }
}

template <class Number, std::size_t... I>
void round_trip_all(std::mt19937_64& random, std::index_sequence<I...>) {
    (round_trip<static_cast<Number>(I)>(random), ...);
}

TEST(Codec, EveryFunctionComesBackAsItWasSent) {
    const auto seed = test_support::seed();
    SCOPED_TRACE(test_support::describe_seed(seed));
    std::mt19937_64 random(seed);
    for (std::uint64_t i = 0; i < test_support::rounds(20); ++i) {
        round_trip_all<abi::Tspi>(random, std::make_index_sequence<abi::tspi_functions.size()>{});
        round_trip_all<abi::Tapi>(random, std::make_index_sequence<abi::tapi_functions.size()>{});
    }
}

TEST(Codec, TextBehindAnOddNumberOfBytesCanBePointedAt) {
    Values values;
    const auto device = std::as_bytes(std::span(u"tapi/line", 9));
    const auto odd = std::as_bytes(std::span("abc", 3));
    constexpr const auto& row = abi::row<abi::Tspi::lineSetDevConfig>();
    values[row.index_of("lpDeviceConfig")] = {.number = 0, .bytes = odd, .null = false};
    values[row.index_of("dwSize")].number = odd.size();
    values[row.index_of("lpszDeviceClass")] = {.number = 0, .bytes = device, .null = false};
    std::vector<std::byte> buffer;
    FrameWriter down(buffer, {});
    encode_down<abi::Tspi::lineSetDevConfig>(down, values);
    down.finish();
    Values received;
    ASSERT_TRUE(decode_down(row, std::span(buffer).subspan(sizeof(FrameHeader)), received));
    EXPECT_EQ(received[row.index_of("lpszDeviceClass")].text(), u"tapi/line");
    EXPECT_EQ(received[row.index_of("lpDeviceConfig")].bytes.size(), 3u);

    // In a frame that begins at an odd address it is refused, rather than pointed at.
    std::vector<std::byte> moved(1);
    moved.insert(moved.end(), buffer.begin(), buffer.end());
    EXPECT_FALSE(decode_down(row, std::span(moved).subspan(1 + sizeof(FrameHeader)), received));
}

TEST(Codec, R041_ALengthThatDisagreesWithItsCountIsRefused) {
    Values values;
    const auto data = std::as_bytes(std::span("abcd"));
    values[1] = {.number = 0, .bytes = data.first(4), .null = false}; // lpsUserUserInfo of lineDrop
    values[2].number = 5;                                             // dwSize
    std::vector<std::byte> buffer;
    FrameWriter down(buffer, {});
    encode_down<abi::Tapi::lineDrop>(down, values);
    down.finish();
    Values received;
    EXPECT_FALSE(decode_down<abi::Tapi::lineDrop>(std::span(buffer).subspan(sizeof(FrameHeader)), received));
}

TEST(Codec, R030_AStructureWhoseTotalSizeIsNotItsLengthIsRefused) {
    std::vector<std::byte> params(sizeof(LINECALLPARAMS));
    const std::uint32_t lie = sizeof(LINECALLPARAMS) + 1;
    std::memcpy(params.data(), &lie, sizeof lie);
    constexpr auto index = abi::row<abi::Tapi::lineMakeCall>().index_of("lpCallParams");
    Values values;
    values[index] = {.number = 0, .bytes = params, .null = false};
    std::vector<std::byte> buffer;
    FrameWriter down(buffer, {});
    encode_down<abi::Tapi::lineMakeCall>(down, values);
    down.finish();
    Values received;
    EXPECT_FALSE(
        decode_down<abi::Tapi::lineMakeCall>(std::span(buffer).subspan(sizeof(FrameHeader)), received));
}

TEST(Table, EveryCountParameterExistsInItsRow) {
    const auto check = [](const abi::Function& row) {
        for (std::size_t i = 0; i < row.count; ++i) {
            const auto& p = row.parameters[i];
            if (!p.count_name.empty()) {
                EXPECT_LT(row.index_of(p.count_name), row.count) << row.name << " " << p.name;
            }
        }
    };
    for (const auto& row : abi::tspi_functions) check(row);
    for (const auto& row : abi::tapi_functions) check(row);
}

TEST(Table, R043_ExactlyTheAsynchronousTspiFunctionsStartWithARequestId) {
    for (const auto& row : abi::tspi_functions) {
        const bool first_is_request = row.count > 0 && row.parameters[0].name == "dwRequestID";
        EXPECT_EQ(row.mode == abi::Mode::async, first_is_request) << row.name;
    }
}

} // namespace
} // namespace offhook::wire
