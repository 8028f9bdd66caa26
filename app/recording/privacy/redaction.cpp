// SPDX-License-Identifier: MIT
#include "redaction.h"

#include "ascii.h"
#include "each_text.h"
#include "microsoft_roots.h"
#include "private_address.h"
#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/failed_files.h"
#include "questions/firewall.h"
#include "questions/log.h"
#include "questions/network.h"
#include "questions/registry.h"
#include "questions/tasks.h"
#include "redaction_shapes.h"
#include "utf16.h"
#include "xml_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mars
{

namespace
{

constexpr std::size_t kNone = std::string_view::npos;

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
    SensitiveField{"Domain", "domain"},
    SensitiveField{"NV PrimaryDnsSuffix", "domain"},
};

/// Names that every Windows or every virtual machine has; replacing them would hide nothing and break words.
constexpr std::array<std::string_view, 44> kOrdinaryNames{"administrator", "administrators", "administrador",
    "administradores", "administratoren", "system", "sistema", "public", "default", "default user",
    "all users", "workgroup", "none", "no asset tag", "to be filled by o.e.m.", "not specified",
    "local service", "network service", "servicio local", "servicio de red", "lokaler dienst",
    "netzwerkdienst", "nt authority", "nt-autorit\xC3\xA4t", "builtin", "vordefiniert", "nt service",
    "creator owner", "microsoft", "microsoft corporation", "windows azure tools", "localhost", "local",
    "localdomain", "internal", "corp", "domain", "lan", "com", "net", "org", "removed-secret", "interactive",
    // The asset tag of every Azure VM.
    "7783-7084-3265-9085-8269-3286-77"};

/// Words that stand in what programs ask for and compare. A name that is one of them tells nothing, and
/// replacing it inside another text would change what that means. So it counts only where it stands alone,
/// and not in a question, where the program itself may have said it; a computer's counts nowhere, because it
/// is compared with others that have something around them. A name that is a part of them counts as a whole
/// word.
constexpr std::string_view kProgramText =
    "hklm hku hkcu software microsoft windows azure backup config setup cloudbackupprovider scratchlocation "
    "installpath serviceresourcename machineid resourceid data protection manager program files x86 "
    "programdata users downloads desktop documents appdata local temp tmp system system32 systemtemp "
    "recovery services agent bin scratch online onlinebackup onlinebackup_cmdlets modules msonlinebackup "
    "internal cloudbackup commands operational cbengine cbengine.exe exe dll psd1 xml kek obengine vss swprv "
    "storagesync obrecoveryservicesmanagementagent mainenginethread is returning "
    "vds msiscsi w32time windefend iscsi iscsiprt root device volume volsnap powershell windowspowershell "
    "powershellengine powershellversion shellids executionpolicy remotesigned restricted unrestricted bypass "
    "allsigned enablescripts framework framework64 csc net ndp full release uninstall displayname "
    "displayversion installdate currentversion currentcontrolset control session environment psmodulepath "
    "computername activecomputername timezoneinformation timezonekeyname parameters type nt5ds ntp policies "
    "internet settings zones zonemap zonemapkey domains ieharden https http winhttp schannel protocols "
    "client "
    "server enabled disabledbydefault dotnet securityproviders systemdefaulttlsversions schusestrongcrypto "
    "firewall windowsfirewall firewallrules domainprofile privateprofile publicprofile enablefirewall "
    "defaultoutboundaction systemcertificates authroot disablerootautoupdate component based servicing "
    "rebootpending rebootrequired update auto windowsupdate pendingfilerenameoperations partmgr sanpolicy "
    "task triggers calendartrigger timetrigger startboundary endboundary schedulebyday schedulebyweek "
    "daysinterval daysofweek weeksinterval principals principal author userid groupid runlevel logontype "
    "highestavailable leastprivilege multipleinstancespolicy ignorenew parallel queue stopexisting actions "
    "context exec command arguments start-obbackup import-module workingdirectory registrationinfo "
    "description "
    "executiontimelimit allowstartondemand rsbackupvaultaadcreds vaultcredentials westeurope "
    "vault standard datacenter editionid serverstandard edition ntfs refs fat32 fsfilter anti-virus "
    "virtualization normal passive mode wdfilter luafv operating corporation tools package_for_rollupfix "
    "login management download ceuswatcab01 blob core queue storage pod01-manag1 jpe metadata instance "
    "msftconnecttest msftncsi connecttest ncsi txt true false fatal error warning info date time zone name "
    "value proxy www mail intranet admin user test srv dc file files schemas mit onmicrosoft cn cb com org";

constexpr std::size_t kShortestName = 3;
/// Letters that make up parts of many words.
constexpr std::size_t kShortestPart = 5;

/// Device classes, the same on every Windows, and no GUID at all.
constexpr std::array<std::string_view, 3> kKnownGuids{"4d36e97b-e325-11ce-bfc1-08002be10318",
    "4d36e97e-e325-11ce-bfc1-08002be10318", "00000000-0000-0000-0000-000000000000"};

/// Makers of Windows and of public certificates.
constexpr std::array<std::string_view, 8> kPublicIssuers{"microsoft", "windows azure tools", "digicert",
    "baltimore", "globalsign", "entrust", "verisign", "let's encrypt"};

bool IsWellKnownSid(std::string_view sid)
{
    return !StartsWithIgnoreCase(sid, "S-1-5-21-") && !StartsWithIgnoreCase(sid, "S-1-12-1-")
        && !StartsWithIgnoreCase(sid, "S-1-5-83-1-");
}

/// Loopback, unspecified, masks, multicast, self-given ones, and those of every virtual machine in Azure.
bool IsWellKnownAddress(std::string_view address)
{
    if (address.find(':') != kNone)
    {
        return address == "::1" || address == "::" || StartsWithIgnoreCase(address, "ff");
    }
    constexpr std::array<std::string_view, 6> kBeginnings{"127.", "0.", "255.", "224.", "239.", "169.254."};
    return address == "168.63.129.16"
        || std::ranges::any_of(kBeginnings, [&](std::string_view part) { return address.starts_with(part); });
}

bool IsWordAt(std::string_view text, std::size_t begin, std::size_t size)
{
    const std::size_t end = begin + size;
    return (begin == 0 || !IsWordByte(text[begin - 1])) && (end >= text.size() || !IsWordByte(text[end]));
}

/// Registry values and answers that hold a version.
bool HoldsVersion(std::string_view name)
{
    return EndsWithIgnoreCase(name, "version");
}

/// The bytes as text, one or two bytes a character, and where each byte of the text comes from.
DecodedText TextIn(const Bytes& bytes, std::size_t width, std::size_t first)
{
    DecodedText text;
    std::size_t i = first;
    for (; i + width <= bytes.size(); i += width)
    {
        const auto unit = width == 1 ? char16_t(bytes[i]) : Utf16Unit(bytes[i], bytes[i + 1]);
        const std::string one = unit < 0x20 ? "\n"
            : width == 1                    ? std::string(1, static_cast<char>(unit))
                                            : ToWtf8({&unit, 1});
        text.text += one;
        text.offsets.insert(text.offsets.end(), one.size(), i);
    }
    text.offsets.push_back(i);
    return text;
}

struct View
{
    std::size_t width;
    std::size_t first;
};
constexpr std::array kViews{View{1, 0}, View{2, 0}, View{2, 1}};

/// In lower case.
bool IsProgramWord(std::string_view text)
{
    for (std::size_t at = kProgramText.find(text); at != kNone; at = kProgramText.find(text, at + 1))
    {
        if (IsWordAt(kProgramText, at, text.size()))
        {
            return true;
        }
    }
    return false;
}

template <class Question>
typename Question::Value* ValueIn(Exchange& entry)
{
    auto* const asked = As<Question>(entry);
    return asked != nullptr && asked->answer ? &*asked->answer : nullptr;
}

/// Null: no answer about a log.
LogScan* LogScanIn(Exchange& entry)
{
    for (LogScan* const scan :
        {ValueIn<ScanAgentLogs>(entry), ValueIn<ScanConsoleLogs>(entry), ValueIn<ScanInstallLogs>(entry)})
    {
        if (scan != nullptr)
        {
            return scan;
        }
    }
    return nullptr;
}

/// What a task hands to its program, and what somebody wrote about it.
std::string FilterArguments(const std::string& taskXml, const Vocabulary& vocabulary)
{
    std::string out = taskXml;
    for (const std::string_view name : {"Arguments", "Description"})
    {
        const std::string begin = fmt::format("<{}>", name);
        const std::string end = fmt::format("</{}>", name);
        for (std::size_t at = out.find(begin); at != kNone; at = out.find(begin, at + 1))
        {
            const std::size_t from = at + begin.size();
            const std::size_t to = std::min(out.find(end, from), out.size());
            out.replace(from, to - from, vocabulary.Filter(std::string_view(out).substr(from, to - from)));
        }
    }
    return out;
}

std::string Folded(std::string_view text)
{
    std::string folded = FoldCase(text);
    return folded.size() == text.size() ? folded : std::string(text);
}

} // namespace

