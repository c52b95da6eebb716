#pragma once

/* Makes libgit2 ready for TLS, once. Returns 0, or libgit2's negative code. Call it before libgit2 connects to a server. */
int git_tls_start(void);
