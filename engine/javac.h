/* Code that javac writes for one construct of the source, recognised by its
 * shape: the filters of that name in filters.def. Each marks the instructions
 * whose mutants say nothing about the user's code. The shapes are those of
 * javac 7 to 25; other compilers' are recognised as far as they are alike. */
#ifndef ENGINE_JAVAC_H
#define ENGINE_JAVAC_H

#include "engine/body.h"

void javac_mark_try_resources(const struct body *body, bool *marks);
void javac_mark_string_switch(const struct body *body, bool *marks);
void javac_mark_enum_switch(const struct body *body, bool *marks);
void javac_mark_pattern_switch(const struct body *body, bool *marks);
void javac_mark_assertions(const struct body *body, bool *marks);
void javac_mark_foreach(const struct body *body, bool *marks);

#endif
