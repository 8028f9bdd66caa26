// SPDX-License-Identifier: MIT
#pragma once

#include <pugixml.hpp>

#include <string>

namespace stand_in
{

/// A task's XML: everything that is not edited keeps its place, its spaces and its comments.
class TaskXml
{
public:
    enum class Fault
    {
        kNone,
        kMalformed,
        kWrongRoot,
        kWrongNamespace,
        kMissingActions,
    };

    explicit TaskXml(const std::wstring& text);

    Fault GetFault() const
    {
        return m_fault;
    }
    std::wstring Text() const;

    bool IsEnabled() const;
    void SetEnabled(bool enabled);
    bool IsHidden() const;

    std::string UserId() const;
    std::string GroupId() const;
    std::string LogonType() const;
    /// What RegisterTask does with its `userId`: it goes before the one in the XML.
    void SetUser(const std::string& userId, const std::string& logonType);

    /// The triggers as the scheduler prints what it was given: with defaults and without fractions of a
    /// second. False: they are so already.
    bool PrintTriggersAnew();

    bool HasEnabledTrigger() const;
    /// An enabled trigger that starts the task when it is registered.
    bool RunsWhenRegistered() const;

private:
    pugi::xml_node Principal() const;

    pugi::xml_document m_document;
    Fault m_fault = Fault::kNone;
};

} // namespace stand_in
