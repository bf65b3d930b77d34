// SPDX-License-Identifier: Apache-2.0
#include "core/dialog_library.h"

#include "abi/utf16.h"

namespace offhook::core {
namespace {

// Names folders below and a file in them, and nothing else: no empty part, no way up.
bool stays_below(std::string_view path) {
    for (;;) {
        const auto end = path.find('/');
        const auto part = path.substr(0, end);
        if (part.empty() || part == "." || part == "..") return false;
        if (end == std::string_view::npos) return true;
        path.remove_prefix(end + 1);
    }
}

} // namespace

std::optional<std::string> dialog_library(std::string_view providers_library, std::u16string_view named) {
    const auto slash = providers_library.rfind('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string folder(providers_library.substr(0, slash + 1));
    auto path = abi::to_utf8(named);
    if (!path.starts_with('/')) path.insert(0, folder);
    const bool inside = path.starts_with(folder) && path.find('\0') == std::string::npos &&
                        stays_below(std::string_view(path).substr(folder.size()));
    return inside ? std::optional(std::move(path)) : std::nullopt;
}

} // namespace offhook::core
