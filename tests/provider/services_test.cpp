// SPDX-License-Identifier: Apache-2.0

#include "provider/services.h"

#include "tapi.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <iterator>
#include <map>

namespace offhook::provider {
namespace {

const std::map<std::string, std::string> configuration{
    {"long", std::string(1000, 'x')}, {"short", "value"}, {"void", ""}};

std::int32_t give(const std::string& text, char* out, std::uint32_t* size) {
    const std::uint32_t room = *size;
    *size = static_cast<std::uint32_t>(text.size() + 1);
    if (room < *size) return LINEERR_STRUCTURETOOSMALL;
    std::memcpy(out, text.c_str(), *size);
    return 0;
}

std::int32_t get(void*, const char* key, char* value, std::uint32_t* size) {
    const auto found = configuration.find(key);
    return found == configuration.end() ? static_cast<std::int32_t>(LINEERR_NODEVICE)
                                        : give(found->second, value, size);
}

std::int32_t key_at(void*, std::uint32_t index, char* key, std::uint32_t* size) {
    if (index >= configuration.size()) return LINEERR_NODEVICE;
    return give(std::next(configuration.begin(), index)->first, key, size);
}

OFFHOOK_PROVIDER_SERVICES interface() {
    OFFHOOK_PROVIDER_SERVICES services{};
    services.size = sizeof services;
    services.interface_version = OFFHOOK_PROVIDER_INTERFACE;
    services.config_get = get;
    services.config_key = key_at;
    return services;
}

TEST(Services, ValuesOfAnyLengthAreRead) {
    const auto given = interface();
    const Services services(&given);
    EXPECT_EQ(services.text("short"), "value");
    EXPECT_EQ(services.text("void"), "");
    EXPECT_EQ(services.text("long"), configuration.at("long"));
    EXPECT_EQ(services.text("none"), std::nullopt);
    EXPECT_EQ(services.keys(), (std::vector<std::string>{"long", "short", "void"}));
}

TEST(Services, WhatAnOlderServiceDoesNotHaveIsNotCalled) {
    auto given = interface();
    given.size = offsetof(OFFHOOK_PROVIDER_SERVICES, config_set); // the rest is not there
    const Services services(&given);
    EXPECT_EQ(services.text("short"), "value");
    EXPECT_EQ(services.set("short", "x"), LINEERR_OPERATIONUNAVAIL);
    EXPECT_FALSE(services.audio_stream().has_value());
    services.log(Severity::error, "unheard");
    EXPECT_EQ(Services().text("short"), std::nullopt); // and a host without the interface
}

} // namespace
} // namespace offhook::provider
