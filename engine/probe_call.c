#include "engine/probe_call.h"

#include "operators/edit.h"

void probe_call_write(struct buf *buf, struct rewrite *rewrite, const char *method,
		      const char *descriptor)
{
	buf_u1(buf, OPC_invokestatic);
	buf_u2(buf, rewrite_methodref(rewrite, PROBE_CLASS, method, descriptor, false));
}

void probe_call_hit(struct buf *buf, struct rewrite *rewrite, uint32_t counter)
{
	edit_push_int(buf, rewrite, (int32_t)counter);
	probe_call_write(buf, rewrite, PROBE_METHOD, "(I)V");
}

const char *probe_call_type(char kind)
{
	switch (kind) {
	case 'J':
		return "J";
	case 'F':
		return "F";
	case 'D':
		return "D";
	case 'L':
	case '[':
		return "Ljava/lang/Object;";
	default:
		return "I";
	}
}
