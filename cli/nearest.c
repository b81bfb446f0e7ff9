#include "cli/nearest.h"

#include <stddef.h>
#include <string.h>

#define WORD_MAX 63
#define FAR 1000u

static unsigned smaller(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned nearest_distance(const char *typed, const char *word)
{
	unsigned rows[3][WORD_MAX + 1] = { { 0 } };
	unsigned *before = rows[0], *above = rows[1], *row = rows[2], *swap;
	size_t n = strlen(word);

	if (n > WORD_MAX || strlen(typed) > WORD_MAX)
		return FAR;
	for (size_t j = 0; j <= n; j++)
		above[j] = (unsigned)j;
	for (size_t i = 0; typed[i]; i++) {
		row[0] = (unsigned)i + 1;
		for (size_t j = 1; j <= n; j++) {
			row[j] = smaller(smaller(row[j - 1], above[j]) + 1,
					 above[j - 1] + (typed[i] != word[j - 1]));
			if (i && j > 1 && typed[i] == word[j - 2] && typed[i - 1] == word[j - 1])
				row[j] = smaller(row[j], before[j - 2] + 1);
		}
		swap = before;
		before = above;
		above = row;
		row = swap;
	}
	return above[n];
}

void nearest_init(struct nearest *nearest, const char *typed)
{
	*nearest = (struct nearest){ typed, NULL, FAR };
}

void nearest_offer(struct nearest *nearest, const char *word)
{
	unsigned distance = nearest_distance(nearest->typed, word);

	/* A beginning of the word is what people type most. */
	if (*nearest->typed && !strncmp(word, nearest->typed, strlen(nearest->typed)))
		distance = smaller(distance, 1);
	if (distance < nearest->distance) {
		nearest->distance = distance;
		nearest->word = word;
	}
}

const char *nearest_get(const struct nearest *nearest)
{
	unsigned most = (unsigned)strlen(nearest->typed) / 3 + 1;

	return nearest->distance <= most ? nearest->word : NULL;
}
