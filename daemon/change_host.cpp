// SPDX-License-Identifier: Apache-2.0
#include "daemon/change_host.h"

#include "daemon/log.h"
#include "wire/codec.h"

namespace offhook::daemon {

namespace {

// The limits of config_set (offhook_provider.h), and one on how much a provider may write in all.
constexpr std::size_t longest_key = 255, longest_value = 65'535, most_keys = 10'000;

std::vector<std::byte> call_frame(abi::Tspi function, std::uint32_t provider) {
    // The three functions take the same: a window, which is local, and the permanent provider id.
    static_assert(abi::row<abi::Tspi::providerInstall>().count == 2 &&
                  abi::row<abi::Tspi::providerConfig>().count == 2 &&
                  abi::row<abi::Tspi::providerRemove>().count == 2);
    wire::Values values{};
    values[1] = {.number = provider, .bytes = {}, .null = false};
    std::vector<std::byte> frame;
    wire::FrameWriter writer(frame, {.function = static_cast<std::uint16_t>(function), .correlation = 1});
    wire::encode_down<abi::Tspi::providerInstall>(writer, values);
    writer.finish();
    return frame;
}

} // namespace

ChangeHost::ChangeHost(EventLoop& loop, const HostLimits& limits, std::uint64_t deadline_ms,
                       const wire::HostHello& hello, abi::Tspi function, Log log, Then then)
    : loop_(loop),
      deadline_ms_(deadline_ms),
      provider_(hello.provider),
      function_(function),
      log_(std::move(log)),
      then_(std::move(then)),
      host_(loop, limits, hello, *this) {
    result_.settings = hello.configuration;
}

void ChangeHost::host_welcomed(std::span<const std::byte> exported) {
    const auto number = static_cast<std::size_t>(function_);
    if (number >= exported.size() || exported[number] == std::byte{0}) {
        answered(0);
        return;
    }
    host_.send(call_frame(function_, provider_));
    deadline_ = loop_.after(deadline_ms_, [this] {
        host_.kill(std::string(abi::row(function_).name) + " did not return in " +
                   std::to_string(deadline_ms_) + " ms (provider.call_deadline_ms)");
    });
}

bool ChangeHost::host_frame_arrived(const wire::Frame& frame, std::string& reason) {
    if (answered_) return true;
    if (frame.header.kind == wire::FrameKind::service) return write_setting(frame, reason);
    if (frame.header.kind == wire::FrameKind::result && frame.header.correlation == 1) {
        answered(frame.header.result);
        return true;
    }
    reason = "a frame of a kind that no host sends while a provider is changed";
    return false;
}

bool ChangeHost::write_setting(const wire::Frame& frame, std::string& reason) {
    if (frame.header.function != wire::host_config_set || !read(frame.payload, written_)) {
        reason = "the host wrote a configuration that is malformed";
        return false;
    }
    const auto& [key, value] = written_;
    auto& settings = result_.settings;
    if (value) settings.insert_or_assign(key, *value);
    else settings.erase(key);
    const bool allowed = !key.empty() && key.size() <= longest_key &&
                         (!value || value->size() <= longest_value) && settings.size() <= most_keys;
    if (!allowed) reason = "the provider wrote more configuration than it may, or a key without a name";
    return allowed;
}

void ChangeHost::answered(std::int32_t code) {
    answered_ = true;
    deadline_.cancel();
    result_.kind = code < 0 ? ChangeResult::Kind::refused : ChangeResult::Kind::done;
    result_.code = code;
    if (code < 0) result_.reason = complaint_;
    host_.end_orderly();
}

void ChangeHost::host_logged(std::uint32_t severity, std::string_view line) {
    if (severity_of_syslog(severity) == core::Severity::error && !answered_) complaint_ = line;
    log_(severity_of_syslog(severity), std::string(line));
}

void ChangeHost::host_ended(const std::string& reason) {
    if (!answered_) result_.reason = reason;
    const auto then = std::move(then_);
    then(std::move(result_));
}

} // namespace offhook::daemon
