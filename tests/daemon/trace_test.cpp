// SPDX-License-Identifier: Apache-2.0
#include "daemon/trace_watch.h"

#include <gtest/gtest.h>

namespace {

using namespace offhook;
using namespace offhook::daemon;
using core::ApplicationId;

class TraceTest : public testing::Test {
  protected:
    void record(int count) {
        for (int i = 0; i < count; ++i)
            watch_.add({.kind = core::TraceKind::session, .what = std::to_string(next_++)});
        loop_.run_once();
    }
    EventLoop loop_;
    int next_ = 0;
    std::optional<std::size_t> queued_ = 0;
    std::vector<nlohmann::json> sent_;
    core::Tracing tracing_ = core::Tracing::off;
    TraceWatch watch_{loop_,
                      10,
                      100,
                      {.set_tracing = [this](core::Tracing t) { tracing_ = t; },
                       .send = [this](ApplicationId, const nlohmann::json& json) { sent_.push_back(json); },
                       .queued_bytes = [this](ApplicationId) { return queued_; }}};
};

TEST_F(TraceTest, IsOnWhileSomebodyWatches) {
    watch_.watch(ApplicationId{1}, {});
    watch_.watch(ApplicationId{2}, {});
    EXPECT_EQ(tracing_, core::Tracing::on);
    watch_.application_gone(ApplicationId{3});
    watch_.application_gone(ApplicationId{1});
    EXPECT_EQ(tracing_, core::Tracing::on);
    watch_.application_gone(ApplicationId{2});
    EXPECT_EQ(tracing_, core::Tracing::off);
}

TEST_F(TraceTest, AWatcherSeesEachRecordFromThenOn) {
    record(3);
    watch_.watch(ApplicationId{1}, {});
    record(3);
    ASSERT_EQ(sent_.size(), 3u);
    EXPECT_EQ(sent_[0]["what"], "3");
    EXPECT_EQ(sent_[2]["what"], "5");
}

TEST_F(TraceTest, WhatIsThereAlreadyComesFirst) {
    queued_ = 101;
    watch_.watch(ApplicationId{1}, {{{"what", "a"}}, {{"what", "b"}}});
    record(1);
    EXPECT_TRUE(sent_.empty());
    queued_ = 0;
    while (sent_.empty()) loop_.run_once();
    ASSERT_EQ(sent_.size(), 3u);
    EXPECT_EQ(sent_[0]["what"], "a");
    EXPECT_EQ(sent_[1]["what"], "b");
    EXPECT_EQ(sent_[2]["what"], "0");
}

TEST_F(TraceTest, AWatcherThatIsTooSlowIsToldWhatItMissed) {
    watch_.watch(ApplicationId{1}, {});
    queued_ = 101;
    record(25);
    EXPECT_EQ(sent_.size(), 0u);
    queued_ = 0;
    while (sent_.empty()) loop_.run_once(); // tried again later
    ASSERT_EQ(sent_.size(), 11u);
    EXPECT_EQ(sent_[0]["kind"], "lost");
    EXPECT_EQ(sent_[0]["text"], "15 records came faster than they were read");
    EXPECT_EQ(sent_[1]["what"], "15");
    EXPECT_EQ(sent_[10]["what"], "24");
}

} // namespace
