// SPDX-License-Identifier: MIT
#include "journal.h"

#include "file_format.h"
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
