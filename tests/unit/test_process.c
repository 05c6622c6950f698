/* base/process: programs that end well, badly, not at all. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/process.h"

struct run {
    tt_buf out, messages;
    tt_ended ended;
    tt_err err;
    int rc;
};

static struct run run_in(const char *folder, size_t max, int silence, const char *const *argv)
{
    struct run r = {.rc = 0};
    const tt_process p = {.argv = argv, .folder = folder, .max_out = max, .silence = silence};
    r.rc = tt_process_run(&p, &r.out, &r.messages, &r.ended, &r.err);
    return r;
}

static struct run sh(const char *script, size_t max, int silence)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    return run_in(NULL, max, silence, argv);
}

static void release(struct run *r)
{
    tt_buf_release(&r->out);
    tt_buf_release(&r->messages);
}

static void test_ends(void **state)
{
    (void)state;
    static const struct {
        const char *name, *script;
        tt_process_end how;
        int status;
        const char *out, *messages;
    } cases[] = {
        {"both streams", "echo out; echo err >&2", TT_PROCESS_EXITED, 0, "out\n", "err\n"},
        {"status", "exit 7", TT_PROCESS_EXITED, 7, "", ""},
        {"signal", "kill -TERM $$", TT_PROCESS_KILLED, SIGTERM, "", ""},
        {"standard input is empty", "cat", TT_PROCESS_EXITED, 0, "", ""},
        {"streams closed long before the end", "exec >&- 2>&-; sleep 0.2", TT_PROCESS_EXITED, 0, "", ""},
        {"nothing of our environment", "echo \"$HOME$TT_SECRET$GNUTERM $LC_ALL $PATH\"", TT_PROCESS_EXITED, 0,
         " C /usr/local/bin:/usr/bin:/bin\n", ""},
    };
    setenv("TT_SECRET", "secret", 1);
    setenv("GNUTERM", "x11", 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct run r = sh(cases[i].script, 1000, 0);
        print_message("# %s\n", cases[i].name);
        assert_int_equal(r.rc, 0);
        assert_int_equal(r.ended.how, cases[i].how);
        assert_int_equal(r.ended.status, cases[i].status);
        assert_string_equal(r.out.p ? r.out.p : "", cases[i].out);
        assert_string_equal(r.messages.p ? r.messages.p : "", cases[i].messages);
        release(&r);
    }
}

static void test_arguments_pass_no_shell(void **state)
{
    (void)state;
    static const char *const argv[] = {"printf", "%s|%s", "$(touch x) `y` ; 'q'", "a b", NULL};
    struct run r = run_in(NULL, 1000, 0, argv);
    assert_int_equal(r.rc, 0);
    assert_string_equal(r.out.p, "$(touch x) `y` ; 'q'|a b");
    release(&r);
}

static void test_folder(void **state)
{
    (void)state;
    static const char *const argv[] = {"pwd", NULL};
    struct run r = run_in("/", 1000, 0, argv);
    assert_string_equal(r.out.p, "/\n");
    release(&r);
}

static void test_missing(void **state)
{
    (void)state;
    static const char *const argv[] = {"no-such-program-of-tagtrend", NULL};
    struct run r = run_in(NULL, 1000, 0, argv);
    assert_int_equal(r.rc, 0);
    assert_int_equal(r.ended.how, TT_PROCESS_MISSING);
    release(&r);
}

static void test_silent_is_killed(void **state)
{
    (void)state;
    static const char *const scripts[] = {"exec sleep 30", "echo a; exec sleep 30", "exec >&- 2>&-; exec sleep 30"};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        struct run r = sh(scripts[i], 1000, 150);
        assert_int_equal(r.rc, 0);
        assert_int_equal(r.ended.how, TT_PROCESS_SILENT);
        release(&r);
    }
}

static void test_bounds(void **state)
{
    (void)state;
    struct run r = sh("head -c 5000 /dev/zero", 5000, 0); /* as much as is allowed */
    assert_int_equal(r.ended.how, TT_PROCESS_EXITED);
    assert_int_equal(r.out.n, 5000);
    release(&r);
    r = sh("head -c 5001 /dev/zero", 5000, 0);
    assert_int_equal(r.ended.how, TT_PROCESS_TOO_LONG);
    release(&r);
    r = sh("yes", 100000, 0); /* never ends by itself */
    assert_int_equal(r.ended.how, TT_PROCESS_TOO_LONG);
    release(&r);
    r = sh("head -c 200000 /dev/zero >&2; echo end", 100, 0); /* messages are dropped, not held up */
    assert_int_equal(r.ended.how, TT_PROCESS_EXITED);
    assert_int_equal(r.messages.n, TT_PROCESS_MESSAGE);
    assert_string_equal(r.out.p, "end\n");
    release(&r);
}

