/* run.h: writing a report: its plugin's worker is asked, what it writes is checked, and the run is
 * kept with all that is needed to write it again. Floor: report. Loop thread only. */
#ifndef POLDER_REPORT_RUN_H
#define POLDER_REPORT_RUN_H

#include "host/host.h"

/* Plain data. */
typedef struct report_request {
    const char *name;  /* "council" or "partnership/council" */
    const value *args; /* map; read by command_args_read */
    const char *lang;  /* "nl", "en"; NULL: the report's own, else "nl" */
    const char *today; /* ISO day; NULL: today in UTC */
    int64_t as_of;     /* log position that it looks from; 0: as it is now */
    bool keep;         /* as a run */
    err *unkept;       /* why the store could not take it; NULL: that ends the report */
} report_request;

/* *out: the document (document.h), with lang and about, and the run's id in `run` when kept; owned
 * by the caller. */
bool report_run(host *h, const report_request *r, value *out, err *e);
/* The document of a run that was kept. ERR_NOT_FOUND, also when it is a run of something else. */
bool report_of_run(host *h, const char *id, value *out, err *e);

#endif
