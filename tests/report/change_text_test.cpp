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

TEST_CASE("undo: the state of an entry is one of the contract's three words")
{
    CHECK(EntryStateWord(EntryEnd::kApplied) == "applied");
    CHECK(EntryStateWord(EntryEnd::kUndone) == "undone");
    CHECK(EntryStateWord(EntryEnd::kRolledBack) == "undone");
    CHECK(EntryStateWord(EntryEnd::kInterrupted) == "interrupted");
    CHECK(EntryStateWord(EntryEnd::kFailed) == "interrupted");
}

} // namespace mars::test
