// SPDX-License-Identifier: Apache-2.0
//
// Structures of variable size that a provider fills: R029, R031 to R035, R037, R038, R040. The host sees R030
// itself, for what was written past the end never comes this far.
#include "rules/table.h"

#include "abi/structure_reader.h"

#include <algorithm>

namespace offhook::rules {
namespace {

using abi::Tspi;

struct Filled {
    const abi::Parameter* parameter = nullptr;
    abi::StructureId id = abi::StructureId::count;
    std::span<const std::byte> bytes; // as far as it is used, and at least its first three fields
    std::uint32_t version = 0;
    std::uint32_t fixed = 0; // bytes of the fixed part

    std::uint32_t total() const { return abi::field_at(bytes, 0); }
    std::uint32_t needed() const { return abi::field_at(bytes, 4); }
    std::uint32_t used() const { return abi::field_at(bytes, 8); }
};

// The structure that the function has filled, when the table knows its form and its version is known.
std::optional<Filled> filled(const Observation& seen, const Books& books) {
    if (!seen.succeeded()) return std::nullopt;
    const auto fill = seen.step == Step::completed ? abi::Fill::at_reply : abi::Fill::at_return;
    for (std::size_t i = 0; i < seen.row->count; ++i) {
        const auto& parameter = seen.row->parameters[i];
        if (parameter.kind != abi::Kind::sized || parameter.fill != fill || (*seen.outputs)[i].null) continue;
        const auto found = std::ranges::find(abi::structures, parameter.type, &abi::Structure::name);
        if (found == abi::structures.end()) continue;
        Filled result{&parameter, static_cast<abi::StructureId>(found - abi::structures.begin()),
                      (*seen.outputs)[i].bytes};
        // A VARSTRING is the same in every version.
        const auto version = books.version_for(seen);
        if (!version &&
            !std::ranges::all_of(found->sizes, [&](auto size) { return size == found->sizes[0]; }))
            continue;
        result.version = version.value_or(abi::v2_2);
        result.fixed = abi::fixed_size(result.id, result.version);
        if (result.fixed != 0) return result;
    }
    return std::nullopt;
}

std::string of(const Observation& seen, const Filled& structure) {
    return std::string(seen.row->name) + " at version " + hex(structure.version) + ": " +
           std::string(structure.parameter->type) + " (dwTotalSize " + std::to_string(structure.total()) +
           ", dwNeededSize " + std::to_string(structure.needed()) + ", dwUsedSize " +
           std::to_string(structure.used()) + ")";
}

// Where the first variable part begins; 0: there is none.
std::uint32_t first_part(const Filled& structure) {
    std::uint32_t first = 0;
    for (const auto& part : abi::parts_of(structure.id)) {
        if (part.kind == abi::PartKind::inline_array || !abi::has_field(structure.fixed, part.offset_field))
            continue;
        const auto at = abi::field_at(structure.bytes, part.offset_field);
        if (at != 0 && abi::field_at(structure.bytes, part.size_field) != 0 && (first == 0 || at < first))
            first = at;
    }
    return first;
}

bool is_fixed_size_of_newer(const Filled& structure, std::uint32_t size) {
    return size > structure.fixed && std::ranges::find(abi::structure(structure.id).sizes, size) !=
                                         abi::structure(structure.id).sizes.end();
}

// R029: nothing of a newer version is in a structure: it begins its variable parts, or ends, where the
// version's fixed part ends.
Verdict contents_follow_the_version(const Observation& seen, const Books& books) {
    const auto structure = filled(seen, books);
    if (!structure || structure->total() < structure->fixed) return {};
    const auto first = first_part(*structure);
    if (!is_fixed_size_of_newer(*structure, first != 0 ? first : structure->used())) return Verdict::kept();
    return Verdict::broken(of(seen, *structure) + " has the fixed part of a newer version, " +
                           std::to_string(structure->fixed) + " bytes are this one's");
}

// R031: a structure that cannot hold the fixed part is refused.
Verdict too_small_is_refused(const Observation& seen, const Books& books) {
    const auto structure = filled(seen, books);
    if (!structure || structure->total() >= structure->fixed) return {};
    return Verdict::broken(of(seen, *structure) + " counts as filled, and its fixed part has " +
                           std::to_string(structure->fixed) + " bytes");
}

// R031, seen from the other side: the error was right.
Verdict error_of_too_small(const Observation& seen, const Books&) {
    return seen.result == LINEERR_STRUCTURETOOSMALL || seen.result == PHONEERR_STRUCTURETOOSMALL
               ? Verdict::kept()
               : Verdict{};
}

// R032: the fixed part is filled. Of these structures some field is never 0.
Verdict fixed_part_is_filled(const Observation& seen, const Books& books) {
    const auto structure = filled(seen, books);
    if (!structure || structure->total() < structure->fixed) return {};
    const auto field = [&](std::size_t offset) { return abi::field_at(structure->bytes, offset) != 0; };
    bool there = structure->needed() != 0 && structure->used() != 0;
    if (structure->id == abi::StructureId::LINEDEVCAPS)
        there = there && field(offsetof(LINEDEVCAPS, dwNumAddresses)) &&
                field(offsetof(LINEDEVCAPS, dwMediaModes));
    if (structure->id == abi::StructureId::LINECALLINFO)
        there = there && field(offsetof(LINECALLINFO, dwCallStates));
    if (structure->id == abi::StructureId::LINECALLSTATUS)
        there = there && field(offsetof(LINECALLSTATUS, dwCallState));
    if (structure->id == abi::StructureId::LINEADDRESSCAPS)
        there = there && field(offsetof(LINEADDRESSCAPS, dwCallStates));
    return there ? Verdict::kept()
                 : Verdict::broken(of(seen, *structure) + ": fixed fields were left as they were");
}

// R034: dwNeededSize is what the whole would take, never less than what is used, and the same when nothing
// was left out.
Verdict sizes_agree(const Observation& seen, const Books& books) {
    const auto structure = filled(seen, books);
    if (!structure || structure->total() < structure->fixed) return {};
    if (structure->used() <= structure->needed() && structure->used() <= structure->total())
        return Verdict::kept();
    return Verdict::broken(of(seen, *structure));
}

// R033, R035, R037, R038, R040: where the variable parts lie, and what they hold.
template <std::uint16_t Number> Verdict parts_are_sound(const Observation& seen, const Books& books) {
    const auto structure = filled(seen, books);
    if (!structure || structure->total() < structure->fixed || structure->bytes.size() < structure->fixed)
        return {};
    const auto fault = abi::check_filled(structure->id, structure->version, structure->bytes);
    if (fault.rule != Number) return fault ? Verdict{} : Verdict::kept();
    return Verdict::broken(of(seen, *structure) + ": " + std::string(fault.what) +
                           (fault.field.empty() ? "" : ": ") + std::string(fault.field));
}

constexpr bool fills(std::uint16_t number, abi::Fill when) {
    const auto& row = abi::row(static_cast<Tspi>(number));
    for (std::size_t i = 0; i < row.count; ++i)
        if (row.parameters[i].kind == abi::Kind::sized && row.parameters[i].fill == when) return true;
    return false;
}
constexpr bool fills_at_return(std::uint16_t number) { return fills(number, abi::Fill::at_return); }
constexpr bool fills_at_reply(std::uint16_t number) { return fills(number, abi::Fill::at_reply); }

// R056: what a request gives is there when it completes. A VARSTRING that was filled needs room for itself.
Verdict output_is_there_at_completion(const Observation& seen, const Books& books) {
    const auto structure = filled(seen, books);
    if (!structure) return {};
    if (structure->needed() != 0) return Verdict::kept();
    return Verdict::broken(of(seen, *structure) + " was empty when the request completed");
}

constexpr std::array table{
    Rule{29, Step::returned, fills_at_return, contents_follow_the_version},
    Rule{31, Step::returned, fills_at_return, too_small_is_refused},
    Rule{31, Step::returned, fills_at_return, error_of_too_small},
    Rule{32, Step::returned, fills_at_return, fixed_part_is_filled},
    Rule{33, Step::returned, fills_at_return, parts_are_sound<33>},
    Rule{34, Step::returned, fills_at_return, sizes_agree},
    Rule{35, Step::returned, fills_at_return, parts_are_sound<35>},
    Rule{37, Step::returned, fills_at_return, parts_are_sound<37>},
    Rule{38, Step::returned, fills_at_return, parts_are_sound<38>},
    Rule{40, Step::returned, fills_at_return, parts_are_sound<40>},
    Rule{56, Step::completed, fills_at_reply, output_is_there_at_completion},
};

} // namespace

std::span<const Rule> structure_rules() { return table; }

} // namespace offhook::rules
