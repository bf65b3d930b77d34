// SPDX-License-Identifier: Apache-2.0
//
// The A forms: UTF-8 in arguments, results and structures; the W forms: UTF-16 as it travels.
#include "program.h"

#include "abi/structure_writer.h"
#include "client/structure_text.h"

#include <algorithm>
#include <random>

namespace offhook::client_test {
namespace {

template <class T> std::string text_of(const T& structure, DWORD T::*size, DWORD T::*offset) {
    const std::string bytes(reinterpret_cast<const char*>(&structure) + structure.*offset, structure.*size);
    EXPECT_TRUE(bytes.empty() || bytes.back() == '\0'); // R040
    return bytes.substr(0, bytes.find('\0'));
}

TEST(Text, ArgumentsAreConverted) {
    FakeService service;
    const Program program;
    std::vector<std::u16string> seen;
    service.on(Tapi::lineDial, [&](const Request& request) {
        seen.push_back(request.text("lpszDestAddress"));
        service.reply(request, LINEERR_INVALADDRESS);
    });
    EXPECT_EQ(lineDial(1,
                       "Gr\xC3\xBC\xC3\x9F"
                       "e",
                       0),
              LINEERR_INVALADDRESS); // the bare form is the A form
    EXPECT_EQ(lineDialA(1, "\xF0\x9F\x93\x9E", 0), LINEERR_INVALADDRESS);
    EXPECT_EQ(lineDialW(1, u"Gr\u00FC\u00DFe", 0), LINEERR_INVALADDRESS);
    EXPECT_EQ(lineDialA(1, "", 0), LINEERR_INVALADDRESS);
    ASSERT_EQ(seen.size(), 4u);
    EXPECT_EQ(seen[0], u"Gr\u00FC\u00DFe");
    EXPECT_EQ(seen[1], u"\U0001F4DE");
    EXPECT_EQ(seen[2], seen[0]);
    EXPECT_EQ(seen[3], u"");
}

TEST(Text, TheCountOfCountedTextFollows) {
    FakeService service;
    const Program program;
    service.on(Tapi::lineGetAddressID, [&](const Request& request) {
        EXPECT_EQ(request.text("lpsAddress"), std::u16string_view(u"\u00FC1\0", 3));
        EXPECT_EQ(request.number("dwSize"), 6u);
        service.reply(request, 0, Outputs().number("lpdwAddressID", 3));
    });
    DWORD address = 0;
    EXPECT_EQ(lineGetAddressIDA(1, &address, LINEADDRESSMODE_DIALABLEADDR,
                                "\xC3\xBC"
                                "1",
                                4),
              0);
    EXPECT_EQ(address, 3u);
    EXPECT_EQ(lineGetAddressIDW(1, &address, LINEADDRESSMODE_DIALABLEADDR, u"\u00FC1", 6), 0);
    EXPECT_EQ(lineGetAddressIDW(1, &address, LINEADDRESSMODE_DIALABLEADDR, u"\u00FC1", 5),
              LINEERR_INVALPARAM);
}

struct CapsMemory {
    LINEDEVCAPS caps;
    char room[200];
};

class DevCaps : public testing::Test {
  protected:
    FakeService service_;
    Program program_;
    CapsMemory memory_{};

