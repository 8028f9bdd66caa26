// SPDX-License-Identifier: MIT
#include "journal.h"

#include "fake_server.h"
#include "file_format.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "test_support.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

using namespace mars;
using namespace mars::test;

namespace
{

JournalHeader Header()
{
    return {"scheduling.module_path_missing", "0.1.0", kNow, "CONTOSO\\admin\nS-1-5-21-1-2-3-500", "console"};
}

Plan TwoChanges()
{
    Plan plan;
    plan.changes.emplace_back(SetServiceStartType{"obengine", StartType::kDisabled, StartType::kAutomatic});
    plan.changes.emplace_back(SetRegistryValue{{"HKLM\\SOFTWARE\\Test", "a<b>&\"\n", RegistryView::k32},
        RegistryValue{kRegBinary, {0, 1, 255}}, std::nullopt, true, {}});
    plan.disturbs = true;
    return plan;
}

JournalEntry Parse(const std::string& lines)
{
    return ParseJournalEntry("entry", FormatJournalEntry(Header(), TwoChanges()) + lines);
}

std::string WithFormat(std::string entry, int format)
{
    const std::string written = fmt::format("schema=\"{}\"", kFileFormat);
    return entry.replace(entry.find(written), written.size(), fmt::format("schema=\"{}\"", format));
}

} // namespace

TEST_CASE("An entry holds the header and the plan, whatever the texts are, on one line")
{
    const std::string line = FormatJournalEntry(Header(), TwoChanges());
    CHECK(std::ranges::count(line, '\n') == 1);
    const JournalEntry entry = ParseJournalEntry("entry", line);
    CHECK(entry.damage.empty());
    CHECK(entry.header == Header());
    CHECK(entry.plan.changes == TwoChanges().changes);
    CHECK(entry.plan.disturbs);
    CHECK(entry.steps == std::vector{StepState::kPending, StepState::kPending});
    CHECK(entry.end == EntryEnd::kInterrupted);
}

TEST_CASE("The last line about a step holds, and whatever follows an end reopens the entry")
{
    CHECK(Parse("begin 1\n").steps[0] == StepState::kBegun);
    CHECK(Parse("begin 1\ndone 1\nbegin 2\nfailed 2 5\n").steps
        == std::vector{StepState::kDone, StepState::kFailed});
    CHECK(Parse("begin 1\ndone 1\nend applied\n").end == EntryEnd::kApplied);
    const JournalEntry reopened = Parse("begin 1\ndone 1\nend applied\n\nresume\nundone 1\n");
    CHECK(reopened.damage.empty());
    CHECK(reopened.steps[0] == StepState::kUndone);
    CHECK(reopened.end == EntryEnd::kInterrupted);
    CHECK(Parse("begin 1\ndone 1\nend applied\n\nresume\nundone 1\nend undone\n").end == EntryEnd::kUndone);
}

TEST_CASE("A line that the program died in does not count, also when the entry was continued later")
{
    CHECK(Parse("begin 1\ndon").steps[0] == StepState::kBegun);
    CHECK(Parse("begin 1\ndon").damage.empty());
    const JournalEntry continued = Parse("begin 1\ndon\nresume\nundone 1\nend rolled_back\n");
    CHECK(continued.damage.empty());
    CHECK(continued.end == EntryEnd::kRolledBack);
}

TEST_CASE("An entry of a newer version is newer and not damaged, whatever is in it")
{
    const std::string newer = WithFormat(FormatJournalEntry(Header(), TwoChanges()), kFileFormat + 1);
    CHECK(ParseJournalEntry("entry", newer).damage == kNewerEntry);
    std::string unknown = newer;
    unknown.replace(unknown.find("<header>"), 8, "<who_knows/><header>");
    CHECK(ParseJournalEntry("entry", unknown + "a line of tomorrow\n").damage == kNewerEntry);
}

TEST_CASE("An entry that this version does not understand is damaged, never guessed at")
{
    const std::string good = FormatJournalEntry(Header(), TwoChanges());
    CHECK(ParseJournalEntry("entry", "").damage == "unreadable");
    CHECK(ParseJournalEntry("entry", "<journal").damage == "unreadable");
    CHECK(ParseJournalEntry("entry", good.substr(0, good.size() / 2) + "\n").damage == "unreadable");
    CHECK(ParseJournalEntry("entry", "<!DOCTYPE journal>" + good).damage == "unreadable");
    CHECK(ParseJournalEntry("entry", "<other schema=\"1\"/>\n").damage == "unreadable");
    CHECK(ParseJournalEntry("entry", WithFormat(good, 0)).damage == "unreadable");

    std::string unknown = good;
    for (std::size_t at = unknown.find("set_start_type"); at != std::string::npos;
         at = unknown.find("set_start_type"))
    {
        unknown.replace(at, 14, "format_drive_c");
    }
    CHECK(ParseJournalEntry("entry", unknown).damage == "unknown_change");

    for (const char* line :
        {"done 3\n", "done 0\n", "done x\n", "done\n", "done 1 \xff\n", "end sometime\n", "hello 1\n"})
    {
        CAPTURE(line);
        const bool isExtraWord = std::string_view(line).starts_with("done 1 ");
        CHECK(Parse(line).damage == (isExtraWord ? "" : "unknown_line"));
    }
}

