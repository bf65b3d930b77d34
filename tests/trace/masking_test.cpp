// SPDX-License-Identifier: Apache-2.0
//
// A secret that passes the service is not in the ring: not as bytes, and not in what is shown.
#include "frames.h"

#include "abi/structure_writer.h"
#include "wire/host.h"

#include <gtest/gtest.h>

namespace offhook::trace {
namespace {

using namespace test;
using abi::Tapi;
using abi::Tspi;
using wire::FrameKind;

constexpr std::string_view secret = "correct horse battery staple";

Bytes in_utf8() {
    return {reinterpret_cast<const std::byte*>(secret.data()),
            reinterpret_cast<const std::byte*>(secret.data()) + secret.size()};
}
std::u16string in_utf16() { return abi::to_utf16(secret); }

class Masked : public testing::Test {
  protected:
    void frame(Boundary boundary, const Bytes& frame) {
        recorder_.frames(boundary, {.session = 1, .application = 2}, 0, frame);
    }

    void expect_no_secret() {
        const auto kept = kept_bytes(recorder_);
        EXPECT_FALSE(contains(kept, in_utf8()));
        const auto wide = in_utf16();
        EXPECT_FALSE(contains(kept, std::as_bytes(std::span(wide))));
        for (const auto& record : records_of(recorder_))
            EXPECT_EQ(record.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace).find(secret),
                      std::string::npos);
    }

    nlohmann::json last_fields() { return records_of(recorder_).back().at("fields"); }

