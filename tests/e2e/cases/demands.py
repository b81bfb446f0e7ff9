"""Projects whose tests ask something of their surroundings: options for the JVM, servers, files."""
import socket

from support import case, compare, expect

POM = """<project>
  <artifactId>demanding</artifactId>
  <version>1.0</version>
  <properties><argLine>-XX:+UseConcMarkSweepGC -XX:OfAnOlderJvm=1 --add-opens java.base/java.util=ALL-UNNAMED -Ddemands.a='b c'</argLine></properties>
  <build><plugins><plugin>
    <artifactId>maven-surefire-plugin</artifactId>
    <configuration><systemPropertyVariables>
      <demands.mode>fast ${project.version}</demands.mode>
      <demands.port>%d</demands.port>
    </systemPropertyVariables>
    <systemPropertiesFile>more.properties</systemPropertiesFile>
    <environmentVariables>
      <DEMANDS_HOST>host of ${project.artifactId}</DEMANDS_HOST>
      <JAVA_HOME>/nowhere</JAVA_HOME>
    </environmentVariables>
    <excludedEnvironmentVariables><name>DEMANDS_NOT</name></excludedEnvironmentVariables>
    </configuration>
  </plugin></plugins></build>
</project>
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def demanding(bench):
    project = bench.project("demanding")
    with open(project.path("pom.xml"), "w", encoding="utf-8") as file:
        file.write(POM % free_port())
    with open(project.path("more.properties"), "w", encoding="utf-8") as file:
        file.write("# told before\ndemands.mode=slow\n demands.more : yes indeed\n")
    return project


@case(quick=True)
def what_surefire_gives_the_tests_they_have_here_too(bench):
    demanding(bench).expect_verdicts("-j", "1", env={"DEMANDS_NOT": "1", "DEMANDS_HOST": "another"})


GRADLE = """test {
    systemProperty 'demands.mode', 'fast 1.0'
    systemProperty 'demands.port', %d
    systemProperties 'demands.a': 'b c', 'demands.more': 'yes indeed'
    jvmArgs '--add-opens', 'java.base/java.util=ALL-UNNAMED'
    environment 'DEMANDS_HOST', 'host of demanding'
    environment JAVA_HOME: '/nowhere'
}
"""


@case
def what_gradle_gives_the_tests_they_have_here_too(bench):
    project = bench.project("demanding", classes="build/classes/java/main", test_classes="build/classes/java/test")
    with open(project.path("build.gradle"), "w", encoding="utf-8") as file:
        file.write(GRADLE % free_port())
    with open(project.path("pom.xml"), "w", encoding="utf-8") as file:
        file.write("<project/>")  # a test looks for it
    project.expect_verdicts("-j", "1")


@case
def a_server_at_one_port_is_no_matter_of_luck(bench):
    demanding(bench).expect_verdicts("-j", "2")


@case
def an_option_that_is_missing_is_named(bench):
    project = demanding(bench)
    with open(project.path("pom.xml"), "w", encoding="utf-8") as file:
        file.write("<project/>")
    run = project.mutate("-j", "1").exits(0)
    is_kept_out = bench.java_feature >= 16  # before, the JDK only warned
    expect(("1 test fails on something that the JDK keeps out: "
            "try --jvm-arg=--add-opens=java.base/java.util=ALL-UNNAMED" in run.err) == is_kept_out, run.err)
    helped = project.mutate("-j", "1", "--operators", project.operators(),
                            "--jvm-arg=--add-opens=java.base/java.util=ALL-UNNAMED").exits(0)
    left = [name for name, test in helped.tests().items() if test["state"] == "failed"]
    expect(sorted(left) == ["demands.OptionsTest.environment", "demands.OptionsTest.property", "demands.ServerTest.atOnePort"], left)
