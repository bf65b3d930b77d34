// SPDX-License-Identifier: Apache-2.0
#include "abi/structure_reader.h"
#include "abi/structure_versions.h"
#include "abi/structure_writer.h"
#include "tests/abi/structure_walk.h"
#include "tests/support/guarded_memory.h"
#include "tests/support/random.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace offhook::abi {
namespace {

using test_support::GuardedMemory;

// A part as a test wants it: which one, and how long.
struct Wanted {
    std::size_t part;
    std::size_t length; // characters of text, bytes of anything else
};

std::ostream& operator<<(std::ostream& out, const Wanted& wanted) {
    return out << "{part " << wanted.part << ", length " << wanted.length << "}";
}

// The parts of LINEDEVCAPS that these tests write. DeviceClasses came with 2.0.
struct DevCapsPart {
    DWORD LINEDEVCAPS::*size;
    DWORD LINEDEVCAPS::*offset;
    PartKind kind;
};
const std::array dev_caps_parts{
    DevCapsPart{&LINEDEVCAPS::dwProviderInfoSize, &LINEDEVCAPS::dwProviderInfoOffset, PartKind::text},
    DevCapsPart{&LINEDEVCAPS::dwTerminalTextSize, &LINEDEVCAPS::dwTerminalTextOffset, PartKind::binary},
    DevCapsPart{&LINEDEVCAPS::dwLineNameSize, &LINEDEVCAPS::dwLineNameOffset, PartKind::text},
    DevCapsPart{&LINEDEVCAPS::dwDevSpecificSize, &LINEDEVCAPS::dwDevSpecificOffset, PartKind::binary},
    DevCapsPart{&LINEDEVCAPS::dwDeviceClassesSize, &LINEDEVCAPS::dwDeviceClassesOffset, PartKind::text},
};

void set_field(std::span<std::byte> bytes, std::size_t offset, std::uint32_t value) {
    ASSERT_LE(offset + sizeof value, bytes.size());
    std::memcpy(bytes.data() + offset, &value, sizeof value);
}

// A copy, because the memory of a test ends at a page, not where a DWORD may begin.
LINEDEVCAPS fixed_part(const GuardedMemory& memory) {
    alignas(8) LINEDEVCAPS caps{};
    std::memcpy(&caps, memory.bytes().data(), std::min(memory.bytes().size(), sizeof caps));
    return caps;
}

// Fills `memory` as a provider does that negotiated `version`.
LONG fill(const GuardedMemory& memory, std::uint32_t version, const std::vector<Wanted>& wanted) {
    set_field(memory.bytes(), 0, static_cast<std::uint32_t>(memory.bytes().size()));
    StructureWriter<LINEDEVCAPS> writer(reinterpret_cast<LINEDEVCAPS*>(memory.bytes().data()), version);
    writer->dwPermanentLineID = 77;
    writer->dwNumAddresses = 1;
    for (const auto& [index, length] : wanted) {
        const auto& part = dev_caps_parts[index];
        if (part.kind == PartKind::text) writer.text(part.size, part.offset, std::u16string(length, u'x'));
        else
            writer.bytes(part.size, part.offset, std::vector<std::byte>(length, std::byte{0xEE}).data(),
                         length);
    }
    return writer.finish();
}

std::uint32_t value_of(const GuardedMemory& memory, std::size_t offset) {
    return field_at(memory.bytes(), offset);
}
std::uint32_t total_of(const GuardedMemory& memory) { return value_of(memory, 0); }
std::uint32_t needed_of(const GuardedMemory& memory) { return value_of(memory, 4); }
std::uint32_t used_of(const GuardedMemory& memory) { return value_of(memory, 8); }

rc::Gen<std::uint32_t> any_version() {
    return rc::gen::elementOf(std::vector<std::uint32_t>(versions.begin(), versions.end()));
}

// Each part at most once, in any order.
rc::Gen<std::vector<Wanted>> any_parts() {
    const auto one = rc::gen::construct<Wanted>(rc::gen::inRange<std::size_t>(0, dev_caps_parts.size()),
                                                rc::gen::inRange<std::size_t>(0, 70));
    // Not uniqueBy: it gives up when it is to find nearly all parts by chance.
    return rc::gen::map(rc::gen::container<std::vector<Wanted>>(one), [](std::vector<Wanted> wanted) {
        std::set<std::size_t> seen;
        std::erase_if(wanted, [&](const Wanted& each) { return !seen.insert(each.part).second; });
        return wanted;
    });
}

TEST(StructureTable, SizesByVersionAreTheFacts) {
    std::ifstream file(OFFHOOK_STRUCT_SIZES);
    ASSERT_TRUE(file) << OFFHOOK_STRUCT_SIZES;
    std::map<std::string, std::vector<std::string>, std::less<>> facts;
    for (std::string line; std::getline(file, line);) {
        std::istringstream cells(line + ",");
        std::vector<std::string> row;
        for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
        facts.emplace(row.front(), std::vector<std::string>(row.begin() + 1, row.end()));
    }
    for (const auto& row : structures) {
        const auto fact = facts.find(row.name);
        ASSERT_NE(fact, facts.end()) << row.name;
        for (std::size_t i = 0; i < versions.size(); ++i) {
            const auto& cell = fact->second.at(i);
            EXPECT_EQ(row.sizes[i], cell.empty() ? 0 : std::stoul(cell))
                << row.name << " " << facts["structure"][i];
        }
    }
}

TEST(StructureTable, AVersionBetweenTwoCountsAsTheLower) {
    EXPECT_EQ(fixed_size<LINEDEVCAPS>(v1_3), 240u);
    EXPECT_EQ(fixed_size<LINEDEVCAPS>(v2_1), 252u);
    EXPECT_EQ(fixed_size<LINEDEVCAPS>(0x00020003), 268u);
    EXPECT_EQ(fixed_size<LINEDEVCAPS>(0x00010000), 240u);
    EXPECT_EQ(fixed_size<LINEDEVCAPS>(0x00990000), 292u);
}

TEST(StructureWriter, R029_FieldsNewerThanTheVersionAreNeitherWrittenNorCounted) {
    GuardedMemory memory(400);
    std::ranges::fill(memory.bytes(), std::byte{0xAB});
    ASSERT_EQ(fill(memory, v1_3, {{4, 10}}), 0); // DeviceClasses
    EXPECT_EQ(used_of(memory), 240u);
    EXPECT_EQ(needed_of(memory), 240u);
    for (const auto byte : memory.bytes().subspan(240)) EXPECT_EQ(byte, std::byte{0xAB});
    ASSERT_EQ(fill(memory, v2_2, {{4, 10}}), 0);
    EXPECT_EQ(used_of(memory), 268u + 22);
}

// Any version, any total size, any parts: a fill touches nothing behind the buffer.
RC_GTEST_PROP(StructureWriter, R030_NothingIsWrittenPastTheTotalSize, ()) {
    GuardedMemory memory(*rc::gen::inRange<std::size_t>(4, 600));
    (void)fill(memory, *any_version(), *any_parts());
    RC_ASSERT(total_of(memory) == memory.bytes().size());
}

TEST(StructureWriter, R031_BelowTheFixedPartIsTooSmallAndNothingIsWritten) {
    for (const auto version : versions) {
        GuardedMemory memory(fixed_size<LINEDEVCAPS>(version) - 1);
        std::ranges::fill(memory.bytes(), std::byte{0xAB});
        EXPECT_EQ(fill(memory, version, {{0, 3}}), static_cast<LONG>(LINEERR_STRUCTURETOOSMALL));
        for (const auto byte : memory.bytes().subspan(4)) ASSERT_EQ(byte, std::byte{0xAB});
    }
    GuardedMemory memory(20);
    set_field(memory.bytes(), 0, 20);
    StructureWriter<PHONECAPS> phone(reinterpret_cast<PHONECAPS*>(memory.bytes().data()), v2_1);
    EXPECT_EQ(phone.begin(), static_cast<LONG>(PHONEERR_STRUCTURETOOSMALL));
    EXPECT_EQ(phone.finish(), static_cast<LONG>(PHONEERR_STRUCTURETOOSMALL));
}

TEST(StructureWriter, NullIsAnInvalidPointer) {
    StructureWriter<LINEDEVCAPS> line(nullptr, v2_1);
    line->dwNumAddresses = 1;
    line.text(&LINEDEVCAPS::dwLineNameSize, &LINEDEVCAPS::dwLineNameOffset, u"name");
    EXPECT_EQ(line.finish(), static_cast<LONG>(LINEERR_INVALPOINTER));
    EXPECT_EQ(StructureWriter<PHONESTATUS>(nullptr, v2_1).begin(), static_cast<LONG>(PHONEERR_INVALPOINTER));
}

TEST(StructureWriter, R032_EveryFixedFieldIsFilledWhenTheVariablePartsDoNotFit) {
    for (const auto version : versions) {
        GuardedMemory memory(fixed_size<LINEDEVCAPS>(version));
        std::ranges::fill(memory.bytes(), std::byte{0xFF});
        ASSERT_EQ(fill(memory, version, {{0, 3}, {3, 9}}), 0);
        EXPECT_EQ(value_of(memory, offsetof(LINEDEVCAPS, dwPermanentLineID)), 77u);
        EXPECT_EQ(value_of(memory, offsetof(LINEDEVCAPS, dwLineFeatures)), 0u) << "left as the caller had it";
        EXPECT_GT(needed_of(memory), used_of(memory));
    }
}

// Any total size: each part that was asked for is there whole, or has size and offset zero.
RC_GTEST_PROP(StructureWriter, R033_APartIsWholeOrAbsent, ()) {
    GuardedMemory memory(*rc::gen::inRange<std::size_t>(292, 600));
    const auto wanted = *any_parts();
    RC_ASSERT(fill(memory, v3_1, wanted) == 0);
    alignas(8) const auto caps = fixed_part(memory);
    for (const auto& [index, length] : wanted) {
        const auto& part = dev_caps_parts[index];
        const auto whole = part.kind == PartKind::binary ? length : length == 0 ? 0 : (length + 1) * 2;
        const DWORD size = caps.*part.size, offset = caps.*part.offset;
        RC_ASSERT((size == whole && (whole == 0 || offset >= 292)) || (size == 0 && offset == 0));
    }
}

// Needed equals used exactly when nothing was left out, and needed is enough.
RC_GTEST_PROP(StructureWriter, R034_WithTheNeededSizeEverythingFits, ()) {
    const auto version = *any_version();
    const auto wanted = *any_parts();
    GuardedMemory large(5000);
    RC_ASSERT(fill(large, version, wanted) == 0);
    RC_ASSERT(needed_of(large) == used_of(large));

    GuardedMemory small(*rc::gen::inRange<std::size_t>(fixed_size<LINEDEVCAPS>(version), 600));
    RC_ASSERT(fill(small, version, wanted) == 0);
    RC_ASSERT(needed_of(small) == needed_of(large));
    RC_ASSERT((used_of(small) == needed_of(small)) == (small.bytes().size() >= needed_of(small)));

    GuardedMemory exact(needed_of(small));
    RC_ASSERT(fill(exact, version, wanted) == 0);
    RC_ASSERT(used_of(exact) == needed_of(exact));
}

TEST(StructureWriter, R034_AnAbsurdLengthDoesNotWrapTheNeededSize) {
    GuardedMemory memory(300);
    set_field(memory.bytes(), 0, 300);
    StructureWriter<LINEDEVCAPS> writer(reinterpret_cast<LINEDEVCAPS*>(memory.bytes().data()), v2_1);
    const std::byte one{};
    const volatile std::size_t absurd = std::size_t{1} << 32; // the compiler would see the lie
    writer.bytes(&LINEDEVCAPS::dwDevSpecificSize, &LINEDEVCAPS::dwDevSpecificOffset, &one, absurd);
    ASSERT_EQ(writer.finish(), 0);
    EXPECT_EQ(needed_of(memory), UINT32_MAX);
    EXPECT_EQ(used_of(memory), 252u);
}

TEST(StructureWriter, R035_R036_AnEmptyPartHasSizeAndOffsetZero) {
    GuardedMemory memory(400);
    std::ranges::fill(memory.bytes(), std::byte{0xFF});
    ASSERT_EQ(fill(memory, v2_2, {{0, 0}, {1, 0}}), 0);
    for (const auto& part : parts_of(StructureId::LINEDEVCAPS)) {
        EXPECT_EQ(value_of(memory, part.size_field), 0u) << part.name;
        EXPECT_EQ(value_of(memory, part.offset_field), 0u) << part.name;
    }
}

// Parts lie one behind the other from the fixed part on; only text after an odd length is moved, by one.
RC_GTEST_PROP(StructureWriter, R037_PartsFollowTheFixedPartWithoutGaps, ()) {
    const auto version = *any_version();
    const auto wanted = *any_parts();
    GuardedMemory memory(*rc::gen::inRange<std::size_t>(fixed_size<LINEDEVCAPS>(version), 600));
    RC_ASSERT(fill(memory, version, wanted) == 0);
    alignas(8) const auto caps = fixed_part(memory);
    std::uint32_t next = fixed_size<LINEDEVCAPS>(version);
    for (const auto& [index, length] : wanted) {
        const auto& part = dev_caps_parts[index];
        if (index == 4 && version < v2_0) continue; // the device classes
        const DWORD size = caps.*part.size, offset = caps.*part.offset;
        if (size == 0) continue;
        if (part.kind == PartKind::text) next += next % 2;
        RC_ASSERT(offset == next);
        next += size;
    }
    RC_ASSERT(used_of(memory) == next);
}

// check_filled finds no fault in anything that the writer wrote.
RC_GTEST_PROP(StructureWriter, R038_WhatIsWrittenPassesTheCheck, ()) {
    const auto version = *any_version();
    GuardedMemory memory(*rc::gen::inRange<std::size_t>(fixed_size<LINEDEVCAPS>(version), 600));
    RC_ASSERT(fill(memory, version, *any_parts()) == 0);
    const auto fault = check_filled(StructureId::LINEDEVCAPS, version, memory.bytes());
    RC_ASSERT(fault.rule == 0u);
    RC_ASSERT(all_inside(StructureId::LINEDEVCAPS, version, memory.bytes().first(used_of(memory))));
}

TEST(StructureWriter, R040_TextHasItsNulAndCanBePointedAt) {
    GuardedMemory memory(600);
    ASSERT_EQ(fill(memory, v2_2, {{3, 5}, {2, 4}}), 0);
    const auto offset = value_of(memory, offsetof(LINEDEVCAPS, dwLineNameOffset));
    EXPECT_EQ(offset % 2, 0u);
    EXPECT_EQ(value_of(memory, offsetof(LINEDEVCAPS, dwLineNameSize)), 10u);
    EXPECT_EQ(text_at(memory.bytes(), offsetof(LINEDEVCAPS, dwLineNameSize),
                      offsetof(LINEDEVCAPS, dwLineNameOffset)),
              u"xxxx");
    EXPECT_EQ(memory.bytes()[offset + 8], std::byte{0});
    EXPECT_EQ(memory.bytes()[offset + 9], std::byte{0});
}

// A sound LINEDEVCAPS of 2.2 with a text and a binary part, to be broken.
class Broken : public testing::Test {
  protected:
    Broken() : memory_(400) {
        EXPECT_EQ(fill(memory_, v2_2, {{2, 7}, {3, 12}}), 0);
        EXPECT_EQ(rule(), 0u);
    }
    void set(std::size_t offset, std::uint32_t value) { set_field(memory_.bytes(), offset, value); }
    std::uint32_t rule() const { return check_filled(StructureId::LINEDEVCAPS, v2_2, memory_.bytes()).rule; }
    std::uint32_t name_offset() const { return value_of(memory_, offsetof(LINEDEVCAPS, dwLineNameOffset)); }

