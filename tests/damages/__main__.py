"""`python -m tests.damages`: do every damage, and print how many are named."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from pipeline.evidence import workers
from pipeline.forms import responses
from tests.damages import DAMAGES, UNSEEN
from tests.damages.trial import ask, read_forms_once, read_here, sample, try_damage


def main() -> None:
    """Print each damage that is not named as it must be, then the figure."""
    workers.run, responses.read_form = read_here, read_forms_once()  # type: ignore[assignment]
    killed = 0
    with tempfile.TemporaryDirectory(prefix="boardpack-") as folder:
        library = Path(folder) / "library"
        library.mkdir()
        before = ask(sample(Path(folder) / "sample", library))
        for number, damage in enumerate(DAMAGES):
            told = try_damage(damage, sample(Path(folder) / str(number), library))
            found = told.beyond(before)
            if found == {*damage.named} and told.exit == damage.exit:
                killed += 1
            else:
                print(f"not named as it must be: {damage.what}: {sorted(map(str, found))}", file=sys.stderr)
    for unseen in UNSEEN:
        later = "shown after a sign-off" if unseen.later else "never shown"
        print(f"unseen: {unseen.what} ({later})")
    print(f"{killed} of {len(DAMAGES) + len(UNSEEN)} kinds of damage are named at their place.")


if __name__ == "__main__":
    main()