Redactor::Redactor(const RecordedMachine& machine, const Vocabulary& vocabulary) : m_vocabulary(vocabulary)
{
    // The first place that names a thing says what it is: the computer is also the domain of its own
    // accounts.
    machine.ForEachEntry([&](const Exchange& entry) {
        if (const auto* const asked = As<FindCertificates>(entry))
        {
            m_kept.insert(asked->question.wanted.begin(), asked->question.wanted.end());
        }
        if (entry.Name() == ReadContext::kName)
        {
            CollectTyped(Written(entry));
        }
    });
    machine.ForEachEntry([&](const Exchange& entry) { CollectTyped(Written(entry)); });
    machine.ForEachEntry([&](const Exchange& entry) {
        const Written written(entry);
        const std::string valueName = ReadText(written.question.child("path").child("name")).value_or("");
        CollectShapesFrom(written.question, false);
        CollectShapesFrom(written.answer, HoldsVersion(valueName));
    });
    PrepareSearch();
}

Redactor::Written::Written(const Exchange& entry)
{
    const pugi::xml_node node = document.append_child("entry");
    entry.WriteQuestion(node);
    entry.WriteAnswer(node);
    question = node.first_child();
    answer = question.next_sibling();
}

void Redactor::CollectTyped(const Written& written)
{
    const pugi::xml_node question = written.question;
    const pugi::xml_node answer = written.answer;
    CollectTypedFrom(question);
    CollectTypedFrom(answer);
    const std::string_view valueName = question.child("path").child("name").text().get();
    for (const SensitiveField& field : kSensitiveValues)
    {
        if (field.element == valueName)
        {
            Add(field.kind, ReadText(answer.child("text")).value_or(""));
        }
    }
}

