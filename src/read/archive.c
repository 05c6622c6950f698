/* In: archive arguments. Out: the files that are issues, sorted by path, each with its name and what the side file says
 * of it. Not here: opening issues (run.c), what their text says (meta.c), whether a .txt is Markdown (parse/). */
#include "read/archive.h"

#include "base/unicode.h"
#include "read/side.h"
#include "read/walk.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what is left out ---- */

static tt_str last_component(tt_str path)
{
    size_t at = path.n;
    while (at && path.p[at - 1] != '/')
        at--;
    return (tt_str){path.p + at, path.n - at};
}

static tt_str stem_of(tt_str name)
{
    for (size_t i = name.n; i > 1; i--)
        if (name.p[i - 1] == '.')
            return (tt_str){name.p, i - 1};
    return name;
}

static bool one_of(tt_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (tt_str_is_nocase(s, words[i]))
            return true;
    return false;
}

/* `1700000000.M1P2.host:2,S`, with `;` or `!` where a name cannot hold a colon, and in the folder `new`, where there are
 * no flags, `1700000000.M1P2.host`: what stands behind a dot there is no ending. */
static bool is_maildir_name(tt_str name)
{
    for (size_t i = 1; i + 2 <= name.n; i++)
        if (memcmp(name.p + i, "2,", 2) == 0 && strchr(":;!", name.p[i - 1]))
            return true;
    size_t n = 0;
    while (n < name.n && name.p[n] >= '0' && name.p[n] <= '9')
        n++;
    return n >= 9 && name.n - n > 4 && name.p[n] == '.' && strchr("MVHPR", name.p[n + 1]) && name.p[n + 2] >= '0' &&
           name.p[n + 2] <= '9' && memchr(name.p + n + 3, '.', name.n - n - 3);
}

tt_kind tt_walk_kind(tt_str name)
{
    static const char *const markdown[] = {".md", ".markdown", ".mkd", ".mdown"};
    static const char *const text[] = {".txt", ".text", ""};
    static const char *const markup[] = {".org", ".rst", ".adoc", ".asciidoc"};
    static const char *const format[] = {".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", ".csv",
                                         ".xml",  ".rss", ".atom",  ".rdf",  ".wxr",   ".eml",    ".mbox",
                                         ".mht",  ".mhtml"};
    tt_str stem = stem_of(name);
    tt_str ending = {name.p + stem.n, name.n - stem.n};
    if (one_of(ending, markdown, sizeof markdown / sizeof *markdown))
        return TT_KIND_MARKDOWN;
    if (one_of(ending, text, sizeof text / sizeof *text) || is_maildir_name(name))
        return TT_KIND_TEXT;
    if (one_of(ending, markup, sizeof markup / sizeof *markup))
        return TT_KIND_MARKUP;
    return one_of(ending, format, sizeof format / sizeof *format) ? TT_KIND_FORMAT : TT_KIND_NONE;
}

bool tt_walk_is_pack(tt_str name)
{
    static const char *const endings[] = {".zip", ".tar", ".tgz", ".gz", ".zst", ".xz", ".txz", ".bz2", ".tbz2"};
    tt_str stem = stem_of(name);
    return one_of((tt_str){name.p + stem.n, name.n - stem.n}, endings, sizeof endings / sizeof *endings);
}

static bool globbed(const char *const *globs, size_t n, const char *rel, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (fnmatch(globs[i], rel, 0) == 0 || fnmatch(globs[i], name, 0) == 0)
            return true;
    return false;
}

static const char unreadable[] = "unreadable"; /* a link that leads nowhere, no rights, a path that is too long */

