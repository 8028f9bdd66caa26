# SPDX-License-Identifier: MIT
# What every target of this project is compiled and linked with.

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release or RelWithDebInfo" FORCE)
endif()
if(NOT MSVC)
    # Debug is what the tests run on: quick to compile, and the standard library checks its callers.
    set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1 -D_GLIBCXX_ASSERTIONS")
    # Small before fast: the programs wait for Windows and the network, and are carried to servers. What reads logs of
    # gigabytes is compiled for speed, see mars_fast().
    set(CMAKE_CXX_FLAGS_RELEASE "-Os -DNDEBUG")
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(mars_compiler INTERFACE)

if(MSVC)
    target_compile_options(mars_compiler INTERFACE /W4 /utf-8 /permissive- $<$<BOOL:${MARS_WERROR}>:/WX>)
else()
    # What is never called does not have to be carried to a server.
    target_compile_options(mars_compiler INTERFACE
        "$<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-ffunction-sections;-fdata-sections>"
        $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<BOOL:${MARS_WERROR}>>:-Werror>)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        # Wrong about std::string's own code (GCC bug 105329).
        target_compile_options(mars_compiler INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
    endif()
    target_link_options(mars_compiler INTERFACE -Wl,--gc-sections)
    # Links the tests in a fifth of the time. Windows has the linker of its tool chain, which the published files are
    # made with.
    find_program(MARS_LLD ld.lld)
    if(MARS_LLD AND NOT MINGW)
        target_link_options(mars_compiler INTERFACE -fuse-ld=lld)
    endif()
endif()

# mars_fast(FILE...): sources that are compiled for speed in a release.
function(mars_fast)
    if(NOT MSVC)
        set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS "$<$<CONFIG:Release>:-O2>")
    endif()
endfunction()

if(MARS_SANITIZE)
    add_compile_options(-fsanitize=${MARS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=${MARS_SANITIZE})
endif()
if(MARS_FUZZ)
    if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        message(FATAL_ERROR "MARS_FUZZ needs clang++")
    endif()
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(MINGW)
    # Paths of this computer in a program would tell who built it where, and would make the same commit another file
    # in another folder. The relative forms are those that ccache hands to the compiler.
    cmake_path(RELATIVE_PATH CMAKE_SOURCE_DIR BASE_DIRECTORY "${CMAKE_BINARY_DIR}" OUTPUT_VARIABLE source_from_build)
    set(options "")
    foreach(folder IN ITEMS "${CMAKE_SOURCE_DIR}" "${source_from_build}" "${CMAKE_BINARY_DIR}"
            "${MARS_WINDOWS_LIBRARIES}")
        list(APPEND options "-ffile-prefix-map=${folder}/=")
    endforeach()
    # An overflow ends the program instead of going on with what a stranger's file has put there.
    list(APPEND options -fstack-protector-strong -D_GLIBCXX_ASSERTIONS)
    target_compile_options(mars_compiler INTERFACE "$<$<COMPILE_LANGUAGE:CXX>:${options}>")
    # The two symbols of the stack protector, without libssp: that asks the cryptographic provider for its number before
    # main, and so loads a DLL before the search for DLLs is restricted.
    add_library(mars_stack_guard STATIC app/stack_guard.cpp)
    target_compile_options(mars_stack_guard PRIVATE -fno-stack-protector)
    target_link_libraries(mars_compiler INTERFACE mars_stack_guard)
    target_link_options(mars_compiler INTERFACE
        # A Remote Desktop server has no folder of Windows for each user to invent.
        -Wl,--tsaware
        # Windows 8 and Server 2012: what is older says so at once instead of missing a function.
        -Wl,--major-subsystem-version,6,--minor-subsystem-version,2
        -Wl,--major-os-version,6,--minor-os-version,2)
endif()

if(WIN32)
    # Windows 8 and Server 2012 are the oldest systems the agent supports. What is newer is looked up at run time;
    # tests/windows/exes_test.py knows what that is.
    target_compile_definitions(mars_compiler INTERFACE
        UNICODE _UNICODE NOMINMAX WIN32_LEAN_AND_MEAN _WIN32_WINNT=0x0603 NTDDI_VERSION=0x06030000)
    # One file without a run-time to install. Each program has a manifest of its own among its resources.
    if(MSVC)
        set(CMAKE_MSVC_RUNTIME_LIBRARY "MultiThreaded$<$<CONFIG:Debug>:Debug>")
        target_link_options(mars_compiler INTERFACE /MANIFEST:NO /DEPENDENTLOADFLAG:0x800 /Brepro)
    else()
        target_link_options(mars_compiler INTERFACE -static)
    endif()

    add_library(mars_windows_libraries INTERFACE)
    target_link_libraries(mars_windows_libraries INTERFACE
        advapi32 bcrypt cfgmgr32 crypt32 iphlpapi netapi32 ntdll ole32 oleaut32 secur32 setupapi shell32 shlwapi taskschd
        uuid wbemuuid wevtapi winhttp wintrust ws2_32 wtsapi32)
endif()
