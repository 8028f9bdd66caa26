// SPDX-License-Identifier: MIT

/// Puts certificates into stores of the local machine: `add_certificates STORE FILE FRIENDLY-NAME ...`, in threes.
/// A file is a certificate (DER) or a certificate with its key (PFX, empty password); "" = no friendly name.

#include <windows.h>

#include <wincrypt.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace
{

HCERTSTORE OpenMachineStore(const std::wstring& name)
{
    return CertOpenStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, CERT_SYSTEM_STORE_LOCAL_MACHINE, name.c_str());
}

/// The certificate of a PFX comes with its key in the machine's key store.
PCCERT_CONTEXT Load(std::vector<char>& bytes)
{
    CRYPT_DATA_BLOB blob{static_cast<DWORD>(bytes.size()), reinterpret_cast<BYTE*>(bytes.data())};
    if (!PFXIsPFXBlob(&blob))
        return CertCreateCertificateContext(X509_ASN_ENCODING, blob.pbData, blob.cbData);
    const HCERTSTORE store = PFXImportCertStore(&blob, L"", CRYPT_EXPORTABLE | CRYPT_MACHINE_KEYSET);
    return store == nullptr ? nullptr : CertEnumCertificatesInStore(store, nullptr);
}

bool Add(const std::wstring& storeName, const std::wstring& file, const std::wstring& friendlyName)
{
    std::ifstream stream(file.c_str(), std::ios::binary);
    std::vector<char> bytes(std::istreambuf_iterator<char>(stream), {});
    const HCERTSTORE store = OpenMachineStore(storeName);
    const PCCERT_CONTEXT loaded = Load(bytes);
    PCCERT_CONTEXT added = nullptr;
    if (store == nullptr || loaded == nullptr
        || !CertAddCertificateContextToStore(store, loaded, CERT_STORE_ADD_REPLACE_EXISTING, &added))
        return false;
    CRYPT_DATA_BLOB name{static_cast<DWORD>((friendlyName.size() + 1) * sizeof(wchar_t)),
                         reinterpret_cast<BYTE*>(const_cast<wchar_t*>(friendlyName.c_str()))};
    const bool done
        = friendlyName.empty() || CertSetCertificateContextProperty(added, CERT_FRIENDLY_NAME_PROP_ID, 0, &name);
    CertFreeCertificateContext(added);
    CertFreeCertificateContext(loaded);
    CertCloseStore(store, 0);
    return done;
}

} // namespace

int wmain(int count, wchar_t** arguments)
{
    for (int index = 1; index + 2 < count; index += 3)
    {
        if (!Add(arguments[index], arguments[index + 1], arguments[index + 2]))
        {
            std::fprintf(stderr, "add_certificates: %ls: error 0x%08lx\n", arguments[index + 1], GetLastError());
            return 1;
        }
    }
    return 0;
}
