# SPDX-License-Identifier: MIT
# Cross build for 64-bit Windows with Debian's mingw-w64 (posix threads, statically linked).

set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)

set(triplet x86_64-w64-mingw32)
set(CMAKE_C_COMPILER ${triplet}-gcc-posix)
set(CMAKE_CXX_COMPILER ${triplet}-g++-posix)
set(CMAKE_RC_COMPILER ${triplet}-windres)

# Where `./dev setup` leaves the cross-built libraries. `dev` says so itself; the rest is for people who
# call CMake or an editor on their own.
if(NOT MARS_WINDOWS_LIBRARIES AND NOT "$ENV{MARS_WINDOWS_LIBRARIES}" STREQUAL "")
    set(MARS_WINDOWS_LIBRARIES "$ENV{MARS_WINDOWS_LIBRARIES}")
elseif(NOT MARS_WINDOWS_LIBRARIES)
    if(NOT "$ENV{MARS_WIZARD_CACHE}" STREQUAL "")
        set(cache "$ENV{MARS_WIZARD_CACHE}")
    elseif(NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
        set(cache "$ENV{XDG_CACHE_HOME}/mars-wizard")
    else()
        set(cache "$ENV{HOME}/.cache/mars-wizard")
    endif()
    set(MARS_WINDOWS_LIBRARIES "${cache}/windows")
endif()
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES MARS_WINDOWS_LIBRARIES)

set(CMAKE_FIND_ROOT_PATH ${MARS_WINDOWS_LIBRARIES} /usr/${triplet})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
