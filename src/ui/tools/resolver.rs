//! The resolver: a name to its addresses, in the order in which the system gives them, timed, and each attempt to connect timed too. On a thread of its own.

use std::net::SocketAddr;
use std::thread;
use std::time::Instant;

use crossbeam_channel::{Receiver, TryRecvError, bounded};
use egui::{Key, Label, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::{ICON_CANCEL, ICON_CHECK_CIRCLE, ICON_SEARCH};

use super::{Given, field};
use crate::net::families::{self, Probed};
use crate::net::resolver::{self, Found, Resolved, hosts_file};
use crate::text;
use crate::text::Message;
use crate::trace::notation;
use crate::ui::look::{Look, named};
use crate::ui::theme;
use crate::ui::waker::Waker;
use crate::wire::{ipv4, ipv6};

/// Names to begin with; the last two have no address.
const EXAMPLES: &[&str] = &["localhost", "ip6-localhost", "127.0.0.1", "::1", "nowhere.invalid"];

/// The height of a row.
const ROW: f32 = 24.0;

/// A lookup that is under way.
#[derive(Debug)]
struct Asking {
    name: String,
    since: Instant,
    answer: Receiver<Resolved>,
}

/// The state of the tool.
#[derive(Debug)]
pub(crate) struct Resolver {
    name: String,
    service: String,
    tries: bool,
    asking: Option<Asking>,
    answer: Option<Resolved>,
    /// Why nothing was asked.
    problem: Option<Message>,
    /// The families that are being asked for, and what the kernel answered.
    probing: Option<Receiver<Vec<Probed>>>,
    probed: Vec<Probed>,
}

impl Default for Resolver {
    fn default() -> Self {
        let (name, service) = ("localhost".to_owned(), "9001".to_owned());
        Self { name, service, tries: true, asking: None, answer: None, problem: None, probing: None, probed: Vec::new() }
    }
}

impl Resolver {
    /// Asks on a thread of its own. A lookup that is under way goes on unheard: nothing can end it.
    fn ask(&mut self, waker: Waker) {
        let (tell, answer) = bounded(1);
        let (name, service, tries) = (self.name.clone(), self.service.clone(), self.tries);
        let work = move || {
            tell.send(resolver::resolve(&name, &service, tries)).ok();
            waker.ring();
        };
        match thread::Builder::new().name("resolver".to_owned()).spawn(work) {
            Ok(_) => {
                self.asking = Some(Asking { name: self.name.clone(), since: Instant::now(), answer });
                (self.answer, self.problem) = (None, None);
            }
            Err(error) => self.problem = Some(text!("ui-note-no-thread", said = error.to_string())),
        }
    }

    /// Asks the kernel for each family, on a thread of its own: it may load a module.
    fn probe(&mut self, waker: Waker) {
        let (tell, answer) = bounded(1);
        let work = move || {
            tell.send(families::probe()).ok();
            waker.ring();
        };
        match thread::Builder::new().name("families".to_owned()).spawn(work) {
            Ok(_) => (self.probing, self.problem) = (Some(answer), None),
            Err(error) => self.problem = Some(text!("ui-note-no-thread", said = error.to_string())),
        }
    }

    fn take(&mut self) {
        if let Some(probed) = self.probing.as_ref().and_then(|probing| probing.try_recv().ok()) {
            (self.probing, self.probed) = (None, probed);
        }
        match self.asking.as_ref().map(|asking| asking.answer.try_recv()) {
            Some(Ok(answer)) => (self.asking, self.answer) = (None, Some(answer)),
            Some(Err(TryRecvError::Disconnected)) => self.asking = None,
            Some(Err(TryRecvError::Empty)) | None => {}
        }
    }

    /// Draws what stands at the right of the title.
    pub(super) fn head(&mut self, ui: &mut Ui, given: &Given<'_>) {
        let name = given.look.say(&text!("ui-tools-examples"));
        let menu = ui.menu_button(RichText::new(&name).font(theme::plain(12.0)), |ui| {
            for example in EXAMPLES {
                if ui.button(RichText::new(*example).font(theme::mono(12.0))).clicked() {
                    (*example).clone_into(&mut self.name);
                    self.ask(Waker::new(ui.ctx()));
                    ui.close();
                }
            }
        });
        named(menu.response, Role::Button, &name);
    }

    /// Draws the tool.
    pub(super) fn show(&mut self, ui: &mut Ui, given: &Given<'_>) {
        let look = given.look;
        self.take();
        self.fields(ui, look);
        if let Some(problem) = &self.problem {
            field::error(ui, problem, look);
        }
        look.secondary(ui, look.say(&text!("ui-resolver-leaves", file = hosts_file())));
        ui.add_space(6.0);
        if let Some(asking) = &self.asking {
            let seconds = asking.since.elapsed().as_secs();
            ui.label(look.say(&text!("ui-resolver-asking", name = asking.name.as_str(), seconds = seconds)));
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(500));
        }
        let mut asked = false;
        ScrollArea::vertical().id_salt("resolved").auto_shrink(false).show(ui, |ui| {
            if let Some(answer) = &self.answer {
                resolved(ui, answer, look);
                ui.add_space(12.0);
            }
            asked = self.families(ui, look);
        });
        if asked {
            self.probe(Waker::new(ui.ctx()));
        }
    }

    /// The families of addresses, and what the kernel answered to each. Returns whether it is to be asked.
    fn families(&self, ui: &mut Ui, look: &Look) -> bool {
        look.heading(ui, &text!("ui-families"));
        look.secondary(ui, look.say(&text!("ui-families-what")));
        let tip = look.say(&text!("ui-families-ask-tip"));
        let ask = |ui: &mut Ui| look.button(ui, ICON_SEARCH, &look.say(&text!("ui-families-ask"))).on_hover_text(tip);
        let asked = ui.add_enabled_ui(self.probing.is_none(), ask).inner.clicked();
        for one in &self.probed {
            ui.add_space(6.0);
            family(ui, one, look);
        }
        asked
    }

    fn fields(&mut self, ui: &mut Ui, look: &Look) {
        let mut asked = false;
        ui.horizontal_wrapped(|ui| {
            field::label(ui, &text!("ui-resolver-name"), look);
            let (name, tip) = (look.say(&text!("ui-resolver-name")), look.say(&text!("ui-resolver-name-tip")));
            let enter = |response: &egui::Response, ui: &Ui| response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let response = field::entry(ui, &mut self.name, &name, &tip, 170.0, false, look);
            asked |= enter(&response, ui);
            field::label(ui, &text!("ui-resolver-service"), look);
            let (name, tip) = (look.say(&text!("ui-resolver-service")), look.say(&text!("ui-resolver-service-tip")));
            let response = field::entry(ui, &mut self.service, &name, &tip, 70.0, false, look);
            asked |= enter(&response, ui);
            let words = look.say(&text!("ui-resolver-ask"));
            asked |= look.button(ui, ICON_SEARCH, &words).on_hover_text(look.say(&text!("ui-resolver-ask-tip"))).clicked();
            let words = look.say(&text!("ui-resolver-try"));
            ui.checkbox(&mut self.tries, RichText::new(words).font(theme::plain(12.0)))
                .on_hover_text(look.say(&text!("ui-resolver-try-tip")));
        });
        if asked {
            self.ask(Waker::new(ui.ctx()));
        }
    }
}

