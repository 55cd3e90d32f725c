//! What this system does to what it is asked for: computed from its limits, never assumed.
