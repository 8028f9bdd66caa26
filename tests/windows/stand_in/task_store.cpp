// SPDX-License-Identifier: MIT
#include "task_store.h"

#include <pugixml.hpp>

#include <windows.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>

namespace fs = std::filesystem;

namespace stand_in
{
namespace
{

constexpr std::string_view kUtf16Mark = "\xFF\xFE";
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

fs::path System32()
{
    wchar_t folder[MAX_PATH] = L"";
    GetSystemDirectoryW(folder, MAX_PATH);
    return folder;
}

fs::path Below(const fs::path& root, std::wstring_view path)
{
    while (path.starts_with(L'\\'))
        path.remove_prefix(1);
    return root / path;
}

template <typename Predicate>
std::vector<std::wstring> Names(const fs::path& folder, Predicate wanted)
{
    std::vector<std::wstring> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
    {
        if (wanted(entry))
            names.push_back(entry.path().filename().wstring());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::wstring FromUtf8(std::string_view text)
{
    const int size = static_cast<int>(text.size());
    std::wstring wide(
        static_cast<std::size_t>(MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0)), 0);
    MultiByteToWideChar(CP_UTF8, 0, text.data(), size, wide.data(), static_cast<int>(wide.size()));
    return wide;
}

/// A reader never sees half a file: the new one takes the old one's place in one step.
bool Replace(const fs::path& file, const fs::path& scratch, std::string_view bytes)
{
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    fs::create_directories(scratch.parent_path(), error);
    std::ofstream stream(scratch, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    return stream && MoveFileExW(scratch.c_str(), file.c_str(), MOVEFILE_REPLACE_EXISTING) != 0;
}

struct StringWriter final : pugi::xml_writer
{
    std::string text;
    void write(const void* data, std::size_t size) override
    {
        text.append(static_cast<const char*>(data), size);
    }
};

} // namespace

TaskStore::TaskStore() : m_tasks(System32() / L"tasks"), m_states(System32() / L"tasks.state") {}

bool TaskStore::HasFolder(const std::wstring& path) const
{
    std::error_code error;
    return fs::is_directory(Below(m_tasks, path), error);
}

bool TaskStore::HasTask(const std::wstring& path) const
{
    std::error_code error;
    return fs::is_regular_file(Below(m_tasks, path), error);
}

std::vector<std::wstring> TaskStore::FolderNames(const std::wstring& path) const
{
    return Names(Below(m_tasks, path), [](const fs::directory_entry& entry) { return entry.is_directory(); });
}

std::vector<std::wstring> TaskStore::TaskNames(const std::wstring& path) const
{
    return Names(
        Below(m_tasks, path), [](const fs::directory_entry& entry) { return entry.is_regular_file(); });
}

bool TaskStore::CreateFolder(const std::wstring& path) const
{
    std::error_code error;
    return fs::create_directories(Below(m_tasks, path), error);
}

bool TaskStore::DeleteFolder(const std::wstring& path) const
{
    std::error_code error;
    return fs::remove(Below(m_tasks, path), error);
}

std::wstring TaskStore::ReadXml(const std::wstring& path) const
{
    std::ifstream stream(Below(m_tasks, path), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(stream), {});
    std::string_view rest = bytes;
    if (rest.starts_with(kUtf16Mark))
    {
        rest.remove_prefix(kUtf16Mark.size());
        std::wstring text(rest.size() / sizeof(wchar_t), 0);
        std::copy_n(rest.data(), text.size() * sizeof(wchar_t), reinterpret_cast<char*>(text.data()));
        return text;
    }
    if (rest.starts_with(kUtf8Mark))
        rest.remove_prefix(kUtf8Mark.size());
    return FromUtf8(rest);
}

bool TaskStore::WriteXml(const std::wstring& path, const std::wstring& xml) const
{
    std::string bytes(kUtf16Mark);
    bytes.append(reinterpret_cast<const char*>(xml.data()), xml.size() * sizeof(wchar_t));
    return Replace(Below(m_tasks, path), Below(m_states, path + L".new"), bytes);
}

TaskState TaskStore::ReadState(const std::wstring& path) const
{
    TaskState state;
    pugi::xml_document document;
    if (!document.load_file(Below(m_states, path).c_str()))
        return state;
    const pugi::xml_node node = document.document_element();
    state.keepsPassword = node.attribute("keepsPassword").as_bool();
    if (const pugi::xml_attribute result = node.attribute("lastTaskResult"))
        state.lastTaskResult = result.as_uint();
    state.missedRuns = node.attribute("missedRuns").as_int();
    state.runningInstances = node.attribute("runningInstances").as_int();
    state.runs = node.attribute("runs").as_int();
    state.lastRunTime = node.attribute("lastRunTime").as_string();
    state.nextRunTime = node.attribute("nextRunTime").as_string();
    state.security = node.attribute("security").as_string(state.security.c_str());
    state.changesFailWith = node.attribute("changesFailWith").as_uint();
    return state;
}

bool TaskStore::WriteState(const std::wstring& path, const TaskState& state) const
{
    pugi::xml_document document;
    pugi::xml_node node = document.append_child("state");
    node.append_attribute("keepsPassword") = state.keepsPassword;
    if (state.lastTaskResult)
        node.append_attribute("lastTaskResult") = *state.lastTaskResult;
    node.append_attribute("missedRuns") = state.missedRuns;
    node.append_attribute("runningInstances") = state.runningInstances;
    node.append_attribute("runs") = state.runs;
    node.append_attribute("lastRunTime") = state.lastRunTime.c_str();
    node.append_attribute("nextRunTime") = state.nextRunTime.c_str();
    node.append_attribute("security") = state.security.c_str();
    if (state.changesFailWith != 0)
        node.append_attribute("changesFailWith") = state.changesFailWith;
    StringWriter writer;
    document.save(writer);
    return Replace(Below(m_states, path), Below(m_states, path + L".new"), writer.text);
}

bool TaskStore::DeleteTask(const std::wstring& path) const
{
    std::error_code error;
    fs::remove(Below(m_states, path), error);
    return fs::remove(Below(m_tasks, path), error);
}

} // namespace stand_in
