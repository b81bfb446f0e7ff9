/* Looking things up in a finished plan: plan_find(), plan_class_named(),
 * plan_method_named() and plan_call() of engine/plan.h. */
#ifndef ENGINE_PLAN_FIND_H
#define ENGINE_PLAN_FIND_H

#include "engine/plan.h"

/* When the plan has all its classes. */
void plan_find_settle(struct plan *plan);

#endif
