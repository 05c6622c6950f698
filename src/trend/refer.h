/* refer: which issue a URL means, by what the archive itself looks like: nothing about any newsletter is known here. */
#ifndef TT_TREND_REFER_H
#define TT_TREND_REFER_H

#include "trend/calling.h"

/* What a URL is to the archive. */
typedef enum tt_aim {
    TT_AIM_ELSEWHERE, /* nothing of ours */
    TT_AIM_NUMBER,    /* its last part has a number as ours would: an issue's, if the place is ours */
    TT_AIM_PART,      /* the same with an issue's date, or the beginning of its title */
    TT_AIM_TITLE,     /* the same with an issue's title */
    TT_AIM_SURE       /* a file of the archive; or number and title, wherever it is */
} tt_aim;

typedef struct tt_aimed {
    tt_aim aim;
    uint32_t issue; /* TT_NO_ISSUE: none; of NUMBER: no issue here has it */
    uint32_t place; /* id of host and folder, digits aside; UINT32_MAX: none */
    bool ours;      /* the place is relative, or its domain bears our name */
    bool named;     /* the folder is named as one of issues: `issues`, `archive` */
    bool folder;    /* ours, and named so or the root */
} tt_aimed;

typedef struct tt_refer tt_refer;
int tt_refer_new(tt_refer **out, const tt_issue *issues, size_t n, tt_calling *calling);
void tt_refer_free(tt_refer *r);           /* NULL is allowed */
size_t tt_refer_places(const tt_refer *r); /* ids so far */

/* 0 or TT_ENOMEM. `from`: the issue in which the URL stands. */
int tt_refer_aim(tt_refer *r, tt_str url, tt_str domain, uint32_t from, tt_aimed *out);

/* The issue of the same archive argument that has a number; of several the first by date. TT_NO_ISSUE: none. */
uint32_t tt_refer_number(const tt_refer *r, uint32_t from, int64_t number);

#endif
