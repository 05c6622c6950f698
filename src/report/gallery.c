/* In: figures with scripts. Out: NAME.gp, .svg, .png, .pdf in the set's folder. Not here: what stands in the scripts
 * (charts*.c, plot*.c), running gnuplot (draw.c). */
#include "report/gallery.h"

#include "base/file.h"
#include "report/draw.h"

#include <string.h>

/* One picture that is being drawn. */
struct job {
    tt_drawing *drawing;
    const tt_room *room;
    size_t figure;
    tt_picture kind;
};

/* Jobs that run, first begun first; they end in that order, so that the list of files does not depend on speed. */
struct queue {
    tt_set *set;
    tt_draw_fonts fonts;
    unsigned kinds;
    struct job jobs[TT_DRAW_AT_ONCE];
    size_t first, n;
};

static const char *file_of(tt_set *s, const char *folder, const char *figure, const char *ending)
{
    return tt_set_name(s, "%s/%s.%s", folder, figure, ending);
}

/* The PNG of a figure that is drawn into the folder above: `folder` is FOLDER/charts. */
static const char *above_of(tt_set *s, const char *folder, const char *figure)
{
    const char *slash = strrchr(folder, '/');
    return tt_set_name(s, "%.*s%s.png", slash ? (int)(slash + 1 - folder) : 0, folder, figure);
}

static int remove_above(tt_set *s, const char *folder, const char *figure)
{
    const char *name = above_of(s, folder, figure);
    return name ? tt_set_remove(s, name) : tt_fail_memory(s->err);
}

int tt_gallery_remove(tt_set *s, const char *folder, const char *figure)
{
    const char *name = file_of(s, folder, figure, "gp");
    int rc = name ? tt_set_remove(s, name) : tt_fail_memory(s->err);
    for (size_t i = 0; i < TT_N_PICTURES && rc == 0; i++) {
        name = file_of(s, folder, figure, tt_picture_endings[i]);
        rc = name ? tt_set_remove(s, name) : tt_fail_memory(s->err);
    }
    return rc;
}

/* Ends the job that was begun first and puts its picture away. */
static int end_one(struct queue *q)
{
    tt_set *s = q->set;
    struct job *j = &q->jobs[q->first];
    const tt_figure *f = &j->room->v[j->figure];
    tt_drawing *drawing = j->drawing;
    q->first = (q->first + 1) % TT_DRAW_AT_ONCE;
    q->n--;
    int rc = tt_draw_end(drawing, &s->text, s->err);
    if (rc == 0 && j->kind == TT_PICTURE_SVG) {
        const char *svg = tt_arena_dup(&s->arena, s->text.p ? s->text.p : "", s->text.n);
        if (!svg)
            return tt_fail_memory(s->err);
        j->room->svgs[j->figure] = (tt_str){svg, s->text.n};
    }
    if (rc == 0 && !f->above && !(q->kinds >> j->kind & 1)) {
        tt_buf_reset(&s->text);
        return 0;
    }
    const char *name = rc != 0    ? NULL
                       : f->above ? above_of(s, j->room->folder, f->name)
                                  : file_of(s, j->room->folder, f->name, tt_picture_endings[j->kind]);
    if (rc == 0 && !name)
        return tt_fail_memory(s->err);
    return rc == 0 ? tt_set_put(s, name) : rc;
}

static int begin_one(struct queue *q, const tt_room *room, const char *folder, size_t figure, tt_picture kind,
                     bool plain)
{
    int rc = q->n == TT_DRAW_AT_ONCE ? end_one(q) : 0;
    struct job *j = &q->jobs[(q->first + q->n) % TT_DRAW_AT_ONCE];
    *j = (struct job){.room = room, .figure = figure, .kind = kind};
    if (rc == 0)
        rc = tt_draw_begin(&j->drawing, folder, room->v[figure].name, kind, plain, q->set->err);
    q->n += rc == 0;
    return rc;
}

/* Fonts matter to pictures of pixels and pages; an SVG is shown by another machine's. */
static int draw_figure(struct queue *q, const tt_room *room, const char *folder, size_t i)
{
    tt_set *s = q->set;
    const bool above = room->v[i].above;
    const unsigned kinds = above ? 1u << TT_PICTURE_PNG : q->kinds;
    uint32_t lacking = 0;
    int rc = above ? 0 : begin_one(q, room, folder, i, TT_PICTURE_SVG, false);
    if (rc == 0 && kinds & ~(1u << TT_PICTURE_SVG))
        rc = tt_draw_fonts_ask(&q->fonts, room->v[i].script, &lacking, s->err);
    if (rc == 0 && lacking) {
        const char *name = file_of(s, room->folder, room->v[i].name, "gp");
        tt_tell(s->sink, TT_NOTE, name, 0, 0,
                "no font here has U+%04X: its script is drawn as boxes; install one, such as fonts-noto-cjk",
                (unsigned)lacking);
    }
    for (tt_picture kind = TT_PICTURE_PNG; kind < TT_N_PICTURES && rc == 0; kind++)
        if (kinds >> kind & 1)
            rc = begin_one(q, room, folder, i, kind, lacking != 0);
    return rc;
}

static int write_figure(struct queue *q, const tt_room *room, const char *folder, size_t i)
{
    tt_set *s = q->set;
    const tt_figure *f = &room->v[i];
    int rc = 0;
    for (tt_picture kind = 0; kind < TT_N_PICTURES && rc == 0; kind++) {
        const char *name = file_of(s, room->folder, f->name, tt_picture_endings[kind]);
        if (!name)
            return tt_fail_memory(s->err);
        if (f->above || !(q->kinds >> kind & 1)) /* of an earlier run that wanted this kind */
            rc = tt_set_remove(s, name);
    }
    const char *name = file_of(s, room->folder, f->name, "gp");
    if (!name)
        return tt_fail_memory(s->err);
    tt_buf_str(&s->text, f->script);
    if (rc == 0)
        rc = tt_set_put(s, name);
    return rc == 0 ? draw_figure(q, room, folder, i) : rc;
}

static int write_room(struct queue *q, const tt_room *room, bool none)
{
    tt_set *s = q->set;
    const char *folder = tt_set_path(s, room->folder);
    if (!folder)
        return tt_fail_memory(s->err);
    bool any = false;
    for (size_t i = 0; i < room->n && !none; i++)
        any |= room->v[i].script.n != 0;
    int rc = any ? tt_folder_make(folder, s->err) : 0;
    for (size_t i = 0; i < room->n && rc == 0; i++) {
        const tt_figure *f = &room->v[i];
        if (!f->script.n)
            tt_tell(s->sink, TT_DETAIL, NULL, 0, 0, "the chart %s/%s is left out: %.*s", room->folder, f->name,
                    (int)f->why.n, f->why.p);
        rc = none || !f->script.n ? tt_gallery_remove(s, room->folder, f->name) : write_figure(q, room, folder, i);
        if (rc == 0 && f->above && (none || !f->script.n))
            rc = remove_above(s, room->folder, f->name);
    }
    return rc;
}

int tt_gallery_write(tt_set *s, const tt_room *rooms, size_t n, unsigned kinds, bool none)
{
    struct queue q = {.set = s, .kinds = kinds};
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++)
        rc = write_room(&q, &rooms[i], none);
    while (q.n && rc == 0)
        rc = end_one(&q);
    for (; q.n; q.n--, q.first = (q.first + 1) % TT_DRAW_AT_ONCE)
        tt_draw_cancel(q.jobs[q.first].drawing);
    tt_draw_fonts_release(&q.fonts);
    return rc;
}
