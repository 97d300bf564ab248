"""The arrows between the rooms are those of the table in src/README.md, and headers stand on their own."""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import unittest

SOURCE = pathlib.Path(os.environ["HEADROOM_SOURCE"])
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def room_table():
    """{room: set of rooms it may include} from the table."""
    rooms = {}
    for line in (SOURCE / "src/README.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 5 and cells[1] not in ("room", "---"):
            rooms[cells[1]] = set(cells[3].split())
    return rooms


def room_of(path, rooms):
    """The room a path relative to src/ (or as written in an include) belongs to."""
    if path.startswith("headroom/"):
        return "public"
    parts = path.split("/")
    for depth in (2, 1):
        room = "/".join(parts[:depth])
        if len(parts) > depth and room in rooms:
            return room
    return None


class IncludeGraph(unittest.TestCase):
    def sources(self):
        files = [p for p in (SOURCE / "src").rglob("*") if p.suffix in (".h", ".cc")]
        self.assertGreater(len(files), 50)
        return files

    def test_every_source_file_is_in_a_room_of_the_table(self):
        rooms = room_table()
        for file in self.sources():
            relative = str(file.relative_to(SOURCE / "src"))
            self.assertIsNotNone(room_of(relative, rooms), f"{relative} is in no room of src/README.md")

    def test_no_room_includes_what_its_line_does_not_name(self):
        rooms = room_table()
        for file in self.sources():
            relative = str(file.relative_to(SOURCE / "src"))
            room = room_of(relative, rooms)
            for included in INCLUDE.findall(file.read_text()):
                target = room_of(included, rooms)
                self.assertIsNotNone(target, f"{relative} includes {included}, which is in no room")
                self.assertTrue(target == room or target in rooms[room], f"{relative} ({room}) includes {included} ({target})")

    def test_the_table_names_no_room_that_is_not_there(self):
        rooms = room_table()
        for room, allowed in rooms.items():
            self.assertTrue((SOURCE / "src" / room).is_dir(), f"{room} is in the table but not in src/")
            self.assertLessEqual(allowed - {"public"}, set(rooms), f"{room} may include unknown rooms")

    def test_the_rules_that_the_design_is_about_hold_in_the_table(self):
        rooms = room_table()
        for room, allowed in rooms.items():
            if room.startswith("hot/"):
                self.assertTrue(all(r.startswith("hot/") for r in allowed), f"{room} leaves the hot rooms")
            elif room not in ("snapshot", "agent"):
                self.assertFalse(any(r.startswith("hot/") for r in allowed), f"{room} reaches into the hot rooms")
        self.assertFalse({"agent", "snapshot"} & rooms["cli"])
        self.assertEqual(rooms["trend"], {"series"})

    def test_every_header_stands_alone(self):
        """A header with a source file of its own is that file's first include; any other is compiled by itself."""
        alone = []
        for header in sorted((SOURCE / "src").rglob("*.h")):
            name = str(header.relative_to(SOURCE / "src"))
            source = header.with_suffix(".cc")
            if source.exists():
                self.assertEqual(INCLUDE.findall(source.read_text())[:1], [name], f"{source.name} must include it first")
            else:
                alone.append(name)
        self.assertIn("series/snapshot.h", alone)
        command = ["g++", "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-x", "c++", "-",
                   f"-I{SOURCE / 'src'}", f"-I{SOURCE / 'include'}"]
        def compile_alone(header):
            return header, subprocess.run(command, input=f'#include "{header}"\n', text=True, capture_output=True)
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            for header, compiled in pool.map(compile_alone, alone):
                self.assertEqual(compiled.returncode, 0, f"{header} does not stand alone:\n{compiled.stderr}")


if __name__ == "__main__":
    unittest.main()
