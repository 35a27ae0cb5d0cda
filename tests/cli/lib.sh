# SPDX-License-Identifier: GPL-2.0-or-later
# TAP for the shell tests, which read this file with `.`. Each runs the program
# $pilcrow in a temporary folder of its own, $work, and ends with `finish`.
set -u

srcdir=$(cd "${srcdir-.}" && pwd)
builddir=$(pwd)
pilcrow=${PILCROW-$builddir/pilcrow}
corpus=$srcdir/corpus
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
unset PILCROW_DATABASE XDG_DATA_HOME NO_COLOR COLUMNS
export HOME="$work"
cd "$work" || exit 1
count=0

# ok NAME COMMAND...: a test, passed if COMMAND succeeds.
ok()
{
    name=$1
    shift
    count=$((count + 1))
    if "$@"; then
        echo "ok $count - $name"
    else
        echo "not ok $count - $name"
        sed 's/^/# out: /' "$work/out" 2>/dev/null | head -n 20
        sed 's/^/# err: /' "$work/err" 2>/dev/null | head -n 20
    fi
}

skip()
{
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}

# run ARGUMENT...: the program; its results are in $work/out, its talk in
# $work/err, and its exit status in $status.
run()
{
    "$pilcrow" "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
}

# gives STATUS NAME ARGUMENT...: runs the program; a test of its exit status.
gives()
{
    wanted=$1
    what=$2
    shift 2
    run "$@"
    ok "$what (exit status $wanted, got $status)" test "$status" = "$wanted"
}

# says WHERE PATTERN: out or err of the last run has a line that matches.
says()
{
    ok "$1 says '$2'" grep -q -e "$2" "$work/$1"
}

finish()
{
    echo "1..$count"
}
