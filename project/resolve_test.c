#include "project/resolve.h"

#include <string.h>

#include "project/files.h"
#include "project/tree_test.h"
#include "util/test.h"

struct bench {
	struct tree tree;
	struct resolved found;
};

static void make_bench(struct bench *bench)
{
	memset(bench, 0, sizeof(*bench));
	tree_make(&bench->tree);
}

/* An artifact of group g in the repository: "a:1", with what its pom says beside its coordinates;
 * NULL: of no pom. */
static void put(struct bench *bench, const char *what, const char *says)
{
	struct arena *arena = &bench->tree.arena;
	const char *colon = strchr(what, ':'), *version = colon + 1;
	const char *name = arena_strndup(arena, what, (size_t)(colon - what));
	const char *path = arena_strfmt(arena, "m2/g/%s/%s/%s-%s", name, version, name, version);

	tree_text(&bench->tree, arena_strfmt(arena, "%s.jar", path), "");
	if (says)
		tree_text(&bench->tree, arena_strfmt(arena, "%s.pom", path),
			  arena_strfmt(arena, "<project><groupId>g</groupId><artifactId>%s</artifactId>"
				       "<version>%s</version>%s</project>", name, version, says));
}

/* The names of what stands on the class path of the project in folder p, then what is missing behind a bar. */
static const char *resolved(struct bench *bench, const char *folder)
{
	struct arena *arena = &bench->tree.arena;
	struct poms poms = { .arena = arena, .java = 17, .repository = { tree_path(&bench->tree, "m2"), false } };
	const char *text = "";

	if (!resolve_maven(&poms, tree_path(&bench->tree, folder), &bench->found))
		return "no pom";
	for (uint32_t i = 0; i < bench->found.paths.n; i++) {
		const char *path = bench->found.paths.items[i];

		text = arena_strfmt(arena, "%s%s%s", text, i ? " " : "", file_has_suffix(path, ".jar") ? file_name(path)
				    : file_below(path, bench->tree.top));
	}
	for (uint32_t i = 0; i < bench->found.missing.n; i++)
		text = arena_strfmt(arena, "%s%s%s", text, i ? " " : " | ", bench->found.missing.items[i]);
	return text;
}

static const char *of(struct bench *bench, const char *says)
{
	tree_text(&bench->tree, "p/pom.xml",
		  arena_strfmt(&bench->tree.arena, "<project><groupId>own</groupId><artifactId>p</artifactId>"
			       "<version>1</version>%s</project>", says));
	return resolved(bench, "p");
}

#define D(name, version, more) "<dependency><groupId>g</groupId><artifactId>" name "</artifactId><version>" \
	version "</version>" more "</dependency>"
#define PLAIN(name, more) "<dependency><groupId>g</groupId><artifactId>" name "</artifactId>" more "</dependency>"
#define NEEDS(list) "<dependencies>" list "</dependencies>"
#define MANAGES(list) "<dependencyManagement><dependencies>" list "</dependencies></dependencyManagement>"
#define SCOPE(scope) "<scope>" scope "</scope>"

TEST(what_dependencies_need_in_turn_is_on_the_class_path_by_scope)
{
	struct bench b;

	make_bench(&b);
	put(&b, "a:1", NEEDS(D("b", "1", "") D("t", "1", SCOPE("test")) D("v", "1", SCOPE("provided"))
			     D("o", "1", "<optional>true</optional>") D("r", "1", SCOPE("runtime"))));
	put(&b, "b:1", "");
	put(&b, "r:1", "");
	put(&b, "t:1", "");
	put(&b, "v:1", "");
	put(&b, "o:1", "");
	EXPECT_STR(of(&b, NEEDS(D("a", "1", ""))), "a-1.jar b-1.jar r-1.jar");
	EXPECT_STR(of(&b, NEEDS(D("t", "1", SCOPE("test")) D("v", "1", SCOPE("provided")) D("o", "1", "<optional>true</optional>"))),
		   "t-1.jar v-1.jar o-1.jar");
	EXPECT(!b.found.is_unsure);
	EXPECT_STR(of(&b, ""), "");
	EXPECT_STR(resolved(&b, "gone"), "no pom");
	tree_remove(&b.tree);
}

