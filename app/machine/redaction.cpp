// SPDX-License-Identifier: MIT
#include "redaction.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <regex>

namespace mars
{

namespace
{

struct SensitiveField
{
    std::string_view element;
    const char* kind;
};

/// Members of questions and answers whose whole text is a name.
constexpr std::array kSensitiveFields{
    SensitiveField{"computer", "computer"},    SensitiveField{"domain", "domain"},
    SensitiveField{"user", "user"},            SensitiveField{"user_sid", "sid"},
    SensitiveField{"evidence_sid", "sid"},     SensitiveField{"vault", "vault"},
    SensitiveField{"subscription", "guid"},    SensitiveField{"tenant", "guid"},
    SensitiveField{"thumbprint", "thumbprint"},
};

/// Registry values whose text is a name.
constexpr std::array kSensitiveValues{
    SensitiveField{"ServiceResourceName", "vault"},
    SensitiveField{"MachineId", "guid"},
};

/// Names that every Windows has; replacing them would hide nothing and break words.
constexpr std::array<std::string_view, 6> kOrdinaryNames{"administrator", "administrators", "system",
                                                         "public",        "default",        "workgroup"};

constexpr std::size_t kShortestName = 3;

bool IsWellKnownSid(std::string_view sid)
{
    return !sid.starts_with("S-1-5-21-");
}

} // namespace

Redactor::Redactor(const RecordedMachine& machine)
{
    machine.ForEachEntry(
        [&](const RecordedMachine::Entry& entry)
        {
            CollectFrom(entry.question.document_element());
            CollectFrom(entry.answer.document_element());
            const std::string_view valueName = entry.question.document_element().child("path").child("name").text().get();
            for (const SensitiveField& field : kSensitiveValues)
            {
                if (field.element == valueName)
                {
                    Add(field.kind, entry.answer.document_element().child("text").text().get());
                }
            }
        });
}

void Redactor::CollectFrom(const pugi::xml_node& node)
{
    for (const pugi::xml_node child : node.children())
    {
        const std::string text = ReadText(child).value_or(std::string());
        for (const SensitiveField& field : kSensitiveFields)
        {
            if (field.element == child.name())
            {
                Add(field.kind, text);
            }
        }
        if ((std::string_view(child.name()) == "proxy" || std::string_view(child.name()) == "server") && !text.empty())
        {
            for (const std::string& part : Split(text, ';'))
            {
                const std::string address = part.substr(part.find('=') + 1);
                const std::string host = address.substr(0, address.find(':'));
                if (!host.starts_with("127.") && host != "localhost")
                {
                    Add("host", host);
                }
            }
        }
        CollectShapes(text);
        CollectFrom(child);
    }
}

void Redactor::CollectShapes(std::string_view text)
{
    struct Shape
    {
        std::regex pattern;
        const char* kind;
    };
    static const std::array<Shape, 3> shapes{
        Shape{std::regex("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"), "guid"},
        Shape{std::regex("S-1-5-21(-[0-9]{1,10}){4}"), "sid"},
        Shape{std::regex(R"([\\/][Uu]sers[\\/]([^\\/<>:"|?*]{1,64}))"), "user"},
    };
    // A long text is searched line by line: std::regex recurses with the length of its match.
    for (const std::string& line : Split(text, '\n'))
    {
        for (const Shape& shape : shapes)
        {
            for (std::sregex_iterator match(line.begin(), line.end(), shape.pattern), end; match != end; ++match)
            {
                const bool hasName = std::string_view(shape.kind) == "user";
                Add(shape.kind, hasName ? (*match)[1].str() : match->str());
            }
        }
    }
}

void Redactor::Add(const std::string& kind, std::string_view name)
{
    const std::string folded = FoldCase(name);
    const bool ordinary = std::ranges::find(kOrdinaryNames, folded) != kOrdinaryNames.end();
    if (folded.size() < kShortestName || ordinary || m_terms.contains(folded) ||
        (kind == "sid" && IsWellKnownSid(name)))
    {
        return;
    }
    const std::string standIn = MakeStandIn(kind);
    m_terms.emplace(folded, standIn);
    m_standIns.push_back({kind, std::string(name), standIn});
}

std::string Redactor::MakeStandIn(const std::string& kind)
{
    const int number = ++m_counters[kind];
    if (kind == "guid")
    {
        return fmt::format("00000000-0000-0000-0000-{:012}", number);
    }
    if (kind == "sid")
    {
        return fmt::format("S-1-5-21-0-0-0-{}", 9000 + number);
    }
    if (kind == "thumbprint")
    {
        return fmt::format("{:040}", number);
    }
    if (kind == "host" || kind == "domain")
    {
        return fmt::format("{}{}.example", kind, number);
    }
    return fmt::format("{}-{}", kind, number);
}

std::string Redactor::Redact(std::string_view text)
{
    std::string out(text);
    for (const auto& [name, standIn] : m_terms)
    {
        std::string folded = FoldCase(out);
        for (std::size_t at = folded.find(name); at != std::string::npos; at = folded.find(name, at + standIn.size()))
        {
            out.replace(at, name.size(), standIn);
            folded.replace(at, name.size(), FoldCase(standIn));
        }
    }
    return out;
}

void Redactor::RedactNode(pugi::xml_node node)
{
    if (node.child("bytes") && node.attribute("type"))
    {
        // Binary values keep their length; a name in them, one or two bytes a character, is overwritten.
        auto bytes = FromHex(node.child("bytes").text().get()).value_or(Bytes());
        for (const auto& [name, standIn] : m_terms)
        {
            for (const std::size_t width : {1U, 2U})
            {
                for (std::size_t at = 0; at + name.size() * width <= bytes.size(); ++at)
                {
                    std::string found;
                    for (std::size_t i = 0; i < name.size(); ++i)
                    {
                        found += static_cast<char>(bytes[at + i * width]);
                    }
                    if (FoldCase(found) == name)
                    {
                        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), name.size() * width,
                                    static_cast<std::uint8_t>('x'));
                    }
                }
            }
        }
        node.child("bytes").text().set(ToHex(bytes).c_str());
        return;
    }
    if (node.first_child().type() == pugi::node_pcdata)
    {
        const std::string redacted = Redact(ReadText(node).value_or(std::string()));
        node.remove_attribute("encoding");
        WriteText(node, redacted);
        return;
    }
    for (const pugi::xml_node child : node.children())
    {
        RedactNode(child);
    }
}

RecordedMachine Redactor::Redact(const RecordedMachine& machine)
{
    RecordedMachine redacted;
    machine.ForEachEntry(
        [&](const RecordedMachine::Entry& entry)
        {
            RecordedMachine::Entry copy(entry);
            RedactNode(copy.question.document_element());
            RedactNode(copy.answer.document_element());
            redacted.AddEntry(std::move(copy));
        });
    return redacted;
}

} // namespace mars
