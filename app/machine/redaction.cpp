// SPDX-License-Identifier: MIT
#include "redaction.h"

#include "microsoft_roots.h"

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
    SensitiveField{"computer", "computer"},
    SensitiveField{"domain", "domain"},
    SensitiveField{"user", "user"},
    SensitiveField{"user_sid", "sid"},
    SensitiveField{"evidence_sid", "sid"},
    SensitiveField{"vault", "vault"},
    SensitiveField{"subscription", "guid"},
    SensitiveField{"tenant", "guid"},
    SensitiveField{"thumbprint", "thumbprint"},
    SensitiveField{"asset_tag", "guid"},
};

/// Registry values whose text is a name.
constexpr std::array kSensitiveValues{
    SensitiveField{"ServiceResourceName", "vault"},
    SensitiveField{"MachineId", "guid"},
    SensitiveField{"ComputerName", "computer"},
};

/// Names that every Windows or every virtual machine has; replacing them would hide nothing and break words.
constexpr std::array<std::string_view, 11> kOrdinaryNames{"administrator", "administrators", "system",
    "public", "default", "workgroup", "none", "no asset tag", "to be filled by o.e.m.", "not specified",
    // The asset tag of every Azure VM.
    "7783-7084-3265-9085-8269-3286-77"};

constexpr std::size_t kShortestName = 3;

/// Device classes, the same on every Windows.
constexpr std::array<std::string_view, 2> kKnownGuids{
    "4d36e97b-e325-11ce-bfc1-08002be10318", "4d36e97e-e325-11ce-bfc1-08002be10318"};

/// The proxy of a probe, or the server of proxy settings.
bool IsProxy(const pugi::xml_node& node)
{
    const std::string_view name = node.name();
    return name == "proxy" || (name == "server" && node.parent().child("bypass"))
        || (name == "item" && std::string_view(node.parent().name()) == "proxies");
}

bool IsWellKnownSid(std::string_view sid)
{
    return !sid.starts_with("S-1-5-21-");
}

} // namespace

Redactor::Redactor(const RecordedMachine& machine)
{
    machine.ForEachEntry([&](const RecordedMachine::Entry& entry) {
        CollectFrom(entry.question.document_element());
        CollectFrom(entry.answer.document_element());
        const std::string_view valueName =
            entry.question.document_element().child("path").child("name").text().get();
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
        if (IsProxy(child))
        {
            CollectHosts(text);
        }
        const std::string_view name = child.name();
        if (name == "auto_config_url" || name == "script")
        {
            CollectScriptHost(text);
        }
        CollectShapes(text);
        CollectFrom(child);
    }
}

/// "host:port" or "http=host:port;https=host:port". This computer itself is no name.
void Redactor::CollectHosts(std::string_view proxies)
{
    for (const std::string& part : Split(proxies, ';'))
    {
        const std::string address = part.substr(part.find('=') + 1);
        const std::string host = address.substr(0, address.find(':'));
        if (!host.starts_with("127.") && host != "localhost")
        {
            Add("host", host);
        }
    }
}

/// The host of a proxy configuration script: "http://host/file".
void Redactor::CollectScriptHost(std::string_view url)
{
    const std::size_t begin = url.find("://");
    if (begin == std::string_view::npos)
    {
        return;
    }
    std::string_view host = url.substr(begin + 3);
    host = host.substr(0, host.find('/'));
    host = host.substr(host.rfind('@') == std::string_view::npos ? 0 : host.rfind('@') + 1);
    CollectHosts(host);
}

void Redactor::CollectShapes(std::string_view text)
{
    struct Shape
    {
        std::regex pattern;
        const char* kind;
    };
    // Certificates of the agent: CB_<vault>-M-D-YYYY-vaultcredentials, and CB_<host>.<domain>_<id>, whose
    // names may be those of another vault and of this computer in former times.
    static const std::regex machineCertificate(
        "CB_([A-Za-z0-9-]{1,63})(\\.[A-Za-z0-9.-]{0,255})?_[0-9A-Fa-f-]{8,64}");
    static const std::array<Shape, 4> shapes{
        Shape{std::regex("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"),
            "guid"},
        Shape{std::regex("S-1-5-21(-[0-9]{1,10}){4}"), "sid"},
        Shape{std::regex("CB_(.{1,100})-[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}-vaultcredentials"), "vault"},
        Shape{std::regex(R"([\\/][Uu]sers[\\/]([^\\/<>:"|?*]{1,64}))"), "user"},
    };
    // A long text is searched line by line: std::regex recurses with the length of its match.
    for (const std::string& line : Split(text, '\n'))
    {
        for (std::sregex_iterator match(line.begin(), line.end(), machineCertificate), end; match != end;
             ++match)
        {
            std::string domain = (*match)[2];
            domain.erase(0, 1);
            Add("computer", (*match)[1].str());
            Add("domain", domain.ends_with('.') ? domain.substr(0, domain.size() - 1) : domain);
        }
        for (const Shape& shape : shapes)
        {
            for (std::sregex_iterator match(line.begin(), line.end(), shape.pattern), end; match != end;
                 ++match)
            {
                const std::string_view kind = shape.kind;
                const bool hasName = kind == "user" || kind == "vault";
                Add(shape.kind, hasName ? (*match)[1].str() : match->str());
            }
        }
    }
}

