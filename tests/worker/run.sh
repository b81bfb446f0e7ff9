#!/bin/sh
# The worker with each JDK found, and with --bench what a run costs:
#
#   tests/worker/run.sh [--bench] [ONLY]
#
# BUILD=build-address-undefined runs that build's worker.
cd "$(dirname "$0")/../.." || exit 2
build=${BUILD:-build}
make -s "$build/worker" $(case $build in build-*) echo "SANITIZE=$(echo "${build#build-}" | tr - ,)" ;; esac) || exit 2

classpath=$build/harness
for name in junit-jupiter-api junit-jupiter-engine junit-jupiter-params junit-platform-commons \
	junit-platform-engine opentest4j apiguardian-api; do
	classpath=$classpath:/usr/share/java/$name.jar
done
bench=
if [ "$1" = --bench ]; then
	bench=$1
	shift
fi
status=0
for jdk in $(tools/jdks); do
	echo "$jdk"
	"$build/worker" $bench "$jdk" "$classpath" tests/worker "$@" 2>/dev/null || status=1
done
exit $status
