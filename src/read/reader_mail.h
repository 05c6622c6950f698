/* reader_mail: what the readers of mails and of mailboxes share. */
#ifndef TT_READ_READER_MAIL_H
#define TT_READ_READER_MAIL_H

#include "read/message.h"
#include "read/reader.h"

/* Whether a header as mails have it begins `bytes` (`whole`: they are all of the file): From and Date, Received and Subject, MIME-Version, or Message-ID. Lines
 * with a Title are front matter unless a mail server signed them (Received). */
bool tt_mail_is_header(tt_str bytes, bool whole);

/* Makes of a mail the record that it is; without a name. */
void tt_mail_record(const tt_reading_in *in, const tt_message *m, tt_record *out);

#endif
