// SPDX-License-Identifier: MIT
#include "change_text.h"

#include "json.h"
#include "test_support.h"

#include <doctest/doctest.h>

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

TEST_CASE("undo: the state of an entry is one of the contract's three words")
{
    CHECK(EntryStateWord(EntryEnd::kApplied) == "applied");
    CHECK(EntryStateWord(EntryEnd::kUndone) == "undone");
    CHECK(EntryStateWord(EntryEnd::kRolledBack) == "undone");
    CHECK(EntryStateWord(EntryEnd::kInterrupted) == "interrupted");
    CHECK(EntryStateWord(EntryEnd::kFailed) == "interrupted");
}

} // namespace mars::test
