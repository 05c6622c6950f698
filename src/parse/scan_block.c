/* In: lines. Out: blocks and containers of CommonMark 0.30 as md4c reads them, a region at a time. Not here: what stands
 * in a block (scan_inline.c); HTML and tables, whose lines go to the reader unlooked at. */
#include "parse/scan.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A line that begins with it is text, whatever stands behind. */
static bool begins_text(char c)
{
    return is_letter(c) || (unsigned char)c >= 0x80 || c == '[' || c == '!' || c == '(' || c == '"' || c == '\'';
}

static size_t line_end(const tt_scan *s, size_t at)
{
    const char *nl = at < s->n ? memchr(s->p + at, '\n', s->n - at) : NULL;
    return nl ? (size_t)(nl - s->p) : s->n;
}

/* ---- nodes ---- */

static tt_scan_node *add_node(tt_scan *s, tt_scan_kind kind)
{
    if (s->n_nodes == s->cap_nodes && tt_grow(&s->nodes, &s->cap_nodes, s->n_nodes + 1, sizeof *s->nodes) != TT_OK) {
        s->failed = true;
        return NULL;
    }
    tt_scan_node *node = &s->nodes[s->n_nodes++];
    *node = (tt_scan_node){.kind = (uint8_t)kind, .line = (uint32_t)s->n_lines, .behind_blank = s->behind_blank};
    s->block_open = false;
    return node;
}

static void add_line(tt_scan *s, size_t at, size_t end)
{
    if (s->failed ||
        (s->n_lines == s->cap_lines && tt_grow(&s->lines, &s->cap_lines, s->n_lines + 1, sizeof *s->lines) != TT_OK)) {
        s->failed = true;
        return;
    }
    s->lines[s->n_lines++] = (tt_scan_line){(uint32_t)at, (uint32_t)end};
    s->nodes[s->n_nodes - 1].n_lines++;
}

static void end_containers(tt_scan *s, size_t keep)
{
    while (s->n_containers > keep) {
        bool quote = s->containers[--s->n_containers].c == '>';
        if (!quote)
            add_node(s, TT_SCAN_ITEM_END);
        add_node(s, quote ? TT_SCAN_QUOTE_END : TT_SCAN_LIST_END);
    }
}

static void begin_containers(tt_scan *s, size_t from)
{
    for (size_t i = from; i < s->n_containers; i++) {
        s->containers[i].node = (uint32_t)s->n_nodes;
        if (s->containers[i].c == '>') {
            add_node(s, TT_SCAN_QUOTE);
        } else {
            add_node(s, TT_SCAN_LIST);
            add_node(s, TT_SCAN_ITEM);
        }
    }
}

static void block_ends(tt_scan *s)
{
    s->block_open = false;
    s->pivot = TT_LINE_BLANK;
}

/* Bytes up to `at` are a region. */
static void end_region(tt_scan *s, size_t at)
{
    block_ends(s);
    end_containers(s, 0);
    tt_scan_region(s, at);
    s->n_nodes = s->n_lines = 0;
    s->region_at = at;
    s->odd = false;
}

/* From the line at `at` on to where no block can be open, whatever the lines between are. */
static void leave_to_reader(tt_scan *s, size_t at)
{
    at = tt_scan_unread(s, at);
    s->odd = true;
    s->at = at;
    s->n_containers = 0;
    s->loosening = s->two_blanks = false;
    end_region(s, at);
    s->behind_blank = true;
}

/* ---- one line ---- */

static bool push_container(tt_scan *s, const tt_scan_container *c)
{
    if (tt_grow(&s->containers, &s->cap_containers, s->n_containers + 1, sizeof *s->containers) != TT_OK)
        s->failed = true;
    else
        s->containers[s->n_containers++] = *c;
    return !s->failed;
}

/* `- ` in the list that is open: the next item of it. */
static bool is_brother(tt_scan *s, tt_scan_place *l)
{
    tt_scan_container c, *list;
    if (l->n_parents >= s->n_containers || l->brother || l->children)
        return false;
    list = &s->containers[l->n_parents];
    size_t end = tt_scan_container_mark(s, l, &c);
    if (end == 0 || list->c == '>' || list->c != c.c || c.mark_indent > list->contents_indent)
        return false;
    tt_scan_enter(s, l, &c, end);
    list->mark_indent = c.mark_indent;
    list->contents_indent = c.contents_indent;
    l->brother = true;
    l->pivot = TT_LINE_BLANK;
    return true;
}

