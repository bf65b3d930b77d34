// SPDX-License-Identifier: Apache-2.0
//
// Dialogs of providers. The library that shows one is loaded into a process of its own, offhook-ui, which the
// application's library starts and which speaks with it over a socket pair; the application's library speaks
// with the service for it (README.md, "Dialogs").
#pragma once

#include "wire/writer.h"

#include <string>

namespace offhook::wire {

// Frames of kind `dialog` on a calls connection; `sequence` is the dialog's handle. The answer is a frame of
// the same kind, function and correlation.
enum class DialogFunction : std::uint16_t {
    // The library called TUISPIDLLCALLBACK. Payload: the inputs of TSPI_providerGenericDialogData, with the
    // object as the library named it. Answer: `result`, and the outputs of that function.
    data = 1,
    // The dialog has ended. `result`: that of the library's function. Payload: why it failed, UTF-8, or
    // nothing.
    end,
};

// What an application gets for a function that shows a dialog, instead of the row's outputs: the dialog's
// handle, and the path of the library that shows it.
struct DialogOpened {
    std::uint32_t dialog = 0;
    std::string library;
};

inline void write(FrameWriter& to, const DialogOpened& opened) {
    to.number(opened.dialog);
    to.utf8(opened.library);
}

inline bool read(std::span<const std::byte> payload, DialogOpened& opened) {
    PayloadReader from(payload);
    opened.dialog = from.number();
    opened.library = from.utf8();
    return from.finished();
}

// What follows the fields of LINE_CREATEDIALOGINSTANCE. From a host the library is as the provider named it;
// to an application it is the path.
struct DialogBlocks {
    std::span<const std::byte> library;
    Block parameters; // lpParams; null: NULL
};

inline bool read(std::span<const std::byte> late, DialogBlocks& blocks) {
    PayloadReader from(late);
    blocks.library = from.block().bytes;
    blocks.parameters = from.block();
    return from.finished();
}

inline void write(FrameWriter& to, const Block& block) {
    if (block.null) to.null();
    else to.block(block.bytes);
}

// The first frame to offhook-ui.
struct DialogHello {
    std::uint32_t version = protocol_version;
    std::string library; // absolute path
};

inline void write(FrameWriter& to, const DialogHello& hello) {
    to.number(hello.version);
    to.utf8(hello.library);
}

inline bool read(std::span<const std::byte> payload, DialogHello& hello) {
    PayloadReader from(payload);
    hello.version = from.number();
    hello.library = from.utf8();
    return from.finished();
}

} // namespace offhook::wire
