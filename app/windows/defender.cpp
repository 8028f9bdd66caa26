// SPDX-License-Identifier: MIT
#include "defender.h"

#include "error.h"
#include "questions/protection.h"
#include "windows_changer.h"
#include "wmi.h"

#include <algorithm>

namespace mars
{

namespace
{

constexpr const char* kSpace = "root\\Microsoft\\Windows\\Defender";
constexpr const char* kPreference = "MSFT_MpPreference";
constexpr std::string_view kHidden = "N/A:";

using Rows = std::vector<WmiRow>;

std::vector<std::string> ListIn(const WmiRow& row, const char* property)
{
    return row.Texts(property).value_or(std::vector<std::string>());
}

bool IsHidden(const std::vector<std::string>& list)
{
    return std::ranges::any_of(list, [](const std::string& one) { return one.starts_with(kHidden); });
}

/// Versions without a running mode are passive exactly when their antivirus is not enabled.
bool IsActive(const WmiRow& status, const std::string& mode)
{
    const bool enabled =
        status.Flag("AMServiceEnabled").value_or(false) && status.Flag("AntivirusEnabled").value_or(false);
    return enabled && (mode.empty() || EqualsIgnoreCase(mode, "Normal"));
}

Answer<WmiRow> OnlyRow(const Answer<Rows>& rows, const char* what)
{
    if (rows.HasFailed())
    {
        return rows.Error();
    }
    if (rows.IsAbsent())
    {
        return Absent{};
    }
    return rows->empty() ? Answer<WmiRow>(FailureFrom(code::kNotSupported, what)) : rows->front();
}

Answer<WmiRow> Query(const char* className, const std::vector<std::string>& properties, const Wait& wait)
{
    return OnlyRow(QueryWmi(kSpace, std::string("SELECT * FROM ") + className, properties, wait), className);
}

} // namespace

Answer<DefenderState> AskWindows(const ReadDefender&, const WindowsMachineOptions&, const Wait& wait)
{
    const Answer<WmiRow> status = Query("MSFT_MpComputerStatus",
        {"AMRunningMode", "AMServiceEnabled", "AntivirusEnabled", "RealTimeProtectionEnabled"}, wait);
    if (!status)
    {
        return status.HasFailed() ? Answer<DefenderState>(status.Error()) : Absent{};
    }
    const Answer<WmiRow> preference = Query(kPreference, {"ExclusionPath", "ExclusionProcess"}, wait);
    if (!preference)
    {
        return preference.HasFailed() ? Answer<DefenderState>(preference.Error()) : Absent{};
    }
    DefenderState state;
    state.mode = status->Text("AMRunningMode").value_or("");
    state.active = IsActive(*status, state.mode);
    state.realTimeProtection = status->Flag("RealTimeProtectionEnabled").value_or(false);
    state.excludedPaths = ListIn(*preference, "ExclusionPath");
    state.excludedProcesses = ListIn(*preference, "ExclusionProcess");
    state.exclusionsHidden = IsHidden(state.excludedPaths) || IsHidden(state.excludedProcesses);
    if (state.exclusionsHidden)
    {
        state.excludedPaths.clear();
        state.excludedProcesses.clear();
    }
    return state;
}

Status WindowsChanger::SetDefenderExclusion(
    ExclusionKind kind, const std::string& value, bool excluded, const Wait& wait)
{
    const char* const parameter = kind == ExclusionKind::kPath ? "ExclusionPath" : "ExclusionProcess";
    const WmiCall call{
        kSpace, kPreference, {}, excluded ? "Add" : "Remove", {{parameter, std::vector<std::string>{value}}}};
    return CallWmiMethod(call, wait);
}

} // namespace mars
