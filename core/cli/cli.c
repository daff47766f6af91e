#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/help.h"
#include "cli/lang.h"
#include "cli/out.h"
#include "cli/plugin_command.h"
#include "cli/progress.h"
#include "cli/react.h"
#include "cli/report.h"
#include "engine/asked.h"
#include "store/settle.h"

workspace *cli_workspace(cli *c, err *e)
{
    if (!c->ws)
        c->ws = workspace_open(c->home, e);
    return c->ws;
}

store *cli_store(cli *c, err *e)
{
    workspace *ws = cli_workspace(c, e);
    return ws ? workspace_store(ws, e) : NULL;
}

const char *cli_why(const cli *c, err *e)
{
    const char *why = args_text(&c->args, "why");
    if (settle_check_why(why, e))
        return why;
    if (e->code == ERR_USAGE)
        err_hint(e, "say why: --why TEXT");
    return NULL;
}

store *cli_writer(cli *c, err *e)
{
    char actor[160];
    store *st = cli_store(c, e);
    const struct passwd *user = st ? getpwuid(getuid()) : NULL;
    if (!st)
        return NULL;
    if (user)
        snprintf(actor, sizeof actor, "cli:%s", user->pw_name);
    else
        snprintf(actor, sizeof actor, "cli:uid-%lu", (unsigned long)getuid());
    store_actor(st, actor);
    return react_before(c, e) ? st : NULL;
}

host *cli_host(cli *c, err *e)
{
    workspace *ws = cli_workspace(c, e);
    if (ws && !c->host)
        c->host = host_open(ws, false, e);
    if (c->host) {
        host_offer(c->host, &asked_answers);
        host_speak(c->host, lang_code());
    }
    return c->host;
}

host *cli_loaded(cli *c, err *e)
{
    host *h = cli_host(c, e);
    return h && host_load(h, e) ? h : NULL;
}

void cli_close(cli *c)
{
    host_close(c->host);
    workspace_close(c->ws);
    c->host = NULL;
    c->ws = NULL;
    c->reacts = false;
}

/* A descriptor 0, 1 or 2 that is closed would go to the next file that is opened: the store. What
 * stands in for it fails when it is used the way it is meant. */
static void fill_standard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", fd == 1 ? O_RDONLY : O_WRONLY);
}

/* Whether errors are JSON must be known also when the options can't be read. */
static bool asks_json(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--json") == 0)
            return true;
    return false;
}

/* Whose commands a plugin's are is known in the workspace, which an option behind them may name. */
static const char *home_among(char *const *argv, size_t argc)
{
    for (size_t i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--home=", 7) == 0)
            return argv[i] + 7;
        if (strcmp(argv[i], "--home") == 0 && i + 1 < argc)
            return argv[i + 1];
    }
    return NULL;
}

static bool run(cli *c, char *const *argv, size_t argc, err *e)
{
    const char *home = home_among(argv, argc);
    if (home)
        c->home = home;
    const command *cmd = plugin_command_find(c, argv[0], e);
    if (!cmd || !args_read(&c->args, cmd, argv + 1, argc - 1, e))
        return false;
    if (args_flag(&c->args, "help")) {
        if (!cmd->help) {
            lang_choose(args_text(&c->args, "lang"));
            return plugin_command_help(c, cmd->name, args_word(&c->args, 0), e);
        }
        help_of(cmd);
        return true;
    }
    return cmd->exec(c, e);
}

static bool start(cli *c, char *const *argv, size_t argc, err *e)
{
    args global = {0};
    size_t used = 0;
    bool ok = false;
    char *const version[] = {"version"};
    if (argc && strcmp(argv[0], "--version") == 0)
        return run(c, version, 1, e);
    if (!args_read_global(&global, argv, argc, &used, e))
        goto done;
    c->home = args_text(&global, "home");
    if (used < argc) {
        ok = run(c, argv + used, argc - used, e);
    } else if (args_flag(&global, "help")) {
        help_overview(c);
        ok = true;
    } else {
        help_short();
        e->code = ERR_USAGE; /* the short help is the message */
    }
done:
    args_free(&global);
    return ok;
}

int cli_main(int argc, char **argv)
{
    cli c = {.json = asks_json(argc, argv)};
    if (c.json)
        log_set_level(LOG_WARN); /* who reads JSON wants no remarks beside it */
    err e = {0}, written = {0};
    fill_standard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like a full disk */
    bool ok = start(&c, argv + 1, argc > 0 ? (size_t)argc - 1 : 0, &e);
    progress_clear();
    react_after(&c);
    bool whole = out_finish(&written);
    if (!ok && *e.message)
        report_error(&e, c.json);
    if (ok && !whole) {
        e = written;
        report_error(&e, c.json);
    }
    cli_close(&c);
    args_free(&c.args);
    return ok && whole ? 0 : err_exit(e.code);
}
