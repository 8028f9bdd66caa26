// SPDX-License-Identifier: MIT
#pragma once

#include "fields.h"
#include "text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Every question that a check may ask of a machine, with the shape of its answer. A question is a small
/// struct: its name in recordings, its members, and the type of its value. To add one: the struct, its line
/// in `machine.h`, and its answer in `machine/windows`; recording, redaction, memo and deadlines come with
/// the list of members.
namespace mars
{

// ---- Registry
// --------------------------------------------------------------------------------------------------

enum class RegistryView
{
    k64,
    k32,
};
template <>
struct EnumWords<RegistryView>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("64"), std::string_view("32")};
    }
};

/// REG_* type numbers as winnt.h has them.
enum RegistryType : std::uint32_t
{
    kRegSz = 1,
    kRegExpandSz = 2,
    kRegBinary = 3,
    kRegDword = 4,
    kRegMultiSz = 7,
    kRegQword = 11,
};

/// Type and raw bytes, exactly as stored.
struct RegistryValue
{
    std::uint32_t type = 0;
    Bytes bytes;

    static RegistryValue String(std::string_view text, std::uint32_t type = kRegSz);
    static RegistryValue Dword(std::uint32_t number);
    static RegistryValue MultiString(const std::vector<std::string>& texts);

    /// The text of REG_SZ and REG_EXPAND_SZ up to the first NUL; nothing for other types.
    std::optional<std::string> AsString() const;
    /// REG_DWORD of four bytes; nothing for other types.
    std::optional<std::uint32_t> AsDword() const;
    /// The strings of REG_MULTI_SZ; nothing for other types.
    std::optional<std::vector<std::string>> AsStrings() const;
    /// For people: the text, the number in decimal and hex, or the bytes in hex.
    std::string Describe() const;

    bool operator==(const RegistryValue&) const = default;
};

/// A value's place. `key` begins with HKLM, HKU or HKCU and a backslash; an empty `name` is the key's default
/// value.
struct RegistryPath
{
    std::string key;
    std::string name;
    RegistryView view = RegistryView::k64;

    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("key", &RegistryPath::key), MakeField("name", &RegistryPath::name),
            MakeField("view", &RegistryPath::view));
    }
    bool operator==(const RegistryPath&) const = default;
};

/// Absent: the key or the value does not exist.
struct ReadRegistryValue
{
    using Value = RegistryValue;
    static constexpr std::string_view kName = "read_registry_value";
    RegistryPath path;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("path", &ReadRegistryValue::path));
    }
};

struct RegistryKeyContent
{
    struct NamedValue
    {
        std::string name;
        RegistryValue value;
        template <class = void>
        static constexpr auto Fields()
        {
            return std::tuple(MakeField("name", &NamedValue::name), MakeField("value", &NamedValue::value));
        }
        bool operator==(const NamedValue&) const = default;
    };
    std::vector<std::string> keys;
    std::vector<NamedValue> values;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(
            MakeField("keys", &RegistryKeyContent::keys), MakeField("values", &RegistryKeyContent::values));
    }
    bool operator==(const RegistryKeyContent&) const = default;
};

/// The names of a key's sub-keys and all its values. Absent: no such key.
struct ListRegistryKey
{
    using Value = RegistryKeyContent;
    static constexpr std::string_view kName = "list_registry_key";
    std::string key;
    RegistryView view = RegistryView::k64;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("key", &ListRegistryKey::key), MakeField("view", &ListRegistryKey::view));
    }
};

// ---- The computer
// ----------------------------------------------------------------------------------------------

struct ClockReading
{
    Timestamp now;
    /// Local time = UTC + this many minutes.
    std::int32_t utcOffsetMinutes = 0;
    /// The last start of Windows: now - GetTickCount64().
    Timestamp booted;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("now", &ClockReading::now),
            MakeField("utc_offset_minutes", &ClockReading::utcOffsetMinutes),
            MakeField("booted", &ClockReading::booted));
    }
    bool operator==(const ClockReading&) const = default;
};

