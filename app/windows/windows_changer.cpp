// SPDX-License-Identifier: MIT
#include "windows_changer.h"

#include "windows_temp_folder.h"

namespace mars
{

Answer<std::unique_ptr<TempFolder>> WindowsChanger::OpenTempFolder(const std::string& path)
{
    return OpenWindowsTempFolder(path);
}

Status WindowsChanger::CopyToPrivateFolder(const std::string& source, const std::string& target)
{
    return m_privateFolder.CopyIn(source, target);
}

Status WindowsChanger::DeleteFromPrivateFolder(const std::string& target)
{
    return m_privateFolder.DeleteCopy(target);
}

} // namespace mars
