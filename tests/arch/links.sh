#!/bin/sh
# Every relative link in a README leads to a file or folder that is there. Usage: links.sh ROOT
set -eu
cd -- "${1:?usage: links.sh ROOT}"
find . \( -name 'build*' -o -name .git \) -prune -o -name '*.md' -type f -exec awk '
    {
        line = $0
        while (match(line, /\]\([^)#: ]+/)) {
            print FILENAME "\t" FNR "\t" substr(line, RSTART + 2, RLENGTH - 2)
            line = substr(line, RSTART + RLENGTH)
        }
    }' {} + >"${links:=$(mktemp)}"
bad=0
while IFS="$(printf '\t')" read -r file line target; do
    if [ ! -e "$(dirname -- "$file")/$target" ]; then
        echo "$file:$line: no $target"
        bad=1
    fi
done <"$links"
[ -s "$links" ] || { echo "found no link at all"; bad=1; }
rm -f -- "$links"
[ "$bad" = 0 ] || exit 1
echo "every link leads somewhere"
