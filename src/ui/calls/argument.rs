//! The arguments of the call that is about to be made: typed, checked as in a lab file, and the thread that makes it.

use std::collections::BTreeMap;

use egui::{ComboBox, Role, TextEdit, Ui};

use super::{Pressed, Sight};
use crate::lab::call_field;
use crate::net::option::{OPTIONS, by_name};
use crate::program::Data;
use crate::program::manual::{MOST_HANDS, Method, Press};
use crate::text;
use crate::text::Message;
use crate::trace::stages::Stage;
use crate::trace::{MessageFlag, MessageFlags, SocketType, ThreadId};
use crate::ui::look::{Look, named, paint_open};
use crate::ui::theme;

/// Which thread makes the call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Hand {
    /// The first that is not blocked, or a new one.
    #[default]
    Idle,
    /// This one.
    Number(u32),
    /// One that is not there yet.
    New,
}

/// What a person has typed and chosen for the next call.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) method: Method,
    /// What was typed, by method and key: each call keeps its own.
    typed: BTreeMap<(Method, &'static str), String>,
    flags: MessageFlags,
    hex: bool,
    blocks: bool,
    hand: Hand,
}

impl Default for Draft {
    fn default() -> Self {
        Self { method: Method::Socket, typed: BTreeMap::new(), flags: MessageFlags::NONE, hex: false, blocks: true, hand: Hand::Idle }
    }
}

/// The words that a key may have, where they are few.
fn words_of(key: &str) -> &'static [&'static str] {
    match key {
        "family" => &["AF_INET", "AF_INET6", "AF_UNIX"],
        "type" => &["SOCK_STREAM", "SOCK_DGRAM"],
        "how" => &["SHUT_RD", "SHUT_WR", "SHUT_RDWR"],
        "request" => crate::trace::Request::NAMES,
        _ => &[],
    }
}

impl Draft {
    /// What stands in the field of that key.
    fn text(&mut self, key: &'static str, sight: &Sight<'_>) -> &mut String {
        let method = self.method;
        self.typed.entry((method, key)).or_insert_with(|| proposed(method, key, sight))
    }

    /// The call as it stands, on the socket of that name.
    pub(super) fn press(&mut self, socket: &str, sight: &Sight<'_>) -> Pressed {
        let mut press = Press { thread: self.number(sight), ..Press::new(socket, self.method) };
        for key in self.method.keys() {
            match *key {
                "flags" => press.flags = self.kept_flags(),
                "on" => press.on = self.blocks,
                "as" => press.made = Some(sight.free_name()),
                "data" => {
                    let hex = self.hex;
                    let text = self.text("data", sight);
                    let data = if hex { Data::hex(text) } else { Data::typed(text, sight.charset) };
                    press.data = data.map_err(|error| error.message())?;
                }
                "options" => {
                    let option = by_name(self.text("option", sight)).ok_or_else(|| text!("lab-expected-option"))?;
                    press.options = vec![(option, option.parse(self.text("options", sight))?)];
                }
                key => {
                    let typed = self.text(key, sight).clone();
                    let field = call_field(key).ok_or_else(|| Message::new("ui-calls-no-socket"))?;
                    (field.set)(&mut press, field.typed(typed.trim())?);
                }
            }
        }
        Ok(press)
    }

    /// The flags that mean something to this method.
    fn kept_flags(&self) -> MessageFlags {
        self.flags.iter().filter(|flag| fits(*flag, self.method)).collect()
    }

