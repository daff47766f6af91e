/* fault.h: places where tests kill the process, to see what is left: before and after each
 * statement that writes, each commit, each frame, each request and each reply. Nothing but in
 * programs for tests
 * (-DPOLDER_FAULTS, tests/fault/points.h). A name is a literal; `of` tells apart what passes the
 * same place: a statement's SQL, a frame's op. Floor: base. */
#ifndef POLDER_BASE_FAULT_H
#define POLDER_BASE_FAULT_H

#ifdef POLDER_FAULTS
void fault_point(const char *name, const char *of); /* tests/fault/points.c */
#define FAULT_POINT(name)               fault_point(name, "")
#define FAULT_POINT_OF(name, of)        fault_point(name, of)
#define FAULT_POINT_IF(holds, name, of) ((holds) ? fault_point(name, of) : (void)0)
#else
#define FAULT_POINT(name)               ((void)0)
#define FAULT_POINT_OF(name, of)        ((void)0)
#define FAULT_POINT_IF(holds, name, of) ((void)0)
#endif

#endif
