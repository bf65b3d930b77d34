// SPDX-License-Identifier: Apache-2.0
//
// The names of a shared object's variables, for people: from its symbol table, or the dynamic one when it was
// stripped.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace offhook::host {

struct Variable {
    std::uint64_t address = 0; // in the file's own terms: where it is loaded is to be added
    std::uint64_t size = 0;    // bytes
    std::string name;          // as the linker knows it
};

// In ascending order of their addresses. Empty: the file names none, or it cannot be read.
std::vector<Variable> variables_of(const std::filesystem::path& library);

// As it is written in the source.
std::string readable_name(const std::string& name);

} // namespace offhook::host
