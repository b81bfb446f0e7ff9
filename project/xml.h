/* A small XML file, such as a pom.xml, as a tree.
 *
 *	root = xml_parse(&arena, bytes)
 *	text = xml_text(root, "build/directory")
 *
 * Elements, their text, and nothing else: attributes, comments, processing
 * instructions and the document type are passed over. The tree lives in the
 * arena.
 */
#ifndef PROJECT_XML_H
#define PROJECT_XML_H

#include "util/arena.h"
#include "util/buf.h"

struct xml {
	const char *name;
	const char *text;	/* its own, without blanks at the ends; "" for none */
	const struct xml *first, *next;	/* child, sibling */
};

/* The outermost element; NULL where the bytes are no well-formed XML, or nested
 * deeper than any file that people write. */
const struct xml *xml_parse(struct arena *arena, struct span bytes);

/* The first element of that path below `at` ("a/b"), or NULL. `at` may be NULL. */
const struct xml *xml_find(const struct xml *at, const char *path);

/* Its text, or NULL where there is no such element. */
const char *xml_text(const struct xml *at, const char *path);

#endif