void Redactor::CollectTypedFrom(const pugi::xml_node& node)
{
    for (const pugi::xml_node child : node.children())
    {
        const std::string text = ReadText(child).value_or("");
        const std::string_view name = child.name();
        for (const SensitiveField& field : kSensitiveFields)
        {
            if (field.element == name)
            {
                Add(field.kind, text);
            }
        }
        const std::string_view parent = node.name();
        if (name == "domain")
        {
            AddDomain(text);
        }
        if (name == "proxy" || (name == "server" && node.child("bypass")) || name == "bypass"
            || name == "auto_config_url" || name == "script" || (name == "item" && parent == "proxies"))
        {
            AddHosts(text);
        }
        if (name == "xml")
        {
            CollectAccounts(text);
        }
        if (name == "subject" || name == "issuer" || name == "certificate_issuer" || name == "root_subject")
        {
            CollectCertificateName(text);
        }
        CollectTypedFrom(child);
    }
}

/// Who runs a task, and who made it.
void Redactor::CollectAccounts(std::string_view taskXml)
{
    for (const std::string_view tag : {"<UserId>", "<GroupId>", "<Author>"})
    {
        for (std::size_t at = taskXml.find(tag); at != kNone; at = taskXml.find(tag, at + 1))
        {
            const std::size_t begin = at + tag.size();
            AddAccount(DecodeText(taskXml.substr(begin, taskXml.find('<', begin) - begin)).text);
        }
    }
}

/// "CN=name, O=name, C=ES": what a company calls its own certificates.
void Redactor::CollectCertificateName(std::string_view name)
{
    const std::string folded = FoldCase(name);
    const bool isPublic = std::ranges::any_of(
        kPublicIssuers, [&](std::string_view issuer) { return folded.find(issuer) != kNone; });
    if (isPublic)
    {
        return;
    }
    for (const std::string& part : Split(name, ','))
    {
        const std::size_t equals = part.find('=');
        const std::string key(Trim(std::string_view(part).substr(0, equals)));
        const std::string_view value =
            equals == kNone ? std::string_view() : Trim(std::string_view(part).substr(equals + 1));
        if (key != "C" && !StartsWithIgnoreCase(value, "CB_"))
        {
            Add("organisation", value.starts_with('"') ? value.substr(1, value.size() - 2) : value);
        }
    }
}

/// "DOMAIN\\name", "name@domain", a SID.
void Redactor::AddAccount(std::string_view account)
{
    const std::size_t slash = account.find('\\');
    if (slash != kNone)
    {
        Add("domain", account.substr(0, slash));
        account.remove_prefix(slash + 1);
    }
    if (account.find('@') == kNone && !StartsWithIgnoreCase(account, "S-1-"))
    {
        Add("user", account);
    }
}

