// SPDX-License-Identifier: Apache-2.0
//
// A nua handle and the object that its events are for.
#pragma once

#include "providers/sip/stack/sofia_headers.h"

#include <utility>

namespace offhook::sip::stack {

struct Event {
    nua_event_t kind;
    int status;
    const sip_t* sip; // null: nua itself made the event
    const tagi_t* tags;
    nua_t* nua;
};

class HandleOwner {
  public:
    explicit HandleOwner(nua_handle_t* handle) : handle_(handle) { nua_handle_bind(handle_, this); }
    HandleOwner(const HandleOwner&) = delete;
    HandleOwner& operator=(const HandleOwner&) = delete;
    virtual ~HandleOwner() { destroy_handle(); }

    virtual void on_event(const Event&) = 0;

  protected:
    [[nodiscard]] nua_handle_t* handle() const { return handle_; }
    void replace_handle(nua_handle_t* handle) {
        destroy_handle();
        handle_ = handle;
        nua_handle_bind(handle_, this);
    }
    // nua ends what the handle still holds by itself; its later events find no owner.
    void destroy_handle() {
        nua_handle_t* handle = std::exchange(handle_, nullptr);
        if (handle == nullptr) return;
        nua_handle_bind(handle, nullptr);
        nua_handle_destroy(handle);
    }

  private:
    nua_handle_t* handle_;
};

} // namespace offhook::sip::stack
