/* Trees of fields and calls: what instruction number `i` takes from the stack
 * and leaves there. */
#ifndef ENGINE_MEMBER_H
#define ENGINE_MEMBER_H

#include "engine/operand.h"

void member_get(struct simulation *s, uint32_t i);	/* getstatic, getfield */
void member_put(struct simulation *s, uint32_t i);	/* putstatic, putfield */
void member_invoke(struct simulation *s, uint32_t i);	/* all but invokedynamic */
void member_invoke_dynamic(struct simulation *s, uint32_t i);

#endif
