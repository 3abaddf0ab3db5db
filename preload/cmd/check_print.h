/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What `landlock check` has to tell, as it finds it: lines, or JSON.
 */
#ifndef LANDLOCK_SHIM_CMD_CHECK_PRINT_H
#define LANDLOCK_SHIM_CMD_CHECK_PRINT_H

#include <stdbool.h>
#include <stddef.h>

/* Sets how check_tell() prints.  @verbose: details, too. */
void check_print_begin(bool json, bool verbose);

/* Ends what is printed; @files were looked at.  Returns how many findings there
 * were. */
size_t check_print_end(size_t files);

#endif
