// SPDX-License-Identifier: MIT
#include "jobs.h"
#include "questions/failed_files.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("jobs.files_skipped");
}

Outcome DetectWith(std::vector<FailedFileGroup> groups, std::uint64_t otherLines = 0)
{
    FailedFiles list;
    list.name = "LastBackupFailedFiles17af1_3_9_2026.txt";
    list.written = kNow - std::chrono::hours(14);
    list.groups = std::move(groups);
    list.otherLines = otherLines;
    for (const FailedFileGroup& group : list.groups)
    {
        list.files += group.files;
    }
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFailedFiles{kLogFolder}, list);
    return Detect(Cause(), machine);
}

} // namespace

TEST_CASE("files_skipped: no list, and a list without files, pass")
{
    const Outcome none = Detect(Cause(), HealthyServer());
    CheckPassed(none);
    CHECK(none.Text("case") == "no_list");
    const Outcome empty = DetectWith({});
    CheckPassed(empty);
    CHECK(empty.Text("case").empty());
}

TEST_CASE("files_skipped: any file is a warning, with its code and path")
{
    const Outcome outcome = DetectWith({{0x80070005, 1, {"C:\\Users\\maria.lopez\\mail.pst"}}});
    CheckProblem(outcome, Level::kWarning, "access_denied");
    CHECK(outcome.facts.at("files") == Fact(std::int64_t{1}));
    CHECK(outcome.facts.at("codes") == Fact(std::vector<std::string>{"0x80070005: 1"}));
    CHECK(outcome.facts.at("examples")
        == Fact(std::vector<std::string>{"0x80070005: C:\\Users\\maria.lopez\\mail.pst"}));
    CHECK(outcome.facts.at("written") == Fact(kNow - std::chrono::hours(14)));
}

TEST_CASE("files_skipped: the advice is that of the code where all files share it")
{
    const std::vector<std::pair<std::uint32_t, const char*>> cases{{0x80070002, "not_found"},
        {0x80070003, "not_found"}, {0x80070005, "access_denied"}, {0x80070020, "in_use"},
        {0x80070021, "in_use"}, {0x80070570, "damaged"}, {0x8007018B, "cloud_file"}, {0x80004005, ""},
        {0, ""}};
    for (const auto& each : cases)
    {
        CAPTURE(each.first);
        CheckProblem(DetectWith({{each.first, 3, {"D:\\a"}}}), Level::kWarning, each.second);
    }
    CheckProblem(DetectWith({{0x80070002, 3, {}}, {0x80070003, 1, {}}}), Level::kWarning, "not_found");
    CheckProblem(DetectWith({{0x80070002, 3, {}}, {0x80070005, 1, {}}}), Level::kWarning);
}

TEST_CASE("files_skipped: of many groups and paths a few are shown, the largest group first")
{
    std::vector<FailedFileGroup> groups;
    for (std::uint32_t i = 0; i < 6; ++i)
    {
        groups.push_back({0x80070100 + i, 100 - i, {"D:\\1", "D:\\2", "D:\\3", "D:\\4", "D:\\5"}});
    }
    const Outcome outcome = DetectWith(groups);
    const auto examples = std::get<std::vector<std::string>>(outcome.facts.at("examples"));
    CHECK(examples.size() == 9);
    CHECK(examples[0] == "0x80070100: D:\\1");
    CHECK(examples[3] == "0x80070101: D:\\1");
    CHECK(std::get<std::vector<std::string>>(outcome.facts.at("codes")).size() == 6);
}

TEST_CASE("files_skipped: by folder, with the rules that would exclude them")
{
    FailedFiles list;
    list.name = "LastBackupFailedFiles.txt";
    list.files = 12;
    list.groups = {{0x80070020, 9, {"D:\\db\\1.mdf"}}, {0x8007018B, 1, {"C:\\Users\\ana\\OneDrive\\a.txt"}},
        {0x80070005, 2, {"E:\\x"}}};
    list.folders = {{0x80070020, "D:\\db", 9, {"D:\\db\\1.mdf"}},
        {0x80070005, "C:\\Data", 2, {"C:\\Data\\1", "C:\\Data\\2"}},
        {0x8007018B, "C:\\Users\\ana\\OneDrive", 1, {"C:\\Users\\ana\\OneDrive\\a.txt"}},
        {0x80070020, "E:", 7, {"E:\\x", "E:\\y"}}};
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFailedFiles{kLogFolder}, list);
    const Outcome outcome = Detect(Cause(), machine);
    CHECK(outcome.facts.at("folders")
        == Fact(std::vector<std::string>{"0x80070020 D:\\db: 9", "0x80070005 C:\\Data: 2",
            "0x8007018B C:\\Users\\ana\\OneDrive: 1", "0x80070020 E:: 7"}));
    // The folder where not all its files are known and where a cloud keeps it, but never a volume.
    CHECK(outcome.facts.at("exclusions")
        == Fact(std::vector<std::string>{
            "D:\\db\\", "C:\\Data\\1", "C:\\Data\\2", "C:\\Users\\ana\\OneDrive\\", "E:\\x", "E:\\y"}));
}

TEST_CASE("files_skipped: a list without paths has no rules")
{
    const Outcome outcome = DetectWith({{0x80070005, 1, {}}});
    CHECK(outcome.facts.at("exclusions") == Fact(std::vector<std::string>{"-"}));
}

TEST_CASE("files_skipped: a list that is not understood is not taken for an empty one")
{
    CheckCouldNotCheck(DetectWith({}, 3), code::kInvalidData);
}

TEST_CASE("files_skipped: needs the agent and a list that can be read")
{
    CheckNeedsTheAgent(Cause());
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFailedFiles{kLogFolder}, Failure{code::kAccessDenied, "CreateFile"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

} // namespace mars::test
