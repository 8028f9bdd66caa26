// SPDX-License-Identifier: MIT
#include "option_table.h"

#include <array>

namespace mars
{

namespace
{

using enum Command;

template <auto Member>
OptionTarget Of(ConsoleOptions& options, TypedOptions&)
{
    return &(options.*Member);
}

template <auto Member>
OptionTarget OfGiven(ConsoleOptions& options, TypedOptions&)
{
    return &(options.given.*Member);
}

template <auto Member>
OptionTarget OfTyped(ConsoleOptions&, TypedOptions& typed)
{
    return &(typed.*Member);
}

const std::vector<Command> kAll{kRun, kList, kExplain, kRepair, kUndo, kCapture, kMerge, kPlan};
/// Those that ask a computer.
const std::vector<Command> kAsking{kRun, kRepair, kCapture};

} // namespace

bool OptionSpec::IsRepeated() const
{
    ConsoleOptions options;
    TypedOptions typed;
    return target != nullptr && std::holds_alternative<std::vector<std::string>*>(target(options, typed));
}

std::span<const CommandSpec> ConsoleCommands()
{
    static constexpr std::array kCommands{
        CommandSpec{"run", kRun, "help.run"},
        CommandSpec{"list", kList, "help.list"},
        CommandSpec{"explain", kExplain, "help.explain"},
        CommandSpec{"repair", kRepair, "help.repair"},
        CommandSpec{"undo", kUndo, "help.undo"},
        CommandSpec{"capture", kCapture, "help.capture"},
        CommandSpec{"merge", kMerge, "help.merge"},
        CommandSpec{"plan", kPlan, "help.plan"},
    };
    return kCommands;
}

std::span<const OptionSpec> ConsoleOptionTable()
{
    using Options = ConsoleOptions;
    using GivenTo = GivenOptions;
    using Raw = TypedOptions;
    static const std::vector<OptionSpec> table{
        {"ID | CODE | NUMBER | \"TEXT\"", "", "", {kExplain}, nullptr},
        {"ID", "", "", {kRepair}, Of<&Options::subject>, OptionGroup::kOwn, {kRepair}},
        {"ID", "", "", {kPlan}, Of<&Options::steps>, OptionGroup::kOwn, {kPlan}},
        {"FILE", "", "", {kMerge}, Of<&Options::files>, OptionGroup::kOwn, {kMerge}},
        {"ENTRY", "", "", {kUndo}, Of<&Options::subject>},
        {"--format", "text|json", "help.format", kAll, OfTyped<&Raw::format>, OptionGroup::kCommon},
        {"--lang", "en|es", "help.lang", kAll, OfTyped<&Raw::language>, OptionGroup::kCommon},
        {"--section", "ID", "help.section", {kRun}, Of<&Options::sections>},
        {"--check", "ID", "help.check", {kRun}, Of<&Options::checks>},
        {"--symptom", "TEXT", "help.symptom", {kRun}, Of<&Options::symptom>},
        {"--plan", "FILE", "help.plan_file", {kRun}, Of<&Options::plan>},
        {"--note", "ID=TEXT", "help.note", {kPlan}, Of<&Options::notes>},
        {"--records", "", "help.records", {kExplain}, Of<&Options::records>},
        {"--dry-run", "", "help.dry_run", {kRepair}, OfTyped<&Raw::dryRun>},
        {"--all", "", "help.all", {kUndo}, Of<&Options::all>},
        {"--list", "", "help.undo_list", {kUndo}, OfTyped<&Raw::list>},
        {"--close-folder", "", "help.close_folder", {kUndo}, Of<&Options::closeFolder>},
        {"--yes", "", "help.yes", {kRepair, kUndo}, Of<&Options::yes>},
        {"--from", "FOLDER", "help.from", {kRepair}, Of<&Options::from>},
        {"--choose", "NAME", "help.choose", {kRepair}, Of<&Options::choice>},
        {"--even-if-busy-unknown", "", "help.even_if_busy_unknown", {kRepair},
            Of<&Options::evenIfBusyUnknown>},
        {"--no-redact", "", "help.no_redact", {kCapture}, OfTyped<&Raw::noRedact>},
        {"--out", "FILE", "help.out", {kRun, kCapture, kMerge, kPlan}, Of<&Options::out>, OptionGroup::kOwn,
            {kCapture}},
        {"--timeout", "SECONDS", "help.timeout", {kRun}, OfTyped<&Raw::timeout>},
        {"--machine", "RECORDING", "help.machine", {kRun, kExplain, kRepair, kUndo, kCapture},
            Of<&Options::machine>},
        {"--credentials", "FILE", "help.credentials", kAsking, OfGiven<&GivenTo::credentials>,
            OptionGroup::kGiven},
        {"--cloud", "public|usgov|china", "help.cloud", kAsking, OfTyped<&Raw::cloud>, OptionGroup::kGiven},
        {"--offline", "", "help.offline", kAsking, OfGiven<&GivenTo::offline>, OptionGroup::kGiven},
        {"--data-size", "GB", "help.data_size", kAsking, OfTyped<&Raw::dataSize>, OptionGroup::kGiven},
        {"--offline-seeding", "", "help.offline_seeding", kAsking, OfGiven<&GivenTo::offlineSeeding>,
            OptionGroup::kGiven},
        {"--agent-proxy", "HOST:PORT|none", "help.agent_proxy", kAsking, OfGiven<&GivenTo::agentProxy>,
            OptionGroup::kGiven},
    };
    return table;
}

} // namespace mars
