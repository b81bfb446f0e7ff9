#include "engine/idiom.h"

#include <string.h>

#include "util/test.h"

/* Trees as express.c would make them, in a class without constants or variables. */
struct trees {
	struct arena arena;
	struct class class;
	struct member method;
	struct code code;
	struct express express;
	struct wording wording;
};

static void init(struct trees *t, const struct idiom *idiom)
{
	*t = (struct trees){ .arena = ARENA_INIT };
	t->class = (struct class){ .name = "shop/Cart" };
	t->method = (struct member){ .access = ACCESS_STATIC, .name = "m", .descriptor = "()V" };
	t->express = (struct express){ .arena = &t->arena, .idiom = idiom, .class = &t->class,
				       .method = &t->method, .code = &t->code };
}

static struct expr *field(struct trees *t, const char *owner, const char *name, const char *type)
{
	struct expr *expr = ARENA_NEW(&t->arena, struct expr);

	*expr = (struct expr){ .kind = EXPR_FIELD, .type = type,
			       .ref = { .owner = owner, .name = name, .descriptor = type } };
	return expr;
}

static struct expr *value(struct trees *t, const char *name)
{
	return field(t, "shop/Cart", name, "Ljava/lang/Object;");
}

static struct expr *number(struct trees *t, uint64_t bits)
{
	struct expr *expr = ARENA_NEW(&t->arena, struct expr);

	*expr = (struct expr){ .kind = EXPR_NUMBER, .type = "I", .bits = bits };
	return expr;
}

static struct expr *created(struct trees *t, const char *name)
{
	struct expr *expr = ARENA_NEW(&t->arena, struct expr);

	*expr = (struct expr){ .kind = EXPR_NEW, .text = name, .is_filled = true, .ref = { .descriptor = "()V" } };
	return expr;
}

#define CALL(t, opcode, owner, name, descriptor, ...) \
	call(t, opcode, owner, name, descriptor, (struct expr *[]){ __VA_ARGS__ }, \
	     sizeof((struct expr *[]){ __VA_ARGS__ }) / sizeof(struct expr *))

static struct expr *call(struct trees *t, enum opcode opcode, const char *owner, const char *name,
			 const char *descriptor, struct expr **args, size_t n)
{
	struct expr *expr = ARENA_NEW(&t->arena, struct expr);

	*expr = (struct expr){
		.kind = EXPR_CALL, .opcode = opcode, .type = strchr(descriptor, ')') + 1,
		.ref = { .owner = owner, .name = name, .descriptor = descriptor },
		.args = arena_memdup(&t->arena, args, n * sizeof(*args)), .n_args = (uint16_t)n,
	};
	return expr;
}

static const char *said(struct trees *t, const struct expr *expr)
{
	wording_init(&t->wording, &t->express);
	wording_expr(&t->wording, expr, '?', WORDING_ANY);
	return t->wording.text;
}

static const char *said_not(struct trees *t, const struct expr *expr)
{
	wording_init(&t->wording, &t->express);
	idiom_boolean(&t->wording, expr, true, WORDING_ANY);
	return t->wording.text;
}

#define VIRTUAL OPC_invokevirtual
#define STATIC OPC_invokestatic
#define OBJECT "Ljava/lang/Object;"

TEST(the_language_is_known_by_the_compiler_or_the_name_of_the_source_file)
{
	EXPECT(idiom_of("Cart.java", false, false, false) == NULL);
	EXPECT(idiom_of(NULL, false, false, false) == NULL);
	EXPECT(idiom_of("Cart.kt", false, false, false) == &idiom_kotlin);
	EXPECT(idiom_of("Cart.scala", false, false, false) == &idiom_scala);
	EXPECT(idiom_of("Cart.groovy", false, false, false) == &idiom_groovy);
	EXPECT(idiom_of("Cart.java", false, true, false) == &idiom_scala);
}

