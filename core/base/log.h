/* log.h: lines for the operator on stderr. Text of plugins and of files is escaped before it
 * reaches a terminal. Floor: base. Any thread. */
#ifndef POLDER_BASE_LOG_H
#define POLDER_BASE_LOG_H

typedef enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG } log_level;

void log_set_level(log_level most); /* what is louder than this is shown; LOG_INFO at the start */
/* Tests: lines go to `sink` instead of stderr; NULL puts stderr back. The line is borrowed, without
 * newline. */
void log_set_sink(void (*sink)(void *ctx, log_level level, const char *line), void *ctx);

/* One line, "polder: warning: …", control characters and broken UTF-8 escaped, at most 4 KB. */
void log_line(log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
