#include "cli/known_answers.h"

#include "base/text.h"
#include "cli/report.h"

enum { TOLD_UNKNOWN = 10 };

void known_answers_tell(const value *unknown)
{
    size_t count = value_len(unknown);
    for (size_t i = 0; i < count && i < TOLD_UNKNOWN; i++) {
        err one = {0};
        const value *row = value_at(unknown, i);
        err_set(&one, ERR_NOT_FOUND, "there is no record %s: the line is left out",
                value_get_str(row, "id", ""));
        err_where(&one, "%s", value_get_str(row, "where", ""));
        report_part(&one);
    }
    if (count > TOLD_UNKNOWN) {
        err rest = {0};
        err_set(&rest, ERR_NOT_FOUND, "and %zu more %s of unknown records", count - TOLD_UNKNOWN,
                text_plural((int64_t)(count - TOLD_UNKNOWN), "line", "lines"));
        report_part(&rest);
    }
}
