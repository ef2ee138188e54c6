#!/bin/sh
# Opens this workspace in your browser. Close the window in which it runs to end it.
cd "$(dirname "$0")" || exit 1
# Where pipx and uv put programs; a window that is opened by a double click may not look there.
PATH="$PATH:$HOME/.local/bin"
if command -v boardpack >/dev/null 2>&1; then
  exec boardpack desk
fi
if command -v uv >/dev/null 2>&1; then
  for file in boardpack-*.whl; do
    [ -f "$file" ] && exec uv tool run --from "./$file" boardpack desk
  done
fi
echo 'The program boardpack is not found on this computer.'
echo 'Ask for the file boardpack-...-py3-none-any.whl, put it into this folder, and install it once:'
echo '  pipx install boardpack-...-py3-none-any.whl   (or: uv tool install ...)'
echo 'Then open this file again. Where uv is installed, the .whl file in this folder is enough.'
printf 'Press Enter to close. '
read -r answer
exit 127
