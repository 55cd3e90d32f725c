//! The payload of the chosen row: as characters, as hexadecimal beside text, as text; page by page, with what is selected and its copies.

use std::ops::Range;

use egui::{Align, Layout, RichText, ScrollArea, TextEdit, TextStyle, Ui};
use egui_material_icons::icons::{ICON_ARROW_BACK, ICON_ARROW_FORWARD, ICON_CONTENT_CUT};

use super::characters::{self, Group, GroupKind, Lines, Shown};
use super::copy;
use super::selection::Selection;
use crate::text;
use crate::text::Message;
use crate::trace::pairing::Neighbours;
use crate::trace::{Direction, Payload, Record, Store};
use crate::ui::look::{Look, named};
use crate::ui::theme;
use crate::wire::{Charset, Meaning};

/// How many bytes a page holds.
const PAGE: usize = 1 << 16;
/// How far before the end of a page a place is looked for at which no character is cut.
const BACK: usize = 4096;
/// The height of the bytes, from which on they scroll by themselves: where there is room, and where there is little.
const TALL: std::ops::RangeInclusive<f32> = 84.0..=256.0;
/// The height of what stands around the bytes: the heading, the choice of the form, a sentence or two.
const AROUND: f32 = 112.0;
/// How many bytes are laid out as text that can be selected.
const TEXT: usize = 1 << 14;

/// How the bytes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    /// A box for each character.
    #[default]
    Characters,
    /// Lines of bytes in hexadecimal, with their characters beside them.
    Hex,
    /// As text.
    Text,
}

impl Form {
    const ALL: [Self; 3] = [Self::Characters, Self::Hex, Self::Text];

    fn name(self) -> Message {
        match self {
            Self::Characters => text!("ui-bytes-characters"),
            Self::Hex => text!("ui-bytes-hex"),
            Self::Text => text!("ui-bytes-text"),
        }
    }
}

/// What a person chose for the bytes, and what was made ready of them.
#[derive(Debug, Default)]
pub(super) struct BytesView {
    form: Form,
    selection: Selection,
    page: usize,
    /// Whether characters are put together with the bytes of the rows before and after.
    joined: bool,
    ready: Option<Ready>,
}

/// On what the bytes that were made ready depend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    n: u64,
    page: usize,
    charset: Charset,
    joined: bool,
    before: Option<u64>,
    after: Option<u64>,
}

/// A page, split into characters.
#[derive(Debug)]
struct Ready {
    key: Key,
    bytes: Vec<u8>,
    groups: Vec<Group>,
    /// Where the first byte stands in the payload; before it where bytes of the row before were put in front.
    base: i64,
    /// How many bytes other rows have of the characters at both ends.
    before: usize,
    after: usize,
    /// The lines in a pane of that width.
    lines: (f32, Lines),
}