    Recorder recorder_{1u << 20};
};

TEST_F(Masked, WhatMayCarryAConfigurationIsNotKeptAtAll) {
    Bytes hello;
    wire::FrameWriter to(hello, {.kind = FrameKind::hello});
    write(to, wire::HostHello{.library = "/x.tsp",
                              .needs = "",
                              .configuration = {{"account.1.password", std::string(secret)}}});
    to.finish();
    frame(Boundary::to_host, hello);
    for (const auto kind : {FrameKind::hello, FrameKind::welcome, FrameKind::service, FrameKind::log,
                            FrameKind::goodbye, FrameKind::grant}) {
        Bytes bytes;
        wire::FrameWriter other(bytes, {.kind = kind, .function = wire::host_reconfigure});
        other.utf8(secret);
        other.finish();
        for (const auto boundary : {Boundary::to_host, Boundary::from_host, Boundary::to_application,
                                    Boundary::to_channel, Boundary::from_application})
            frame(boundary, bytes);
    }
    EXPECT_EQ(recorder_.ring().end(), 0u);
}

TEST_F(Masked, OfADialogNothingButTheHeaderIsKept) {
    Bytes bytes;
    wire::FrameWriter to(bytes, {.kind = FrameKind::dialog, .function = 1});
    to.utf8(secret);
    to.finish();
    frame(Boundary::from_application, bytes);
    EXPECT_EQ(recorder_.ring().end(), 1u);
    expect_no_secret();
}

TEST_F(Masked, BytesThatTheInterfaceDoesNotInterpretAreWiped) {
    const auto bytes = in_utf8();
    for (const auto function : {Tspi::lineDevSpecific, Tspi::lineSendUserUserInfo, Tspi::lineSetDevConfig,
                                Tspi::lineSetCallData, Tspi::phoneSetData, Tspi::lineDrop}) {
        const auto& row = abi::row(function);
        Named values;
        for (std::size_t i = 0; i < row.count; ++i)
            if (row.parameters[i].kind == abi::Kind::bytes) values[row.parameters[i].name] = block(bytes);
        ASSERT_FALSE(values.empty());
        frame(Boundary::to_host, down(row, header_of(FrameKind::call, function), values));
    }
    EXPECT_EQ(recorder_.ring().end(), 6u);
    expect_no_secret();
    EXPECT_EQ(last_fields().at("lpsUserUserInfo"), "<28 bytes>");
}

TEST_F(Masked, BytesOfACompletionAndOfItsReplyAreWiped) {
    const auto bytes = in_utf8();
    frame(Boundary::from_host,
          up(abi::row(Tspi::lineDevSpecific), abi::Fill::at_reply,
             header_of(FrameKind::completion, Tspi::lineDevSpecific, 77), {{"lpParams", block(bytes)}}));
    Bytes late;
    wire::FrameWriter to(late, {});
    to.utf8(secret);
    to.finish();
    late.erase(late.begin(), late.begin() + sizeof(wire::FrameHeader));
    const auto reply = to_channel(LINE_REPLY, {.parameter1 = 77}, 77, late);
    frame(Boundary::to_channel, reply); // of a request that is not known
    Bytes accepted;
    wire::FrameWriter result(accepted, header_of(FrameKind::result, Tapi::lineDevSpecific, 5, 77));
    result.finish();
    frame(Boundary::to_application, accepted);
    frame(Boundary::to_channel, reply);
    EXPECT_EQ(recorder_.ring().end(), 4u);
    expect_no_secret();
    EXPECT_EQ(last_fields().at("lpParams"), "<28 bytes>");
}

TEST_F(Masked, DigitsAreWiped) {
    frame(Boundary::to_host,
          down(abi::row(Tspi::lineGenerateDigits), header_of(FrameKind::call, Tspi::lineGenerateDigits),
               {{"lpszDigits", text(in_utf16())}}));
    EXPECT_EQ(last_fields().at("lpszDigits"), "<28 characters>");
    Bytes late;
    wire::FrameWriter to(late, {});
    to.text(in_utf16());
    to.finish();
    late.erase(late.begin(), late.begin() + sizeof(wire::FrameHeader));
    frame(Boundary::from_host,
          from_host(LINE_GATHERDIGITS, {.line = 1, .call = 2, .parameter1 = 1, .late = late}));
    frame(Boundary::to_channel, to_channel(LINE_GATHERDIGITS, {.device = 3, .parameter1 = 1}, 0, late));
    expect_no_secret();
    frame(Boundary::from_host,
          from_host(LINE_MONITORDIGITS,
                    {.line = 1, .call = 2, .parameter1 = u'7', .parameter2 = LINEDIGITMODE_DTMF}));
    EXPECT_EQ(last_fields().at("dwParam1"), 0);
    EXPECT_EQ(last_fields().at("dwParam2"), "LINEDIGITMODE_DTMF");
    frame(
        Boundary::to_channel,
        to_channel(LINE_MONITORDIGITS, {.device = 3, .parameter1 = u'7', .parameter2 = LINEDIGITMODE_DTMF}));
    EXPECT_EQ(last_fields().at("dwParam1"), 0);
}

TEST_F(Masked, WhatFollowsThePauseInAnAddressIsForWhoeverAnswers) {
    const std::pair<std::u16string, std::string> addresses[] = {
        {u"+49 89 1234,,4711#", "+49 89 1234,******"},
        {u"0800$4711", "0800$****"},
        {u"0800@4711", "0800@****"},
        {u"sip:alice@example.org", "sip:alice@example.org"},
        {u"sip:alice@10.0.0.1", "sip:alice@10.0.0.1"},
        {u"12345", "12345"}};
    for (const auto& [dialled, shown] : addresses) {
        frame(Boundary::to_host,
              down(abi::row(Tspi::lineMakeCall), header_of(FrameKind::call, Tspi::lineMakeCall),
                   {{"lpszDestAddress", text(dialled)}}));
        EXPECT_EQ(last_fields().at("lpszDestAddress"), shown);
    }
}

// What an application passes to lineMakeCall.
class CallParams {
  public:
    explicit CallParams(std::uint32_t version) : bytes_(abi::fixed_size<LINECALLPARAMS>(version)) {}
    void set(std::size_t field, std::uint32_t value) {
        std::memcpy(bytes_.data() + field, &value, sizeof value);
    }
    void add(std::size_t size_field, std::size_t offset_field, std::span<const std::byte> part) {
        set(size_field, static_cast<std::uint32_t>(part.size()));
        set(offset_field, static_cast<std::uint32_t>(bytes_.size()));
        bytes_.insert(bytes_.end(), part.begin(), part.end());
    }
    void add(std::size_t size_field, std::size_t offset_field, std::u16string_view part) {
        add(size_field, offset_field, std::as_bytes(std::span(part)));
    }
    const Bytes& bytes() {
        set(offsetof(LINECALLPARAMS, dwTotalSize), static_cast<std::uint32_t>(bytes_.size()));
        return bytes_;
    }