/* NULL: it is read; else why it is left out. */
const char *tt_walk_why_not(const tt_walking *w, const char *name, tt_file_kind kind, bool link)
{
    static const char *const papers[] = {"README", "LICENSE", "CHANGELOG", "CONTRIBUTING"};
    const char *rel = w->path.p + w->n_root;
    if (name[0] == '.')
        return "hidden";
    if (globbed(w->opt->exclude, w->opt->n_exclude, rel, name))
        return "excluded";
    if (kind == TT_FILE_FOLDER) {
        if (link)
            return "a symbolic link to a folder; name it to read it";
        if (strcmp(name, "_drafts") == 0 && !w->opt->drafts)
            return "drafts; --drafts reads them";
        if (strcmp(name, "_site") == 0)
            return "what Jekyll or Eleventy made of the sources";
        return strcmp(name, "lexicons") == 0 ? "a folder of lexicons" : NULL;
    }
    if (kind == TT_FILE_OTHER)
        return "not a regular file";
    if (tt_walk_kind(tt_str_of(name)) == TT_KIND_NONE && !tt_walk_is_pack(tt_str_of(name)))
        return "of no known kind";
    if (one_of(stem_of(tt_str_of(name)), papers, sizeof papers / sizeof *papers))
        return "not an issue by its name";
    if (w->opt->n_include && !globbed(w->opt->include, w->opt->n_include, rel, name))
        return "not included";
    return kind == TT_FILE_MISSING ? unreadable : NULL;
}

/* ---- walking ---- */

/* File names need not be UTF-8; what is shown of them is. */
static int dup_shown(tt_arena *arena, tt_str head, tt_str s, tt_str *out)
{
    tt_buf b = {0};
    tt_buf_str(&b, head);
    tt_utf8_show(s.p, s.n, &b);
    int rc = b.failed ? TT_ENOMEM : tt_str_dup(arena, (tt_str){b.p, b.n}, out);
    tt_buf_release(&b);
    return rc;
}

/* The path in hand; the current folder need not be named in it. */
static tt_str shown_path(const tt_walking *w)
{
    size_t skip = w->n_root == 2 && tt_str_starts((tt_str){w->path.p, w->path.n}, TT_S("./")) ? 2 : 0;
    return (tt_str){w->path.p + skip, w->path.n - skip};
}

int tt_walk_add(tt_walking *w, tt_kind kind)
{
    tt_sources *out = w->out;
    if (out->n >= TT_MAX_ISSUES)
        return tt_fail(w->err, TT_ELIMIT, w->path.p, 0, 0, "more than %d files; read the archive in parts",
                       TT_MAX_ISSUES);
    if (tt_grow(&out->v, &out->cap, out->n + 1, sizeof *out->v) != 0)
        return tt_fail_memory(w->err);
    tt_source *s = &out->v[out->n];
    *s = (tt_source){.archive = w->archive,
                     .kind = (uint8_t)kind,
                     .side_number = -1,
                     .side_date = TT_NO_DATE,
                     .given_number = -1,
                     .given_date = TT_NO_DATE};
    tt_str rel = {w->path.p + w->n_root, w->path.n - w->n_root};
    if (tt_str_dup(&out->arena, shown_path(w), &s->path) != 0 ||
        dup_shown(&out->arena, (tt_str){NULL, 0}, rel, &s->rel) != 0 ||
        dup_shown(&out->arena, w->prefix, rel, &s->issue) != 0)
        return tt_fail_memory(w->err);
    out->n++;
    return 0;
}

static int walk_folder(tt_walking *w, int depth);

static int walk_entry(tt_walking *w, const char *name, int depth)
{
    struct stat s;
    bool link = lstat(w->path.p, &s) == 0 && S_ISLNK(s.st_mode);
    tt_file_kind kind = tt_file_kind_of(w->path.p);
    int error = kind == TT_FILE_MISSING ? errno : 0;
    const char *why = tt_walk_why_not(w, name, kind, link);
    if (why == unreadable) {
        tt_tell(w->sink, TT_SKIPPED, shown_path(w).p, 0, 0, "skipped: cannot open: %s", strerror(error));
        return 0;
    }
    if (why) {
        tt_tell(w->sink, TT_DETAIL, shown_path(w).p, 0, 0, "left out: %s", why);
        return 0;
    }
    if (kind == TT_FILE_FOLDER)
        return walk_folder(w, depth + 1);
    if (tt_walk_is_pack(tt_str_of(name)))
        return tt_walk_pack(w, false, -1);
    return tt_walk_add(w, tt_walk_kind(tt_str_of(name)));
}

