# cmake -DMANIFEST=build/install_manifest.txt -P uninstall.cmake: removes what the last `cmake --install` put there.
if(NOT EXISTS "${MANIFEST}")
  message(FATAL_ERROR "${MANIFEST} is not there: nothing was installed from this build directory")
endif()
file(STRINGS "${MANIFEST}" files)
foreach(file ${files})
  message(STATUS "removing $ENV{DESTDIR}${file}")
  file(REMOVE "$ENV{DESTDIR}${file}")
endforeach()
