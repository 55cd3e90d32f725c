"""Drives the real window as a person does: by AT-SPI it finds controls, by xdotool it moves the mouse and presses keys.

Called within a session bus of its own: drive.py PROGRAM JOURNEY FOLDER. Waits are for what is to be seen, with a limit. Everything that it starts
it ends.
"""

import os
import signal
import subprocess
import sys

import files
from stage import LIMIT, Dialogs, accessibility, display, insist, running, until
from window import Window


def first(window, _):
    """The first journey by mouse: one press, and two programs talk."""
    window.click(window.button("Start server and client"))
    window.see("accept(), s")
    window.see("send(5), 5 B hello")
    window.see("server, TCP server, listening")
    insist("the details", lambda: window.click(window.see("send(5), 5 B hello")), lambda: window.has("ROW "))
    window.click(window.button("Close the details"))
    window.gone("ROW ")


def names(window, dialogs):
    """No control without a name: at rest, running, in every view, and with everything open that can be opened."""
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

    def keys(keys, part):
        """Opens by keys what shows `part`, looks at it, and puts it away."""
        window.hit(keys, part)
        check(part)
        window.escape(part)

    def button(name, part):
        """The same with the mouse on a button."""
        window.press(name, part)
        check(part)
        window.escape(part)

    window.button("Start server and client")
    check("stopped")
    button("Addresses of this computer", "all addresses of this computer")
    button("Add a program", "UDP client")
    for menu, part in [("Lab", "Save the lab as..."), ("Programs", "Duplicate"), ("View", "Zoom out"), ("Help", "About Socket Lab")]:
        button(menu, part)
    button("Columns and time of the log", "Since the previous row")
    button("Saved filters", "Name for this filter")
    button("More", "Remove server")
    window.hit("ctrl+2", "client sends to")
    keys("F2", "Name of client")
    insist("the messages", lambda: window.click(window.see("Edit what is sent")), lambda: window.has("Add a message"))
    check("what the client sends")
    window.click(window.button("Done"))
    window.gone("Add a message")
    window.hit("ctrl+1", "server sends to")
    window.key("F5")
    window.see("server, TCP server, listening")
    window.see("send(5), 5 B hello")
    check("running")
    for pressed, part in [("ctrl+k", "Zoom in, View"), ("F1", "next, previous control"), ("shift+F1", "Noto Sans SC"), ("ctrl+shift+n", "Copy this notice")]:
        keys(pressed, part)
    keys("ctrl+f", "Find in the log")
    insist("the keyboard in the filter", lambda: window.key("ctrl+shift+f"), lambda: window.is_at("Filter"))
    window.xdo("type", "call:lis")
    window.see("Suggestion listen")
    check("suggestions")
    window.write("Filter", "")
    window.escape("Suggestion ")
    insist("the details", lambda: window.click(window.see("server s3, send(5), 5 B hello")), lambda: window.has("ROW "))
    window.see("WHAT HAPPENED")
    check("details")
    button("Copy as", "Python bytes")
    button("Character set UTF-8", "Shift-JIS")
    for view in ["Hex", "Text", "Characters"]:
        # Not those of the send box, which are called so too.
        window.click(window.rightmost(view))
        check(view)
    window.hit("ctrl+b", "Keep the note")
    check("note")
    window.click(window.button("Leave the note as it was"))
    window.gone("Keep the note")
    window.hit("ctrl+Return", "Copy the whole conversation")
    check("conversation")
    window.escape("Copy the whole conversation")
    window.hit("alt+2", "Peers of the program")
    check("peers")
    window.press("Send list: messages that go one after the other", "Start list")
    check("send list")
    window.hit("alt+1", "Rows of the log")
    window.hit("ctrl+shift+p", "server, listening")
    check("rail")
    window.hit("ctrl+shift+b", "Show or hide the form")
    check("folded form")
    window.hit("ctrl+d", "server-2")
    window.hit("ctrl+q", "Don't save")
    check("unsaved")


def walk(window, _):
    """Tab goes through every control there is and comes round to where it began."""
    window.button("Start server and client")
    window.key("F5")
    window.see("server, TCP server, listening")
    seen = [window.tab()]
    while (now := window.tab()) != seen[0]:
        seen.append(now)
        if len(seen) > 120:
            raise SystemExit(f"Tab does not come round: {seen}")
    names = {name for _, name in seen}
    wanted = {"Lab", "Search or run a command", "server, TCP server, listening", "Stop", "Reply", "Log", "Peers", "Filter", "Rows of the log", "Message", "Send"}
    if wanted - names:
        raise SystemExit(f"Tab does not come to {wanted - names}, but to {seen}")


