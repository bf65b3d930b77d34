// SPDX-License-Identifier: Apache-2.0

#include "configuration.h"

#include <charconv>
#include <map>
#include <stdexcept>

namespace acme_provider {
namespace {

using offhook::provider::Services;

std::chrono::milliseconds milliseconds(const Services& services, const std::string& key) {
    const std::string text = services.text(key).value_or("0");
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value > 60'000)
        throw std::invalid_argument(key + " is to be a number from 0 to 60000");
    return std::chrono::milliseconds(value);
}

} // namespace

Configuration read_configuration(const Services& services) {
    std::map<std::string, LineSettings> lines;
    for (const std::string& key : services.keys()) {
        if (!key.starts_with("line.")) continue;
        const auto dot = key.rfind('.');
        LineSettings& line = lines[key.substr(0, dot)];
        (key.substr(dot) == ".number" ? line.number : line.name) = services.text(key).value_or("");
    }
    Configuration configuration;
    for (auto& [key, line] : lines) {
        if (line.number.empty())
            throw std::invalid_argument("set " + key + ".number, the number of this line");
        if (line.name.empty()) line.name = "acme " + line.number;
        configuration.lines.push_back(std::move(line));
    }
    configuration.dial_after = milliseconds(services, "dial_after");
    configuration.answer_after = milliseconds(services, "answer_after");
    return configuration;
}

} // namespace acme_provider