/// A family: the call, what the kernel answered, and both in words.
fn family(ui: &mut Ui, probed: &Probed, look: &Look) {
    let roles = look.roles;
    let (icon, colour, answer) = match probed.answer {
        Some(Ok(())) => (ICON_CHECK_CIRCLE.codepoint, roles.ok, "ok".to_owned()),
        Some(Err(errno)) => (ICON_CANCEL.codepoint, roles.error, errno.name()),
        None => ("", roles.text2, "–".to_owned()),
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new(icon).font(theme::icon(14.0)).color(colour));
        ui.label(RichText::new(&probed.call).font(theme::mono(12.0)));
        ui.label(RichText::new(answer).font(theme::mono(12.0)).color(colour));
        look.secondary(ui, notation::duration(probed.took));
    });
    for words in [&probed.sentence, &probed.meaning()] {
        ui.add(Label::new(RichText::new(look.say(words)).font(theme::plain(12.0)).color(roles.text2)).wrap());
    }
}

/// What a lookup came to.
fn resolved(ui: &mut Ui, answer: &Resolved, look: &Look) {
    let took = notation::duration(answer.took);
    match &answer.found {
        Ok(found) => {
            let words = text!("ui-resolver-found", name = answer.name.as_str(), count = found.len(), took = took);
            ui.label(RichText::new(look.say(&words)).font(theme::strong(13.0)));
            look.secondary(ui, look.say(&text!("ui-resolver-order")));
            ui.add_space(4.0);
            for (place, one) in found.iter().enumerate() {
                line(ui, place, one, look);
            }
        }
        Err(fault) => {
            let head = text!("ui-resolver-failed", name = answer.name.as_str(), fault = fault.name(), took = took);
            ui.horizontal(|ui| {
                ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(14.0)).color(look.roles.error));
                ui.label(RichText::new(look.say(&head)).font(theme::strong(13.0)).color(look.roles.error));
            });
            ui.add(Label::new(look.say(&fault.message())).wrap());
        }
    }
    ui.add_space(8.0);
    look.heading(ui, &text!("ui-resolver-hosts", file = hosts_file()));
    if answer.hosts.is_empty() {
        look.secondary(ui, look.say(&text!("ui-resolver-hosts-none")));
    }
    for line in &answer.hosts {
        ui.label(RichText::new(line).font(theme::mono(12.0)));
    }
}

