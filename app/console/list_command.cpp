// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "commands.h"
#include "console_text.h"
#include "json.h"

#include <ostream>

namespace mars
{

int ListCommand(const ConsoleOptions& options, const Console& console)
{
    const auto& causes = AllRootCauses();
    console.out << (options.format == OutputFormat::kJson
            ? ListJson(causes, console.knowledge, console.language)
            : ListText(causes, console.knowledge, console.language));
    return exit_code::kGood;
}

} // namespace mars
