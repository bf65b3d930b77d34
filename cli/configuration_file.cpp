// SPDX-License-Identifier: Apache-2.0
#include "cli/configuration_file.h"

#include "cli/problem.h"

#include <nlohmann/json.hpp>
#include <toml++/toml.h>

#include <cerrno>
#include <sstream>
#include <system_error>
#include <unistd.h>

namespace offhook::cli {
namespace {

void flatten(const toml::table& table, const std::string& prefix, const std::string& path,
             nlohmann::json& into) {
    for (const auto& [key, node] : table) {
        const auto name = prefix + std::string(key.str());
        if (const auto* inner = node.as_table()) {
            flatten(*inner, name + ".", path, into);
        } else if (const auto* text = node.as_string()) {
            into[name] = text->get();
        } else if (node.is_integer() || node.is_floating_point() || node.is_boolean()) {
            std::ostringstream written;
            written << toml::node_view<const toml::node>(node);
            into[name] = written.str();
        } else {
            throw Problem(Exit::usage,
                          path + ":" + std::to_string(node.source().begin.line) + ": " + name +
                              " is neither text nor a number nor true or false",
                          "write it as text, in quotes");
        }
    }
}

} // namespace

nlohmann::json read_configuration(const std::string& path) {
    try {
        nlohmann::json configuration = nlohmann::json::object();
        flatten(toml::parse_file(path), "", path, configuration);
        return configuration;
    } catch (const toml::parse_error& error) {
        if (::access(path.c_str(), R_OK) != 0)
            throw Problem(Exit::usage, path + " cannot be read: " + std::generic_category().message(errno),
                          "name a TOML file that exists, with the provider's configuration");
        throw Problem(Exit::usage,
                      path + ":" + std::to_string(error.source().begin.line) + ": " +
                          std::string(error.description()),
                      "name a TOML file, for example with a line [account.1] and a line user = \"alice\"");
    }
}

} // namespace offhook::cli