  private:
    Bytes bytes_;
};

#define PART(name) offsetof(LINECALLPARAMS, name##Size), offsetof(LINECALLPARAMS, name##Offset)

TEST_F(Masked, BinaryPartsOfStructuresAreWiped) {
    CallParams params(abi::v2_2);
    params.set(offsetof(LINECALLPARAMS, dwBearerMode), LINEBEARERMODE_VOICE);
    params.set(offsetof(LINECALLPARAMS, dwMediaMode), LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_G3FAX);
    params.add(PART(dwDevSpecific), in_utf8());
    params.add(PART(dwUserUserInfo), in_utf8());
    params.add(PART(dwTargetAddress), u"1234," + in_utf16());
    params.add(PART(dwComment), u"a comment");
    frame(Boundary::from_application,
          down(abi::row(Tapi::lineMakeCall), header_of(FrameKind::call, Tapi::lineMakeCall),
               {{"lpCallParams", block(params.bytes())}}));
    expect_no_secret();
    const auto shown = last_fields().at("lpCallParams");
    EXPECT_EQ(shown.at("dwBearerMode"), "LINEBEARERMODE_VOICE");
    EXPECT_EQ(shown.at("dwMediaMode"), "LINEMEDIAMODE_INTERACTIVEVOICE|LINEMEDIAMODE_G3FAX");
    EXPECT_EQ(shown.at("dwDevSpecific"), "<28 bytes>");
    EXPECT_EQ(shown.at("dwComment"), "a comment");
    EXPECT_EQ(shown.at("dwTargetAddress"), "1234,****************************");
}

TEST_F(Masked, AStructureOfVersion13IsMaskedAsItIsLaidOut) {
    CallParams params(abi::v1_3);
    constexpr std::u16string_view comment = u"text in the place of newer fields, which it is not";
    params.add(PART(dwComment), comment);
    params.add(PART(dwDevSpecific), in_utf8());
    frame(Boundary::from_application,
          down(abi::row(Tapi::lineMakeCall), header_of(FrameKind::call, Tapi::lineMakeCall),
               {{"lpCallParams", block(params.bytes())}}));
    expect_no_secret();
    const auto shown = last_fields().at("lpCallParams");
    EXPECT_EQ(shown.at("dwComment"), abi::to_utf8(comment));
    EXPECT_EQ(shown.size(), 2u);
}

TEST_F(Masked, WhatAProviderSaysOfACallIsMaskedToo) {
    const auto bytes = in_utf8();
    Bytes room(1024);
    const auto total = static_cast<DWORD>(room.size());
    std::memcpy(room.data(), &total, sizeof total);
    abi::StructureWriter<LINECALLINFO> writer(reinterpret_cast<LINECALLINFO*>(room.data()), abi::v2_2);
    writer->dwOrigin = LINECALLORIGIN_EXTERNAL;
    writer.bytes(&LINECALLINFO::dwUserUserInfoSize, &LINECALLINFO::dwUserUserInfoOffset, bytes.data(),
                 bytes.size());
    writer.text(&LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset, u"1234," + in_utf16());
    writer.text(&LINECALLINFO::dwCallerIDNameSize, &LINECALLINFO::dwCallerIDNameOffset, u"Miller, Joan");
    ASSERT_EQ(writer.finish(), 0);
    const auto used = std::span(room).first(writer->dwUsedSize);
    frame(Boundary::from_host,
          up(abi::row(Tspi::lineGetCallInfo), abi::Fill::at_return,
             header_of(FrameKind::result, Tspi::lineGetCallInfo), {{"lpCallInfo", block(used)}}));
    expect_no_secret();
    const auto shown = last_fields().at("lpCallInfo");
    EXPECT_EQ(shown.at("dwCallerIDName"), "Miller, Joan");
    EXPECT_EQ(shown.at("dwUserUserInfo"), "<28 bytes>");
    EXPECT_EQ(shown.at("dwOrigin"), "LINECALLORIGIN_EXTERNAL");
}

TEST_F(Masked, EveryBlockThatIsNotShownIsWipedInEveryFunction) {
    const auto bytes = in_utf8();
    std::vector<std::byte> varstring(sizeof(VARSTRING) + bytes.size());
    const VARSTRING fixed{static_cast<DWORD>(varstring.size()), static_cast<DWORD>(varstring.size()),
                          static_cast<DWORD>(varstring.size()), STRINGFORMAT_BINARY,
                          static_cast<DWORD>(bytes.size()),     sizeof(VARSTRING)};
    std::memcpy(varstring.data(), &fixed, sizeof fixed);
    std::memcpy(varstring.data() + sizeof fixed, bytes.data(), bytes.size());
    for (std::size_t i = 0; i < abi::tspi_functions.size(); ++i) {
        const auto& row = abi::tspi_functions[i];
        Named values;
        for (std::size_t p = 0; p < row.count; ++p) {
            const auto& parameter = row.parameters[p];
            if (parameter.kind == abi::Kind::bytes) values[parameter.name] = block(bytes);
            if (parameter.type == "VARSTRING") values[parameter.name] = block(varstring);
        }
        if (values.empty()) continue;
        frame(Boundary::to_host, down(row, header_of(FrameKind::call, i), values));
        frame(Boundary::from_host, up(row, abi::Fill::at_return, header_of(FrameKind::result, i), values));
        frame(Boundary::from_host, up(row, abi::Fill::at_reply, header_of(FrameKind::completion, i), values));
    }
    EXPECT_GT(recorder_.ring().end(), 50u);
    expect_no_secret();
}

TEST_F(Masked, WhatWasCutIsMaskedUpToTheCut) {
    Bytes large;
    while (large.size() < 2 * longest_kept) {
        const auto bytes = in_utf8();
        large.insert(large.end(), bytes.begin(), bytes.end());
    }
    frame(Boundary::to_host,
          down(abi::row(Tspi::lineDevSpecific), header_of(FrameKind::call, Tspi::lineDevSpecific),
               {{"lpParams", block(large)}}));
    EXPECT_LE(kept_bytes(recorder_).size(), longest_kept);
    expect_no_secret();
    EXPECT_NE(records_of(recorder_).back().at("text").get<std::string>().find("cut"), std::string::npos);
}

} // namespace
} // namespace offhook::trace