TEST(the_version_nearest_to_the_project_is_taken)
{
	struct bench b;

	make_bench(&b);
	put(&b, "a:1", NEEDS(D("b", "1", "")));
	put(&b, "b:1", NEEDS(D("c", "1", "")));
	put(&b, "c:1", "");
	put(&b, "c:2", NEEDS(D("d", "1", "")));
	put(&b, "d:1", "");
	put(&b, "e:1", NEEDS(D("c", "2", "")));
	EXPECT_STR(of(&b, NEEDS(D("a", "1", "") D("c", "2", ""))), "a-1.jar b-1.jar c-2.jar d-1.jar");
	EXPECT_STR(of(&b, NEEDS(D("a", "1", "") D("e", "1", ""))), "a-1.jar b-1.jar e-1.jar c-2.jar d-1.jar");
	EXPECT_STR(of(&b, NEEDS(D("b", "1", "") D("e", "1", ""))), "b-1.jar c-1.jar e-1.jar");
	tree_remove(&b.tree);
}

TEST(what_is_excluded_is_left_out_below_the_dependency_that_says_so)
{
	struct bench b;

	make_bench(&b);
	put(&b, "a:1", NEEDS(D("b", "1", "")));
	put(&b, "b:1", NEEDS(D("c", "1", "") D("d", "1", "")));
	put(&b, "c:1", "");
	put(&b, "d:1", "");
	EXPECT_STR(of(&b, NEEDS(D("a", "1", "<exclusions><exclusion><groupId>g</groupId><artifactId>c</artifactId>"
				   "</exclusion></exclusions>"))), "a-1.jar b-1.jar d-1.jar");
	EXPECT_STR(of(&b, NEEDS(D("a", "1", "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId>"
				   "</exclusion></exclusions>"))), "a-1.jar");
	EXPECT_STR(of(&b, MANAGES(D("b", "1", "<exclusions><exclusion><groupId>g</groupId><artifactId>d</artifactId>"
				     "</exclusion></exclusions>")) NEEDS(D("a", "1", ""))), "a-1.jar b-1.jar c-1.jar");
	tree_remove(&b.tree);
}

TEST(versions_come_from_management_parents_properties_and_imported_poms)
{
	struct bench b;

	make_bench(&b);
	put(&b, "a:1", NEEDS(D("b", "1", "")));
	put(&b, "b:1", "");
	put(&b, "b:2", "");
	put(&b, "top:7", "<properties><b.version>1</b.version></properties>"
	    MANAGES(PLAIN("b", "<version>${b.version}</version>")));
	put(&b, "bom:3", MANAGES(PLAIN("b", "<version>2</version>")));
	EXPECT_STR(of(&b, MANAGES(PLAIN("b", "<version>2</version>")) NEEDS(D("a", "1", ""))), "a-1.jar b-2.jar");
	EXPECT_STR(of(&b, "<parent><groupId>g</groupId><artifactId>top</artifactId><version>7</version></parent>"
		      NEEDS(PLAIN("b", ""))), "b-1.jar");
	EXPECT_STR(of(&b, "<parent><groupId>g</groupId><artifactId>top</artifactId><version>7</version></parent>"
		      "<properties><b.version>2</b.version></properties>" NEEDS(PLAIN("b", ""))), "b-2.jar");
	EXPECT_STR(of(&b, MANAGES(D("bom", "3", "<type>pom</type>" SCOPE("import"))) NEEDS(PLAIN("b", SCOPE("test")))), "b-2.jar");
	EXPECT_STR(of(&b, MANAGES(D("bom", "3", "<type>pom</type>" SCOPE("import")) PLAIN("b", "<version>1</version>"))
		      NEEDS(PLAIN("b", ""))), "b-1.jar");
	tree_remove(&b.tree);
}