    // Version 2.2, with three texts, one of which is a list, and binary data.
    void answer(std::uint32_t fixed) {
        service_.on(Tapi::lineGetDevCaps, [this, fixed](const Request& request) {
            Filled<LINEDEVCAPS> caps(fixed, static_cast<std::uint32_t>(request.number("lpLineDevCaps")));
            caps->dwStringFormat = STRINGFORMAT_UNICODE;
            caps->dwPermanentLineID = 4711;
            caps.text(&LINEDEVCAPS::dwProviderInfoSize, &LINEDEVCAPS::dwProviderInfoOffset, u"SIP");
            caps.text(&LINEDEVCAPS::dwLineNameSize, &LINEDEVCAPS::dwLineNameOffset, u"B\u00FCro \u2192 1");
            caps.part(&LINEDEVCAPS::dwDevSpecificSize, &LINEDEVCAPS::dwDevSpecificOffset,
                      std::as_bytes(std::span("\1\2\3", 3)));
            if (fixed >= offsetof(LINEDEVCAPS, dwDeviceClassesOffset) + 4)
                caps.text(&LINEDEVCAPS::dwDeviceClassesSize, &LINEDEVCAPS::dwDeviceClassesOffset,
                          std::u16string_view(u"tapi/line\0offhook/audio\0", 24));
            service_.reply(request, 0, Outputs().block("lpLineDevCaps", caps.bytes()));
        });
    }
    LONG get(DWORD total) {
        memory_ = {};
        memory_.caps.dwTotalSize = total;
        return lineGetDevCapsA(program_.application, 0, 0x20002, 0, &memory_.caps);
    }
};

TEST_F(DevCaps, R029_TextsInStructuresAreConvertedInEachVersion) {
    for (const std::uint32_t fixed : {268u, 252u}) {
        answer(fixed);
        ASSERT_EQ(get(sizeof memory_), 0);
        EXPECT_EQ(text_of(memory_.caps, &LINEDEVCAPS::dwProviderInfoSize, &LINEDEVCAPS::dwProviderInfoOffset),
                  "SIP");
        EXPECT_EQ(text_of(memory_.caps, &LINEDEVCAPS::dwLineNameSize, &LINEDEVCAPS::dwLineNameOffset),
                  "B\xC3\xBCro \xE2\x86\x92 1");
        EXPECT_EQ(memory_.caps.dwDevSpecificSize, 3u);
        EXPECT_EQ(memory_.caps.dwStringFormat, STRINGFORMAT_ASCII);
        EXPECT_EQ(memory_.caps.dwPermanentLineID, 4711u);
        EXPECT_EQ(memory_.caps.dwTotalSize, sizeof memory_);
        EXPECT_EQ(memory_.caps.dwNeededSize, memory_.caps.dwUsedSize); // R034
        EXPECT_EQ(memory_.caps.dwProviderInfoOffset, fixed);           // R037
    }
    answer(268);
    ASSERT_EQ(get(sizeof memory_), 0);
    const std::string classes(reinterpret_cast<char*>(&memory_) + memory_.caps.dwDeviceClassesOffset,
                              memory_.caps.dwDeviceClassesSize);
    EXPECT_EQ(classes, std::string("tapi/line\0offhook/audio\0\0", 25));
    answer(240);
    ASSERT_EQ(get(sizeof memory_), 0);
    EXPECT_EQ(memory_.caps.dwProviderInfoOffset, 240u);
    EXPECT_EQ(text_of(memory_.caps, &LINEDEVCAPS::dwProviderInfoSize, &LINEDEVCAPS::dwProviderInfoOffset),
              "SIP");
}

TEST_F(DevCaps, R033_WhatDoesNotFitIsLeftOutWhole) {
    answer(268);
    ASSERT_EQ(get(sizeof memory_), 0);
    const auto needed = memory_.caps.dwNeededSize;
    for (DWORD total = 268; total <= needed; ++total) {
        ASSERT_EQ(get(total), 0);
        EXPECT_EQ(memory_.caps.dwNeededSize, needed);
        EXPECT_LE(memory_.caps.dwUsedSize, total);
        EXPECT_EQ(memory_.caps.dwUsedSize == needed, total == needed);
        const auto whole = {0u, 4u};
        EXPECT_NE(std::ranges::find(whole, memory_.caps.dwProviderInfoSize), whole.end());
        EXPECT_EQ(memory_.caps.dwProviderInfoSize == 0, memory_.caps.dwProviderInfoOffset == 0); // R035
        for (std::size_t i = total; i < sizeof memory_; ++i)
            ASSERT_EQ(reinterpret_cast<char*>(&memory_)[i], 0) << "written past dwTotalSize";
    }
    EXPECT_EQ(get(267), LINEERR_STRUCTURETOOSMALL);
}

TEST_F(DevCaps, TheWFormLeavesThemAlone) {
    answer(268);
    memory_.caps.dwTotalSize = sizeof memory_;
    ASSERT_EQ(lineGetDevCapsW(program_.application, 0, 0x20002, 0, &memory_.caps), 0);
    EXPECT_EQ(memory_.caps.dwStringFormat, STRINGFORMAT_UNICODE);
    EXPECT_EQ(memory_.caps.dwProviderInfoSize, 8u);
}

// Whether or not the list's size counts the texts of its entries.
class EntriesOfArrays : public testing::TestWithParam<DWORD> {};

TEST_P(EntriesOfArrays, AreConverted) {
    FakeService service;
    const Program program;
    service.on(Tapi::lineGetProviderList, [&](const Request& request) {
        constexpr DWORD fixed = sizeof(LINEPROVIDERLIST), entry = sizeof(LINEPROVIDERENTRY);
        Filled<LINEPROVIDERLIST> list(fixed, static_cast<std::uint32_t>(request.number("lpProviderList")));
        const std::u16string first = u"sip.tsp", second = u"\u00E4.tsp";
        const DWORD sizes[] = {16, 12};
        const LINEPROVIDERENTRY entries[] = {{1, sizes[0], fixed + 2 * entry},
                                             {2, sizes[1], fixed + 2 * entry + 16}};
        list->dwNumProviders = 2;
        list.part(&LINEPROVIDERLIST::dwProviderListSize, &LINEPROVIDERLIST::dwProviderListOffset,
                  std::as_bytes(std::span(entries)));
        auto bytes = list.bytes();
        for (const auto& text : {first, second}) {
            const auto raw = std::as_bytes(std::span(text.c_str(), text.size() + 1));
            bytes.insert(bytes.end(), raw.begin(), raw.end());
        }
        const auto used = static_cast<std::uint32_t>(bytes.size());
        const DWORD counted = 2 * entry + GetParam();
        std::memcpy(bytes.data() + offsetof(LINEPROVIDERLIST, dwProviderListSize), &counted, sizeof counted);
        std::memcpy(bytes.data() + 4, &used, 4);
        std::memcpy(bytes.data() + 8, &used, 4);
        service.reply(request, 0, Outputs().block("lpProviderList", bytes));
    });
    struct {
        LINEPROVIDERLIST list;
        char room[100];
    } memory{};
    memory.list.dwTotalSize = sizeof memory;
    ASSERT_EQ(lineGetProviderListA(0x20002, &memory.list), 0);
    ASSERT_EQ(memory.list.dwProviderListSize, 2 * sizeof(LINEPROVIDERENTRY));
    const char* base = reinterpret_cast<char*>(&memory);
    LINEPROVIDERENTRY entries[2];
    std::memcpy(entries, base + memory.list.dwProviderListOffset, sizeof entries);
    EXPECT_EQ(entries[1].dwPermanentProviderID, 2u);
    EXPECT_STREQ(base + entries[0].dwProviderFilenameOffset, "sip.tsp");
    EXPECT_STREQ(base + entries[1].dwProviderFilenameOffset, "\xC3\xA4.tsp");
    EXPECT_EQ(entries[1].dwProviderFilenameSize, 7u);
}

INSTANTIATE_TEST_SUITE_P(Text, EntriesOfArrays, testing::Values(0, 16 + 12));

TEST(Text, StructuresThatArePassedInAreConverted) {
    FakeService service;
    const Program program;
    struct {
        LINECALLPARAMS params;
        char texts[12];
    } memory{{}, "Zo\xC3\xAB\0hallo"};
    memory.params.dwTotalSize = sizeof memory;
    memory.params.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    memory.params.dwCalledPartySize = 5;
    memory.params.dwCalledPartyOffset = sizeof(LINECALLPARAMS);
    memory.params.dwUserUserInfoSize = 5;
    memory.params.dwUserUserInfoOffset = sizeof(LINECALLPARAMS) + 5;
    service.on(Tapi::lineMakeCall, [&](const Request& request) {
        const auto bytes = request.bytes("lpCallParams");
        LINECALLPARAMS params{};
        std::memcpy(&params, bytes.data(), 176);
        EXPECT_EQ(params.dwTotalSize, bytes.size());
        EXPECT_EQ(params.dwMediaMode, LINEMEDIAMODE_INTERACTIVEVOICE);
        EXPECT_EQ(params.dwCalledPartySize, 8u);
        std::u16string party(4, u'\0');
        std::memcpy(party.data(), bytes.data() + params.dwCalledPartyOffset, 8);
        EXPECT_EQ(party, std::u16string(u"Zo\u00EB\0", 4));
        EXPECT_EQ(params.dwUserUserInfoSize, 5u); // binary: as it is
        EXPECT_EQ(std::memcmp(bytes.data() + params.dwUserUserInfoOffset, "hallo", 5), 0);
        service.reply(request, LINEERR_CALLUNAVAIL);
    });
    HCALL call = 0;
    EXPECT_EQ(lineMakeCallA(1, &call, "1", 0, &memory.params), LINEERR_CALLUNAVAIL);
    memory.params.dwCalledPartyOffset = 0x10000;
    EXPECT_EQ(lineMakeCallA(1, &call, "1", 0, &memory.params), LINEERR_INVALPARAM);
}

TEST(Text, ForwardListsAreConverted) {
    FakeService service;
    const Program program;
    struct {
        LINEFORWARDLIST list;
        char text[8];
    } memory{{},
             "\xC3\xB6"
             "1"};
    memory.list.dwTotalSize = sizeof memory;
    memory.list.dwNumEntries = 1;
    memory.list.ForwardList[0].dwDestAddressSize = 4;
    memory.list.ForwardList[0].dwDestAddressOffset = offsetof(decltype(memory), text);
    service.on(Tapi::lineForward, [&](const Request& request) {
        const auto bytes = request.bytes("lpForwardList");
        LINEFORWARDLIST list{};
        std::memcpy(&list, bytes.data(), 32);
        EXPECT_EQ(list.dwTotalSize, bytes.size());
        EXPECT_EQ(list.ForwardList[0].dwDestAddressSize, 6u);
        EXPECT_EQ(std::memcmp(bytes.data() + list.ForwardList[0].dwDestAddressOffset, u"\u00F61", 6), 0);
        service.reply(request, LINEERR_OPERATIONUNAVAIL);
    });
    HCALL call = 0;
    EXPECT_EQ(lineForwardA(1, 1, 0, &memory.list, 3, &call, nullptr), LINEERR_OPERATIONUNAVAIL);
}

TEST(Text, AVarStringSaysWhatItHolds) {
    FakeService service;
    const Program program;
    DWORD format = STRINGFORMAT_UNICODE;
    service.on(Tapi::lineGetID, [&](const Request& request) {
        Filled<VARSTRING> id(24, static_cast<std::uint32_t>(request.number("lpDeviceID")));
        id->dwStringFormat = format;
        id.text(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, u"x\u00E9");
        service.reply(request, 0, Outputs().block("lpDeviceID", id.bytes()));
    });
    struct {
        VARSTRING id;
        char room[20];
    } memory{};
    memory.id.dwTotalSize = sizeof memory;
    ASSERT_EQ(lineGetIDA(1, 0, 0, LINECALLSELECT_LINE, &memory.id, "x"), 0);
    EXPECT_EQ(memory.id.dwStringFormat, STRINGFORMAT_ASCII);
    EXPECT_STREQ(reinterpret_cast<char*>(&memory) + memory.id.dwStringOffset, "x\xC3\xA9");
    format = STRINGFORMAT_BINARY;
    ASSERT_EQ(lineGetIDA(1, 0, 0, LINECALLSELECT_LINE, &memory.id, "x"), 0);
    EXPECT_EQ(memory.id.dwStringFormat, STRINGFORMAT_BINARY);
    EXPECT_EQ(memory.id.dwStringSize, 6u);
}

// Texts in slots of one length keep their places.
TEST(Text, SlotsOfTextAreConverted) {
    Filled<LINEADDRESSCAPS> caps(228, 1000);
    caps->dwNumCompletionMessages = 2;
    caps->dwCompletionMsgTextEntrySize = 16;
    const char16_t slots[16] = u"hi\0\0\0\0\0\0g\u00FCnther";
    caps.part(&LINEADDRESSCAPS::dwCompletionMsgTextSize, &LINEADDRESSCAPS::dwCompletionMsgTextOffset,
              std::as_bytes(std::span(slots)));
    const auto converted = client::filled_as_utf8(abi::StructureId::LINEADDRESSCAPS, caps.bytes(), 1000);
    ASSERT_TRUE(converted);
    LINEADDRESSCAPS result{};
    std::memcpy(&result, converted->data(), 228);
    EXPECT_EQ(result.dwCompletionMsgTextEntrySize, 9u);
    ASSERT_EQ(result.dwCompletionMsgTextSize, 18u);
    const auto* text = reinterpret_cast<const char*>(converted->data()) + result.dwCompletionMsgTextOffset;
    EXPECT_STREQ(text, "hi");
    EXPECT_STREQ(text + 9, "g\xC3\xBCnther");
}

TEST(Text, LocationCodesAreCutBetweenCharacters) {
    FakeService service;
    service.on(Tapi::tapiGetLocationInfo, [&](const Request& request) {
        const auto block = [](std::u16string_view text) {
            const auto raw = std::as_bytes(std::span(text));
            return std::vector<std::byte>(raw.begin(), raw.end());
        };
        service.reply(request, 0,
                      Outputs()
                          .block("lpszCountryCodeW", block(u"49"))
                          .block("lpszCityCodeW", block(u"123456\u00FC8")));
    });
    char country[8], city[8];
    EXPECT_EQ(tapiGetLocationInfoA(country, city), 0);
    EXPECT_STREQ(country, "49");
    EXPECT_STREQ(city, "123456");
}

TEST(Text, RequestsAreOfTheModeThatWasAskedFor) {
    FakeService service;
    const Program program;
    service.on(Tapi::lineGetRequest, [&](const Request& request) {
        LINEREQMEDIACALLW whole{};
        std::ranges::copy(std::u16string_view(u"+49\u00FC"), whole.szDestAddress);
        std::ranges::copy(std::u16string_view(u"app"), whole.szAppName);
        const auto raw = std::as_bytes(std::span(&whole, 1));
        service.reply(request, 0, Outputs().block("lpRequestBuffer", {raw.begin(), raw.end()}));
    });
    struct {
        LINEREQMAKECALL request;
        DWORD guard = 0xCAFE;
    } memory{};
    EXPECT_EQ(lineGetRequestA(program.application, LINEREQUESTMODE_MAKECALL, &memory.request), 0);
    EXPECT_STREQ(memory.request.szDestAddress, "+49\xC3\xBC");
    EXPECT_STREQ(memory.request.szAppName, "app");
    EXPECT_EQ(memory.guard, 0xCAFEu);
}

// The entries are of a structure that has no parts of its own.
TEST(Text, R037_AListWithoutTextsMovesBehindTheTexts) {
    std::vector<std::byte> bytes(512);
    auto* caps = reinterpret_cast<LINEAGENTCAPS*>(bytes.data());
    caps->dwTotalSize = static_cast<DWORD>(bytes.size());
    abi::StructureWriter<LINEAGENTCAPS> writer(caps, abi::v2_2);
    const std::array<LINEEXTENSIONID, 2> extensions{{{1, 2, 3, 4}, {5, 6, 7, 8}}};
    writer->dwNumAgentExtensionIDs = extensions.size();
    writer.text(&LINEAGENTCAPS::dwAgentHandlerInfoSize, &LINEAGENTCAPS::dwAgentHandlerInfoOffset, u"handler");
    writer.bytes(&LINEAGENTCAPS::dwAgentExtensionIDListSize, &LINEAGENTCAPS::dwAgentExtensionIDListOffset,
                 extensions.data(), sizeof extensions);
    const auto used = writer->dwUsedSize;
    ASSERT_EQ(writer.finish(), 0);

    const auto converted =
        client::filled_as_utf8(abi::StructureId::LINEAGENTCAPS, std::span(bytes).first(used), 512);
    ASSERT_TRUE(converted);
    LINEAGENTCAPS found{};
    std::memcpy(&found, converted->data(), sizeof found);
    EXPECT_EQ(found.dwAgentHandlerInfoSize, sizeof "handler");
    ASSERT_EQ(found.dwAgentExtensionIDListSize, sizeof extensions);
    EXPECT_EQ(found.dwAgentExtensionIDListOffset, found.dwAgentHandlerInfoOffset + sizeof "handler");
    EXPECT_EQ(std::memcmp(converted->data() + found.dwAgentExtensionIDListOffset, extensions.data(),
                          sizeof extensions),
              0);
}

// Whatever bytes a structure holds, converting it reads and writes inside of its bounds.
TEST(Text, AnyBytesAreSafeToConvert) {
    std::mt19937 random(1);
    for (int round = 0; round < 20000; ++round) {
        const auto id =
            static_cast<abi::StructureId>(random() % static_cast<unsigned>(abi::StructureId::count));
        std::vector<std::byte> bytes(12 + random() % 400);
        for (auto& byte : bytes) byte = static_cast<std::byte>(random() % 4 == 0 ? random() : 0);
        const auto size = static_cast<std::uint32_t>(bytes.size());
        for (const std::size_t field : {0u, 4u, 8u}) std::memcpy(bytes.data() + field, &size, sizeof size);
        // Often a part that lies inside, so that the conversion is reached.
        for (const auto& part : abi::parts_of(id)) {
            if (part.offset_field + 4 > bytes.size() || random() % 2 == 0) continue;
            const auto offset = static_cast<std::uint32_t>(random() % size);
            const auto length = static_cast<std::uint32_t>(random() % (size - offset + 1));
            std::memcpy(bytes.data() + part.offset_field, &offset, 4);
            std::memcpy(bytes.data() + part.size_field, &length, 4);
        }
        const auto room = static_cast<std::uint32_t>(random() % 600);
        if (const auto filled = client::filled_as_utf8(id, bytes, room)) {
            EXPECT_LE(filled->size(), room);
            EXPECT_TRUE(client::version_of_filled(id, *filled)) << "what was converted is sound itself";
        }
        (void)client::passed_as_utf16(id, bytes);
    }
}

} // namespace
} // namespace offhook::client_test
