// SPDX-License-Identifier: MIT
#include "xml_print.h"

namespace mars
{

namespace
{

struct StringWriter : pugi::xml_writer
{
    std::string text;
    void write(const void* data, std::size_t size) override
    {
        text.append(static_cast<const char*>(data), size);
    }
};

} // namespace

std::string PrintXml(const pugi::xml_node& node, unsigned flags)
{
    StringWriter writer;
    node.print(writer, "", flags, pugi::encoding_utf8);
    return std::move(writer.text);
}

std::string PrintXmlFile(const pugi::xml_document& document)
{
    StringWriter writer;
    document.save(writer, " ", pugi::format_default, pugi::encoding_utf8);
    return std::move(writer.text);
}

} // namespace mars