TEST(a_getter_is_a_property_and_equality_a_sign_in_kotlin)
{
	struct trees t;
	struct expr *name, *same;

	init(&t, &idiom_kotlin);
	name = CALL(&t, VIRTUAL, "shop/Item", "getName", "()" OBJECT, value(&t, "item"));
	EXPECT_STR(said(&t, name), "item.name");
	same = CALL(&t, STATIC, "kotlin/jvm/internal/Intrinsics", "areEqual", "(" OBJECT OBJECT ")Z",
		    name, value(&t, "wanted"));
	EXPECT_STR(said(&t, same), "item.name == wanted");
	EXPECT_STR(said_not(&t, same), "item.name != wanted");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Item", "getURLPath", "()" OBJECT, value(&t, "a"))), "a.urlPath");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Item", "getter", "()" OBJECT, value(&t, "a"))), "a.getter()");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Item", "setPrice", "(I)V", value(&t, "a"), number(&t, 3))),
		   "a.price = 3");
	arena_release(&t.arena);
}

TEST(functions_of_files_and_extensions_name_no_class_in_kotlin)
{
	struct trees t;
	struct expr *list;

	init(&t, &idiom_kotlin);
	EXPECT_STR(said(&t, CALL(&t, STATIC, "shop/ShopKt", "gcd", "(II)I", number(&t, 4), number(&t, 6))), "gcd(4, 6)");
	EXPECT_STR(said(&t, CALL(&t, STATIC, "kotlin/text/StringsKt", "isBlank", "(Ljava/lang/CharSequence;)Z",
				 value(&t, "owner"))), "owner.isBlank()");
	list = CALL(&t, STATIC, "kotlin/collections/CollectionsKt", "listOf", "(" OBJECT ")Ljava/util/List;", value(&t, "a"));
	EXPECT_STR(said(&t, list), "listOf(a)");
	EXPECT_STR(said(&t, CALL(&t, STATIC, "kotlin/collections/CollectionsKt", "getLastIndex", "(Ljava/util/List;)I", list)),
		   "listOf(a).lastIndex");
	EXPECT_STR(said(&t, CALL(&t, OPC_invokeinterface, "java/util/List", "size", "()I", list)), "listOf(a).size");
	EXPECT_STR(said(&t, field(&t, "shop/Event$Cleared", "INSTANCE", "Lshop/Event$Cleared;")), "Cleared");
	arena_release(&t.arena);
}

TEST(what_kotlinc_passes_on_its_own_is_not_written)
{
	struct trees t;
	struct expr *mask;

	init(&t, &idiom_kotlin);
	EXPECT_STR(said(&t, CALL(&t, STATIC, "shop/ShopKt", "fetch", "(ILkotlin/coroutines/Continuation;)" OBJECT,
				 number(&t, 7), value(&t, "continuation"))), "fetch(7)");
	mask = number(&t, 2);
	EXPECT_STR(said(&t, CALL(&t, STATIC, "shop/Cart", "find$default",
				 "(Lshop/Cart;" OBJECT "II" OBJECT ")" OBJECT, value(&t, "cart"), value(&t, "key"),
				 number(&t, 0), mask, value(&t, "none"))), "cart.find(key)");
	EXPECT_STR(said(&t, CALL(&t, OPC_invokeinterface, "kotlin/jvm/functions/Function1", "invoke",
				 "(" OBJECT ")" OBJECT, value(&t, "$f"), number(&t, 1))), "f(1)");
	EXPECT_STR(said(&t, CALL(&t, STATIC, "shop/Cents", "plus-YBNL6BU", "(II)I", value(&t, "c"), value(&t, "d"))), "c + d");
	arena_release(&t.arena);
}