/// "contoso.example" is often called CONTOSO, too.
void Redactor::AddDomain(std::string_view domain)
{
    const std::size_t dot = domain.find('.');
    if (dot != kNone)
    {
        Add("domain", domain.substr(0, dot));
    }
}

/// "proxy.contoso.example:8080", without the login and the port. This computer itself is no name.
void Redactor::AddHost(std::string_view host)
{
    const std::size_t login = host.rfind('@');
    host.remove_prefix(login == kNone ? 0 : login + 1);
    host = host.substr(0, host.find_first_of(":/"));
    while (host.starts_with("*") || host.starts_with("."))
    {
        host.remove_prefix(1);
    }
    if (host.find_first_of("*<>") != kNone || IsWellKnownHost(host))
    {
        return;
    }
    Add(IsIpv4(host) ? "address" : "host", host);
    if (!IsIpv4(host) && host.find('.') != kNone)
    {
        Add("host", host.substr(0, host.find('.')));
    }
}

/// "host:port", "http=host:port;https=host:port", "*.host;host".
void Redactor::AddHosts(std::string_view list)
{
    std::string parts(list);
    std::ranges::replace(parts, ' ', ';');
    for (const std::string& part : Split(parts, ';'))
    {
        std::string_view address = part;
        const std::size_t equals = address.find('=');
        const bool namesProtocol = equals < address.find_first_of(":/");
        address.remove_prefix(namesProtocol && equals != kNone ? equals + 1 : 0);
        const std::size_t scheme = address.find("://");
        address.remove_prefix(scheme == kNone ? 0 : scheme + 3);
        AddHost(address);
    }
}

void Redactor::CollectShapesFrom(const pugi::xml_node& node, bool mayHoldVersions)
{
    const std::string text = ReadText(node).value_or("");
    const bool holdsVersions = mayHoldVersions || HoldsVersion(node.name());
    CollectShapes(text, holdsVersions);
    if (std::string_view(node.name()) == "bytes")
    {
        CollectShapes(FromHex(text).value_or(Bytes()));
    }
    for (const pugi::xml_node child : node.children())
    {
        if (child.type() == pugi::node_element)
        {
            CollectShapesFrom(child, holdsVersions);
        }
    }
}

void Redactor::CollectShapes(std::string_view text, bool mayHoldVersions)
{
    for (const NameInText& found : FindNames(text, mayHoldVersions))
    {
        Add(found.kind, found.name);
    }
    const std::string decoded = DecodeText(text).text;
    if (decoded != text)
    {
        for (const NameInText& found : FindNames(decoded, mayHoldVersions))
        {
            Add(found.kind, found.name);
        }
    }
}

void Redactor::CollectShapes(const Bytes& bytes)
{
    for (const View& view : kViews)
    {
        CollectShapes(TextIn(bytes, view.width, view.first).text, true);
    }
}

void Redactor::Add(const std::string& kind, std::string_view name)
{
    const std::string folded = FoldCase(name);
    const bool isComputer = kind == "computer" || kind == "domain" || kind == "host";
    const bool ordinary = (isComputer && IsProgramWord(folded))
        || std::ranges::find(kOrdinaryNames, folded) != kOrdinaryNames.end()
        || std::ranges::find(kKnownGuids, folded) != kKnownGuids.end() || IsMicrosoftRoot(folded)
        || (kind == "sid" && IsWellKnownSid(name)) || (kind == "address" && IsWellKnownAddress(name));
    if (folded.size() < kShortestName || ordinary || m_kept.contains(folded) || m_termOf.contains(folded))
    {
        return;
    }
    AddTerm(kind, name, MakeStandIn(kind, name));
}

void Redactor::AddTerm(const std::string& kind, std::string_view name, std::string standIn)
{
    const std::string folded = FoldCase(name);
    Place place = kind == "address" ? Place::kAddress : Place::kAnywhere;
    if (place == Place::kAnywhere && folded.size() < kShortestPart
        && std::ranges::none_of(folded, IsAsciiDigit))
    {
        place = Place::kWord;
    }
    if (kProgramText.find(folded) != kNone)
    {
        place = IsProgramWord(folded) ? Place::kWholeText : Place::kWord;
    }
    m_termOf.emplace(folded, m_terms.size());
    m_terms.push_back({folded, standIn, place});
    m_standIns.push_back({kind, std::string(name), std::move(standIn)});
}

