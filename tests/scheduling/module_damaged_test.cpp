// SPDX-License-Identifier: MIT
#include "questions/files.h"
#include "questions/signatures.h"
#include "tasks.h"

#include <set>
#include <type_traits>

namespace mars::test
{
namespace
{

const std::string kModule = std::string(kInstallPath) + "bin\\Modules\\MSOnlineBackup\\";
const std::string kManifest = "MSOnlineBackup.psd1";
const std::string kLibrary = "Microsoft.Internal.CloudBackup.Commands.dll";
const std::string kHelp = "OnlineBackup_Cmdlets.xml";
const std::string kSource = "D:\\healthy\\";
const std::string kPrivate = "C:\\ProgramData\\MARS Wizard\\module\\";

const RootCause& Cause()
{
    return *FindRootCause("scheduling.module_damaged");
}

void Copy(RecordedMachine& machine, const std::string& from, const std::string& to)
{
    machine.Set(
        ReadModuleManifest{to + kManifest}, machine.Ask(ReadModuleManifest{from + kManifest}, Wait{}));
    for (const std::string& name : {kManifest, kLibrary, kHelp})
    {
        machine.Set(ReadFileInfo{to + name}, machine.Ask(ReadFileInfo{from + name}, Wait{}));
        machine.Set(HashFile{to + name}, machine.Ask(HashFile{from + name}, Wait{}));
        machine.Set(VerifySignature{to + name}, machine.Ask(VerifySignature{from + name}, Wait{}));
    }
    machine.Set(ReadFileVersion{to + kLibrary}, machine.Ask(ReadFileVersion{from + kLibrary}, Wait{}));
}

void Remove(RecordedMachine& machine, const std::string& path)
{
    machine.Set(ReadFileInfo{path}, Absent{});
    machine.Set(HashFile{path}, Absent{});
    machine.Set(VerifySignature{path}, Absent{});
}

/// The library is missing; a copy of the healthy module is in D:\healthy.
RecordedMachine WithoutLibrary()
{
    RecordedMachine machine = HealthyServer();
    Copy(machine, kModule, kSource);
    machine.Set(ReadFileInfo{kSource + "MSOnlineBackup\\" + kManifest}, Absent{});
    machine.Set(ReadFileInfo{kPrivate + "1-new-" + kManifest}, Absent{});
    Remove(machine, kModule + kLibrary);
    return machine;
}

Given From(const std::string& folder)
{
    Given given;
    given.fromFolder = folder;
    return given;
}

void CheckRefused(
    const RecordedMachine& machine, const std::string& reason, const std::string& folder = "D:\\healthy")
{
    const RepairProposal proposal = Propose(Cause(), machine, From(folder));
    CHECK(proposal.kind == RepairProposal::Kind::kGuided);
    CHECK(proposal.reason == reason);
    CHECK(proposal.plan.changes.empty());
}

/// Notes the files in the source, or anywhere the source's manifest leads, that a question opens. Attributes
/// alone are not opened: that follows no link.
class WatchedMachine : public Machine
{
public:
    explicit WatchedMachine(const RecordedMachine& machine) : m_machine(machine) {}

    void Respond(Exchange& exchange, const Wait& wait) const override
    {
        Note<VerifySignature>(exchange, m_opened);
        Note<HashFile>(exchange, m_opened);
        Note<ReadModuleManifest>(exchange, m_opened);
        Note<ReadFileInfo>(exchange, m_lookedAt);
        m_machine.Respond(exchange, wait);
    }
    const std::set<std::string>& Opened() const
    {
        return m_opened;
    }
    const std::set<std::string>& LookedAt() const
    {
        return m_lookedAt;
    }

private:
    template <class Question>
    static void Note(const Exchange& exchange, std::set<std::string>& paths)
    {
        if (const auto* const asked = As<Question>(exchange))
        {
            paths.insert(asked->question.path);
        }
    }

