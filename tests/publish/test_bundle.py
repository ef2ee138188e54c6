"""One archive that describes itself, says whether it was changed, and shows the public no more than it may see."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from docx import Document
from lxml import html
from rocrate.rocrate import ROCrate

from pipeline.flow.papers import build_paper
from pipeline.flow.publishing import ALL_NAME, PUBLIC_NAME, Bundled, bundle_cycle
from pipeline.publish.bundle import verify as script
from pipeline.workspace import Workspace
from tests.case_workspaces import make_workspace

CYCLE = "2025-26"
MANIFEST = f"build/{CYCLE}/manifest.json"
HIDDEN_COMMENT = "Our own words, which the public does not get to see."


def prepared(root: Path) -> Workspace:
    """The clean workspace, with an internal document that a public one replaces, and a comment not for the public."""
    ws = make_workspace(root)
    register = ws.evidence / "register.csv"
    text = register.read_text(encoding="utf-8").replace("E03,Report on the aims", "E03,Report on our aims")
    text = text.replace(",,,approved,quantitative", ",,E06,approved,quantitative")
    text += (
        "E15,A copy of the impact paper,published copy.txt,Director,2026-01-12,2026-12-31,public,report,1,,,approved,\n"
    )
    register.write_text(text, encoding="utf-8")
    shutil.copyfile(ws.evidence / "impact.txt", ws.evidence / "published copy.txt")
    strategy = ws.evidence / "strategy.pdf"
    strategy.rename(ws.evidence / "the strategy & plan.pdf")
    register.write_text(text.replace(",strategy.pdf,", ",the strategy & plan.pdf,"), encoding="utf-8")
    hide_a_comment(ws.cycle_folder(CYCLE) / "responses/team.csv")
    return ws


def hide_a_comment(form: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(form.read_text(encoding="utf-8"))))
    for number, row in enumerate(rows):
        row["public_comment"] = "" if number else row["comment"]
        row["comment"] = row["comment"] if number else HIDDEN_COMMENT
    with form.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = prepared(tmp_path_factory.mktemp("bundle") / "ws")
    build_paper(ws, "board-paper", CYCLE, draft=False)
    build_paper(ws, "board-paper", CYCLE, draft=True)
    return ws


@pytest.fixture(scope="module")
def public(ws: Workspace) -> Bundled:
    return bundle_cycle(ws, CYCLE, everything=False)


@pytest.fixture(scope="module")
def everything(ws: Workspace) -> Bundled:
    return bundle_cycle(ws, CYCLE, everything=True)


def names(bundled: Bundled) -> set[str]:
    with zipfile.ZipFile(bundled.bundle.path) as archive:
        return set(archive.namelist())


def unpacked(bundled: Bundled, folder: Path) -> Path:
    with zipfile.ZipFile(bundled.bundle.path) as archive:
        archive.extractall(folder)
    return folder


def verified(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """As on another machine: no site-packages, no environment, no folder of ours."""
    return subprocess.run(
        [sys.executable, "-I", "-S", *words], capture_output=True, text=True, cwd=cwd, check=False, env={}
    )


def every_text(path: Path) -> Iterator[tuple[str, str]]:
    """Each part of each file, also inside Word files, as text."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            yield name, name
            if name.endswith(".docx"):
                with zipfile.ZipFile(io.BytesIO(content)) as word:
                    for part in word.namelist():
                        text = word.read(part).decode("utf-8", "ignore")
                        yield f"{name}/{part}", re.sub(r"<[^>]*>", "", text) + " ".join(re.findall(r'"([^"]*)"', text))
            elif not name.endswith((".png", ".pdf", ".jpg")):
                yield name, content.decode("utf-8", "ignore")