std::string Redactor::MakeStandIn(const std::string& kind, std::string_view name)
{
    const bool isIpv6 = kind == "address" && name.find(':') != kNone;
    // What is reached by a private endpoint is judged by its address.
    const bool isPrivate = kind == "address" && IsPrivateAddress(name);
    const int number = ++m_counters[(isPrivate ? "private " : "") + std::string(isIpv6 ? "ipv6" : kind)];
    if (kind == "guid")
    {
        return name.find('-') == kNone ? fmt::format("{:032}", number)
                                       : fmt::format("00000000-0000-0000-0000-{:012}", number);
    }
    if (kind == "sid")
    {
        return fmt::format("S-1-5-21-0-0-0-{}", 9000 + number);
    }
    if (kind == "thumbprint")
    {
        return fmt::format("{:040}", number);
    }
    if (isIpv6)
    {
        const bool isLinkLocal = StartsWithIgnoreCase(name, "fe80:");
        return fmt::format("{}{:x}",
            isLinkLocal     ? "fe80::db8:"
                : isPrivate ? "fd00:db8::"
                            : "2001:db8::",
            number);
    }
    if (isPrivate)
    {
        // The range that providers share (RFC 6598): private, and hardly ever that of a company.
        return fmt::format("100.{}.{}.{}", 64 + (number - 1) / 65'024 % 64, (number - 1) / 254 % 256,
            (number - 1) % 254 + 1);
    }
    if (kind == "address")
    {
        // The ranges for documentation, then that for measurements.
        constexpr std::array<std::string_view, 3> kRanges{"192.0.2", "198.51.100", "203.0.113"};
        const int range = (number - 1) / 254;
        const int host = (number - 1) % 254 + 1;
        return range < 3 ? fmt::format("{}.{}", kRanges[static_cast<std::size_t>(range)], host)
                         : fmt::format("198.{}.{}.{}", 18 + (range - 3) / 256 % 2, (range - 3) % 256, host);
    }
    if (kind == "email")
    {
        return fmt::format("person{}@mail.example", number);
    }
    const bool isFull = name.find('.') != kNone;
    if (kind == "host" || kind == "domain")
    {
        return fmt::format("{}{}{}", kind, number, isFull ? ".example" : "");
    }
    return fmt::format("{}-{}", kind, number);
}

void Redactor::PrepareSearch()
{
    std::vector<std::string> names;
    for (const Term& term : m_terms)
    {
        names.push_back(term.name);
    }
    m_search = std::make_unique<const TextSearch>(std::move(names));
}

bool Redactor::Fits(const std::string& folded, std::size_t begin, const Term& term) const
{
    const std::size_t end = begin + term.name.size();
    switch (term.place)
    {
    case Place::kWord:
        return IsWordAt(folded, begin, term.name.size());
    case Place::kWholeText:
        return begin == 0 && end == folded.size();
    case Place::kAddress:
        return IsWordAt(folded, begin, term.name.size())
            && (begin < 2 || folded[begin - 1] != '.' || !IsAsciiDigit(folded[begin - 2]))
            && (end + 1 >= folded.size() || folded[end] != '.' || !IsAsciiDigit(folded[end + 1]));
    case Place::kAnywhere:
        break;
    }
    return true;
}

std::vector<Redactor::Range> Redactor::Find(const std::string& folded) const
{
    std::vector<Range> found;
    m_search->Find(folded, [&](std::uint32_t term, std::size_t at) {
        if (Fits(folded, at, m_terms[term]))
        {
            found.push_back({at, at + m_terms[term].name.size(), term});
        }
    });
    return found;
}

std::vector<Redactor::Range> Redactor::FindEncoded(std::string_view text) const
{
    std::vector<Range> found = Find(Folded(text));
    if (text.find_first_of("%&\\") != kNone)
    {
        const DecodedText decoded = DecodeText(text);
        for (const Range& range : Find(Folded(decoded.text)))
        {
            found.push_back({decoded.offsets[range.begin], decoded.offsets[range.end], range.term});
        }
    }
    // The longest first, so that a name inside a longer one does not break it.
    std::ranges::stable_sort(found, [](const Range& a, const Range& b) {
        const std::size_t sizeA = a.end - a.begin;
        const std::size_t sizeB = b.end - b.begin;
        return sizeA != sizeB ? sizeA > sizeB : a.begin < b.begin;
    });
    std::map<std::size_t, Range> taken;
    for (const Range& range : found)
    {
        const auto next = taken.lower_bound(range.begin);
        const bool free = (next == taken.end() || range.end <= next->first)
            && (next == taken.begin() || std::prev(next)->second.end <= range.begin);
        if (free)
        {
            taken.emplace(range.begin, range);
        }
    }
    std::vector<Range> ranges;
    for (const auto& [begin, range] : taken)
    {
        ranges.push_back(range);
    }
    return ranges;
}

