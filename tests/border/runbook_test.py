"""The runbook, src/alarm/README.md, has an entry for each code of src/alarm/codes.def, in the words of the messages."""
import os
import pathlib
import re
import unittest

SOURCE = pathlib.Path(os.environ["HEADROOM_SOURCE"])
RUNBOOK = (SOURCE / "src/alarm/README.md").read_text()
LITERAL = r'"((?:[^"\\]|\\.)*)"'


def codes():
    """{"HR-101": title} from codes.def."""
    lines = re.findall(rf"^HEADROOM_CODE\((\d+), (\w+), {LITERAL}\)$", (SOURCE / "src/alarm/codes.def").read_text(), re.M)
    return {f"HR-{number}": title for number, _, title in lines}


def names():
    return re.findall(r"^HEADROOM_CODE\(\d+, (\w+),", (SOURCE / "src/alarm/codes.def").read_text(), re.M)


def entries():
    """{"HR-101": (title, body)} from the runbook."""
    parts = re.split(r"^### (HR-\d+) (.*)$", RUNBOOK, flags=re.M)[1:]
    return {code: (title, body) for code, title, body in zip(parts[::3], parts[1::3], parts[2::3])}


def sources():
    return [p.read_text() for p in (SOURCE / "src").rglob("*.cc")]


def joined_literals():
    """Every string literal of the source; those that the compiler joins are one."""
    run = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*')
    for text in sources():
        for literals in run.findall(text):
            yield "".join(re.findall(LITERAL, literals))


class Runbook(unittest.TestCase):
    def test_it_has_the_codes_of_the_source_and_no_other(self):
        self.assertGreater(len(codes()), 10)
        self.assertEqual({code: title for code, (title, _) in entries().items()}, codes())
        self.assertEqual(list(entries()), sorted(entries()))

    def test_no_number_is_given_twice(self):
        numbers = re.findall(r"^HEADROOM_CODE\((\d+),", (SOURCE / "src/alarm/codes.def").read_text(), re.M)
        self.assertEqual(len(numbers), len(set(numbers)))

    def test_each_entry_says_how_it_looks_what_it_means_and_what_to_do(self):
        for code, (_, body) in entries().items():
            self.assertEqual(re.findall(r"^- (Looks like|Means|Do): \S", body, re.M), ["Looks like", "Means", "Do"], code)

    def test_it_quotes_the_messages_as_they_are(self):
        said = "\n".join(joined_literals())
        for code, (_, body) in entries().items():
            looks = re.search(r"^- Looks like: (.*)$", body, re.M).group(1)
            for quote in re.findall(r"`([^`]+)`", looks):
                for piece in re.split(r"…|WARNING: | in |\(pid |not armed: ", quote):
                    self.assertIn(piece.strip(" ):"), said, f"{code} quotes what no message says")

    def test_every_code_is_given_to_a_message(self):
        said = "".join(sources()) + (SOURCE / "src/alarm/code.h").read_text()
        for name in names():
            self.assertIn(f"Code::k{name}", said)


if __name__ == "__main__":
    unittest.main()
