// Linux calls that Swift cannot import: variadic ones, ioctls and async-signal-safe handlers.
#pragma once
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// openat(2) with its variadic mode made explicit.
int clinux_openat(int directory, const char *path, int flags, mode_t mode);

/// Shares the blocks of `source` with `target` (FICLONE). 0, or -1 with errno.
int clinux_clone(int target, int source);

/// getdents64(2): fills `buffer` with linux_dirent64 records; bytes read, 0 at the end, -1 with errno.
ssize_t clinux_getdents64(int directory, void *buffer, size_t capacity);

/// Installs handlers for SIGINT and SIGTERM that only set a flag; 0, or -1 with errno.
int clinux_watch_interrupts(void);

/// The number of the last SIGINT or SIGTERM received, 0 if none.
int clinux_interrupt(void);

/// Sets or clears the flag, as if the signal had arrived.
void clinux_set_interrupt(int signal);

/// syncfs(2): makes the whole file system behind `descriptor` durable; 0, or -1 with errno.
int clinux_syncfs(int descriptor);

/// pidfd_open(2): a descriptor that polls readable when the process has ended; -1 with errno where the kernel cannot.
int clinux_pidfd_open(pid_t process);

/// posix_spawn_file_actions_addchdir_np(3), which Swift does not see: starts the child in `directory`. 0 or an errno.
int clinux_spawn_in_directory(posix_spawn_file_actions_t *actions, const char *directory);

/// pipe2(2) with both ends closed on exec; 0, or -1 with errno.
int clinux_pipe(int ends[2]);

/// renameat2(2) with RENAME_NOREPLACE; 0, or -1 with errno.
int clinux_rename_unless_taken(const char *source, const char *target);

/// renameat2(2) with RENAME_EXCHANGE; 0, or -1 with errno.
int clinux_exchange(const char *one, const char *other);

/// Gives an open file without a name (O_TMPFILE) the name `target`, which must be free; 0, or -1 with errno.
int clinux_link_descriptor(int descriptor, const char *target);

/// Whether the bytes `part` stand somewhere in `text`; memmem, which Swift does not see.
int clinux_contains(const void *text, size_t text_count, const void *part, size_t part_count);

/// strptime(3) of a date in UTC, which Swift does not see: seconds since 1970, or -1 if `text` does not begin as `format` says.
long long clinux_parse_time(const char *text, const char *format);

/// statfs(2), which Swift does not see: the number of the kind of file system that `path` is on, or -1 with errno.
long long clinux_file_system(const char *path);
