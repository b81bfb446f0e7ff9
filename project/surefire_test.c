#include "project/surefire.h"

#include <stdlib.h>
#include <string.h>

#include "project/tree_test.h"
#include "util/test.h"

struct bench {
	struct tree tree;
	struct poms files;
	struct test_jvm jvm;
	struct text_list looked_at;
};

/* What the pom.xml in the folder gives, joined by '|', with "TOP" for the tree's own path. */
static const char *arguments_of(struct bench *poms, const char *folder, unsigned java)
{
	struct arena *arena = &poms->tree.arena;
	const char *joined = "";

	poms->jvm.arguments.n = poms->jvm.environment.n = poms->looked_at.n = 0;
	poms->files = (struct poms){ .arena = arena, .java = java };
	surefire_read(&poms->files, tree_path(&poms->tree, folder), &poms->jvm, &poms->looked_at);
	for (uint32_t i = 0; i < poms->jvm.arguments.n; i++) {
		const char *text = poms->jvm.arguments.items[i];
		const char *top = strstr(text, poms->tree.top);

		if (top)
			text = arena_strfmt(arena, "%.*sTOP%s", (int)(top - text), text,
					    top + strlen(poms->tree.top));
		joined = arena_strfmt(arena, "%s%s%s", joined, i ? "|" : "", text);
	}
	return joined;
}

static bool says(const struct bench *poms, const char *part)
{
	for (uint32_t i = 0; i < poms->looked_at.n; i++)
		if (strstr(poms->looked_at.items[i], part))
			return true;
	return false;
}

static void make_poms(struct bench *poms)
{
	memset(poms, 0, sizeof(*poms));
	tree_make(&poms->tree);
}

#define PLUGIN(configuration) "<plugin><artifactId>maven-surefire-plugin</artifactId>" \
	"<configuration>" configuration "</configuration></plugin>"
#define BUILD(configuration) "<build><plugins>" PLUGIN(configuration) "</plugins></build>"

TEST(surefires_arguments_and_system_properties_are_taken_from_the_pom)
{
	struct bench poms;

	make_poms(&poms);
	tree_text(&poms.tree, "p/pom.xml",
		  "<project><artifactId>p</artifactId><version>1.2</version>"
		  "<properties><heap>300m</heap><more>-Dm=1 -Dn=2</more></properties>"
		  BUILD("<argLine>@{argLine} -Xmx${heap} ${more} --add-opens java.base/java.lang=ALL-UNNAMED\n"
			" -Dq='a b' -javaagent:${no.such}/x.jar</argLine>"
			"<systemPropertyVariables><v>${project.version}</v><empty/>"
			"<dir>${project.build.directory}/x</dir></systemPropertyVariables>"
			"<systemProperties><property><name>old</name><value>${basedir}</value></property></systemProperties>"
			"<environmentVariables><HOST>h</HOST></environmentVariables>")
		  "</project>");
	EXPECT_STR(arguments_of(&poms, "p", 17),
		   "-Xmx300m|-Dm=1|-Dn=2|--add-opens=java.base/java.lang=ALL-UNNAMED|-Dq=a b|"
		   "-Dv=1.2|-Dempty=|-Ddir=TOP/p/target/x|-Dold=TOP/p");
	EXPECT(says(&poms, "skipped -javaagent:${no.such}/x.jar"));
	EXPECT_STR(poms.jvm.environment.items[0], "HOST=h");
	EXPECT(!says(&poms, "@{argLine}"));
	EXPECT(says(&poms, "for the JVM of the tests: -Xmx300m"));
	tree_remove(&poms.tree);
}

