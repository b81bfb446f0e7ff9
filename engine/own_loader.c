#include "engine/own_loader.h"

#include <string.h>

#include "classfile/code.h"
#include "classfile/rewrite.h"

#define BUILDER "net/bytebuddy/dynamic/loading/MultipleParentClassLoader$Builder"
#define BY_LIST "(Ljava/util/List;)L" BUILDER ";"

struct row {
	const char *class;
	enum err_code (*patch)(const struct row *row, const struct class *class, struct rewrite *rewrite,
			       struct arena *arena, struct err *err);
	const char *name, *descriptor;	/* the constructor; or the method of the builder that is called */
	uint8_t local;			/* the constructor's parameter that asks for a cache */
	const char *instead, *instead_descriptor;	/* the method to call in its place, of the builder */
	bool pops;				/* without the argument */
};

static enum err_code switch_cache_off(const struct row *row, const struct class *class,
				      struct rewrite *rewrite, struct arena *arena, struct err *err)
{
	const uint8_t off[] = { OPC_iconst_0, OPC_istore, row->local };

	(void)arena;
	for (uint16_t i = 0; i < class->n_methods; i++)
		if (class->methods[i].code && !strcmp(class->methods[i].name, row->name) &&
		    !strcmp(class->methods[i].descriptor, row->descriptor)) {
			rewrite_edit(rewrite, i, (struct edit){ .inserted = { off, sizeof(off) },
								.extra_stack = 1 });
			return ERR_OK;
		}
	return err_set(err, ERR_FORMAT, "%s has no constructor %s", row->class, row->descriptor);
}

static bool is_call(const struct row *row, const struct class *class, const struct insn *insn)
{
	struct member_ref ref;

	return insn->opcode == OPC_invokevirtual && class_member_ref_at(class, insn->index, &ref) &&
	       !strcmp(ref.owner, BUILDER) && !strcmp(ref.name, row->name) &&
	       !strcmp(ref.descriptor, row->descriptor);
}

static void redirect(const struct row *row, const struct class *class, uint16_t method,
		     const struct code *code, struct rewrite *rewrite)
{
	uint16_t to = rewrite_methodref(rewrite, BUILDER, row->instead, row->instead_descriptor, false);
	const uint8_t call[] = { OPC_pop, OPC_invokevirtual, (uint8_t)(to >> 8), (uint8_t)to };
	const struct span inserted = row->pops ? (struct span){ call, sizeof(call) }
					       : (struct span){ call + 1, sizeof(call) - 1 };

	for (uint32_t i = 0; i < code->n_insns; i++)
		if (is_call(row, class, &code->insns[i]))
			rewrite_edit(rewrite, method, (struct edit){ .pc = code->insns[i].pc, .removed = 3,
								     .inserted = inserted });
}

static bool has_method(const struct class *class, const char *name, const char *descriptor)
{
	for (uint16_t i = 0; i < class->n_methods; i++)
		if (!strcmp(class->methods[i].name, name) &&
		    !strcmp(class->methods[i].descriptor, descriptor))
			return true;
	return false;
}

static enum err_code redirect_calls(const struct row *row, const struct class *class,
				    struct rewrite *rewrite, struct arena *arena, struct err *err)
{
	if (!strcmp(row->class, BUILDER) && !has_method(class, row->instead, row->instead_descriptor))
		return err_set(err, ERR_FORMAT, "%s has no %s", row->class, row->instead);
	for (uint16_t i = 0; i < class->n_methods; i++) {
		struct code *code;

		if (!class->methods[i].code)
			continue;
		TRY(code_parse(arena, class, &class->methods[i], &code, err));
		redirect(row, class, i, code, rewrite);
	}
	return ERR_OK;
}

static const struct row rows[] = {
	/* Mockito's, Spock's, jMock's: how to make objects without a constructor */
	{ "org/objenesis/ObjenesisBase", switch_cache_off,
	  .name = "<init>", .descriptor = "(Lorg/objenesis/strategy/InstantiatorStrategy;Z)V", .local = 2 },
	/* All other append() lead to this one. */
	{ BUILDER, redirect_calls, .name = "append", .descriptor = BY_LIST,
	  .instead = "appendMostSpecific", .instead_descriptor = BY_LIST },
	/* The parent that Mockito names it has appended before. */
	{ "org/mockito/internal/creation/bytebuddy/SubclassBytecodeGenerator", redirect_calls,
	  .name = "build", .descriptor = "(Ljava/lang/ClassLoader;)Ljava/lang/ClassLoader;",
	  .instead = "build", .instead_descriptor = "()Ljava/lang/ClassLoader;", .pops = true },
};
#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

uint32_t own_loader_count(void)
{
	return N_ROWS;
}

const char *own_loader_class(uint32_t row)
{
	return rows[row].class;
}

enum err_code own_loader_patch(uint32_t row, const struct class *class, struct arena *arena,
			       struct span *ret, struct err *err)
{
	struct rewrite *rewrite = rewrite_start(arena, class);

	TRY(rows[row].patch(&rows[row], class, rewrite, arena, err));
	return rewrite_finish(rewrite, arena, NULL, ret, err);
}
