# checks.cmake: the benchmark's work at a size that takes a second: all contestants must rank the same. No timing.

add_test(NAME bench/match COMMAND bash tests/bench/match/run.sh --check --demands 10 --solutions 500 --polder $<TARGET_FILE:polder>
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(bench/match PROPERTIES LABELS bench-small ENVIRONMENT "CC=${CMAKE_C_COMPILER}")

add_test(NAME bench/nearby COMMAND bash tests/bench/match/run.sh --check --nearby --demands 10 --solutions 1500 --polder $<TARGET_FILE:polder>
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(bench/nearby PROPERTIES LABELS bench-small ENVIRONMENT "CC=${CMAKE_C_COMPILER}")

# A sanitizer holds much more than the program does.
set(BENCH_MOST $<IF:$<BOOL:${POLDER_SANITIZE}>,2000,200>)
add_test(NAME bench/large COMMAND bash tests/bench/large/run.sh --check --demands 3 --solutions 300,1200 --most ${BENCH_MOST} --polder $<TARGET_FILE:polder>
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(bench/large PROPERTIES LABELS bench-small ENVIRONMENT "CC=${CMAKE_C_COMPILER}")

add_test(NAME bench/changed COMMAND bash tests/bench/changed/run.sh --check --demands 5 --solutions 1200 --polder $<TARGET_FILE:polder>
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(bench/changed PROPERTIES LABELS bench-small ENVIRONMENT "CC=${CMAKE_C_COMPILER}")

add_test(NAME bench/further COMMAND bash tests/bench/further/run.sh --check --demands 5 --solutions 1200 --many 3 --polder $<TARGET_FILE:polder>
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(bench/further PROPERTIES LABELS bench-small ENVIRONMENT "CC=${CMAKE_C_COMPILER}")

# The table at the end of all of them, of lines that stand in the test.
add_test(NAME bench/summary COMMAND sh tests/bench/summary_test.sh WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(bench/summary PROPERTIES LABELS bench-small)

add_test(NAME bench/rules COMMAND bash tests/bench/rules/run.sh --check --demands 5 --solutions 1200 --polder $<TARGET_FILE:polder>
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(bench/rules PROPERTIES LABELS bench-small ENVIRONMENT "CC=${CMAKE_C_COMPILER}")

# The past, at a size that takes a second: as many records then as now.
polder_program(bench_asof store tests/bench/asof/asof.c)
polder_place(bench_asof bin)
add_test(NAME bench/asof COMMAND bash tests/bench/asof/run.sh $<TARGET_FILE:bench_asof> 3000 300 1
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(bench/asof PROPERTIES LABELS bench-small)

# Keeping and reading, at a size that takes a second: both stores give back the same.
polder_program(bench_put store tests/bench/put/put.c tests/bench/put/plain.c)
polder_place(bench_put bin)
add_test(NAME bench/put COMMAND bash tests/bench/put/run.sh --check $<TARGET_FILE:bench_put> 20 1200 200 1
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(bench/put PROPERTIES LABELS bench-small)

# Runs repeated after random changes, at a size that takes some seconds.
add_test(NAME bench/replay COMMAND bash tests/bench/replay/run.sh $<TARGET_FILE:polder> 12 100
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(bench/replay PROPERTIES LABELS bench-small)
