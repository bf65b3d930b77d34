// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace offhook::cli::timeline {

// A value of an attribute: text, or a length with one digit after the point.
class Value {
  public:
    Value(const char* text) : text_(text) {}
    Value(std::string_view text) : text_(text) {}
    Value(std::string text) : text_(std::move(text)) {}
    Value(double length);

    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

struct Attribute {
    std::string_view name;
    Value value;
};

// Writes elements of XML, one a line. Whatever stands in them is escaped, and what XML cannot hold is
// replaced.
class Xml {
  public:
    using Attributes = std::initializer_list<Attribute>;

    void open(std::string_view name, Attributes = {});
    void close(std::string_view name);
    void element(std::string_view name, Attributes);
    void element(std::string_view name, Attributes, std::string_view content);
    // Not escaped: `content` is the program's own.
    void verbatim(std::string_view name, std::string_view content);
    std::string text() && { return std::move(text_); }

  private:
    void begin(std::string_view name, Attributes);
    std::string text_;
};

} // namespace offhook::cli::timeline
