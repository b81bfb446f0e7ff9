#!/bin/sh
# The command line as a user meets it: results, exit status, streams.
#	VARY=build/vary tests/cli/run.sh [TEXT]
here=$(cd "$(dirname "$0")" && pwd)
vary=$(readlink -f "${VARY:-build/vary}")
schema=$here/../../docs/report.schema.json
only=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
unset NO_COLOR COLUMNS
LC_ALL=C.UTF-8 XDG_CACHE_HOME=$work
export LC_ALL XDG_CACHE_HOME
cp=/usr/share/java/junit4.jar:/usr/share/java/hamcrest.jar

for set in Cart CartTest SlowTest RedTest ElsewhereTest; do
	javac -g -nowarn -cp "$cp:$work/Cart" -d "$work/$set" "$here/$set.java" || exit 1
done
cd "$work" || exit 1

# run TESTS [OPTIONS]: mutates the cart; leaves out, err and status
run() {
	tests=$1; shift
	"$vary" mutate Cart --tests "$tests" -cp "$cp" "$@" >out 2>err
	status=$?
}

expect() {	# SENTENCE COMMAND...
	sentence=$1; shift
	case $sentence in *"$only"*) ;; *) return ;; esac
	if "$@" >check.log 2>&1; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "FAILED $sentence: $*"
	cat check.log
	echo "--- status $status, stdout:"; head -n 20 out
	echo "--- stderr:"; head -n 20 err
}

report() { python3 "$here/report.py" "$schema" "$@"; }
has() { grep -qF -- "$2" "$1"; }
lacks() { ! grep -q -- "$2" "$1"; }
one_line() { [ "$(wc -l < "$1")" = 1 ]; }
is() { [ "$1" = "$2" ]; }
escape=$(printf '\033')

"$vary" --version >out 2>err; status=$?
expect "the version is told" is $status 0
for command in "" mutate list parity dump doctor; do
	"$vary" help $command >out 2>err; status=$?
	expect "help is told" is $status 0
	expect "help goes to stdout" is "$(wc -c < err)" 0
done

"$vary" >out 2>err; status=$?
expect "without a command it is wrong usage" is $status 2
"$vary" muatte . >out 2>err; status=$?
expect "an unknown command is wrong usage" is $status 2
expect "the nearest command is named" has err "did you mean vary mutate?"
run CartTest --oprators x
expect "an unknown option is wrong usage" is $status 2
expect "the nearest option is named in one line" has err "vary: unknown option --oprators; did you mean --operators?"
expect "the error is one line" one_line err
"$vary" mutate no/such/dir >out 2>err; status=$?
expect "a target that is not there cannot be read" is $status 2
expect "a target that is not there is one line" one_line err

run CartTest
expect "survivors alone are no failure" is $status 0
expect "the score comes first" has out "Score: "
expect "survivors are grouped by method" has out "Cart#add"
expect "a failing test is named" has out "shop.CartTest.broken"
expect "no control characters get through" lacks out "$escape"
expect "progress goes to stderr, without redrawing" lacks err "$(printf '\r')"
expect "progress is told" has err "vary: trying mutants"
run CartTest --quiet
expect "quiet is quiet" is "$(wc -c < err)" 0
run CartTest --color always
expect "colour can be asked for" has out "$escape[31m"

run CartTest --output json -j 1
cp out one.json
expect "the JSON report is valid" report out "r['outcome']['complete']" "r['score']['score'] > 0" \
	"set(status.values()) >= {'killed', 'survived', 'no_coverage'}" \
	"any(t['state'] == 'failed' and 'red' in t['failure'] for t in r['tests'])"
run CartTest --output json -j 2
expect "two jobs give the verdicts of one" report out \
	"status == {m['id']: m['status'] for m in __import__('json').load(open('one.json'))['mutants']}"
id=$(python3 -c "import json; print(next(m['id'] for m in json.load(open('one.json'))['mutants'] if m['status'] == 'killed'))")
run CartTest --mutants "$id"
expect "one mutant can be chosen" has out "$id"
expect "its killer is named" has out "by shop.CartTest.total"
run CartTest --mutants nonsense
expect "a mutant that does not exist is wrong usage" is $status 2

run CartTest --reference --output json
expect "the reference gives the verdicts of the fast way" report out "r['reference']" \
	"status == {m['id']: m['status'] for m in __import__('json').load(open('one.json'))['mutants']}"
