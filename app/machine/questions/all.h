// SPDX-License-Identifier: MIT
#pragma once

#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/credentials.h"
#include "questions/devices.h"
#include "questions/events.h"
#include "questions/failed_files.h"
#include "questions/files.h"
#include "questions/firewall.h"
#include "questions/log.h"
#include "questions/network.h"
#include "questions/probes.h"
#include "questions/programs.h"
#include "questions/protection.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/signatures.h"
#include "questions/tasks.h"
#include "questions/volumes.h"

namespace mars
{

template <class... Questions>
struct QuestionList
{
};

/// Every question that may be asked of a machine. Only what must know all of them includes this: the answers
/// of Windows, the reading of recordings, and tests. To add a question: its struct in the room of its
/// subject, with its exchange at the end of that header and source, its place here, and its answer in
/// app/windows.
using AllQuestions = QuestionList<ListCertificates, FindCertificates, ReadClock, ReadContext,
    ReadWindowsVersion, ReadChassisTag, ReadVaultCredentials, ListDevices, ListIscsiSessions, ReadEvents,
    ReadProviderEvents, ListCrashes, ReadFailedFiles, FindFolder, ReadFileInfo, ListFiles, ReadFileVersion,
    CountTempFiles, HashFile, SurveyFolder, ReadFolderAccess, ReadFirewall, ScanAgentLogs, SearchAgentLogs,
    ScanInstallLogs, ScanConsoleLogs, ResolveName, ListNetworkAdapters, ProbeHttps, ProbeHttp,
    FindNewestUpdate, ListPrograms, ReadDefender, ListFilterDrivers, ReadProxySettings, DetectProxyScript,
    FindProxyForUrl, ReadRegistryValue, ListRegistryKey, QueryService, ListServiceImages, ReadModuleManifest,
    VerifySignature, ListTasks, ReadVolume, ReadNewDiskPolicy, ListShadowStorage, ReadChangeJournal,
    ListVolumes>;

} // namespace mars
