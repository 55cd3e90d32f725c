"""The window of a process: found by AT-SPI, driven by the real mouse and keys."""

import subprocess
import sys

from stage import insist, until


class Window:
    """The window of a process, as AT-SPI tells it."""

    def __init__(self, atspi, process):
        self.atspi = atspi
        self.process = process
        self.program = process.args[:1]
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
        return until(part, lambda: next((node for node, known, name in self.nodes() if part in name and role in (None, known)), None))

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

    def tell(self):
        """Says what there is, for whoever reads why a journey failed."""
        print("there was:", *sorted({name for _, _, name in self.nodes() if name}), sep="\n  ", file=sys.stderr)

    def key(self, *keys):
        for key in keys:
            self.xdo("key", key)

    def focused(self):
        """The role and the name of the control that has the keyboard."""
        state, left = self.atspi.StateType.FOCUSED, [self.root]
        while left:
            node = left.pop()
            try:
                if node.get_state_set().contains(state) and (name := node.get_name()):
                    return node.get_role(), name
                left += [child for place in range(node.get_child_count()) if (child := node.get_child_at_index(place))]
            except self.atspi_error():
                continue
        return None

    def is_at(self, name):
        """Whether the control of that name has the keyboard."""
        return (self.focused() or ("", ""))[1] == name

    def text(self, name):
        """What stands in the field of that name, once there is one."""
        field = self.named(name, self.atspi.Role.ENTRY)
        try:
            return self.atspi.Text.get_text(field, 0, -1)
        except self.atspi_error():
            return None

    def named(self, name, *roles):
        """The node of just that name, in one of these roles where any are given, once there is one."""
        return until(name, lambda: next((node for node, known, other in self.nodes() if name == other and (not roles or known in roles)), None))

    def rightmost(self, name):
        """Of the nodes of just that name the one that stands farthest to the right, once there is one."""
        left = lambda node: node.get_extents(self.atspi.CoordType.SCREEN).x
        return until(name, lambda: max((node for node, _, other in self.nodes() if other == name), key=left, default=None))

    def button(self, name):
        return self.named(name, self.atspi.Role.PUSH_BUTTON, self.atspi.Role.TOGGLE_BUTTON)

    def quit(self):
        """Quits by keys, with nothing to be saved."""
        self.key("ctrl+q")
        self.ended()

    def ended(self):
        """Waits for the end of the program, which must be well."""
        until("the window to close", lambda: self.process.poll() is not None)
        if self.process.returncode != 0:
            raise SystemExit(f"closing ended with {self.process.returncode}")

    def press(self, name, part):
        """Clicks the button of that name until something is there whose name holds `part`."""
        insist(part, lambda: self.has(part) or self.click(self.button(name)), lambda: self.has(part))

    def hit(self, keys, part):
        """Presses keys until something is there whose name holds `part`."""
        insist(part, lambda: self.has(part) or self.key(keys), lambda: self.has(part))

    def escape(self, part):
        """Puts away what shows `part`."""
        insist(f"no more {part}", lambda: self.has(part) and self.key("Escape"), lambda: not self.has(part))

    def tab_to(self, name):
        """Goes on by Tab until the keyboard is at the control of that name."""
        walked = []
        while not self.is_at(name):
            if len(walked) > 120:
                raise SystemExit(f"Tab does not come to {name} but to {walked}")
            walked.append(self.tab())

    def tab(self):
        """One step by Tab; returns the role and the name of the control that has the keyboard then."""
        before = self.focused()
        self.key("Tab")
        return until("the keyboard to be somewhere else", lambda: (now := self.focused()) != before and now)

    def write(self, name, words):
        """Puts `words` in place of what stands in the field of that name, by mouse and keys."""

        def act():
            self.click(self.named(name, self.atspi.Role.ENTRY))
            self.key("ctrl+a")
            self.xdo("type", "--delay", "5", words) if words else self.key("BackSpace")

        insist(f"{words} in {name}", act, lambda: self.text(name) == words)