struct ReadClock
{
    using Value = ClockReading;
    static constexpr std::string_view kName = "read_clock";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

/// Who asks, and from where. "Elevated" is a question like any other, so that recordings can test the
/// screens.
struct ProcessContext
{
    std::string computer;
    /// Empty in a workgroup.
    std::string domain;
    std::string user;
    std::string userSid;
    /// The user whose hive and folders are evidence: the one that started the wizard before it was elevated.
    std::string evidenceSid;
    bool elevated = false;
    bool system = false;
    bool remoteSession = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("computer", &ProcessContext::computer),
            MakeField("domain", &ProcessContext::domain), MakeField("user", &ProcessContext::user),
            MakeField("user_sid", &ProcessContext::userSid),
            MakeField("evidence_sid", &ProcessContext::evidenceSid),
            MakeField("elevated", &ProcessContext::elevated), MakeField("system", &ProcessContext::system),
            MakeField("remote_session", &ProcessContext::remoteSession));
    }
    bool operator==(const ProcessContext&) const = default;
};

struct ReadContext
{
    using Value = ProcessContext;
    static constexpr std::string_view kName = "read_context";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

struct WindowsVersion
{
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint32_t build = 0;
    /// "Windows Server 2019 Standard": CurrentVersion\ProductName, not translated by Windows.
    std::string product;
    bool server = false;
    bool serverCore = false;
    bool domainController = false;
    /// kernel32 has GetTempPath2W: SYSTEM's temporary files then go to %windir%\SystemTemp.
    bool systemTempFolder = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("major", &WindowsVersion::major),
            MakeField("minor", &WindowsVersion::minor), MakeField("build", &WindowsVersion::build),
            MakeField("product", &WindowsVersion::product), MakeField("server", &WindowsVersion::server),
            MakeField("server_core", &WindowsVersion::serverCore),
            MakeField("domain_controller", &WindowsVersion::domainController),
            MakeField("system_temp_folder", &WindowsVersion::systemTempFolder));
    }
    bool operator==(const WindowsVersion&) const = default;
};

struct ReadWindowsVersion
{
    using Value = WindowsVersion;
    static constexpr std::string_view kName = "read_windows_version";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

// ---- Services
// --------------------------------------------------------------------------------------------------

enum class ServiceState
{
    kStopped,
    kStartPending,
    kStopPending,
    kRunning,
    kContinuePending,
    kPausePending,
    kPaused,
};
template <>
struct EnumWords<ServiceState>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("stopped"), std::string_view("start_pending"),
            std::string_view("stop_pending"), std::string_view("running"),
            std::string_view("continue_pending"), std::string_view("pause_pending"),
            std::string_view("paused")};
    }
};

enum class StartType
{
    kAutomatic,
    kAutomaticDelayed,
    kManual,
    kDisabled,
    /// Boot and system start: drivers.
    kDriver,
};
template <>
struct EnumWords<StartType>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("automatic"), std::string_view("automatic_delayed"),
            std::string_view("manual"), std::string_view("disabled"), std::string_view("driver")};
    }
};

struct ServiceStatus
{
    std::string name;
    std::string displayName;
    ServiceState state = ServiceState::kStopped;
    StartType startType = StartType::kManual;
    /// dwWin32ExitCode of SERVICE_STATUS.
    std::uint32_t exitCode = 0;
    std::uint32_t processId = 0;
    /// When the service's process was created; absent when it has none or may not be asked.
    std::optional<Timestamp> processStarted;
    /// Running services that depend on this one (EnumDependentServices), by service name.
    std::vector<std::string> runningDependents;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("name", &ServiceStatus::name),
            MakeField("display_name", &ServiceStatus::displayName), MakeField("state", &ServiceStatus::state),
            MakeField("start_type", &ServiceStatus::startType),
            MakeField("exit_code", &ServiceStatus::exitCode),
            MakeField("process_id", &ServiceStatus::processId),
            MakeField("process_started", &ServiceStatus::processStarted),
            MakeField("running_dependents", &ServiceStatus::runningDependents));
    }
    bool operator==(const ServiceStatus&) const = default;
};