/// An address: which it is, its family, what it is for, its name, and what connecting to it came to.
fn line(ui: &mut Ui, place: usize, found: &Found, look: &Look) {
    let roles = look.roles;
    let family = if found.address.is_ipv4() { "AF_INET" } else { "AF_INET6" };
    let purpose = match found.address {
        SocketAddr::V4(address) => ipv4::purpose(*address.ip()).map(|known| (known.name)()),
        SocketAddr::V6(address) => ipv6::purpose(*address.ip()).map(|known| (known.name)()),
    };
    let scope = match found.address {
        SocketAddr::V6(address) if address.scope_id() > 0 => format!("%{}", address.scope_id()),
        _ => String::new(),
    };
    let about = [purpose.map(|purpose| look.say(&purpose)), found.reverse.clone()];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let (icon, tried, colour) = match &found.tried {
        Some((Ok(()), took)) => (ICON_CHECK_CIRCLE.codepoint, text!("ui-resolver-connected", took = notation::duration(*took)), roles.ok),
        Some((Err(errno), took)) => {
            (ICON_CANCEL.codepoint, text!("ui-resolver-refused", errno = errno.name(), took = notation::duration(*took)), roles.error)
        }
        None if found.address.ip().to_canonical().is_loopback() => ("", text!("ui-resolver-not-tried"), roles.text2),
        None => ("", text!("ui-resolver-outside"), roles.text2),
    };
    let (shown, tried) = (format!("{}{scope}", found.address.ip()), look.say(&tried));
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let words = format!("{}, {shown}, {family}, {about}, {tried}", place + 1);
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &words));
    let y = rect.center().y;
    let wide = rect.width() >= 560.0;
    let columns = if wide { [0.0, 24.0, 260.0, 330.0, 470.0] } else { [0.0, 24.0, 190.0, 250.0, 330.0] };
    let runs = [(place + 1).to_string(), shown, family.to_owned(), about];
    for ((text, from), to) in runs.iter().zip(columns).zip(&columns[1..]) {
        let font = if from > 300.0 { theme::plain(12.0) } else { theme::mono(12.0) };
        let job = crate::ui::look::line_of(&[(text, font, roles.text)], to - from - 8.0);
        crate::ui::look::paint_line(ui, rect.left() + from, y, job);
    }
    let end = rect.left() + columns[4];
    ui.painter().text(pos2(end, y), egui::Align2::LEFT_CENTER, icon, theme::icon(14.0), colour);
    let from = if icon.is_empty() { 0.0 } else { 20.0 };
    let job = crate::ui::look::line_of(&[(&tried, theme::plain(12.0), colour)], rect.right() - end - from);
    crate::ui::look::paint_line(ui, end + from, y, job);
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, roles.line));
    response.on_hover_text(words);
}
