// SPDX-License-Identifier: Apache-2.0
//
// One dialog of a provider's user-interface library (wire/README.md, "Dialogs"). The library's function runs
// on a thread of its own until it returns; what the provider sends to a generic dialog is delivered on
// another one; the caller's thread reads what the application's library sends.
#pragma once

#include "host/library.h"
#include "wire/stream_socket.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace offhook::ui {

class Dialog {
  public:
    // How long a generic dialog may take to close when the application is gone.
    static constexpr std::chrono::seconds patience_at_end{2};

    // The socket outlives it. There is one object at a time: the library's callback has no context.
    explicit Dialog(wire::StreamSocket& socket);
    ~Dialog();
    Dialog(const Dialog&) = delete;
    Dialog& operator=(const Dialog&) = delete;

    // Reads and acts until the dialog has ended, or the application has. Then the process is to exit, without
    // destroying this: threads of the library may still run.
    void run();

  private:
    struct Question { // of the library, by TUISPIDLLCALLBACK
        std::optional<LONG> result;
        std::vector<std::byte> answer;
    };
    enum class Stage : std::uint8_t { greeting, loaded, showing, over };

    static LONG CALLBACK callback(DWORD_PTR object, DWORD type, LPVOID block, DWORD size);

    void take(const wire::Frame&);
    void greet(const wire::Frame&);
    void call(const wire::Frame&);
    void show(abi::Tspi, const wire::Values&, std::uint32_t correlation);
    void deliver_data();
    void answer(const wire::Frame&);
    LONG enter(abi::Tspi, const host::CallMemory&) const;
    LONG ask(DWORD_PTR object, DWORD type, LPVOID block, DWORD size);
    void finished(abi::Tspi, LONG result, const host::CallMemory&, std::uint32_t correlation);
    void application_left();
    void fail(LONG error, std::string_view reason);
    template <class Write> void send(wire::FrameHeader header, Write write);

    wire::StreamSocket& socket_;
    std::unique_ptr<host::Library> library_;
    wire::UniqueFd ready_;    // the library has signalled that it takes data: an eventfd
    std::uint32_t shown_ = 0; // htDlgInst of a generic dialog

    std::mutex sending_;
    std::mutex mutex_; // guards what follows
    std::condition_variable changed_;
    Stage stage_ = Stage::greeting;
    bool left_ = false; // the application: nobody answers any more
    std::uint32_t last_question_ = 0;
    std::map<std::uint32_t, Question*> questions_; // by correlation, on their callers' stacks
    std::deque<std::unique_ptr<host::CallMemory>> data_;
};

} // namespace offhook::ui
