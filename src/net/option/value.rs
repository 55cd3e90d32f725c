//! Values of options as a person writes them, and what the lab says before the kernel does.