impl BytesView {
    /// Draws the heading, the bytes in the chosen form and what can be said about them, about `tall` points high at most; returns another character set
    /// that was chosen, and a row that is to be gone to.
    #[expect(clippy::too_many_arguments, reason = "what a frame is drawn with")]
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        tall: f32,
        record: &Record,
        payload: &Payload,
        neighbours: Neighbours,
        store: &Store,
        charset: Charset,
        look: &Look,
    ) -> (Option<Charset>, Option<u64>) {
        let Neighbours { before, after, .. } = neighbours;
        if self.ready.as_ref().is_some_and(|ready| ready.key.n != record.n) {
            (self.selection, self.page, self.joined) = (Selection::default(), 0, false);
        }
        let key = Key { n: record.n, page: self.page, charset, joined: self.joined, before, after };
        if self.ready.as_ref().is_none_or(|ready| ready.key != key) {
            if self.ready.as_ref().is_some_and(|ready| Key { before, after, ..ready.key } != key) {
                self.selection = Selection::default();
            }
            self.ready = Some(Ready::of(key, payload, store));
        }
        let mut chosen = None;
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            look.heading(ui, &text!("ui-bytes"));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let selected = self.selected();
                copy::menu(ui, selected.as_deref().unwrap_or(&payload.bytes), charset, look);
                chosen = copy::charset_menu(ui, charset, look);
            });
        });
        if payload.bytes.is_empty() {
            let message = if payload.full_len == 0 { text!("ui-bytes-none") } else { text!("ui-bytes-not-kept") };
            look.secondary(ui, look.say(&message));
            return (chosen, None);
        }
        self.forms(ui, payload, look);
        self.draw(ui, (tall - AROUND).clamp(*TALL.start(), *TALL.end()), record, charset, look);
        (chosen, self.words(ui, payload, look))
    }

    fn selected(&self) -> Option<Vec<u8>> {
        self.ready.as_ref()?.bytes.get(self.selection.range()?).map(<[u8]>::to_vec)
    }

    /// The choice of the form, and of the page where there are several.
    fn forms(&mut self, ui: &mut Ui, payload: &Payload, look: &Look) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            for choice in Form::ALL {
                let name = look.say(&choice.name());
                if ui.selectable_label(self.form == choice, RichText::new(name).font(theme::plain(12.0))).clicked() {
                    self.form = choice;
                }
            }
            let pages = payload.bytes.len().div_ceil(PAGE);
            if pages > 1 {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let forth = ui.add_enabled_ui(self.page + 1 < pages, |ui| {
                        look.icon_button(ui, ICON_ARROW_FORWARD, &look.say(&text!("ui-bytes-page-next"))).clicked()
                    });
                    look.secondary(ui, format!("{}/{pages}", self.page + 1));
                    let back = ui.add_enabled_ui(self.page > 0, |ui| {
                        look.icon_button(ui, ICON_ARROW_BACK, &look.say(&text!("ui-bytes-page-previous"))).clicked()
                    });
                    self.page = self.page + usize::from(forth.inner) - usize::from(back.inner).min(self.page);
                });
            }
        });
        ui.add_space(2.0);
    }

    fn draw(&mut self, ui: &mut Ui, tall: f32, record: &Record, charset: Charset, look: &Look) {
        let Some(ready) = &mut self.ready else { return };
        let ink = if record.direction() == Some(Direction::Sent) { look.roles.send } else { look.roles.recv };
        let pane = ui.available_width();
        if ready.lines.0 != pane {
            ready.lines = (pane, Lines::of(&ready.groups, pane, tall, ui.spacing().scroll.allocated_width()));
        }
        let shown = Shown { bytes: &ready.bytes, groups: &ready.groups, charset, base: ready.base, ink };
        let selection = &mut self.selection;
        let form = self.form;
        let mut copies = false;
        ScrollArea::vertical().id_salt("bytes").max_height(tall).auto_shrink([false, true]).show(ui, |ui| match form {
            Form::Characters => copies = shown.boxes(ui, &ready.lines.1, selection, look),
            Form::Hex => copies = shown.dump(ui, selection, look),
            Form::Text => block(ui, &charset.decode(ready.bytes.get(..TEXT).unwrap_or(&ready.bytes)), look),
        });
        if let Some(bytes) = self.selected().filter(|_| copies) {
            ui.copy_text(copy::CopyAs::Text.write(&bytes, charset));
        }
    }

    /// What can be said about the bytes; returns a row that is to be gone to.
    fn words(&mut self, ui: &mut Ui, payload: &Payload, look: &Look) -> Option<u64> {
        let ready = self.ready.as_ref()?;
        let say = |ui: &mut Ui, message: Message| drop(look.secondary(ui, look.say(&message)));
        if let Some(range) = self.selection.range() {
            let first = (range.start as i64 + ready.base).max(0);
            say(ui, text!("ui-bytes-selected", bytes = range.len(), first = first.to_string()));
        }
        if self.form == Form::Text && ready.bytes.len() > TEXT {
            say(ui, text!("ui-bytes-first", shown = TEXT.to_string(), all = payload.bytes.len().to_string()));
        }
        if payload.is_cut() {
            say(ui, text!("ui-bytes-cut", kept = payload.bytes.len().to_string(), all = payload.full_len.to_string()));
        }
        let count = |kind: GroupKind| ready.groups.iter().filter(|group| group.kind == kind).count();
        let (broken, cut) = (count(GroupKind::Broken), count(GroupKind::Cut));
        let charset = ready.key.charset.name();
        if broken > 0 {
            say(ui, text!("ui-bytes-broken", bytes = ready.bytes.len(), broken = broken, charset = charset));
        } else if cut == 0 && ready.before + ready.after == 0 && payload.bytes.len() <= PAGE {
            say(ui, text!("ui-bytes-whole", bytes = ready.bytes.len(), characters = ready.groups.len()));
        }
        self.cut(ui, cut, look)
    }

    /// What is said of characters that stand in two rows, and the button that puts them together.
    fn cut(&mut self, ui: &mut Ui, cut: usize, look: &Look) -> Option<u64> {
        let ready = self.ready.as_ref()?;
        if cut == 0 && !ready.key.joined {
            return None;
        }
        let Key { before, after, joined, .. } = ready.key;
        let (has_before, has_after) = (ready.before > 0, ready.after > 0);
        let mut wanted = None;
        let message = match (has_before, has_after) {
            (true, true) => text!("ui-bytes-split-both"),
            (true, false) => text!("ui-bytes-split-before"),
            (false, true) => text!("ui-bytes-split-after"),
            (false, false) => text!("ui-bytes-split-alone"),
        };
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(ICON_CONTENT_CUT.codepoint).font(theme::icon(14.0)).color(look.roles.wait));
            ui.add(egui::Label::new(RichText::new(look.say(&message)).font(theme::plain(12.0)).color(look.roles.text2)).wrap());
        });
        if !has_before && !has_after {
            return None;
        }
        ui.horizontal_wrapped(|ui| {
            let words = look.say(&if joined { text!("ui-bytes-part") } else { text!("ui-bytes-join") });
            let button = named(ui.button(RichText::new(&words).font(theme::plain(12.0))), egui::Role::Button, &words);
            if button.on_hover_text(look.say(&text!("ui-bytes-join-tip"))).clicked() {
                self.joined = !joined;
            }
            for n in [before.filter(|_| has_before), after.filter(|_| has_after)].into_iter().flatten() {
                if super::card::link(ui, &look.say(&text!("ui-card-row", row = n.to_string())), look) {
                    wanted = Some(n);
                }
            }
        });
        wanted
    }
}

