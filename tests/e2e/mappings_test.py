"""Memory that a program maps itself is followed like what it allocates."""

import re
import unittest

import support


class MappingsTest(support.WatchedTest):
    def test_pieces_are_understood_and_growth_is_named(self):
        process = self.start_and_wait_until_done(support.program("mappings"), LIMIT="256MiB")
        record = self.fresh_record()
        for function in ("MapAndUnmapAll", "MapAndUnmapInPieces", "Keep768AfterCuttingTheMiddle",
                         "Keep512AfterUnmappingTwoEndsAtOnce", "Keep2048AfterGrowing", "Keep1024AfterAGrowthThatFails",
                         "Keep0OfWhatIsReplaced", "Keep1024OfTheReplacement", "Keep0OfWhatIsNoMemory"):
            with self.subTest(function):
                kept = re.match(r"Keep(\d+)|", function).group(1) or 0
                self.assertEqual(support.live_at(record, function)[0], int(kept) * 1024)
        self.send_line(process)
        event = self.wait_for_alarm(lambda event: event["severity"] != "notice")
        self.assertEqual(event["verdict"], "leak")
        self.assertTrue(support.names_function(event["site"]["frames"][:1], "LeakByMapping"), event["site"]["frames"])
        self.assertEqual(self.errors(), "")


if __name__ == "__main__":
    unittest.main()