    GuardedMemory memory_;
};

TEST_F(Broken, R029_AStructureThatTheVersionDoesNotHave) {
    EXPECT_EQ(check_filled(StructureId::LINEAGENTCAPS, v1_4, memory_.bytes()).rule, 29u);
    EXPECT_EQ(check_passed(StructureId::LINEAGENTGROUPLIST, v1_4, memory_.bytes()).rule, 29u);
}

TEST_F(Broken, R030_AUsedSizeBeyondTheStructure) {
    set(8, 401);
    EXPECT_EQ(rule(), 30u);
    set(0, 4000), set(4, 4000), set(8, 4000); // all agree, but there are fewer bytes
    EXPECT_EQ(rule(), 30u);
}

TEST_F(Broken, R031_ATotalSizeBelowTheFixedPart) {
    set(0, 267);
    EXPECT_EQ(rule(), 31u);
    EXPECT_EQ(check_filled(StructureId::LINEDEVCAPS, v2_2, memory_.bytes().first(11)).rule, 31u);
    EXPECT_EQ(check_filled(StructureId::LINEDEVCAPS, v2_2, {}).rule, 31u);
}

TEST_F(Broken, R032_AUsedSizeBelowTheFixedPart) {
    set(8, 267);
    EXPECT_EQ(rule(), 32u);
}

TEST_F(Broken, R033_APartThatIsNotWhole) {
    set(offsetof(LINEDEVCAPS, dwDevSpecificSize), 400);
    EXPECT_EQ(rule(), 33u);
    set(offsetof(LINEDEVCAPS, dwDevSpecificSize), 0xFFFFFFFF);
    EXPECT_EQ(rule(), 33u);
    set(offsetof(LINEDEVCAPS, dwDevSpecificOffset), 0xFFFFFFFF);
    EXPECT_EQ(rule(), 33u);
}

TEST_F(Broken, R034_ANeededSizeBelowTheUsedOne) {
    set(4, used_of(memory_) - 1);
    EXPECT_EQ(rule(), 34u);
}

TEST_F(Broken, R035_AnEmptyPartWithAnOffset) {
    set(offsetof(LINEDEVCAPS, dwDevSpecificSize), 0);
    EXPECT_EQ(rule(), 35u);
}

TEST_F(Broken, R037_PartsInTheFixedFieldsOrOverEachOther) {
    set(offsetof(LINEDEVCAPS, dwDevSpecificOffset), 264);
    EXPECT_EQ(rule(), 37u);
    set(offsetof(LINEDEVCAPS, dwDevSpecificOffset), name_offset());
    EXPECT_EQ(rule(), 37u);
}

TEST_F(Broken, R038_APartThatTheUsedSizeDoesNotCount) {
    set(8, used_of(memory_) - 1);
    EXPECT_EQ(rule(), 38u);
}

TEST_F(Broken, R040_TextWithoutItsNulOrOfHalfACharacter) {
    set(offsetof(LINEDEVCAPS, dwLineNameSize), 15);
    EXPECT_EQ(rule(), 40u);
    set(offsetof(LINEDEVCAPS, dwLineNameSize), 14);
    EXPECT_EQ(rule(), 40u);
}

// A provider's LINECALLINFO of 2.1 with a caller's number and room behind it.
struct CallInfo {
    explicit CallInfo(std::size_t size) : memory(size) {
        set_field(memory.bytes(), 0, static_cast<std::uint32_t>(size));
        auto writer = writer_of(Start::empty);
        writer->dwLineDeviceID = 5;
        writer.text(&LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset, u"100");
        EXPECT_EQ(writer.finish(), 0);
    }
    StructureWriter<LINECALLINFO> writer_of(Start start) const {
        return {reinterpret_cast<LINECALLINFO*>(memory.bytes().data()), v2_1, start};
    }
    std::u16string text(std::size_t size, std::size_t offset) const {
        return text_at(memory.bytes(), size, offset);
    }
    std::u16string caller() const {
        return text(offsetof(LINECALLINFO, dwCallerIDSize), offsetof(LINECALLINFO, dwCallerIDOffset));
    }
    std::uint32_t rule() const { return check_filled(StructureId::LINECALLINFO, v2_1, memory.bytes()).rule; }
    GuardedMemory memory;
};

TEST(StructureWriter, R039_PartsAreAppendedAfterWhatTheProviderWrote) {
    CallInfo info(500);
    const auto provider_used = used_of(info.memory);
    auto writer = info.writer_of(Start::filled);
    writer.text(&LINECALLINFO::dwAppNameSize, &LINECALLINFO::dwAppNameOffset, u"dialer");
    ASSERT_EQ(writer.finish(), 0);
    EXPECT_EQ(value_of(info.memory, offsetof(LINECALLINFO, dwAppNameOffset)), provider_used);
    EXPECT_EQ(used_of(info.memory), provider_used + 14);
    EXPECT_EQ(needed_of(info.memory), provider_used + 14);
    EXPECT_EQ(info.text(offsetof(LINECALLINFO, dwAppNameSize), offsetof(LINECALLINFO, dwAppNameOffset)),
              u"dialer");
    EXPECT_EQ(info.caller(), u"100");
    EXPECT_EQ(value_of(info.memory, offsetof(LINECALLINFO, dwLineDeviceID)), 5u);
    EXPECT_EQ(info.rule(), 0u);
}

TEST(StructureWriter, R042_ATextTakesThePlaceOfTheProvidersByRepointing) {
    CallInfo info(500);
    auto writer = info.writer_of(Start::filled);
    writer.text(&LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset, u"reception");
    ASSERT_EQ(writer.finish(), 0);
    EXPECT_EQ(info.caller(), u"reception");
    EXPECT_EQ(info.rule(), 0u);
}

TEST(StructureWriter, R034_WhatTheProviderLeftOutStaysNeeded) {
    CallInfo info(fixed_size<LINECALLINFO>(v2_1));
    EXPECT_EQ(needed_of(info.memory), used_of(info.memory) + 8);
    auto writer = info.writer_of(Start::filled);
    writer.text(&LINECALLINFO::dwAppNameSize, &LINECALLINFO::dwAppNameOffset, u"dialer");
    ASSERT_EQ(writer.finish(), 0);
    EXPECT_EQ(needed_of(info.memory), used_of(info.memory) + 8 + 14);
}

// and back.
TEST(Versions, R029_PartsMoveWithTheFixedPart) {
    GuardedMemory memory(500);
    ASSERT_EQ(fill(memory, v2_2, {{0, 5}, {3, 7}, {2, 4}}), 0);
    const auto bytes = memory.bytes().first(used_of(memory));
    set_field(bytes, 0, static_cast<std::uint32_t>(bytes.size()));
    for (const auto version : versions) {
        const auto moved = for_version(StructureId::LINEDEVCAPS, v2_2, version, bytes);
        EXPECT_EQ(check_filled(StructureId::LINEDEVCAPS, version, moved).rule, 0u);
        EXPECT_EQ(moved.size() - fixed_size<LINEDEVCAPS>(version), bytes.size() - 268);
        EXPECT_EQ(
            text_at(moved, offsetof(LINEDEVCAPS, dwLineNameSize), offsetof(LINEDEVCAPS, dwLineNameOffset)),
            u"xxxx");
        EXPECT_EQ(field_at(moved, offsetof(LINEDEVCAPS, dwPermanentLineID)), 77u);
    }
}

TEST(Versions, R029_EveryStructureCanBeMoved) {
    for (std::size_t i = 0; i < structures.size(); ++i) {
        const auto id = static_cast<StructureId>(i);
        for (const auto from : versions)
            for (const auto to : versions) {
                if (fixed_size(id, from) == 0 || fixed_size(id, to) == 0) continue;
                std::vector<std::byte> bytes(fixed_size(id, from));
                EXPECT_EQ(for_version(id, from, to, bytes).size(), fixed_size(id, to)) << structure(id).name;
            }
    }
}

// A LINEPROVIDERLIST with two entries, whose names follow the entries.
struct ProviderList {
    ProviderList() : memory(24 + 2 * 12 + 2 * 4) {
        auto* list = reinterpret_cast<LINEPROVIDERLIST*>(memory.bytes().data());
        *list = {};
        list->dwTotalSize = list->dwNeededSize = list->dwUsedSize = static_cast<DWORD>(memory.bytes().size());
        list->dwNumProviders = 2;
        list->dwProviderListSize = 24;
        list->dwProviderListOffset = 24;
        for (DWORD i = 0; i < 2; ++i) {
            entry(i) = {i + 1, 4, 48 + 4 * i};
            std::memcpy(memory.bytes().data() + 48 + 4 * i, u"a", 4);
        }
    }
    LINEPROVIDERENTRY& entry(std::size_t index) {
        return reinterpret_cast<LINEPROVIDERENTRY*>(memory.bytes().data() + 24)[index];
    }
    LINEPROVIDERLIST& list() { return *reinterpret_cast<LINEPROVIDERLIST*>(memory.bytes().data()); }
    std::uint32_t filled() { return check_filled(StructureId::LINEPROVIDERLIST, v2_1, memory.bytes()).rule; }
    std::uint32_t passed() { return check_passed(StructureId::LINEPROVIDERLIST, v2_1, memory.bytes()).rule; }
    GuardedMemory memory;
};

TEST(Entries, AreCheckedLikeTheStructureItself) {
    EXPECT_EQ(ProviderList().filled(), 0u);
    EXPECT_EQ(ProviderList().passed(), 0u);
    const auto broken_by = [](const auto& change) {
        ProviderList list;
        change(list);
        EXPECT_EQ(list.filled(), list.passed());
        return list.filled();
    };
    EXPECT_EQ(broken_by([](auto& l) { l.entry(1).dwProviderFilenameSize = 6; }), 33u);
    EXPECT_EQ(broken_by([](auto& l) { l.entry(1).dwProviderFilenameOffset = 20; }), 37u);
    EXPECT_EQ(broken_by([](auto& l) { l.entry(0).dwProviderFilenameSize = 2; }), 40u);
    EXPECT_EQ(broken_by([](auto& l) { l.list().dwNumProviders = 3; }), 33u)
        << "a program would read a third entry";
    EXPECT_EQ(broken_by([](auto& l) { l.list().dwProviderListSize = 23; }), 33u);
    EXPECT_EQ(broken_by([](auto& l) { l.list().dwProviderListOffset = 12; }), 37u);
}

// A status with forwarding, as it is written by many: dwForwardSize counts the addresses too.
TEST(Entries, R033_MayHaveTheirTextsInsideOfTheList) {
    GuardedMemory memory(64 + sizeof(LINEFORWARD) + 6);
    auto* status = reinterpret_cast<LINEADDRESSSTATUS*>(memory.bytes().data());
    *status = {};
    status->dwTotalSize = status->dwNeededSize = status->dwUsedSize =
        static_cast<DWORD>(memory.bytes().size());
    status->dwForwardNumEntries = 1;
    status->dwForwardSize = static_cast<DWORD>(memory.bytes().size()) - 64;
    status->dwForwardOffset = 64;
    // At version 2.2 the entry has no address types: the text begins where they would be.
    const auto entry = fixed_size(StructureId::LINEFORWARD, v2_2);
    auto* forward = reinterpret_cast<LINEFORWARD*>(memory.bytes().data() + 64);
    forward->dwForwardMode = LINEFORWARDMODE_UNCOND;
    forward->dwDestAddressSize = 6;
    forward->dwDestAddressOffset = 64 + entry;
    std::memcpy(memory.bytes().data() + 64 + entry, u"12", 6);
    const auto rule = [&] { return check_filled(StructureId::LINEADDRESSSTATUS, v2_2, memory.bytes()).rule; };
    EXPECT_EQ(rule(), 0u);
    EXPECT_EQ(text_at(memory.bytes(), 64 + offsetof(LINEFORWARD, dwDestAddressSize),
                      64 + offsetof(LINEFORWARD, dwDestAddressOffset)),
              u"12");
    EXPECT_EQ(entries_at(memory.bytes(), parts_of(StructureId::LINEADDRESSSTATUS)[0], v2_2).size(), entry);
    status->dwForwardNumEntries = 3;
    EXPECT_EQ(rule(), 33u) << "a program would read more entries than there are";
    status->dwForwardNumEntries = 0;
    EXPECT_EQ(rule(), 0u);
}

// Numbers have no texts.
TEST(Entries, R033_ThatAreNumbersAreTheWholeList) {
    GuardedMemory memory(24 + 8);
    for (const std::size_t field : {0, 4, 8}) set_field(memory.bytes(), field, 32);
    const auto fields = parts_of(StructureId::LINEPROXYREQUESTLIST)[0];
    set_field(memory.bytes(), fields.size_field, 8);
    set_field(memory.bytes(), fields.offset_field, 24);
    const auto rule = [&](std::uint32_t entries) {
        set_field(memory.bytes(), fields.count_field, entries);
        return check_filled(StructureId::LINEPROXYREQUESTLIST, v2_2, memory.bytes()).rule;
    };
    EXPECT_EQ(rule(2), 0u);
    EXPECT_EQ(rule(1), 33u);
    EXPECT_EQ(rule(3), 33u);
}

TEST(Entries, OfAListThatDidNotFitMayStillBeCounted) {
    ProviderList list;
    list.list().dwProviderListSize = list.list().dwProviderListOffset = 0;
    EXPECT_EQ(list.filled(), 0u);
}

TEST(Passed, R030_TheTotalSizeIsTheLength) {
    GuardedMemory memory(180);
    set_field(memory.bytes(), 0, 180);
    EXPECT_EQ(check_passed(StructureId::LINECALLPARAMS, v2_2, memory.bytes()).rule, 0u);
    set_field(memory.bytes(), 0, 181);
    EXPECT_EQ(check_passed(StructureId::LINECALLPARAMS, v2_2, memory.bytes()).rule, 30u);
    set_field(memory.bytes(), 0, 175);
    EXPECT_EQ(check_passed(StructureId::LINECALLPARAMS, v2_2, memory.bytes()).rule, 31u);
}

TEST(Passed, R035_ACallersEmptyPartMayHaveAnyOffset) {
    GuardedMemory memory(176);
    set_field(memory.bytes(), 0, 176);
    set_field(memory.bytes(), offsetof(LINECALLPARAMS, dwOrigAddressOffset), 9999);
    EXPECT_EQ(check_passed(StructureId::LINECALLPARAMS, v2_2, memory.bytes()).rule, 0u);
}

TEST(Passed, TheEntriesOfAForwardListStandInIt) {
    for (const auto version : {v2_2, v3_1}) {
        const auto entry = fixed_size(StructureId::LINEFORWARD, version);
        GuardedMemory memory(8 + 2 * entry + 4);
        const auto rule = [&] {
            return check_passed(StructureId::LINEFORWARDLIST, version, memory.bytes()).rule;
        };
        const auto second = [&](std::size_t field) { return 8 + entry + field; };
        set_field(memory.bytes(), 0, static_cast<std::uint32_t>(memory.bytes().size()));
        set_field(memory.bytes(), 4, 2);
        set_field(memory.bytes(), second(offsetof(LINEFORWARD, dwDestAddressSize)), 4);
        set_field(memory.bytes(), second(offsetof(LINEFORWARD, dwDestAddressOffset)), 8 + 2 * entry);
        std::memcpy(memory.bytes().data() + 8 + 2 * entry, u"1", 4);
        EXPECT_EQ(rule(), 0u);
        set_field(memory.bytes(), 4, 3);
        EXPECT_EQ(rule(), 31u);
        set_field(memory.bytes(), 4, 0xFFFFFFFF);
        EXPECT_EQ(rule(), 31u);
        set_field(memory.bytes(), 4, 2);
        set_field(memory.bytes(), second(offsetof(LINEFORWARD, dwDestAddressOffset)), 8 + entry);
        EXPECT_EQ(rule(), 37u) << "an entry that lies in the list is no address";
        set_field(memory.bytes(), second(offsetof(LINEFORWARD, dwDestAddressOffset)), 8 + 2 * entry + 2);
        EXPECT_EQ(rule(), 33u);
    }
}

// Whatever passes the checks, a program can follow without leaving it; and the checks themselves read nothing
// outside.
TEST(Structures, WhatPassesTheChecksPointsAtNothingOutside) {
    const auto seed = test_support::seed();
    SCOPED_TRACE(test_support::describe_seed(seed));
    std::mt19937_64 random(seed);
    std::size_t passed = 0;
    for (std::uint64_t round = 0; round < test_support::rounds(200'000); ++round) {
        const auto id = static_cast<StructureId>(random() % structures.size());
        const auto version = versions[random() % versions.size()];
        const auto fixed = fixed_size(id, version);
        std::vector<std::byte> bytes(fixed +
                                     random() % 64); // of its exact size: AddressSanitizer sees a read beyond
        const auto size = static_cast<std::uint32_t>(bytes.size());
        for (const std::size_t field : {0u, 4u, 8u})
            if (field + 4 <= bytes.size()) set_field(bytes, field, size);
        for (const auto& part : parts_of(id)) {
            if (random() % 4 == 0 && has_field(fixed, part.size_field))
                set_field(bytes, part.size_field, static_cast<std::uint32_t>(random() % 40));
            if (random() % 2 == 0 && has_field(fixed, part.offset_field))
                set_field(bytes, part.offset_field, fixed + static_cast<std::uint32_t>(random() % 40));
            if (random() % 4 == 0 && has_field(fixed, part.count_field) && part.entry_size != 0)
                set_field(bytes, part.count_field, static_cast<std::uint32_t>(random() % 4));
        }
        for (std::size_t i = fixed; i < bytes.size(); ++i)
            if (random() % 8 == 0) bytes[i] = static_cast<std::byte>(random() % 64);
        const bool of_caller = random() % 2 == 0;
        const auto fault = of_caller ? check_passed(id, version, bytes) : check_filled(id, version, bytes);
        if (fault) continue;
        ++passed;
        ASSERT_TRUE(all_inside(id, version, bytes)) << structure(id).name << " round " << round;
    }
    EXPECT_GT(passed, 1000u) << "the test hardly reaches a sound structure";
}

} // namespace
} // namespace offhook::abi
