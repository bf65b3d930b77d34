// SPDX-License-Identifier: Apache-2.0
#include "host/library.h"

#include "host/trampoline.h"

#include <dlfcn.h>

#include <memory>
#include <utility>

namespace offhook::host {
namespace {

using Trampoline = LONG (*)(void*, const Arguments&, const Procedures&);

constexpr auto trampolines = []<std::size_t... F>(std::index_sequence<F...>) {
    return std::array<Trampoline, sizeof...(F)>{&trampoline<static_cast<abi::Tspi>(F)>...};
}
(std::make_index_sequence<Library::functions>{});

std::string last_error() {
    const char* text = ::dlerror();
    return text == nullptr ? "unknown error" : text;
}

} // namespace

std::unique_ptr<Library> Library::load(const std::string& path, std::string& error) {
    void* const handle = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        error = last_error();
        return nullptr;
    }
    link_map* image = nullptr;
    ::dlinfo(handle, RTLD_DI_LINKMAP, &image); // null when that fails, which no handle of dlopen makes it
    Symbols symbols{};
    // The names are literals of the table, each with its NUL.
    for (std::size_t i = 0; i < functions; ++i)
        symbols[i] = ::dlsym(handle, abi::tspi_functions[i].name.data());
    return std::make_unique<Library>(
        symbols, reinterpret_cast<OFFHOOK_PROVIDER_ATTACH>(::dlsym(handle, "OFFHOOK_providerAttach")),
        reinterpret_cast<OFFHOOK_PROVIDER_COMMAND>(::dlsym(handle, "OFFHOOK_providerCommand")),
        reinterpret_cast<OFFHOOK_PROVIDER_RECONFIGURE>(::dlsym(handle, "OFFHOOK_providerReconfigure")),
        image);
}

LONG Library::call(abi::Tspi function, const Arguments& arguments, const Procedures& procedures) const {
    const auto number = static_cast<std::size_t>(function);
    return trampolines[number](symbols_[number], arguments, procedures);
}

std::array<std::byte, Library::functions> Library::exported() const {
    std::array<std::byte, functions> bytes{};
    for (std::size_t i = 0; i < functions; ++i) bytes[i] = static_cast<std::byte>(symbols_[i] != nullptr);
    return bytes;
}

} // namespace offhook::host
