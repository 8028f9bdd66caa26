// SPDX-License-Identifier: MIT
//
// Looks into the windows of a running program for the UI tests, as a screen reader's script would: by fixed
// control ids. Reads a command a line from stdin and answers each with lines that end in one of "."; but for
// the last two it changes nothing.
//
//   windows            every visible window of the program: title
//   controls           the front window's visible controls: id, class, "disabled" or "", "focus" or "", text
//   list ID            the lines of a native list: "selected" or "", then the cells
//   modules            the files of the DLLs that the program has loaded
//   close              posts WM_CLOSE to the main window
//   session            asks the main window, as Windows does, whether the session may end: 1 or 0
//
// Fields are separated by tabs; tab, line end and backslash in a text are written \t, \n and \\.

#include <windows.h>

#include <commctrl.h>
#include <tlhelp32.h>

#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

namespace
{

std::string Utf8(const std::wstring& text)
{
    const int size = WideCharToMultiByte(
        CP_UTF8, 0, text.data(), static_cast<int>(text.size()), nullptr, 0, nullptr, nullptr);
    std::string utf8(static_cast<std::size_t>(size), '\0');
    WideCharToMultiByte(
        CP_UTF8, 0, text.data(), static_cast<int>(text.size()), utf8.data(), size, nullptr, nullptr);
    return utf8;
}

std::string Escaped(const std::wstring& text)
{
    std::string out;
    for (const char c : Utf8(text))
    {
        out += c == '\t' ? "\\t"
            : c == '\n'  ? "\\n"
            : c == '\r'  ? ""
            : c == '\\'  ? "\\\\"
                         : std::string(1, c);
    }
    return out;
}

std::wstring TextOf(HWND window)
{
    DWORD_PTR length = 0;
    SendMessageTimeoutW(window, WM_GETTEXTLENGTH, 0, 0, SMTO_ABORTIFHUNG, 5'000, &length);
    std::wstring text(length + 1, L'\0');
    DWORD_PTR copied = 0;
    SendMessageTimeoutW(window, WM_GETTEXT, text.size(), reinterpret_cast<LPARAM>(text.data()),
        SMTO_ABORTIFHUNG, 5'000, &copied);
    text.resize(copied);
    return text;
}

DWORD ProcessOf(const std::wstring& program)
{
    const HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    PROCESSENTRY32W entry{};
    entry.dwSize = sizeof entry;
    DWORD id = 0;
    for (BOOL more = Process32FirstW(snapshot, &entry); more; more = Process32NextW(snapshot, &entry))
    {
        id = lstrcmpiW(entry.szExeFile, program.c_str()) == 0 ? entry.th32ProcessID : id;
    }
    CloseHandle(snapshot);
    return id;
}

struct Search
{
    DWORD process = 0;
    std::vector<HWND> found;
};

/// In the order of the screen, the front one first.
std::vector<HWND> WindowsOf(DWORD process)
{
    Search search{process, {}};
    EnumWindows(
        [](HWND window, LPARAM parameter) -> BOOL {
            auto& into = *reinterpret_cast<Search*>(parameter);
            DWORD owner = 0;
            GetWindowThreadProcessId(window, &owner);
            if (owner == into.process && IsWindowVisible(window))
            {
                into.found.push_back(window);
            }
            return TRUE;
        },
        reinterpret_cast<LPARAM>(&search));
    return search.found;
}

/// A dialog disables the window behind it, so the front one is the first that takes input.
HWND FrontOf(DWORD process)
{
    for (const HWND window : WindowsOf(process))
    {
        if (IsWindowEnabled(window))
        {
            return window;
        }
    }
    return nullptr;
}

/// The window that all others belong to.
HWND MainWindowOf(DWORD process)
{
    for (const HWND window : WindowsOf(process))
    {
        if (GetWindow(window, GW_OWNER) == nullptr)
        {
            return window;
        }
    }
    return nullptr;
}

std::vector<HWND> ControlsOf(HWND front)
{
    std::vector<HWND> controls;
    EnumChildWindows(
        front,
        [](HWND window, LPARAM parameter) -> BOOL {
            if (IsWindowVisible(window))
            {
                reinterpret_cast<std::vector<HWND>*>(parameter)->push_back(window);
            }
            return TRUE;
        },
        reinterpret_cast<LPARAM>(&controls));
    return controls;
}

HWND FocusOf(HWND front)
{
    GUITHREADINFO info{};
    info.cbSize = sizeof info;
    GetGUIThreadInfo(GetWindowThreadProcessId(front, nullptr), &info);
    return info.hwndFocus;
}

void PrintControls(HWND front)
{
    const HWND focus = FocusOf(front);
    for (const HWND control : ControlsOf(front))
    {
        wchar_t name[80] = L"";
        GetClassNameW(control, name, 80);
        std::cout << static_cast<std::int16_t>(GetDlgCtrlID(control)) << '\t' << Escaped(name) << '\t'
                  << (IsWindowEnabled(control) ? "" : "disabled") << '\t' << (control == focus ? "focus" : "")
                  << '\t' << Escaped(TextOf(control)) << '\n';
    }
}

/// Memory of the other process, for messages that take a pointer.
class RemoteMemory
{
public:
    explicit RemoteMemory(HWND window)
    {
        DWORD id = 0;
        GetWindowThreadProcessId(window, &id);
        m_process = OpenProcess(PROCESS_VM_OPERATION | PROCESS_VM_READ | PROCESS_VM_WRITE, FALSE, id);
        m_memory = static_cast<char*>(VirtualAllocEx(m_process, nullptr, kSize, MEM_COMMIT, PAGE_READWRITE));
    }
    ~RemoteMemory()
    {
        VirtualFreeEx(m_process, m_memory, 0, MEM_RELEASE);
        CloseHandle(m_process);
    }
    RemoteMemory(const RemoteMemory&) = delete;
    RemoteMemory& operator=(const RemoteMemory&) = delete;

    std::wstring CellText(HWND list, int line, int column)
    {
        constexpr int kText = 1'024;
        LVITEMW item{};
        item.iSubItem = column;
        item.cchTextMax = kText;
        item.pszText = reinterpret_cast<wchar_t*>(m_memory + sizeof item);
        WriteProcessMemory(m_process, m_memory, &item, sizeof item, nullptr);
        DWORD_PTR length = 0;
        SendMessageTimeoutW(list, LVM_GETITEMTEXTW, static_cast<WPARAM>(line),
            reinterpret_cast<LPARAM>(m_memory), SMTO_ABORTIFHUNG, 5'000, &length);
        std::wstring text(length, L'\0');
        ReadProcessMemory(m_process, m_memory + sizeof item, text.data(), length * sizeof(wchar_t), nullptr);
        return text;
    }

private:
    static constexpr SIZE_T kSize = 8'192;
    HANDLE m_process = nullptr;
    char* m_memory = nullptr;
};

DWORD_PTR Ask(HWND window, UINT message, WPARAM first, LPARAM second)
{
    DWORD_PTR answer = 0;
    SendMessageTimeoutW(window, message, first, second, SMTO_ABORTIFHUNG, 5'000, &answer);
    return answer;
}

void PrintList(HWND front, int id)
{
    for (const HWND control : ControlsOf(front))
    {
        if (static_cast<std::int16_t>(GetDlgCtrlID(control)) != id)
        {
            continue;
        }
        RemoteMemory memory(control);
        const HWND header = reinterpret_cast<HWND>(Ask(control, LVM_GETHEADER, 0, 0));
        const int columns = header == nullptr ? 1 : static_cast<int>(Ask(header, HDM_GETITEMCOUNT, 0, 0));
        const int lines = static_cast<int>(Ask(control, LVM_GETITEMCOUNT, 0, 0));
        for (int line = 0; line < lines; ++line)
        {
            const bool selected =
                Ask(control, LVM_GETITEMSTATE, static_cast<WPARAM>(line), LVIS_SELECTED) != 0;
            std::cout << (selected ? "selected" : "");
            for (int column = 0; column < columns; ++column)
            {
                std::cout << '\t' << Escaped(memory.CellText(control, line, column));
            }
            std::cout << '\n';
        }
    }
}

void PrintModules(DWORD process)
{
    const HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, process);
    MODULEENTRY32W entry{};
    entry.dwSize = sizeof entry;
    for (BOOL more = Module32FirstW(snapshot, &entry); more; more = Module32NextW(snapshot, &entry))
    {
        std::cout << Escaped(entry.szExePath) << '\n';
    }
    CloseHandle(snapshot);
}

} // namespace

int main()
{
    const std::wstring program = L"mars-wizard.exe";
    std::string command;
    while (std::getline(std::cin, command))
    {
        while (!command.empty() && command.back() == '\r')
        {
            command.pop_back();
        }
        const DWORD process = ProcessOf(program);
        const HWND front = process == 0 ? nullptr : FrontOf(process);
        if (command == "windows" && process != 0)
        {
            for (const HWND window : WindowsOf(process))
            {
                std::cout << Escaped(TextOf(window)) << '\n';
            }
        }
        else if (command == "controls" && front != nullptr)
        {
            PrintControls(front);
        }
        else if (command.starts_with("list ") && front != nullptr)
        {
            PrintList(front, std::stoi(command.substr(5)));
        }
        else if (command == "modules" && process != 0)
        {
            PrintModules(process);
        }
        else if (command == "close" && front != nullptr)
        {
            PostMessageW(MainWindowOf(process), WM_CLOSE, 0, 0);
        }
        else if (command == "session" && front != nullptr)
        {
            std::cout << Ask(MainWindowOf(process), WM_QUERYENDSESSION, 0, 0) << '\n';
        }
        std::cout << "." << std::endl;
    }
    return 0;
}
