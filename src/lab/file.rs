//! A lab: its title and its programs, as a TOML file holds them. Here it is written; [`read`](super::read) reads it.

use std::path::{Path, PathBuf};

use super::check::{Wrong, check};
use super::error::LabErrors;
use super::field::fields_of;
use super::read::{Override, read};
use super::setting::quote;
use crate::program::{Data, Outgoing, ProgramKind, Reply, Spec, Target};
use crate::text;
use crate::text::Message;
use crate::trace::Address;

/// A lab.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lab {
    /// What it is called.
    pub title: String,
    /// Its programs, in the order in which they start.
    pub programs: Vec<Spec>,
    /// The folder that the files it names are looked for in: that of the lab file. Empty for the current one.
    pub folder: PathBuf,
}

impl Lab {
    /// The lab that `text` states. `file` is what errors call it; the files it names are looked for beside it.
    ///
    /// # Errors
    /// Everything that is wrong in it, with line and column, up to [`MOST_ERRORS`](super::MOST_ERRORS).
    pub fn parse(text: &str, file: &str) -> Result<Self, LabErrors> {
        Self::parse_with(text, file, &[])
    }

    /// As [`parse`](Self::parse), with some values of the file replaced: `server.bind=127.0.0.1:0`.
    ///
    /// # Errors
    /// As there; what is wrong in a replacement is told with the replacement.
    pub fn parse_with(text: &str, file: &str, overrides: &[Override]) -> Result<Self, LabErrors> {
        let folder = Path::new(file).parent().unwrap_or_else(|| Path::new("")).to_owned();
        read(text, file, overrides).map(|(title, programs)| Self { title, programs, folder })
    }

    /// The text that [`parse`](Self::parse) reads as this lab: fields in the order of their table, without those that have their default.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        if !self.title.is_empty() {
            text += "title = ";
            text += &quote(&self.title);
            text += "\n";
        }
        for spec in &self.programs {
            text += if text.is_empty() { "[[program]]\n" } else { "\n[[program]]\n" };
            let standard = Spec::new(spec.kind, "");
            for field in fields_of(spec.kind) {
                let setting = (field.get)(spec);
                if field.required || setting != (field.get)(&standard) {
                    text += &setting.map(|setting| format!("{} = {}\n", field.key, setting.to_toml())).unwrap_or_default();
                }
            }
        }
        text
    }

    /// What cannot be run as it stands: the same combinations that a lab file may not hold.
    pub fn check(&self) -> Vec<Wrong> {
        check(&self.programs)
    }

    /// The program of that name.
    pub fn program(&self, name: &str) -> Option<&Spec> {
        self.programs.iter().find(|spec| spec.name == name)
    }

    /// One sentence for each program that other machines can reach.
    pub fn warnings(&self) -> Vec<Message> {
        let open = self.programs.iter().filter_map(|spec| Some((spec, spec.outside()?)));
        open.map(|(spec, bind)| text!("lab-reachable", program = spec.name.as_str(), address = bind.to_string())).collect()
    }

    /// Where those of `programs` that fetch a file put it: the program, and the path as seen from where this runs.
    pub fn destinations(&self, programs: &[String]) -> Vec<(String, PathBuf)> {
        let named = programs.iter().filter_map(|name| self.program(name));
        let fetching = named.filter(|spec| spec.kind == ProgramKind::TftpClient && spec.tftp.get.is_some());
        fetching.filter_map(|spec| Some((spec.name.clone(), self.folder.join(spec.tftp.to.as_ref()?)))).collect()
    }

    /// The program with the files it names looked for in the folder of the lab.
    pub(super) fn in_its_folder(&self, spec: &Spec) -> Spec {
        let find = |data: &Data| match data {
            Data::File(path) => Data::File(self.folder.join(path)),
            other => other.clone(),
        };
        let send = spec.send.iter().map(|outgoing| Outgoing { data: find(&outgoing.data), ..outgoing.clone() }).collect();
        let reply = match &spec.reply {
            Reply::Fixed(data) => Reply::Fixed(find(data)),
            other => other.clone(),
        };
        let mut manner = spec.manner.clone();
        manner.greeting = manner.greeting.as_ref().map(find);
        let mut tftp = spec.tftp.clone();
        tftp.root = tftp.root.map(|root| self.folder.join(root));
        tftp.to = tftp.to.map(|to| self.folder.join(to));
        tftp.put = tftp.put.as_ref().map(find);
        let mut http = spec.http.clone();
        http.root = http.root.map(|root| self.folder.join(root));
        let place = |address: &Address| match address {
            Address::Path(path) => Address::Path(self.folder.join(&**path).to_string_lossy().into()),
            other => other.clone(),
        };
        let mut calls = spec.calls.clone();
        for press in &mut calls {
            press.data = find(&press.data);
            if let Some(Target::Unix(address)) = &mut press.address {
                *address = place(address);
            }
        }
        let path = spec.path.as_ref().map(place);
        let connect = match &spec.connect {
            Some(Target::Unix(address)) => Some(Target::Unix(place(address))),
            other => other.clone(),
        };
        Spec { path, connect, reply, manner, send, tftp, http, calls, ..spec.clone() }
    }
}
