// SPDX-License-Identifier: MIT
#include "console.h"

#if defined(_WIN32)

#include "control_event.h"
#include "file_find.h"
#include "guids.h"
#include "hardening.h"
#include "journal_owners.h"
#include "session_end.h"
#include "whole_file.h"
#include "wide.h"
#include "windows_changer.h"
#include "windows_machine.h"
#include "windows_private_folder.h"

#include <shellapi.h>
#include <shlobj.h>

#include <atomic>
#include <mutex>
#include <ostream>
#include <streambuf>

namespace mars
{

namespace
{

/// Writes UTF-8: to a console as characters, whatever its code page, and to a file or pipe as bytes.
class HandleBuffer : public std::streambuf
{
public:
    explicit HandleBuffer(DWORD standardHandle) : m_handle(GetStdHandle(standardHandle))
    {
        DWORD mode = 0;
        m_console = GetConsoleMode(m_handle, &mode) != 0;
    }
    ~HandleBuffer() override
    {
        sync();
    }
    bool IsConsole() const
    {
        return m_console;
    }

protected:
    int_type overflow(int_type c) override
    {
        if (!traits_type::eq_int_type(c, traits_type::eof()))
        {
            m_pending += traits_type::to_char_type(c);
        }
        return traits_type::not_eof(c);
    }
    std::streamsize xsputn(const char* text, std::streamsize size) override
    {
        m_pending.append(text, static_cast<std::size_t>(size));
        return size;
    }
    int sync() override
    {
        m_console ? WriteCharacters() : WriteBytes();
        m_pending.clear();
        return 0;
    }

private:
    void WriteCharacters() const
    {
        // Older consoles refuse a text that is longer than their buffer.
        constexpr std::size_t kPiece = 8000;
        const std::wstring wide = Wide(m_pending);
        for (std::size_t at = 0; at < wide.size();)
        {
            const std::wstring_view piece = std::wstring_view(wide).substr(at, kPiece);
            DWORD written = 0;
            if (!WriteConsoleW(m_handle, piece.data(), static_cast<DWORD>(piece.size()), &written, nullptr)
                || written == 0)
            {
                return;
            }
            at += written;
        }
    }
    void WriteBytes() const
    {
        for (std::size_t at = 0; at < m_pending.size();)
        {
            DWORD written = 0;
            if (!WriteFile(m_handle, m_pending.data() + at, static_cast<DWORD>(m_pending.size() - at),
                    &written, nullptr)
                || written == 0)
            {
                return;
            }
            at += written;
        }
    }

    HANDLE m_handle;
    bool m_console = false;
    std::string m_pending;
};

std::stop_source& CtrlC()
{
    static std::stop_source source;
    return source;
}

/// How many times this program holds the journal, which it does just as long as it changes something.
std::atomic<int>& Changing()
{
    static std::atomic<int> count;
    return count;
}

static_assert(control_event::kCtrlC == CTRL_C_EVENT && control_event::kBreak == CTRL_BREAK_EVENT
    && control_event::kClose == CTRL_CLOSE_EVENT && control_event::kLogOff == CTRL_LOGOFF_EVENT
    && control_event::kShutDown == CTRL_SHUTDOWN_EVENT);

/// Windows calls it on a thread of its own.
BOOL WINAPI OnControl(DWORD event)
{
    const bool stopWasRequested = !CtrlC().request_stop();
    switch (AnswerControl(event, stopWasRequested, Changing() != 0))
    {
    case ControlAnswer::kGoOn:
        return TRUE;
    case ControlAnswer::kHold:
        // Until the program ends, which it does when its work has ended, or Windows has waited long enough.
        Sleep(INFINITE);
        return TRUE;
    case ControlAnswer::kEnd:
        break;
    }
    // To the next handler: Windows' own, which ends the program.
    return FALSE;
}

class ConsoleJournal final : public WindowsPrivateFolder
{
public:
    ConsoleJournal(std::string path, std::vector<std::string> acceptedOwners, std::string whyHold)
        : WindowsPrivateFolder(std::move(path), std::move(acceptedOwners)), m_whyHold(std::move(whyHold))
    {}

    Answer<std::shared_ptr<void>> Lock() override
    {
        std::call_once(m_watched, [this] { Watch(); });
        ++Changing();
        const std::shared_ptr<void> counted(&Changing(), [](void*) { --Changing(); });
        auto lock = WindowsPrivateFolder::Lock();
        if (!lock)
        {
            return lock;
        }
        return std::shared_ptr<void>(&Changing(), [counted, held = *lock](void*) mutable { held.reset(); });
    }

private:
    void Watch() const
    {
        const auto answer = [] {
            const bool stopWasRequested = !CtrlC().request_stop();
            return AnswerControl(control_event::kShutDown, stopWasRequested, Changing() != 0);
        };
        WatchSessionEnd([answer] { return answer() == ControlAnswer::kEnd; },
            [answer] {
                if (answer() == ControlAnswer::kHold)
                {
                    Sleep(INFINITE);
                }
            },
            m_whyHold);
    }

    std::string m_whyHold;
    std::once_flag m_watched;
};

std::string PrivateFolderPath()
{
    PWSTR path = nullptr;
    const HRESULT found = SHGetKnownFolderPath(guid::kProgramData, 0, nullptr, &path);
    const std::string folder = SUCCEEDED(found) ? Narrow(path) : std::string();
    CoTaskMemFree(path);
    return folder.empty() ? std::string() : JoinPath(folder, "MARS Wizard");
}

class ThisComputer : public ConsoleMachine
{
public:
    explicit ThisComputer(bool showsProgress) : m_showsProgress(showsProgress) {}