static bool has_report(tt_walking *w)
{
    size_t n = w->path.n;
    tt_buf_text(&w->path, "/tagtrend.json");
    bool there = !w->path.failed && tt_file_kind_of(w->path.p) == TT_FILE_REGULAR;
    w->path.n = n;
    if (w->path.p)
        w->path.p[n] = '\0';
    return there;
}

static int walk_folder(tt_walking *w, int depth)
{
    tt_names names = {0};
    tt_err err = {0};
    size_t n = w->path.n;
    int rc = 0;
    if (depth > TT_MAX_DEPTH) {
        tt_tell(w->sink, TT_SKIPPED, w->path.p, 0, 0, "skipped: more than %d folders deep; name it to read it",
                TT_MAX_DEPTH);
        return 0;
    }
    if (depth > 0 && has_report(w)) {
        tt_tell(w->sink, TT_DETAIL, w->path.p, 0, 0, "left out: a report of tagtrend");
        return 0;
    }
    if (tt_folder_list(w->path.p, &names, &err) != 0) {
        if (depth == 0 || err.code == TT_ENOMEM)
            rc = tt_fail(w->err, err.code, err.path, 0, 0, "%s", err.text);
        else
            tt_tell_err(w->sink, TT_SKIPPED, &err);
    }
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        if (w->path.n && w->path.p[w->path.n - 1] != '/')
            tt_buf_char(&w->path, '/');
        tt_buf_text(&w->path, names.v[i]);
        rc = w->path.failed ? tt_fail_memory(w->err) : walk_entry(w, names.v[i], depth);
        w->path.n = n;
        w->path.p[n] = '\0';
    }
    tt_names_release(&names);
    return rc;
}

/* ---- arguments ---- */

static int by_path(const void *a, const void *b)
{
    const tt_source *x = a;
    const tt_source *y = b;
    if (x->archive != y->archive)
        return x->archive < y->archive ? -1 : 1;
    return tt_str_cmp(x->path, y->path);
}

/* Standard input, of which the spool holds the bytes, is a pack. */
static bool spooled_pack(const tt_walking *w, const char *arg)
{
    tt_input in = {.fd = -1};
    tt_err ignored = {0};
    if (strcmp(arg, "-") != 0)
        return false;
    tt_input_spooled(&in, "standard input", w->out->spool);
    bool is = tt_input_more(&in, 512, &ignored) == 0 && tt_pack_is((tt_str){in.p, in.n});
    tt_input_close(&in);
    return is;
}

static int walk_argument(tt_walking *w, const char *arg, bool several)
{
    tt_str path = tt_str_of(arg);
    tt_buf prefix = {0};
    int rc = 0;
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    tt_file_kind kind = strcmp(arg, "-") == 0 ? TT_FILE_REGULAR : tt_file_kind_of(arg);
    if (strcmp(arg, "-") == 0 && w->out->spool < 0 && (rc = tt_input_spool(&w->out->spool, w->err)) != 0)
        return rc;
    tt_buf_reset(&w->path);
    tt_buf_str(&w->path, path);
    if (several && kind == TT_FILE_FOLDER) {
        tt_buf_str(&prefix, last_component(path));
        tt_buf_char(&prefix, '/');
    }
    if (w->path.failed || prefix.failed) {
        rc = tt_fail_memory(w->err);
    } else if (kind == TT_FILE_MISSING) {
        rc = tt_fail(w->err, TT_EIO, arg, 0, 0, "cannot open: %s", strerror(errno ? errno : ENOENT));
    } else if (kind == TT_FILE_FOLDER) {
        w->prefix = (tt_str){prefix.p, prefix.n};
        w->n_root = path.n + (path.p[path.n - 1] != '/');
        rc = walk_folder(w, 0);
    } else if (tt_walk_is_pack(path) || spooled_pack(w, arg)) {
        if (several) {
            tt_buf_str(&prefix, last_component(path));
            tt_buf_char(&prefix, '/');
        }
        w->prefix = (tt_str){prefix.p, prefix.n};
        w->n_root = path.n + 1;
        rc = prefix.failed ? tt_fail_memory(w->err) : tt_walk_pack(w, true, strcmp(arg, "-") == 0 ? w->out->spool : -1);
    } else {
        tt_str name = last_component(path);
        w->prefix = (tt_str){NULL, 0};
        w->n_root = path.n - name.n;
        rc = tt_walk_add(w, tt_walk_kind(name) == TT_KIND_NONE ? TT_KIND_TEXT : tt_walk_kind(name));
        if (rc == 0)
            w->out->v[w->out->n - 1].named = true;
    }
    tt_buf_release(&prefix);
    return rc;
}

