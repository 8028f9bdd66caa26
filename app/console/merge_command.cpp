// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "commands.h"
#include "fleet.h"
#include "fleet_document.h"
#include "formats.h"
#include "text.h"
#include "wildcard.h"

#include <algorithm>

namespace mars
{

namespace
{

/// ERROR_FILE_NOT_FOUND.
constexpr std::uint32_t kFileNotFound = 2;

bool HasWildcards(std::string_view text)
{
    return text.find_first_of("*?") != std::string_view::npos;
}

/// The files that a name with wildcards means, in the order of their names: the shells of Windows leave that
/// to the program. A name without wildcards is itself.
std::vector<std::string> FilesOf(const std::string& name, const std::string& output, const Console& console)
{
    const std::string_view pattern = FileNameOf(name);
    if (!HasWildcards(pattern))
    {
        return {name};
    }
    const std::string folder = name.substr(0, name.size() - pattern.size());
    std::vector<std::string> files;
    for (const std::string& file : console.host.ListFolder(folder.empty() ? "." : folder))
    {
        // The page that was made the last time is no result.
        const bool isOutput = EqualsIgnoreCase(folder + file, output);
        if (!isOutput && MatchesWildcards(FoldCase(file), FoldCase(pattern)))
        {
            files.push_back(folder + file);
        }
    }
    std::ranges::sort(files);
    return files;
}

void AddFile(const std::string& file, Fleet& fleet, const Console& console)
{
    const auto text = console.host.ReadFile(file, kLargestResult);
    if (text)
    {
        fleet.Add(file, *text);
    }
    else
    {
        fleet.AddFault({file, text.HasFailed() ? text.Error().code : kFileNotFound});
    }
}

std::string Render(const Fleet& fleet, OutputFormat format, const Console& console)
{
    const auto& causes = AllRootCauses();
    if (format == OutputFormat::kJson)
    {
        return FleetJson(fleet, causes, console.knowledge, console.language);
    }
    const auto document = [&](Language language) {
        return FleetDocument(fleet, causes, console.knowledge, language);
    };
    return FormatNamed(WordOf(format)).write(document, console.language);
}

} // namespace

int MergeCommand(const ConsoleOptions& options, const Console& console)
{
    Fleet fleet;
    for (const std::string& name : options.files)
    {
        const auto files = FilesOf(name, options.out, console);
        if (files.empty())
        {
            fleet.AddFault({name, kFileNotFound});
        }
        for (const std::string& file : files)
        {
            AddFile(file, fleet, console);
        }
    }
    if (!console.Deliver(Render(fleet, options.format, console), options.out))
    {
        return exit_code::kWrongUsage;
    }
    return fleet.WithProblems() > 0                     ? exit_code::kProblem
        : fleet.WithGaps() > 0 || !fleet.faults.empty() ? exit_code::kNotDone
                                                        : exit_code::kGood;
}

} // namespace mars