/// Absent: no such service.
struct QueryService
{
    using Value = ServiceStatus;
    static constexpr std::string_view kName = "query_service";
    std::string service;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("service", &QueryService::service));
    }
};

// ---- Task Scheduler
// --------------------------------------------------------------------------------------------

struct ScheduledTask
{
    /// "\Microsoft\OnlineBackup\Microsoft-OnlineBackup".
    std::string path;
    /// IRegisteredTask::get_Xml, as UTF-8 without a declaration. Trigger, account and overlap are read from
    /// it.
    std::string xml;
    bool enabled = true;
    /// IRegisteredTask::GetInstances; absent when the scheduler does not say.
    std::optional<std::uint32_t> runningInstances;
    /// LastTaskResult; absent when it never ran or is not told.
    std::optional<std::uint32_t> lastResult;
    std::optional<Timestamp> lastRun;
    std::optional<Timestamp> nextRun;
    std::optional<std::uint32_t> missedRuns;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("path", &ScheduledTask::path), MakeField("xml", &ScheduledTask::xml),
            MakeField("enabled", &ScheduledTask::enabled),
            MakeField("running_instances", &ScheduledTask::runningInstances),
            MakeField("last_result", &ScheduledTask::lastResult),
            MakeField("last_run", &ScheduledTask::lastRun), MakeField("next_run", &ScheduledTask::nextRun),
            MakeField("missed_runs", &ScheduledTask::missedRuns));
    }
    bool operator==(const ScheduledTask&) const = default;
};

struct TaskList
{
    std::vector<ScheduledTask> tasks;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("tasks", &TaskList::tasks));
    }
    bool operator==(const TaskList&) const = default;
};

/// All tasks directly in a folder, hidden ones too, by path. Absent: no such folder.
struct ListTasks
{
    using Value = TaskList;
    static constexpr std::string_view kName = "list_tasks";
    std::string folder;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("folder", &ListTasks::folder));
    }
};

// ---- Files and volumes
// -----------------------------------------------------------------------------------------

enum class KnownFolder
{
    kWindows,
    kProgramFiles,
    kProgramData,
    /// Of the user whose folders are evidence (see ProcessContext).
    kDownloads,
    kDesktop,
    kDocuments,
    kUserTemp,
};
template <>
struct EnumWords<KnownFolder>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("windows"), std::string_view("program_files"),
            std::string_view("program_data"), std::string_view("downloads"), std::string_view("desktop"),
            std::string_view("documents"), std::string_view("user_temp")};
    }
};

struct PathText
{
    std::string path;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("path", &PathText::path));
    }
    bool operator==(const PathText&) const = default;
};

struct FindFolder
{
    using Value = PathText;
    static constexpr std::string_view kName = "find_folder";
    KnownFolder folder = KnownFolder::kWindows;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("folder", &FindFolder::folder));
    }
};

/// FILE_ATTRIBUTE_* bits that checks compare.
namespace file_attribute
{
inline constexpr std::uint32_t kReadOnly = 0x1;
inline constexpr std::uint32_t kDirectory = 0x10;
inline constexpr std::uint32_t kSparse = 0x200;
inline constexpr std::uint32_t kReparsePoint = 0x400;
inline constexpr std::uint32_t kCompressed = 0x800;
inline constexpr std::uint32_t kEncrypted = 0x4000;
} // namespace file_attribute

struct FileInfo
{
    /// Without its folder.
    std::string name;
    std::uint32_t attributes = 0;
    std::uint64_t bytes = 0;
    Timestamp created;
    Timestamp written;
    bool IsDirectory() const
    {
        return (attributes & file_attribute::kDirectory) != 0;
    }
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("name", &FileInfo::name), MakeField("attributes", &FileInfo::attributes),
            MakeField("bytes", &FileInfo::bytes), MakeField("created", &FileInfo::created),
            MakeField("written", &FileInfo::written));
    }
    bool operator==(const FileInfo&) const = default;
};