TEST(the_nearest_pom_wins_and_profiles_count_for_their_java)
{
	struct bench poms;

	make_poms(&poms);
	tree_text(&poms.tree, "pom.xml",
		  "<project><artifactId>top</artifactId><properties><a>top</a></properties>"
		  "<profiles><profile><activation><jdk>[9,)</jdk></activation>"
		  "<properties><argLine>-Dnine=${a}</argLine></properties></profile>"
		  "<profile><activation><activeByDefault>true</activeByDefault></activation>"
		  "<properties><argLine>-Deight</argLine></properties></profile></profiles>"
		  "<build><pluginManagement><plugins>"
		  PLUGIN("<systemPropertyVariables><x>top</x><y>top</y></systemPropertyVariables>")
		  "</plugins></pluginManagement></build><modules><module>m</module></modules></project>");
	tree_text(&poms.tree, "m/pom.xml",
		  "<project><parent><artifactId>top</artifactId></parent><artifactId>m</artifactId>"
		  "<properties><a>m</a></properties>"
		  BUILD("<systemPropertyVariables><x>m</x></systemPropertyVariables>") "</project>");
	EXPECT_STR(arguments_of(&poms, "m", 17), "-Dnine=m|-Dx=m|-Dy=top");
	EXPECT_STR(arguments_of(&poms, "m", 8), "-Deight|-Dx=m|-Dy=top");
	EXPECT_STR(arguments_of(&poms, ".", 17), "-Dnine=top|-Dx=top|-Dy=top|-Dnine=m|-Dx=m");
	tree_text(&poms.tree, "n/pom.xml",
		  "<project><parent><artifactId>other</artifactId></parent>"
		  "<properties><argLine>${argLine} -Dn</argLine></properties></project>");
	EXPECT_STR(arguments_of(&poms, "n", 17), "-Dn");
	tree_remove(&poms.tree);
}

TEST(options_for_modules_of_the_project_are_skipped_as_all_is_on_the_class_path)
{
	struct bench poms;

	make_poms(&poms);
	tree_text(&poms.tree, "p/pom.xml",
		  "<project>" BUILD("<argLine>--add-modules shop.cart --patch-module=shop.cart=x -Da=1 "
				    "--add-modules java.sql,jdk.httpserver --add-reads shop.cart=ALL-UNNAMED "
				    "--module-path lib</argLine>") "</project>");
	EXPECT_STR(arguments_of(&poms, "p", 17), "-Da=1|--add-modules=java.sql,jdk.httpserver");
	EXPECT(says(&poms, "skipped --add-modules=shop.cart of "));
	EXPECT(says(&poms, "skipped --module-path=lib of "));
	tree_remove(&poms.tree);
}

TEST(a_pom_that_is_none_gives_nothing)
{
	struct bench poms;

	make_poms(&poms);
	tree_text(&poms.tree, "p/pom.xml", "<project>");
	EXPECT_STR(arguments_of(&poms, "p", 17), "");
	EXPECT_STR(arguments_of(&poms, "q", 17), "");
	EXPECT_LONG(poms.looked_at.n, 0);
	tree_remove(&poms.tree);
}

/* Whether surefire runs the class, by the pom.xml of folder p; '?' where that is not known. */
static char runs(struct bench *poms, const char *pom, const char *name)
{
	struct test_names names;
	bool does_fit;

	tree_text(&poms->tree, "p/pom.xml", pom);
	poms->looked_at.n = 0;
	poms->files = (struct poms){ .arena = &poms->tree.arena, .java = 17 };
	if (!surefire_test_names(&poms->files, tree_path(&poms->tree, "p"), &names, &poms->looked_at))
		return '?';
	test_names_compile(&poms->tree.arena, &names);
	does_fit = test_names_match(&names, name);
	test_names_release(&names);
	return does_fit ? 'y' : 'n';
}

#define INCLUDES(name) "<includes><include>" name "</include></includes>"
#define EXCLUDES(name) "<excludes><exclude>" name "</exclude></excludes>"
#define EXECUTION(id, configuration) "<build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId>" \
	"<executions><execution><id>" id "</id><configuration>" configuration \
	"</configuration></execution></executions></plugin></plugins></build>"

TEST(variables_of_the_environment_are_the_nearest_and_modules_must_agree)
{
	struct bench poms;
	const struct text_list *set = &poms.jvm.environment;

	make_poms(&poms);
	tree_text(&poms.tree, "p/pom.xml", "<project><artifactId>p</artifactId><modules><module>m</module></modules>"
		  BUILD("<environmentVariables><A>1</A><B/><D>${unknown}</D><E>e</E></environmentVariables>"
			"<excludedEnvironmentVariables><x>C</x><x>A</x><x>A=B</x></excludedEnvironmentVariables>")
		  "</project>");
	tree_text(&poms.tree, "p/m/pom.xml", "<project><parent><artifactId>p</artifactId></parent><artifactId>m</artifactId>"
		  BUILD("<environmentVariables><A>2</A><B/></environmentVariables>") "</project>");
	EXPECT_STR(arguments_of(&poms, "p", 17), "");
	EXPECT_LONG(set->n, 4);
	EXPECT_STR(set->items[0], "A=1");
	EXPECT_STR(set->items[1], "B=");
	EXPECT_STR(set->items[2], "E=e");
	EXPECT_STR(set->items[3], "C");
	EXPECT(says(&poms, "skipped environment variable A of "));
	EXPECT(says(&poms, "skipped environment variable A=B of "));
	EXPECT(says(&poms, "skipped D of "));
	EXPECT(says(&poms, "environment of the tests: A=1 B= E=e C"));
	tree_remove(&poms.tree);
}

