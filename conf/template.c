// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Refuses templates.
 */
#include "template.h"

int template_include(const struct profile_place *const place,
		     const char *const name)
{
	return profile_fault(place, "write the template's lines here",
			     "templates are not supported yet: \"@%s\"", name);
}
