# install.cmake: what `cmake --install` puts under the prefix. The tree can be moved afterwards: the binary and the library find
# polder-worker and the bundled plugins by where they lie themselves (core/host/install.c), and polder.pc names no prefix.

# "lib", also where Debian would make it lib/x86_64-linux-gnu (prefix /usr): libpolder looks for ../libexec and ../share.
set(CMAKE_INSTALL_LIBDIR lib CACHE PATH "folder of libraries below the prefix, one deep")
include(GNUInstallDirs)

install(TARGETS polder RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS polder-worker RUNTIME DESTINATION libexec/polder)
install(TARGETS polder_lib LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES include/polder.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/polder DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY plugins/ DESTINATION share/polder/plugins)
install(FILES include/polder.lua DESTINATION share/polder/types)
install(FILES LICENSE DESTINATION share/doc/polder RENAME copyright)

configure_file(core/polder.pc.in ${CMAKE_BINARY_DIR}/polder.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/polder.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# polder_writes(FILE FOLDER NAME arguments…): a file that the program itself writes, from the rows of its commands; NAME is what it
# is called once installed.
function(polder_writes file folder name)
  add_custom_command(OUTPUT ${file} COMMAND polder ${ARGN} > ${file} DEPENDS polder VERBATIM)
  set_property(GLOBAL APPEND PROPERTY POLDER_WRITTEN ${CMAKE_BINARY_DIR}/${file})
  install(FILES ${CMAKE_BINARY_DIR}/${file} DESTINATION ${folder} RENAME ${name})
endfunction()

polder_writes(polder.1 ${CMAKE_INSTALL_MANDIR}/man1 polder.1 help --man)
polder_writes(polder.bash share/bash-completion/completions polder completion bash)
polder_writes(_polder share/zsh/site-functions _polder completion zsh)
polder_writes(polder.fish share/fish/vendor_completions.d polder.fish completion fish)
get_property(written GLOBAL PROPERTY POLDER_WRITTEN)
add_custom_target(written ALL DEPENDS ${written})
