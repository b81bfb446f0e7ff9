#include "oracle/assertions.h"

#include <string.h>

#include "util/test.h"

/* Roles as letters, the receiver's first: ".ea", m for the message. */
static const char *roles(const char *owner, const char *name, const char *descriptor)
{
	static const char letters[] = "-aetmfd";
	static char text[ASSERTION_PARAMETERS_MAX + 2];
	struct assertion found;

	memset(text, 0, sizeof(text));
	if (!assertions_find(owner, name, descriptor, &found))
		return "none";
	text[0] = letters[found.receiver];
	for (uint16_t i = 0; i < found.n_parameters; i++)
		text[i + 1] = letters[found.roles[i]];
	return text;
}

static enum assertion_kind kind(const char *owner, const char *name)
{
	struct assertion found;

	return assertions_find(owner, name, "()V", &found) ? found.kind : ASSERTION_OTHER;
}

#define OBJECT "Ljava/lang/Object;"
#define STRING "Ljava/lang/String;"

TEST(a_message_is_told_from_a_value_by_the_number_of_parameters)
{
	EXPECT_STR(roles("org/junit/Assert", "assertEquals", "(" OBJECT OBJECT ")V"), "-ea");
	EXPECT_STR(roles("org/junit/Assert", "assertEquals", "(" STRING OBJECT OBJECT ")V"), "-mea");
	EXPECT_STR(roles("org/junit/Assert", "assertEquals", "(DDD)V"), "-eat");
	EXPECT_STR(roles("org/junit/Assert", "assertEquals", "(" STRING "DDD)V"), "-meat");
	EXPECT_STR(roles("junit/framework/TestCase", "assertEquals", "(" STRING STRING ")V"), "-ea");
	EXPECT_STR(roles("junit/framework/TestCase", "assertTrue", "(" STRING "Z)V"), "-ma");
	EXPECT_STR(roles("org/junit/jupiter/api/Assertions", "assertEquals", "(" OBJECT OBJECT STRING ")V"), "-eam");
	EXPECT_STR(roles("org/junit/jupiter/api/Assertions", "assertEquals", "(FFF" STRING ")V"), "-eatm");
	EXPECT_STR(roles("org/junit/jupiter/api/Assertions", "assertTrue", "(ZLjava/util/function/Supplier;)V"), "-am");
	EXPECT_STR(roles("org/testng/Assert", "assertEquals", "(DDD" STRING ")V"), "-aetm");
}

TEST(code_that_is_run_has_a_role_of_its_own)
{
	EXPECT_STR(roles("org/junit/jupiter/api/Assertions", "assertThrows",
			 "(Ljava/lang/Class;Lorg/junit/jupiter/api/function/Executable;)Ljava/lang/Throwable;"), "-ef");
	EXPECT(kind("org/junit/jupiter/api/Assertions", "assertThrows") == ASSERTION_THROWS);
	EXPECT(kind("org/junit/jupiter/api/Assertions", "assertDoesNotThrow") == ASSERTION_PASSES);
	EXPECT(kind("org/junit/jupiter/api/Assertions", "assertAll") == ASSERTION_GROUP);
}

TEST(a_fluent_check_judges_its_receiver)
{
	EXPECT_STR(roles("org/assertj/core/api/Assertions", "assertThat", "(I)Lorg/assertj/core/api/AbstractIntegerAssert;"), "-a");
	EXPECT_STR(roles("org/assertj/core/api/AbstractIntegerAssert", "isEqualTo", "(I)Lorg/assertj/core/api/AbstractIntegerAssert;"), "ae");
	EXPECT(kind("org/assertj/core/api/Assertions", "assertThat") == ASSERTION_SUBJECT);
	EXPECT(kind("org/assertj/core/api/AbstractStringAssert", "describedAs") == ASSERTION_OTHER);
	EXPECT(kind("org/assertj/core/api/AbstractStringAssert", "isEmpty") == ASSERTION_CHECK);
	EXPECT_STR(roles("com/google/common/truth/Truth", "assertThat", "(" OBJECT ")Lcom/google/common/truth/Subject;"), "-a");
	EXPECT_STR(roles("com/google/common/truth/IntegerSubject", "isEqualTo", "(" OBJECT ")V"), "ae");
}

TEST(what_kotlin_and_scala_add_to_a_name_is_no_part_of_it)
{
	EXPECT_STR(roles("kotlin/test/AssertionsKt", "assertEquals$default", "(" OBJECT OBJECT STRING "I" OBJECT ")V"), "-eam--");
	EXPECT_STR(roles("org/scalatest/Assertions", "assertResult$", "(Lorg/scalatest/Assertions;" OBJECT OBJECT ")V"), "--ea");
}

TEST(what_is_no_assertion_is_not_found)
{
	EXPECT_STR(roles("java/util/List", "add", "(" OBJECT ")Z"), "none");
	EXPECT_STR(roles("java/security/Signature", "verify", "([B)Z"), "none");
	EXPECT_STR(roles("org/junit/Assume", "assumeTrue", "(Z)V"), "none");
}

TEST(a_foreign_library_that_asserts_is_believed_by_name)
{
	EXPECT_STR(roles("acme/test/Money", "assertWorth", "(" OBJECT "I)V"), "aaa");
}

TEST(an_assertion_that_many_values_pass_is_told_from_one_that_names_the_value)
{
	EXPECT(assertions_is_loose("assertNotNull"));
	EXPECT(assertions_is_loose("isGreaterThan"));
	EXPECT(!assertions_is_loose("assertEquals"));
	EXPECT(!assertions_is_loose("isNull"));
}