    const RecordedMachine& m_machine;
    mutable std::set<std::string> m_opened;
    mutable std::set<std::string> m_lookedAt;
};

/// Nothing of the source is opened but these, and nothing outside of it is even looked at.
void CheckOpensOnly(
    const RecordedMachine& machine, const std::vector<std::string>& names, const std::string& reason)
{
    const Outcome outcome = Detect(Cause(), machine);
    const WatchedMachine watched(machine);
    const RepairProposal proposal =
        Cause().repair(MachineView(watched, Wait{}), From("D:\\healthy"), outcome);
    CHECK(proposal.reason == reason);
    std::set<std::string> wanted;
    for (const std::string& name : names)
    {
        wanted.insert(kSource + name);
    }
    CHECK(watched.Opened() == wanted);
    for (const std::string& path : watched.LookedAt())
    {
        CAPTURE(path);
        const bool own =
            path.starts_with(kSource) || path.starts_with(kPrivate) || path.starts_with(kInstallPath);
        CHECK(own);
        CHECK(path.find("..") == std::string::npos);
    }
}

std::vector<std::string> List(const Outcome& outcome, const char* fact)
{
    return std::get<std::vector<std::string>>(outcome.facts.at(fact));
}

void SetState(RecordedMachine& machine, const std::string& path, SignatureState state, std::uint32_t code)
{
    Edit(machine, VerifySignature{path}, [&](FileSignature& signature) {
        signature.state = state;
        signature.code = code;
    });
}

} // namespace

TEST_CASE("module_damaged: a module whose files are all there and signed passes")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(List(outcome, "files") == std::vector<std::string>{kManifest, kLibrary, kHelp});
}

TEST_CASE("module_damaged: every fault of a file is an error, and the file is listed")
{
    RecordedMachine machine = HealthyServer();
    Remove(machine, kModule + kLibrary);
    Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "damaged");
    CHECK(List(outcome, "missing_files") == std::vector<std::string>{kLibrary});

    machine = HealthyServer();
    Edit(machine, ReadFileInfo{kModule + kHelp}, [](FileInfo& info) { info.bytes = 0; });
    outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "damaged");
    CHECK(List(outcome, "empty_files") == std::vector<std::string>{kHelp});

    machine = HealthyServer();
    SetState(machine, kModule + kManifest, SignatureState::kBadDigest, 0x80096010);
    SetState(machine, kModule + kLibrary, SignatureState::kUnsigned, 0x800B0100);
    outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "damaged");
    CHECK(List(outcome, "changed_files") == std::vector<std::string>{kManifest});
    CHECK(List(outcome, "unsigned_files") == std::vector<std::string>{kLibrary});
    CHECK(List(outcome, "missing_files").empty());
}

