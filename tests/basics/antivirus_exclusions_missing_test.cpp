// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "fake_server.h"
#include "mars_agent.h"
#include "questions/files.h"
#include "questions/protection.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "repair.h"
#include "test_support.h"

#include <algorithm>

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.antivirus_exclusions_missing");
}

const std::string kBin = std::string(kInstallPath) + "bin";
const std::string kEngine = kBin + "\\cbengine.exe";
constexpr const char* kCompiler64 = "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe";
constexpr const char* kCompiler32 = "C:\\Windows\\Microsoft.NET\\Framework\\v4.0.30319\\csc.exe";

template <class Function>
RecordedMachine With(Function change)
{
    RecordedMachine machine = AdvisedServer();
    Edit(machine, ReadDefender{}, change);
    return machine;
}

RecordedMachine With(std::vector<std::string> paths, std::vector<std::string> processes)
{
    return With([&](DefenderState& defender) {
        defender.excludedPaths = std::move(paths);
        defender.excludedProcesses = std::move(processes);
    });
}

std::vector<std::string> Missing(const Outcome& outcome, const char* fact = "missing")
{
    return std::get<std::vector<std::string>>(outcome.facts.at(fact));
}

} // namespace

TEST_CASE("antivirus_exclusions_missing: all exclusions are there")
{
    CheckPassed(Detect(Cause(), AdvisedServer()));
}

TEST_CASE("antivirus_exclusions_missing: a parent folder, a wildcard or a variable counts")
{
    CheckPassed(Detect(
        Cause(), With({"C:\\Program Files\\Microsoft Azure Recovery Services Agent"}, {kEngine, "csc.exe"})));
    CheckPassed(Detect(Cause(),
        With({"%ProgramFiles%\\Microsoft Azure Recovery Services Agent\\Scratch\\*",
                 "C:\\*\\Microsoft Azure Recovery Services Agent\\Bin"},
            {"cbengine.exe", "%windir%\\Microsoft.NET\\*\\v4.0.30319\\csc.exe"})));
    CheckPassed(Detect(Cause(),
        With({kScratch, kBin, kCompiler32, "C:\\Windows\\Microsoft.NET\\Framework64"},
            {"%ProgramW6432%\\Microsoft Azure Recovery Services Agent\\bin\\*"})));
}

TEST_CASE("antivirus_exclusions_missing: each missing one is a warning that names it")
{
    const Outcome nothing = Detect(Cause(), With({}, {}));
    CheckProblem(nothing, Level::kWarning, "needed");
    CHECK(Missing(nothing) == std::vector<std::string>{kScratch, kBin, kEngine});
    CHECK(Missing(nothing, "missing_compilers") == std::vector<std::string>{kCompiler32, kCompiler64});
    CHECK(Missing(Detect(Cause(), With({kBin}, {kEngine, "csc.exe"}))) == std::vector<std::string>{kScratch});
    CHECK(Missing(Detect(Cause(), With({kScratch}, {kEngine, "csc.exe"}))) == std::vector<std::string>{kBin});
    // The folder exempts the file, not what its process opens; and dpmra.exe is another product's.
    CHECK(Missing(Detect(Cause(), With({kScratch, kBin}, {"dpmra.exe", "csc.exe"})))
        == std::vector<std::string>{kEngine});
}

TEST_CASE("antivirus_exclusions_missing: only the compilers missing is advice")
{
    const Outcome outcome = Detect(Cause(), With({kScratch, kBin}, {kEngine, kCompiler32}));
    CheckProblem(outcome, Level::kAdvice, "compilers");
    CHECK(Missing(outcome, "missing_compilers") == std::vector<std::string>{kCompiler64});
}

TEST_CASE("antivirus_exclusions_missing: the moved scratch folder counts")
{
    RecordedMachine machine = AdvisedServer();
    for (const char* key : {"\\Config", "\\Config\\CloudBackupProvider"})
    {
        machine.Set(ReadRegistryValue{{std::string(kAgentKey) + key, "ScratchLocation"}},
            RegistryValue::String("E:\\Scratch"));
    }
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kWarning, "needed");
    CHECK(Missing(outcome) == std::vector<std::string>{"E:\\Scratch"});
}

