// SPDX-License-Identifier: MIT
#include "questions/files.h"
#include "questions/registry.h"
#include "temp_files.h"

#include <doctest/doctest.h>

#include <fmt/format.h>

#include <functional>
#include <map>
#include <set>

using namespace mars;
using namespace std::chrono_literals;

namespace
{

constexpr Timestamp kNow = std::chrono::sys_days(std::chrono::year(2026) / 3 / 10) + 12h;
constexpr Timestamp kBooted = kNow - 240h;
constexpr Timestamp kOld = kNow - 480h;

constexpr std::uint32_t kAccess = 5;
constexpr std::uint32_t kSharing = 32;
constexpr std::uint32_t kIsFolder = 336;

/// One thing in the folder. Times are of both creation and writing unless a test says otherwise.
struct Entry
{
    std::uint32_t attributes = 0x20;
    std::uint64_t bytes = 10;
    Timestamp created = kOld;
    Timestamp written = kOld;
    std::uint32_t openFails = 0;
    std::uint32_t queryFails = 0;
    std::uint32_t setAttributesFails = 0;
    std::uint32_t markFails = 0;
    bool markLies = false;
};

struct Calls
{
    int next = 0;
    int rewind = 0;
    int open = 0;
    int query = 0;
    int setAttributes = 0;
    int mark = 0;
    int close = 0;
    int OnFiles() const
    {
        return open + query + setAttributes + mark + close;
    }
};

/// A folder that a test can turn against the engine: what is listed, what is opened and what happens between
/// any two calls are three different things.
class HostileFolder : public TempFolder
{
public:
    std::map<std::string, Entry> entries;
    Calls calls;
    /// Names that were opened, to see what was never touched.
    std::set<std::string> opened;
    std::size_t batch = 300;
    /// Called before every call, with its name and the file's; changes the folder or asks to stop.
    std::function<void(std::string_view call, const std::string& name)> before = [](auto, const auto&) {};
    /// Replaces the listing.
    std::function<Answer<std::vector<FileInfo>>()> listing;

    void Add(const std::string& name, Entry entry = {})
    {
        entries[name] = entry;
    }
    bool Has(const std::string& name) const
    {
        return entries.contains(name);
    }
    std::size_t Count() const
    {
        return entries.size();
    }

    FileInfo InfoOf(const std::string& name) const
    {
        const Entry& entry = entries.at(name);
        return {name, entry.attributes, entry.bytes, entry.created, entry.written};
    }

    Answer<std::vector<FileInfo>> Next() override
    {
        ++calls.next;
        before("next", {});
        if (listing)
        {
            return listing();
        }
        std::vector<FileInfo> found;
        for (auto it = entries.upper_bound(m_last); it != entries.end() && found.size() < batch; ++it)
        {
            found.push_back(InfoOf(it->first));
            m_last = it->first;
        }
        return found;
    }

    Status Rewind() override
    {
        ++calls.rewind;
        before("rewind", {});
        m_last.clear();
        return Status::Done();
    }

    Answer<std::unique_ptr<TempFile>> Open(const std::string& name) override;

private:
    std::string m_last;
};

class HostileFile : public TempFile
{
public:
    HostileFile(HostileFolder& folder, std::string name)
        : m_folder(folder), m_name(std::move(name)), m_entry(&folder.entries.at(m_name))
    {}
    ~HostileFile() override
    {
        ++m_folder.calls.close;
        if (m_marked && !m_entry->markLies)
        {
            m_folder.entries.erase(m_name);
        }
    }

    Answer<FileInfo> Query() override
    {
        ++m_folder.calls.query;
        m_folder.before("query", m_name);
        return m_entry->queryFails ? Answer<FileInfo>(Failure{m_entry->queryFails, "query"})
                                   : Answer<FileInfo>(m_folder.InfoOf(m_name));
    }

    Status SetAttributes(std::uint32_t attributes) override
    {
        ++m_folder.calls.setAttributes;
        m_folder.before("set_attributes", m_name);
        if (m_entry->setAttributesFails)
        {
            return Failure{m_entry->setAttributesFails, "set attributes"};
        }
        m_entry->attributes = attributes;
        return Status::Done();
    }

