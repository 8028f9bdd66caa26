// SPDX-License-Identifier: MIT
#include "root_certificates.h"

#include "embedded.h"

#include <pugixml.hpp>

#include <algorithm>
#include <stdexcept>

namespace mars
{

std::optional<std::vector<RootCertificate>> ParseRootCertificates(std::string_view xml)
{
    constexpr std::size_t kDigits = 40;
    pugi::xml_document document;
    if (!document.load_buffer(xml.data(), xml.size()))
    {
        return std::nullopt;
    }
    std::vector<RootCertificate> roots;
    for (const pugi::xml_node node : document.child("root_certificates").children("root"))
    {
        RootCertificate root{node.attribute("name").value(), FoldCase(node.attribute("thumbprint").value()),
            {}, node.attribute("wanted").as_bool()};
        const auto expires = FromIso8601(std::string(node.attribute("expires").value()) + "T00:00:00Z");
        if (root.name.empty() || root.thumbprint.size() != kDigits || !FromHex(root.thumbprint) || !expires)
        {
            return std::nullopt;
        }
        root.expires = *expires;
        roots.push_back(std::move(root));
    }
    return roots.empty() ? std::nullopt : std::optional(std::move(roots));
}

const std::vector<RootCertificate>& KnownRootCertificates()
{
    static const std::vector<RootCertificate> table = [] {
        const auto files = EmbeddedKnowledge();
        const auto file =
            std::ranges::find(files, std::string_view("root_certificates.xml"), &EmbeddedFile::name);
        auto parsed = file == files.end() ? std::nullopt : ParseRootCertificates(file->bytes);
        if (!parsed)
        {
            throw std::logic_error("knowledge/root_certificates.xml is not part of the program or damaged");
        }
        return std::move(*parsed);
    }();
    return table;
}

} // namespace mars
