// SPDX-License-Identifier: MIT
#pragma once

#include <pugixml.hpp>

#include <string>

namespace mars
{

/// The node and what is in it, UTF-8, in one line. `flags` as those of pugixml.
std::string PrintXml(const pugi::xml_node& node, unsigned flags = pugi::format_raw);

/// A whole file, UTF-8, with its declaration, one blank for each step in.
std::string PrintXmlFile(const pugi::xml_document& document);

} // namespace mars