void Redactor::Add(const std::string& kind, std::string_view name)
{
    const std::string folded = FoldCase(name);
    const bool ordinary = std::ranges::find(kOrdinaryNames, folded) != kOrdinaryNames.end()
        || std::ranges::find(kKnownGuids, folded) != kKnownGuids.end() || IsMicrosoftRoot(folded);
    if (folded.size() < kShortestName || ordinary || m_terms.contains(folded)
        || (kind == "sid" && IsWellKnownSid(name)))
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
        for (std::size_t at = folded.find(name); at != std::string::npos;
             at = folded.find(name, at + standIn.size()))
        {
            out.replace(at, name.size(), standIn);
            folded.replace(at, name.size(), FoldCase(standIn));
        }
    }
    return out;
}

/// A name in binary data, one or two bytes a character, is overwritten; the length stays.
void Redactor::RedactBytes(Bytes& bytes) const
{
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
}

RegistryValue Redactor::Redact(const RegistryValue& value)
{
    RegistryValue redacted = value;
    const auto text = value.AsString();
    auto texts = value.AsStrings();
    if (text && RegistryValue::String(*text, value.type) == value)
    {
        redacted = RegistryValue::String(Redact(*text), value.type);
    }
    else if (texts && RegistryValue::MultiString(*texts) == value)
    {
        std::ranges::transform(*texts, texts->begin(), [&](const std::string& one) { return Redact(one); });
        redacted = RegistryValue::MultiString(*texts);
    }
    else
    {
        RedactBytes(redacted.bytes);
    }
    return redacted;
}

/// Only texts are touched: numbers, words of an enumeration and dates are no names, whatever a computer is
/// called.
template <class T>
void Redactor::RedactTexts(T& value)
{
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, RegistryValue>)
    {
        value = Redact(value);
    }
    else if constexpr (detail::IsOptional<T>::value)
    {
        if (value)
        {
            RedactTexts(*value);
        }
    }
    else if constexpr (detail::IsVector<T>::value)
    {
        for (auto& item : value)
        {
            RedactTexts(item);
        }
    }
    else if constexpr (HasFields<T>)
    {
        ForEachField(value, [&](std::string_view, auto& member) { RedactTexts(member); });
    }
}

template <class Question>
bool Redactor::RedactEntry(const RecordedMachine::Entry& entry, RecordedMachine& redacted)
{
    Question question{};
    const pugi::xml_node node = entry.question.document_element();
    if (node.name() != Question::kName || !ReadXml(node, question))
    {
        return false;
    }
    auto answer = AnswerFromXml<typename Question::Value>(entry.answer.document_element());
    RedactTexts(question);
    if (answer.HasValue())
    {
        RedactTexts(*answer);
    }
    else if (answer.HasFailed())
    {
        answer = Failure{answer.Error().code, Redact(answer.Error().what)};
    }
    redacted.Set(question, answer);
    return true;
}

template <class... Questions>
void Redactor::RedactEntryOf(
    QuestionList<Questions...>, const RecordedMachine::Entry& entry, RecordedMachine& redacted)
{
    static_cast<void>((RedactEntry<Questions>(entry, redacted) || ...));
}

RecordedMachine Redactor::Redact(const RecordedMachine& machine)
{
    RecordedMachine redacted;
    machine.ForEachEntry(
        [&](const RecordedMachine::Entry& entry) { RedactEntryOf(AllQuestions{}, entry, redacted); });
    return redacted;
}

} // namespace mars
