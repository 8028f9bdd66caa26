// SPDX-License-Identifier: MIT
#include "texts.h"

#include "reading.h"

#include <wx/intl.h>
#include <wx/translation.h>

#include <array>

namespace mars
{

namespace
{

struct ToolName
{
    std::string_view tool;
    const char* words;
};

constexpr std::array kToolNames{
    ToolName{"services", wxTRANSLATE("Open Services")},
    ToolName{"task_scheduler", wxTRANSLATE("Open Task Scheduler")},
    ToolName{"device_manager", wxTRANSLATE("Open Device Manager")},
    ToolName{"disk_management", wxTRANSLATE("Open Disk Management")},
    ToolName{"event_viewer", wxTRANSLATE("Open Event Viewer")},
    ToolName{"windows_update", wxTRANSLATE("Open Windows Update")},
    ToolName{"internet_options", wxTRANSLATE("Open Internet Options")},
    ToolName{"date_and_time", wxTRANSLATE("Open Date and Time")},
    ToolName{"environment_variables", wxTRANSLATE("Open System Properties")},
    ToolName{"certificates", wxTRANSLATE("Open the computer's certificates")},
    ToolName{"firewall", wxTRANSLATE("Open Windows Firewall")},
    ToolName{"agent_console", wxTRANSLATE("Open the Azure Backup console")},
    ToolName{"registry_editor", wxTRANSLATE("Open Registry Editor")},
    ToolName{"explorer_scratch", wxTRANSLATE("Show the scratch folder")},
    ToolName{"explorer_temp", wxTRANSLATE("Show the Temp folder")},
    ToolName{"programs_and_features", wxTRANSLATE("Open Programs and Features")},
    ToolName{"iscsi_initiator", wxTRANSLATE("Open iSCSI Initiator")},
};

struct VerbOf
{
    wxString operator()(const SetRegistryValue&) const
    {
        return _("&Change the setting");
    }
    wxString operator()(const SetServiceStartType&) const
    {
        return _("&Change the start type");
    }
    wxString operator()(const StartService&) const
    {
        return _("&Start the service");
    }
    wxString operator()(const RestartService&) const
    {
        return _("&Restart the service");
    }
    wxString operator()(const StopService&) const
    {
        return _("&Stop the service");
    }
    wxString operator()(const SetTaskEnabled&) const
    {
        return _("&Switch the task on");
    }
    wxString operator()(const SetTriggerEnabled&) const
    {
        return _("&Switch the trigger on");
    }
    wxString operator()(const SetTaskAccount&) const
    {
        return _("&Change the task's account");
    }
    wxString operator()(const SetTaskOverlap&) const
    {
        return _("&Change the task's setting");
    }
    wxString operator()(const SetSanPolicy&) const
    {
        return _("&Change the setting");
    }
    wxString operator()(const InstallInboxDriver&) const
    {
        return _("&Install the driver");
    }
    wxString operator()(const DeleteTemporaryFiles&) const
    {
        return _("&Delete the temporary files");
    }
    wxString operator()(const CopyFile&) const
    {
        return _("&Copy the file");
    }
    wxString operator()(const DeleteCopy&) const
    {
        return _("&Delete the copy");
    }
    wxString operator()(const StageFile&) const
    {
        return _("&Replace the files");
    }
    wxString operator()(const KeepFile&) const
    {
        return _("&Replace the files");
    }
    wxString operator()(const ReplaceFile&) const
    {
        return _("&Replace the files");
    }
    wxString operator()(const UncompressFolder&) const
    {
        return _("&Uncompress the folder");
    }
    wxString operator()(const AddDefenderExclusion&) const
    {
        return _("&Add the exclusions");
    }
    wxString operator()(const RemoveDefenderExclusion&) const
    {
        return _("&Remove the exclusions");
    }
    wxString operator()(const ResyncClock&) const
    {
        return _("&Set the clock");
    }
    wxString operator()(const SetFirewallRule&) const
    {
        return _("&Switch the rule off");
    }
};

wxString Count(const wxString& sentence, std::size_t count)
{
    return Fill(sentence, count);
}

/// Nothing is said to be well while something else is wrong: a problem that is counted on another page, or
/// one that a page which only borrows does not show.
wxString NoProblemSentence(const SectionSummary& summary)
{
    const std::size_t elsewhere = summary.problemsElsewhere;
    if (elsewhere == 0)
    {
        return _("No problem was found on this page.");
    }
    return summary.onlyBorrows
        ? Count(wxPLURAL("These checks found no problem, but another one did: see the page Result.",
                    "These checks found no problem, but others found {0}: see the page Result.",
                    static_cast<unsigned>(elsewhere)),
            elsewhere)
        : Count(wxPLURAL("One problem that belongs to another page is listed here too.",
                    "{0} problems that belong to other pages are listed here too.",
                    static_cast<unsigned>(elsewhere)),
            elsewhere);
}

} // namespace

wxString ToWx(std::string_view text)
{
    const std::string valid = ToValidUtf8(text);
    return wxString::FromUTF8(valid.data(), valid.size());
}

std::string FromWx(const wxString& text)
{
    const wxScopedCharBuffer utf8 = text.utf8_str();
    return std::string(utf8.data(), utf8.length());
}

wxString Words::State(RowState state) const
{
    switch (state)
    {
    case RowState::kError:
        return Text("level.error");
    case RowState::kWarning:
        return Text("level.warning");
    case RowState::kAdvice:
        return Text("level.advice");
    case RowState::kCouldNotCheck:
        return Text("result.could_not_check");
    case RowState::kManual:
        return Text("result.manual");
    case RowState::kPassed:
        return Text("result.passed");
    case RowState::kNotApplicable:
        return Text("result.not_applicable");
    case RowState::kChecking:
        return _("Checking...");
    case RowState::kWaiting:
        break;
    }
    return _("Not checked");
}

wxString Words::Value(const Answer<Fact>& value) const
{
    if (value)
    {
        return ToWx(ForReading(FormatFact(*value, m_language)));
    }
    return value.HasFailed() ? Code(value.Error().code) : Text("word.none");
}

wxString SummaryWords(const SectionSummary& summary, const Words& words)
{
    switch (summary.state)
    {
    case RowState::kError:
    case RowState::kWarning:
        return Count(wxPLURAL("{0} problem", "{0} problems", static_cast<unsigned>(summary.problems)),
            summary.problems);
    case RowState::kAdvice:
        return Count(
            wxPLURAL("{0} recommendation", "{0} recommendations", static_cast<unsigned>(summary.advice)),
            summary.advice);
    case RowState::kCouldNotCheck:
        // TRANSLATORS: A page of the wizard at a glance; {0} checks could not be done.
        return Count(
            wxPLURAL("{0} not checked", "{0} not checked", static_cast<unsigned>(summary.couldNotCheck)),
            summary.couldNotCheck);
    case RowState::kManual:
    case RowState::kPassed:
        // TRANSLATORS: A page of the wizard at a glance: no problem was found on it.
        return _("In order");
    default:
        return words.State(summary.state);
    }
}

wxString SummarySentence(const SectionSummary& summary)
{
    if (summary.checking > 0)
    {
        const std::size_t done = summary.rows - summary.checking;
        return Fill(_("{0} of {1} checks are done."), done, summary.rows);
    }
    wxString sentence = summary.problems == 0
        ? NoProblemSentence(summary)
        : Count(wxPLURAL("One problem was found on this page.", "{0} problems were found on this page.",
                    static_cast<unsigned>(summary.problems)),
            summary.problems);
    const auto add = [&](const wxString& more, std::size_t count) {
        sentence += count > 0 ? " " + Count(more, count) : "";
    };
    if (!summary.onlyBorrows && summary.problems > 0)
    {
        add(wxPLURAL("One more belongs to another page and is listed here too.",
                "{0} more belong to other pages and are listed here too.",
                static_cast<unsigned>(summary.problemsElsewhere)),
            summary.problemsElsewhere);
    }
    add(wxPLURAL("One check could not be done.", "{0} checks could not be done.",
            static_cast<unsigned>(summary.couldNotCheck)),
        summary.couldNotCheck);
    add(wxPLURAL("One point is for you to judge.", "{0} points are for you to judge.",
            static_cast<unsigned>(summary.manual)),
        summary.manual);
    add(wxPLURAL("One check has not been made.", "{0} checks have not been made.",
            static_cast<unsigned>(summary.waiting)),
        summary.waiting);
    if (summary.notApplicable == summary.rows)
    {
        sentence = _("Nothing on this page applies to this server. Each check says why.");
    }
    return sentence;
}

wxString RestartSentence(const std::vector<const RootCause*>& waiting, const Words& words)
{
    std::string codes;
    for (const RootCause* cause : waiting)
    {
        codes += (codes.empty() ? "" : ", ") + std::string(cause->code);
    }
    return codes.empty() ? wxString() : " " + words.Text("restart.needed", {{"codes", codes}});
}

wxString ToolWords(std::string_view tool)
{
    for (const ToolName& name : kToolNames)
    {
        if (name.tool == tool)
        {
            return wxGetTranslation(name.words);
        }
    }
    return {};
}

wxString ApplyVerb(const std::vector<Change>& changes)
{
    return changes.size() == 1 ? std::visit(VerbOf{}, changes.front()) : _("&Make these changes");
}

} // namespace mars
