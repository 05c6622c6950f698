/* In: files. Out: md4c has parsed each, with callbacks that do nothing; the last line says the processor time spent in it alone, without
 * reading. The flags are those of src/parse/markdown.c (tests/bench.t compares them). */
#include "files.h"

#include <md4c.h>

static int on_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    (void)type, (void)detail, (void)ctx;
    return 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    (void)type, (void)detail, (void)ctx;
    return 0;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *ctx)
{
    (void)type, (void)text, (void)size, (void)ctx;
    return 0;
}

int main(int argc, char **argv)
{
    const MD_PARSER parser = {
        .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS,
        .enter_block = on_block,
        .leave_block = on_block,
        .enter_span = on_span,
        .leave_span = on_span,
        .text = on_text,
    };
    bytes b = {0};
    double inside = 0;
    files_walk(argv + 1, argc - 1);
    for (size_t i = 0; i < files_n; i++) {
        files_read(files_v[i], &b);
        const double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
        if (md_parse(b.p, (MD_SIZE)b.n, &parser, NULL) != 0)
            die("md4c failed", files_v[i]);
        inside += seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
    }
    printf("inside %.6f\n", inside);
    return 0;
}
