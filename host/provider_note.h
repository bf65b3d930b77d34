// SPDX-License-Identifier: Apache-2.0
//
// The ELF notes of a provider (offhook_provider.h, OFFHOOK_PROVIDER_NOTE and OFFHOOK_CONFIGURATION_NOTE),
// read without loading the library.
// The file is not trusted: every number in it is checked before it is used, and only what is needed is read.
#pragma once

#include "host/needs.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace offhook::host {

struct ProviderNote {
    std::string name; // letters, digits and "-_.", at most 64
    std::string version;
    std::string title;
    std::string needs_text;
    Needs needs;
    std::string configuration; // the text of OFFHOOK_CONFIGURATION_NOTE, as it is; empty: there is none
};

struct ProviderNoteResult {
    std::optional<ProviderNote> note;
    std::string error; // when there is none: what is wrong, for people
};

[[nodiscard]] ProviderNoteResult read_provider_note(const std::filesystem::path& library);

// The text of a note alone: lines "key=value". Keys that a later version added are ignored.
[[nodiscard]] ProviderNoteResult parse_provider_note(std::string_view text);

} // namespace offhook::host
