//! The lab behind the window: one that can be run, or one that is only looked at.

use std::sync::Arc;

use super::command::Action;
use super::counting::Counted;
use super::scene::Scene;
use crate::trace::Store;

/// What the window shows and works on.
#[derive(Debug)]
pub(crate) enum Desk {
    /// A moment that does not change.
    Still(Box<Scene>),
}

impl Desk {
    /// The rows.
    pub(crate) fn store(&self) -> &Arc<Store> {
        match self {
            Self::Still(scene) => &scene.store,
        }
    }

    /// What there is to see now.
    pub(crate) fn scene(&self, counted: &Counted) -> Scene {
        match self {
            Self::Still(scene) => Scene { activity: Arc::clone(&counted.activity), ..(**scene).clone() },
        }
    }

    /// A lab that can be run.
    pub(crate) fn live(_lab: crate::lab::Lab) -> Result<Self, Vec<crate::text::Message>> {
        Err(Vec::new())
    }

    pub(crate) fn open(_file: &std::path::Path) -> Result<Self, Vec<crate::text::Message>> {
        Err(Vec::new())
    }

    pub(crate) fn save(&self, _file: &std::path::Path) -> Option<crate::text::Message> {
        None
    }

    pub(crate) fn close(&mut self) {}

    pub(crate) fn add(&mut self, _kind: crate::program::ProgramKind) -> Option<String> {
        None
    }

    pub(crate) fn is_running(&self, _name: &str) -> bool {
        false
    }

    /// Does what concerns programs; what it does not know is not for it.
    pub(crate) fn run(&mut self, action: Action) -> Option<crate::text::Message> {
        let Self::Still(scene) = self;
        match action {
            Action::Edit(name, spec) => {
                if let Some(line) = scene.programs.iter_mut().find(|line| line.spec.name == name) {
                    line.spec = *spec;
                }
            }
            Action::Remove(name) => scene.programs.retain(|line| line.spec.name != name),
            _ => {}
        }
        None
    }
}
