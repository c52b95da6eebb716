import Glibc

/// Waits until files and folders that were written so far are old enough to be remembered by their times.
package func sleepPastTick() { usleep(50_000) }