TEST_CASE("antivirus_exclusions_missing: without Defender at work there is nothing to judge")
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(QueryService{"WinDefend"}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kDefenderNotActive);
    machine = AdvisedServer();
    Edit(machine, QueryService{"WinDefend"},
        [](ServiceStatus& service) { service.state = ServiceState::kStopped; });
    CheckNotApplicable(Detect(Cause(), machine), reason::kDefenderNotActive);
    machine = AdvisedServer();
    machine.Set(ReadDefender{}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kDefenderNotActive);
    CheckNotApplicable(Detect(Cause(), With([](DefenderState& d) {
        d.active = false;
        d.mode = "Passive Mode";
    })),
        reason::kDefenderNotActive);
    CheckNotApplicable(Detect(Cause(), With([](DefenderState& d) { d.realTimeProtection = false; })),
        reason::kDefenderNotActive);
}

TEST_CASE("antivirus_exclusions_missing: without an agent there is nothing to judge")
{
    RecordedMachine machine = With({}, {});
    machine.Set(ReadFileInfo{kEngine}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kAgentMissing);
}

TEST_CASE("antivirus_exclusions_missing: a hidden or unreadable list is no pass")
{
    const RecordedMachine hidden = With([](DefenderState& defender) {
        defender.exclusionsHidden = true;
        defender.excludedPaths.clear();
        defender.excludedProcesses.clear();
    });
    CheckCouldNotCheck(Detect(Cause(), hidden), code::kAccessDenied);
    CHECK(Propose(Cause(), hidden).kind == RepairProposal::Kind::kGuided);
    RecordedMachine machine = AdvisedServer();
    machine.Set(ReadDefender{}, Failure{0x800106BA, "MSFT_MpPreference"});
    CheckCouldNotCheck(Detect(Cause(), machine), 0x800106BA);
    machine = AdvisedServer();
    machine.Set(ReadFileInfo{kCompiler64}, Failure{code::kAccessDenied, kCompiler64});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("antivirus_exclusions_missing: Defender is asked even where its service is not told")
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(QueryService{"WinDefend"}, Failure{code::kAccessDenied, "WinDefend"});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("antivirus_exclusions_missing: the repair adds what is missing and lowers a protection")
{
    const RepairProposal proposal = Propose(Cause(), With({kScratch}, {}));
    REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
    CHECK(proposal.plan.changes
        == std::vector<Change>{AddDefenderExclusion{ExclusionKind::kPath, kBin},
            AddDefenderExclusion{ExclusionKind::kProcess, kEngine}});
    CHECK(LowersProtection(proposal.plan));
    CHECK(IsReversible(proposal.plan));
    CHECK_FALSE(proposal.plan.disturbs);
    CHECK(Propose(Cause(), AdvisedServer()).kind == RepairProposal::Kind::kNothingToDo);
}

TEST_CASE("antivirus_exclusions_missing: the compilers are added only when they are chosen")
{
    const RecordedMachine machine = With({kScratch, kBin}, {kEngine});
    const RepairProposal unasked = Propose(Cause(), machine);
    CHECK(unasked.kind == RepairProposal::Kind::kGuided);
    CHECK(unasked.reason == "compilers_not_chosen");
    Given given;
    given.choice = "csc";
    const RepairProposal chosen = Propose(Cause(), machine, given);
    CHECK(chosen.plan.changes
        == std::vector<Change>{AddDefenderExclusion{ExclusionKind::kProcess, kCompiler32},
            AddDefenderExclusion{ExclusionKind::kProcess, kCompiler64}});
    CHECK(std::ranges::find(Cause().choices, "csc") != Cause().choices.end());
}

TEST_CASE("antivirus_exclusions_missing: applied, verified, and undone exactly")
{
    const std::vector<std::string> own{"D:\\Other"};
    const auto machine = std::make_shared<RecordedMachine>(With(own, {"other.exe"}));
    const auto fate = std::make_shared<Fate>();
    RepairEngine engine(machine, std::make_shared<FakeChanger>(machine, fate),
        std::make_shared<MemoryFolder>(fate), MarsAgent());
    const RepairResult plan = engine.MakePlan(Cause(), {}, {});
    REQUIRE(plan.status == RepairStatus::kPlanned);
    const RepairResult result = engine.Apply(plan, {}, {});
    CHECK(result.status == RepairStatus::kApplied);
    // The compilers stay as advice.
    CHECK(result.verified);
    CHECK(result.after->level == Level::kAdvice);
    CHECK(machine->Ask(ReadDefender{}, Wait{})->excludedPaths
        == std::vector<std::string>{"D:\\Other", kScratch, kBin});
    CHECK(engine.Undo(result.journal).status == UndoStatus::kUndone);
    CHECK(machine->Ask(ReadDefender{}, Wait{})->excludedPaths == own);
    CHECK(machine->Ask(ReadDefender{}, Wait{})->excludedProcesses == std::vector<std::string>{"other.exe"});
}

} // namespace mars::test