def test_the_public_bundle_shows_nothing_that_is_not_public(ws: Workspace, public: Bundled) -> None:
    internal = " ".join((ws.evidence / "impact.txt").read_text(encoding="utf-8").split())
    words = internal.split()
    secrets = ["Impact paper on the clinics", "impact.txt", HIDDEN_COMMENT]
    secrets += [" ".join(words[n : n + 4]) for n in range(len(words) - 3)]

    shown = [(name, " ".join(text.split())) for name, text in every_text(public.bundle.path)]

    assert len(shown) > 20
    assert [(name, secret) for name, text in shown for secret in secrets if secret in text] == []
    assert [name for name, text in shown if re.search(r"\bE06\b", text)] == []


def test_the_scan_would_find_what_is_not_public(ws: Workspace, everything: Bundled) -> None:
    shown = " ".join(text for _, text in every_text(everything.bundle.path))

    assert "Impact paper on the clinics" in shown
    assert HIDDEN_COMMENT in shown
    assert re.search(r"\bE06\b", shown)


def test_what_each_bundle_holds(ws: Workspace, public: Bundled, everything: Bundled) -> None:
    shown, all_of_it = names(public), names(everything)
    build = f"build/{CYCLE}"

    assert public.bundle.path == ws.build(CYCLE) / PUBLIC_NAME
    assert everything.bundle.path == ws.build(CYCLE) / ALL_NAME
    both = {f"{build}/board-paper.docx", f"{build}/manifest.json", f"{build}/trail.html", f"{build}/trail.csv"}
    both |= {
        "verify.py",
        "README.txt",
        "checksums.sha256",
        "ro-crate-metadata.json",
        "evidence/the strategy & plan.pdf",
    }
    assert both <= shown and both <= all_of_it
    assert f"{build}/answers.csv" in shown
    assert not any("responses" in name or name.split("/")[-1] == "register.csv" or "draft" in name for name in shown)
    assert {"assessments/2025-26/responses/team.csv", "evidence/register.csv", "evidence/impact.txt"} <= all_of_it
    assert f"{build}/board-paper-draft.docx" in all_of_it
    assert any(name.startswith("shipped/frameworks/") for name in all_of_it)


def test_what_is_left_out_is_told_with_its_reason(public: Bundled) -> None:
    left = {part.path.name: part.reason for part in public.left_out}

    assert left["board-paper-draft.docx"] == "it is a draft"
    assert "not public" in left["published copy.txt"]


def test_a_bundle_for_auditors_says_internal_first(everything: Bundled) -> None:
    with zipfile.ZipFile(everything.bundle.path) as archive:
        assert archive.read("README.txt").startswith(b"INTERNAL")
        assert b"Get-FileHash -Algorithm SHA256" in archive.read("README.txt")
        root = next(e for e in json.loads(archive.read("ro-crate-metadata.json"))["@graph"] if e["@id"] == "./")
    assert root["name"].startswith("INTERNAL")


def test_it_verifies_with_nothing_but_the_standard_library(
    public: Bundled, everything: Bundled, tmp_path: Path
) -> None:
    for bundled in (public, everything):
        folder = unpacked(bundled, tmp_path / bundled.bundle.path.stem)
        shutil.copyfile(bundled.bundle.path, tmp_path / "sent.zip")

        for said in (
            verified("verify.py", cwd=folder),
            verified(str(folder / "verify.py"), "sent.zip", cwd=tmp_path),
        ):
            assert said.returncode == 0, said.stdout + said.stderr
            assert "no difference found" in said.stdout
            assert bundled.bundle.checksum in said.stdout


def test_the_script_runs_on_old_pythons_and_imports_nothing_of_ours() -> None:
    source = Path(script.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 8))

    imported = {n.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names}
    imported |= {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= set(sys.stdlib_module_names)


def test_one_byte_changed_anywhere_is_found(everything: Bundled, tmp_path: Path) -> None:
    folder = unpacked(everything, tmp_path / "unpacked")
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.stat().st_size]
    assert len(files) > 30

    for path in files:
        before = path.read_bytes()
        path.write_bytes(bytes([before[0] ^ 1]) + before[1:])
        try:
            faults, _ = script.check(script.Folder(folder))
        except (ValueError, LookupError):
            faults = ["it cannot be read"]
        assert faults, path
        path.write_bytes(before)
    assert script.check(script.Folder(folder))[0] == []


