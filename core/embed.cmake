# embed.cmake: Lua files that are part of the program. polder_embed(FLOOR names…) turns core/FLOOR/NAME.lua into the array
# `FLOOR_NAME_lua` of a header "FLOOR/NAME_lua.h", made again when the Lua file changes.
function(polder_embed floor)
  foreach(name IN LISTS ARGN)
    set(source ${CMAKE_SOURCE_DIR}/core/${floor}/${name}.lua)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
    file(READ ${source} hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embed/${floor}/${name}_lua.h
         CONTENT "static const unsigned char ${floor}_${name}_lua[] = {\n${bytes}\n};\n" @ONLY)
  endforeach()
  target_include_directories(${floor} PRIVATE ${CMAKE_BINARY_DIR}/embed)
endfunction()
