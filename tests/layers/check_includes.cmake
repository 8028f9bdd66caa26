# SPDX-License-Identifier: MIT
# What no compiler says on Linux: where <windows.h> and <wx/...> may be included, that no include climbs out of its
# folder, and that each file names its licence.

cmake_minimum_required(VERSION 3.25)

set(windows_files "^(app/windows/|app/(check_main|wizard_main|stack_guard)\\.cpp$|tests/(windows|bench|ui|demo)/)")
set(wx_files "^(wizard_pages/[^/]+|app/wizard_main\\.cpp$|tests/(windows|ui)/)")
set(windows_headers "windows|winsock2|ws2tcpip|winhttp|objbase|oleauto|taskschd|wbemidl|setupapi|shlobj|wincrypt")

file(GLOB_RECURSE files RELATIVE "${ROOT}"
    "${ROOT}/app/*.cpp" "${ROOT}/app/*.h" "${ROOT}/wizard_pages/*.cpp" "${ROOT}/wizard_pages/*.h"
    "${ROOT}/tests/*.cpp" "${ROOT}/tests/*.h")
foreach(path IN LISTS files)
    file(STRINGS "${ROOT}/${path}" first LIMIT_COUNT 1)
    if(NOT first MATCHES "^// SPDX-License-Identifier: MIT$")
        message(SEND_ERROR "${path}: the first line is not the SPDX line")
    endif()
    file(STRINGS "${ROOT}/${path}" includes REGEX "^[ \t]*#[ \t]*include")
    foreach(line IN LISTS includes)
        if(line MATCHES "\\.\\./")
            message(SEND_ERROR "${path}: ${line}: name the header alone; its folder is on the layer's include path")
        endif()
        string(TOLOWER "${line}" lower)
        if(lower MATCHES "[<\"](${windows_headers})\\.h[>\"]" AND NOT path MATCHES "${windows_files}")
            message(SEND_ERROR "${path}: ${line}: only app/windows, the two mains and their stack guard may include this")
        endif()
        if(lower MATCHES "[<\"]wx/")
            if(NOT path MATCHES "${wx_files}" OR path MATCHES "^wizard_pages/catalogue\\.")
                message(SEND_ERROR "${path}: ${line}: only the pages and the wizard's main may include wx")
            endif()
        endif()
    endforeach()
endforeach()
list(LENGTH files count)
message(STATUS "${count} files read")
if(count LESS 2)
    message(FATAL_ERROR "no sources found below ${ROOT}")
endif()