TEST(a_file_of_system_properties_is_read_where_nothing_nearer_says_more)
{
	struct bench poms;

	make_poms(&poms);
	tree_text(&poms.tree, "p/s.properties", "! no\n# no\na = 1\r\n  b:two words\nc\nback=\\u0041\n");
	tree_text(&poms.tree, "p/pom.xml", "<project>"
		  BUILD("<systemPropertiesFile>s.properties</systemPropertiesFile>"
			"<systemPropertyVariables><a>0</a></systemPropertyVariables>") "</project>");
	EXPECT_STR(arguments_of(&poms, "p", 17), "-Da=0|-Db=two words|-Dc=");
	EXPECT(says(&poms, "skipped back of "));
	tree_text(&poms.tree, "p/pom.xml", "<project>"
		  BUILD("<systemPropertiesFile>gone</systemPropertiesFile>") "</project>");
	EXPECT_STR(arguments_of(&poms, "p", 17), "");
	EXPECT(says(&poms, "skipped systemPropertiesFile of "));
	tree_remove(&poms.tree);
}

TEST(what_failsafe_says_counts_where_surefire_says_nothing)
{
	struct bench poms;

	make_poms(&poms);
	tree_text(&poms.tree, "p/pom.xml", "<project><build><plugins><plugin><artifactId>maven-failsafe-plugin</artifactId>"
		  "<configuration><argLine>-Dit=1</argLine><systemPropertyVariables><a>it</a><b>it</b>"
		  "</systemPropertyVariables></configuration></plugin>"
		  PLUGIN("<argLine>-Dunit=1</argLine><systemPropertyVariables><a>unit</a></systemPropertyVariables>")
		  "</plugins></build></project>");
	EXPECT_STR(arguments_of(&poms, "p", 17), "-Dunit=1|-Da=unit|-Db=it");
	tree_remove(&poms.tree);
}

TEST(profiles_hold_for_what_their_activation_asks)
{
	struct bench poms;
	static const struct { const char *activation; bool holds; } cases[] = {
		{ "<property><name>!skipIt</name></property>", true },
		{ "<property><name>skipIt</name></property>", false },
		{ "<property><name>skipIt</name><value>!true</value></property>", true },
		{ "<file><exists>here.txt</exists></file>", true },
		{ "<file><exists>${basedir}/gone.txt</exists></file>", false },
		{ "<file><missing>gone.txt</missing></file>", true },
		{ "<os><family>unix</family></os>", true },
		{ "<os><family>!windows</family></os>", true },
		{ "<os><family>windows</family></os>", false },
		{ "<jdk>[11,)</jdk><property><name>skipIt</name></property>", false },
		{ "<jdk>[11,)</jdk><file><exists>here.txt</exists></file>", true },
		{ "", false },
	};

	make_poms(&poms);
	tree_text(&poms.tree, "p/here.txt", "");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		tree_text(&poms.tree, "p/pom.xml", arena_strfmt(&poms.tree.arena,
			"<project><profiles><profile><activation>%s</activation><properties><argLine>-Da=1</argLine>"
			"</properties></profile></profiles></project>", cases[i].activation));
		EXPECT_STR(arguments_of(&poms, "p", 17), cases[i].holds ? "-Da=1" : "");
	}
	tree_remove(&poms.tree);
}

TEST(a_pom_that_is_its_own_parent_has_none)
{
	struct bench poms;

	make_poms(&poms);
	tree_text(&poms.tree, "p/pom.xml", "<project><parent><artifactId>q</artifactId>"
		  "<relativePath>../q/pom.xml</relativePath></parent><artifactId>p</artifactId></project>");
	tree_text(&poms.tree, "q/pom.xml", "<project><parent><artifactId>p</artifactId>"
		  "<relativePath>../p</relativePath></parent><artifactId>q</artifactId>"
		  "<properties><argLine>-Dq=${project.artifactId}</argLine></properties></project>");
	EXPECT_STR(arguments_of(&poms, "p", 17), "-Dq=p");
	tree_remove(&poms.tree);
}

