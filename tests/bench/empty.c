// SPDX-License-Identifier: LGPL-2.1-or-later
/* A library with nothing in it: what preloading costs by itself. */
extern const int empty;
const int empty = 0;
