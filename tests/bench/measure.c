/* In: a command. Out: it runs, its standard output is read and thrown away, and one line says what it took:
 *     SECONDS CPU_SECONDS PEAK_KB EXIT INSIDE
 * INSIDE is what a driver of this folder says of itself in a last line `inside SECONDS`, else `-`. A pipe takes the output,
 * since some programs do less where they see /dev/null. */
#include "files.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TAIL = 64, PIPE = 1 << 20 };

static char chunk[PIPE], tail[2 * TAIL + 1];

/* Keeps the last bytes of all that came. */
static void drain(int fd)
{
    size_t kept = 0;
    for (ssize_t n; (n = read(fd, chunk, sizeof chunk)) > 0;) {
        size_t len = (size_t)n < TAIL ? (size_t)n : TAIL;
        size_t old = kept < TAIL ? kept : TAIL;
        memmove(tail, tail + kept - old, old);
        memcpy(tail + old, chunk + (size_t)n - len, len);
        kept = old + len;
        tail[kept] = '\0';
    }
}

static double of(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    int fds[2], status = 0;
    struct rusage used;
    char inside[32] = "-";
    if (argc < 2 || pipe(fds) != 0)
        die("needs a command", "measure");
    (void)fcntl(fds[0], F_SETPIPE_SZ, PIPE);
    const double start = seconds(CLOCK_MONOTONIC);
    const pid_t pid = fork();
    if (pid == 0) {
        dup2(fds[1], STDOUT_FILENO);
        close(fds[0]);
        close(fds[1]);
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    close(fds[1]);
    drain(fds[0]);
    if (pid < 0 || wait4(pid, &status, 0, &used) != pid)
        die("cannot be run", argv[1]);
    const double took = seconds(CLOCK_MONOTONIC) - start;
    char *said = strstr(tail, "inside ");
    if (said)
        sscanf(said, "inside %31s", inside);
    printf("%.6f %.6f %ld %d %s\n", took, of(used.ru_utime) + of(used.ru_stime), used.ru_maxrss,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128, inside);
    return 0;
}