def test_a_file_added_removed_or_exchanged_with_its_checksum_is_found(public: Bundled, tmp_path: Path) -> None:
    folder = unpacked(public, tmp_path / "unpacked")
    (folder / "evidence/added.txt").write_text("more", encoding="utf-8")
    assert verified("verify.py", cwd=folder).returncode == 1
    (folder / "evidence/added.txt").unlink()

    answers = folder / "build/2025-26/answers.csv"
    content = answers.read_bytes()
    old = script.digest(script.Folder(folder), "build/2025-26/answers.csv")
    answers.write_bytes(content + b" ")
    checksums = folder / "checksums.sha256"
    listed = checksums.read_text(encoding="utf-8")
    new = script.digest(script.Folder(folder), "build/2025-26/answers.csv")
    checksums.write_text(listed.replace(old, new), encoding="utf-8", newline="\n")
    said = verified("verify.py", cwd=folder)
    assert said.returncode == 1
    assert "answers.csv is not as ro-crate-metadata.json describes it" in said.stdout

    answers.unlink()
    assert "answers.csv is gone" in verified("verify.py", cwd=folder).stdout


def test_a_paper_made_from_other_inputs_is_found(everything: Bundled, tmp_path: Path) -> None:
    folder = unpacked(everything, tmp_path / "unpacked")
    manifest = folder / "build/2025-26/manifest.json"
    content = json.loads(manifest.read_bytes())
    content["predicate"]["inputs"][0]["digest"]["sha256"] = "0" * 64
    manifest.write_text(json.dumps(content), encoding="utf-8")

    faults, _ = script.check(script.Folder(folder))

    assert any("list of inputs" in fault for fault in faults)
    assert any("is not the input" in fault for fault in faults)


def test_a_paper_is_judged_by_itself_whatever_the_lists_say(public: Bundled, tmp_path: Path) -> None:
    folder = unpacked(public, tmp_path / "unpacked")
    name = f"build/{CYCLE}/board-paper.docx"
    shutil.copyfile(folder / name, folder / f"build/{CYCLE}/another.docx")
    with pytest.warns(UserWarning), zipfile.ZipFile(folder / name, "a") as package:
        package.writestr("word/document.xml", "Forged words.")
    files = script.Folder(folder)

    faults = script.check_manifest(files, {n: script.digest(files, n) for n in files.names()}, MANIFEST)

    assert faults == [
        f"{name} is not the paper that {MANIFEST} lists.",
        f"build/{CYCLE}/another.docx is not among the papers that {MANIFEST} lists.",
        f"{name} was edited after it was made, or is damaged.",
    ]


def test_a_second_file_of_one_name_in_the_archive_is_found(public: Bundled, tmp_path: Path) -> None:
    forged = tmp_path / "bundle.zip"
    shutil.copyfile(public.bundle.path, forged)
    with pytest.warns(UserWarning), zipfile.ZipFile(forged, "a") as archive:
        archive.writestr("evidence/aims.txt", (archive.read("evidence/aims.txt")))

    said = verified(str(Path(script.__file__)), str(forged), cwd=tmp_path)

    assert said.returncode == 1
    assert "evidence/aims.txt stands in the archive more than once." in said.stdout