namespace
{

std::string NewEntry(MemoryFolder& folder, Timestamp when)
{
    // Not owned: the journal is gone before the folder.
    Journal journal(std::shared_ptr<PrivateFolder>(&folder, [](PrivateFolder*) {}));
    JournalHeader header = Header();
    header.when = when;
    auto writer = journal.Create(header, TwoChanges());
    REQUIRE(writer);
    return writer->Name();
}

std::vector<std::string> NamesInOrder(MemoryFolder& folder)
{
    Journal journal(std::shared_ptr<PrivateFolder>(&folder, [](PrivateFolder*) {}));
    const auto entries = journal.Entries();
    std::vector<std::string> names;
    for (const JournalEntry& entry : *entries)
    {
        names.push_back(entry.name);
    }
    return names;
}

} // namespace

TEST_CASE("Entries are in the order in which they were begun, also when the clock went back or stood still")
{
    MemoryFolder folder(std::make_shared<Fate>());
    std::vector<std::string> names;
    for (const int days : {10, 0, 0, -400, 20, 5, 1, 2, 3, 4, 6, 7})
    {
        names.push_back(NewEntry(folder, kNow + std::chrono::days(days)));
    }
    CHECK(names.front() == "r000001-20260320T120000Z-scheduling.module_path_missing.journal");
    CHECK(NamesInOrder(folder) == names);
    // Also in a folder that is sorted by name.
    CHECK(std::ranges::is_sorted(names));
}

TEST_CASE("Entries of version 0.1.0, which have no number, come before all others, by their time")
{
    MemoryFolder folder(std::make_shared<Fate>());
    const std::vector<std::string> old{"20260310T120000Z-basics.service_stopped-1.journal",
        "20260310T120000Z-basics.service_stopped-2.journal",
        "20270101T000000Z-scheduling.task_disabled-1.journal"};
    for (const std::string& name : old)
    {
        folder.files[name] = FormatJournalEntry(Header(), TwoChanges());
    }
    std::vector<std::string> expected = old;
    expected.push_back(NewEntry(folder, kNow));
    expected.push_back(NewEntry(folder, kNow - std::chrono::days(1)));
    CHECK(NamesInOrder(folder) == expected);
}

TEST_CASE("A number goes on after the highest one, and is never used twice")
{
    MemoryFolder folder(std::make_shared<Fate>());
    folder.files["r000041-x.journal"] = "damaged";
    folder.files["r99999999999999999999-x.journal"] = "no number";
    folder.files["readme"] = "r7";
    CHECK(NewEntry(folder, kNow).starts_with("r000042-"));
    folder.files["r1000000-x.journal"] = "more than six digits";
    const std::string next = NewEntry(folder, kNow);
    CHECK(next.starts_with("r1000001-"));
    CHECK(NamesInOrder(folder).back() == next);
}

TEST_CASE("An entry whose head cannot be written leaves nothing behind")
{
    for (const bool diskFull : {false, true})
    {
        const auto fate = std::make_shared<Fate>();
        const auto folder = std::make_shared<MemoryFolder>(fate);
        folder->fullAfter = diskFull ? std::optional(0) : std::nullopt;
        fate->Spoil(diskFull ? Fate::Kind::kNone : Fate::Kind::kFail, 1);
        Journal journal(folder);
        CHECK(journal.Create(Header(), TwoChanges()).HasFailed());
        CHECK(folder->files.empty());
    }
}

TEST_CASE("A line that was cut off by a full disk does not spoil the ones after it")
{
    const auto folder = std::make_shared<MemoryFolder>(std::make_shared<Fate>());
    Journal journal(folder);
    auto writer = journal.Create(Header(), TwoChanges());
    CHECK(writer->Begin(0));
    folder->fullAfter = 0;
    CHECK_FALSE(writer->Done(0));
    folder->fullAfter.reset();
    CHECK(writer->Undone(0));
    CHECK(writer->End(EntryEnd::kRolledBack));
    const JournalEntry entry = journal.Entries()->front();
    CHECK(entry.damage.empty());
    CHECK(entry.steps[0] == StepState::kUndone);
    CHECK(entry.end == EntryEnd::kRolledBack);
}

TEST_CASE(
    "What a stopped deletion had done, that it was stopped, and that somebody has seen it, is read back")
{
    const JournalEntry stopped = Parse("begin 1\nfailed 1 1223 32911\nend stopped\n");
    CHECK(stopped.damage.empty());
    CHECK(stopped.end == EntryEnd::kStopped);
    CHECK(stopped.made == std::uint64_t{32911});
    CHECK_FALSE(stopped.seen);
    CHECK_FALSE(Parse("begin 1\nfailed 1 1223\n").made);
    const JournalEntry seen = Parse("begin 1\nfailed 1 5\nend failed\n\nresume\nseen\nresume\n");
    CHECK(seen.damage.empty());
    CHECK(seen.seen);
    CHECK(seen.end == EntryEnd::kFailed);
}
