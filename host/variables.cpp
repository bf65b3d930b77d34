// SPDX-License-Identifier: Apache-2.0
#include "host/variables.h"

#include <cxxabi.h>
#include <elf.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string_view>

namespace offhook::host {
namespace {

// Reads an array at an offset. Empty: the file does not hold so much there.
template <class T> std::vector<T> read_array(std::ifstream& file, std::uint64_t offset, std::uint64_t bytes) {
    constexpr std::uint64_t most = std::uint64_t{256} << 20; // a size that cannot be meant
    std::vector<T> values;
    if (bytes > most) return values;
    values.resize(bytes / sizeof(T));
    file.clear();
    file.seekg(static_cast<std::streamoff>(offset));
    file.read(reinterpret_cast<char*>(values.data()),
              static_cast<std::streamsize>(values.size() * sizeof(T)));
    if (!file) values.clear();
    return values;
}

std::vector<Variable> variables_in(std::ifstream& file, const Elf64_Shdr& table, const Elf64_Shdr& names) {
    std::vector<Variable> found;
    const auto text = read_array<char>(file, names.sh_offset, names.sh_size);
    const std::string_view all(text.data(), text.size());
    for (const auto& symbol : read_array<Elf64_Sym>(file, table.sh_offset, table.sh_size)) {
        if (ELF64_ST_TYPE(symbol.st_info) != STT_OBJECT || symbol.st_shndx == SHN_UNDEF ||
            symbol.st_size == 0 || symbol.st_name >= all.size())
            continue;
        const auto name = all.substr(symbol.st_name);
        found.push_back({symbol.st_value, symbol.st_size, std::string(name.substr(0, name.find('\0')))});
    }
    std::sort(found.begin(), found.end(),
              [](const Variable& a, const Variable& b) { return a.address < b.address; });
    return found;
}

} // namespace

std::vector<Variable> variables_of(const std::filesystem::path& library) {
    std::ifstream file(library, std::ios::binary);
    const auto header = read_array<Elf64_Ehdr>(file, 0, sizeof(Elf64_Ehdr));
    if (header.empty() || header[0].e_shentsize != sizeof(Elf64_Shdr)) return {};
    const auto sections = read_array<Elf64_Shdr>(file, header[0].e_shoff,
                                                 std::uint64_t{header[0].e_shnum} * sizeof(Elf64_Shdr));
    for (const Elf64_Word wanted : {SHT_SYMTAB, SHT_DYNSYM})
        for (const auto& section : sections)
            if (section.sh_type == wanted && section.sh_link < sections.size())
                return variables_in(file, section, sections[section.sh_link]);
    return {};
}

std::string readable_name(const std::string& name) {
    const std::unique_ptr<char, decltype(&std::free)> text(
        ::abi::__cxa_demangle(name.c_str(), nullptr, nullptr, nullptr), &std::free);
    return text ? text.get() : name;
}

} // namespace offhook::host