def test_it_is_a_crate_that_the_library_reads_and_that_has_what_the_standard_asks_for(
    public: Bundled, everything: Bundled, tmp_path: Path
) -> None:
    for bundled in (public, everything):
        folder = unpacked(bundled, tmp_path / bundled.bundle.path.stem)
        crate = ROCrate(folder)
        root = crate.root_dataset

        assert all(root.get(field) for field in ("name", "description", "datePublished", "license", "hasPart"))
        assert root["datePublished"] == "2026-03-26"
        described = {entity.id for entity in crate.data_entities}
        files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        assert {i.replace("%20", " ").replace("%26", "&") for i in described} == files - {
            "checksums.sha256",
            "ro-crate-metadata.json",
        }
        assert all((folder / e.source).is_file() for e in crate.data_entities)
        graph = json.loads((folder / "ro-crate-metadata.json").read_bytes())["@graph"]
        idents = [entity["@id"] for entity in graph]
        descriptor = graph[idents.index("ro-crate-metadata.json")]
        assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
        assert descriptor["about"] == {"@id": "./"}
        assert len(idents) == len(set(idents))
        pointed = set(re.findall(r'\{"@id": "([^"]+)"\}', json.dumps(graph)))
        assert pointed <= {*idents, "https://w3id.org/ro/crate/1.1"}


def test_links_in_the_trail_lead_to_documents_in_the_bundle(public: Bundled, tmp_path: Path) -> None:
    folder = unpacked(public, tmp_path / "unpacked")
    page = html.fromstring((folder / "build/2025-26/trail.html").read_bytes())
    links = {a.get("href") for a in page.iter("a") if "evidence/" in a.get("href", "")}

    places = [(folder / "build/2025-26" / unquote(link.split("#")[0])).resolve() for link in links]
    assert any(link.endswith("#page=2") for link in links)
    assert [p for p in places if not p.is_file() or not p.is_relative_to(folder)] == []


def test_the_same_bytes_twice_and_in_another_folder(ws: Workspace, public: Bundled, tmp_path: Path) -> None:
    first = public.bundle.path.read_bytes()
    other = prepared(tmp_path / "elsewhere, with a comma")
    build_paper(other, "board-paper", CYCLE, draft=False)

    assert bundle_cycle(ws, CYCLE, everything=False).bundle.path.read_bytes() == first
    assert bundle_cycle(other, CYCLE, everything=False).bundle.path.read_bytes() == first


def test_a_paper_out_of_date_is_made_anew_and_an_edited_one_is_left_out(tmp_path: Path) -> None:
    ws = prepared(tmp_path / "ws")
    build_paper(ws, "board-paper", CYCLE, draft=False)
    paper = ws.build(CYCLE) / "board-paper.docx"
    before = paper.read_bytes()
    form = ws.cycle_folder(CYCLE) / "responses/vcse.csv"
    form.write_text(form.read_text(encoding="utf-8").replace(".", "!", 1), encoding="utf-8")

    bundled = bundle_cycle(ws, CYCLE, everything=False)
    assert paper.read_bytes() != before
    assert f"build/{CYCLE}/board-paper.docx" in names(bundled)
    assert script.check(script.Archive(bundled.bundle.path))[0] == []

    docx = Document(str(paper))
    docx.add_paragraph("A word more.")
    docx.save(str(paper))
    edited = paper.read_bytes()
    for everything in (False, True):
        bundled = bundle_cycle(ws, CYCLE, everything=everything)
        assert paper.read_bytes() == edited
        assert f"build/{CYCLE}/board-paper.docx" not in names(bundled)
        assert list(bundled.faulty.values()) == ["was edited after it was made, or is damaged"]
        assert script.check(script.Archive(bundled.bundle.path))[0] == []


def test_for_a_private_session_answers_and_trail_stay_in(tmp_path: Path) -> None:
    ws = prepared(tmp_path / "ws")
    file = ws.cycle_folder(CYCLE) / "assessment.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("session: public", "session: private"), encoding="utf-8")

    bundled = bundle_cycle(ws, CYCLE, everything=False)

    held = names(bundled)
    assert not any(name.endswith(("answers.csv", "trail.html", "dossier.json", "board-paper.docx")) for name in held)
    assert "evidence/aims.txt" in held
    assert "private session" in {part.path.name: part.reason for part in bundled.left_out}["answers and trail"]
