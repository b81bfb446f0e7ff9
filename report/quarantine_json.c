#include "report/quarantine_json.h"

#include "report/json_text.h"
#include "report/version.h"

void quarantine_json(const char *path, const struct quarantine_entry *entries, uint32_t n,
		     struct buf *out)
{
	buf_fmt(out, "{\"schema\":\"%s\",\n\"tool\":{", JSON_QUARANTINE_SCHEMA);
	json_text_field(out, "name", "vary");
	json_text_field(out, "version", VERSION);
	buf_text(out, "}");
	json_text_field(out, "file", path);
	buf_text(out, ",\n\"quarantined\":[");
	for (uint32_t i = 0; i < n; i++) {
		buf_text(out, i ? ",\n{" : "\n{");
		json_text_field(out, "id", entries[i].id);
		json_text_field(out, "class", entries[i].class_name);
		json_text_field(out, "reason", entries[i].reason);
		json_text_field(out, "since", entries[i].since);
		buf_u1(out, '}');
	}
	buf_text(out, "]}\n");
}
