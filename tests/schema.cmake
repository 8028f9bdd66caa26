# SPDX-License-Identifier: MIT
# Every file of knowledge/ says only what its schema knows.

find_program(MARS_XMLLINT xmllint REQUIRED)
add_test(NAME knowledge/schema COMMAND "${CMAKE_COMMAND}" "-DXMLLINT=${MARS_XMLLINT}" "-DROOT=${CMAKE_SOURCE_DIR}"
    "-DWORK=${CMAKE_CURRENT_BINARY_DIR}/schema" -P "${CMAKE_CURRENT_SOURCE_DIR}/check_schema.cmake")
set_tests_properties(knowledge/schema PROPERTIES LABELS native)