impl Ready {
    fn of(key: Key, payload: &Payload, store: &Store) -> Self {
        let page = page(&payload.bytes, key.page, key.charset);
        let own = payload.bytes.get(page.clone()).unwrap_or_default();
        let neighbour = |n: Option<u64>| {
            let record = store.rows_at(&[n?]).into_iter().next()??;
            record.payload
        };
        let before = neighbour(key.before).filter(|before| page.start == 0 && !before.is_cut());
        let begun = before.map(|before| begun(&before.bytes, key.charset)).unwrap_or_default();
        let lead = rest(&begun, own, key.charset);
        let in_front = if lead > 0 { begun } else { Vec::new() };
        let mut groups = characters::groups(own, lead, key.charset);
        let end = groups.last().filter(|group| group.kind == GroupKind::Cut && group.range.start >= lead).map(|group| group.range.clone());
        let after = end.as_ref().and_then(|_| neighbour(key.after)).filter(|_| page.end == payload.bytes.len() && !payload.is_cut());
        let behind = after.zip(end).and_then(|(after, end)| {
            let taken = rest(own.get(end)?, &after.bytes, key.charset);
            after.bytes.get(..taken).map(<[u8]>::to_vec)
        });
        let behind = behind.unwrap_or_default();
        let (before, after) = (in_front.len(), behind.len());
        let base = page.start as i64 - if key.joined { before as i64 } else { 0 };
        let bytes = if key.joined { [&in_front, own, &behind].concat() } else { own.to_vec() };
        if key.joined {
            groups = characters::groups(&bytes, 0, key.charset);
            if before > 0
                && let Some(first) = groups.first_mut()
            {
                first.kind = GroupKind::Joined;
            }
            if after > 0
                && let Some(last) = groups.last_mut()
            {
                last.kind = GroupKind::Joined;
            }
        }
        Self { key, bytes, groups, base, before, after, lines: (0.0, Lines::default()) }
    }
}

