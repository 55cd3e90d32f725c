"""Drives the real window as a person does: by AT-SPI it finds controls, by xdotool it moves the mouse and presses keys.

Called within a session bus of its own: drive.py PROGRAM JOURNEY FOLDER. Waits are for what is to be seen, with a limit. Everything that it starts
it ends.
"""

import contextlib
import os
import signal
import subprocess
import sys
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


def insist(what, act, condition):
    """Acts, and again each second, until `condition` holds: what is done while the window draws anew may come to nothing."""
    due = 0.0

    def step():
        nonlocal due
        if time.monotonic() >= due:
            act()
            due = time.monotonic() + 1.0
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


class Window:
    """The window of a process, as AT-SPI tells it."""

    def __init__(self, atspi, process):
        self.atspi = atspi
        self.process = process
        self.root = until("the window on the bus", self.application)
        # Asked anew each time: what the library keeps is out of date while no main loop runs.
        self.root.set_cache_mask(atspi.Cache.NONE)
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)]
        self.id = until("the window on the display", lambda: subprocess.run(search, capture_output=True, text=True, check=False).stdout.split())[-1]
        # Without a window manager nobody gives the keyboard to a window.
        self.xdo("windowfocus", "--sync", self.id)

    def application(self):
        if self.process.poll() is not None:
            raise SystemExit(f"the program ended with {self.process.returncode}")
        desktop = self.atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(place)
            if child and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                return child
        return None

    def xdo(self, *arguments):
        subprocess.run(["xdotool", *arguments], check=True, stdout=subprocess.DEVNULL)

    def nodes(self):
        """Every node there is now; what vanishes while it is looked at is left out."""
        found, left = [], [self.root]
        while left:
            node = left.pop()
            try:
                found.append((node, node.get_role(), node.get_name() or ""))
                left += [child for place in range(node.get_child_count()) if (child := node.get_child_at_index(place))]
            except self.atspi_error():
                continue
        return found

    @staticmethod
    def atspi_error():
        from gi.repository import GLib

        return GLib.Error

    def see(self, part, role=None):
        """The node whose name holds `part`, once there is one."""
        def look():
            return next((node for node, known, name in self.nodes() if part in name and role in (None, known)), None)

        try:
            return until(part, look)
        except SystemExit:
            print("there was:", *sorted({name for _, _, name in self.nodes() if name}), sep="\n  ", file=sys.stderr)
            raise

    def has(self, part):
        """Whether there is a node now whose name holds `part`."""
        return any(part in name for _, _, name in self.nodes())

    def gone(self, part):
        until(f"no more {part}", lambda: not self.has(part))

    def click(self, node):
        """The real mouse, in the middle of the node."""
        place = node.get_extents(self.atspi.CoordType.SCREEN)
        self.xdo("mousemove", str(place.x + place.width // 2), str(place.y + place.height // 2))
        self.xdo("mousedown", "1")
        self.xdo("mouseup", "1")

    def key(self, *keys):
        for key in keys:
            self.xdo("key", key)

    def focused(self):
        state = self.atspi.StateType.FOCUSED
        for node, role, name in self.nodes():
            try:
                if node.get_state_set().contains(state) and name:
                    return role, name
            except self.atspi_error():
                continue
        return None

    def text(self, name):
        """What stands in the field of that name."""
        try:
            return self.atspi.Text.get_text(self.see(name, self.atspi.Role.ENTRY), 0, -1)
        except self.atspi_error():
            return None

    def button(self, name):
        return self.see(name, self.atspi.Role.PUSH_BUTTON)


def first(window):
    """The first journey by mouse: one press, and two programs talk."""
    window.click(window.button("Start server and client"))
    window.see("accept(), s")
    window.see("send(5), 5 B hello")
    window.see("server, TCP server, listening")
    window.click(window.see("send(5), 5 B hello"))
    window.see("ROW ")
    window.click(window.button("Close the details"))
    window.gone("ROW ")


def names(window):
    """No control without a name, at rest and with everything open."""
    roles = window.atspi.Role
    # A scroll bar of egui says its role alone; what it scrolls is walked by keys.
    controls = {
        roles.PUSH_BUTTON, roles.TOGGLE_BUTTON, roles.CHECK_BOX, roles.RADIO_BUTTON, roles.COMBO_BOX, roles.ENTRY, roles.TEXT,
        roles.LIST_ITEM, roles.LIST_BOX, roles.MENU_ITEM, roles.PAGE_TAB, roles.SPIN_BUTTON, roles.SLIDER, roles.LINK,
    }

    def check(where):
        nameless = [role for _, role, name in window.nodes() if role in controls and not name.strip()]
        if nameless:
            raise SystemExit(f"{where}: {len(nameless)} controls without a name: {nameless}")

    window.button("Start server and client")
    check("stopped")
    window.key("F5")
    window.see("server, TCP server, listening")
    window.see("send(5), 5 B hello")
    check("running")
    for keys, part in [("ctrl+k", "Zoom in, View"), ("F1", "All keys"), ("shift+F1", "Noto Sans SC")]:
        window.key(keys)
        window.see(part)
        check(part)
        window.key("Escape")
        window.gone(part)


def keys(window):
    """By the keyboard alone: start, walk through every control by Tab, search, stop, quit."""
    window.button("Start server and client")
    window.key("F5")
    window.see("server, TCP server, listening")
    seen = []
    while len(seen) < 120:
        window.key("Tab")
        last = seen[-1] if seen else None
        now = until("the keyboard to be somewhere else", lambda: (found := window.focused()) != last and found)
        if seen and now == seen[0]:
            break
        seen.append(now)
    if len(set(seen)) < 10:
        raise SystemExit(f"Tab comes to {seen} only")
    window.key("ctrl+k")
    window.see("Zoom in, View")
    window.xdo("type", "stop all")
    window.see("Stop all, Programs, Shift+F5")
    window.key("Return")
    window.see("server, TCP server, ended")
    window.key("ctrl+l")
    window.see("server, TCP 服务器")
    window.key("ctrl+l", "ctrl+q")
    until("the window to close", lambda: window.process.poll() is not None)
    if window.process.returncode != 0:
        raise SystemExit(f"closing ended with {window.process.returncode}")


def chinese(window):
    """Chinese, put into the field as text, goes through the kernel and comes back."""
    window.key("F5")
    window.see("client, TCP client, connected")
    client = lambda: window.click(window.see("client, TCP client, connected"))
    insist("the client to be chosen", client, lambda: window.has("client sends to"))
    field = lambda: window.see("Message", window.atspi.Role.ENTRY)
    insist("the keyboard in the field", lambda: window.click(field()), lambda: (window.focused() or ("", ""))[1] == "Message")
    # As an input method does: the whole word at once. Under Xvfb there is none, and no key of its keyboard is Chinese.
    word = lambda: field().set_text_contents("套接字")
    insist("the text in the field", word, lambda: window.text("Message") == "套接字" and (window.focused() or ("", ""))[1] == "Message")
    window.key("Return")
    window.see("client s2, send(9), 9 B 套接字")
    window.see("client s2, recv(1024), 9 B 套接字")


JOURNEYS = {journey.__name__: journey for journey in [first, names, keys, chinese]}


def main():
    program, journey, folder = sys.argv[1:]
    # However it is told to end, and at the latest after three limits, what it started ends with it.
    for number in [signal.SIGTERM, signal.SIGINT, signal.SIGALRM]:
        signal.signal(number, lambda number, _: sys.exit(f"ended by {signal.Signals(number).name}"))
    signal.alarm(int(3 * LIMIT))
    os.environ.update({"NO_AT_BRIDGE": "0", "LC_ALL": "C.UTF-8", "LIBGL_ALWAYS_SOFTWARE": "1"})
    with display("1280x800"):
        atspi = accessibility()
        with running([program, "lab.toml"], cwd=folder) as process:
            JOURNEYS[journey](Window(atspi, process))


main()
