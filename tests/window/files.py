"""Journeys to files and back: by the system's dialogs, and by paths that are typed."""

import os
import subprocess

from stage import insist, until


class Shelf:
    """The folder of a journey, and the program that reads its files without a window."""

    def __init__(self, window, dialogs):
        self.window = window
        self.dialogs = dialogs
        self.folder = os.path.dirname(dialogs.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        """The bytes of the file; None where there is none."""
        try:
            with open(self.path(name), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def put(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def until_held(self, name, wanted):
        """Waits until the file holds just this."""
        try:
            until(f"{name} as it is to be", lambda: self.read(name) == wanted)
        except SystemExit as late:
            raise SystemExit(f"{late}: it holds {self.read(name)!r}, not {wanted!r}") from None

    def runs(self, name):
        """Lets the file run without a window, to its end."""
        done = subprocess.run([*self.window.program, "run", self.path(name)], capture_output=True, timeout=30, check=False)
        if done.returncode != 0 or b"send(5)" not in done.stdout:
            raise SystemExit(f"{name} does not run: {done.returncode}, {done.stdout!r}, {done.stderr!r}")

    def ask(self, keys, way):
        """Presses the keys that open a dialog until it was asked for, in that way."""
        before = len(self.dialogs.asked())
        insist(f"a dialog on {keys}", lambda: self.window.key(keys), lambda: len(self.dialogs.asked()) > before)
        asked = self.dialogs.asked()[-1]
        if way not in asked:
            raise SystemExit(f"{keys} asked for {asked!r}, not {way!r}")


OTHER = """title = "Other"

[[program]]
name = "listener"
kind = "udp-server"
bind = "127.0.0.1:0"
"""

# What is wrong stands in line 5, from column 8 on.
DAMAGED = """title = "Damaged"

[[program]]
name = "listener"
kind = "udp-sever"
"""

SAVE = "--file-selection --save --confirm-overwrite"
BIND = b'bind = "127.0.0.1:0"\n'


def dialogs(window, dialogs):
    """Saved as, changed, saved again, another opened, a damaged one told, turned away: each by the dialogs of the system."""
    shelf = Shelf(window, dialogs)
    shelf.put("other.toml", OTHER)
    shelf.put("damaged.toml", DAMAGED)
    lab = shelf.read("lab.toml")
    window.button("Start server and client")

    # A name that a person may well choose.
    name = "我的 lab.toml"
    dialogs.answer(shelf.path(name))
    shelf.ask("ctrl+shift+s", SAVE)
    shelf.until_held(name, lab)
    window.see("Saved in ")
    shelf.runs(name)

    # It has a file now: the change goes there, and nobody is asked. What was opened first stays as it was.
    asked = len(dialogs.asked())
    window.write("Backlog", "7")
    window.see("First echo · changed")
    window.key("ctrl+s")
    changed = lab.replace(BIND, BIND + b"backlog = 7\n")
    shelf.until_held(name, changed)
    window.gone(" · changed")
    if len(dialogs.asked()) != asked or shelf.read("lab.toml") != lab:
        raise SystemExit("it was not saved in its own file alone")
    shelf.runs(name)

    # Turned away: nothing is saved, nothing is lost.
    dialogs.answer(None)
    window.write("Backlog", "9")
    window.see("First echo · changed")
    shelf.ask("ctrl+shift+s", SAVE)
    shelf.ask("ctrl+o", "--file-selection")
    if shelf.read(name) != changed or not window.has("First echo · changed"):
        raise SystemExit("turning a dialog away changed something")

    # A damaged file is told with its place, and everything stays.
    dialogs.answer(shelf.path("damaged.toml"))
    shelf.ask("ctrl+o", "--file-selection --file-filter")
    window.see("damaged.toml:5:8")
    window.see("server, TCP server, stopped")
    window.see("First echo · changed")

    # Another one: what was changed is asked about, and saved first.
    dialogs.answer(shelf.path("other.toml"))
    shelf.ask("ctrl+o", "--file-selection")
    window.click(window.button("Save"))
    window.see("listener, UDP server, stopped")
    shelf.until_held(name, changed.replace(b"backlog = 7", b"backlog = 9"))
    if shelf.read("other.toml") != OTHER.encode():
        raise SystemExit("opening a file wrote to it")
    window.quit()


def paths(window, _dialogs):
    """The same by paths that are typed, as where the system has no dialogs."""
    shelf = Shelf(window, _dialogs)
    shelf.put("other.toml", OTHER)
    shelf.put("damaged.toml", DAMAGED)
    lab = shelf.read("lab.toml")
    field = "Path of a lab or a recording, Enter opens it"

    def type_path(name, button):
        window.press("Lab", field)
        window.write(field, shelf.path(name))
        if button is None:
            window.key("Return")
        else:
            window.click(window.button(button))
        window.gone(field)

    window.button("Start server and client")
    type_path("typed.toml", "Save")
    shelf.until_held("typed.toml", lab)
    shelf.runs("typed.toml")
    window.write("Backlog", "7")
    window.key("ctrl+s")
    shelf.until_held("typed.toml", lab.replace(BIND, BIND + b"backlog = 7\n"))

    # What is there is not written over unasked.
    type_path("other.toml", "Save")
    window.see("exists already")
    type_path("damaged.toml", "Open")
    window.see("damaged.toml:5:8")
    window.see("server, TCP server, stopped")
    type_path("none.toml", "Open")
    window.see("ENOENT")
    type_path("other.toml", None)
    window.see("listener, UDP server, stopped")
    if shelf.read("other.toml") != OTHER.encode() or shelf.read("damaged.toml") != DAMAGED.encode():
        raise SystemExit("a file was written to that was only to be read")

    # What is recorded can be opened.
    type_path("typed.toml", "Open")
    window.button("Start server and client")
    type_path("run.slr", "Record")
    window.see("recording run.slr, ")
    window.key("F5")
    window.see("send(5), 5 B hello")
    window.hit("ctrl+shift+r", "recorded run.slr, ")
    type_path("run.slr", "Open")
    # The server still runs.
    window.see("A program is running")
    window.click(window.button("Stop and go on"))
    window.see("Recording run.slr")
    window.see("send(5), 5 B hello")
    # The lab of the recording can be changed, and where it has no file a path can be typed before it is left.
    window.hit("ctrl+shift+o", "server, TCP server, stopped")
    window.write("Backlog", "11")
    window.hit("ctrl+q", "Don't save")
    window.write("Path of a new file, or leave empty to be asked", shelf.path("last.toml"))
    window.click(window.button("Save"))
    window.ended()
    shelf.until_held("last.toml", lab.replace(BIND, BIND + b"backlog = 11\n"))
    if _dialogs.asked():
        raise SystemExit(f"somebody was asked: {_dialogs.asked()}")
