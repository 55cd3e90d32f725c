"""What a journey needs around it: waits with a limit, processes that end with it, a display, the bus of AT-SPI, and a stand-in for file dialogs."""

import contextlib
import os
import signal
import subprocess
import threading
import time

LIMIT = 30.0


def until(what, condition):
    """Waits until `condition` gives something, and returns it."""
    end = time.monotonic() + LIMIT
    pause = threading.Event()
    while True:
        try:
            found = condition()
        except Exception as error:
            # What was found may be gone when it is asked: the window has drawn anew.
            if type(error).__name__ != "GError":
                raise
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise SystemExit(f"waited in vain for {what}")
        pause.wait(0.02)


def insist(what, act, condition, every=1.0):
    """Acts, and again after so many seconds, until `condition` holds: what is done while the window draws anew may come to nothing."""
    due = 0.0

    def step():
        nonlocal due
        if time.monotonic() >= due:
            act()
            due = time.monotonic() + every
        return condition()

    return until(what, step)


@contextlib.contextmanager
def running(command, **more):
    """A process that is ended at the end, with all that it started."""
    process = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL, **more)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def display(size):
    """A display of its own, on whatever number is free."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
    with running(command, pass_fds=[write], stderr=subprocess.DEVNULL):
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        os.environ["DISPLAY"] = f":{number}"
        os.environ.pop("WAYLAND_DISPLAY", None)
        yield


def accessibility():
    """The bus of AT-SPI, told that somebody listens, and its registry: both start when they are asked for, and end with the session bus.

    The program looks for them once, so they are there before it. Returns the library that speaks with them.
    """
    enable = ["gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus"]
    enable += ["--method", "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", "IsEnabled", "<true>"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    until("the bus of AT-SPI", lambda: subprocess.run(enable, **quiet, check=False).returncode == 0)
    import gi

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib

    Atspi.set_timeout(5000, 5000)

    def registry():
        try:
            return Atspi.get_desktop(0).get_child_count() >= 0
        except GLib.Error:
            return False

    until("the registry of AT-SPI", registry)
    return Atspi


class Dialogs:
    """Stands in for the system's file dialogs: a `zenity` that comes first on PATH, writes down how it was called, and gives the answer that was laid out,
    no sooner than a person could: what answers at once was never shown."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "dialogs")
        os.mkdir(self.folder)
        script = os.path.join(self.folder, "zenity")
        with open(script, "w", encoding="utf-8") as file:
            file.write('#!/bin/sh\nhere=$(dirname "$0")\nprintf "%s\\n" "$*" >>"$here/asked"\nsleep 0.3\nexec cat "$here/answer" 2>/dev/null\n')
        os.chmod(script, 0o755)
        os.environ["PATH"] = self.folder + os.pathsep + os.environ["PATH"]

    def answer(self, path):
        """From now on the person chooses `path`; turns away where it is None."""
        laid = os.path.join(self.folder, "answer")
        if path is None:
            with contextlib.suppress(FileNotFoundError):
                os.remove(laid)
            return
        with open(laid, "w", encoding="utf-8") as file:
            file.write(path + "\n")

    def asked(self):
        """How each dialog so far was asked for."""
        try:
            with open(os.path.join(self.folder, "asked"), encoding="utf-8") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []
