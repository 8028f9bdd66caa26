# SPDX-License-Identifier: MIT

set_property(GLOBAL PROPERTY MARS_LAYERS "")

# The text goes into `file` only when it differs, so that nothing is rebuilt for its sake.
function(mars_write file text)
    file(CONFIGURE OUTPUT "${file}" CONTENT "${text}" @ONLY)
endfunction()

# mars_layer(NAME SOURCES pattern... [WITHOUT file...] INCLUDES folder... LINKS target...)
#
# A static library of everything that matches the patterns now or later; a new file needs no edit here.
function(mars_layer name)
    cmake_parse_arguments(layer "" "" "SOURCES;WITHOUT;INCLUDES;LINKS" ${ARGN})

    list(TRANSFORM layer_SOURCES PREPEND "${CMAKE_SOURCE_DIR}/")
    list(TRANSFORM layer_WITHOUT PREPEND "${CMAKE_SOURCE_DIR}/")
    file(GLOB sources CONFIGURE_DEPENDS ${layer_SOURCES})
    if(layer_WITHOUT)
        list(REMOVE_ITEM sources ${layer_WITHOUT})
    endif()
    if(NOT sources)
        # A library needs one source, also where a layer is nothing but headers.
        set(sources "${CMAKE_BINARY_DIR}/generated/${name}_empty.cpp")
        mars_write("${sources}" "// Nothing here yet.\n")
    endif()

    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC ${layer_LINKS} PRIVATE mars_compiler)
    foreach(folder IN LISTS layer_INCLUDES)
        cmake_path(ABSOLUTE_PATH folder BASE_DIRECTORY "${CMAKE_SOURCE_DIR}")
        target_include_directories(${name} PUBLIC "${folder}")
    endforeach()
    set_property(GLOBAL APPEND PROPERTY MARS_LAYERS ${name})
endfunction()