static bool is_child(tt_scan *s, tt_scan_place *l)
{
    tt_scan_container c;
    size_t end = tt_scan_container_mark(s, l, &c);
    if (end == 0)
        return false;
    if (l->pivot == TT_LINE_TEXT && l->n_parents == s->n_containers && c.c != '>') {
        /* neither an empty item nor one that does not begin at 1 goes before a paragraph that is open */
        if (end == l->end || ((c.c == '.' || c.c == ')') && c.start != 1))
            return false;
    }
    tt_scan_enter(s, l, &c, end);
    if (!l->brother && !l->children)
        l->pivot = TT_LINE_BLANK;
    if (!l->children) {
        size_t keep = l->n_parents + l->brother;
        if (keep == 0 && s->n_nodes > 0)
            end_region(s, l->at);
        else if (keep < s->n_containers) {
            end_containers(s, keep);
        }
        l->n_old = s->n_containers;
    }
    l->children = true;
    return push_container(s, &c);
}

/* Behind the marks of containers: those that end and begin here are told to the nodes. */
static void settle(tt_scan *s, tt_scan_place *l, bool loosening, bool blank)
{
    size_t keep = l->n_parents + l->brother;
    if (s->failed)
        return;
    if (loosening && !blank && keep > 0 && s->containers[keep - 1].c != '>')
        s->nodes[s->containers[keep - 1].node].loose = true;
    if (!l->children && keep < s->n_containers) {
        if (keep == 0 && !blank) /* a blank one may be the end of a fence in what ends here */
            end_region(s, l->at);
        else
            end_containers(s, keep);
    }
    if (l->brother) {
        add_node(s, TT_SCAN_ITEM_END);
        add_node(s, TT_SCAN_ITEM);
    }
    if (l->children)
        begin_containers(s, l->n_old);
}

static size_t trim_blanks(const tt_scan *s, size_t at, size_t end)
{
    while (end > at && s->p[end - 1] == ' ')
        end--;
    return end;
}

/* No container is open, nor does this line belong to what is: all before it is a region. */
static void top_block(tt_scan *s, size_t at)
{
    if (s->n_containers == 0 && s->n_nodes > 0)
        end_region(s, at);
}

static void heading(tt_scan *s, const tt_scan_place *l, size_t i, uint8_t level)
{
    while (i < l->end && s->p[i] == ' ')
        i++;
    size_t end = trim_blanks(s, i, l->end), k = end;
    while (k > i && s->p[k - 1] == '#')
        k--;
    if (k == i || s->p[k - 1] == ' ')
        end = trim_blanks(s, i, k);
    tt_scan_node *node = add_node(s, TT_SCAN_HEADING);
    if (node) {
        node->level = level;
        add_line(s, i, end);
    }
}

static void code_line(tt_scan *s, const tt_scan_place *l, tt_scan_line_kind kind)
{
    bool goes_on = s->block_open && s->pivot == kind;
    s->odd = true;
    if (!goes_on && !add_node(s, TT_SCAN_CODE))
        return;
    add_line(s, l->i, l->end);
    s->block_open = true;
    s->pivot = kind;
}

static void text_line(tt_scan *s, size_t at, size_t end)
{
    if (!s->block_open || s->pivot != TT_LINE_TEXT) {
        if (!add_node(s, TT_SCAN_PARAGRAPH))
            return;
        s->block_open = true;
        s->pivot = TT_LINE_TEXT;
    }
    add_line(s, at, trim_blanks(s, at, end));
}

/* Whether md4c takes what it wrote last for the begin of an item, in which there is nothing yet. Where it was a line, it
 * takes the low byte of an offset for the kind of a block. */
