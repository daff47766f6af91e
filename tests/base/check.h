/* check.h: cmocka with what it needs before it. */
#ifndef POLDER_TESTS_CHECK_H
#define POLDER_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