TEST(tests_are_the_classes_that_surefire_runs)
{
	struct bench poms;

	make_poms(&poms);
	EXPECT(runs(&poms, "<project/>", "a.OneTest") == 'y');
	EXPECT(runs(&poms, "<project/>", "a.OneIT") == 'n');
	EXPECT(runs(&poms, "<project><properties><what>**/*IT.java</what></properties>"
		    BUILD(INCLUDES("${what}")) "</project>", "a.OneIT") == 'y');
	EXPECT(runs(&poms, "<project>" BUILD(INCLUDES("**/*IT.java")) "</project>", "a.OneTest") == 'n');
	EXPECT(runs(&poms, "<project>" BUILD(EXCLUDES("**/Slow*")) "</project>", "a.SlowTest") == 'n');
	EXPECT(runs(&poms, "<project>" EXECUTION("default-test", EXCLUDES("**/Slow*")) "</project>", "a.SlowTest") == 'n');
	tree_remove(&poms.tree);
}

TEST(where_surefires_choice_is_not_known_all_are_tests)
{
	struct bench poms;

	make_poms(&poms);
	EXPECT(runs(&poms, "no XML", "a.OneTest") == '?');
	EXPECT(runs(&poms, "<project>" BUILD("<suiteXmlFiles><suiteXmlFile>t.xml</suiteXmlFile></suiteXmlFiles>")
		    "</project>", "a.OneTest") == '?');
	EXPECT(runs(&poms, "<project>" EXECUTION("slow", INCLUDES("**/Slow*")) "</project>", "a.OneTest") == '?');
	EXPECT(runs(&poms, "<project>" BUILD(INCLUDES("%regex[(?!Slow).*Test.class]")) "</project>", "a.OneTest") == '?');
	EXPECT(says(&poms, "skipped the pattern %regex[(?!Slow).*Test.class] of "));
	tree_remove(&poms.tree);
}

/* "groups / excludedGroups" by the pom.xml of folder p; "all" where no tags choose. */
static const char *tags(struct bench *poms, const char *pom)
{
	const struct test_choice *choice;

	tree_text(&poms->tree, "p/pom.xml", pom);
	poms->looked_at.n = 0;
	poms->files = (struct poms){ .arena = &poms->tree.arena, .java = 17 };
	choice = surefire_test_choice(&poms->files, tree_path(&poms->tree, "p"), &poms->looked_at);
	return choice ? arena_strfmt(&poms->tree.arena, "%s / %s", choice->groups, choice->excluded) : "all";
}

TEST(tests_are_chosen_by_the_tags_that_surefire_is_given)
{
	struct bench poms;

	make_poms(&poms);
	EXPECT_STR(tags(&poms, "<project/>"), "all");
	EXPECT_STR(tags(&poms, "<project>" BUILD("<groups/>") "</project>"), "all");
	EXPECT_STR(tags(&poms, "<project>" BUILD("<groups>fast &amp; !db</groups>") "</project>"), "fast & !db / ");
	EXPECT_STR(tags(&poms, "<project><properties><no>slow</no></properties>"
			BUILD("<excludedGroups>${no},db</excludedGroups>") "</project>"), " / slow,db");
	EXPECT_STR(tags(&poms, "<project><properties><groups>a</groups><excludedGroups>b</excludedGroups></properties>"
			BUILD("<groups>c</groups>") "</project>"), "c / b");
	EXPECT_STR(tags(&poms, "<project>" EXECUTION("default-test", "<groups>fast</groups>") "</project>"), "fast / ");
	EXPECT_STR(tags(&poms, "no XML"), "all");
	tree_remove(&poms.tree);
}

TEST(where_surefires_tags_are_not_known_all_tests_are_taken)
{
	struct bench poms;

	make_poms(&poms);
	EXPECT_STR(tags(&poms, "<project>" EXECUTION("slow", "<groups>slow</groups>") "</project>"), "all");
	EXPECT_LONG(poms.looked_at.n, 0);
	EXPECT_STR(tags(&poms, "<project>" BUILD("<groups>${told.later}</groups>") "</project>"), "all");
	EXPECT(says(&poms, "skipped <groups> of "));
	tree_remove(&poms.tree);
}
