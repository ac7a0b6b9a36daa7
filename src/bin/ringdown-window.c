/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

int main (int argc, char **argv);

int
main (int argc, char **argv)
{
  return argc > 1 && argv != 0;
}
