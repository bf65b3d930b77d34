// SPDX-License-Identifier: Apache-2.0
//
// Sessions and versions: R008, R010, R017, R018, R024, R098, R107.
#include "rules/table.h"

#include "trace/constants.h"

namespace offhook::rules {
namespace {

using abi::Tspi;

// R008: TSPI_providerInit succeeds, and changes nothing, while a session is there.
Verdict init_is_repeatable(const Observation& seen, const Books& books) {
    if (!books.initialised) return {};
    if (seen.result == 0) return Verdict::kept();
    return Verdict::broken("TSPI_providerInit returned " + trace::error_name(seen.result) +
                           " while a session was there already");
}

// R010: the options of TSPI_providerInit are those that the interface defines.
Verdict options_are_defined(const Observation& seen, const Books&) {
    if (!seen.succeeded()) return {};
    const auto options = seen.output("lpdwTSPIOptions");
    if ((options & ~std::uint64_t{LINETSPIOPTION_NONREENTRANT}) == 0) return Verdict::kept();
    return Verdict::broken("TSPI_providerInit set the options " + hex(options));
}

const Device* device_of(const Observation& seen, const Books& books) {
    const auto& devices =
        seen.function() == Tspi::phoneNegotiateTSPIVersion ? books.phone_devices : books.line_devices;
    const auto found = devices.find(static_cast<std::uint32_t>(seen.input("dwDeviceID")));
    return found == devices.end() ? nullptr : &found->second;
}

// The highest version that the provider has was chosen from a wider range, and it lies below this one.
bool is_beyond(const Observation& seen, const Device* device) {
    return device != nullptr && device->chosen != 0 && device->chosen < device->asked_high &&
           seen.input("dwLowVersion") > device->chosen && seen.input("dwHighVersion") <= device->asked_high;
}

bool chosen_outside(const Observation& seen) {
    const auto chosen = seen.output("lpdwTSPIVersion");
    return chosen < seen.input("dwLowVersion") || chosen > seen.input("dwHighVersion");
}

std::string chose(const Observation& seen) {
    return std::string(seen.row->name) + " chose version " + hex(seen.output("lpdwTSPIVersion")) + " from " +
           hex(seen.input("dwLowVersion")) + " to " + hex(seen.input("dwHighVersion"));
}

// R017: the version lies in the range that was asked for.
Verdict version_lies_in_range(const Observation& seen, const Books& books) {
    if (!seen.succeeded() || is_beyond(seen, device_of(seen, books))) return {};
    return chosen_outside(seen) ? Verdict::broken(chose(seen)) : Verdict::kept();
}

// R018: ranges that do not meet give an error. That the provider's ends below shows in what it chose before.
Verdict no_version_of_disjoint_ranges(const Observation& seen, const Books& books) {
    const Device* device = device_of(seen, books);
    if (!is_beyond(seen, device)) return {};
    if (!seen.succeeded()) return Verdict::kept();
    return Verdict::broken(chose(seen) + ", and " + hex(device->chosen) + " as its highest before");
}

std::uint32_t selected_extension(const Observation& seen, const Books& books) {
    const auto device = seen.input("dwDeviceID");
    std::uint32_t selected = 0;
    if (seen.function() == Tspi::phoneNegotiateExtVersion) {
        for (const auto& [name, phone] : books.phones)
            if (phone.device == device) selected = phone.extension;
    } else {
        for (const auto& [name, line] : books.lines)
            if (line.device == device) selected = line.extension;
    }
    return selected;
}

// R024: while a version of the extension is selected, no other can be negotiated. That there is none may be
// said by an error, or by 0.
Verdict selected_extension_stays(const Observation& seen, const Books& books) {
    const auto selected = selected_extension(seen, books);
    if (selected == 0) return {};
    if (!seen.succeeded() || seen.output("lpdwExtVersion") == selected) return Verdict::kept();
    if (seen.output("lpdwExtVersion") == 0)
        return Verdict::contested(std::string(seen.row->name) + " chose 0 while " + hex(selected) +
                                  " was selected, where an error is expected");
    return Verdict::broken(std::string(seen.row->name) + " chose " + hex(seen.output("lpdwExtVersion")) +
                           " while " + hex(selected) + " was selected");
}

// R098: the provider knows its devices by the numbers from the base that it was given.
Verdict devices_are_known_by_their_numbers(const Observation& seen, const Books& books) {
    const auto device = static_cast<std::uint32_t>(seen.input("dwDeviceID"));
    const bool phone = seen.row->scope == abi::Scope::phone;
    const auto first = phone ? books.first_phone : books.first_line;
    const auto count = phone ? books.phone_count : books.line_count;
    const auto& devices = phone ? books.phone_devices : books.line_devices;
    const auto known = devices.find(device);
    const bool created = known != devices.end() && known->second.created;
    if (!books.initialised || (!created && (device < first || device - first >= count))) return {};
    if (known != devices.end() && known->second.removed) return {};
    if (seen.result != LINEERR_BADDEVICEID && seen.result != LINEERR_NODEVICE &&
        seen.result != PHONEERR_BADDEVICEID && seen.result != PHONEERR_NODEVICE)
        return Verdict::kept();
    return Verdict::broken(std::string(seen.row->name) + " does not know device " + std::to_string(device) +
                           ", one of " + std::to_string(count) + " from " + std::to_string(first));
}

constexpr bool names_device(std::uint16_t number) {
    const auto& row = abi::row(static_cast<Tspi>(number));
    return row.count != 0 && row.index_of("dwDeviceID") < row.count &&
           !one_of<Tspi::providerCreateLineDevice, Tspi::providerCreatePhoneDevice>(number);
}

// R107: a dialog that the provider starts belongs to a request that is outstanding.
Verdict dialog_belongs_to_request(const Observation& seen, const Books& books) {
    if (books.requests.contains(seen.first())) return Verdict::kept();
    return Verdict::broken("LINE_CREATEDIALOGINSTANCE names request " + std::to_string(seen.first()) +
                           ", which is not outstanding");
}

constexpr auto negotiates = one_of<Tspi::lineNegotiateTSPIVersion, Tspi::phoneNegotiateTSPIVersion>;
constexpr auto negotiates_extension = one_of<Tspi::lineNegotiateExtVersion, Tspi::phoneNegotiateExtVersion>;

constexpr std::array table{
    Rule{8, Step::returned, one_of<Tspi::providerInit>, init_is_repeatable},
    Rule{10, Step::returned, one_of<Tspi::providerInit>, options_are_defined},
    Rule{17, Step::returned, negotiates, version_lies_in_range},
    Rule{18, Step::returned, negotiates, no_version_of_disjoint_ranges},
    Rule{24, Step::returned, negotiates_extension, selected_extension_stays},
    Rule{98, Step::returned, names_device, devices_are_known_by_their_numbers},
    Rule{107, Step::said, one_of<LINE_CREATEDIALOGINSTANCE>, dialog_belongs_to_request},
};

} // namespace

std::span<const Rule> session_rules() { return table; }

} // namespace offhook::rules
