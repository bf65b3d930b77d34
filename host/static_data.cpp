// SPDX-License-Identifier: Apache-2.0
#include "host/static_data.h"

#include "host/variables.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace offhook::host {
namespace {

// What changes once and says nothing of a session. Relocations are not among it: all are done when the
// library is loaded (RTLD_NOW).
constexpr std::array allowed{
    std::string_view("_ZGV"),      // whether a static has been initialised (Itanium C++ ABI, 5.1.6)
    std::string_view("once_flag"), // of std::call_once and pthread_once, as they are usually named
    std::string_view("_once"),
    std::string_view("4once"),      // the whole name, with its length before it
    std::string_view("completed."), // of the C run time
    std::string_view("__asan_"),    // of the sanitizers
    std::string_view("__tsan_"),
};

bool may_change(const std::string& name) {
    return std::any_of(allowed.begin(), allowed.end(),
                       [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

// Threads of the provider may write while this reads, and guard zones of a sanitizer lie in between: neither
// matters to a hint.
#if defined(__clang__)
__attribute__((no_sanitize("address", "thread")))
#else
__attribute__((no_sanitize("address"), no_sanitize("thread")))
#endif
std::vector<std::byte>
copy_of(std::span<const std::byte> memory) {
    std::vector<std::byte> copy(memory.size());
    auto* const to = copy.data();
    const volatile std::byte* const from = memory.data();
    for (std::size_t i = 0; i < memory.size(); ++i) to[i] = from[i];
    return copy;
}

struct Search {
    const link_map* image;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> writable; // from, to; in the file's own terms
};

// What PT_GNU_RELRO covers is read-only once the library is loaded.
int find_writable(dl_phdr_info* info, std::size_t, void* context) {
    auto& search = *static_cast<Search*>(context);
    if (info->dlpi_addr != search.image->l_addr || std::string_view(info->dlpi_name) != search.image->l_name)
        return 0;
    const std::span headers(info->dlpi_phdr, info->dlpi_phnum);
    std::uint64_t read_only = 0; // its end
    for (const auto& header : headers)
        if (header.p_type == PT_GNU_RELRO) read_only = header.p_vaddr + header.p_memsz;
    for (const auto& header : headers) {
        if (header.p_type != PT_LOAD || (header.p_flags & PF_W) == 0) continue;
        const auto end = header.p_vaddr + header.p_memsz;
        const auto begin = read_only > header.p_vaddr ? std::min(read_only, end) : header.p_vaddr;
        if (begin != end) search.writable.emplace_back(begin, end);
    }
    return 1;
}

} // namespace

StaticData::StaticData(const link_map* image) : image_(image) {
    if (image == nullptr) return;
    Search search{image, {}};
    ::dl_iterate_phdr(&find_writable, &search);
    for (const auto& [begin, end] : search.writable)
        segments_.push_back(
            {begin, {reinterpret_cast<const std::byte*>(image->l_addr + begin), end - begin}, {}});
}

void StaticData::remember() {
    for (auto& segment : segments_) segment.remembered = copy_of(segment.memory);
}

std::vector<std::string> StaticData::changed() const {
    std::vector<std::uint64_t> places; // of bytes that differ, ascending
    for (const auto& segment : segments_) {
        const auto now = copy_of(segment.memory);
        for (std::size_t i = 0; i < std::min(now.size(), segment.remembered.size()); ++i)
            if (now[i] != segment.remembered[i]) places.push_back(segment.address + i);
    }
    std::vector<std::string> names;
    if (places.empty()) return names;
    const auto variables = variables_of(image_->l_name);
    std::map<std::string, std::size_t> bytes; // that differ, of each
    for (const auto place : places) {
        auto next = std::upper_bound(variables.begin(), variables.end(), place,
                                     [](std::uint64_t at, const Variable& v) { return at < v.address; });
        const bool named =
            next != variables.begin() && place - std::prev(next)->address < std::prev(next)->size;
        ++bytes[named ? std::prev(next)->name : std::string()];
    }
    for (const auto& [name, count] : bytes)
        if (!may_change(name))
            names.push_back((name.empty() ? "variables without a name" : readable_name(name)) + " (" +
                            std::to_string(count) + " bytes)");
    return names;
}

} // namespace offhook::host
