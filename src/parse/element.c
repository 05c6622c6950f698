/* In: the name of an element. Out: what it is to a page. Not here: which elements are open (tree.c). */
#include "parse/element.h"

enum { BLOCK = TT_EL_BLOCK | TT_EL_CLOSES_P };

/* Sorted by name. Forms and their parts are hidden: what stands in them asks the reader to act and says nothing. */
static const tt_element elements[] = {
    {"a", TT_GROUP_NONE, TT_ROLE_LINK, 0},
    {"address", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK},
    {"annotation", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN},
    {"area", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID},
    {"article", TT_GROUP_NONE, TT_ROLE_ARTICLE, BLOCK},
    {"aside", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK | TT_EL_PAGE_HIDDEN},
    {"audio", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN},
    {"b", TT_GROUP_NONE, TT_ROLE_STRONG, 0},
    {"base", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID | TT_EL_HEAD},
    {"basefont", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID | TT_EL_HEAD},
    {"bgsound", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID | TT_EL_HEAD},
    {"blockquote", TT_GROUP_NONE, TT_ROLE_QUOTE, BLOCK},
    {"body", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_BLOCK | TT_EL_SCOPE | TT_EL_LIST_SCOPE | TT_EL_TABLE_SCOPE},
    {"br", TT_GROUP_NONE, TT_ROLE_BREAK, TT_EL_VOID},
    {"button", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN | TT_EL_SCOPE | TT_EL_LIST_SCOPE},
    {"canvas", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN},
    {"caption", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_BLOCK | TT_EL_SCOPE | TT_EL_LIST_SCOPE},
    {"center", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK},
    {"col", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID},
    {"datalist", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN},
    {"dd", TT_GROUP_TERM, TT_ROLE_PARAGRAPH, BLOCK | TT_EL_CLOSES_OWN},
    {"details", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK},
    {"dialog", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK | TT_EL_HIDDEN},
    {"dir", TT_GROUP_NONE, TT_ROLE_LIST, BLOCK | TT_EL_LIST_SCOPE},
    {"div", TT_GROUP_NONE, TT_ROLE_PARAGRAPH, BLOCK},
    {"dl", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK | TT_EL_LIST_SCOPE},
    {"dt", TT_GROUP_TERM, TT_ROLE_PARAGRAPH, BLOCK | TT_EL_CLOSES_OWN},
    {"em", TT_GROUP_NONE, TT_ROLE_EM, 0},
    {"embed", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID},
    {"fieldset", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK},
    {"figcaption", TT_GROUP_NONE, TT_ROLE_CAPTION, BLOCK},
    {"figure", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK},
    {"footer", TT_GROUP_NONE, TT_ROLE_FOOTER, BLOCK | TT_EL_PAGE_HIDDEN},
    {"form", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK | TT_EL_HIDDEN},
    {"frame", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID},
    {"h1", TT_GROUP_HEADING, TT_ROLE_HEADING, BLOCK | TT_EL_CLOSES_OWN},
    {"h2", TT_GROUP_HEADING, TT_ROLE_HEADING, BLOCK | TT_EL_CLOSES_OWN},
    {"h3", TT_GROUP_HEADING, TT_ROLE_HEADING, BLOCK | TT_EL_CLOSES_OWN},
    {"h4", TT_GROUP_HEADING, TT_ROLE_HEADING, BLOCK | TT_EL_CLOSES_OWN},
    {"h5", TT_GROUP_HEADING, TT_ROLE_HEADING, BLOCK | TT_EL_CLOSES_OWN},
    {"h6", TT_GROUP_HEADING, TT_ROLE_HEADING, BLOCK | TT_EL_CLOSES_OWN},
    {"head", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_BLOCK | TT_EL_HIDDEN},
    {"header", TT_GROUP_NONE, TT_ROLE_HEADER, BLOCK | TT_EL_PAGE_HIDDEN},
    {"hgroup", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK},
    {"hr", TT_GROUP_NONE, TT_ROLE_RULE, TT_EL_VOID | BLOCK},
    {"html", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_BLOCK | TT_EL_SCOPE | TT_EL_LIST_SCOPE | TT_EL_TABLE_SCOPE},
    {"i", TT_GROUP_NONE, TT_ROLE_EM, 0},
    {"iframe", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN},
    {"img", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID},
    {"input", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID | TT_EL_HIDDEN},
    {"legend", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK},
    {"li", TT_GROUP_NONE, TT_ROLE_ITEM, BLOCK | TT_EL_CLOSES_OWN},
    {"link", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID | TT_EL_HEAD},
    {"listing", TT_GROUP_NONE, TT_ROLE_PRE, BLOCK},
    {"main", TT_GROUP_NONE, TT_ROLE_MAIN, BLOCK},
    {"math", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_FOREIGN},
    {"menu", TT_GROUP_NONE, TT_ROLE_LIST, BLOCK | TT_EL_LIST_SCOPE},
    {"meta", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID | TT_EL_HEAD},
    {"nav", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK | TT_EL_HIDDEN},
    {"noembed", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN},
    {"noframes", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN | TT_EL_HEAD},
    {"noscript", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN | TT_EL_HEAD},
    {"object", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_SCOPE | TT_EL_LIST_SCOPE},
    {"ol", TT_GROUP_NONE, TT_ROLE_LIST, BLOCK | TT_EL_LIST_SCOPE},
    {"optgroup", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK},
    {"option", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_CLOSES_OWN},
    {"p", TT_GROUP_NONE, TT_ROLE_PARAGRAPH, BLOCK},
    {"param", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID},
    {"pre", TT_GROUP_NONE, TT_ROLE_PRE, BLOCK},
    {"rp", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN},
    {"script", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN | TT_EL_HEAD},
    {"search", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK},
    {"section", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK},
    {"select", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN},
    {"source", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID},
    {"strong", TT_GROUP_NONE, TT_ROLE_STRONG, 0},
    {"style", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN | TT_EL_HEAD},
    {"summary", TT_GROUP_NONE, TT_ROLE_NONE, BLOCK},
    {"svg", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN | TT_EL_FOREIGN},
    {"table", TT_GROUP_NONE, TT_ROLE_TABLE, BLOCK | TT_EL_SCOPE | TT_EL_LIST_SCOPE | TT_EL_TABLE_SCOPE},
    {"tbody", TT_GROUP_ROWS, TT_ROLE_TABLE, TT_EL_BLOCK | TT_EL_CLOSES_OWN},
    {"td", TT_GROUP_CELL, TT_ROLE_CELL, TT_EL_BLOCK | TT_EL_CLOSES_OWN | TT_EL_SCOPE | TT_EL_LIST_SCOPE},
    {"template", TT_GROUP_NONE, TT_ROLE_NONE,
     TT_EL_HIDDEN | TT_EL_HEAD | TT_EL_SCOPE | TT_EL_LIST_SCOPE | TT_EL_TABLE_SCOPE},
    {"textarea", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN},
    {"tfoot", TT_GROUP_ROWS, TT_ROLE_TABLE, TT_EL_BLOCK | TT_EL_CLOSES_OWN},
    {"th", TT_GROUP_CELL, TT_ROLE_CELL, TT_EL_BLOCK | TT_EL_CLOSES_OWN | TT_EL_SCOPE | TT_EL_LIST_SCOPE},
    {"thead", TT_GROUP_ROWS, TT_ROLE_TABLE, TT_EL_BLOCK | TT_EL_CLOSES_OWN},
    {"title", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN | TT_EL_HEAD},
    {"tr", TT_GROUP_NONE, TT_ROLE_TABLE, TT_EL_BLOCK | TT_EL_CLOSES_OWN},
    {"track", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID},
    {"ul", TT_GROUP_NONE, TT_ROLE_LIST, BLOCK | TT_EL_LIST_SCOPE},
    {"video", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_HIDDEN},
    {"wbr", TT_GROUP_NONE, TT_ROLE_NONE, TT_EL_VOID},
    {"xmp", TT_GROUP_NONE, TT_ROLE_PRE, BLOCK},
};

enum { N_ELEMENTS = sizeof elements / sizeof *elements };

const tt_element *tt_element_of(const char *name)
{
    size_t lo = 0, hi = N_ELEMENTS;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = strcmp(name, elements[mid].name);
        if (order == 0)
            return &elements[mid];
        if (order < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}

uint32_t tt_element_id(const tt_element *element)
{
    return element->group ? element->group - 1u : TT_N_GROUPS - 1u + (uint32_t)(element - elements);
}

uint32_t tt_element_ids(void)
{
    return TT_N_GROUPS - 1u + N_ELEMENTS;
}
