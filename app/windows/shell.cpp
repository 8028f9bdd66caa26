// SPDX-License-Identifier: MIT
#include "shell.h"

#include "com.h"
#include "computer.h"
#include "elevation_path.h"
#include "error.h"
#include "guids.h"
#include "questions/services.h"
#include "system_call.h"
#include "text.h"
#include "wide.h"

#include <array>

#include <exdisp.h>
#include <servprov.h>
#include <shellapi.h>
#include <shldisp.h>
#include <shlobj.h>
#include <winnetwk.h>

namespace mars
{

namespace
{

/// The shell wants an apartment of its own kind.
class ShellApartment
{
public:
    ShellApartment()
        : m_entered(SUCCEEDED(CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE)))
    {}
    ~ShellApartment()
    {
        if (m_entered)
        {
            CoUninitialize();
        }
    }
    ShellApartment(const ShellApartment&) = delete;
    ShellApartment& operator=(const ShellApartment&) = delete;

private:
    bool m_entered;
};

Status ExecuteVerb(
    const wchar_t* verb, const std::string& file, const std::string& arguments, void* owner = nullptr)
{
    const ShellApartment apartment;
    const std::wstring wideFile = Wide(file);
    const std::wstring wideArguments = Wide(arguments);
    // Not the folder that this program was started in, perhaps one of downloads: what is started would look
    // there for what it loads.
    std::array<wchar_t, MAX_PATH> folder{};
    const UINT length = GetSystemDirectoryW(folder.data(), static_cast<UINT>(folder.size()));
    SHELLEXECUTEINFOW info{};
    info.cbSize = sizeof info;
    // The thread ends right after; without NOASYNC it might do so before the start.
    info.fMask = SEE_MASK_NOASYNC | SEE_MASK_FLAG_NO_UI;
    info.hwnd = static_cast<HWND>(owner);
    info.lpVerb = verb;
    info.lpFile = wideFile.c_str();
    info.lpParameters = wideArguments.empty() ? nullptr : wideArguments.c_str();
    info.lpDirectory = length != 0 && length < folder.size() ? folder.data() : nullptr;
    info.nShow = SW_SHOWNORMAL;
    if (!ShellExecuteExW(&info))
    {
        return LastFailure("ShellExecuteEx", file);
    }
    return Status::Done();
}

/// The automation object of the desktop, which lives in the Explorer of the person who is signed in.
HRESULT FindDesktop(ComPtr<IShellDispatch2>& desktop)
{
    ComPtr<IShellWindows> windows;
    HRESULT result = CoCreateInstance(CLSID_ShellWindows, nullptr, CLSCTX_LOCAL_SERVER, IID_IShellWindows,
        reinterpret_cast<void**>(windows.Receive()));
    if (FAILED(result))
    {
        return result;
    }
    VARIANT place{};
    place.vt = VT_I4;
    place.lVal = CSIDL_DESKTOP;
    VARIANT none{};
    long window = 0;
    ComPtr<IDispatch> dispatch;
    result =
        windows->FindWindowSW(&place, &none, SWC_DESKTOP, &window, SWFO_NEEDDISPATCH, dispatch.Receive());
    if (result != S_OK || !dispatch)
    {
        return FAILED(result) ? result : E_NOINTERFACE;
    }
    ComPtr<IServiceProvider> provider;
    ComPtr<IShellBrowser> browser;
    ComPtr<IShellView> view;
    ComPtr<IDispatch> background;
    ComPtr<IShellFolderViewDual> folderView;
    ComPtr<IDispatch> application;
    const auto then = [&](auto&& step) {
        if (SUCCEEDED(result))
        {
            result = step();
        }
    };
    then([&] {
        return dispatch->QueryInterface(IID_IServiceProvider, reinterpret_cast<void**>(provider.Receive()));
    });
    then([&] {
        return provider->QueryService(
            guid::kTopLevelBrowser, IID_IShellBrowser, reinterpret_cast<void**>(browser.Receive()));
    });
    then([&] { return browser->QueryActiveShellView(view.Receive()); });
    then([&] {
        return view->GetItemObject(
            SVGIO_BACKGROUND, IID_IDispatch, reinterpret_cast<void**>(background.Receive()));
    });
    then([&] {
        return background->QueryInterface(
            IID_IShellFolderViewDual, reinterpret_cast<void**>(folderView.Receive()));
    });
    then([&] { return folderView->get_Application(application.Receive()); });
    then([&] {
        return application->QueryInterface(IID_IShellDispatch2, reinterpret_cast<void**>(desktop.Receive()));
    });
    return result;
}

std::string KnownFolderPath(const GUID& id)
{
    wchar_t* path = nullptr;
    const HRESULT found = SHGetKnownFolderPath(id, KF_FLAG_DONT_VERIFY, nullptr, &path);
    const std::string folder = SUCCEEDED(found) ? Narrow(path) : std::string();
    CoTaskMemFree(path);
    return folder;
}

/// See DriveTarget.
std::optional<std::string> TargetOfDrive(const std::string& drive)
{
    constexpr std::string_view kDosPrefix = "\\??\\";
    constexpr std::string_view kShare = "UNC\\";
    const std::wstring letter = Wide(drive);
    std::array<wchar_t, 1'024> text{};
    if (QueryDosDeviceW(letter.c_str(), text.data(), static_cast<DWORD>(text.size())) != 0)
    {
        const std::string device = Narrow(text.data());
        if (device.starts_with(kDosPrefix))
        {
            const std::string target = device.substr(kDosPrefix.size());
            return target.starts_with(kShare) ? "\\\\" + target.substr(kShare.size()) : target;
        }
    }
    const SystemCall<DWORD(LPCWSTR, LPWSTR, LPDWORD)> getConnection(
        LoadSystemDll(L"mpr.dll"), "WNetGetConnectionW");
    DWORD size = static_cast<DWORD>(text.size());
    const bool mapped = getConnection && getConnection(letter.c_str(), text.data(), &size) == NO_ERROR;
    return mapped ? std::optional(Narrow(text.data())) : std::nullopt;
}

Status OpenByDesktop(const std::string& url)
{
    const ShellApartment apartment;
    ComPtr<IShellDispatch2> desktop;
    HRESULT result = FindDesktop(desktop);
    if (SUCCEEDED(result))
    {
        const Bstr address(url);
        const Variant none;
        // The browser belongs to another process, which may come to the front only if this one lets it.
        AllowSetForegroundWindow(ASFW_ANY);
        result = desktop->ShellExecute(address.Get(), none.Get(), none.Get(), none.Get(), none.Get());
    }
    if (FAILED(result))
    {
        return FailureFrom(static_cast<std::uint32_t>(result), "IShellDispatch2::ShellExecute", url);
    }
    return Status::Done();
}

} // namespace

Status ShellStart(const std::string& program, const std::string& arguments, bool asAdministrator, void* owner)
{
    return ExecuteVerb(asAdministrator ? L"runas" : L"open", program, arguments, owner);
}

Status RestartAsAdministrator(const std::string& arguments, void* owner)
{
    std::wstring path(32'768, L'\0');
    const DWORD length = GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size()));
    if (length == 0 || length >= path.size())
    {
        return LastFailure("GetModuleFileName");
    }
    path.resize(length);
    return ShellStart(ForElevatedCopy(Narrow(path)), arguments, true, owner);
}

Status OpenAddress(const std::string& url)
{
    if (!url.starts_with("https://"))
    {
        return Failure{code::kInvalidData, url};
    }
    return HasElevatedToken() ? OpenByDesktop(url) : ExecuteVerb(L"open", url, {});
}

std::string ForElevatedCopy(const std::string& path)
{
    return PathForElevation(path, TargetOfDrive);
}

std::string ProgramFilesFolder()
{
    return KnownFolderPath(guid::kProgramFiles);
}

std::string ProgramDataFolder()
{
    return KnownFolderPath(guid::kProgramData);
}

} // namespace mars
