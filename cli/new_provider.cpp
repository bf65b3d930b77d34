// SPDX-License-Identifier: Apache-2.0
//
// A provider to begin with: the files of provider/template/ under another name.
#include "cli/commands.h"

#include "provider_template.h" // generated from provider/template/ by scripts/embed_template.py

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

namespace offhook::cli {
namespace {

namespace fs = std::filesystem;

struct NewProvider {
    std::string name, directory;
};

constexpr std::size_t longest_name = 32;

// It becomes part of names in C++ and of files.
bool is_name(std::string_view name) {
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    return !name.empty() && name.size() <= longest_name && is_lower(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '_'; });
}

std::string renamed(std::string_view text, std::string_view name) {
    std::string result(text);
    for (std::size_t at = 0; (at = result.find(provider_template::name, at)) != std::string::npos;
         at += name.size())
        result.replace(at, provider_template::name.size(), name);
    return result;
}

void require_names_of_their_own(const std::string& name) {
    std::set<std::string> names;
    for (const auto& file : provider_template::files)
        if (const auto own = renamed(file.name, name); !names.insert(own).second)
            throw Problem(Exit::usage,
                          "a provider cannot be called " + name + ": it has a file " + own + " already",
                          "choose another name");
}

void require_free(const fs::path& directory) {
    std::error_code error;
    if (!fs::exists(directory, error) ||
        (fs::is_directory(directory, error) && fs::is_empty(directory, error)))
        return;
    throw Problem(Exit::usage, directory.string() + " is there already, and is not an empty directory",
                  "choose another place with --directory");
}

void write(const fs::path& directory, const provider_template::File& file, const std::string& name) {
    const fs::path path = directory / renamed(file.name, name);
    std::ofstream out(path, std::ios::binary);
    out << renamed(file.text, name);
    out.close();
    if (!out)
        throw Problem(Exit::refused, "cannot write " + path.string() + ": " + std::strerror(errno),
                      "check the directory's permissions and the room on the disk");
    if (file.mode == provider_template::Mode::program)
        fs::permissions(path, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                        fs::perm_options::add);
}

Exit write_provider(const NewProvider& wanted, Format format) {
    if (!is_name(wanted.name))
        throw Problem(Exit::usage, wanted.name + " is no name for a provider",
                      "take up to " + std::to_string(longest_name) +
                          " small letters, digits and underscores, and a letter first");
    const fs::path directory = wanted.directory.empty() ? wanted.name : wanted.directory;
    require_names_of_their_own(wanted.name);
    require_free(directory);
    std::error_code error;
    fs::create_directories(directory, error);
    if (error)
        throw Problem(Exit::refused, "cannot make " + directory.string() + ": " + error.message(),
                      "choose another place with --directory");
    auto files = nlohmann::json::array();
    for (const auto& file : provider_template::files) {
        write(directory, file, wanted.name);
        files.push_back(renamed(file.name, wanted.name));
    }
    if (format == Format::json) {
        print_json(
            std::cout,
            {{"name", wanted.name}, {"directory", fs::absolute(directory).string()}, {"files", files}});
        return Exit::done;
    }
    std::cout << "Wrote " << files.size() << " files to " << printable(directory.string()) << ". Next:\n  cd "
              << printable(directory.string())
              << "\n  cmake -B build && cmake --build build\n  ./certify\nREADME.md says how it goes on.\n";
    return Exit::done;
}

} // namespace

void add_new_provider_command(CLI::App& app, Context& context) {
    auto options = std::make_shared<NewProvider>();
    auto* command =
        app.add_subcommand("new-provider", "Write a provider to begin with: sources that build and run");
    command->add_option("NAME", options->name, "What it is called")->required()->type_name("");
    command->add_option("--directory", options->directory, "Where to write it (the default is ./NAME)")
        ->type_name("FILE");
    command->callback([&context, options] {
        context.run = [&context, options] { return write_provider(*options, context.format); };
    });
}

} // namespace offhook::cli
