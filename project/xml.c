#include "project/xml.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 64
#define TEXT_MAX ((size_t)1 << 20)
#define BLANKS " \t\r\n"

struct xml_reader {
	struct arena *arena;
	const char *at;		/* ends with a NUL */
	bool failed;
};

/* Behind `mark`; the file is no XML where it is not there. */
static void skip_past(struct xml_reader *r, const char *mark)
{
	const char *found = strstr(r->at, mark);

	r->failed |= !found;
	r->at = found ? found + strlen(mark) : r->at + strlen(r->at);
}

static bool takes(struct xml_reader *r, const char *mark)
{
	size_t len = strlen(mark);

	if (strncmp(r->at, mark, len))
		return false;
	r->at += len;
	return true;
}

/* Comments, instructions, document type. */
static bool skips_other(struct xml_reader *r)
{
	if (takes(r, "<!--"))
		skip_past(r, "-->");
	else if (takes(r, "<?"))
		skip_past(r, "?>");
	else if (!strncmp(r->at, "<!", 2) && strncmp(r->at, "<![CDATA[", 9))
		skip_past(r, ">");
	else
		return false;
	return true;
}

/* Behind the '>' of a start tag; whether it was an empty element's. */
static bool ends_at_once(struct xml_reader *r)
{
	char quote = 0, before = 0;

	for (; *r->at && (quote || *r->at != '>'); before = *r->at++)
		if (quote ? *r->at == quote : *r->at == '"' || *r->at == '\'')
			quote = quote ? 0 : *r->at;
	r->failed |= !*r->at;
	r->at += *r->at == '>';
	return before == '/';
}

static void add_entity(struct xml_reader *r, struct buf *text)
{
	static const struct { const char *name; char is; } entities[] = {
		{ "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' }, { "&quot;", '"' }, { "&apos;", '\'' },
	};

	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
		if (takes(r, entities[i].name)) {
			buf_u1(text, (uint8_t)entities[i].is);
			return;
		}
	buf_u1(text, (uint8_t)*r->at++);	/* as it stands: nobody needs another here */
}

static const char *trimmed(struct arena *arena, const struct buf *text)
{
	const char *start = (const char *)text->bytes, *end = start + text->len;

	while (start < end && strchr(BLANKS, *start))
		start++;
	while (end > start && strchr(BLANKS, end[-1]))
		end--;
	return start == end ? "" : arena_strndup(arena, start, (size_t)(end - start));
}

static struct xml *element(struct xml_reader *r, unsigned depth);

/* Up to and with the end tag of `into`. */
static void content(struct xml_reader *r, struct xml *into, unsigned depth)
{
	const struct xml **end = &into->first;
	struct buf text;

	buf_init(&text, TEXT_MAX);
	while (!r->failed && !takes(r, "</")) {
		if (!*r->at) {
			r->failed = true;
		} else if (takes(r, "<![CDATA[")) {
			const char *start = r->at;

			skip_past(r, "]]>");
			if (!r->failed)
				buf_bytes(&text, start, (size_t)(r->at - start) - 3);
		} else if (skips_other(r)) {
			continue;
		} else if (*r->at == '<') {
			struct xml *child = element(r, depth + 1);

			*end = child;
			end = child ? &child->next : end;
		} else if (*r->at == '&') {
			add_entity(r, &text);
		} else {
			buf_u1(&text, (uint8_t)*r->at++);
		}
	}
	into->text = trimmed(r->arena, &text);
	buf_release(&text);
	if (!takes(r, into->name))
		r->failed = true;
	skip_past(r, ">");
}

static struct xml *element(struct xml_reader *r, unsigned depth)
{
	struct xml *xml;
	size_t len;

	if (depth > DEPTH_MAX || *r->at != '<') {
		r->failed = true;
		return NULL;
	}
	r->at++;
	len = strcspn(r->at, BLANKS "/><");
	xml = ARENA_NEW(r->arena, struct xml);
	xml->name = arena_strndup(r->arena, r->at, len);
	xml->text = "";
	r->at += len;
	r->failed |= !len;
	if (!r->failed && !ends_at_once(r))
		content(r, xml, depth);
	return xml;
}

const struct xml *xml_parse(struct arena *arena, struct span bytes)
{
	const char *text = arena_strndup(arena, (const char *)bytes.bytes, bytes.len);
	struct xml_reader r = { arena, text, false };
	const struct xml *root;

	takes(&r, "\xef\xbb\xbf");
	do
		r.at += strspn(r.at, BLANKS);
	while (skips_other(&r));
	root = element(&r, 0);
	return r.failed ? NULL : root;
}

const struct xml *xml_find(const struct xml *at, const char *path)
{
	while (at && *path) {
		size_t len = strcspn(path, "/");

		for (at = at->first; at; at = at->next)
			if (!strncmp(at->name, path, len) && !at->name[len])
				break;
		path += len;
		path += *path == '/';
	}
	return at;
}

const char *xml_text(const struct xml *at, const char *path)
{
	const struct xml *found = xml_find(at, path);

	return found ? found->text : NULL;
}
