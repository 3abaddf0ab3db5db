/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The C library made ready for dlopen(3) in a constructor that runs before its
 * own.
 */
#ifndef LANDLOCK_SHIM_LIBC_INIT_H
#define LANDLOCK_SHIM_LIBC_INIT_H

/*
 * Runs the C library's initialisers with the arguments of a constructor.
 *
 * With -z initfirst ours runs before them.  dlopen(3) would run them for us,
 * but with the argc, argv and environ that they have not set yet: the program
 * would find environ to be NULL, and glibc never runs them again.  After this
 * call dlopen(3) hands them the right ones, and as all that they do is to keep
 * these and to look at the state that they find, twice is as good as once.
 */
void libc_init(int argc, char *const *argv, char *const *environment);

#endif
