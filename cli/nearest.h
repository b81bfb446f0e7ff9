/* What somebody meant who mistyped a word. */
#ifndef CLI_NEAREST_H
#define CLI_NEAREST_H

/* The distance between two words: letters added, left out, replaced, or
 * swapped with their neighbour. Words longer than 63 count as very far. */
unsigned nearest_distance(const char *typed, const char *word);

struct nearest {
	const char *typed;
	const char *word;	/* the best so far, or NULL */
	unsigned distance;
};

void nearest_init(struct nearest *nearest, const char *typed);
void nearest_offer(struct nearest *nearest, const char *word);

/* The best word if it is near enough to be meant, or NULL. */
const char *nearest_get(const struct nearest *nearest);

#endif
