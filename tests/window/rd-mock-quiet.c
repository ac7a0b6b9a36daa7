/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-mock-quiet.h"

#include <string.h>

/* Who is not to be disturbed, as a test or the window says. */

struct _RdMockQuiet
{
  GObject parent_instance;

  RdMockAgent *agent; /* not owned */
  RdDBusQuiet1 *skeleton;
};

G_DEFINE_FINAL_TYPE (RdMockQuiet, rd_mock_quiet, G_TYPE_OBJECT)

static gboolean
on_handle_set (RdDBusQuiet1 *skeleton, GDBusMethodInvocation *invocation, gboolean on, gint64 until, RdMockQuiet *self)
{
  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  rd_dbus_quiet1_set_until (skeleton, on ? until : 0);
  rd_dbus_quiet1_set_banners (skeleton, !on);
  rd_dbus_quiet1_set_sounds (skeleton, !on);
  rd_dbus_quiet1_set_why (skeleton, on ? "switch" : "");
  rd_dbus_quiet1_complete_set (skeleton, invocation);
  return TRUE;
}

/* (floating): without this person, and with them at the end if @name is given */
static GVariant *
change (GVariant *contacts, const char *account, const char *person, const char *name)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sss)"));
  GVariantIter iter;
  const char *one, *other, *called;

  g_variant_iter_init (&iter, contacts);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &one, &other, &called))
    if (strcmp (one, account) != 0 || strcmp (other, person) != 0)
      g_variant_builder_add (&builder, "(sss)", one, other, called);
  if (name != NULL)
    g_variant_builder_add (&builder, "(sss)", account, person, name);
  return g_variant_builder_end (&builder);
}

static gboolean
on_handle_set_contact (RdDBusQuiet1 *skeleton, GDBusMethodInvocation *invocation, const char *account,
                       const char *person, const char *name, const char *treatment, RdMockQuiet *self)
{
  GVariant *muted, *vips;

  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  muted = change (rd_dbus_quiet1_get_muted (skeleton), account, person,
                  strcmp (treatment, "muted") == 0 ? name : NULL);
  vips = change (rd_dbus_quiet1_get_vips (skeleton), account, person, strcmp (treatment, "vip") == 0 ? name : NULL);
  rd_dbus_quiet1_set_muted (skeleton, muted);
  rd_dbus_quiet1_set_vips (skeleton, vips);
  rd_dbus_quiet1_complete_set_contact (skeleton, invocation);
  return TRUE;
}

static void
rd_mock_quiet_finalize (GObject *object)
{
  RdMockQuiet *self = RD_MOCK_QUIET (object);

  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_clear_object (&self->skeleton);

  G_OBJECT_CLASS (rd_mock_quiet_parent_class)->finalize (object);
}

static void
rd_mock_quiet_class_init (RdMockQuietClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_mock_quiet_finalize;
}

static void
rd_mock_quiet_init (RdMockQuiet *self)
{
}

RdMockQuiet *
rd_mock_quiet_new (RdMockAgent *agent)
{
  RdMockQuiet *self = g_object_new (RD_TYPE_MOCK_QUIET, NULL);

  self->agent = agent;
  self->skeleton = rd_dbus_quiet1_skeleton_new ();
  rd_dbus_quiet1_set_why (self->skeleton, "");
  rd_dbus_quiet1_set_banners (self->skeleton, TRUE);
  rd_dbus_quiet1_set_sounds (self->skeleton, TRUE);
  rd_dbus_quiet1_set_muted (self->skeleton, g_variant_new ("a(sss)", NULL));
  rd_dbus_quiet1_set_vips (self->skeleton, g_variant_new ("a(sss)", NULL));
  g_signal_connect (self->skeleton, "handle-set", G_CALLBACK (on_handle_set), self);
  g_signal_connect (self->skeleton, "handle-set-contact", G_CALLBACK (on_handle_set_contact), self);
  rd_mock_agent_add_part (agent, self->skeleton);
  return self;
}

RdDBusQuiet1 *
rd_mock_quiet_get_skeleton (RdMockQuiet *self)
{
  return self->skeleton;
}
