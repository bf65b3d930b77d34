// SPDX-License-Identifier: Apache-2.0
//
// Devices as each application numbers them, where their provider has other numbers.
#include "tests/core/scripted.h"

namespace offhook::test {
namespace {

using abi::Tapi;
using abi::Tspi;
using core::Arguments;
using core::as_result;

// The provider has gone from two lines and one phone to three and two, so that its numbers begin behind the
// first ones: lines 2 to 4, phones 1 and 2.
class DeviceNumbers : public Rules {
  protected:
    static constexpr std::uint32_t first_line = 2, first_phone = 1;

    DeviceNumbers() {
        install();
        ScriptedApplication before(world);
        before.initialise();
        world.disconnect(before.id());
        world.run_until_quiet();
        behaviour.lines = 3;
        behaviour.phones = 2;
        application.initialise();
        line = application.open(LINECALLPRIVILEGE_NONE);
        EXPECT_EQ(world.core().snapshot().lines.at(0).device, first_line);
        EXPECT_EQ(world.core().snapshot().phones.at(0).device, first_phone);
    }
    std::uint32_t initialise_phones() {
        EXPECT_EQ(application.call(Arguments<Tapi::phoneInitializeEx>().with<"lpdwAPIVersion">(abi::v2_2),
                                   world.open_channel(application.id())),
                  0);
        return application.output<Tapi::phoneInitializeEx, "lphPhoneApp">();
    }
    static wire::Value class_name(std::u16string_view name) {
        return core::bytes_value(std::as_bytes(std::span(name)));
    }
    std::int32_t phones_of_line(std::uint32_t total = 100) {
        return application.call(Arguments<Tapi::lineGetID>()
                                    .with<"hLine">(line)
                                    .with<"dwSelect">(LINECALLSELECT_LINE)
                                    .with<"lpDeviceID">(total)
                                    .with<"lpszDeviceClass">(class_name(u"tapi/phone")));
    }
    static std::vector<std::uint32_t> numbers(std::span<const std::byte> bytes) {
        VARSTRING header{};
        std::memcpy(&header, bytes.data(), sizeof header);
        std::vector<std::uint32_t> found(header.dwStringSize / sizeof(std::uint32_t));
        if (!found.empty())
            std::memcpy(found.data(), bytes.data() + header.dwStringOffset, header.dwStringSize);
        return found;
    }
    std::vector<std::uint32_t> numbers_of_phones() const {
        return numbers(application.bytes<Tapi::lineGetID, "lpDeviceID">());
    }

    ScriptedApplication application{world};
    std::uint32_t line = 0;
};

TEST_F(DeviceNumbers, R098_ACallIsOfTheLineAsTheApplicationNumbersIt) {
    provider().say_call_is_of(first_line);
    EXPECT_GT(application.make_call(line), 0);
    world.run_until_quiet();
    const auto call = application.next(LINE_REPLY)->late_call;
    ASSERT_TRUE(call);
    EXPECT_EQ(
        application.call(Arguments<Tapi::lineGetCallInfo>().with<"hCall">(*call).with<"lpCallInfo">(1000)),
        0);
    LINECALLINFO info{};
    const auto bytes = application.bytes<Tapi::lineGetCallInfo, "lpCallInfo">();
    std::memcpy(&info, bytes.data(), std::min(bytes.size(), sizeof info));
    EXPECT_EQ(info.dwLineDeviceID, 0u);
}

TEST_F(DeviceNumbers, R098_ALinesPhonesAreNamedAsTheApplicationNumbersThem) {
    initialise_phones();
    provider().name_devices({first_phone + 1, first_phone});
    EXPECT_EQ(phones_of_line(), 0);
    EXPECT_EQ(numbers_of_phones(), (std::vector<std::uint32_t>{1, 0}));
    EXPECT_EQ(phones_of_line(sizeof(VARSTRING) - 4), as_result(LINEERR_STRUCTURETOOSMALL));
    // What the application has no room for is not there, and how much it would need is.
    EXPECT_EQ(phones_of_line(sizeof(VARSTRING) + 4), 0);
    EXPECT_TRUE(numbers_of_phones().empty());
    VARSTRING header{};
    std::memcpy(&header, application.bytes<Tapi::lineGetID, "lpDeviceID">().data(), sizeof header);
    EXPECT_EQ(header.dwNeededSize, sizeof(VARSTRING) + 8);
    EXPECT_EQ(header.dwTotalSize, sizeof(VARSTRING) + 4);
}

TEST_F(DeviceNumbers, R098_WhoHasNotInitialisedPhonesLearnsTheNumberThatItWillFind) {
    provider().name_devices({first_phone + 1});
    EXPECT_EQ(phones_of_line(), 0);
    EXPECT_EQ(numbers_of_phones(), std::vector<std::uint32_t>{1});
}

TEST_F(DeviceNumbers, R094_APhoneThatTheApplicationHasNoNumberForIsNotNamed) {
    initialise_phones();
    provider().event(PHONE_REMOVE, 0, 0, first_phone);
    world.run_until_quiet();
    provider().name_devices({first_phone, first_phone + 1});
    EXPECT_EQ(phones_of_line(), 0);
    EXPECT_EQ(numbers_of_phones(), std::vector<std::uint32_t>{1});
    provider().name_devices({first_phone, 4711});
    EXPECT_EQ(phones_of_line(), as_result(LINEERR_NODEVICE));
}

TEST_F(DeviceNumbers, R098_APhonesLinesAreNamedAsTheApplicationNumbersThem) {
    EXPECT_EQ(application.call(Arguments<Tapi::phoneOpen>()
                                   .with<"hPhoneApp">(initialise_phones())
                                   .with<"dwDeviceID">(1)
                                   .with<"dwAPIVersion">(abi::v2_2)
                                   .with<"dwPrivilege">(PHONEPRIVILEGE_MONITOR)),
              0);
    const auto phone = application.output<Tapi::phoneOpen, "lphPhone">();
    provider().name_devices({first_line + 2});
    for (const auto& [name, number] : {std::pair(u"tapi/line", 2u), std::pair(u"tapi/phone", 1u)}) {
        EXPECT_EQ(application.call(Arguments<Tapi::phoneGetID>()
                                       .with<"hPhone">(phone)
                                       .with<"lpDeviceID">(100)
                                       .with<"lpszDeviceClass">(class_name(name))),
                  0);
        EXPECT_EQ(numbers(application.bytes<Tapi::phoneGetID, "lpDeviceID">()),
                  std::vector<std::uint32_t>{number});
    }
}

} // namespace
} // namespace offhook::test
