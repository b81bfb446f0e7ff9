#include "engine/pure.h"

#include "classfile/build_test.h"
#include "util/test.h"

static bool may_be(enum opcode opcode, const char *owner, const char *name, const char *descriptor)
{
	struct arena arena = ARENA_INIT;
	struct insn insn = { .opcode = opcode };
	struct class *class;
	struct build b;
	bool may;

	build_start(&b, &arena, 52);
	insn.index = build_ref(&b, CONSTANT_METHODREF, owner, name, descriptor);
	build_method(&b, "m", "()V", (struct build_code){ .bytes = BYTES(OPC_return) });
	class = build_parsed(&b);
	may = pure_may_be(class, &insn);
	arena_release(&arena);
	return may;
}

TEST(rows_are_where_they_are_looked_for)
{
	struct buf out;

	buf_init(&out, 10000);
	EXPECT_LONG(pure_check_table(&out), 0);
	EXPECT_LONG(out.len, 0);
	buf_release(&out);
}

TEST(of_the_jdk_only_what_asks_nothing_of_its_arguments_is_pure)
{
	const struct {
		enum opcode opcode;
		const char *owner, *name, *descriptor;
		bool may;
	} cases[] = {
		{ OPC_invokestatic, "java/util/Objects", "requireNonNull",
		  "(Ljava/lang/Object;Ljava/lang/String;)Ljava/lang/Object;", true },
		{ OPC_invokestatic, "java/util/Objects", "requireNonNull",
		  "(Ljava/lang/Object;Ljava/util/function/Supplier;)Ljava/lang/Object;", false },
		{ OPC_invokestatic, "java/util/Objects", "toString",
		  "(Ljava/lang/Object;)Ljava/lang/String;", false },
		{ OPC_invokestatic, "java/lang/String", "valueOf", "(I)Ljava/lang/String;", true },
		{ OPC_invokestatic, "java/lang/String", "valueOf", "([C)Ljava/lang/String;", true },
		{ OPC_invokestatic, "java/lang/String", "valueOf", "(Ljava/lang/Object;)Ljava/lang/String;", false },
		{ OPC_invokevirtual, "java/lang/String", "equals", "(Ljava/lang/Object;)Z", true },
		{ OPC_invokevirtual, "java/lang/String", "contains", "(Ljava/lang/CharSequence;)Z", false },
		{ OPC_invokevirtual, "java/lang/String", "char", "(I)C", false },	/* part of a name */
		{ OPC_invokevirtual, "java/lang/Object", "equals", "(Ljava/lang/Object;)Z", false },
		{ OPC_invokevirtual, "[I", "clone", "()Ljava/lang/Object;", true },
		{ OPC_invokevirtual, "java/lang/StringBuilder", "append",
		  "(I)Ljava/lang/StringBuilder;", false },
		{ OPC_invokevirtual, "pkg/Ours", "check", "(I)V", true },
		{ OPC_invokeinterface, "pkg/Ours", "check", "(I)V", false },
		{ OPC_invokeinterface, "java/util/List", "isEmpty", "()Z", true },
		{ OPC_invokeinterface, "java/util/List", "remove", "(I)Ljava/lang/Object;", false },
		{ OPC_invokespecial, "pkg/Ours", "<init>", "()V", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		EXPECT_STR(may_be(cases[i].opcode, cases[i].owner, cases[i].name, cases[i].descriptor) ==
			   cases[i].may ? "" : cases[i].descriptor, "");
}
