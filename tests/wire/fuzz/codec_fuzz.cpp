// SPDX-License-Identifier: Apache-2.0
//
// A payload that is decoded as that of any function is refused, or is what encoding gives back. An input is
// the function's number in two bytes (those of tapi.def follow those of tspi.def), which payload of it in two
// (0: down, else when it is filled), and the payload.
#include "wire/codec.h"

#include <algorithm>
#include <cstdlib>

namespace {

using namespace offhook;
using namespace offhook::wire;

struct Subject {
    const abi::Function* row;
    void (*encode_down)(FrameWriter&, const Values&);
};

template <class Number, std::size_t... I> constexpr auto subjects_of(std::index_sequence<I...>) {
    return std::array{Subject{&abi::row<static_cast<Number>(I)>(), &encode_down<static_cast<Number>(I)>}...};
}
constexpr auto of_tspi = subjects_of<abi::Tspi>(std::make_index_sequence<abi::tspi_functions.size()>{});
constexpr auto of_tapi = subjects_of<abi::Tapi>(std::make_index_sequence<abi::tapi_functions.size()>{});

const Subject& subject(std::size_t number) {
    number %= of_tspi.size() + of_tapi.size();
    return number < of_tspi.size() ? of_tspi[number] : of_tapi[number - of_tspi.size()];
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 4) return 0;
    const auto& [row, encode] = subject(data[0] + 256u * data[1]);
    const auto when = static_cast<Fill>(data[2] % 4);
    const std::span input(reinterpret_cast<const std::byte*>(data) + 4, size - 4);
    const std::vector<std::byte> payload(input.begin(),
                                         input.end()); // of its exact size, and aligned as a frame is

    volatile char16_t checksum = 0;
    Values values;
    const bool down = when == Fill::none;
    if (!(down ? decode_down(*row, payload, values) : decode_up(*row, when, payload, values))) return 0;
    for (std::size_t i = 0; i < row->count; ++i) {
        const auto kind = row->parameters[i].kind;
        if (kind != Kind::text && kind != Kind::counted_text) continue;
        // Looked at where it lies, as programs do: the sanitizers see a misaligned character.
        for (const char16_t& character : values[i].text())
            checksum = static_cast<char16_t>(checksum + character);
    }
    std::vector<std::byte> frame;
    FrameWriter writer(frame, {});
    if (down) encode(writer, values);
    else encode_up(*row, when, writer, values);
    writer.finish();
    if (!std::ranges::equal(std::span(frame).subspan(sizeof(FrameHeader)), payload)) std::abort();
    return 0;
}
