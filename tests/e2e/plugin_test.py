"""Code that is loaded and unloaded while the program runs."""

import os
import unittest

import support


class PluginTest(support.WatchedTest):
    def run_sampling_all(self, program, *arguments):
        return self.run_watched(support.program(program), *arguments, SAMPLE_BYTES="1B", INTERVAL="10ms")

    def load(self, plugin, *how):
        return self.run_sampling_all("loads_plugin", plugin, *how)

    def assert_works(self, done):
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "done\n", ""))

    def test_cpp_plugins_of_a_c_program_work(self):
        self.assert_works(self.load(self.build_library("plugin.cc"), "local", "1"))

    def test_plugins_that_bind_to_themselves_first_work(self):
        self.assert_works(self.load(self.build_library("plugin.cc"), "deepbind", "50"))

    def test_plugins_may_come_and_go_while_every_allocation_is_sampled(self):
        self.assert_works(self.load(self.build_library("plugin.cc"), "local", "300"))

    def test_plugins_may_come_and_go_beside_threads(self):
        self.assert_works(self.load(self.build_library("plugin.cc"), "local", "150", "beside"))

    def test_an_allocation_never_waits_for_the_loader(self):
        plugin = self.build_library("locks_in_constructor.c")
        self.assert_works(self.run_sampling_all("lock_and_load", plugin))

    def test_what_an_unloaded_plugin_left_keeps_its_name_when_another_comes_to_its_place(self):
        plugins = []
        for name in ("KeepForTheFirst", "KeepForTheSecond"):
            plugins.append(self.path(name + ".so"))
            os.rename(self.build_library("keeps_as.c", "-DKEEP=" + name), plugins[-1])
        process = self.start(support.program("reuses_code"), *plugins, SAMPLE_BYTES="1B")
        for line in ("kept", "same"):
            self.assertEqual(process.stdout.readline(), line + "\n")
            ticks_until_code_is_looked_at = 16
            tick = self.fresh_record()["tick"] + ticks_until_code_is_looked_at
            support.wait_for(lambda: self.newer(self.record_path, tick), "a look at the code")
            self.send_line(process)
        self.wait_until_done(process)
        record = self.fresh_record()
        self.assertEqual(support.live_at(record, "KeepForTheFirst"), (1000 * 100, 1000))
        self.assertEqual(support.live_at(record, "KeepForTheSecond"), (2000 * 100, 2000))
        self.assertEqual(support.live_at(record, "KeepThrough"), (3000 * 100, 3000))
        self.assertEqual((self.finish(process), self.errors()), (0, ""))

    def test_operators_in_a_plugin_answer_as_without_the_agent(self):
        plugin = self.build_library("answers_plugin.cc", "-std=c++20", "-O2")
        command = [support.program("loads_plugin"), plugin, "local", "1"]
        alone = self.run_unwatched(*command)
        self.assertEqual(alone.returncode, 0)
        for settings in ({"SAMPLE_BYTES": "1B"}, {}, {"ENABLE": "0"}):
            with self.subTest(**settings):
                watched = self.run_watched(*command, **settings)
                self.assertEqual(watched.stdout.splitlines(), alone.stdout.splitlines())
                self.assertEqual((watched.returncode, watched.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
