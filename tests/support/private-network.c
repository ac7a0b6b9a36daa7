/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "private-network.h"

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static char *tc;
static char *ip;

static gboolean
run (const char *program, const char *arguments)
{
  g_autofree char *line = g_strdup_printf ("%s %s", program, arguments);
  g_autofree char *errors = NULL;
  int status = 0;

  if (!g_spawn_command_line_sync (line, NULL, &errors, &status, NULL))
    return FALSE;
  return g_spawn_check_wait_status (status, NULL);
}

static gboolean
set_up (const char *interface, gboolean up)
{
  struct ifreq request = { 0 };
  int control = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  gboolean ok;

  g_strlcpy (request.ifr_name, interface, sizeof request.ifr_name);
  ok = ioctl (control, SIOCGIFFLAGS, &request) == 0;
  if (up)
    request.ifr_flags |= IFF_UP;
  else
    request.ifr_flags = (short) (request.ifr_flags & ~IFF_UP);
  ok = ok && ioctl (control, SIOCSIFFLAGS, &request) == 0;
  close (control);
  return ok;
}

static void
write_file (const char *path, const char *text)
{
  int file = open (path, O_WRONLY | O_CLOEXEC);

  if (file < 0)
    return;
  if (write (file, text, strlen (text)) < 0)
    g_test_message ("%s: %s", path, g_strerror (errno));
  close (file);
}

/* Somebody's own namespace of users, in which they are root. */
static gboolean
enter_as_user (void)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1", (guint) getuid ());
  g_autofree char *groups = g_strdup_printf ("0 %u 1", (guint) getgid ());

  if (unshare (CLONE_NEWUSER | CLONE_NEWNET) != 0)
    return FALSE;
  write_file ("/proc/self/setgroups", "deny");
  write_file ("/proc/self/uid_map", users);
  write_file ("/proc/self/gid_map", groups);
  return TRUE;
}

/* Where plain users do not have it in their path, too */
static char *
find (const char *name)
{
  char *found = g_find_program_in_path (name);

  if (found == NULL)
    {
      found = g_build_filename ("/usr/sbin", name, NULL);
      if (!g_file_test (found, G_FILE_TEST_IS_EXECUTABLE))
        g_clear_pointer (&found, g_free);
    }
  return found;
}

gboolean
private_network_enter (const char **why)
{
  tc = find ("tc");
  ip = find ("ip");
  *why = NULL;
  if (tc == NULL || ip == NULL)
    *why = "iproute2 is not installed";
  else if (unshare (CLONE_NEWNET) != 0 && !enter_as_user ())
    *why = "this machine permits no network namespace";
  else if (!set_up ("lo", TRUE))
    *why = "the loopback interface cannot be set up in a network namespace";
  else if (!run (tc, "qdisc replace dev lo root pfifo limit 0") || !run (tc, "qdisc del dev lo root"))
    *why = "this kernel drops no packets on demand";
  return *why == NULL;
}

void
private_network_set_dropping (gboolean dropping)
{
  /* a queue that holds nothing */
  g_assert_true (run (tc, dropping ? "qdisc replace dev lo root pfifo limit 0" : "qdisc del dev lo root"));
}

void
private_network_set_plugged (gboolean plugged)
{
  if (plugged)
    g_assert_true (run (ip, "rule add pref 0 lookup local") && run (ip, "rule del pref 5"));
  else
    g_assert_true (run (ip, "rule add pref 5 unreachable") && run (ip, "rule del pref 0"));
}

gboolean
private_network_add_deaf_ipv6 (void)
{
  return run (ip, "link add deaf0 type veth peer name deaf1") &&
         run (ip, "-6 address add 2001:db8::1/64 dev deaf0 nodad") && set_up ("deaf0", TRUE) && set_up ("deaf1", TRUE);
}