static bool last_is_item(const tt_scan *s)
{
    enum { MD4C_ITEM = 4 };
    const tt_scan_node *node = &s->nodes[s->n_nodes - 1];
    if (node->n_lines == 0)
        return node->kind == TT_SCAN_ITEM;
    const tt_scan_line *line = &s->lines[s->n_lines - 1];
    return (((node->kind == TT_SCAN_CODE ? line->end : line->at) - s->body_at) & 0xFF) == MD4C_ITEM;
}

static void blank_line(tt_scan *s, tt_scan_place *l)
{
    if (l->pivot == TT_LINE_INDENTED && l->n_parents == s->n_containers) {
        code_line(s, l, TT_LINE_INDENTED);
        s->loosening = false;
        return;
    }
    bool in_item = l->n_parents > 0 && s->containers[l->n_parents - 1].c != '>';
    s->loosening = in_item;
    /* an item can begin with one blank line at most */
    if (in_item && !s->block_open && last_is_item(s))
        s->two_blanks = true;
    settle(s, l, false, true);
    block_ends(s);
}

/* To the reader: the line, what it may go on, and what may go on it. */
static void leave_line(tt_scan *s, const tt_scan_place *l)
{
    bool apart = l->pivot != TT_LINE_TEXT && l->n_parents == 0 && !l->brother && !l->children;
    if (apart && l->indent < TT_CODE_INDENT && s->n_nodes > 0) /* by itself an indented line is code */
        end_region(s, l->at);
    leave_to_reader(s, l->at);
}

/* Nothing behind a container's mark; the underline of a heading; a rule. */
static bool is_end(tt_scan *s, tt_scan_place *l, bool loosening)
{
    bool same = l->n_parents == s->n_containers;
    if (l->i == l->end) {
        settle(s, l, loosening, true);
        block_ends(s);
        return true;
    }
    if (l->indent >= TT_CODE_INDENT)
        return false;
    if (l->pivot == TT_LINE_TEXT && same && tt_scan_is_underline(s, l)) {
        tt_scan_node *node = &s->nodes[s->n_nodes - 1];
        node->kind = TT_SCAN_HEADING;
        node->level = s->p[l->i] == '=' ? 1 : 2;
        settle(s, l, loosening, false);
        block_ends(s);
        return true;
    }
    if (!tt_scan_is_rule(s, l))
        return false;
    settle(s, l, loosening, false);
    top_block(s, l->at);
    if (add_node(s, TT_SCAN_RULE))
        add_line(s, l->i, l->end);
    block_ends(s);
    return true;
}

static bool is_indented(tt_scan *s, tt_scan_place *l, bool loosening)
{
    if (l->indent < TT_CODE_INDENT || (l->pivot != TT_LINE_BLANK && l->pivot != TT_LINE_INDENTED))
        return false;
    settle(s, l, loosening, false);
    if (!s->block_open)
        top_block(s, l->at);
    code_line(s, l, TT_LINE_INDENTED);
    return true;
}

/* A heading with #, or a fence. */
static bool is_begin(tt_scan *s, tt_scan_place *l, bool loosening)
{
    size_t behind, fence;
    uint8_t level;
    if (s->p[l->i] == '#' && tt_scan_is_heading(s, l, &behind, &level)) {
        settle(s, l, loosening, false);
        top_block(s, l->at);
        heading(s, l, behind, level);
        block_ends(s);
        return true;
    }
    fence = tt_scan_opening_fence(s, l);
    if (fence > 0 && l->indent >= TT_CODE_INDENT) { /* md4c lets it begin code, but it would not by itself */
        leave_line(s, l);
    } else if (fence > 0) {
        settle(s, l, loosening, false);
        top_block(s, l->at);
        s->fence = s->p[l->i];
        s->fence_length = fence;
        s->block_open = false;
        code_line(s, l, TT_LINE_FENCED);
    }
    return fence > 0;
}

/* Text may be HTML, or the line under the head of a table. */
static bool is_odd(const tt_scan *s, const tt_scan_place *l)
{
    const char *p = s->p + l->i;
    size_t left = l->end - l->i;
    if (*p == '<' && left > 1 && (is_letter(p[1]) || memchr("/!?", p[1], 3)))
        return left <= 8 || (memcmp(p, "<http://", 8) != 0 && memcmp(p, "<https://", 9) != 0);
    return (*p == '|' || *p == '-' || *p == ':') && l->pivot == TT_LINE_TEXT && l->n_parents == s->n_containers &&
           s->block_open && s->nodes[s->n_nodes - 1].n_lines == 1 && tt_scan_table_line(s, l->i, l->end);
}

