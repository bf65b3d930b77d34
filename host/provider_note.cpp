// SPDX-License-Identifier: Apache-2.0
#include "host/provider_note.h"

#include "offhook_provider.h"
#include "wire/unique_fd.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <vector>

namespace offhook::host {
namespace {

constexpr std::size_t max_segments = 256;
constexpr std::size_t max_note_segment = 64 * 1024;
constexpr std::size_t max_name = 64;
constexpr std::string_view owner{"Offhook\0", 8};

#if defined(__x86_64__)
constexpr Elf64_Half machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half machine = EM_AARCH64;
#else
#error "name this machine's EM_ constant"
#endif
static_assert(std::endian::native == std::endian::little);

ProviderNoteResult failure(std::string error) { return {{}, std::move(error)}; }

// False: the file does not hold so many bytes there.
bool read_at(int fd, std::uint64_t offset, std::span<std::byte> into) {
    if (offset > static_cast<std::uint64_t>(std::numeric_limits<off_t>::max()) - into.size()) return false;
    while (!into.empty()) {
        const auto got = ::pread(fd, into.data(), into.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        into = into.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    return true;
}

bool is_shared_object(const Elf64_Ehdr& header) {
    return std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 && header.e_ident[EI_CLASS] == ELFCLASS64 &&
           header.e_ident[EI_DATA] == ELFDATA2LSB && header.e_type == ET_DYN && header.e_machine == machine;
}

constexpr std::size_t padded(std::size_t size, std::size_t alignment) {
    return (size + alignment - 1) & ~(alignment - 1);
}

// The descriptors of our own notes, by their type.
struct FoundNotes {
    std::vector<std::string> provider, configuration;
};

// Those of one segment are appended to `found`. False: the segment is malformed. The padding counts from the
// start of the note, header included.
bool find_notes(std::span<const std::byte> segment, std::size_t alignment, FoundNotes& found) {
    while (segment.size() >= sizeof(Elf64_Nhdr)) {
        Elf64_Nhdr note;
        std::memcpy(&note, segment.data(), sizeof note);
        const auto descriptor = padded(sizeof note + std::size_t{note.n_namesz}, alignment);
        if (descriptor > segment.size() || note.n_descsz > segment.size() - descriptor) return false;
        const auto* text = reinterpret_cast<const char*>(segment.data());
        if (std::string_view(text + sizeof note, note.n_namesz) == owner) {
            if (note.n_type == OFFHOOK_NOTE_TYPE_PROVIDER)
                found.provider.emplace_back(text + descriptor, note.n_descsz);
            if (note.n_type == OFFHOOK_NOTE_TYPE_CONFIGURATION)
                found.configuration.emplace_back(text + descriptor, note.n_descsz);
        }
        segment = segment.subspan(std::min(padded(descriptor + note.n_descsz, alignment), segment.size()));
    }
    return true;
}

bool is_name(std::string_view name) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    };
    return !name.empty() && name.size() <= max_name && name.front() != '.' && name.front() != '-' &&
           std::all_of(name.begin(), name.end(), fits);
}

// It is shown to an administrator: nothing in it may steer a terminal.
bool is_printable(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

} // namespace

ProviderNoteResult parse_provider_note(std::string_view text) {
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) text = text.substr(0, nul);
    ProviderNote note;
    struct Key {
        std::string_view key;
        std::string* value;
        bool seen = false;
    };
    std::array keys{Key{"name", &note.name}, Key{"version", &note.version}, Key{"title", &note.title},
                    Key{"needs", &note.needs_text}};
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (line.empty()) continue;
        const auto equals = line.find('=');
        if (equals == std::string_view::npos) return failure("its note has a line without \"=\"");
        const auto value = line.substr(equals + 1);
        if (!is_printable(line)) return failure("its note holds control characters");
        for (auto& [key, place, seen] : keys) {
            if (line.substr(0, equals) != key) continue;
            if (seen) return failure("its note gives " + std::string(key) + "= twice");
            seen = true;
            *place = value;
        }
    }
    if (!is_name(note.name)) return failure("its note gives no name= of letters, digits, '-', '_' and '.'");
    if (note.version.empty()) return failure("its note gives no version=");
    std::string unknown;
    const auto needs = parse_needs(note.needs_text, unknown);
    if (!needs)
        return failure("its note needs \"" + unknown + "\", which this version of Offhook does not know");
    note.needs = *needs;
    return {std::move(note), {}};
}

ProviderNoteResult read_provider_note(const std::filesystem::path& library) {
    // Not blocking, so that a named pipe in its place does not hold the reader.
    const wire::UniqueFd fd(::open(library.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!fd) return failure(std::string("it cannot be read: ") + std::strerror(errno));
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return failure("it is not a regular file");

    Elf64_Ehdr header;
    if (!read_at(fd.get(), 0, std::as_writable_bytes(std::span(&header, 1))) || !is_shared_object(header))
        return failure("it is not a shared object of this machine");
    if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum > max_segments)
        return failure("its program headers are malformed");
    std::vector<Elf64_Phdr> segments(header.e_phnum);
    if (!read_at(fd.get(), header.e_phoff, std::as_writable_bytes(std::span(segments))))
        return failure("its program headers are malformed");

    FoundNotes found;
    for (const auto& segment : segments) {
        if (segment.p_type != PT_NOTE) continue;
        if (segment.p_filesz > max_note_segment) return failure("its notes are longer than 64 KiB");
        std::vector<std::byte> bytes(segment.p_filesz);
        if (!read_at(fd.get(), segment.p_offset, bytes) ||
            !find_notes(bytes, segment.p_align == 8 ? 8 : 4, found))
            return failure("its notes are malformed");
    }
    if (found.provider.empty())
        return failure("it has no OFFHOOK_PROVIDER_NOTE, so it is no provider for Offhook");
    if (found.provider.size() > 1) return failure("it has more than one OFFHOOK_PROVIDER_NOTE");
    if (found.configuration.size() > 1) return failure("it has more than one OFFHOOK_CONFIGURATION_NOTE");
    auto result = parse_provider_note(found.provider.front());
    if (result.note && !found.configuration.empty()) {
        const auto& text = found.configuration.front();
        result.note->configuration = text.substr(0, text.find('\0'));
    }
    return result;
}

} // namespace offhook::host
