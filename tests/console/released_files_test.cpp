// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "console_support.h"
#include "journal.h"
#include "mars_agent.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/volumes.h"
#include "recording.h"
#include "repair.h"
#include "result_code.h"
#include "source_folder.h"
#include "support_plan.h"
#include "test_support.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

/// The files that released versions wrote, tests/recordings/VERSION and tests/journals/VERSION, are opened,
/// judged and undone by every later one. Nothing in those folders is ever changed; a release adds a folder.
namespace mars::test
{
namespace
{

using Path = std::filesystem::path;

std::vector<Path> FilesOf(const std::string& kind, const std::string& ending)
{
    std::vector<Path> files;
    for (const auto& entry :
        std::filesystem::recursive_directory_iterator(Path(MARS_SOURCE_FOLDER) / "tests" / kind))
    {
        if (entry.path().extension() == ending)
        {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    REQUIRE(!files.empty());
    return files;
}

std::string BytesOf(const Path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    REQUIRE_MESSAGE(file.good(), path.string());
    return bytes.str();
}

RecordedMachine MachineOf(const Path& path)
{
    Recording recording;
    REQUIRE_MESSAGE(ReadRecording(BytesOf(path), recording).Ok(), path.string());
    CHECK_MESSAGE(recording.damagedEntries == 0, path.string());
    CHECK_MESSAGE(recording.unknownQuestions == 0, path.string());
    return recording.machine;
}

/// Of a run's result, by id.
std::map<std::string, std::string> OutcomesOf(const nlohmann::ordered_json& run)
{
    std::map<std::string, std::string> outcomes;
    for (const auto& check : run["checks"])
    {
        outcomes[check["id"]] = check["outcome"];
    }
    return outcomes;
}

/// What one version left: the journal's folder and a recording of the server after the repairs.
struct Undoing
{
    Undoing(
        const Path& folder, const std::string& after, const std::function<bool(const JournalEntry&)>& isOf)
        : machine(std::make_shared<RecordedMachine>(MachineOf(folder / after))),
          fate(std::make_shared<Fate>()), changer(std::make_shared<FakeChanger>(machine, fate)),
          journal(std::make_shared<MemoryFolder>(fate)), engine(machine, changer, journal, MarsAgent())
    {
        for (const auto& file : std::filesystem::directory_iterator(folder))
        {
            const std::string name = file.path().filename().string();
            if (file.path().extension() == ".journal" && isOf(ParseJournalEntry(name, BytesOf(file.path()))))
            {
                journal->files[name] = BytesOf(file.path());
            }
        }
    }
    std::shared_ptr<RecordedMachine> machine;
    std::shared_ptr<Fate> fate;
    std::shared_ptr<FakeChanger> changer;
    std::shared_ptr<MemoryFolder> journal;
    RepairEngine engine;
};

const Path kFirstJournals = Path(MARS_SOURCE_FOLDER) / "tests" / "journals" / "0.1.0";

} // namespace

TEST_CASE("released files: what a version could judge of its recordings, every later one can judge")
{
    for (const Path& result : FilesOf("recordings", ".json"))
    {
        CAPTURE(result.string());
        FakeConsole console(HealthyServer());
        console.files["recording.xml"] = BytesOf(Path(result).replace_extension(".xml"));
        const auto run = Call(console, "run --machine recording.xml --format json");
        CHECK(run.err.empty());
        const auto now = OutcomesOf(run.Json());
        const auto then = OutcomesOf(nlohmann::ordered_json::parse(BytesOf(result)));
        REQUIRE(then.size() >= 70);
        for (const auto& [id, outcome] : then)
        {
            CAPTURE(id);
            REQUIRE(now.contains(id));
            CHECK((outcome == "could_not_check" || now.at(id) != "could_not_check"));
        }
    }
}

TEST_CASE("released files: recordings are opened whole")
{
    for (const Path& file : FilesOf("recordings", ".xml"))
    {
        if (file.filename() != "plan.xml")
        {
            CHECK_MESSAGE(MachineOf(file).QuestionCount() > 100, file.string());
        }
    }
}

TEST_CASE("released files: entries of the journal are undone")
{
    Undoing several(kFirstJournals, "after_several.xml", [](const JournalEntry& entry) {
        return entry.end == EntryEnd::kApplied && entry.header.rootCause != "test.sick";
    });
    Undoing all(kFirstJournals, "after_every_change.xml",
        [](const JournalEntry& entry) { return entry.header.rootCause == "test.sick"; });
    CHECK(several.journal->files.size() == 5);
    CHECK(all.journal->files.size() == 1);
    for (Undoing* undoing : {&several, &all})
    {
        const auto items = undoing->engine.ListUndo();
        REQUIRE(items);
        for (const UndoItem& item : *items)
        {
            CAPTURE(item.entry.name);
            CHECK(item.entry.damage.empty());
            CHECK(item.status == UndoStatus::kUndoable);
            CHECK(undoing->engine.Undo(item.entry.name).status == UndoStatus::kUndone);
        }
    }
    CHECK(several.machine->Ask(QueryService{"obengine"}, Wait{})->startType == StartType::kDisabled);
    CHECK(all.machine->Ask(ReadNewDiskPolicy{}, Wait{})->policy == SanPolicy::kOfflineAll);
}

TEST_CASE("released files: every kind of change is read as it was written")
{
    std::set<std::size_t> kinds;
    for (const Path& file : FilesOf("journals", ".journal"))
    {
        const JournalEntry entry = ParseJournalEntry(file.filename().string(), BytesOf(file));
        CHECK_MESSAGE(entry.damage == "", file.string());
        CHECK(entry.header.toolVersion == file.parent_path().filename().string());
        for (const Change& change : entry.plan.changes)
        {
            kinds.insert(change.index());
        }
    }
    // All kinds that version 0.1.0 had; a later version adds files of its own.
    CHECK(kinds.size() >= 22);

    const JournalEntry entry = ParseJournalEntry(
        "entry", BytesOf(kFirstJournals / "20260310T120002Z-scheduling.module_path_missing-1.journal"));
    REQUIRE(entry.plan.changes.size() == 22);
    CHECK(entry.plan.disturbs);
    CHECK(entry.end == EntryEnd::kRolledBack);
    CHECK(entry.steps[0] == StepState::kUndone);
    CHECK(entry.steps[1] == StepState::kFailed);
    const auto& value = std::get<SetRegistryValue>(entry.plan.changes[0]);
    CHECK(value.path == RegistryPath{"HKLM\\SOFTWARE\\Fictional", "Text \"<&>\"", RegistryView::k32});
    CHECK(value.before == RegistryValue::String("C:\\Old path\nsecond", kRegExpandSz));
    CHECK(value.after == RegistryValue::MultiString({"a", "b c"}));
    CHECK(std::get<DeleteTemporaryFiles>(entry.plan.changes[14]).bytes == 1234567890);
    CHECK(std::get<UncompressFolder>(entry.plan.changes[21]).files == 12);
}

TEST_CASE("released files: plans, results and codes are read")
{
    for (const Path& file : FilesOf("recordings", ".xml"))
    {
        if (file.filename() == "plan.xml")
        {
            const auto plan = ParseSupportPlan(BytesOf(file), AllRootCauses());
            REQUIRE_MESSAGE(plan.HasValue(), file.string());
            CHECK(plan->steps.size() == 3);
        }
    }
    for (const Path& file : FilesOf("recordings", ".txt"))
    {
        std::istringstream codes(BytesOf(file));
        for (std::string code, of; codes >> code >> of;)
        {
            CAPTURE(code);
            const auto results = ReadResultCode(code, AllRootCauses());
            REQUIRE(results);
            const auto run = nlohmann::ordered_json::parse(BytesOf(file.parent_path() / of));
            std::vector<std::string> told;
            for (const auto& check : run["checks"])
            {
                if (check["outcome"] == "problem" || check["outcome"] == "could_not_check")
                {
                    told.push_back(fmt::format("{} {} {}", check["id"].get<std::string>(),
                        check["outcome"].get<std::string>(), check.value("level", "error")));
                }
            }
            std::vector<std::string> read;
            for (const CodedResult& result : *results)
            {
                REQUIRE(result.cause != nullptr);
                read.push_back(
                    fmt::format("{} {} {}", result.cause->id, WordOf(result.kind), WordOf(result.level)));
            }
            CHECK(read == told);
        }
    }
    FakeConsole console(HealthyServer());
    std::string names;
    for (const Path& file : FilesOf("recordings", ".json"))
    {
        const std::string name = file.filename().string();
        console.files[name] = BytesOf(file);
        names += " " + name;
    }
    const auto merged = Call(console, "merge" + names + " --format json");
    CHECK(merged.Json()["servers"].size() == 2);
}

} // namespace mars::test
