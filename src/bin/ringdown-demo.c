/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rd-demo-stand.h"

int
main (int argc, char **argv)
{
  return rd_demo_main (argc, argv);
}