TEST(what_the_repository_lacks_is_named_and_the_rest_stays)
{
	struct bench b;

	make_bench(&b);
	put(&b, "a:1", NULL);
	EXPECT_STR(of(&b, NEEDS(D("a", "1", "") D("x", "1.5", "") PLAIN("y", "") D("../../etc", "1", "")
			   D("z", "${nobody.says}", "<classifier>k</classifier>"))),
		   "a-1.jar | g:x:1.5 g:y:? g:../../etc:1 g:z:${nobody.says}:k");
	EXPECT_STR(of(&b, NEEDS(D("a", "1", "<classifier>${os.detected.classifier}</classifier>"))),
		   " | g:a:1:${os.detected.classifier}");
	EXPECT_STR(of(&b, "<parent><groupId>g</groupId><artifactId>gone</artifactId><version>1</version></parent>"
		      NEEDS(D("a", "1", ""))), "a-1.jar");
	EXPECT(b.found.is_unsure);
	tree_remove(&b.tree);
}

TEST(types_ranges_and_relocations_lead_to_the_right_file)
{
	struct bench b;

	make_bench(&b);
	put(&b, "a:1", "");
	put(&b, "a:1.5", "");
	put(&b, "a:2", "");
	put(&b, "old:1", "<distributionManagement><relocation><artifactId>a</artifactId><version>2</version>"
	    "</relocation></distributionManagement>");
	put(&b, "only:1", NEEDS(D("a", "1", "")));
	tree_text(&b.tree, "m2/g/a/1/a-1-tests.jar", "");
	EXPECT_STR(of(&b, NEEDS(D("a", "1", "<type>test-jar</type>") D("a", "1", ""))), "a-1-tests.jar a-1.jar");
	EXPECT_STR(of(&b, NEEDS(D("a", "[1,2)", ""))), "a-1.5.jar");
	EXPECT(b.found.is_unsure);
	EXPECT_STR(of(&b, NEEDS(D("a", "[1.2,)", ""))), "a-2.jar");
	EXPECT_STR(of(&b, NEEDS(D("a", "[", "") D("a", "(,", "<type>test-jar</type>"))), " | g:a:[ g:a:(,:tests");
	EXPECT_STR(of(&b, NEEDS(D("old", "1", ""))), "a-2.jar");
	EXPECT_STR(of(&b, NEEDS(D("only", "1", "<type>pom</type>"))), "a-1.jar");
	tree_remove(&b.tree);
}

#define MODULE(name, more) "<project><parent><groupId>g</groupId><artifactId>all</artifactId><version>1</version></parent>" \
	"<artifactId>" name "</artifactId>" more "</project>"

TEST(modules_of_one_build_are_taken_from_where_they_compile_to)
{
	struct bench b;

	make_bench(&b);
	put(&b, "a:1", "");
	put(&b, "core:1", "");
	put(&b, "core:0", "");
	tree_text(&b.tree, "p/.git/HEAD", "");
	tree_text(&b.tree, "p/pom.xml", "<project><groupId>g</groupId><artifactId>all</artifactId><version>1</version>"
		  "<modules><module>core</module><module>web</module></modules></project>");
	tree_text(&b.tree, "p/core/pom.xml", MODULE("core", NEEDS(D("a", "1", ""))));
	tree_text(&b.tree, "p/web/pom.xml", MODULE("web", NEEDS(D("core", "${project.version}", "")
						  D("core", "1", "<type>test-jar</type>" SCOPE("test")))));
	EXPECT_STR(resolved(&b, "p/web"), "core-1.jar a-1.jar | g:core:1:tests");
	tree_folder(&b.tree, "p/core/target/classes");
	tree_folder(&b.tree, "p/core/target/test-classes");
	EXPECT_STR(resolved(&b, "p/web"), "p/core/target/classes a-1.jar p/core/target/test-classes");
	EXPECT_STR(resolved(&b, "p"), "a-1.jar p/core/target/classes p/core/target/test-classes");
	tree_text(&b.tree, "p/web/pom.xml", MODULE("web", NEEDS(D("core", "0", ""))));
	EXPECT_STR(resolved(&b, "p/web"), "core-0.jar");
	tree_remove(&b.tree);
}
