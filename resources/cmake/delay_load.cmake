# SPDX-License-Identifier: MIT
# DLLs that are loaded by the first call into them, so that the program's own folder is never asked for them: Windows
# resolves the others before main, and protects only some names from a namesake beside the exe (KnownDLLs).
# app/windows/hardening.cpp says where they are loaded from; tests/windows/exes_test.py looks at the result.

set(MARS_DELAY_LOADED oleacc.dll uxtheme.dll version.dll)
if(MSVC)
    # vcpkg's wxWidgets can print; `dev` builds one that cannot.
    list(APPEND MARS_DELAY_LOADED winspool.drv)
endif()

# mars_delay_load(INTERFACE target...): the interface links these imported libraries, which call those DLLs.
function(mars_delay_load interface)
    target_link_libraries(${interface} INTERFACE ${ARGN})
    if(MSVC)
        list(TRANSFORM MARS_DELAY_LOADED PREPEND "/DELAYLOAD:" OUTPUT_VARIABLE options)
        target_link_options(${interface} INTERFACE ${options})
        target_link_libraries(${interface} INTERFACE delayimp)
        return()
    endif()

    set(names "")
    foreach(dll IN LISTS MARS_DELAY_LOADED)
        cmake_path(GET dll STEM name)
        list(APPEND names ${name})
        mars_delay_library(${name} ${dll})
    endforeach()
    list(JOIN names "|" names)
    foreach(target IN LISTS ARGN)
        get_target_property(aliased ${target} ALIASED_TARGET)
        if(aliased)
            set(target ${aliased})
        endif()
        get_target_property(links ${target} INTERFACE_LINK_LIBRARIES)
        list(TRANSFORM links REPLACE "^(${names})$" "mars_delayed_\\1")
        set_target_properties(${target} PROPERTIES INTERFACE_LINK_LIBRARIES "${links}")
    endforeach()
endfunction()

# The library mars_delayed_<name> for a DLL, from resources/delay_load/<name>.def.
function(mars_delay_library name dll)
    set(folder "${CMAKE_BINARY_DIR}/delay_load")
    set(definition "${CMAKE_SOURCE_DIR}/resources/delay_load/${name}.def")
    file(MAKE_DIRECTORY "${folder}")
    # By its bare name: dlltool names the members after it, and the linker sorts by that.
    add_custom_command(OUTPUT "${folder}/lib${name}.a"
        COMMAND "${CMAKE_DLLTOOL}" -d "${definition}" -D ${dll} -y lib${name}.a
        WORKING_DIRECTORY "${folder}"
        DEPENDS "${definition}" VERBATIM)
    add_custom_target(mars_delay_load_${name} DEPENDS "${folder}/lib${name}.a")
    add_library(mars_delayed_${name} STATIC IMPORTED GLOBAL)
    set_target_properties(mars_delayed_${name} PROPERTIES IMPORTED_LOCATION "${folder}/lib${name}.a")
    add_dependencies(mars_delayed_${name} mars_delay_load_${name})
endfunction()
