; The installer for Windows. Not tried on that system; `python3 dev.py build` compiles it on the Linux folder, so
; that its syntax is proven. On Windows: makensis /DVERSION=0.1.0 /DFOLDER=dist\event-center-desktop installer.nsi
Unicode true
!include "MUI2.nsh"
!ifndef OUTPUT
  !define OUTPUT "event-center-desktop-${VERSION}-setup.exe"
!endif
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\EventCenterDesktop"

Name "Event Center"
OutFile "${OUTPUT}"
; For one user: no administrator is asked.
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Event Center"
SetCompressor /SOLID lzma

!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Section
  ; What an earlier version left, such as migrations, must not be found by this one.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*.*"
  CreateShortcut "$SMPROGRAMS\Event Center.lnk" "$INSTDIR\event-center-window.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "Event Center"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
SectionEnd

Section "Uninstall"
  Delete "$SMPROGRAMS\Event Center.lnk"
  ; Only what was installed: the folder may hold something else by now.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\event-center.exe"
  Delete "$INSTDIR\event-center-window.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${KEY}"
  DetailPrint "Your data is kept in $LOCALAPPDATA\event-center-desktop"
SectionEnd
