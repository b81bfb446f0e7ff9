/* Time that only goes forward. */
#ifndef UTIL_CLOCK_H
#define UTIL_CLOCK_H

#include <stdint.h>

/* In ns, since some moment before the program began. Signal handlers may call it. */
uint64_t clock_ns(void);

#endif
