// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"
#include "run_report.h"

#include <string>
#include <utility>
#include <vector>

namespace mars
{

/// A label and what it says; for facts the label is the fact's own name.
using LabelledText = std::pair<std::string, std::string>;

struct ReportRow
{
    const ReportedCheck* check = nullptr;
    /// "Error", "Passed": one word or two.
    std::string result;
    /// What was found in one line: the problem's title, or what it means that the check passed.
    std::string headline;
    /// Who has to act next; empty: nobody.
    std::string turn;
    EntryText text;
    std::vector<LabelledText> facts;

    const RootCause& Cause() const
    {
        return *check->result.cause;
    }
};

/// A repair that was made.
struct ReportedChange
{
    /// What was repaired, when and by whom.
    std::string title;
    /// Where it was done from, and with which version.
    std::string context;
    /// Each change: the object, what it was and what it is.
    std::vector<std::string> changes;
    /// Whether it is still so, and whether it can be taken back.
    std::string state;
    /// How; empty where it cannot be.
    std::string undo;
};

/// A check that was made again after a repair.
struct ReportedDifference
{
    const RootCause* cause = nullptr;
    std::string headline;
    std::string atFirst;
    std::string now;
};

/// A step of the plan that was run.
struct ReportedStep
{
    const RootCause* cause = nullptr;
    std::string result;
    std::string headline;
    /// Plain text; may be empty.
    std::string note;
};

struct ReportGroup
{
    std::string heading;
    std::vector<ReportRow> rows;
};

/// A run in one language, in the order in which people read it: the answer, what is wrong, the rest. The
/// console text, HTML and Markdown only lay it out.
struct ReportContent
{
    std::string title;
    /// Which computer, when, and how it was taken.
    std::vector<std::string> about;
    /// One or more sentences: what came out.
    std::string answer;
    /// Who has to act, and on which steps: "You: follow the steps", "B-1, S-4".
    std::vector<LabelledText> turns;
    /// In its order; empty where no plan was run.
    std::vector<ReportedStep> plan;
    /// Told in full: problems (the worst first), what could not be checked, what only a person can tell, what
    /// was begun and is not finished.
    /// Never empty ones.
    std::vector<ReportGroup> groups;
    /// What is otherwise now than when it was first looked at.
    std::vector<ReportedDifference> beforeAfter;
    /// Newest first.
    std::vector<ReportedChange> changes;
    /// One line that says why `changes` is not known; empty where it is.
    std::string changesUnknown;
    /// What the server wrote down itself, one error a line; empty where it was not asked.
    std::vector<std::string> records;
    std::vector<LabelledText> serverFacts;
    /// One line for each check, in the order of the catalogue.
    std::vector<ReportRow> all;
    /// The result as a code to be read out, in a sentence; empty where there is none.
    std::string code;
    std::string madeBy;
};

/// The content points into `report`.
ReportContent MakeReportContent(const RunReport& report, const Knowledge& knowledge, Language language);

/// The result in a word: the level of a problem, else the kind.
std::string ResultWord(const Outcome& outcome, const Knowledge& knowledge, Language language);

/// Text from a machine for a screen or a report: valid UTF-8 in which nothing steers a terminal or turns the
/// line around.
std::string ForReading(std::string_view text);

} // namespace mars
