# checks.cmake: tests that are scripts over the tree or over what gets installed; each is told what to look at.

add_test(NAME arch/includes COMMAND sh tests/arch/includes.sh ${CMAKE_SOURCE_DIR} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
add_test(NAME arch/test_includes COMMAND sh tests/arch/test_includes.sh WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
add_test(NAME arch/links COMMAND sh tests/arch/links.sh ${CMAKE_SOURCE_DIR} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})

# The embedding program must be built as the library was: a sanitizer's run-time comes with the program.
add_test(NAME install/install COMMAND bash tests/install/run.sh ${CMAKE_BINARY_DIR} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(install/install PROPERTIES ENVIRONMENT
  "CC=${CMAKE_C_COMPILER};CFLAGS=$<$<BOOL:${POLDER_SANITIZE}>:-fsanitize=address,undefined>")

# The scripts' own parts, and the plugins' tests as an author runs them.
find_program(LUA lua5.4)
if(LUA)
  add_test(NAME scripts/parts COMMAND ${LUA} scripts/test.lua WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endif()

# Real input, when the data is there: text search must be at least as good as plain BM25 (scripts/README.md).
add_test(NAME scripts/sbir COMMAND bash tests/real/sbir.sh WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
add_test(NAME scripts/sbir_folds COMMAND bash tests/real/sbir_folds.sh WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(scripts/sbir scripts/sbir_folds PROPERTIES ENVIRONMENT "POLDER=$<TARGET_FILE:polder>" SKIP_RETURN_CODE 77)

# Flows drive the built program as a user does: one script a flow.
file(GLOB flows CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/flow/*.sh)
foreach(flow IN LISTS flows)
  get_filename_component(name ${flow} NAME_WE)
  if(NOT name STREQUAL "lib")
    add_test(NAME flow/${name} COMMAND sh ${flow} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(flow/${name} PROPERTIES ENVIRONMENT "POLDER=$<TARGET_FILE:polder>" SKIP_RETURN_CODE 77)
  endif()
endforeach()

# A process that imports is killed again and again: what it was told is safe must be there.
polder_program(kill_import store tests/fault/kill_import.c)
add_test(NAME fault/kill_import COMMAND kill_import WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})

# Claims, decisions and withdrawals against a model of them.
if(CMOCKA_FOUND)
  polder_program(store_model store tests/store/test_model.c tests/store/model.c)
  target_link_libraries(store_model PRIVATE PkgConfig::CMOCKA)
  add_test(NAME store/model COMMAND store_model WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endif()

# A program made of `sources`, the floor and those below it, in which every fault point (core/base/fault.h) is one: the files that have
# one are compiled anew.
function(polder_faulty target floor)
  get_property(below TARGET ${floor} PROPERTY POLDER_USES)
  add_executable(${target} ${ARGN} tests/fault/points.c)
  target_compile_definitions(${target} PRIVATE POLDER_FAULTS)
  foreach(one IN LISTS floor below)
    get_property(sources TARGET ${one} PROPERTY SOURCES)
    set(kept "$<TARGET_OBJECTS:${one}>")
    foreach(source IN LISTS sources)
      file(STRINGS ${CMAKE_SOURCE_DIR}/${source} points REGEX "FAULT_POINT" LIMIT_COUNT 1)
      if(points)
        target_sources(${target} PRIVATE ${source})
        set(kept "$<FILTER:${kept},EXCLUDE,/${source}[.]o$>")
      endif()
    endforeach()
    target_sources(${target} PRIVATE "${kept}")
    target_include_directories(${target} PRIVATE $<TARGET_PROPERTY:${one},INTERFACE_INCLUDE_DIRECTORIES>)
    target_link_libraries(${target} PRIVATE $<TARGET_PROPERTY:${one},INTERFACE_LINK_LIBRARIES>)
  endforeach()
  polder_place(${target} bin)
endfunction()

# Commands that are killed at every point, and handlers at random moments.
polder_faulty(kill_points cli tests/fault/kill_points.c tests/fault/serve.c tests/fault/trials.c tests/fault/state.c)
set(trials 2)
if(POLDER_SANITIZE) # where each process takes long to end
  set(trials 1 command)
endif()
add_test(NAME fault/kill_points COMMAND kill_points ${trials} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
polder_program(kill_handlers host tests/fault/kill_handlers.c)
polder_place(kill_handlers bin)
add_test(NAME fault/kill_handlers COMMAND kill_handlers $<IF:$<BOOL:${POLDER_SANITIZE}>,100,500>
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})

# Fuzzers for a bounded number of inputs; tests/fuzz/README.md runs them for as long as one likes.
if(POLDER_SANITIZE AND CMAKE_C_COMPILER_ID STREQUAL "Clang")
  foreach(fuzzer json pack)
    polder_program(fuzz_${fuzzer} base tests/fuzz/fuzz_${fuzzer}.c)
    target_link_options(fuzz_${fuzzer} PRIVATE -fsanitize=fuzzer)
    add_test(NAME fuzz/${fuzzer} COMMAND fuzz_${fuzzer} -runs=50000 -max_len=4096 -seed=1)
  endforeach()
endif()