/// Which bytes stand on a page: whole characters, where their character set lets one tell where they begin.
fn page(bytes: &[u8], page: usize, charset: Charset) -> Range<usize> {
    let border = |page: usize| {
        let at = page * PAGE;
        if at >= bytes.len() {
            return bytes.len();
        }
        let begins = |at: &usize| match charset {
            Charset::Utf8 => bytes.get(*at).is_some_and(|byte| byte & 0xc0 != 0x80),
            Charset::Utf16Le | Charset::Utf16Be | Charset::Latin1 => at.is_multiple_of(2),
            // A byte below 0x30 is a character by itself, wherever it stands; what follows it begins one.
            _ => bytes.get(at.wrapping_sub(1)).is_some_and(|byte| *byte < 0x30),
        };
        (at.saturating_sub(BACK)..=at).rev().find(begins).unwrap_or(at)
    };
    border(page)..border(page + 1)
}

/// The beginning of a character with which `bytes` end; nothing where they end with a whole one.
fn begun(bytes: &[u8], charset: Charset) -> Vec<u8> {
    let from = page(bytes, bytes.len().saturating_sub(1) / PAGE, charset).start;
    let tail = bytes.get(from..).unwrap_or_default();
    let last = charset.cells(tail).last().filter(|cell| cell.meaning == Meaning::Cut);
    last.and_then(|cell| tail.get(cell.range)).map(<[u8]>::to_vec).unwrap_or_default()
}

/// How many bytes of `next` end the character that `begun` begins; 0 where they do not.
fn rest(begun: &[u8], next: &[u8], charset: Charset) -> usize {
    if begun.is_empty() {
        return 0;
    }
    let both = [begun, next.get(..next.len().min(8)).unwrap_or_default()].concat();
    let first = charset.cells(&both).next().filter(|cell| matches!(cell.meaning, Meaning::Text(..)));
    first.map_or(0, |cell| cell.range.end.saturating_sub(begun.len()))
}

/// Text that can be selected and copied, and cannot be changed.
fn block(ui: &mut Ui, text: &str, look: &Look) {
    let mut text = text;
    let edit = TextEdit::multiline(&mut text).id_salt("text").font(TextStyle::Monospace).desired_width(f32::INFINITY).desired_rows(2);
    ui.add(edit.background_color(look.roles.surface)).accessible_name(look.say(&text!("ui-bytes")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_character_is_found_at_both_ends() {
        let hello = "你好".as_bytes();
        for charset in [Charset::Utf8, Charset::Gbk] {
            let bytes = charset.encode("你好").expect("it has them").into_owned();
            let middle = bytes.len() / 2 + 1;
            let (first, second) = bytes.split_at(middle);
            let begun = begun(first, charset);
            assert_eq!(begun.len(), 1, "{charset}");
            assert_eq!(rest(&begun, second, charset), bytes.len() - middle, "{charset}");
        }
        assert_eq!(begun(hello, Charset::Utf8), b"");
        assert_eq!(rest(b"\xe4", b"abc", Charset::Utf8), 0, "another character begins");
    }

    #[test]
    fn pages_join_and_cut_no_character() {
        for charset in [Charset::Utf8, Charset::Gbk, Charset::Utf16Be] {
            let text = "再见, ".repeat(40_000);
            let bytes = charset.encode(&text).expect("it has them");
            let mut read = String::new();
            let mut end = 0;
            for number in 0..bytes.len().div_ceil(PAGE) {
                let range = page(&bytes, number, charset);
                assert_eq!(range.start, end);
                end = range.end;
                read += &charset.decode(&bytes[range]);
            }
            assert_eq!((end, read), (bytes.len(), text), "{charset}");
        }
    }
}
