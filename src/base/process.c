/* In: a program and its arguments. Out: what it printed, how it ended. Not here: what the program is for. */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TICK = 50, CHUNK = 16 * 1024 }; /* milliseconds; bytes */

static int fail_errno(tt_err *err, int number, const char *program, const char *what)
{
    return tt_fail(err, number == ENOMEM ? TT_ENOMEM : TT_EIO, NULL, 0, 0, "cannot %s %s: %s", what, program,
                   strerror(number));
}

static void close_all(int fds[4])
{
    for (int i = 0; i < 4; i++)
        if (fds[i] >= 0)
            close(fds[i]);
}

/* fds: read and write end for standard output, then for standard error. All above 2, where the child's own streams are
 * made, even if the caller has closed its own. */
static int make_pipes(int fds[4])
{
    for (int i = 0; i < 4; i++)
        fds[i] = -1;
    for (int i = 0; i < 4; i += 2)
        if (pipe2(fds + i, O_CLOEXEC) != 0)
            return errno;
    for (int i = 0; i < 4; i++) {
        if (fds[i] > STDERR_FILENO)
            continue;
        int high = fcntl(fds[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        if (high < 0)
            return errno;
        close(fds[i]);
        fds[i] = high;
    }
    return 0;
}

static int set_actions(posix_spawn_file_actions_t *a, const tt_process *p, const int fds[4])
{
    int rc = posix_spawn_file_actions_addopen(a, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (rc == 0)
        rc = posix_spawn_file_actions_adddup2(a, fds[1], STDOUT_FILENO);
    if (rc == 0)
        rc = posix_spawn_file_actions_adddup2(a, fds[3], STDERR_FILENO);
    if (rc == 0 && p->folder)
        rc = posix_spawn_file_actions_addchdir_np(a, p->folder);
    return rc;
}

static int set_signals(posix_spawnattr_t *attr)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int rc = posix_spawnattr_setsigmask(attr, &none);
    if (rc == 0)
        rc = posix_spawnattr_setsigdefault(attr, &all);
    return rc ? rc : posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

/* 0 or an errno. */
static int start(const tt_process *p, const int fds[4], pid_t *pid)
{
    char locale[] = "LC_ALL=C", path[] = "PATH=/usr/local/bin:/usr/bin:/bin", zone[] = "TZ=UTC0";
    char *env[] = {locale, path, zone, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    int rc = posix_spawn_file_actions_init(&actions);
    if (rc != 0)
        return rc;
    rc = posix_spawnattr_init(&attr);
    if (rc == 0) {
        rc = set_actions(&actions, p, fds);
        if (rc == 0)
            rc = set_signals(&attr);
        /* posix_spawnp does not change its arguments; its type is older than const */
        if (rc == 0)
            rc = posix_spawnp(pid, p->argv[0], &actions, &attr, (char *const *)(uintptr_t)p->argv, env);
        posix_spawnattr_destroy(&attr);
    }
    posix_spawn_file_actions_destroy(&actions);
    return rc;
}

/* What can be read now. *open becomes false at the end of the stream. With `drop`, bytes beyond `max` are let go;
 * without, they are added all the same, at most a chunk: the caller looks at n. */
static int take(int fd, bool *open, tt_buf *to, size_t max, bool drop)
{
    char chunk[CHUNK];
    ssize_t n = read(fd, chunk, sizeof chunk);
    if (n < 0)
        return errno == EINTR || errno == EAGAIN ? 0 : errno;
    if (n == 0)
        *open = false;
    size_t room = to->n < max ? max - to->n : 0;
    tt_buf_add(to, chunk, drop && (size_t)n > room ? room : (size_t)n);
    return to->failed ? ENOMEM : 0;
}

/* Reads both streams to their ends. *silent counts milliseconds without output. */
static int drain(size_t max_out, const int fds[4], int limit, int *silent, tt_buf *out, tt_buf *messages)
{
    size_t start_out = out->n, start_messages = messages->n;
    bool open[2] = {true, true};
    int rc = 0;
    while (rc == 0 && (open[0] || open[1]) && *silent < limit && out->n - start_out <= max_out) {
        struct pollfd ask[2] = {{open[0] ? fds[0] : -1, POLLIN, 0}, {open[1] ? fds[2] : -1, POLLIN, 0}};
        int n = poll(ask, 2, TICK);
        if (n < 0 && errno != EINTR)
            return errno;
        if (n == 0)
            *silent += TICK;
        if (n <= 0)
            continue;
        *silent = 0;
        if (ask[0].revents)
            rc = take(fds[0], &open[0], out, SIZE_MAX, false);
        if (rc == 0 && ask[1].revents)
            rc = take(fds[2], &open[1], messages, start_messages + TT_PROCESS_MESSAGE, true);
    }
    return rc;
}

/* Waits until the program has ended, at most until *silent reaches `limit`. false: it has not. */
static bool ended_by(pid_t pid, int limit, int *silent, int *status)
{
    for (;;) {
        pid_t got = waitpid(pid, status, WNOHANG);
        if (got == pid)
            return true;
        if (got < 0 && errno != EINTR) { /* the caller ignores SIGCHLD: how it ended is not to be known */
            *status = 0xFF00;
            return true;
        }
        if (*silent >= limit)
            return false;
        if (got == 0) {
            poll(NULL, 0, 1);
            ++*silent;
        }
    }
}

static void kill_and_wait(pid_t pid)
{
    int status;
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
}

struct tt_running {
    const char *program; /* a literal or the caller's, for messages */
    size_t max_out;
    int silence;
    int fds[4];
    pid_t pid; /* -1: no such program */
};

static int watch(const tt_running *r, tt_buf *out, tt_buf *messages, tt_ended *ended)
{
    int limit = r->silence > 0 ? r->silence : TT_PROCESS_SILENCE;
    int silent = 0, status = 0;
    size_t before = out->n;
    int rc = drain(r->max_out, r->fds, limit, &silent, out, messages);
    bool too_long = out->n - before > r->max_out;
    if (rc != 0 || too_long || !ended_by(r->pid, limit, &silent, &status)) {
        kill_and_wait(r->pid);
        *ended = (tt_ended){too_long ? TT_PROCESS_TOO_LONG : TT_PROCESS_SILENT, SIGKILL};
        return rc;
    }
    *ended = WIFSIGNALED(status) ? (tt_ended){TT_PROCESS_KILLED, WTERMSIG(status)}
                                 : (tt_ended){TT_PROCESS_EXITED, WEXITSTATUS(status)};
    return 0;
}

int tt_process_start(tt_running **out, const tt_process *p, tt_err *err)
{
    tt_running *r = tt_calloc(1, sizeof *r);
    *out = NULL;
    if (!r)
        return tt_fail_memory(err);
    *r = (tt_running){.program = p->argv[0], .max_out = p->max_out, .silence = p->silence, .pid = -1};
    int rc = make_pipes(r->fds);
    if (rc != 0) {
        close_all(r->fds);
        tt_free(r);
        return fail_errno(err, rc, p->argv[0], "make a pipe to");
    }
    rc = start(p, r->fds, &r->pid);
    close(r->fds[1]);
    close(r->fds[3]);
    r->fds[1] = r->fds[3] = -1;
    bool missing = rc == ENOENT || rc == EACCES || rc == ENOTDIR || rc == ENOEXEC;
    if (rc != 0)
        r->pid = -1;
    if (rc != 0 && !missing) {
        close_all(r->fds);
        tt_free(r);
        return fail_errno(err, rc, p->argv[0], "run");
    }
    *out = r;
    return 0;
}

int tt_process_finish(tt_running *r, tt_buf *out, tt_buf *messages, tt_ended *ended, tt_err *err)
{
    *ended = (tt_ended){TT_PROCESS_MISSING, 0};
    int rc = r->pid < 0 ? 0 : watch(r, out, messages, ended);
    const char *program = r->program;
    close_all(r->fds);
    tt_free(r);
    return rc == 0 ? 0 : fail_errno(err, rc, program, "run");
}

void tt_process_cancel(tt_running *r)
{
    if (!r)
        return;
    if (r->pid >= 0)
        kill_and_wait(r->pid);
    close_all(r->fds);
    tt_free(r);
}

int tt_process_run(const tt_process *p, tt_buf *out, tt_buf *messages, tt_ended *ended, tt_err *err)
{
    tt_running *r;
    *ended = (tt_ended){TT_PROCESS_MISSING, 0};
    int rc = tt_process_start(&r, p, err);
    return rc == 0 ? tt_process_finish(r, out, messages, ended, err) : rc;
}
