/*
 * libgit2's own transport for SSH, which dvswift never uses: it runs the user's `ssh` (docs/decisions/0005-ssh-program.md).
 * With these three in its place the linker leaves out libssh2 and most of OpenSSL, and nothing makes them ready at each start.
 */
int git_transport_ssh_global_init(void) {
    return 0;
}

/* -1 is libgit2's GIT_ERROR. */
int git_smart_subtransport_ssh(void **out, void *owner, void *parameter) {
    (void)out, (void)owner, (void)parameter;
    return -1;
}

int git_transport_ssh_with_paths(void **out, void *owner, void *paths) {
    (void)out, (void)owner, (void)paths;
    return -1;
}