/// About the file or folder itself, not what a link leads to. Absent: not there.
struct ReadFileInfo
{
    using Value = FileInfo;
    static constexpr std::string_view kName = "read_file_info";
    std::string path;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("path", &ReadFileInfo::path));
    }
};

struct FileList
{
    std::vector<FileInfo> files;
    /// There were more than `limit`.
    bool truncated = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("files", &FileList::files), MakeField("truncated", &FileList::truncated));
    }
    bool operator==(const FileList&) const = default;
};

/// Files (no folders) directly in `folder` whose name ends in `ending`, case ignored; at most 1,000. Absent:
/// no such folder.
struct ListFiles
{
    using Value = FileList;
    static constexpr std::string_view kName = "list_files";
    std::string folder;
    std::string ending;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("folder", &ListFiles::folder), MakeField("ending", &ListFiles::ending));
    }
};

struct FileVersion
{
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint32_t build = 0;
    std::uint32_t revision = 0;
    std::string ToString() const;
    static std::optional<FileVersion> Parse(std::string_view text);
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("major", &FileVersion::major), MakeField("minor", &FileVersion::minor),
            MakeField("build", &FileVersion::build), MakeField("revision", &FileVersion::revision));
    }
    auto operator<=>(const FileVersion&) const = default;
};

/// FileVersion of the version resource (VS_FIXEDFILEINFO). Absent: no such file.
struct ReadFileVersion
{
    using Value = FileVersion;
    static constexpr std::string_view kName = "read_file_version";
    std::string path;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("path", &ReadFileVersion::path));
    }
};

enum class DriveKind
{
    kUnknown,
    kMissing,
    kRemovable,
    kFixed,
    kRemote,
    kOptical,
    kRamDisk,
};
template <>
struct EnumWords<DriveKind>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("unknown"), std::string_view("missing"),
            std::string_view("removable"), std::string_view("fixed"), std::string_view("remote"),
            std::string_view("optical"), std::string_view("ram_disk")};
    }
};

struct VolumeInfo
{
    /// Root of the volume that holds the path, "C:\"; for a UNC path "\\server\share\".
    std::string root;
    DriveKind kind = DriveKind::kUnknown;
    std::string fileSystem;
    std::uint64_t totalBytes = 0;
    std::uint64_t freeBytes = 0;
    bool readOnly = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("root", &VolumeInfo::root), MakeField("kind", &VolumeInfo::kind),
            MakeField("file_system", &VolumeInfo::fileSystem),
            MakeField("total_bytes", &VolumeInfo::totalBytes),
            MakeField("free_bytes", &VolumeInfo::freeBytes), MakeField("read_only", &VolumeInfo::readOnly));
    }
    bool operator==(const VolumeInfo&) const = default;
};

/// The volume that holds `path`, mount points and mapped letters resolved. Absent: no such drive.
struct ReadVolume
{
    using Value = VolumeInfo;
    static constexpr std::string_view kName = "read_volume";
    std::string path;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("path", &ReadVolume::path));
    }
};

struct FileTotals
{
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("files", &FileTotals::files), MakeField("bytes", &FileTotals::bytes));
    }
    bool operator==(const FileTotals&) const = default;
};

struct TempFileCount
{
    FileTotals all;
    /// Plain files last written more than 24 hours (60 minutes) ago and before the last start of Windows.
    FileTotals olderThanDay;
    FileTotals olderThanHour;
    /// GetTempFileName has 65,535 names for each folder and three-letter prefix.
    std::string largestPrefix;
    std::uint64_t largestPrefixFiles = 0;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("all", &TempFileCount::all),
            MakeField("older_than_day", &TempFileCount::olderThanDay),
            MakeField("older_than_hour", &TempFileCount::olderThanHour),
            MakeField("largest_prefix", &TempFileCount::largestPrefix),
            MakeField("largest_prefix_files", &TempFileCount::largestPrefixFiles));
    }
    bool operator==(const TempFileCount&) const = default;
};

/// The *.tmp files directly in a folder. Absent: no such folder.
struct CountTempFiles
{
    using Value = TempFileCount;
    static constexpr std::string_view kName = "count_temp_files";
    std::string folder;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("folder", &CountTempFiles::folder));
    }
};

