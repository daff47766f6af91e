# hostile.cmake: plugins that try to get out, to hang, to eat memory, to lie; and kernels that lack a layer of the sandbox.

add_executable(without tests/hostile/without.c)
target_link_libraries(without PRIVATE PkgConfig::SECCOMP)

foreach(script IN ITEMS run layers strace)
  add_test(NAME hostile/${script} COMMAND sh tests/hostile/${script}.sh WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endforeach()
add_test(NAME fault/outlive COMMAND sh tests/fault/outlive.sh WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(hostile/run hostile/layers hostile/strace fault/outlive PROPERTIES
  ENVIRONMENT "POLDER=$<TARGET_FILE:polder>;WITHOUT=$<TARGET_FILE:without>"
  SKIP_RETURN_CODE 77 TIMEOUT 600)
