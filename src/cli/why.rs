//! Why a program failed, in one sentence: the likeliest cause of the call that made it fail.

use crate::lab::{Coach, ProgramStatus, Surroundings};
use crate::text::Message;
use crate::trace::Store;
use crate::trace::failure::Failures;
use crate::trace::lives::Lives;

/// What is known of the sockets of a run, and of this computer.
pub(super) struct Why {
    lives: Lives,
    failures: Failures,
    around: Surroundings,
}

impl Why {
    /// Reads the rows that are still in memory, where a program has failed.
    pub(super) fn of(programs: &[ProgramStatus], store: &Store) -> Self {
        let mut why = Self { lives: Lives::default(), failures: Failures::default(), around: Surroundings::default() };
        if programs.iter().any(|program| program.failure.is_some()) {
            why.around = Surroundings::observe();
            for scan in store.scans(1) {
                why.lives.fold(scan.rows());
                why.failures.fold(scan.rows());
            }
        }
        why
    }

    /// The cause of the failure of `program`, where more is known of it than what its errno means.
    pub(super) fn cause(&self, program: &ProgramStatus, store: &Store) -> Option<Message> {
        let errno = program.failure.as_ref()?.errno?;
        let is_it = |row: &&crate::trace::Record| Some(row.program) == program.id && !row.is_of_lab() && row.errno() == Some(errno);
        let failed = store.scans(1).find_map(|scan| scan.rows().iter().find(is_it).cloned())?;
        let coach = Coach { lives: &self.lives, failures: &self.failures, names: &store.names(), around: &self.around };
        coach.first(&failed).map(|cause| cause.says)
    }
}