std::string Redactor::Redact(std::string_view text) const
{
    std::string out;
    std::size_t copied = 0;
    for (const Range& range : FindEncoded(text))
    {
        out.append(text.substr(copied, range.begin - copied)).append(m_terms[range.term].standIn);
        copied = range.end;
    }
    out.append(text.substr(copied));
    if (out.find('\0') != kNone)
    {
        Bytes bytes(out.begin(), out.end());
        RedactBytes(bytes);
        out.assign(bytes.begin(), bytes.end());
    }
    return out;
}

std::string Redactor::RedactFreeText(std::string_view text, std::string_view kept) const
{
    return m_vocabulary.Filter(Redact(text), kept);
}

/// A name in binary data, one or two bytes a character, is overwritten; the length stays.
void Redactor::RedactBytes(Bytes& bytes) const
{
    for (const View& view : kViews)
    {
        const DecodedText text = TextIn(bytes, view.width, view.first);
        for (const Range& range : Find(Folded(text.text)))
        {
            for (std::size_t i = text.offsets[range.begin]; i < text.offsets[range.end]; ++i)
            {
                bytes[i] = view.width == 1 || (i - view.first) % 2 == 0 ? 'x' : 0;
            }
        }
    }
}

void Redactor::RedactValue(RegistryValue& value) const
{
    if (!ChangeTexts(value, [&](const std::string& text) { return Redact(text); }))
    {
        RedactBytes(value.bytes);
    }
}

std::unique_ptr<Exchange> Redactor::Redact(const Exchange& entry) const
{
    class Texts : public TextVisitor
    {
    public:
        Texts(const Redactor& redactor, bool mayBeProgramText)
            : m_redactor(redactor), m_mayBeProgramText(mayBeProgramText)
        {}
        void Visit(std::string& text) override
        {
            text = m_mayBeProgramText && IsProgramWord(Folded(text)) ? text : m_redactor.Redact(text);
        }
        void Visit(RegistryValue& value) override
        {
            m_redactor.RedactValue(value);
        }

    private:
        const Redactor& m_redactor;
        bool m_mayBeProgramText;
    };
    auto redacted = entry.Copy();
    Texts question(*this, true);
    redacted->VisitQuestion(question);
    Texts answer(*this, false);
    redacted->VisitAnswer(answer);
    FilterFreeTexts(*redacted);
    if (const Failure* const failure = redacted->Error())
    {
        redacted->Fail({failure->code, Redact(failure->what)});
    }
    return redacted;
}

/// The names in them are replaced already.
void Redactor::FilterFreeTexts(Exchange& entry) const
{
    const auto filter = [&](std::string& text) { text = m_vocabulary.Filter(text); };
    if (auto* const scan = LogScanIn(entry))
    {
        for (LogMatch& match : scan->matches)
        {
            match.message = m_vocabulary.Filter(match.message, match.pattern);
            filter(match.severity);
        }
    }
    if (auto* const skipped = ValueIn<ReadFailedFiles>(entry))
    {
        for (FailedFileGroup& group : skipped->groups)
        {
            std::ranges::for_each(group.examples, filter);
        }
        for (FailedFolder& folder : skipped->folders)
        {
            filter(folder.folder);
            std::ranges::for_each(folder.examples, filter);
        }
    }
    if (auto* const list = ValueIn<ListNetworkAdapters>(entry))
    {
        for (NetworkAdapter& adapter : list->adapters)
        {
            filter(adapter.name);
            filter(adapter.description);
        }
    }
    if (auto* const firewall = ValueIn<ReadFirewall>(entry))
    {
        for (FirewallRule& rule : firewall->rules)
        {
            filter(rule.name);
        }
    }
    if (auto* const list = ValueIn<ListTasks>(entry))
    {
        for (auto& task : list->tasks)
        {
            task.xml = FilterArguments(task.xml, m_vocabulary);
        }
    }
}

RecordedMachine Redactor::Redact(const RecordedMachine& machine) const
{
    RecordedMachine redacted;
    machine.ForEachEntry([&](const Exchange& entry) { redacted.Add(Redact(entry)); });
    return redacted;
}

} // namespace mars