// ---- Certificates and the credentials file
// ---------------------------------------------------------------------

struct CertificateInfo
{
    std::string subject;
    std::string issuer;
    std::string friendlyName;
    /// SHA-1, 40 lower-case hex digits, as Windows shows it.
    std::string thumbprint;
    Timestamp notBefore;
    Timestamp notAfter;
    bool privateKey = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("subject", &CertificateInfo::subject),
            MakeField("issuer", &CertificateInfo::issuer),
            MakeField("friendly_name", &CertificateInfo::friendlyName),
            MakeField("thumbprint", &CertificateInfo::thumbprint),
            MakeField("not_before", &CertificateInfo::notBefore),
            MakeField("not_after", &CertificateInfo::notAfter),
            MakeField("private_key", &CertificateInfo::privateKey));
    }
    bool operator==(const CertificateInfo&) const = default;
};

struct CertificateList
{
    std::vector<CertificateInfo> certificates;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("certificates", &CertificateList::certificates));
    }
    bool operator==(const CertificateList&) const = default;
};

/// The certificates of a LocalMachine store: "My", "Root".
struct ListCertificates
{
    using Value = CertificateList;
    static constexpr std::string_view kName = "list_certificates";
    std::string store;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("store", &ListCertificates::store));
    }
};

/// How far the reading of a credentials file came.
enum class CredentialsFault
{
    kNone,
    kEmpty,
    kTooLarge,
    kNotXml,
    kWrongRoot,
    kNoCertificate,
    kCertificateUnreadable,
    kNoPrivateKey,
};
template <>
struct EnumWords<CredentialsFault>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("none"), std::string_view("empty"), std::string_view("too_large"),
            std::string_view("not_xml"), std::string_view("wrong_root"), std::string_view("no_certificate"),
            std::string_view("certificate_unreadable"), std::string_view("no_private_key")};
    }
};

/// What a vault credentials file says, without its secrets: the bytes and the private key never leave the
/// adapter. Format: DataContract XML `RSBackupVaultAADCreds`, written by Azure PowerShell and the portal.
struct VaultCredentials
{
    CredentialsFault fault = CredentialsFault::kNone;
    std::string rootElement;
    std::string version;
    std::string vault;
    std::string resourceId;
    std::string subscription;
    std::string tenant;
    std::string location;
    /// Only meaningful when the certificate could be read (fault none or no_private_key).
    Timestamp notBefore;
    Timestamp notAfter;
    std::string thumbprint;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("fault", &VaultCredentials::fault),
            MakeField("root_element", &VaultCredentials::rootElement),
            MakeField("version", &VaultCredentials::version), MakeField("vault", &VaultCredentials::vault),
            MakeField("resource_id", &VaultCredentials::resourceId),
            MakeField("subscription", &VaultCredentials::subscription),
            MakeField("tenant", &VaultCredentials::tenant),
            MakeField("location", &VaultCredentials::location),
            MakeField("not_before", &VaultCredentials::notBefore),
            MakeField("not_after", &VaultCredentials::notAfter),
            MakeField("thumbprint", &VaultCredentials::thumbprint));
    }
    bool operator==(const VaultCredentials&) const = default;
};

/// Absent: no such file. A file that is no credentials file is a value with a fault.
struct ReadVaultCredentials
{
    using Value = VaultCredentials;
    static constexpr std::string_view kName = "read_vault_credentials";
    std::string path;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("path", &ReadVaultCredentials::path));
    }
};

// ---- Devices and iSCSI
// -----------------------------------------------------------------------------------------

struct DeviceInfo
{
    std::string instanceId;
    std::string description;
    /// SPDRP_CLASSGUID in braces, lower case; empty when the device has no class.
    std::string classGuid;
    /// CM_PROB_* number, 0 = none; absent when Windows does not tell.
    std::optional<std::uint32_t> problemCode;
    bool present = true;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("instance_id", &DeviceInfo::instanceId),
            MakeField("description", &DeviceInfo::description),
            MakeField("class_guid", &DeviceInfo::classGuid),
            MakeField("problem_code", &DeviceInfo::problemCode), MakeField("present", &DeviceInfo::present));
    }
    bool operator==(const DeviceInfo&) const = default;
};

