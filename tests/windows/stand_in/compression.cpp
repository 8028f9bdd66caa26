// SPDX-License-Identifier: MIT

/// Compressed files, which Wine does not have: with_compression.exe loads this library into a program, and
/// the program's calls come here first. Documents: "File Attribute Constants", "FSCTL_SET_COMPRESSION control
/// code (winioctl.h)", "GetCompressedFileSizeW function (fileapi.h)" and "File Compression and
/// Decompression".
///
/// C:\stand-in\compressed.txt names what is compressed, one path a line. Each takes half of its size on the
/// disk.

#include <windows.h>

#include <winioctl.h>

#include <algorithm>
#include <cstddef>
#include <cwctype>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace
{

constexpr const char* kList = "C:\\stand-in\\compressed.txt";

/// What the program would have called.
decltype(&GetFileAttributesExW) getFileAttributesEx = nullptr;
decltype(&FindFirstFileExW) findFirstFileEx = nullptr;
decltype(&FindNextFileW) findNextFile = nullptr;
decltype(&GetFileInformationByHandleEx) getFileInformation = nullptr;
decltype(&GetCompressedFileSizeW) getCompressedFileSize = nullptr;
decltype(&DeviceIoControl) deviceIoControl = nullptr;

std::mutex lock;
/// The folder that a search looks into.
std::map<HANDLE, std::wstring> searches;

/// As the list has it: in small letters, without "\\?\" and without a backslash at the end.
std::wstring Plain(std::wstring path)
{
    if (path.starts_with(L"\\\\?\\"))
        path.erase(0, 4);
    while (path.ends_with(L'\\'))
        path.pop_back();
    std::ranges::transform(
        path, path.begin(), [](wchar_t c) { return static_cast<wchar_t>(std::towlower(c)); });
    return path;
}

std::wstring PathOf(HANDLE file)
{
    wchar_t path[1024] = L"";
    GetFinalPathNameByHandleW(file, path, 1024, 0);
    return Plain(path);
}

std::vector<std::wstring> ReadList()
{
    std::vector<std::wstring> paths;
    std::ifstream file(kList);
    for (std::string line; std::getline(file, line);)
        paths.push_back(Plain(std::wstring(line.begin(), line.end())));
    return paths;
}

bool IsCompressed(const std::wstring& path)
{
    const std::lock_guard guard(lock);
    const auto paths = ReadList();
    return std::ranges::find(paths, path) != paths.end();
}

bool SetCompressed(const std::wstring& path, bool compressed)
{
    const std::lock_guard guard(lock);
    auto paths = ReadList();
    std::erase(paths, path);
    if (compressed)
        paths.push_back(path);
    std::ofstream file(kList);
    for (const std::wstring& one : paths)
        file << std::string(one.begin(), one.end()) << '\n';
    return static_cast<bool>(file.flush());
}

void Mark(DWORD& attributes, const std::wstring& path)
{
    if (IsCompressed(path))
        attributes |= FILE_ATTRIBUTE_COMPRESSED;
}

BOOL WINAPI OwnGetFileAttributesEx(LPCWSTR path, GET_FILEEX_INFO_LEVELS level, LPVOID data)
{
    const BOOL done = getFileAttributesEx(path, level, data);
    if (done)
        Mark(static_cast<WIN32_FILE_ATTRIBUTE_DATA*>(data)->dwFileAttributes, Plain(path));
    return done;
}

HANDLE WINAPI OwnFindFirstFileEx(
    LPCWSTR path, FINDEX_INFO_LEVELS level, LPVOID data, FINDEX_SEARCH_OPS search, LPVOID filter, DWORD flags)
{
    const HANDLE found = findFirstFileEx(path, level, data, search, filter, flags);
    if (found == INVALID_HANDLE_VALUE)
        return found;
    std::wstring folder = Plain(path);
    folder.erase(folder.rfind(L'\\'));
    auto& entry = *static_cast<WIN32_FIND_DATAW*>(data);
    Mark(entry.dwFileAttributes, Plain(folder + L"\\" + entry.cFileName));
    const std::lock_guard guard(lock);
    searches[found] = folder;
    return found;
}

BOOL WINAPI OwnFindNextFile(HANDLE search, LPWIN32_FIND_DATAW entry)
{
    const BOOL done = findNextFile(search, entry);
    if (!done)
        return done;
    std::wstring folder;
    {
        const std::lock_guard guard(lock);
        folder = searches[search];
    }
    Mark(entry->dwFileAttributes, Plain(folder + L"\\" + entry->cFileName));
    return done;
}

void MarkEntries(const std::wstring& folder, std::byte* entries)
{
    for (DWORD next = 1; next != 0; entries += next)
    {
        auto& entry = *reinterpret_cast<FILE_FULL_DIR_INFO*>(entries);
        const std::wstring name(entry.FileName, entry.FileNameLength / sizeof(wchar_t));
        Mark(entry.FileAttributes, Plain(folder + L"\\" + name));
        next = entry.NextEntryOffset;
    }
}

BOOL WINAPI OwnGetFileInformation(HANDLE file, FILE_INFO_BY_HANDLE_CLASS kind, LPVOID data, DWORD size)
{
    const BOOL done = getFileInformation(file, kind, data, size);
    if (done && kind == FileBasicInfo)
        Mark(static_cast<FILE_BASIC_INFO*>(data)->FileAttributes, PathOf(file));
    if (done && (kind == FileFullDirectoryInfo || kind == FileFullDirectoryRestartInfo))
        MarkEntries(PathOf(file), static_cast<std::byte*>(data));
    return done;
}

DWORD WINAPI OwnGetCompressedFileSize(LPCWSTR path, LPDWORD high)
{
    const DWORD low = getCompressedFileSize(path, high);
    return IsCompressed(Plain(path)) && low != INVALID_FILE_SIZE ? low / 2 : low;
}

BOOL WINAPI OwnDeviceIoControl(HANDLE device, DWORD code, LPVOID in, DWORD inSize, LPVOID out, DWORD outSize,
    LPDWORD returned, LPOVERLAPPED overlapped)
{
    if (code != FSCTL_SET_COMPRESSION)
        return deviceIoControl(device, code, in, inSize, out, outSize, returned, overlapped);
    if (in == nullptr || inSize < sizeof(USHORT))
    {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    *returned = 0;
    if (SetCompressed(PathOf(device), *static_cast<USHORT*>(in) != COMPRESSION_FORMAT_NONE))
        return TRUE;
    SetLastError(ERROR_ACCESS_DENIED);
    return FALSE;
}

/// The program's place for the address of an imported function; null where it does not import it.
ULONG_PTR* FindImport(const std::string& wanted)
{
    auto* const base = reinterpret_cast<std::byte*>(GetModuleHandleW(nullptr));
    const auto& dos = *reinterpret_cast<IMAGE_DOS_HEADER*>(base);
    const auto& headers = *reinterpret_cast<IMAGE_NT_HEADERS*>(base + dos.e_lfanew);
    const DWORD imports = headers.OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress;
    for (auto* dll = reinterpret_cast<IMAGE_IMPORT_DESCRIPTOR*>(base + imports); dll->Name != 0; ++dll)
    {
        const auto* name = reinterpret_cast<IMAGE_THUNK_DATA*>(base + dll->OriginalFirstThunk);
        auto* place = reinterpret_cast<IMAGE_THUNK_DATA*>(base + dll->FirstThunk);
        for (; name->u1.AddressOfData != 0; ++name, ++place)
        {
            if (!IMAGE_SNAP_BY_ORDINAL(name->u1.Ordinal)
                && reinterpret_cast<IMAGE_IMPORT_BY_NAME*>(base + name->u1.AddressOfData)->Name == wanted)
                return &place->u1.Function;
        }
    }
    return nullptr;
}

template <class Function>
void Take(const char* name, Function*& original, Function* own)
{
    ULONG_PTR* const place = FindImport(name);
    DWORD before = 0;
    if (place == nullptr || !VirtualProtect(place, sizeof *place, PAGE_READWRITE, &before))
        return;
    original = reinterpret_cast<Function*>(*place);
    *place = reinterpret_cast<ULONG_PTR>(own);
    VirtualProtect(place, sizeof *place, before, &before);
}

} // namespace

extern "C" BOOL WINAPI DllMain(HINSTANCE, DWORD reason, LPVOID)
{
    if (reason == DLL_PROCESS_ATTACH)
    {
        Take("GetFileAttributesExW", getFileAttributesEx, OwnGetFileAttributesEx);
        Take("FindFirstFileExW", findFirstFileEx, OwnFindFirstFileEx);
        Take("FindNextFileW", findNextFile, OwnFindNextFile);
        Take("GetFileInformationByHandleEx", getFileInformation, OwnGetFileInformation);
        Take("GetCompressedFileSizeW", getCompressedFileSize, OwnGetCompressedFileSize);
        Take("DeviceIoControl", deviceIoControl, OwnDeviceIoControl);
    }
    return TRUE;
}