def keys(window, _):
    """By the keyboard alone: start, choose a row, read its details, send a message, find a command, stop, quit."""
    window.button("Start server and client")
    window.key("F5")
    window.see("server, TCP server, listening")
    window.see("client, TCP client, connected")
    window.tab_to("Rows of the log")
    window.hit("Home", "ROW ")
    row = lambda: next((name for _, _, name in window.nodes() if name.startswith("ROW ")), None)
    first_row = until("the details of the first row", row)
    insist("the details of the next row", lambda: window.key("Down"), lambda: row() not in (None, first_row))
    window.hit("ctrl+2", "client sends to")
    window.tab_to("Message")
    window.xdo("type", "by keys")
    until("the words in the field", lambda: window.text("Message") == "by keys")
    window.key("Return")
    window.see("client s2, send(7), 7 B by keys")
    window.see("client s2, recv(1024), 7 B by keys")
    window.hit("ctrl+k", "Zoom in, View")
    window.xdo("type", "stop all")
    window.see("Stop all, Programs, Shift+F5")
    window.key("Return")
    window.see("server, TCP server, ended")
    window.hit("ctrl+l", "server, TCP 服务器")
    window.hit("ctrl+l", "server, TCP server")
    window.quit()


def chinese(window, _):
    """Chinese, put into the field as text, goes through the kernel and comes back."""
    window.key("F5")
    window.see("client, TCP client, connected")
    client = lambda: window.click(window.see("client, TCP client, connected"))
    insist("the client to be chosen", client, lambda: window.has("client sends to"))
    field = lambda: window.named("Message", window.atspi.Role.ENTRY)
    insist("the keyboard in the field", lambda: window.click(field()), lambda: window.is_at("Message"))
    # As an input method does: the whole word at once. Under Xvfb there is none, and no key of its keyboard is Chinese.
    word = lambda: field().set_text_contents("套接字")
    insist("the text in the field", word, lambda: window.text("Message") == "套接字" and window.is_at("Message"))
    window.key("Return")
    window.see("client s2, send(9), 9 B 套接字")
    window.see("client s2, recv(1024), 9 B 套接字")


def calls(window, _):
    """By hand: socket, bind, listen, accept; a stranger connects by nc, and accept returns."""
    window.see("Add a program")
    window.press("Add a program", "by hand")
    insist("a program that is driven by hand", lambda: window.click(window.button("by hand")), lambda: window.has("manual, by hand"))
    insist("the view", lambda: window.key("alt+9"), lambda: window.has("Call socket"))

    def call(method, seen):
        insist(method, lambda: window.click(window.see(f"{method}: ")), lambda: window.has(f"Call {method}"))
        window.click(window.button(f"Call {method}"))
        window.see(seen)

    call("socket", "s1 a TCP: fresh")
    call("bind", "s1 a TCP: bound")
    call("listen", "s1 a TCP: listening")
    call("accept", "it sleeps until a client connects")
    card = next(name for _, _, name in window.nodes() if "s1 a TCP: listening" in name)
    port = card.split("local 127.0.0.1:")[1].split()[0]
    with subprocess.Popen(["nc", "127.0.0.1", port], stdin=subprocess.PIPE) as nc:
        window.see("s2 b TCP: connected")
        nc.stdin.close()
        nc.terminate()


JOURNEYS = {journey.__name__: journey for journey in [first, names, walk, keys, chinese, calls, files.dialogs, files.paths]}


def main():
    program, journey, folder = sys.argv[1:]
    # However it is told to end, and at the latest after twelve limits, what it started ends with it.
    for number in [signal.SIGTERM, signal.SIGINT, signal.SIGALRM]:
        signal.signal(number, lambda number, _: sys.exit(f"ended by {signal.Signals(number).name}"))
    signal.alarm(int(12 * LIMIT))
    os.environ.update({"NO_AT_BRIDGE": "0", "LC_ALL": "C.UTF-8", "LIBGL_ALWAYS_SOFTWARE": "1"})
    dialogs = Dialogs(folder)
    with display("1280x800"):
        atspi = accessibility()
        with running([program, "lab.toml"], cwd=folder) as process:
            window = Window(atspi, process)
            try:
                JOURNEYS[journey](window, dialogs)
            except SystemExit:
                window.tell()
                raise


main()
