//! What a person does to the programs of the lab: name, copy, order, remove; and back again.

use super::app::App;
use super::command::{Action, Command};
use super::other_side::Other;

/// What a command does to the program called `name`; none for commands that concern no program.
pub(super) fn of_command(command: Command, name: String) -> Option<Action> {
    match command {
        Command::Duplicate => Some(Action::Duplicate(name)),
        Command::Rename => Some(Action::BeginRename(name)),
        Command::MoveUp => Some(Action::Shift(name, false)),
        Command::MoveDown => Some(Action::Shift(name, true)),
        Command::CopyScript => Some(Action::OtherSide(name, Other::Copy)),
        Command::SaveScript => Some(Action::OtherSide(name, Other::Save)),
        Command::CopyAddress => Some(Action::OtherSide(name, Other::Address)),
        Command::Remove => Some(Action::Remove(name)),
        _ => None,
    }
}

/// Does what changes the name of a program, or which is chosen.
pub(super) fn run(app: &mut App, action: Action) {
    let open = &mut app.open;
    let done = match action {
        // What is only looked at says so before a name is typed.
        Action::BeginRename(name) => open.desk.change(|_| Ok(())).map(|()| {
            open.list.rename(name.clone());
            Some(name)
        }),
        Action::Rename(old, new) => match open.desk.change(|lab| lab.rename(&old, &new)) {
            Ok(()) => {
                open.drafts.rename(&old, &new);
                Ok(Some(new))
            }
            Err(why) => {
                open.list.refuse(old.clone(), new, why);
                Ok(Some(old))
            }
        },
        Action::Duplicate(name) => open.desk.change(|lab| lab.duplicate(&name)).map(Some),
        Action::Remove(name) => {
            let place = place(app, &name);
            app.open.desk.change(|lab| lab.remove(&name)).map(|()| at(app, place.unwrap_or_default()))
        }
        _ => return,
    };
    match done {
        Ok(chosen) => app.open.program = chosen,
        Err(problem) => app.tell(vec![problem]),
    }
}

/// Takes the last change back, or makes it again. What was typed and is no value yet is taken back first.
pub(super) fn step(app: &mut App, back: bool) {
    if back && app.open.program.as_ref().is_some_and(|name| app.open.drafts.discard(name)) {
        return;
    }
    let chosen = app.open.program.clone();
    let place = chosen.as_deref().and_then(|name| place(app, name));
    match app.open.desk.step(back) {
        Ok(_) => {
            let is_gone = chosen.is_some_and(|name| app.open.desk.lab().program(&name).is_none());
            if is_gone {
                app.open.program = at(app, place.unwrap_or_default());
            }
        }
        Err(problem) => app.tell(vec![problem]),
    }
}

fn place(app: &App, name: &str) -> Option<usize> {
    app.open.desk.lab().programs.iter().position(|spec| spec.name == name)
}

/// The name of the program at `place`, or of the last where there are fewer.
fn at(app: &App, place: usize) -> Option<String> {
    let programs = app.open.desk.lab().programs;
    programs.get(place).or_else(|| programs.last()).map(|spec| spec.name.clone())
}
