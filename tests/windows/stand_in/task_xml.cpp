// SPDX-License-Identifier: MIT
#include "task_xml.h"

#include <string_view>

namespace stand_in
{
namespace
{

constexpr std::string_view kNamespace = "http://schemas.microsoft.com/windows/2004/02/mit/task";

struct Utf16Writer final : pugi::xml_writer
{
    std::wstring text;
    void write(const void* data, std::size_t size) override
    {
        text.append(static_cast<const wchar_t*>(data), size / sizeof(wchar_t));
    }
};

/// Absent means true in the task schema.
bool IsTrue(pugi::xml_node element)
{
    const std::string_view text = element.text().as_string("true");
    return text == "true" || text == "1";
}

void SetText(pugi::xml_node parent, const char* name, const char* value)
{
    pugi::xml_node element = parent.child(name);
    if (!element)
        element = parent.append_child(name);
    element.text().set(value);
}

} // namespace

TaskXml::TaskXml(const std::wstring& text)
{
    const auto result = m_document.load_buffer(text.data(), text.size() * sizeof(wchar_t),
        (pugi::parse_full | pugi::parse_ws_pcdata) & ~pugi::parse_eol, pugi::encoding_utf16_le);
    const pugi::xml_node root = m_document.document_element();
    if (!result)
        m_fault = Fault::kMalformed;
    else if (std::string_view(root.name()) != "Task")
        m_fault = Fault::kWrongRoot;
    else if (root.attribute("xmlns").as_string() != kNamespace)
        m_fault = Fault::kWrongNamespace;
    else if (!root.child("Actions"))
        m_fault = Fault::kMissingActions;
}

std::wstring TaskXml::Text() const
{
    Utf16Writer writer;
    m_document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf16_le);
    return writer.text;
}

bool TaskXml::IsEnabled() const
{
    return IsTrue(m_document.document_element().child("Settings").child("Enabled"));
}

void TaskXml::SetEnabled(bool enabled)
{
    pugi::xml_node root = m_document.document_element();
    pugi::xml_node settings = root.child("Settings");
    if (!settings)
        settings = root.insert_child_before("Settings", root.child("Actions"));
    SetText(settings, "Enabled", enabled ? "true" : "false");
}

bool TaskXml::IsHidden() const
{
    const pugi::xml_node hidden = m_document.document_element().child("Settings").child("Hidden");
    return hidden && IsTrue(hidden);
}

pugi::xml_node TaskXml::Principal() const
{
    return m_document.document_element().child("Principals").child("Principal");
}

std::string TaskXml::UserId() const
{
    return Principal().child("UserId").text().as_string();
}

std::string TaskXml::GroupId() const
{
    return Principal().child("GroupId").text().as_string();
}

std::string TaskXml::LogonType() const
{
    return Principal().child("LogonType").text().as_string();
}

void TaskXml::SetUser(const std::string& userId, const std::string& logonType)
{
    pugi::xml_node root = m_document.document_element();
    pugi::xml_node principal = Principal();
    if (!principal)
        principal = root.insert_child_before("Principals", root.child("Actions")).append_child("Principal");
    principal.remove_child("GroupId");
    SetText(principal, "UserId", userId.c_str());
    if (logonType.empty())
        principal.remove_child("LogonType");
    else
        SetText(principal, "LogonType", logonType.c_str());
}

bool TaskXml::PrintTriggersAnew()
{
    bool changed = false;
    for (const pugi::xml_node trigger : m_document.document_element().child("Triggers").children())
    {
        pugi::xml_node repetition = trigger.child("Repetition");
        if (repetition && !repetition.child("StopAtDurationEnd"))
        {
            repetition.append_child("StopAtDurationEnd").text().set("false");
            changed = true;
        }
        for (const char* name : {"StartBoundary", "EndBoundary"})
        {
            const std::string time = trigger.child_value(name);
            const std::size_t dot = time.find('.');
            if (dot != std::string::npos)
            {
                const std::size_t zone = time.find_first_not_of("0123456789", dot + 1);
                const std::string rest = zone == std::string::npos ? "" : time.substr(zone);
                trigger.child(name).text().set((time.substr(0, dot) + rest).c_str());
                changed = true;
            }
        }
    }
    return changed;
}

bool TaskXml::HasEnabledTrigger() const
{
    for (const pugi::xml_node trigger : m_document.document_element().child("Triggers").children())
    {
        if (trigger.type() == pugi::node_element && IsTrue(trigger.child("Enabled")))
            return true;
    }
    return false;
}

bool TaskXml::RunsWhenRegistered() const
{
    const pugi::xml_node trigger =
        m_document.document_element().child("Triggers").child("RegistrationTrigger");
    return trigger && IsTrue(trigger.child("Enabled")) && IsEnabled();
}

} // namespace stand_in