struct DeviceList
{
    std::vector<DeviceInfo> devices;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("devices", &DeviceList::devices));
    }
    bool operator==(const DeviceList&) const = default;
};

/// Devices that have this hardware id, case ignored. No device is an empty list.
struct ListDevices
{
    using Value = DeviceList;
    static constexpr std::string_view kName = "list_devices";
    std::string hardwareId;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("hardware_id", &ListDevices::hardwareId));
    }
};

struct IscsiSession
{
    std::string target;
    std::uint32_t connections = 0;
    /// The portal's address is one of this computer's own: how the agent mounts a recovery volume.
    bool local = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("target", &IscsiSession::target),
            MakeField("connections", &IscsiSession::connections), MakeField("local", &IscsiSession::local));
    }
    bool operator==(const IscsiSession&) const = default;
};

struct IscsiSessionList
{
    std::vector<IscsiSession> sessions;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("sessions", &IscsiSessionList::sessions));
    }
    bool operator==(const IscsiSessionList&) const = default;
};

/// GetIScsiSessionListW of iscsidsc.dll.
struct ListIscsiSessions
{
    using Value = IscsiSessionList;
    static constexpr std::string_view kName = "list_iscsi_sessions";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

// ---- Network
// ---------------------------------------------------------------------------------------------------

enum class ProxyOwner
{
    /// The WinINET settings of the SYSTEM account (HKU\S-1-5-18), which the agent uses.
    kSystem,
    /// The WinINET settings of the user whose hive is evidence.
    kUser,
    kWinHttp,
};
template <>
struct EnumWords<ProxyOwner>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("system"), std::string_view("user"), std::string_view("winhttp")};
    }
};

struct ProxySettings
{
    bool enabled = false;
    /// "host:port" or "http=host:port;https=host:port".
    std::string server;
    std::string bypass;
    std::string autoConfigUrl;
    bool autoDetect = false;
    /// Group Policy makes them machine-wide (ProxySettingsPerUser = 0).
    bool byPolicy = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("enabled", &ProxySettings::enabled),
            MakeField("server", &ProxySettings::server), MakeField("bypass", &ProxySettings::bypass),
            MakeField("auto_config_url", &ProxySettings::autoConfigUrl),
            MakeField("auto_detect", &ProxySettings::autoDetect),
            MakeField("by_policy", &ProxySettings::byPolicy));
    }
    bool operator==(const ProxySettings&) const = default;
};

/// Absent: no settings stored, which means a direct connection.
struct ReadProxySettings
{
    using Value = ProxySettings;
    static constexpr std::string_view kName = "read_proxy_settings";
    ProxyOwner owner = ProxyOwner::kSystem;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("owner", &ReadProxySettings::owner));
    }
};

enum class ProbeEnd
{
    /// The far end answered with any HTTP status.
    kAnswered,
    kNameNotResolved,
    kRefused,
    kReset,
    kTimedOut,
    /// Connected, but no TLS 1.2 or newer connection came about.
    kTlsFailed,
    /// TLS came about with a certificate that this computer does not trust.
    kNotTrusted,
    /// The proxy answered 407.
    kProxyNeedsLogin,
    /// The proxy answered CONNECT with another refusal; `httpStatus` says which.
    kProxyRefused,
    kProxyUnreachable,
};
template <>
struct EnumWords<ProbeEnd>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("answered"), std::string_view("name_not_resolved"),
            std::string_view("refused"), std::string_view("reset"), std::string_view("timed_out"),
            std::string_view("tls_failed"), std::string_view("not_trusted"),
            std::string_view("proxy_needs_login"), std::string_view("proxy_refused"),
            std::string_view("proxy_unreachable")};
    }
};

