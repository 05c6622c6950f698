/* readers: the readers of formats, by name. readers.c includes this, and each reader for its own name. */
#ifndef TT_READ_READERS_H
#define TT_READ_READERS_H

#include "read/reader.h"

extern const tt_reader tt_reader_ghost, tt_reader_jsonfeed, tt_reader_curated, tt_reader_buttondown_json;
extern const tt_reader tt_reader_jsonl, tt_reader_json; /* rows: the least particular ones, so the last */
extern const tt_reader tt_reader_wordpress, tt_reader_rss, tt_reader_atom;
extern const tt_reader tt_reader_page;
extern const tt_reader tt_reader_mbox, tt_reader_mail, tt_reader_mailchimp;
extern const tt_reader tt_reader_beehiiv;
extern const tt_reader tt_reader_csv;

#endif