TEST_CASE("module_damaged: data files need no signature, and a folder is no file")
{
    RecordedMachine machine = HealthyServer();
    SetState(machine, kModule + kHelp, SignatureState::kUnsigned, 0x800B0100);
    CheckPassed(Detect(Cause(), machine));
    Edit(machine, ReadFileInfo{kModule + kHelp},
        [](FileInfo& info) { info.attributes = file_attribute::kDirectory; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "damaged");
}

TEST_CASE("module_damaged: a manifest that is missing, empty or none is an error")
{
    RecordedMachine machine = HealthyServer();
    Remove(machine, kModule + kManifest);
    CHECK(List(Detect(Cause(), machine), "missing_files") == std::vector<std::string>{kManifest});
    machine = HealthyServer();
    Edit(machine, ReadFileInfo{kModule + kManifest}, [](FileInfo& info) { info.bytes = 0; });
    CHECK(List(Detect(Cause(), machine), "empty_files") == std::vector<std::string>{kManifest});
    machine = HealthyServer();
    machine.Set(ReadModuleManifest{kModule + kManifest}, ModuleManifest{});
    CHECK(List(Detect(Cause(), machine), "changed_files") == std::vector<std::string>{kManifest});
}

TEST_CASE("module_damaged: what cannot be verified lets nothing pass and hides no problem")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(VerifySignature{kModule + kManifest}, Failure{0x800B0003, "WinVerifyTrust"});
    CheckCouldNotCheck(Detect(Cause(), machine), 0x800B0003);
    Remove(machine, kModule + kLibrary);
    CheckProblem(Detect(Cause(), machine), Level::kError, "damaged");
    machine = HealthyServer();
    machine.Set(ReadModuleManifest{kModule + kManifest}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = HealthyServer();
    machine.Set(ReadFileInfo{kModule + kHelp}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("module_damaged: needs the agent and its own schedule")
{
    CheckNeedsAgent(Cause());
    CheckDpmServer(Cause());
}

TEST_CASE("module_damaged: the repair stages and judges every file before it replaces one")
{
    RecordedMachine machine = WithoutLibrary();
    machine.Set(HashFile{kModule + kHelp}, FileHash{"old help"});
    const RepairProposal proposal = Propose(Cause(), machine, From("D:\\healthy"));
    REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
    CHECK(IsReversible(proposal.plan));
    CHECK_FALSE(LowersProtection(proposal.plan));
    const std::vector<Change> expected{
        StageFile{kSource + kManifest, kPrivate + "1-new-" + kManifest, "healthy " + kManifest, true, ""},
        StageFile{
            kSource + kLibrary, kPrivate + "1-new-" + kLibrary, "healthy " + kLibrary, true, "2.0.9938.0"},
        StageFile{kSource + kHelp, kPrivate + "1-new-" + kHelp, "healthy " + kHelp, false, ""},
        ReplaceFile{kModule + kLibrary, kPrivate + "1-new-" + kLibrary, "", "", "healthy " + kLibrary},
        KeepFile{kModule + kHelp, kPrivate + "1-old-" + kHelp, "old help"},
        ReplaceFile{kModule + kHelp, kPrivate + "1-new-" + kHelp, kPrivate + "1-old-" + kHelp, "old help",
            "healthy " + kHelp}};
    CHECK(proposal.plan.changes == expected);
}

TEST_CASE("module_damaged: the folder above the module will do, and the private folder keeps earlier copies")
{
    RecordedMachine machine = WithoutLibrary();
    Copy(machine, kSource, "D:\\Modules\\MSOnlineBackup\\");
    machine.Set(ReadFileInfo{kPrivate + "1-new-" + kManifest}, FileInfo{});
    machine.Set(ReadFileInfo{kPrivate + "2-new-" + kManifest}, Absent{});
    const RepairProposal proposal = Propose(Cause(), machine, From("D:\\Modules"));
    REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
    const auto& staged = std::get<StageFile>(proposal.plan.changes.at(0));
    CHECK(staged.source == "D:\\Modules\\MSOnlineBackup\\" + kManifest);
    CHECK(staged.target == kPrivate + "2-new-" + kManifest);
}

TEST_CASE("module_damaged: without a folder it is for a person")
{
    CheckRefused(WithoutLibrary(), "needs_folder", "");
    CHECK(Propose(Cause(), HealthyServer(), From("D:\\healthy")).kind == RepairProposal::Kind::kNothingToDo);
}

TEST_CASE("module_damaged: one failure in the folder and nothing is copied")
{
    RecordedMachine machine = WithoutLibrary();
    machine.Set(ReadFileInfo{kSource + kHelp}, Absent{});
    CheckRefused(machine, "source_incomplete");
    machine = WithoutLibrary();
    machine.Set(ReadFileInfo{kSource + kManifest}, Absent{});
    CheckRefused(machine, "source_incomplete");
    for (const std::string& name : {kManifest, kLibrary})
    {
        machine = WithoutLibrary();
        SetState(machine, kSource + name, SignatureState::kBadDigest, 0x80096010);
        CheckRefused(machine, "source_not_trusted");
        machine = WithoutLibrary();
        SetState(machine, kSource + name, SignatureState::kUnsigned, 0x800B0100);
        CheckRefused(machine, "source_not_trusted");
        machine = WithoutLibrary();
        SetState(machine, kSource + name, SignatureState::kNotTrusted, 0x800B0109);
        CheckRefused(machine, "source_not_trusted");
        machine = WithoutLibrary();
        Edit(machine, VerifySignature{kSource + name},
            [](FileSignature& signature) { signature.chain.back().thumbprint = std::string(40, 'a'); });
        CheckRefused(machine, "source_not_trusted");
        machine = WithoutLibrary();
        Edit(machine, VerifySignature{kSource + name},
            [](FileSignature& signature) { signature.chain.clear(); });
        CheckRefused(machine, "source_not_trusted");
        machine = WithoutLibrary();
        machine.Set(VerifySignature{kSource + name}, Failure{code::kTimeout, "x"});
        CheckRefused(machine, "source_not_trusted");
    }
}

TEST_CASE("module_damaged: the version must be this agent's")
{
    RecordedMachine machine = WithoutLibrary();
    machine.Set(ReadFileVersion{kSource + kLibrary}, FileVersion{2, 0, 9939, 0});
    CheckRefused(machine, "source_other_version");
    machine.Set(ReadFileVersion{kSource + kLibrary}, Failure{1812, "x"});
    CheckRefused(machine, "source_other_version");
    machine = WithoutLibrary();
    machine.Set(
        ReadFileVersion{std::string(kInstallPath) + "bin\\cbengine.exe"}, Failure{code::kTimeout, "x"});
    CheckRefused(machine, "");
}

TEST_CASE("module_damaged: names that lead out of the module are not copied")
{
    for (const std::string& name :
        {std::string("..\\evil.dll"), std::string("en\\x.xml"), std::string("C:\\x.dll")})
    {
        RecordedMachine machine = WithoutLibrary();
        const std::string path = name[1] == ':' ? name : kSource + name;
        machine.Set(ReadModuleManifest{kSource + kManifest}, ModuleManifest{true, {name}});
        for (const auto& [from, to] : {std::pair(kSource + kLibrary, path)})
        {
            machine.Set(ReadFileInfo{to}, machine.Ask(ReadFileInfo{from}, Wait{}));
            machine.Set(VerifySignature{to}, machine.Ask(VerifySignature{from}, Wait{}));
        }
        CheckRefused(machine, "source_layout");
    }
}

TEST_CASE("module_damaged: a folder of a stranger makes the program open nothing but its own files")
{
    const std::vector<std::string> hostile{"\\\\files.example\\share\\x.dll", "..\\..\\secret.dll",
        "E:\\x.dll", "\\\\.\\pipe\\x.dll", "sub\\x.dll", "x.dll:stream", ".", "x.dll ", "a/b.dll", ""};
    for (const std::string& name : hostile)
    {
        RecordedMachine machine = WithoutLibrary();
        machine.Set(ReadModuleManifest{kSource + kManifest}, ModuleManifest{true, {name, kLibrary}});
        CheckOpensOnly(machine, {kManifest}, "source_layout");
    }
    // Nobody believes a manifest that Microsoft did not sign, whatever it names.
    RecordedMachine machine = WithoutLibrary();
    SetState(machine, kSource + kManifest, SignatureState::kUnsigned, 0x800B0100);
    CheckOpensOnly(machine, {kManifest}, "source_not_trusted");
}

TEST_CASE("module_damaged: links in the folder are not followed")
{
    const auto makeLink = [](FileInfo& info) { info.attributes |= file_attribute::kReparsePoint; };
    RecordedMachine machine = WithoutLibrary();
    Edit(machine, ReadFileInfo{kSource + kLibrary}, makeLink);
    CheckRefused(machine, "source_layout");
    CheckOpensOnly(machine, {kManifest}, "source_layout");
    machine = WithoutLibrary();
    Edit(machine, ReadFileInfo{kSource + kManifest}, makeLink);
    CheckOpensOnly(machine, {}, "source_layout");
}

TEST_CASE("module_damaged: the same files again would change nothing")
{
    RecordedMachine machine = HealthyServer();
    SetState(machine, kModule + kLibrary, SignatureState::kUnsigned, 0x800B0100);
    Copy(machine, kModule, kSource);
    SetState(machine, kSource + kLibrary, SignatureState::kGood, 0);
    machine.Set(ReadFileInfo{kSource + "MSOnlineBackup\\" + kManifest}, Absent{});
    machine.Set(ReadFileInfo{kPrivate + "1-new-" + kManifest}, Absent{});
    CheckRefused(machine, "source_the_same");
    machine.Set(HashFile{kModule + kLibrary}, Failure{32, "x"});
    CheckRefused(machine, "");
}

} // namespace mars::test
