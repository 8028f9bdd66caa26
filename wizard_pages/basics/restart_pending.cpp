// SPDX-License-Identifier: MIT
#include "pending_renames.h"
#include "questions/computer.h"
#include "questions/registry.h"
#include "root_cause.h"

#include <algorithm>

namespace mars::basics
{
namespace
{

constexpr const char* kServicing =
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending";
constexpr const char* kWindowsUpdate =
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired";
constexpr const char* kComputerName = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName";
constexpr const char* kActiveName =
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName";

/// Collects who asks for a restart, and the first question that was not answered.
class Signs
{
public:
    explicit Signs(const MachineView& machine) : m_machine(machine) {}

    void LookForKey(const char* key, const char* sign)
    {
        const auto content = m_machine.Ask(ListRegistryKey{key});
        Note(content, content.HasValue(), sign);
    }

    /// The name at the next start is another one than now.
    void LookForRename()
    {
        const auto next = m_machine.Ask(ReadRegistryValue{{kComputerName, "ComputerName"}});
        const auto now = m_machine.Ask(ReadRegistryValue{{kActiveName, "ComputerName"}});
        const bool differ = next && now && next->AsString() && now->AsString()
            && !EqualsIgnoreCase(*next->AsString(), *now->AsString());
        Note(now, false, "");
        Note(next, differ, "computer_rename");
    }

    /// The lists that Windows works off when it starts; one that asks for something holds more than its
    /// closing zeros.
    void LookForFileRenames()
    {
        bool any = false;
        for (const char* name : kPendingRenameValues)
        {
            const auto files = ReadPendingRenames(m_machine, name);
            any |= files && std::ranges::any_of(files->bytes, [](std::uint8_t byte) { return byte != 0; });
            Note(files, false, "");
        }
        if (any)
        {
            m_found.emplace_back("file_rename");
        }
    }

    const std::vector<std::string>& Found() const
    {
        return m_found;
    }
    const std::optional<Failure>& Unanswered() const
    {
        return m_unanswered;
    }

private:
    template <class T>
    void Note(const Answer<T>& answer, bool found, const char* sign)
    {
        if (answer.HasFailed() && !m_unanswered)
        {
            m_unanswered = answer.Error();
        }
        if (found)
        {
            m_found.emplace_back(sign);
        }
    }

    const MachineView& m_machine;
    std::vector<std::string> m_found;
    std::optional<Failure> m_unanswered;
};

Outcome Detect(const MachineView& machine, const Given&)
{
    Signs signs(machine);
    signs.LookForKey(kServicing, "component_servicing");
    signs.LookForKey(kWindowsUpdate, "windows_update");
    signs.LookForRename();
    const bool serious = !signs.Found().empty();
    signs.LookForFileRenames();

    Facts facts{{"signs", signs.Found()}};
    if (const auto clock = machine.Ask(ReadClock{}))
    {
        facts["started"] = clock->booted;
    }
    if (signs.Found().empty())
    {
        return signs.Unanswered() ? Outcome::CouldNotCheck(*signs.Unanswered(), std::move(facts))
                                  : Outcome::Passed(std::move(facts));
    }
    facts["case"] = serious ? "restart" : "files_only";
    return Outcome::Problem(serious ? Level::kWarning : Level::kAdvice, std::move(facts));
}

} // namespace

const RootCause& RestartPending()
{
    static constexpr RootCause kCause{
        "basics.restart_pending", "B-15", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
