//! Saves a lab file or a script.

use std::fs;
use std::path::{Path, PathBuf};

use super::file::Lab;
use super::new_file::{FileError, write_whole};
use super::script::Script;

impl Lab {
    /// Puts the lab in the place of `file`, as [`write_whole`] does. A link is followed, from whose folder the files are found then which the lab names.
    ///
    /// # Errors
    /// Those of [`write_whole`].
    pub fn save(&self, file: &Path) -> Result<(), FileError> {
        let file = fs::canonicalize(file).unwrap_or_else(|_new| file.to_owned());
        let toml = self.in_folder_of(&file).to_toml();
        write_whole(&file, |out| out.write_all(toml.as_bytes()))
    }

    /// The same lab for a file at another place: the files it names are still found.
    fn in_folder_of(&self, file: &Path) -> Self {
        let folder = file.parent().unwrap_or_else(|| Path::new(""));
        let same = |one: &Path, other: &Path| match (absolute(one), absolute(other)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        };
        if same(&self.folder, folder) {
            return self.clone();
        }
        let from = absolute(&self.folder).unwrap_or_else(|| self.folder.clone());
        let programs = self.programs.iter().map(|spec| Self { folder: from.clone(), ..Self::default() }.in_its_folder(spec)).collect();
        Self { programs, ..self.clone() }
    }
}

impl Script {
    /// Puts the script in the place of `file`, as [`write_whole`] does.
    ///
    /// # Errors
    /// Those of [`write_whole`].
    pub fn save(&self, file: &Path) -> Result<(), FileError> {
        write_whole(file, |out| out.write_all(self.text.as_bytes()))
    }
}

/// The folder without links in its path; none where it does not exist. The empty path is the current folder.
fn absolute(folder: &Path) -> Option<PathBuf> {
    fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Opened, open, sample};
    use crate::program::{Data, Reply};

    fn first_echo() -> Lab {
        sample("first-echo").expect("in the table").lab(&[]).expect("a lab")
    }

    #[test]
    fn what_is_saved_is_opened_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("lab.toml");
        first_echo().save(&file).expect("saved");
        first_echo().save(&file).expect("saved again");
        assert!(matches!(open(&file), Ok(Opened::Lab(lab)) if lab.programs == first_echo().programs));
    }

    #[test]
    fn files_that_a_lab_names_are_found_from_its_new_place() {
        let [from, to] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
        let mut lab = first_echo();
        lab.folder = from.path().to_owned();
        lab.programs[0].reply = Reply::Fixed(Data::File("page.html".into()));
        for (folder, path) in [(&from, PathBuf::from("page.html")), (&to, absolute(from.path()).expect("there").join("page.html"))] {
            let file = folder.path().join("lab.toml");
            lab.save(&file).expect("saved");
            let Ok(Opened::Lab(saved)) = open(&file) else { panic!("no lab") };
            assert_eq!(saved.programs[0].reply, Reply::Fixed(Data::File(path)));
        }
    }
}
