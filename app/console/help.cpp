// SPDX-License-Identifier: MIT
#include "commands.h"
#include "version.h"
#include "wrap.h"

#include <fmt/format.h>

#include <array>

namespace mars
{

namespace
{

/// The same in every language: what is typed.
constexpr std::string_view kUsage =
    R"(mars-check run      [--section ID]... [--check ID]... [--symptom TEXT]
                    [--plan FILE] [GIVEN] [--out FILE] [--timeout SECONDS]
                    [--machine RECORDING]
mars-check list
mars-check explain  ID | CODE | NUMBER | "TEXT"
mars-check explain  --records [--machine RECORDING]
mars-check repair   ID [--dry-run] [--yes] [--from FOLDER] [--choose NAME]
                    [--even-if-busy-unknown] [GIVEN] [--machine RECORDING]
mars-check undo     [ID | ENTRY | --all] [--list] [--yes]
mars-check undo     --close-folder [--yes]
mars-check capture  --out FILE [--no-redact] [GIVEN]
mars-check merge    FILE... [--out FILE]
mars-check plan     ID... [--note ID=TEXT]... [--out FILE]

GIVEN: [--credentials FILE] [--cloud public|usgov|china] [--offline]
       [--data-size GB] [--offline-seeding] [--agent-proxy HOST:PORT|none]
)";

struct Described
{
    std::string_view what;
    const char* textId;
};

constexpr std::array kCommands{
    Described{"run", "help.run"},
    Described{"list", "help.list"},
    Described{"explain", "help.explain"},
    Described{"repair", "help.repair"},
    Described{"undo", "help.undo"},
    Described{"capture", "help.capture"},
    Described{"merge", "help.merge"},
    Described{"plan", "help.plan"},
};

constexpr std::array kOptions{
    Described{"--format text|json", "help.format"},
    Described{"--lang en|es", "help.lang"},
    Described{"--section ID", "help.section"},
    Described{"--check ID", "help.check"},
    Described{"--symptom TEXT", "help.symptom"},
    Described{"--plan FILE", "help.plan_file"},
    Described{"--note ID=TEXT", "help.note"},
    Described{"--records", "help.records"},
    Described{"--out FILE", "help.out"},
    Described{"--timeout SECONDS", "help.timeout"},
    Described{"--machine RECORDING", "help.machine"},
    Described{"--credentials FILE", "help.credentials"},
    Described{"--cloud NAME", "help.cloud"},
    Described{"--offline", "help.offline"},
    Described{"--data-size GB", "help.data_size"},
    Described{"--offline-seeding", "help.offline_seeding"},
    Described{"--agent-proxy HOST:PORT", "help.agent_proxy"},
    Described{"--dry-run", "help.dry_run"},
    Described{"--yes", "help.yes"},
    Described{"--even-if-busy-unknown", "help.even_if_busy_unknown"},
    Described{"--all", "help.all"},
    Described{"--no-redact", "help.no_redact"},
};

constexpr std::array kExitCodes{
    Described{"0", "help.exit_0"},
    Described{"1", "help.exit_1"},
    Described{"2", "help.exit_2"},
    Described{"3", "help.exit_3"},
};

template <std::size_t Count>
std::string Table(const std::array<Described, Count>& rows, std::size_t width, const Knowledge& knowledge,
    Language language)
{
    std::string text;
    for (const Described& row : rows)
    {
        text += Wrap(knowledge.Text(row.textId, language), fmt::format("  {:<{}}  ", row.what, width));
    }
    return text;
}

} // namespace

std::string HelpText(const Knowledge& knowledge, Language language)
{
    return fmt::format("mars-check {}\n{}\n{}\n{}\n{}\n{}\n{}", kToolVersion,
        Wrap(knowledge.Text("help.purpose", language)), kUsage, Table(kCommands, 7, knowledge, language),
        Table(kOptions, 23, knowledge, language), Wrap(knowledge.Text("help.exit_codes", language)),
        Table(kExitCodes, 1, knowledge, language));
}

} // namespace mars