    Status MarkForDeletion() override
    {
        ++m_folder.calls.mark;
        m_folder.before("mark", m_name);
        if (m_entry->markFails)
        {
            return Failure{m_entry->markFails, "mark"};
        }
        if (m_entry->attributes & file_attribute::kReadOnly)
        {
            return Failure{kAccess, "mark of a read-only file"};
        }
        m_marked = true;
        return Status::Done();
    }

private:
    HostileFolder& m_folder;
    std::string m_name;
    Entry* m_entry;
    bool m_marked = false;
};

Answer<std::unique_ptr<TempFile>> HostileFolder::Open(const std::string& name)
{
    ++calls.open;
    before("open", name);
    opened.insert(name);
    const auto found = entries.find(name);
    if (found == entries.end())
    {
        --calls.open;
        return Absent{};
    }
    if (found->second.openFails)
    {
        return Failure{found->second.openFails, "open " + name};
    }
    if (found->second.attributes & file_attribute::kDirectory)
    {
        return Failure{kIsFolder, "open " + name};
    }
    return std::unique_ptr<TempFile>(std::make_unique<HostileFile>(*this, name));
}

TempFileRule Rule()
{
    TempFileRule rule;
    rule.now = kNow;
    rule.booted = kBooted;
    return rule;
}

TempFileResult Delete(TempFolder& folder, const TempFileRule& rule = Rule(), const Wait& wait = {})
{
    return DeleteTempFiles(folder, rule, nullptr, wait);
}

Wait StoppedBy(const std::stop_source& source)
{
    Wait wait;
    wait.stop = source.get_token();
    return wait;
}

Entry Aged(std::chrono::seconds age)
{
    Entry entry;
    entry.created = entry.written = kNow - age;
    return entry;
}

Entry With(std::uint32_t attributes)
{
    Entry entry;
    entry.attributes = attributes;
    return entry;
}

void AddMany(HostileFolder& folder, int count, const Entry& entry)
{
    for (int i = 0; i < count; ++i)
    {
        folder.Add(fmt::format("tmp{:05X}.tmp", i), entry);
    }
}

} // namespace

TEST_CASE("temp_files: an old file goes, its size is counted")
{
    HostileFolder folder;
    folder.Add("a.tmp");
    folder.Add("B.TMP");
    const TempFileResult result = Delete(folder);
    CHECK(result.deleted == 2);
    CHECK(result.bytes == 20);
    CHECK_FALSE(result.endedEarly);
    CHECK(folder.Count() == 0);
}

