/* terms_stop.h: the commonest function words of Dutch and English, folded, in bytewise order.
 * Left out: words that carry meaning in the other language ("door", "want", "men", "over");
 * being common, they weigh little in their own. Floor: base, for terms.c only. */
#ifndef POLDER_BASE_TERMS_STOP_H
#define POLDER_BASE_TERMS_STOP_H

static const char *const TERMS_STOP[] = {
    "a",      "aan",   "all",    "als",   "also",   "an",    "and",   "any",  "are",  "as",
    "at",     "be",    "been",   "being", "bij",    "but",   "by",    "can",  "daar", "dan",
    "dat",    "de",    "deze",   "die",   "dit",    "do",    "does",  "dus",  "each", "een",
    "en",     "er",    "for",    "from",  "geen",   "haar",  "had",   "has",  "have", "he",
    "hebben", "heeft", "her",    "het",   "hier",   "hij",   "his",   "hoe",  "how",  "hun",
    "if",     "ik",    "in",     "into",  "is",     "it",    "its",   "je",   "kan",  "kunnen",
    "maar",   "may",   "met",    "moet",  "more",   "most",  "naar",  "niet", "nog",  "not",
    "of",     "om",    "omdat",  "on",    "onder",  "ons",   "onze",  "ook",  "op",   "or",
    "other",  "our",   "shall",  "she",   "should", "so",    "some",  "such", "te",   "than",
    "that",   "the",   "their",  "them",  "then",   "there", "these", "they", "this", "those",
    "to",     "tot",   "tussen", "uit",   "van",    "voor",  "waar",  "was",  "wat",  "we",
    "wel",    "werd",  "were",   "what",  "when",   "where", "which", "who",  "wie",  "wij",
    "will",   "with",  "worden", "wordt", "would",  "you",   "your",  "zal",  "ze",   "zij",
    "zijn",   "zo",    "zou",
};

#endif