    std::shared_ptr<const Machine> LiveMachine() override
    {
        return MakeWindowsMachine();
    }
    std::shared_ptr<MachineChanger> Changer() override
    {
        return std::make_shared<WindowsChanger>(PrivateFolderPath(), JournalOwners());
    }
    std::shared_ptr<PrivateFolder> JournalFolder() override
    {
        return std::make_shared<ConsoleJournal>(PrivateFolderPath(), JournalOwners(),
            BuiltInKnowledge().Text("console.holds_session", SystemLanguage()));
    }
    bool ShowsProgress() const override
    {
        return m_showsProgress;
    }
    Language SystemLanguage() const override
    {
        return PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_SPANISH ? Language::kSpanish
                                                                         : Language::kEnglish;
    }
    std::stop_token Stop() const override
    {
        return CtrlC().get_token();
    }

    Answer<std::string> ReadFile(const std::string& path, std::size_t limit) override
    {
        return ReadWholeFile(path, limit);
    }
    std::vector<std::string> ListFolder(const std::string& folder) override
    {
        std::vector<std::string> names;
        const auto visited = VisitFolder(folder, [&](const WIN32_FIND_DATAW& found) {
            if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
            {
                names.push_back(Narrow(found.cFileName));
            }
            return true;
        });
        return visited ? names : std::vector<std::string>();
    }
    Status WriteFile(const std::string& path, std::string_view bytes) override
    {
        return WriteWholeFile(path, bytes);
    }

    std::string AbsolutePath(const std::string& path) override
    {
        const std::wstring wide = Wide(path);
        std::wstring full(GetFullPathNameW(wide.c_str(), 0, nullptr, nullptr), L'\0');
        const DWORD length =
            GetFullPathNameW(wide.c_str(), static_cast<DWORD>(full.size()), full.data(), nullptr);
        full.resize(length);
        return length == 0 ? path : Narrow(full);
    }

private:
    bool m_showsProgress;
};

std::vector<std::string> Arguments()
{
    int count = 0;
    const UniqueLocal<LPWSTR> words(CommandLineToArgvW(GetCommandLineW(), &count));
    std::vector<std::string> arguments;
    for (int i = 1; words && i < count; ++i)
    {
        arguments.push_back(Narrow(words.get()[i]));
    }
    return arguments;
}

int Main()
{
    SetConsoleCtrlHandler(OnControl, TRUE);
    HandleBuffer outBuffer(STD_OUTPUT_HANDLE);
    HandleBuffer errBuffer(STD_ERROR_HANDLE);
    std::ostream out(&outBuffer);
    std::ostream err(&errBuffer);
    ThisComputer host(errBuffer.IsConsole());
    return RunConsole(Arguments(), host, out, err);
}

} // namespace

} // namespace mars

int wmain()
{
    mars::HardenProcess(mars::ProgramKind::kConsole);
    const int code = mars::Main();
    // A thread that waits for a call which cannot be cancelled must not hold the program; nor must a DLL of
    // others that such a thread was in, whose lock ExitProcess would wait for.
    TerminateProcess(GetCurrentProcess(), static_cast<UINT>(code));
    return code;
}

#else

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <unistd.h>

namespace mars
{

namespace
{

/// A computer without an agent: it can only look at recordings.
class OtherComputer : public ConsoleMachine
{
public:
    std::shared_ptr<const Machine> LiveMachine() override
    {
        return nullptr;
    }
    std::shared_ptr<MachineChanger> Changer() override
    {
        return nullptr;
    }
    std::shared_ptr<PrivateFolder> JournalFolder() override
    {
        return nullptr;
    }
    bool ShowsProgress() const override
    {
        return isatty(STDERR_FILENO) != 0;
    }
    Language SystemLanguage() const override
    {
        for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        {
            const char* value = std::getenv(name);
            if (value != nullptr && *value != '\0')
            {
                return std::string_view(value).starts_with("es") ? Language::kSpanish : Language::kEnglish;
            }
        }
        return Language::kEnglish;
    }
    std::stop_token Stop() const override
    {
        return {};
    }

    Answer<std::string> ReadFile(const std::string& path, std::size_t limit) override
    {
        std::error_code error;
        if (!std::filesystem::is_regular_file(path, error))
        {
            return Absent{};
        }
        const std::uintmax_t size = std::filesystem::file_size(path, error);
        if (!error && size > limit)
        {
            return Failure{code::kInvalidData, path};
        }
        std::ifstream file(path, std::ios::binary);
        std::string bytes(error ? 0 : static_cast<std::size_t>(size), '\0');
        file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        if (error || (!file.eof() && !file))
        {
            return Failure{code::kAccessDenied, path};
        }
        bytes.resize(static_cast<std::size_t>(file.gcount()));
        return bytes;
    }
    std::vector<std::string> ListFolder(const std::string& folder) override
    {
        std::error_code error;
        std::vector<std::string> names;
        for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error))
        {
            names.push_back(entry->path().filename().string());
        }
        return names;
    }
    Status WriteFile(const std::string& path, std::string_view bytes) override
    {
        std::ofstream file(path, std::ios::binary);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        file.close();
        return file ? Status::Done() : Status(Failure{code::kAccessDenied, path});
    }
    std::string AbsolutePath(const std::string& path) override
    {
        return std::filesystem::absolute(path).string();
    }
};

} // namespace

} // namespace mars

int main(int argc, char** argv)
{
    mars::OtherComputer host;
    const int code = mars::RunConsole(
        std::vector<std::string>(argv + std::min(argc, 1), argv + argc), host, std::cout, std::cerr);
    std::cout.flush();
    std::cerr.flush();
    // As on Windows: a thread that is still waiting must not hold the program.
    _Exit(code);
}

#endif