/* The side file that was named, or issues.csv at the archive's root. */
static int read_side(tt_walking *w, const char *arg, size_t first)
{
    tt_source *v = w->out->v + first;
    size_t n = w->out->n - first;
    if (w->opt->side)
        return tt_side_read(w->opt->side, true, v, n, &w->out->arena, w->sink, w->err);
    if (strcmp(arg, "-") == 0 || tt_file_kind_of(arg) != TT_FILE_FOLDER)
        return 0;
    tt_buf_reset(&w->path);
    tt_buf_f(&w->path, "%s/issues.csv", arg);
    if (w->path.failed)
        return tt_fail_memory(w->err);
    if (tt_file_kind_of(w->path.p) != TT_FILE_REGULAR)
        return 0;
    return tt_side_read(w->path.p, false, v, n, &w->out->arena, w->sink, w->err);
}

static int by_issue(const void *a, const void *b)
{
    const tt_source *const *x = a;
    const tt_source *const *y = b;
    return tt_str_cmp((*x)->issue, (*y)->issue);
}

/* An issue's name is the key of the tables. Files of several archives may share one: that is told, once. */
static int tell_same_names(tt_walking *w)
{
    const size_t n = w->out->n;
    const tt_source **v = tt_alloc((n + 1) * sizeof *v);
    if (!v)
        return tt_fail_memory(w->err);
    for (size_t i = 0; i < n; i++)
        v[i] = &w->out->v[i];
    if (n > 1)
        qsort(v, n, sizeof *v, by_issue);
    for (size_t i = 1; i < n; i++)
        if (tt_str_eq(v[i]->issue, v[i - 1]->issue)) {
            tt_tell(w->sink, TT_NOTE, v[i]->path.p, 0, 0,
                    "another issue is named %.*s too (%s); both are counted, and tables cannot tell them apart: give "
                    "each file once, and folders of different names",
                    (int)(v[i]->issue.n < 200 ? v[i]->issue.n : 200), v[i]->issue.p, v[i - 1]->path.p);
            break;
        }
    tt_free(v);
    return 0;
}

void tt_sources_init(tt_sources *s)
{
    *s = (tt_sources){.spool = -1};
}

int tt_sources_walk(tt_sources *out, const tt_options *opt, const char *const *paths, size_t n_paths,
                    const tt_sink *sink, tt_err *err)
{
    tt_walking w = {.out = out, .opt = opt, .sink = sink, .err = err};
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n_paths; i++) {
        size_t first = out->n;
        w.archive = (uint32_t)i;
        rc = walk_argument(&w, paths[i], n_paths > 1);
        if (rc == 0 && out->n > first)
            qsort(out->v + first, out->n - first, sizeof *out->v, by_path);
        if (rc == 0)
            rc = tt_walk_join(&w, first);
        if (rc == 0)
            rc = read_side(&w, paths[i], first);
    }
    if (rc == 0 && n_paths > 1)
        rc = tell_same_names(&w);
    tt_buf_release(&w.path);
    return rc;
}

void tt_sources_release(tt_sources *s)
{
    for (size_t i = 0; i < s->n_packs; i++)
        tt_pack_list_release(&s->packs[i].list);
    if (s->spool >= 0)
        close(s->spool);
    tt_arena_release(&s->arena);
    tt_free(s->packs);
    tt_free(s->v);
    tt_sources_init(s);
}