    /// Draws the fields.
    pub(super) fn arguments(&mut self, ui: &mut Ui, sight: &Sight<'_>) {
        let look = sight.look;
        if self.method.keys().is_empty() {
            look.secondary(ui, look.say(&text!("ui-calls-no-arguments")));
        }
        for key in self.method.keys() {
            let tip = call_field(key).map(|field| look.say(&(field.sentence)())).unwrap_or_default();
            match *key {
                "flags" => self.flag_chips(ui, look),
                "on" => drop(ui.checkbox(&mut self.blocks, look.say(&text!("ui-calls-blocks"))).on_hover_text(tip)),
                "as" => drop(look.secondary(ui, look.say(&text!("ui-calls-as", name = sight.free_name())))),
                "data" => {
                    self.field(ui, "data", 150.0, &tip, sight);
                    ui.checkbox(&mut self.hex, look.say(&text!("ui-calls-hex"))).on_hover_text(look.say(&text!("ui-calls-hex-tip")));
                }
                "option" => self.option(ui, &tip, sight),
                "options" => {
                    self.option(ui, &tip, sight);
                    self.field(ui, "options", 90.0, &tip, sight);
                }
                "address" => self.field(ui, "address", 160.0, &tip, sight),
                key if !words_of(key).is_empty() => self.word(ui, key, words_of(key), &tip, sight),
                key => self.field(ui, key, 64.0, &tip, sight),
            }
        }
    }

    fn field(&mut self, ui: &mut Ui, key: &'static str, width: f32, tip: &str, sight: &Sight<'_>) {
        let name = argument_name(key);
        sight.look.secondary(ui, name);
        let id = egui::Id::unique(("calls argument", self.method.name(), key));
        let edit = TextEdit::singleline(self.text(key, sight)).id(id).font(theme::mono(12.0)).desired_width(width);
        let response = ui.add(edit).on_hover_text(tip);
        let value = self.text(key, sight).clone();
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::text_edit(true, value.clone(), value.clone(), String::new());
            info.label = Some(name.to_owned());
            info
        });
    }

    fn word(&mut self, ui: &mut Ui, key: &'static str, words: &[&str], tip: &str, sight: &Sight<'_>) {
        let text = self.text(key, sight);
        let combo = ComboBox::from_id_salt(("calls word", key)).selected_text(text.as_str()).icon(paint_open).width(120.0);
        let response = combo.show_ui(ui, |ui| {
            for word in words {
                ui.selectable_value(text, (*word).to_owned(), *word);
            }
        });
        named(response.response, Role::ComboBox, argument_name(key)).on_hover_text(tip);
    }

    fn option(&mut self, ui: &mut Ui, tip: &str, sight: &Sight<'_>) {
        let text = self.text("option", sight);
        let combo = ComboBox::from_id_salt("calls option").selected_text(text.as_str()).icon(paint_open).width(150.0).height(300.0);
        let response = combo.show_ui(ui, |ui| {
            for option in OPTIONS.iter().filter(|option| option.systems.here()) {
                let row = ui.selectable_value(text, option.name.to_owned(), option.name);
                row.on_hover_text(sight.look.say(&option.explanation()));
            }
        });
        named(response.response, Role::ComboBox, "optname").on_hover_text(tip);
    }

    fn flag_chips(&mut self, ui: &mut Ui, look: &Look) {
        for flag in MessageFlag::ALL.iter().filter(|flag| fits(**flag, self.method)) {
            let mut on = self.flags.has(*flag);
            let tip = look.say(&flag_tip(*flag));
            let words = egui::RichText::new(flag.name()).font(theme::mono(11.0));
            if ui.toggle_value(&mut on, words).on_hover_text(tip).changed() {
                self.flags.set(*flag, on);
            }
        }
    }

    /// Draws the choice of the thread.
    pub(super) fn threads(&mut self, ui: &mut Ui, sight: &Sight<'_>) {
        let look = sight.look;
        let next = self.number(sight);
        let say = |hand: Hand| match hand {
            Hand::Idle => text!("ui-calls-idle", number = next),
            Hand::Number(number) => text!("ui-calls-thread", number = number),
            Hand::New => text!("ui-calls-new-thread"),
        };
        look.secondary(ui, look.say(&text!("ui-calls-on")));
        let combo = ComboBox::from_id_salt("calls thread").selected_text(look.say(&say(self.hand))).icon(paint_open).width(130.0);
        let response = combo.show_ui(ui, |ui| {
            let numbers = sight.threads().into_iter().map(|(number, _)| Hand::Number(number));
            for hand in [Hand::Idle].into_iter().chain(numbers).chain([Hand::New]) {
                ui.selectable_value(&mut self.hand, hand, look.say(&say(hand)));
            }
        });
        named(response.response, Role::ComboBox, &look.say(&text!("ui-calls-on"))).on_hover_text(look.say(&text!("ui-calls-on-tip")));
    }

    /// The number of the thread that makes the call.
    fn number(&self, sight: &Sight<'_>) -> u32 {
        let threads = sight.threads();
        let new = threads.last().map_or(1, |(number, _)| number + 1).min(MOST_HANDS);
        match self.hand {
            Hand::Number(number) => number,
            Hand::New => new,
            Hand::Idle => threads.iter().find(|(_, id)| !sight.is_blocked(*id)).map_or(new, |(number, _)| *number),
        }
    }

    /// That thread in the trace, where it is there.
    pub(super) fn thread(&self, sight: &Sight<'_>) -> Option<ThreadId> {
        let wanted = self.number(sight);
        sight.threads().into_iter().find(|(number, _)| *number == wanted).map(|(_, id)| id)
    }
}

