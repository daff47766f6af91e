#!/bin/sh
# Checks that pages can be read by everybody: html_check.sh FILE… Language and title, one h1 and headings that go down by one, a
# skip link, a name for every table, column, picture and region that scrolls, unique ids, enough contrast; and that nothing is
# fetched or run. Says what is wrong, one line each.
set -u
bad=0

wrong() {
  printf '%s: %s\n' "$page" "$1"
  bad=1
}

# xpath EXPRESSION: a number, text or boolean of the page.
xpath() { xmllint --html --noblanks --xpath "$1" "$page" 2>/dev/null; }

# none "what is wrong" NODES: there must be no such nodes.
none() { [ "$(xpath "count($2)")" = 0 ] || wrong "$1: $(xpath "count($2)")"; }
# some "what is missing" CONDITION
some() { [ "$(xpath "boolean($2)")" = true ] || wrong "$1"; }

headings() {
  grep -o '<h[1-6]' "$page" | tr -d '<h' | awk -v page="$page" '
    NR == 1 && $1 != 1 { print page ": the first heading is no h1"; bad = 1 }
    NR > 1 && $1 > last + 1 { print page ": an h" $1 " follows an h" last; bad = 1 }
    NR > 1 && $1 == 1 { print page ": more than one h1"; bad = 1 }
    { last = $1 }
    END { exit bad }' || bad=1
}

# Every colour of text and of figures against what it stands on: 4.5:1 (WCAG 2.2, 1.4.3).
contrast() {
  {
    grep -oE -- '--(ink|soft|accent):#[0-9a-f]{6}' "$page" | grep -o '#.*' | sed 's/$/ #ffffff/; p; s/#ffffff/#f2f5f8/'
    grep -oE '(fill|stroke)="#[0-9a-f]{6}"' "$page" | grep -v 'land' | grep -oE '#[0-9a-f]{6}' | sort -u |
      grep -vE '^#[8-9a-e]' | sed 's/$/ #ffffff/'
    echo '#1b2430 #fbf6e6'
    echo '#1b2430 #8cb1e0'
  } | awk -v page="$page" '
    function part(hex, v) {
      v = (index("0123456789abcdef", substr(hex, 1, 1)) - 1) * 16 + index("0123456789abcdef", substr(hex, 2, 1)) - 1
      v = v / 255
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ^ 2.4
    }
    function light(colour) {
      return 0.2126 * part(substr(colour, 2, 2)) + 0.7152 * part(substr(colour, 4, 2)) + 0.0722 * part(substr(colour, 6, 2))
    }
    {
      a = light($1); b = light($2)
      ratio = a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05)
      if (ratio < 4.5) { printf "%s: %s on %s is %.2f:1, less than 4.5:1\n", page, $1, $2, ratio; bad = 1 }
    }
    END { exit bad }' || bad=1
}

for page in "$@"; do
  some "no language" '/html[@lang = "nl" or @lang = "en"]'
  some "no title" 'normalize-space(/html/head/title)'
  some "no viewport, so a telephone shows it tiny" '//meta[@name = "viewport"]'
  some "no main" '//main[@id]'
  some "the first link does not skip to main" 'concat("#", //main/@id) = (//a)[1]/@href'
  headings
  none "tables without a caption" '//table[not(normalize-space(caption))]'
  none "header cells without a scope" '//th[not(@scope = "col" or @scope = "row")]'
  none "column headers without a text" '//thead//th[not(normalize-space())]'
  none "rows that have no header cell" '//tbody/tr[not(th) and not(td/@colspan)]'
  none "pictures without a name" '//svg[not(@role = "img" and normalize-space(@aria-label))]'
  none "figures without a caption" '//figure[not(normalize-space(figcaption))]'
  none "figures without a table" '//figure[not(.//table)]'
  none "regions without a name" '//*[@role = "region" and not(@aria-label or @aria-labelledby = //@id)]'
  none "regions of the same name" \
    '//*[@role = "region" and (@aria-label = //caption or @aria-label = preceding::*/@aria-label)]'
  none "regions that scroll and can't be reached by keyboard" '//*[@role = "region" and not(@tabindex = "0")]'
  none "ids that stand twice" '//*[@id = preceding::*/@id]'
  none "links within the page to nowhere" '//a[starts-with(@href, "#") and not(substring(@href, 2) = //@id)]'
  none "links without a text" '//a[not(normalize-space())]'
  none "scripts" '//script'
  none "handlers" '//@*[starts-with(name(), "on")]'
  none "things fetched" '//@src | //link | //iframe | //object | //embed | //img'
  none "links to other than the web or mail" \
    '//a[not(starts-with(@href, "#") or starts-with(@href, "http") or starts-with(@href, "mailto:"))]'
  contrast
done
exit $bad