static void test_both_streams_full(void **state)
{
    (void)state;
    struct run r = sh("for i in 1 2 3 4; do head -c 50000 /dev/zero; head -c 50000 /dev/zero >&2; done", 1 << 20, 0);
    assert_int_equal(r.ended.how, TT_PROCESS_EXITED);
    assert_int_equal(r.out.n, 200000);
    release(&r);
}

/* A caller whose own standard streams are closed gets pipes as 0, 1 and 2. */
static void test_closed_streams(void **state)
{
    (void)state;
    int keep[3];
    for (int i = 0; i < 3; i++) {
        keep[i] = fcntl(i, F_DUPFD, 10);
        close(i);
    }
    struct run r = sh("echo out; echo err >&2", 1000, 0);
    for (int i = 0; i < 3; i++) {
        dup2(keep[i], i);
        close(keep[i]);
    }
    assert_int_equal(r.rc, 0);
    assert_string_equal(r.out.p, "out\n");
    assert_string_equal(r.messages.p, "err\n");
    release(&r);
}

/* Ignored signals and a blocked SIGTERM are not handed on. */
static void test_signals(void **state)
{
    (void)state;
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    void (*old)(int) = signal(SIGPIPE, SIG_IGN);
    struct run r = sh("kill -PIPE $$", 1000, 0), t = sh("kill -TERM $$", 1000, 0);
    signal(SIGPIPE, old);
    sigprocmask(SIG_SETMASK, &before, NULL);
    assert_int_equal(r.ended.how, TT_PROCESS_KILLED);
    assert_int_equal(r.ended.status, SIGPIPE);
    assert_int_equal(t.ended.status, SIGTERM);
    release(&r);
    release(&t);
}

/* No pipe of one run is left open for the next. */
static void test_descriptors(void **state)
{
    (void)state;
    struct run r = sh("ls /proc/self/fd | wc -l", 1000, 0);
    struct run again = sh("ls /proc/self/fd | wc -l", 1000, 0);
    assert_string_equal(r.out.p, again.out.p);
    release(&r);
    release(&again);
}

/* Begun together they run together, and each gives its own; one that is cancelled is gone at once. */
static void test_several(void **state)
{
    (void)state;
    enum { N = 3 };
    static const char *const scripts[N] = {"sleep 0.4; echo a", "sleep 0.4; echo b", "exit 3"};
    static const char *const want[N] = {"a\n", "b\n", ""};
    tt_running *r[N], *slow;
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (size_t i = 0; i < N; i++) {
        const char *const argv[] = {"sh", "-c", scripts[i], NULL};
        const tt_process p = {.argv = argv, .max_out = 100};
        assert_int_equal(tt_process_start(&r[i], &p, NULL), 0);
    }
    const char *const argv[] = {"sleep", "60", NULL};
    assert_int_equal(tt_process_start(&slow, &(tt_process){.argv = argv, .max_out = 100}, NULL), 0);
    for (size_t i = N; i-- > 0;) {
        tt_buf out = {0}, messages = {0};
        tt_ended ended;
        assert_int_equal(tt_process_finish(r[i], &out, &messages, &ended, NULL), 0);
        assert_int_equal(ended.how, TT_PROCESS_EXITED);
        assert_int_equal(ended.status, i == 2 ? 3 : 0);
        assert_string_equal(out.p ? out.p : "", want[i]);
        tt_buf_release(&out);
        tt_buf_release(&messages);
    }
    tt_process_cancel(slow);
    tt_process_cancel(NULL);
    clock_gettime(CLOCK_MONOTONIC, &to);
    assert_true(to.tv_sec - from.tv_sec < 20);
    const char *const none[] = {"tagtrend-no-such-program", NULL};
    tt_ended ended;
    tt_buf out = {0};
    assert_int_equal(tt_process_start(&slow, &(tt_process){.argv = none, .max_out = 100}, NULL), 0);
    assert_int_equal(tt_process_finish(slow, &out, &out, &ended, NULL), 0);
    assert_int_equal(ended.how, TT_PROCESS_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_arguments_pass_no_shell),
        cmocka_unit_test(test_folder),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_silent_is_killed),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_both_streams_full),
        cmocka_unit_test(test_closed_streams),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_descriptors),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