TEST(signs_stand_between_their_operands_in_scala)
{
	struct trees t;
	struct expr *sum, *list, *a, *b;

	init(&t, &idiom_scala);
	a = value(&t, "a");
	b = value(&t, "b");
	sum = CALL(&t, VIRTUAL, "shop/Money", "$plus", "(Lshop/Money;)Lshop/Money;", a, b);
	EXPECT_STR(said(&t, sum), "a + b");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Money", "$times", "(" OBJECT ")" OBJECT, sum, b)), "(a + b) * b");
	list = CALL(&t, VIRTUAL, "scala/collection/immutable/List", "$colon$colon", "(" OBJECT ")" OBJECT,
		    field(&t, "scala/collection/immutable/Nil$", "MODULE$", "Lscala/collection/immutable/Nil$;"), a);
	EXPECT_STR(said(&t, list), "a :: Nil");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Money", "unary_$minus", "()" OBJECT, a)), "-a");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Money", "equals", "(" OBJECT ")Z", a, b)), "a == b");
	EXPECT_STR(said_not(&t, CALL(&t, VIRTUAL, "shop/Money", "equals", "(" OBJECT ")Z", a, b)), "a != b");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Money", "$plus$minus", "(" OBJECT OBJECT ")" OBJECT, a, b, b)),
		   "a.+-(b, b)");
	arena_release(&t.arena);
}

TEST(names_of_scalacs_own_are_those_of_the_source)
{
	struct trees t;
	struct expr *a, *module;

	init(&t, &idiom_scala);
	a = value(&t, "a");
	module = field(&t, "shop/Util$", "MODULE$", "Lshop/Util$;");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Util$", "gcd", "(I)I", module, number(&t, 4))), "Util.gcd(4)");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Util$", "apply", "(I)I", module, number(&t, 4))), "Util(4)");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Cart", "shop$Cart$$items", "()" OBJECT, a)), "a.items");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Cart", "age_$eq", "(I)V", a, number(&t, 4))), "a.age = 4");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "scala/Tuple2", "_2$mcI$sp", "()I", a)), "a._2");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Cart", "close", "()V", a)), "a.close()");
	EXPECT_STR(said(&t, CALL(&t, VIRTUAL, "shop/Cart", "map", "(Lscala/Function1;Lscala/collection/generic/CanBuildFrom;)" OBJECT,
				 a, created(&t, "shop/Cart$$anonfun$total$1"), value(&t, "implicit"))), "a.map(… => …)");
	EXPECT_STR(said(&t, CALL(&t, STATIC, "scala/runtime/BoxesRunTime", "unboxToInt", "(" OBJECT ")I", value(&t, "max$1"))),
		   "max");
	EXPECT_STR(said(&t, value(&t, "x$4")), "_");
	arena_release(&t.arena);
}

TEST(calls_of_groovys_runtime_are_the_signs_they_stand_for)
{
	struct trees t;
	struct expr *a, *b;

	init(&t, &idiom_groovy);
	a = value(&t, "a");
	b = value(&t, "b");
	EXPECT_STR(said(&t, CALL(&t, STATIC, "org/codehaus/groovy/runtime/ScriptBytecodeAdapter", "compareLessThan",
				 "(" OBJECT OBJECT ")Z", a, b)), "a < b");
	EXPECT_STR(said(&t, CALL(&t, STATIC, "org/codehaus/groovy/runtime/DefaultGroovyMethods", "findAll",
				 "(" OBJECT OBJECT ")" OBJECT, a, created(&t, "shop/Cart$_cheap_closure1"))), "a.findAll { … }");
	EXPECT_STR(said(&t, CALL(&t, STATIC, "org/codehaus/groovy/runtime/typehandling/DefaultTypeTransformation",
				 "intUnbox", "(" OBJECT ")I", a)), "a");
	arena_release(&t.arena);
}

TEST(values_have_their_names_in_each_language)
{
	EXPECT_STR(idiom_value(NULL, "Integer.MAX_VALUE"), "Integer.MAX_VALUE");
	EXPECT_STR(idiom_value(&idiom_kotlin, "Integer.MAX_VALUE"), "Int.MAX_VALUE");
	EXPECT_STR(idiom_value(&idiom_scala, "Integer.MAX_VALUE"), "Int.MaxValue");
	EXPECT_STR(idiom_value(&idiom_groovy, "Integer.MAX_VALUE"), "Integer.MAX_VALUE");
	EXPECT_STR(idiom_value(&idiom_kotlin, "an empty list"), "an empty list");
}
