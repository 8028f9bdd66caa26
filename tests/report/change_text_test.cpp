// SPDX-License-Identifier: MIT
#include "change_text.h"

#include "console_text.h"
#include "json.h"
#include "questions/protection.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/volumes.h"
#include "test_support.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace mars::test
{

namespace
{

std::string Sentence(const Change& change, Language language = Language::kEnglish)
{
    return ChangeSentence(change, BuiltInKnowledge(), language);
}

/// One of each kind.
const std::vector<Change>& AllChanges()
{
    static const std::vector<Change> changes{
        SetRegistryValue{{"HKLM\\K", "V"}, std::nullopt, RegistryValue::String("enabled"), true, {}},
        SetServiceStartType{"obengine", StartType::kDisabled, StartType::kAutomatic},
        StartService{"obengine"}, RestartService{"obengine"}, SetTaskEnabled{"\\T", false, true},
        SetTriggerEnabled{"\\T", 2, "f", false, true},
        SetTaskAccount{"\\T", "a", "b", "S-1-5-21-1", "S-1-5-18", true},
        SetTaskOverlap{"\\T", "", "IgnoreNew"}, DeleteTemporaryFiles{"C:\\Windows\\Temp", 61204, 3ULL << 30},
        CopyFile{"Z:\\a", "C:\\b"}, DeleteCopy{"Z:\\a", "C:\\b"},
        AddDefenderExclusion{ExclusionKind::kProcess, "C:\\a.exe"},
        RemoveDefenderExclusion{ExclusionKind::kPath, "C:\\a"}, ResyncClock{754},
        SetSanPolicy{SanPolicy::kOfflineAll, SanPolicy::kOfflineShared},
        InstallInboxDriver{"ROOT\\ISCSIPRT", "iscsi.inf", "ROOT\\ISCSIPRT\\0000", 28},
        SetFirewallRule{"No backup", "C:\\Agent\\cbengine.exe", "", true, false}, StopService{"obengine"},
        StageFile{"Z:\\a", "C:\\b", "00", true, "2.0.9938.0"}, KeepFile{"C:\\a", "C:\\b", "00"},
        ReplaceFile{"C:\\a", "C:\\b", "", "", "00"}, UncompressFolder{"D:\\Scratch", 61204, 3ULL << 30}};
    return changes;
}

/// As WinINET stores it: version, counter, flags, three texts with their lengths, and 32 bytes.
Bytes StoredConnection(
    std::uint8_t flags, const std::string& server, const std::string& bypass, const std::string& script)
{
    Bytes bytes{0x46, 0, 0, 0, 9, 0, 0, 0, flags, 0, 0, 0};
    for (const std::string& text : {server, bypass, script})
    {
        bytes.insert(bytes.end(), {static_cast<std::uint8_t>(text.size()), 0, 0, 0});
        bytes.insert(bytes.end(), text.begin(), text.end());
    }
    bytes.resize(bytes.size() + 32);
    return bytes;
}

} // namespace

TEST_CASE("change: every kind has a sentence in both languages, without gaps")
{
    CHECK(AllChanges().size() == std::variant_size_v<Change>);
    for (const Change& change : AllChanges())
    {
        const std::string english = Sentence(change);
        const std::string spanish = Sentence(change, Language::kSpanish);
        CHECK_MESSAGE(english.find('[') == std::string::npos, english);
        CHECK_MESSAGE(english.find("unknown") == std::string::npos, english);
        CHECK_MESSAGE(spanish.find("desconocido") == std::string::npos, spanish);
        CHECK(english != spanish);
    }
}

TEST_CASE("change: the proxy that WinINET stores as bytes is shown in words, without a login")
{
    SetRegistryValue change{{"HKU\\S-1-5-18\\X\\Connections", "DefaultConnectionSettings"},
        RegistryValue{kRegBinary, StoredConnection(1, "", "", "")},
        RegistryValue{kRegBinary,
            StoredConnection(14, "http://joe:secret@proxy.contoso.example:3128", "<local>;*.contoso.example",
                "http://joe:secret@files.contoso.example/proxy.pac")},
        false, {}};
    const ChangeDescription described = Describe(Change(change));
    CHECK(described.from == "direct");
    CHECK(described.to
        == "proxy proxy.contoso.example:3128; bypass <local>;*.contoso.example; "
           "script http://files.contoso.example/proxy.pac; detect");
    CHECK(Sentence(change)
        == "Set the registry value HKU\\S-1-5-18\\X\\Connections\\DefaultConnectionSettings: no proxy "
           "becomes "
           "proxy proxy.contoso.example:3128; not for <local>;*.contoso.example; script "
           "http://files.contoso.example/proxy.pac; automatic detection.");
    CHECK(Sentence(change, Language::kSpanish).find("sin proxy pasa a ser") != std::string::npos);

    // Not in use, cut short, of another type or under another name.
    change.after = RegistryValue{kRegBinary, StoredConnection(1, "old:8080", "", "http://x/p.pac")};
    CHECK(Describe(Change(change)).to == "direct");
    change.after->bytes.resize(20);
    CHECK(Describe(Change(change)).to == change.after->Describe());
    change.before->type = kRegSz;
    CHECK(Describe(Change(change)).from == change.before->Describe());
    change.before->type = kRegBinary;
    change.path.name = "Other";
    CHECK(Describe(Change(change)).from == change.before->Describe());
}

TEST_CASE("change: our words are translated, a value of the registry is not")
{
    CHECK(Sentence(AllChanges()[1], Language::kSpanish)
        == "Establecer el tipo de inicio del servicio obengine: deshabilitado pasa a ser automático.");
    CHECK(Sentence(AllChanges()[0], Language::kSpanish)
        == "Establecer el valor del Registro HKLM\\K\\V: (no existe) pasa a ser enabled.");
    CHECK(Sentence(AllChanges()[8]) == "Delete 61,204 temporary files (3.0 GB) in C:\\Windows\\Temp.");
}

TEST_CASE("change: what lowers a protection or cannot be undone says so")
{
    const auto warnings = [](const Change& change) {
        return ChangeWarnings(change, BuiltInKnowledge(), Language::kEnglish);
    };
    CHECK(warnings(AllChanges()[0]) == std::vector<std::string>{"This lowers a protection."});
    CHECK(warnings(AllChanges()[1]).empty());
    CHECK(warnings(AllChanges()[2])
        == std::vector<std::string>{"There is nothing to undo: it changes no setting."});
    CHECK(warnings(AllChanges()[6]) == std::vector<std::string>{"This cannot be undone."});
    CHECK(warnings(AllChanges()[8]) == std::vector<std::string>{"This cannot be undone."});
}

TEST_CASE("change: a value of .NET says that it concerns all programs")
{
    SetRegistryValue change{{"HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319", "SchUseStrongCrypto"},
        std::nullopt, RegistryValue::Dword(1), false, {}};
    CHECK(ChangeWarnings(change, BuiltInKnowledge(), Language::kEnglish)
        == std::vector<std::string>{"It concerns every .NET program on this server."});
    change.path.key = "HKLM\\SOFTWARE\\Microsoft\\.NETFrameworkOther";
    CHECK(ChangeWarnings(change, BuiltInKnowledge(), Language::kEnglish).empty());
}

TEST_CASE("repair: why nothing was changed has a sentence and a code")
{
    RepairResult held;
    held.status = RepairStatus::kHeld;
    held.reason = "activity_busy";
    CHECK(ExplainRepair(held, BuiltInKnowledge(), Language::kEnglish)
              .starts_with("A backup or restore is running."));
    CHECK(RepairErrorCode(held) == 170);
    RepairResult guided;
    guided.status = RepairStatus::kGuided;
    CHECK(ExplainRepair(guided, BuiltInKnowledge(), Language::kEnglish) == "");
    CHECK(RepairErrorCode(guided) == 0);
    RepairResult failed;
    failed.status = RepairStatus::kRolledBack;
    failed.error = Failure{code::kTimeout, "StartService"};
    CHECK(RepairErrorCode(failed) == 1460);
}

TEST_CASE("repair: why the journal's folder is not used is said, with the way out where there is one")
{
    RepairResult refused;
    refused.status = RepairStatus::kRefused;
    refused.reason = "journal_unavailable";
    refused.error = Failure{kFolderOpened, "S-1-5-21-1-2-3-1001 may write to it"};
    const std::string english = ExplainRepair(refused, BuiltInKnowledge(), Language::kEnglish);
    CHECK(english.find("--close-folder") != std::string::npos);
    CHECK(english.find("Close the folder again") != std::string::npos);
    CHECK(ExplainRepair(refused, BuiltInKnowledge(), Language::kSpanish).find("Cerrar de nuevo la carpeta")
        != std::string::npos);
}

namespace
{

UndoItem ItemWith(EntryEnd end, UndoStatus status, std::vector<Change> changes = {})
{
    UndoItem item;
    item.entry.name = "r000001";
    item.entry.plan.changes = std::move(changes);
    item.entry.end = end;
    item.status = status;
    return item;
}

std::string StateInJson(const UndoItem& item)
{
    const std::string json = UndoJson({item}, BuiltInKnowledge(), Language::kEnglish);
    return nlohmann::json::parse(json)["entries"][0]["state"];
}

std::string Explained(const UndoItem& item)
{
    return ExplainUndo(item, BuiltInKnowledge(), Language::kEnglish);
}

/// V-6 stopped in the middle.
RepairResult Stopped()
{
    static constexpr RootCause kCause{"credentials.temp_folder_full", "V-6"};
    RepairResult result;
    result.cause = &kCause;
    result.status = RepairStatus::kStopped;
    result.applied = true;
    result.journal = "r000001";
    result.error = Failure{code::kCancelled, "V-6"};
    RepairStep step{DeleteTemporaryFiles{"C:\\Windows\\Temp", 70'000, 0}, StepResult::kFailed, result.error,
        {{"deleted", std::int64_t{32'911}}}, true, false};
    result.steps.push_back(step);
    return result;
}

} // namespace

TEST_CASE("undo: the state of an entry is one word, and what cannot be read is not called interrupted")
{
    CHECK(StateInJson(ItemWith(EntryEnd::kApplied, UndoStatus::kUndoable)) == "applied");
    CHECK(StateInJson(ItemWith(EntryEnd::kUndone, UndoStatus::kUndone)) == "undone");
    CHECK(StateInJson(ItemWith(EntryEnd::kRolledBack, UndoStatus::kUndone)) == "undone");
    CHECK(StateInJson(ItemWith(EntryEnd::kInterrupted, UndoStatus::kUndoable)) == "interrupted");
    CHECK(StateInJson(ItemWith(EntryEnd::kFailed, UndoStatus::kFailed)) == "interrupted");
    CHECK(StateInJson(ItemWith(EntryEnd::kStopped, UndoStatus::kIrreversible)) == "stopped");
    UndoItem item = ItemWith(EntryEnd::kInterrupted, UndoStatus::kFailed);
    item.isUnderWay = true;
    CHECK(StateInJson(item) == "under_way");
    CHECK(Explained(item) == "Another copy of this program is working on it now.");
    item.entry.damage = "unreadable";
    CHECK(StateInJson(item) == "damaged");
    CHECK(Explained(item) == "This record is damaged. It is only shown.");
    item.entry.damage = kNewerEntry;
    item.error = Failure{code::kInvalidData, item.entry.damage};
    CHECK(StateInJson(item) == "newer");
    CHECK(Explained(item) == "This record was written by a newer version of this program. It is only shown.");
    const std::string json = UndoJson({item}, BuiltInKnowledge(), Language::kEnglish);
    const auto entry = nlohmann::json::parse(json)["entries"][0];
    CHECK_FALSE(entry.contains("when"));
    CHECK(entry["error"]["text"] == Explained(item));
    CHECK(UndoText({item}, BuiltInKnowledge(), Language::kEnglish).find("1970") == std::string::npos);
}

TEST_CASE("undo: what is gone is never said to be undone")
{
    const std::vector<Change> deletion{DeleteTemporaryFiles{"C:\\Windows\\Temp", 70'000, 0}};
    UndoItem item = ItemWith(EntryEnd::kInterrupted, UndoStatus::kIrreversible, deletion);
    item.partIsGone = true;
    CHECK(Explained(item)
        == "The repair did not reach its end. What was done of it cannot be undone, and stays. Nothing has "
           "to be "
           "done about it.");
    item.entry.end = EntryEnd::kStopped;
    item.entry.made = 32'911;
    CHECK(Explained(item)
        == "The repair was stopped before its end. 32,911 files had been deleted by then, and cannot be "
           "brought "
           "back. Nothing has to be done about it.");
    item.status = UndoStatus::kUndoable;
    item.entry.end = EntryEnd::kInterrupted;
    CHECK(Explained(item)
        == "The repair did not reach its end. What can be undone of it can be taken back; the rest stays.");
    item.status = UndoStatus::kUndone;
    item.entry.end = EntryEnd::kUndone;
    CHECK(Explained(item) == "What can be undone of it was taken back; the rest stays.");
    item.partIsGone = false;
    CHECK(Explained(item) == "The repair was taken back. Nothing of it remains.");
}

TEST_CASE("undo: nobody tried to undo what could only not be judged")
{
    UndoItem item = ItemWith(EntryEnd::kApplied, UndoStatus::kFailed);
    item.steps.push_back({SetTaskEnabled{"\\Task", true, false}, StepResult::kPending, {}, {}, false, false});
    CHECK(Explained(item) == "The repair was made. It was not undone.");
    item.steps.front().result = StepResult::kFailed;
    CHECK(Explained(item) == "The repair was made. Undoing it failed.");
}

TEST_CASE("repair: a stopped deletion says how far it came, and nothing of a failure or of undo")
{
    const RepairResult stopped = Stopped();
    const Knowledge& knowledge = BuiltInKnowledge();
    CHECK(HowRepairStands(stopped, knowledge, Language::kEnglish)
        == "Stopped. 32,911 files were deleted, 37,089 are left.");
    CHECK(HowRepairStands(stopped, knowledge, Language::kSpanish)
        == "Detenido. Se eliminaron 32.911 archivos y quedan 37.089.");
    CHECK(ExplainRepair(stopped, knowledge, Language::kEnglish) == "Deleted files cannot be brought back.");
    CHECK(StepWords(stopped.steps.front(), knowledge, Language::kEnglish)
        == "It was done in part, and that part cannot be undone.");
    std::string text = RepairText(stopped, knowledge, Language::kEnglish);
    // Lines break where the window ends.
    std::ranges::replace(text, '\n', ' ');
    CHECK(text.find("1223") == std::string::npos);
    CHECK(text.find("take it back") == std::string::npos);
    CHECK(text.find("mars-check repair credentials.temp_folder_full --yes") != std::string::npos);
    const auto json = nlohmann::json::parse(RepairJson(stopped, knowledge, Language::kEnglish));
    CHECK(json["status"] == "stopped");
    CHECK(json["applied"] == true);
    CHECK(json["error"]["code"] == 1223);
}

TEST_CASE("repair: whether it can be undone is said of just these changes: all, some or none")
{
    const Knowledge& knowledge = BuiltInKnowledge();
    const auto how = [&](std::vector<Change> changes) {
        RepairResult result = Stopped();
        result.status = RepairStatus::kApplied;
        result.steps.clear();
        for (const Change& change : changes)
        {
            result.steps.push_back({change, StepResult::kDone, {}, {}, true, true});
        }
        return HowToUndo(result, knowledge, Language::kEnglish);
    };
    const Change setting = SetTaskEnabled{"\\Task", false, true};
    const Change deletion = DeleteTemporaryFiles{"C:\\Windows\\Temp", 7, 0};
    const std::string none = "Recorded as r000001. There is nothing in it that can be undone.";
    CHECK(how({setting, StartService{"obengine"}})
        == "Recorded as r000001. To take it back: mars-check undo r000001 --yes");
    CHECK(how({setting, deletion})
        == "Recorded as r000001. To take back what can be undone of it: mars-check undo r000001 --yes");
    CHECK(how({deletion}) == none);
    CHECK(how({RestartService{"obengine"}}) == none);
    // Nothing of a repair that was rolled back can be undone either.
    RepairResult back = Stopped();
    back.status = RepairStatus::kRolledBack;
    back.steps = {{setting, StepResult::kRolledBack, {}, {}, true, true}};
    CHECK(HowToUndo(back, knowledge, Language::kEnglish) == none);
    back.status = RepairStatus::kFailed;
    back.steps.front().result = StepResult::kRollBackFailed;
    CHECK(HowToUndo(back, knowledge, Language::kEnglish)
        == "Recorded as r000001. To try once more to take it back: mars-check undo r000001 --yes");
}

} // namespace mars::test