TEST_CASE("temp_files: 70,000 files cost four calls each")
{
    HostileFolder folder;
    AddMany(folder, 70'000, {});
    const TempFileResult result = Delete(folder);
    CHECK(result.deleted == 70'000);
    CHECK(folder.Count() == 0);
    CHECK(folder.calls.OnFiles() == 4 * 70'000);
    CHECK(folder.calls.rewind == 0);
}

TEST_CASE("temp_files: other endings are neither touched nor counted")
{
    HostileFolder folder;
    for (const char* name : {"a.txt", "tmp", ".tm", "a.tmp.txt", "a.tmpx", "a.tmp ", "a.tmp."})
    {
        folder.Add(name);
    }
    const TempFileResult result = Delete(folder);
    CHECK(folder.Count() == 7);
    CHECK(folder.opened.empty());
    CHECK(result.deleted + result.skippedRecent + result.skippedNotPlain + result.failed == 0);
}

TEST_CASE("temp_files: a file that is nothing but the ending goes too")
{
    HostileFolder folder;
    folder.Add(".tmp");
    CHECK(Delete(folder).deleted == 1);
}

TEST_CASE("temp_files: exactly 24 hours is not older than 24 hours")
{
    HostileFolder folder;
    folder.Add("exact.tmp", Aged(24h));
    folder.Add("over.tmp", Aged(24h + 1s));
    TempFileRule rule = Rule();
    rule.booted = kNow;
    const TempFileResult result = Delete(folder, rule);
    CHECK(result.deleted == 1);
    CHECK(result.skippedRecent == 1);
    CHECK(folder.Has("exact.tmp"));
}

TEST_CASE("temp_files: a file of the second in which Windows started stays")
{
    HostileFolder folder;
    folder.Add("same.tmp", Aged(240h));
    folder.Add("later.tmp", Aged(239h));
    folder.Add("earlier.tmp", Aged(240h + 1s));
    const TempFileResult result = Delete(folder);
    CHECK(result.deleted == 1);
    CHECK(result.skippedRecent == 2);
    CHECK_FALSE(folder.Has("earlier.tmp"));
}

TEST_CASE("temp_files: an unpacked file is as young as its creation")
{
    HostileFolder folder;
    Entry entry;
    entry.created = kNow - 1h;
    folder.Add("unpacked.tmp", entry);
    CHECK(Delete(folder).skippedRecent == 1);
    CHECK(folder.Has("unpacked.tmp"));
}

TEST_CASE("temp_files: a file of the future is recent")
{
    HostileFolder folder;
    folder.Add("future.tmp", Aged(-1h));
    folder.Add("far.tmp", Aged(-24h * 365 * 20'000));
    CHECK(Delete(folder).skippedRecent == 2);
}

TEST_CASE("temp_files: a clock before the last start of Windows deletes by age alone and never too much")
{
    HostileFolder folder;
    folder.Add("old.tmp", Aged(25h));
    folder.Add("new.tmp", Aged(23h));
    TempFileRule rule = Rule();
    rule.booted = kNow + 24h;
    CHECK(Delete(folder, rule).deleted == 1);
    CHECK(folder.Has("new.tmp"));
}

TEST_CASE("temp_files: recent by the listing is not even opened")
{
    HostileFolder folder;
    folder.Add("recent.tmp", Aged(1h));
    CHECK(Delete(folder).skippedRecent == 1);
    CHECK(folder.opened.empty());
}

TEST_CASE("temp_files: the open file decides, not the listing")
{
    HostileFolder folder;
    folder.Add("a.tmp");
    folder.before = [&](std::string_view call, const std::string& name) {
        if (call == "open")
        {
            folder.entries.at(name).written = kNow;
        }
    };
    CHECK(Delete(folder).skippedRecent == 1);
    CHECK(folder.Has("a.tmp"));
}

TEST_CASE("temp_files: a folder, a link and a junction are never opened")
{
    HostileFolder folder;
    folder.Add("folder.tmp", With(file_attribute::kDirectory));
    folder.Add("junction.tmp", With(file_attribute::kDirectory | file_attribute::kReparsePoint));
    folder.Add("link.tmp", With(file_attribute::kReparsePoint));
    const TempFileResult result = Delete(folder);
    CHECK(result.skippedNotPlain == 3);
    CHECK(folder.Count() == 3);
    CHECK(folder.opened.empty());
}

TEST_CASE("temp_files: a file swapped for something else between listing and opening stays")
{
    const std::uint32_t swapped[] = {file_attribute::kDirectory,
        file_attribute::kDirectory | file_attribute::kReparsePoint, file_attribute::kReparsePoint};
    for (const std::uint32_t attributes : swapped)
    {
        CAPTURE(attributes);
        HostileFolder folder;
        folder.Add("a.tmp");
        folder.before = [&](std::string_view call, const std::string& name) {
            if (call == "open")
            {
                folder.entries.at(name).attributes = attributes;
            }
        };
        const TempFileResult result = Delete(folder);
        CHECK(result.skippedNotPlain == 1);
        CHECK(result.deleted == 0);
        CHECK(folder.calls.mark == 0);
        CHECK(folder.Has("a.tmp"));
    }
}

TEST_CASE("temp_files: an open that meets a reparse point counts as not plain")
{
    HostileFolder folder;
    Entry entry;
    entry.openFails = 4395;
    folder.Add("a.tmp", entry);
    CHECK(Delete(folder).skippedNotPlain == 1);
}

TEST_CASE("temp_files: a listed path or stream is not followed")
{
    HostileFolder folder;
    const std::vector<std::string> names = {
        "..\\other\\a.tmp", "sub/a.tmp", "a.txt:b.tmp", std::string("a\0.tmp", 6)};
    int calls = 0;
    folder.listing = [&]() -> Answer<std::vector<FileInfo>> {
        std::vector<FileInfo> files;
        if (++calls == 1)
        {
            for (const std::string& name : names)
            {
                files.push_back({name, 0x20, 10, kOld, kOld});
            }
        }
        return files;
    };
    CHECK(Delete(folder).skippedNotPlain == 4);
    CHECK(folder.opened.empty());
}

TEST_CASE("temp_files: a file in use is skipped wherever that shows")
{
    HostileFolder folder;
    Entry atOpen;
    atOpen.openFails = kSharing;
    Entry atMark;
    atMark.markFails = kSharing;
    Entry leaving;
    leaving.openFails = 303;
    folder.Add("a.tmp", atOpen);
    folder.Add("b.tmp", atMark);
    folder.Add("c.tmp", leaving);
    const TempFileResult result = Delete(folder);
    CHECK(result.skippedInUse == 3);
    CHECK(result.failed == 0);
    CHECK(folder.Count() == 3);
}

TEST_CASE("temp_files: a file that is gone when it is opened is no failure")
{
    HostileFolder folder;
    folder.Add("a.tmp");
    folder.Add("b.tmp");
    folder.before = [&](std::string_view call, const std::string&) {
        if (call == "open")
        {
            folder.entries.erase("a.tmp");
        }
    };
    const TempFileResult result = Delete(folder);
    CHECK(result.deleted == 1);
    CHECK(result.failed + result.skippedInUse + result.skippedNotPlain == 0);
}

TEST_CASE("temp_files: a read-only file goes with one more call")
{
    HostileFolder folder;
    folder.Add("a.tmp", With(0x21));
    folder.before = [&](std::string_view call, const std::string& name) {
        if (call == "mark")
        {
            CHECK(folder.entries.at(name).attributes == 0x20);
        }
    };
    CHECK(Delete(folder).deleted == 1);
    CHECK(folder.calls.OnFiles() == 5);
}

TEST_CASE("temp_files: a read-only file that cannot be marked gets its attribute back")
{
    HostileFolder folder;
    Entry entry = With(0x23);
    entry.markFails = kAccess;
    folder.Add("a.tmp", entry);
    const TempFileResult result = Delete(folder);
    CHECK(result.failed == 1);
    REQUIRE(result.firstFailures.size() == 1);
    CHECK(result.firstFailures[0].code == kAccess);
    CHECK(folder.entries.at("a.tmp").attributes == 0x23);
    CHECK(folder.calls.OnFiles() == 6);
}

TEST_CASE("temp_files: a read-only file whose attribute cannot be cleared is not marked")
{
    HostileFolder folder;
    Entry entry = With(0x21);
    entry.setAttributesFails = kAccess;
    folder.Add("a.tmp", entry);
    CHECK(Delete(folder).failed == 1);
    CHECK(folder.calls.mark == 0);
}

TEST_CASE("temp_files: an attribute that cannot be given back is told")
{
    HostileFolder folder;
    Entry entry = With(0x21);
    entry.markFails = kSharing;
    folder.Add("a.tmp", entry);
    folder.before = [&](std::string_view call, const std::string& name) {
        if (call == "mark")
        {
            folder.entries.at(name).setAttributesFails = 19;
        }
    };
    const TempFileResult result = Delete(folder);
    CHECK(result.skippedInUse == 1);
    REQUIRE(result.firstFailures.size() == 1);
    CHECK(result.firstFailures[0].code == 19);
}

TEST_CASE("temp_files: of each code the first failure is kept, five at most")
{
    HostileFolder folder;
    for (std::uint32_t code = 100; code < 120; ++code)
    {
        Entry entry;
        entry.openFails = code;
        folder.Add(fmt::format("{}a.tmp", code), entry);
        folder.Add(fmt::format("{}b.tmp", code), entry);
    }
    const TempFileResult result = Delete(folder);
    CHECK(result.failed == 40);
    REQUIRE(result.firstFailures.size() == 5);
    CHECK(result.firstFailures[0] == Failure{100, "open 100a.tmp"});
    CHECK(result.firstFailures[4].code == 104);
}

TEST_CASE("temp_files: a failed query is a failure and nothing is marked")
{
    HostileFolder folder;
    Entry entry;
    entry.queryFails = 1117;
    folder.Add("a.tmp", entry);
    CHECK(Delete(folder).failed == 1);
    CHECK(folder.calls.mark == 0);
}

TEST_CASE("temp_files: one failing file does not hold up the others")
{
    HostileFolder folder;
    AddMany(folder, 1'000, {});
    for (auto& [name, entry] : folder.entries)
    {
        entry.markFails = name < "tmp00100.tmp" ? kAccess : 0;
    }
    const TempFileResult result = Delete(folder);
    CHECK(result.failed == 0x100);
    CHECK(result.deleted == 1'000 - 0x100);
    CHECK_FALSE(result.endedEarly);
}

TEST_CASE("temp_files: any name goes, lone surrogates and long ones too")
{
    HostileFolder folder;
    folder.Add("\xED\xA0\x80.tmp");
    folder.Add("\xED\xBF\xBFx\xED\xA0\x80.TmP");
    folder.Add(std::string(251, 'x') + ".tmp");
    folder.Add("\xC3\x91\xE6\x97\xA5 ~#%.tmp");
    folder.Add("a\n.tmp");
    TempFileRule rule = Rule();
    rule.pendingRenames = {"other.tmp"};
    CHECK(Delete(folder, rule).deleted == 5);
    CHECK(folder.Count() == 0);
}

TEST_CASE("temp_files: what Windows will rename or delete at its next start stays")
{
    HostileFolder folder;
    folder.Add("Setup1.tmp");
    folder.Add("\xC3\x91.tmp");
    folder.Add("\xED\xA0\x80.tmp");
    folder.Add("other.tmp");
    TempFileRule rule = Rule();
    rule.pendingRenames = {"SETUP1.TMP", "\xC3\xB1.TMP", "\xED\xA0\x80.TMP"};
    const TempFileResult result = Delete(folder, rule);
    CHECK(result.skippedPending == 3);
    CHECK(result.deleted == 1);
    CHECK_FALSE(folder.Has("other.tmp"));
}

TEST_CASE("temp_files: a pending short name keeps every file it may stand for")
{
    HostileFolder folder;
    folder.Add("setup of something.tmp");
    folder.Add("se1234.tmp");
    folder.Add("other.tmp");
    folder.Add("~DF1234.tmp");
    TempFileRule rule = Rule();
    rule.pendingRenames = {"SETUPO~1.TMP", "~DFAAAA.tmp"};
    const TempFileResult result = Delete(folder, rule);
    CHECK(result.skippedPending == 2);
    CHECK(result.deleted == 2);
}

TEST_CASE("temp_files: pending names are read past the empty strings of deletions")
{
    RegistryValue value{kRegMultiSz, {}};
    const std::u16string text = std::u16string(u"\\??\\C:\\Windows\\Temp\\a.tmp") + u'\0' + u'\0'
        + u"*1\\??\\C:\\x\\b.tmp" + u'\0' + u"!\\??\\C:\\x\\c.dll" + u'\0' + u'\0';
    for (const char16_t unit : text)
    {
        value.bytes.push_back(static_cast<std::uint8_t>(unit & 0xFF));
        value.bytes.push_back(static_cast<std::uint8_t>(unit >> 8));
    }
    CHECK(PendingRenameNames(value) == std::vector<std::string>{"a.tmp", "b.tmp", "c.dll"});
    value.bytes.erase(value.bytes.end() - 5, value.bytes.end());
    CHECK(PendingRenameNames(value) == std::vector<std::string>{"a.tmp", "b.tmp", "c.dl"});
    CHECK(PendingRenameNames({kRegMultiSz, {}}).empty());
}

TEST_CASE("temp_files: where more than 60,000 would stay, those older than 60 minutes go too")
{
    HostileFolder folder;
    AddMany(folder, 60'001, Aged(2h));
    folder.Add("exact.tmp", Aged(60min));
    folder.Add("over.tmp", Aged(60min + 1s));
    folder.Add("old.tmp");
    const TempFileResult result = Delete(folder);
    CHECK(result.deleted == 60'003);
    CHECK(result.skippedRecent == 1);
    CHECK(folder.Has("exact.tmp"));
    CHECK(folder.calls.rewind == 1);
}

TEST_CASE("temp_files: where exactly 60,000 would stay, they stay")
{
    HostileFolder folder;
    AddMany(folder, 60'000, Aged(2h));
    folder.Add("old.tmp");
    const TempFileResult result = Delete(folder);
    CHECK(result.deleted == 1);
    CHECK(result.skippedRecent == 60'000);
    CHECK(folder.calls.rewind == 0);
}

TEST_CASE("temp_files: the second pass counts what stays anew")
{
    HostileFolder folder;
    AddMany(folder, 60'100, Aged(2h));
    for (auto& [name, entry] : folder.entries)
    {
        entry.openFails = name < "tmp00010.tmp" ? kSharing : 0;
    }
    Entry denied;
    denied.openFails = kAccess;
    folder.Add("denied.tmp", denied);
    const TempFileResult result = Delete(folder);
    CHECK(result.deleted == 60'100 - 0x10);
    CHECK(result.skippedInUse == 0x10);
    CHECK(result.skippedRecent == 0);
    CHECK(result.failed == 1);
    CHECK(result.firstFailures.size() == 1);
}

TEST_CASE("temp_files: Stop ends at every single call and leaves no file half done")
{
    const std::vector<std::string> stops = {"next", "open", "query", "set_attributes", "mark"};
    for (const std::string& stop : stops)
    {
        CAPTURE(stop);
        HostileFolder folder;
        AddMany(folder, 10, With(0x21));
        std::stop_source source;
        folder.before = [&](std::string_view call, const std::string& name) {
            if (call == stop && (name.empty() || name == "tmp00003.tmp"))
            {
                source.request_stop();
            }
        };
        const TempFileResult result = Delete(folder, Rule(), StoppedBy(source));
        CHECK(result.Stopped());
        const std::uint64_t deleted = stop == "next" ? 0 : stop == "mark" ? 4 : 3;
        CHECK(result.deleted == deleted);
        CHECK(folder.Count() == 10 - deleted);
        CHECK(result.failed == 0);
        CHECK(folder.calls.open == folder.calls.close);
        for (const auto& [name, entry] : folder.entries)
        {
            CHECK(entry.attributes == 0x21);
        }
    }
}

TEST_CASE("temp_files: a Stop before the start touches nothing")
{
    HostileFolder folder;
    folder.Add("a.tmp");
    std::stop_source source;
    source.request_stop();
    CHECK(Delete(folder, Rule(), StoppedBy(source)).Stopped());
    CHECK(folder.calls.next == 0);
}

TEST_CASE("temp_files: out of time is told apart from Stop")
{
    HostileFolder folder;
    folder.Add("a.tmp");
    const TempFileResult result = Delete(folder, Rule(), Wait{std::chrono::steady_clock::now(), {}});
    REQUIRE(result.endedEarly);
    CHECK(result.endedEarly->code == code::kTimeout);
    CHECK_FALSE(result.Stopped());
    CHECK(folder.Count() == 1);
}

TEST_CASE("temp_files: a listing that fails midway keeps what was done and says so")
{
    HostileFolder folder;
    AddMany(folder, 1'000, {});
    folder.batch = 100;
    std::vector<FileInfo> first;
    for (int i = 0; i < 100; ++i)
    {
        first.push_back(folder.InfoOf(fmt::format("tmp{:05X}.tmp", i)));
    }
    int calls = 0;
    folder.listing = [&]() -> Answer<std::vector<FileInfo>> {
        if (++calls > 1)
        {
            return Failure{1117, "listing"};
        }
        return first;
    };
    const TempFileResult result = Delete(folder);
    CHECK(result.deleted == 100);
    REQUIRE(result.endedEarly);
    CHECK(result.endedEarly->code == 1117);
}

TEST_CASE("temp_files: a folder that cannot be listed again ends early")
{
    HostileFolder folder;
    AddMany(folder, 60'001, Aged(2h));
    folder.before = [&](std::string_view call, const std::string&) {
        if (call == "rewind")
        {
            folder.listing = []() -> Answer<std::vector<FileInfo>> { return Failure{6, "listing"}; };
        }
    };
    const TempFileResult result = Delete(folder);
    CHECK(result.deleted == 0);
    REQUIRE(result.endedEarly);
    CHECK(result.endedEarly->code == 6);
}

TEST_CASE("temp_files: a listing that gives everything twice deletes everything once")
{
    HostileFolder folder;
    AddMany(folder, 1'000, {});
    std::vector<FileInfo> all;
    for (const auto& [name, entry] : folder.entries)
    {
        all.push_back(folder.InfoOf(name));
    }
    int calls = 0;
    folder.listing = [&]() -> Answer<std::vector<FileInfo>> {
        return ++calls <= 2 ? all : std::vector<FileInfo>();
    };
    const TempFileResult result = Delete(folder);
    CHECK(result.deleted == 1'000);
    CHECK(result.failed == 0);
    CHECK_FALSE(result.endedEarly);
}

TEST_CASE("temp_files: a listing that goes round in circles comes to an end")
{
    HostileFolder folder;
    AddMany(folder, 777, Aged(1h));
    folder.before = [&](std::string_view call, const std::string&) {
        // 777 files are three batches: begins again instead of coming to an end.
        if (call == "next" && folder.calls.next % 3 == 1)
        {
            CHECK(folder.Rewind().Ok());
        }
    };
    const TempFileResult result = Delete(folder);
    REQUIRE(result.endedEarly);
    CHECK(result.endedEarly->code == code::kInvalidData);
    CHECK(folder.Count() == 777);
    CHECK(folder.calls.next < 200);
}

TEST_CASE("temp_files: a file that comes back is deleted once a pass and never chased")
{
    HostileFolder folder;
    folder.Add("a.tmp");
    folder.Add("b.tmp");
    int comebacks = 0;
    folder.before = [&](std::string_view call, const std::string& name) {
        if (call == "open" && name == "b.tmp")
        {
            folder.Add("a.tmp");
            ++comebacks;
        }
    };
    CHECK(Delete(folder).deleted == 2);
    CHECK(comebacks == 1);
    CHECK(folder.Has("a.tmp"));
}

TEST_CASE("temp_files: a mark that lies shows when the folder is counted anew")
{
    HostileFolder folder;
    Entry entry;
    entry.markLies = true;
    folder.Add("a.tmp", entry);
    folder.Add("b.tmp");
    CHECK(Delete(folder).deleted == 2);
    CHECK(folder.Count() == 1);
    CHECK(folder.Has("a.tmp"));
}

TEST_CASE("temp_files: progress is told along the way and at the end")
{
    HostileFolder folder;
    AddMany(folder, 1'000, {});
    std::vector<TempFileProgress> told;
    DeleteTempFiles(folder, Rule(), [&](const TempFileProgress& progress) { told.push_back(progress); }, {});
    REQUIRE(told.size() >= 10);
    CHECK(told.back().examined == 1'000);
    CHECK(told.back().deleted == 1'000);
    CHECK(told.back().bytes == 10'000);
    for (std::size_t i = 1; i < told.size(); ++i)
    {
        CHECK(told[i].deleted >= told[i - 1].deleted);
    }
}

TEST_CASE("temp_files: an empty folder is done at once")
{
    HostileFolder folder;
    const TempFileResult result = Delete(folder);
    CHECK(result.deleted == 0);
    CHECK_FALSE(result.endedEarly);
    CHECK(folder.calls.next == 1);
}