const fn fits(flag: MessageFlag, method: Method) -> bool {
    method.receives() && flag.is_for_recv() || method.sends() && flag.is_for_send()
}

/// What an argument is called in the manual pages.
fn argument_name(key: &'static str) -> &'static str {
    match key {
        "family" => "domain",
        "size" => "len",
        "data" => "buf",
        "address" => "addr",
        "options" => "optval",
        other => other,
    }
}

fn flag_tip(flag: MessageFlag) -> Message {
    match flag {
        MessageFlag::Peek => text!("ui-calls-flag-peek"),
        MessageFlag::DontWait => text!("ui-calls-flag-dontwait"),
        MessageFlag::WaitAll => text!("ui-calls-flag-waitall"),
        MessageFlag::OutOfBand => text!("ui-calls-flag-oob"),
        MessageFlag::Truncate => text!("ui-calls-flag-trunc"),
        MessageFlag::NoSignal => text!("ui-calls-flag-nosignal"),
        MessageFlag::More => text!("ui-calls-flag-more"),
        MessageFlag::DontRoute => text!("ui-calls-flag-dontroute"),
    }
}

/// What stands in a field that nobody has typed into.
fn proposed(method: Method, key: &str, sight: &Sight<'_>) -> String {
    let text = match key {
        "address" if method == Method::Bind => "127.0.0.1:0",
        "address" => return whom(method, sight),
        "backlog" => "5",
        "size" if matches!(method, Method::RecvInto | Method::RecvFromInto) => "16",
        "size" => "1024",
        "data" => "hello",
        "option" if method == Method::SetSockOpt => "SO_REUSEADDR",
        "option" => "SO_RCVBUF",
        "options" => "1",
        "timeout" => "2s",
        "how" => "SHUT_WR",
        key => words_of(key).first().copied().unwrap_or_default(),
    };
    text.to_owned()
}

/// Whom a call may ask: a socket of the program that waits for it, another program that has an address, or the first tutorial's server.
fn whom(method: Method, sight: &Sight<'_>) -> String {
    let datagrams = method == Method::SendTo;
    let waits = |known: &crate::trace::stages::Known| match known.made {
        Some((_, SocketType::Datagram)) => datagrams && known.stage() == Stage::Bound,
        _ => !datagrams && known.stage() == Stage::Listening,
    };
    let own = sight.line.id.into_iter().flat_map(|program| sight.stages.of(program)).find(|(_, known)| waits(known));
    let own = own.and_then(|(id, _)| sight.name_of(id));
    let others = || sight.scene.programs.iter().filter(|line| line.spec.name != sight.line.spec.name);
    let other = || others().find(|line| line.local.is_some() || line.spec.bind.is_some()).map(|line| line.spec.name.as_str());
    own.or_else(other).map_or_else(|| "127.0.0.1:9001".to_owned(), |name| format!("@{name}"))
}
