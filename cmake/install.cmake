# What a program that is linked with headroom finds installed. The tool and its manuals install themselves.
include(CMakePackageConfigHelpers)
set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/headroom)
install(TARGETS headroom_shared LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS headroom_preload LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/headroom)
install(FILES ${CMAKE_ARCHIVE_OUTPUT_DIRECTORY}/libheadroom.a DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/headroom DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

configure_package_config_file(cmake/headroomConfig.cmake.in package/headroomConfig.cmake
  INSTALL_DESTINATION ${package_directory} PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR)
write_basic_package_version_file(package/headroomConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/package/headroomConfig.cmake ${CMAKE_BINARY_DIR}/package/headroomConfigVersion.cmake
  DESTINATION ${package_directory})

# At installation, when the prefix is known for good.
set(pc_libdir "\\\${prefix}")
set(pc_includedir ${pc_libdir})
cmake_path(APPEND pc_libdir ${CMAKE_INSTALL_LIBDIR})
cmake_path(APPEND pc_includedir ${CMAKE_INSTALL_INCLUDEDIR})
install(CODE "
  set(pc_libdir \"${pc_libdir}\")
  set(pc_includedir \"${pc_includedir}\")
  set(PROJECT_VERSION \"${PROJECT_VERSION}\")
  configure_file(\"${PROJECT_SOURCE_DIR}/cmake/headroom.pc.in\" \"${CMAKE_BINARY_DIR}/package/headroom.pc\" @ONLY)")
install(FILES ${CMAKE_BINARY_DIR}/package/headroom.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

add_custom_target(uninstall VERBATIM
  COMMAND ${CMAKE_COMMAND} -DMANIFEST=${CMAKE_BINARY_DIR}/install_manifest.txt -P ${PROJECT_SOURCE_DIR}/cmake/uninstall.cmake)
