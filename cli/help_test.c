#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "util/test.h"

static void check_width(const char *text)
{
	for (size_t len; *text; text += len + (text[len] != 0)) {
		len = strcspn(text, "\n");
		EXPECT(len <= 82);
	}
}

TEST(help_names_every_option_with_its_default_and_fits_a_terminal)
{
	for (int command = 0; command < N_COMMANDS; command++) {
		struct buf out;

		buf_init(&out, 1 << 20);
		help_command((enum command)command, &out);
		buf_u1(&out, 0);
		for (unsigned i = 0; i < n_option_rows; i++) {
			char name[64];

			if (!(option_rows[i].commands & 1u << command))
				continue;
			snprintf(name, sizeof(name), "--%s", option_rows[i].name);
			EXPECT(strstr((const char *)out.bytes, name));
		}
		check_width((const char *)out.bytes);
		buf_release(&out);
	}
}

TEST(the_overview_names_every_command)
{
	struct buf out;

	buf_init(&out, 1 << 20);
	help_overview(&out);
	buf_u1(&out, 0);
	for (int i = 0; i < N_COMMANDS; i++)
		EXPECT(strstr((const char *)out.bytes, help_command_names[i]));
	check_width((const char *)out.bytes);
	buf_release(&out);
}