/// Who vouches for the root of a certificate chain.
enum class RootKind
{
    /// No certificate was seen, or its chain has no root.
    kUnknown,
    /// Microsoft distributes it with Windows.
    kPublic,
    /// Trusted here because somebody added it, as networks that look into TLS do.
    kAdded,
    /// Not trusted here.
    kUntrusted,
};
template <>
struct EnumWords<RootKind>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("unknown"), std::string_view("public"), std::string_view("added"),
            std::string_view("untrusted")};
    }
};

/// Whether Windows looked on the network for a certificate that a chain lacked.
enum class TrustLookup
{
    kUnknown,
    kNotNeeded,
    kEnded,
    /// Nothing answered in the time there was.
    kCutOff,
};
template <>
struct EnumWords<TrustLookup>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("unknown"), std::string_view("not_needed"),
            std::string_view("ended"), std::string_view("cut_off")};
    }
};

struct HttpsProbe
{
    ProbeEnd end = ProbeEnd::kAnswered;
    std::uint32_t httpStatus = 0;
    /// The error behind an end that is no answer (WinHTTP or Winsock code); 0 when there is none.
    std::uint32_t code = 0;
    std::string certificateIssuer;
    /// The last certificate of its chain: whose it is, and its SHA-1 in 40 lower-case hex digits.
    std::string rootSubject;
    std::string rootThumbprint;
    RootKind rootKind = RootKind::kUnknown;
    TrustLookup trustLookup = TrustLookup::kUnknown;
    std::optional<Timestamp> serverDate;
    std::uint32_t milliseconds = 0;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("end", &HttpsProbe::end),
            MakeField("http_status", &HttpsProbe::httpStatus), MakeField("code", &HttpsProbe::code),
            MakeField("certificate_issuer", &HttpsProbe::certificateIssuer),
            MakeField("root_subject", &HttpsProbe::rootSubject),
            MakeField("root_thumbprint", &HttpsProbe::rootThumbprint),
            MakeField("root_kind", &HttpsProbe::rootKind),
            MakeField("trust_lookup", &HttpsProbe::trustLookup, Since{2}),
            MakeField("server_date", &HttpsProbe::serverDate),
            MakeField("milliseconds", &HttpsProbe::milliseconds));
    }
    bool operator==(const HttpsProbe&) const = default;
};

/// One HTTPS request to host and port. `proxy` is "host:port"; empty = direct.
struct ProbeHttps
{
    using Value = HttpsProbe;
    static constexpr std::string_view kName = "probe_https";
    std::string host;
    std::uint32_t port = 443;
    std::string proxy;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("host", &ProbeHttps::host), MakeField("port", &ProbeHttps::port),
            MakeField("proxy", &ProbeHttps::proxy));
    }
};

// ---- The agent's records
// ---------------------------------------------------------------------------------------

struct EventInfo
{
    std::uint32_t id = 0;
    Timestamp time;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("id", &EventInfo::id), MakeField("time", &EventInfo::time));
    }
    bool operator==(const EventInfo&) const = default;
};

struct EventList
{
    /// Newest first; at most 1,000.
    std::vector<EventInfo> events{};
    /// Of the ids asked for, those that an older recording did not ask for: nothing is known of them.
    std::vector<std::uint32_t> notAsked{};
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(
            MakeField("events", &EventList::events), MakeField("not_asked", &EventList::notAsked, Since{2}));
    }
    bool operator==(const EventList&) const = default;
};

/// Events of a channel with one of these ids. Absent: no such channel.
struct ReadEvents
{
    using Value = EventList;
    static constexpr std::string_view kName = "read_events";
    std::string channel;
    std::vector<std::uint32_t> ids;
    static constexpr auto kAskedFor = &ReadEvents::ids;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("channel", &ReadEvents::channel), MakeField("ids", &ReadEvents::ids));
    }
};

} // namespace mars

// The questions of one subject each; they use the types above.
#include "connection_questions.h"
#include "file_questions.h"
#include "folder_questions.h"
#include "job_questions.h"
#include "log_questions.h"
#include "network_questions.h"
#include "protection_questions.h"
#include "storage_questions.h"
#include "system_questions.h"
