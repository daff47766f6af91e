/* html_fold.h: how what is wide looks on a telephone and other small screens. Floor: report. */
#ifndef POLDER_REPORT_HTML_FOLD_H
#define POLDER_REPORT_HTML_FOLD_H

/* A row as a card: its name, then each column's title with what stands there, one under another. */
#define HTML_FOLD(t)                                                                               \
    t " thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}" t      \
      " :is(table,caption,tbody,tfoot,tr,tbody th,tfoot th,td){display:block}" t                   \
      " tr{padding:.5rem 0;border-bottom:1px solid var(--line)}" t                                 \
      " :is(tbody,tfoot tr){border-top:2px solid var(--ink)}" t                                    \
      " :is(tbody,tfoot) th{font-weight:650;padding:0 0 .2rem;border:0}" t                         \
      " :is(tbody,tfoot) td{padding:.1rem 0 .1rem 9.5rem;display:flow-root;border:0;"              \
      "text-align:left;white-space:normal}" t                                                      \
      " td::before{content:attr(data-label) \":\";float:left;width:9.5rem;margin-left:-9.5rem;"    \
      "box-sizing:border-box;padding-right:.7rem;color:var(--"                                     \
      "soft)}" t " td:empty{display:none}" t " td[colspan]{padding-left:0}" t                      \
      " td[colspan]::before{content:none}"

/* What scrolls shows a shadow at the side where there is more; the widest take the
 * width that a wide screen has beside the text. */
static const char HTML_FOLDS[] =
    "@media screen and (max-width:56rem){.scroll:not(.folds){background:"
    "linear-gradient(90deg,#fff 40%,transparent) 0/2.5rem 100% local,"
    "linear-gradient(270deg,#fff 40%,transparent) 100%/2.5rem 100% local,"
    "linear-gradient(90deg,#8b97a5,transparent) 0/.7rem 100%,"
    "linear-gradient(270deg,#8b97a5,transparent) 100%/.7rem 100%;background-repeat:no-repeat}}"
    "@media screen and (min-width:68.01rem){.wide{width:max-content;"
    "min-width:100%;max-width:min(100vw - 4rem,72rem);position:relative;left:50%;"
    "transform:translateX(-50%)}}"
    "@media screen and (max-width:36rem){" HTML_FOLD(
        ".folds") "}"
                  "@media screen and (max-width:56rem){" HTML_FOLD(
                      ".many") "}"
                               "@media screen and (max-width:68rem){" HTML_FOLD(".wide") "}";

#endif
