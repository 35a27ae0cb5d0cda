# SPDX-License-Identifier: GPL-2.0-or-later
# What the tests of faults share; read after tests/cli/lib.sh.

# faults NAME: the library of faults NAME is in $faults; without it, as where
# libraries are not shared, or a sanitizer wants to be the first, the test ends.
faults()
{
    faults=$builddir/tests/fault/.libs/$1.so
    [ -f "$faults" ] || {
        echo "1..0 # SKIP no library $1 to interpose"
        exit 0
    }
}

# with_faults COMMAND...: runs it with the fault that the variables tell of, and
# with signals that do what they do, though all this may run in the background.
with_faults()
{
    env --default-signal=INT,TERM FAULT_FOLDER="$work/index" \
        FAULT_COUNT="$work/count" FAULT_AT="$FAULT_AT" \
        FAULT_WHAT="$FAULT_WHAT" LD_PRELOAD="$faults" "$@"
}

# named SUFFIX: what the manifest of index names; SUFFIX is put to segments.
named()
{
    sed -n "s|^# file \([a-z]*-[0-9]*\) .*|index/\1|p
        s|^auto \(.*\)|index/\1$1|p" index/XAPIANDB
}

# What is in the folder of index and should not be.
leftovers()
{
    names='index/lock'
    [ ! -e index/XAPIANDB ] || names=$(echo $names index/XAPIANDB $(named ''))
    for file in index/* index/*/*.new; do
        case " $names index/* index/*/*.new " in
        *" $file "*) ;;
        *) echo "$file" ;;
        esac
    done
}
