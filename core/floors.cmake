# floors.cmake: what a floor is: one folder below core/, one object library, one set of test programs that link it and the floors
# below it only, so that an upward call fails at link.

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g")

option(POLDER_SANITIZE "build everything with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Werror -fno-math-errno -ffp-contract=off)
add_compile_definitions(_GNU_SOURCE POLDER_VERSION="${PROJECT_VERSION}")
if(POLDER_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  add_compile_definitions(POLDER_SANITIZED)
  if(CMAKE_C_COMPILER_ID STREQUAL "Clang") # what tests/fuzz needs of the floors under it
    add_compile_options(-fsanitize=fuzzer-no-link)
  endif()
endif()

find_package(PkgConfig REQUIRED)
pkg_check_modules(CJSON REQUIRED IMPORTED_TARGET libcjson)
pkg_check_modules(MSGPACK REQUIRED IMPORTED_TARGET msgpack)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(LUA REQUIRED IMPORTED_TARGET lua5.4)
pkg_check_modules(UV REQUIRED IMPORTED_TARGET libuv)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(MICROHTTPD libmicrohttpd)
pkg_check_modules(CMOCKA IMPORTED_TARGET cmocka)
find_library(STEMMER stemmer REQUIRED)

enable_testing()

# polder_floor(NAME USES floors… FILES names… LIBS libraries…)
function(polder_floor name)
  cmake_parse_arguments(floor "" "" "USES;FILES;LIBS" ${ARGN})
  list(TRANSFORM floor_FILES PREPEND core/${name}/ OUTPUT_VARIABLE sources)
  list(TRANSFORM sources APPEND .c)
  add_library(${name} OBJECT ${sources})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/core ${CMAKE_SOURCE_DIR}/include)
  target_link_libraries(${name} PUBLIC ${floor_LIBS})
  foreach(below IN LISTS floor_USES)
    target_include_directories(${name} PUBLIC $<TARGET_PROPERTY:${below},INTERFACE_INCLUDE_DIRECTORIES>)
  endforeach()
  set_property(TARGET ${name} PROPERTY POLDER_USES ${floor_USES})
  if(CMOCKA_FOUND)
    foreach(file IN LISTS floor_FILES)
      set(test ${CMAKE_SOURCE_DIR}/tests/${name}/test_${file}.c)
      if(EXISTS ${test})
        polder_program(test_${name}_${file} ${name} ${test})
        polder_place(test_${name}_${file} bin) # some start the worker, which is found from there
        target_link_libraries(test_${name}_${file} PRIVATE PkgConfig::CMOCKA)
        add_test(NAME ${name}/${file} COMMAND test_${name}_${file} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
      endif()
    endforeach()
  endif()
endfunction()

# A program made of `sources`, the floor and those below it.
function(polder_program target floor)
  add_executable(${target} ${ARGN})
  polder_use(${target} ${floor})
endfunction()

# Links the floor's objects and those of the floors below it.
function(polder_use target floor)
  get_property(below TARGET ${floor} PROPERTY POLDER_USES)
  target_link_libraries(${target} PRIVATE ${floor} ${below})
endfunction()

# A shared library made of the floor and those below it.
function(polder_library target floor)
  add_library(${target} SHARED)
  polder_use(${target} ${floor})
endfunction()

# The build tree has the shape of an installed one, so that a program finds its worker and plugins the same way in both.
function(polder_place target folder)
  set_property(TARGET ${target} PROPERTY RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/${folder})
endfunction()

function(polder_link source folder)
  get_filename_component(parent ${CMAKE_BINARY_DIR}/${folder} DIRECTORY)
  file(MAKE_DIRECTORY ${parent})
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/${source} ${CMAKE_BINARY_DIR}/${folder} SYMBOLIC)
endfunction()
