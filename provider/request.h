// SPDX-License-Identifier: Apache-2.0
//
// An asynchronous request as an object that is answered exactly once (R046, R051).
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "provider/callbacks.h"

namespace offhook::provider {

// Holds a request from the moment it is accepted. complete() answers it; a request that is destroyed without
// an answer answers LINEERR_OPERATIONFAILED, so no path can forget one (R078, R083). Move-only; an empty or
// answered request ignores further answers. It comes from accept() alone, which is what answers it until the
// function of the interface has returned.
class Request {
  public:
    Request() = default;
    Request(Request&& other) noexcept
        : callbacks_(std::exchange(other.callbacks_, nullptr)),
          id_(other.id_),
          answer_(std::move(other.answer_)) {}
    Request& operator=(Request&& other) noexcept;
    ~Request() { drop(); }

    [[nodiscard]] DRV_REQUESTID id() const { return id_; }
    [[nodiscard]] bool pending() const { return answer_ && *answer_ <= Answer::accepted; }
    void complete(LONG result);

  private:
    template <class Start> friend LONG accept(Callbacks& callbacks, DRV_REQUESTID id, const Start& start);

    enum class Answer : std::uint8_t {
        starting, // the function of the interface is running: it can still return an error
        accepted, // it has returned the request's number (R043)
        dropped,  // while it was starting, nobody kept it: it ends with what the function returns
        given,    // by a completion or as an error of the function: there is no other (R051)
    };
    using Shared = std::shared_ptr<std::atomic<Answer>>;

    Request(Callbacks& callbacks, DRV_REQUESTID id, Shared answer)
        : callbacks_(&callbacks),
          id_(id),
          answer_(std::move(answer)) {}

    void drop() noexcept;
    // Is the answer still to be given, so that the function may return an error? None is given afterwards.
    [[nodiscard]] static bool refuse(std::atomic<Answer>& answer) {
        return answer.exchange(Answer::given) != Answer::given;
    }

    Callbacks* callbacks_ = nullptr; // not owned; outlives every request
    DRV_REQUESTID id_ = 0;
    Shared answer_;
};

// What an asynchronous function of the interface returns. `start` is given the Request; it begins the work
// and returns 0, or the error for which it cannot. Whatever becomes of the request meanwhile, there is one
// answer (R051): an error or an exception is what the function returns as long as the request is not
// answered, and then nothing that still holds it can answer it any more; after that, it returns the request's
// own number.
template <class Start> [[nodiscard]] LONG accept(Callbacks& callbacks, DRV_REQUESTID id, const Start& start) {
    using Answer = Request::Answer;
    const auto answer = std::make_shared<std::atomic<Answer>>(Answer::starting);
    try {
        const LONG error = start(Request(callbacks, id, answer));
        auto starting = Answer::starting;
        if (error != 0 && Request::refuse(*answer)) return error;
        if (!answer->compare_exchange_strong(starting, Answer::accepted) && starting == Answer::dropped)
            return LINEERR_OPERATIONFAILED;
    } catch (...) { // of which the border makes a result
        if (Request::refuse(*answer)) throw;
    }
    return static_cast<LONG>(id); // R043
}

} // namespace offhook::provider
