// SPDX-License-Identifier: Apache-2.0
//
// A provider's shared object, or the one that shows its dialogs, and how each TSPI or TUISPI function is
// entered. A trampoline per row of the table turns the row's arguments into those of the C prototype; both
// are known at compile time, so nothing is written per function.
#pragma once

#include "abi/function_table.h"
#include "host/call_memory.h"
#include "offhook_provider.h"

#include <link.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace offhook::host {

// What a library receives in place of LOCAL parameters: a provider the first three, one that shows dialogs
// the others.
struct Procedures {
    LINEEVENT line_event = nullptr;
    PHONEEVENT phone_event = nullptr;
    ASYNC_COMPLETION completion = nullptr;
    TUISPIDLLCALLBACK dialog = nullptr;
    HANDLE ready = nullptr; // hEvent of TUISPI_providerGenericDialog
};

class Library {
  public:
    static constexpr std::size_t functions = abi::tspi_functions.size();
    using Symbols = std::array<void*, functions>; // by number; null when the library does not export it

    explicit Library(const Symbols& symbols, OFFHOOK_PROVIDER_ATTACH attach_function = nullptr,
                     OFFHOOK_PROVIDER_COMMAND command_function = nullptr,
                     OFFHOOK_PROVIDER_RECONFIGURE reconfigure_function = nullptr,
                     const link_map* image = nullptr)
        : symbols_(symbols),
          attach_(attach_function),
          command_(command_function),
          reconfigure_(reconfigure_function),
          image_(image) {}

    // Loads the shared object; it stays loaded until the process ends, because its threads may outlive any
    // use of it. Null and `error`: it could not be loaded.
    static std::unique_ptr<Library> load(const std::string& path, std::string& error);

    bool exports(abi::Tspi function) const { return symbols_[static_cast<std::size_t>(function)] != nullptr; }
    OFFHOOK_PROVIDER_ATTACH attach() const { return attach_; }
    OFFHOOK_PROVIDER_COMMAND command() const { return command_; }             // null: it takes none
    OFFHOOK_PROVIDER_RECONFIGURE reconfigure() const { return reconfigure_; } // null: it cannot

    // Where it lies in memory, and its file; it outlives this. Null: it was not loaded by load().
    const link_map* image() const { return image_; }

    // Calls a function that the library exports.
    LONG call(abi::Tspi function, const Arguments& arguments, const Procedures& procedures) const;

    // A byte for each row of the table, 1 when the library exports it.
    std::array<std::byte, functions> exported() const;

  private:
    Symbols symbols_;
    OFFHOOK_PROVIDER_ATTACH attach_;
    OFFHOOK_PROVIDER_COMMAND command_;
    OFFHOOK_PROVIDER_RECONFIGURE reconfigure_;
    const link_map* image_;
};

} // namespace offhook::host
