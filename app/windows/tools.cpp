// SPDX-License-Identifier: MIT
#include "tools.h"

#include "com.h"
#include "error.h"
#include "file_security.h"
#include "shell.h"
#include "text.h"
#include "wide.h"

#include <algorithm>
#include <array>

namespace mars
{

namespace
{

enum class Place
{
    kSystem,
    kWindows,
};

struct Tool
{
    std::string_view name;
    Place place;
    std::string_view program;
    /// "{system}" stands for the System32 folder.
    std::string_view arguments;
};

// Only names that every supported Windows has, Server 2012 R2 included.
constexpr std::array kTools{
    Tool{"services", Place::kSystem, "mmc.exe", "\"{system}\\services.msc\""},
    Tool{"task_scheduler", Place::kSystem, "mmc.exe", "\"{system}\\taskschd.msc\""},
    Tool{"device_manager", Place::kSystem, "mmc.exe", "\"{system}\\devmgmt.msc\""},
    Tool{"disk_management", Place::kSystem, "mmc.exe", "\"{system}\\diskmgmt.msc\""},
    Tool{"event_viewer", Place::kSystem, "mmc.exe", "\"{system}\\eventvwr.msc\""},
    Tool{"certificates", Place::kSystem, "mmc.exe", "\"{system}\\certlm.msc\""},
    Tool{"firewall", Place::kSystem, "mmc.exe", "\"{system}\\wf.msc\""},
    Tool{"windows_update", Place::kSystem, "control.exe", "/name Microsoft.WindowsUpdate"},
    Tool{"internet_options", Place::kSystem, "control.exe", "\"{system}\\inetcpl.cpl\""},
    Tool{"date_and_time", Place::kSystem, "control.exe", "\"{system}\\timedate.cpl\""},
    Tool{"programs_and_features", Place::kSystem, "control.exe", "\"{system}\\appwiz.cpl\""},
    Tool{"environment_variables", Place::kSystem, "SystemPropertiesAdvanced.exe", ""},
    Tool{"iscsi_initiator", Place::kSystem, "iscsicpl.exe", ""},
    Tool{"registry_editor", Place::kWindows, "regedit.exe", ""},
};

std::string FolderFrom(UINT WINAPI read(LPWSTR, UINT))
{
    std::array<wchar_t, MAX_PATH> buffer{};
    const UINT length = read(buffer.data(), static_cast<UINT>(buffer.size()));
    return length < buffer.size() ? Narrow({buffer.data(), length}) : std::string();
}

std::string SystemFolder()
{
    return FolderFrom(GetSystemDirectoryW);
}

std::string WindowsFolder()
{
    return FolderFrom(GetSystemWindowsDirectoryW);
}

bool IsPlainAbsolute(std::string_view path)
{
    const bool drive = path.size() > 3 && path[1] == ':' && path[2] == '\\';
    return drive && path.find_first_of("\"<>|?*/") == std::string_view::npos
        && std::ranges::none_of(path, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

bool IsThere(const std::string& path, bool folder)
{
    const DWORD attributes = GetFileAttributesW(WidePath(path).c_str());
    return attributes != INVALID_FILE_ATTRIBUTES && ((attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) == folder;
}

/// Chosen in the folder above it: Explorer, which never runs elevated beside a desktop, would offer the
/// person permanent access to a folder that it may not list (KB950934).
Answer<ToolCommand> InExplorer(const std::string& folder)
{
    if (!IsPlainAbsolute(folder) || !IsThere(folder, true))
    {
        return Failure{ERROR_PATH_NOT_FOUND, folder};
    }
    return ToolCommand{JoinPath(WindowsFolder(), "explorer.exe"), "/select,\"" + folder + "\""};
}

Answer<FolderSecurity> ReadSecurityOf(const std::string& path)
{
    const UniqueHandle opened(CreateFileW(WidePath(path).c_str(), READ_CONTROL | FILE_READ_ATTRIBUTES,
        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
        FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
    return opened ? ReadFileSecurity(opened.Get(), path)
                  : Answer<FolderSecurity>(LastFailure("CreateFile", path));
}

/// Everything that leads to the file, the root of its drive first.
Answer<std::vector<FolderSecurity>> ReadChain(const std::string& file)
{
    constexpr std::size_t kRoot = 3;
    std::vector<FolderSecurity> chain;
    for (std::size_t end = kRoot; end != std::string::npos;
         end = end == file.size() ? std::string::npos : std::min(file.find('\\', end + 1), file.size()))
    {
        Answer<FolderSecurity> security = ReadSecurityOf(file.substr(0, end));
        if (!security)
        {
            return security.Error();
        }
        chain.push_back(std::move(*security));
    }
    return chain;
}

/// The agent's console: a snap-in in the agent's folder. It may run with an administrator's rights, so only
/// from where nobody else can put one.
Answer<ToolCommand> AgentConsole(
    const std::string& agentFolder, const std::vector<std::string>& trustedOwners)
{
    const std::string snapIn = JoinPath(JoinPath(agentFolder, "bin"), "wabadmin.msc");
    if (!IsPlainAbsolute(snapIn) || snapIn.find("\\..") != std::string::npos || !IsThere(snapIn, false))
    {
        return Failure{ERROR_FILE_NOT_FOUND, snapIn};
    }
    const std::string programs = ProgramFilesFolder();
    if (programs.empty() || !StartsWithIgnoreCase(snapIn, programs + "\\"))
    {
        const Answer<std::vector<FolderSecurity>> chain = ReadChain(snapIn);
        const Status judged = chain ? JudgeChain(*chain, trustedOwners) : Status(chain.Error());
        if (!judged)
        {
            return judged.Error();
        }
    }
    return ToolCommand{JoinPath(SystemFolder(), "mmc.exe"), "\"" + snapIn + "\""};
}

std::string WithSystemFolder(std::string_view arguments)
{
    constexpr std::string_view kPlace = "{system}";
    std::string text(arguments);
    const std::size_t at = text.find(kPlace);
    return at == std::string::npos ? text : text.replace(at, kPlace.size(), SystemFolder());
}

} // namespace

Answer<ToolCommand> CommandOfTool(std::string_view tool, const ToolFolders& folders)
{
    if (tool == "explorer_temp")
    {
        return InExplorer(JoinPath(WindowsFolder(), "Temp"));
    }
    if (tool == "explorer_scratch")
    {
        return InExplorer(folders.scratch);
    }
    if (tool == "agent_console")
    {
        return AgentConsole(folders.agent, folders.trustedOwners);
    }
    const auto found = std::ranges::find(kTools, tool, &Tool::name);
    if (found == kTools.end())
    {
        return Absent{};
    }
    const std::string folder = found->place == Place::kSystem ? SystemFolder() : WindowsFolder();
    return ToolCommand{JoinPath(folder, found->program), WithSystemFolder(found->arguments)};
}

Status OpenTool(std::string_view tool, const ToolFolders& folders, void* owner)
{
    const auto command = CommandOfTool(tool, folders);
    if (!command)
    {
        return command.HasFailed() ? command.Error() : Failure{code::kNotSupported, std::string(tool)};
    }
    return ShellStart(command->program, command->arguments, false, owner);
}

} // namespace mars
