// SPDX-License-Identifier: Apache-2.0
//
// From a caller's arguments to what travels, and back into the caller's memory. Rows and signatures say
// everything; nothing here knows a function.
#pragma once

#include "client/signature.h"
#include "wire/unique_fd.h"

#include <array>
#include <span>
#include <vector>

namespace offhook::client {

// The inputs of one call, checked (R041), with texts in UTF-16.
class Inputs {
  public:
    // Throws Failure: INVALPOINTER, STRUCTURETOOSMALL, INVALPARAM. Notes the dwTotalSize of output structures
    // in the arguments.
    Inputs(const Signature&, Arguments&);

    const wire::Values& values() const { return values_; }

  private:
    void read(const Signature&, Arguments&, std::size_t index);
    void keep(std::size_t index, std::span<const std::byte> bytes);
    void text(const CParameter&, const Argument&, std::size_t index);
    void counted(const Signature&, const Arguments&, std::size_t index);
    void passed_structure(const Signature&, const Argument&, std::size_t index);
    void filled_structure(const Signature&, Argument&, std::size_t index);

    wire::Values values_{};
    std::array<std::vector<std::byte>, abi::max_parameters> storage_;
};

enum class Written : std::uint8_t {
    whole,
    too_small, // the fixed part of a structure does not fit where it should go: STRUCTURETOOSMALL
    malformed, // the payload breaks the protocol; nothing was written
};

// Writes those outputs of a call that are filled at `when` into the caller's memory. A descriptor that came
// along goes into the OFFHOOK_AUDIO_DEVICE of a VARSTRING, and is closed when it cannot.
Written write_outputs(const Signature&, wire::Fill when, const Arguments&, std::span<const std::byte> payload,
                      wire::UniqueFd descriptor);

} // namespace offhook::client
