@echo off
rem Opens this workspace in your browser. Close the window in which it runs to end it.
cd /d "%~dp0"
rem Where pipx and uv put programs, looked at last.
set "PATH=%PATH%;%USERPROFILE%\.local\bin"
where boardpack >nul 2>nul
if not errorlevel 1 (
  boardpack desk
  goto done
)
where uv >nul 2>nul
if errorlevel 1 goto missing
for %%F in (boardpack-*.whl) do (
  uv tool run --from "%%~fF" boardpack desk
  goto done
)
:missing
echo The program boardpack is not found on this computer.
echo Ask for the file boardpack-...-py3-none-any.whl, put it into this folder, and install it once:
echo   pipx install boardpack-...-py3-none-any.whl   (or: uv tool install ...)
echo Then open this file again. Where uv is installed, the .whl file in this folder is enough.
pause
exit /b 1
:done
if errorlevel 1 pause
