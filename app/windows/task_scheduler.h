// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "com.h"

#include <taskschd.h>

#include <string>

namespace mars
{

// The caller keeps a ComApartment for as long as it uses what these return.

Answer<ComPtr<ITaskService>> ConnectTaskScheduler();

/// Absent: no such folder.
Answer<ComPtr<ITaskFolder>> OpenTaskFolder(const std::string& path);

/// get_Xml as UTF-8, without the declaration, which says UTF-16.
Answer<std::string> ReadTaskXml(IRegisteredTask& task);

} // namespace mars
