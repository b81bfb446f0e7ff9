/* Texts and numbers as JSON, for reports that are written as they go. */
#ifndef REPORT_JSON_TEXT_H
#define REPORT_JSON_TEXT_H

#include "util/buf.h"

/* A JSON string, or null for NULL. Whatever is no UTF-8 is made so. */
void json_text(struct buf *out, const char *text);

/* "name":"text" with a comma before it unless it is the first in its object. */
void json_text_field(struct buf *out, const char *name, const char *text);
void json_number_field(struct buf *out, const char *name, unsigned long number);

#endif