/* A line that is no code that goes on, and not blank. */
static void open_line(tt_scan *s, tt_scan_place *l)
{
    bool loosening = s->loosening;
    s->loosening = false;
    if (s->two_blanks && l->n_parents > 0 && s->containers[l->n_parents - 1].c != '>' && !s->block_open &&
        last_is_item(s)) {
        leave_to_reader(s, l->at); /* no part of the item, but md4c takes the item's indentation off */
        return;
    }
    s->two_blanks = false;
    do {
        if (is_end(s, l, loosening))
            return;
        if (is_brother(s, l))
            continue;
        if (is_indented(s, l, loosening))
            return;
        if (!is_child(s, l))
            break;
    } while (!s->failed);
    if (s->failed || is_begin(s, l, loosening))
        return;
    bool goes_on = l->pivot == TT_LINE_TEXT && !l->brother && !l->children;
    if (is_odd(s, l) ||
        (!goes_on && l->indent >= TT_CODE_INDENT)) { /* indented: behind code in what has ended, and none */
        leave_line(s, l);
        return;
    }
    if (goes_on)
        l->n_parents = s->n_containers; /* lazy continuation */
    else if ((l->brother || l->children) && s->containers[s->n_containers - 1].c != '>' && tt_scan_is_task(s, l))
        s->odd = true;
    settle(s, l, loosening, false);
    if (!goes_on)
        top_block(s, l->at);
    text_line(s, l->i, l->end);
}

static void any_line(tt_scan *s, size_t at, size_t end)
{
    tt_scan_place l = {.at = at, .i = at, .end = end, .pivot = s->pivot};
    if (tt_scan_guarded(s, at, end)) {
        s->whole = true;
        return;
    }
    tt_scan_indent(s, &l);
    tt_scan_parents(s, &l);
    if (l.pivot == TT_LINE_FENCED) {
        if (l.indent < TT_CODE_INDENT && tt_scan_closing_fence(s, &l)) {
            s->loosening = false;
            settle(s, &l, false, true);
            block_ends(s);
            return;
        }
        if (l.n_parents == s->n_containers) {
            code_line(s, &l, TT_LINE_FENCED);
            return;
        }
        if (l.i < l.end && s->p[l.i] == s->fence) { /* md4c reads on behind what looks like a closing fence */
            leave_to_reader(s, at);
            return;
        }
    }
    if (l.i == l.end)
        blank_line(s, &l);
    else
        open_line(s, &l);
}

/* An empty line in text, the same as any_line makes of it. */
static void empty_line(tt_scan *s)
{
    size_t keep = 0;
    while (keep < s->n_containers && s->containers[keep].c != '>')
        keep++;
    s->loosening = keep > 0;
    if (keep > 0 && !s->block_open && last_is_item(s))
        s->two_blanks = true;
    end_containers(s, keep);
    block_ends(s);
    s->behind_blank = true;
}

void tt_scan_blocks(tt_scan *s)
{
    while (s->at < s->n && !s->failed && !s->whole && s->rc == TT_OK) {
        size_t at = s->at, end = line_end(s, at);
        s->at = end < s->n ? end + 1 : s->n;
        if (end == at && s->pivot <= TT_LINE_TEXT) {
            empty_line(s);
            continue;
        }
        if (s->n_containers == 0 && begins_text(s->p[at]) && s->pivot <= TT_LINE_TEXT) {
            if (s->pivot != TT_LINE_TEXT && s->n_nodes > 0)
                end_region(s, at);
            text_line(s, at, end);
            s->loosening = s->two_blanks = false;
        } else {
            any_line(s, at, end);
        }
        s->behind_blank = !s->block_open && s->pivot == TT_LINE_BLANK && end == at;
    }
    if (!s->failed && !s->whole && s->rc == TT_OK && s->n > s->region_at)
        end_region(s, s->n);
}
