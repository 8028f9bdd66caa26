// SPDX-License-Identifier: MIT
#include "module_manifest.h"
#include "questions/signatures.h"

#include <doctest/doctest.h>

namespace mars::test
{
namespace
{

using Names = std::vector<std::string>;

Names FilesOf(const std::string& text)
{
    const ModuleManifest manifest = ParseModuleManifest(text);
    CHECK(manifest.isManifest);
    return manifest.files;
}

} // namespace

TEST_CASE("module_manifest: files are found under the keys that name files")
{
    CHECK(FilesOf(R"(
# Manifest of a module
@{
    ModuleVersion = '2.0'
    GUID = 'a1c7b2f8-4f0e-4c1b-9d55-0f6f2f1f6c2d'
    CompanyName = 'Example.dll'
    RootModule = "Main.psm1"
    NestedModules = @('First.dll', "Second.DLL",
        'sub\Third.ps1')
    RequiredAssemblies = @(
        'First.dll'
    )
    TypesToProcess = 'a.types.ps1xml',
                     'b.types.ps1xml'
    FormatsToProcess=@("c.format.ps1xml");ScriptsToProcess = @()
    CmdletsToExport = @('Get-Thing.ps1', '*')
    FileList = @('Main.psm1', 'Help.xml')
}
)")
        == Names{"Main.psm1", "First.dll", "Second.DLL", "sub\\Third.ps1", "a.types.ps1xml", "b.types.ps1xml",
            "c.format.ps1xml", "Help.xml"});
}

TEST_CASE("module_manifest: versions, names of modules and other words are no files")
{
    CHECK(FilesOf(
              "@{ NestedModules = @{ ModuleName = 'Inner.psm1'; ModuleVersion = '1.2.3' }, 'Other.Module' }")
        == Names{"Inner.psm1"});
    CHECK(FilesOf("@{ RequiredAssemblies = 'System.Management', '1.0.dll.old' }").empty());
}

TEST_CASE("module_manifest: names are made relative to the manifest")
{
    CHECK(FilesOf("@{ NestedModules = '.\\A.dll', './B.dll', '$PSScriptRoot\\C.dll', 'D:\\E.dll' }")
        == Names{"A.dll", "B.dll", "C.dll", "D:\\E.dll"});
}

TEST_CASE("module_manifest: comments and quotes")
{
    CHECK(FilesOf("<# 'no.dll' #>\n@{\n# RootModule = 'no.dll'\nRootModule = 'it''s.dll' # 'no.dll'\n"
                  "'NestedModules' = \"a`\"b.dll\", \"c\"\"d.dll\"\n}")
        == Names{"it's.dll", "a\"b.dll", "c\"d.dll"});
}

TEST_CASE("module_manifest: text that is no whole manifest is none")
{
    for (const char* text : {"", "   ", "param()", "@(", "@{ RootModule = 'a.dll'",
             "@{ RootModule = 'a.dll }", "{}", "<#", "MZ\x90", "@{{{{"})
    {
        const ModuleManifest manifest = ParseModuleManifest(text);
        CHECK_FALSE(manifest.isManifest);
        CHECK(manifest.files.empty());
    }
    CHECK(ParseModuleManifest("@{}").isManifest);
    CHECK(ParseModuleManifest("@{ RootModule = 'a.dll' } # SIG # Begin signature block").files
        == Names{"a.dll"});
}

TEST_CASE("module_manifest: the text may be UTF-16 or UTF-8, with or without a mark")
{
    CHECK(TextOfScript("\xEF\xBB\xBF@{}") == "@{}");
    CHECK(TextOfScript("@{}") == "@{}");
    CHECK(TextOfScript(std::string("\xFF\xFE@\0{\0}\0", 8)) == "@{}");
    CHECK(TextOfScript(std::string("\xFE\xFF\0@\0{\0}", 8)) == "@{}");
    CHECK(TextOfScript(std::string("\xFF\xFE@", 3)).empty());
}

} // namespace mars::test
