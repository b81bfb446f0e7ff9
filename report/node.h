/* JSON values as trees, for reports that are written in pieces: node.c alone knows
 * cJSON.
 *
 *	item = node_object();
 *	node_add_text(item, "id", id);
 *	node_put_item(out, number, item);
 *
 * Every node belongs to the one it was added to, or until it is put to the caller;
 * putting it gives it up. Out of memory ends the process.
 */
#ifndef REPORT_NODE_H
#define REPORT_NODE_H

#include "util/buf.h"

struct node;

struct node *node_object(void);
struct node *node_null(void);
struct node *node_bool(bool is_true);
struct node *node_number(double number);
struct node *node_text(const char *text);	/* NULL: null; what is no UTF-8 is made so */
struct node *node_numbers(const uint32_t *numbers, uint32_t n);
struct node *node_texts(const char *const *texts, uint32_t n);

void node_add(struct node *to, const char *name, struct node *item);
void node_add_text(struct node *to, const char *name, const char *text);
void node_add_number(struct node *to, const char *name, double number);

/* To the nearest 1 / steps; never negative. */
void node_add_rounded(struct node *to, const char *name, double number, double steps);

/* Zero is how the code says "not recorded"; in JSON that is null. */
void node_add_number_or_null(struct node *to, const char *name, double number);

/* A comma, a new line, "name": and the value. */
void node_put_field(struct buf *out, const char *name, struct node *item);

/* Item number `number` of an array, on a line of its own; a piece (buf_pass()). */
void node_put_item(struct buf *out, uint32_t number, struct node *item);

#endif