run CartTest --sample 5 --seed 3 --output json
cp out sample.json
expect "a sample is told" report out "r['sample']['size'] == 5 < r['sample']['of']" "r['sample']['seed'] == 3"
run CartTest --sample 5 --seed 3 --output json
expect "the same seed chooses the same sample" report out \
	"list(status) == [m['id'] for m in __import__('json').load(open('sample.json'))['mutants']]"
run CartTest --sample 5
expect "a report for people tells of the sample" has out "Sample: 5 of "

run CartTest --matrix --output json
expect "a matrix has the same verdicts" report out \
	"status == {m['id']: m['status'] for m in __import__('json').load(open('one.json'))['mutants']}"
expect "and every test that kills" report out \
	"all(bool(m['killing_tests']) == (m['status'] == 'killed') for m in r['mutants'])" \
	"all(m['killing_test_number'] in m['killing_tests'] for m in r['mutants'] if m['status'] == 'killed')"
run CartTest --matrix
expect "tests that kill nothing are counted" has out " no mutant"

run CartTest --min-score 99
expect "a missed score ends with 1" is $status 1
expect "the gate is named, and by how much it was missed" has err " points below 99%"
expect "the report is there all the same" has out "Score: "
run CartTest --min-score 1 --max-survivors 1000
expect "gates that hold say nothing" is $status 0
run CartTest --sample 30 --max-survivors 0
expect "a gate tells of a sample" has err " in the sample, "
run CartTest --max-survivors 0 --output json
expect "programs are told of a gate" report out "r['outcome']['exit_status'] == 1"
expect "more survivors than allowed are told" has err "vary: gate max_survivors: "
run CartTest --mutants "$id" --min-score 100
expect "chosen mutants are under no gate" has err "gates are not checked"

printf '[mutation]\nmax_survivors = 0\noutput = "json"\nquiet = true\ntests = "../CartTest"\n' > Cart/vary.toml
"$vary" mutate Cart -cp "$cp" >out 2>err; status=$?
expect "vary.toml sets options" report out "r['outcome']['exit_status'] == 1"
cp Cart/vary.toml "$work/other.toml"
run CartTest --output text --max-survivors 1000 --verbose --quiet=false
expect "the command line wins over vary.toml" has out "Score: "
expect "and over its gates" is $status 0
expect "verbose says which file was read" has err "options from $work/Cart/vary.toml"
run CartTest --no-config
expect "vary.toml can be left unread" is $status 0
"$vary" doctor Cart/shop --tests CartTest -cp "$cp" >out 2>err
expect "the doctor says which file was read" has out "Cart/vary.toml"
printf '[mutation]\noprators = "x"\n' > Cart/vary.toml
run CartTest
expect "an unknown key is wrong configuration" is $status 2
expect "an unknown key is told with its place and the nearest one" \
	has err "Cart/vary.toml:2:1: unknown key oprators; did you mean operators?"
expect "an unknown key is one line" one_line err
run CartTest --config other.toml
expect "another file can be named" is $status 1
run CartTest --config none.toml
expect "a file that is not there is wrong configuration" is $status 2
mv Cart/vary.toml .
run CartTest
expect "vary.toml is looked for above" is $status 2
mkdir Cart/.git
run CartTest
expect "but not above a repository" is $status 0
rmdir Cart/.git
chmod 1777 .
run CartTest
expect "nor where everybody may leave files" is $status 0
chmod 700 .
mkdir Cart/vary.toml
run CartTest --no-config
expect "without it nothing is read" is $status 0
run CartTest --config Cart/vary.toml
expect "a directory is no file of options" is $status 2
rmdir Cart/vary.toml
rm vary.toml

parity() { "$vary" parity Cart --tests CartTest -cp "$cp" "$@" >out 2>err; status=$?; }
parity
expect "no difference: status 0" is $status 0
expect "how many were compared is told" has out " mutants compared: 0 differences; CPU: fast "
parity --sample 4 --output json
expect "parity for programs is valid" report out "r['compared'] == r['sample']['size'] == 4" \
	"r['differences'] == []" "r['outcome']['exit_status'] == 0" "r['ways_cpu_s']['reference'] > 0"
parity --sample 4
expect "a sample is never silent" has out "4 mutants compared (a sample of 4 of "
parity --mutants nonsense
expect "parity of a mutant that does not exist is wrong usage" is $status 2

run RedTest --output json
expect "only failing tests: status 4" is $status 4
expect "a report tells of failing tests" report out "r['outcome']['exit_status'] == 4" "r['score']['score'] is None" \
	"r['tests'][0]['state'] == 'failed'"
