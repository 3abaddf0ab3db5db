/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * FNV-1a, 64 bit: tells things apart that chance, not malice, made alike.
 */
#ifndef LANDLOCK_SHIM_HASH_H
#define LANDLOCK_SHIM_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)

/* The hash @state of what came before, with @size more bytes. */
uint64_t hash_add(uint64_t state, const void *bytes, size_t size);

#endif
