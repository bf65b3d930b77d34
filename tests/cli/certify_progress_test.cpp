// SPDX-License-Identifier: Apache-2.0
#include "cli/certify_progress.h"

#include <gtest/gtest.h>

#include <future>
#include <ostream>
#include <streambuf>

namespace offhook::cli {
namespace {

using namespace std::chrono_literals;

TEST(CertifyProgress, SaysHowFarItIs) {
    EXPECT_EQ(progress_text({.lives = 12, .of = 57, .life = "a call"}, 7, 65s),
              "12 of 57 lives, seed 7, 1 min 5 s: a call");
    EXPECT_EQ(progress_text({.lives = 1, .life = "seed 8", .findings = 1, .shortening = "R046"}, 7, 3s),
              "1 life, 1 finding, seed 7, 3 s: seed 8, being shortened for R046");
}

// Keeps its first line, and says when it is there.
class FirstLine : public std::streambuf {
  public:
    std::string wait() { return line_.get_future().get(); }

  private:
    int_type overflow(int_type c) override {
        if (c == '\n' && !std::exchange(whole_, true)) line_.set_value(text_);
        else if (!whole_) text_ += static_cast<char>(c);
        return c;
    }
    std::string text_;
    bool whole_ = false;
    std::promise<std::string> line_;
};

TEST(CertifyProgress, IsToldWhileALifeLasts) {
    FirstLine first;
    std::ostream out(&first);
    CertifyProgress progress(out, CertifyProgress::Place::file, 7, 1ms);
    EXPECT_TRUE(first.wait().starts_with("offhook: 0"));
}

} // namespace
} // namespace offhook::cli
