// SPDX-License-Identifier: MIT
#pragma once

#include "own_folder.h"

namespace mars
{

/// The private folder on this computer. Every call opens the folder anew without following a link, judges
/// what it opened, and works below that handle; files are judged too before they are read or appended to. So
/// there is no moment in which a path is trusted, and nothing to keep between calls.
class WindowsPrivateFolder : public PrivateFolder
{
public:
    /// `personSid`: whose access CloseAgain takes away; empty: of the person that runs this program.
    WindowsPrivateFolder(
        std::string path, std::vector<std::string> acceptedOwners, std::string personSid = {});

    Status Prepare() override;
    std::string Path() const override
    {
        return m_path;
    }
    Answer<std::unique_ptr<AppendFile>> CreateNew(const std::string& name) override;
    Answer<std::unique_ptr<AppendFile>> OpenToAppend(const std::string& name) override;
    Answer<std::vector<std::string>> List() override;
    Answer<std::string> Read(const std::string& name, std::size_t limit) override;
    Status CloseAgain(std::string_view mark) override;
    Answer<std::shared_ptr<void>> Lock() override;

    /// See MachineChanger. `target` is <Path()>\credentials\<name> or <Path()>\module\<name>; anything else
    /// is refused with 123.
    Status CopyIn(const std::string& source, const std::string& target);
    Status DeleteCopy(const std::string& target);
    /// The content of such a copy. Absent: not there.
    Answer<std::string> ReadCopy(const std::string& path) const;

private:
    Answer<std::unique_ptr<AppendFile>> OpenAppendFile(const std::string& name, bool create);

    std::string m_path;
    FolderTrust m_trust;
};

} // namespace mars
