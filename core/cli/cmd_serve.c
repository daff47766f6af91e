/* cmd_serve.c: `polder serve`: the daemon. It stays in the foreground; who wants it in the
 * background has systemd or the shell for that. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/report.h"
#include "web/web.h"

static const char ADDRESS[] = "127.0.0.1:7340";

static void print_start(const cli *c, keeper *k, const web *w)
{
    if (c->json) {
        value document = value_map();
        value_add(&document, "home", value_text(keeper_home(k)));
        value_add(&document, "listening", w ? value_text(web_address(w)) : value_nil());
        value_add(&document, "pid", value_int(getpid()));
        out_json(&document);
        value_free(&document);
    } else {
        out_str("serving ");
        out_safe(keeper_home(k));
        out_fmt("%s%s\n", w ? " at " : "", w ? web_address(w) : "");
    }
    fflush(stdout);
}

/* Without HTTP there is still work to do, unless somebody asked for it. */
static bool start_web(cli *c, keeper *k, web **w, err *e)
{
    const char *asked = args_text(&c->args, "listen");
    err why = {0};
    if (asked && strcmp(asked, "none") == 0)
        return true;
    *w = web_start(k, asked ? asked : ADDRESS, args_flag(&c->args, "open"), &why);
    if (*w)
        return true;
    if (asked)
        return err_copy(e, &why);
    err_prefix(&why, "serving without HTTP: ");
    report_part(&why);
    return true;
}

static bool exec(cli *c, err *e)
{
    keeper *k = keeper_open(c->home, e);
    web *w = NULL;
    bool ok = k && start_web(c, k, &w, e);
    if (ok) {
        print_start(c, k, w);
        ok = out_ok(e) && keeper_run(k, e);
    }
    web_free(w);
    keeper_close(k);
    return ok;
}

static const option OPTIONS[] = {
    {.name = "listen",
     .type = OPTION_TEXT,
     .value_name = "ADDR",
     .help =
         "127.0.0.1:PORT (0: any free one), [::1]:PORT, unix:FILE or none; else 127.0.0.1:7340"},
    {.name = "open",
     .type = OPTION_FLAG,
     .help = "allow an address that other machines reach; nobody is asked who he is"},
    OPTION_JSON_ROW,
    {0},
};

const command cmd_serve = {
    .name = "serve",
    .usage = "",
    .summary = "the daemon: handlers at once, signed heads, JSON over HTTP",
    .help =
        "Stays until SIGTERM or Ctrl-C: runs plugins' handlers as soon as any command or program "
        "wrote, loads plugins again when they change, and signs where the log ends (audit = { "
        "sign_every = \"1h\" } in polder.lua). One a workspace; every other command works beside "
        "it.\n"
        "Over HTTP all can be read and nothing changed: /api/get/ID, /api/query/KIND, /api/search, "
        "/api/conflicts, /api/registry, /api/events, /api/events/live, /api/health. Whoever has an "
        "account on this machine can ask a port; a unix: socket is for you alone.",
    .example = "polder serve --listen unix:polder.sock\n"
               "curl --unix-socket polder.sock http://localhost/api/health",
    .options = OPTIONS,
    .exec = exec,
};
