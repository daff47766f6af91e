/* When a worker's frames leave it. A socket that keeps writes apart shows each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/pack.h"
#include "worker/channel.h"

enum { HOST, WORKER };

static value named(const char *name)
{
    value frame = value_map();
    value_add(&frame, "op", value_text(name));
    return frame;
}

static void host_sends(int fd, const char *name)
{
    buf bytes = {0};
    value frame = named(name);
    assert_true(pack_write(&bytes, &frame, &PACK_TO_WORKER, NULL));
    assert_int_equal(write(fd, bytes.data, bytes.len), bytes.len);
    value_free(&frame);
    buf_free(&bytes);
}

/* What came in one write, "" when there was none: the frames' names, one behind the other. */
static const char *next_write(int fd)
{
    static char names[64];
    char bytes[4096];
    ssize_t got = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
    *names = '\0';
    for (size_t at = 0, used = 0; got > 0 && at < (size_t)got; at += used) {
        value frame;
        assert_true(
            pack_read(bytes + at, (size_t)got - at, &PACK_FROM_WORKER, &frame, &used, NULL));
        assert_true(used > 0);
        strcat(names, value_get_str(&frame, "op", ""));
        value_free(&frame);
    }
    return names;
}

static void worker_sends(bool (*send)(int fd, const value *frame), int fd, const char *name)
{
    value frame = named(name);
    assert_true(send(fd, &frame));
    value_free(&frame);
}

static void worker_waits(const int ends[2])
{
    host_sends(ends[HOST], "demand");
    value frame = channel_read(ends[WORKER]);
    value_free(&frame);
}

/* Again where the machine was so slow that one left alone. */
static void answers_leave_together_before_the_worker_waits(void **state)
{
    const int *ends = *state;
    bool together = false;
    for (int round = 0; !together && round < 1000; round++) {
        worker_sends(channel_write, ends[WORKER], "w");
        worker_sends(channel_put, ends[WORKER], "a");
        worker_sends(channel_put, ends[WORKER], "b");
        assert_string_equal(next_write(ends[HOST]), "w");
        worker_waits(ends);
        const char *left = next_write(ends[HOST]);
        assert_true(*left);
        together = strcmp(left, "ab") == 0;
        while (*next_write(ends[HOST]))
            continue;
    }
    assert_true(together);
}

static void what_can_not_wait_goes_behind_what_waits(void **state)
{
    const int *ends = *state;
    char all[64] = "";
    worker_sends(channel_put, ends[WORKER], "a");
    worker_sends(channel_write, ends[WORKER], "l");
    for (const char *names = next_write(ends[HOST]); *names; names = next_write(ends[HOST]))
        strcat(all, names);
    assert_string_equal(all, "al");
}

static int ends_of_a_socket(void **state)
{
    static int ends[2];
    *state = ends;
    return socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(answers_leave_together_before_the_worker_waits, ends_of_a_socket),
        cmocka_unit_test_setup(what_can_not_wait_goes_behind_what_waits, ends_of_a_socket),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
