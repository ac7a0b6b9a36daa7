/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The empty program that each layer is linked into whole, with only the
 * dependencies that it may have: a call to another layer fails the build here. */

int main (void);

int
main (void)
{
  return 0;
}