run ElsewhereTest --output json
expect "no test reaches the code: status 3" is $status 3
expect "nothing measured has no score" report out "r['score']['score'] is None"
mkdir none
run none
expect "no tests: status 3" is $status 3
run CartTest --exclude 'shop.*'
expect "nothing to mutate: status 3" is $status 3

"$vary" list Cart >out 2>err; status=$?
expect "a list has ids" has out "total:ARITH_ADD_TO_SUB:"
"$vary" list Cart --output json --emit mutants >out 2>err; status=$?
expect "a JSON list is valid" report out "r['count'] == len(r['mutants']) > 5"
expect "each mutant is written" is "$(find mutants -path '*/shop/Cart.class' | wc -l)" \
	"$(python3 -c "import json; print(json.load(open('out'))['count'])")"
expect "no two mutants are equal" is "$(find mutants Cart -name Cart.class -exec md5sum {} + | cut -c1-32 | sort | uniq -d)" ""
"$vary" list Cart --operators pit --output json >out 2>err; status=$?
expect "a list of the group pit has PIT's names" report out "r['mutants'] and all(m['pit_mutator'] for m in r['mutants'])"
"$vary" list Cart --operators poison,pit --output json >out 2>err; status=$?
expect "a list of another group beside it tells them apart" \
	report out "{m['family'] for m in r['mutants'] if not m['pit_mutator']} == {'poison'}"
"$vary" list Cart --emit mutants >out 2>err; status=$?
expect "a directory with something in it is not written to" is $status 2
"$vary" list Cart --emit /dev/null/x >out 2>err; status=$?
expect "a directory that cannot be made is one line" one_line err

"$vary" dump Cart/shop/Cart.class >out 2>err; status=$?
expect "a class is dumped" has out "ifge"
expect "with its mutants" has out "add:COND_BOUNDARY:"
head -c 200 Cart/shop/Cart.class > cut.class
"$vary" dump cut.class >out 2>err; status=$?
expect "a class that is cut off cannot be read" is $status 2
expect "a class that is cut off is one line" one_line err
"$vary" doctor Cart --tests CartTest -cp "$cp" >out 2>err; status=$?
expect "the doctor finds what is there" has out "JUnit 4"

run CartTest >/dev/null
"$vary" list Cart >/dev/full 2>err; status=$?
expect "a full disk is an error" is $status 5
expect "a full disk is one line" one_line err
"$vary" list Cart >&- 2>err; status=$?
expect "a closed stdout is an error" is $status 5
{ sleep 0.3; "$vary" help mutate 2>err; echo $? >piped; } | true
expect "a reader that has gone is an error" is "$(cat piped)" 5
many=$(echo "$cp" | cut -d: -f1)
"$vary" list "$many" --output json >out 2>err; status=$?
expect "a large result is written in pieces that fit together" report out "r['count'] == len(r['mutants']) > 500" "r['skipped'] == []"
"$vary" list "$many" --output json >/dev/full 2>err; status=$?
expect "a full disk amid a large result is an error" is $status 5
expect "a full disk amid a large result is one line" one_line err
{ "$vary" list "$many" --output json 2>err; echo $? >piped; } | head -c 1000 >/dev/null
expect "a reader that goes amid a large result is an error" is "$(cat piped)" 5
expect "a reader that goes amid a large result is one line" one_line err

"$vary" mutate Cart --tests SlowTest -cp "$cp" --output json >out 2>err & pid=$!
n=0
while ! grep -q "trying mutants" err && [ $n -lt 100 ]; do sleep 0.1; n=$((n + 1)); done
sleep 0.7
kill -TERM $pid
wait $pid; status=$?
expect "an interrupted run ends with 130" is $status 130
expect "an interrupted run reports what is known" report out "r['outcome']['interrupted']" "r['score']['pending'] > 0"

if command -v script >/dev/null 2>&1; then
	script -qec "'$vary' mutate Cart --tests CartTest -cp '$cp'" /dev/null >out 2>err </dev/null; status=$?
	expect "a terminal gets colour" has out "$escape[1m"
	expect "a terminal gets a line that is redrawn" has out "$(printf '\r')trying mutants"
	NO_COLOR=1 script -qec "'$vary' list Cart" /dev/null >out 2>err </dev/null; status=$?
	expect "NO_COLOR is honoured" lacks out "$escape\[1m"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
