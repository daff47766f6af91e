/* points.h: the fault points of base/fault.h in a program of tests: list them as they are passed,
 * or die at one. Set in a process that was forked for it. */
#ifndef POLDER_FAULT_POINTS_H
#define POLDER_FAULT_POINTS_H

/* Every point that is passed from now on is a line of `fd`: its name, and what passes there. */
void points_list(int fd);
/* kill -9, the nth time (from 1) that `point`, such a line, is passed from now on. */
void points_kill(const char *point, long nth);

#endif
