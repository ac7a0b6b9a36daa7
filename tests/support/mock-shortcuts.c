/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mock-shortcuts.h"

#define NAME "org.freedesktop.portal.Desktop"
#define PATH "/org/freedesktop/portal/desktop"
#define PORTAL "org.freedesktop.portal.GlobalShortcuts"
#define SESSION PATH "/session/here/now"
#define PORTAL_XML                                                                                                 \
  "<interface name='" PORTAL "'>"                                                                                  \
  "<method name='CreateSession'><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"        \
  "<method name='BindShortcuts'><arg type='o' direction='in'/><arg type='a(sa{sv})' direction='in'/>"              \
  "<arg type='s' direction='in'/><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"       \
  "</interface>"
#define SESSION_XML "<interface name='org.freedesktop.portal.Session'><method name='Close'/></interface>"

static void
answer (MockShortcuts *self, const char *method, GVariant *options, guint32 response, GVariant *results)
{
  g_autofree char *sender = g_strdup (mock_service_get_caller (self->service) + 1);
  g_autofree char *handle = NULL;
  const char *token;

  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  handle = g_strdup_printf (PATH "/request/%s/%s", g_strdelimit (sender, ".", '_'), token);
  mock_service_reply (self->service, method, g_variant_new ("(o)", handle));
  mock_service_emit (self->service, handle, "org.freedesktop.portal.Request", "Response",
                     g_variant_new ("(u@a{sv})", response, results));
}

static void
on_called (MockService *service, const char *path, const char *method, GVariant *arguments, gpointer user_data)
{
  MockShortcuts *self = user_data;
  g_autoptr (GVariant) options = NULL;
  g_autoptr (GVariant) wanted = NULL;
  GVariantDict results;

  g_variant_dict_init (&results, NULL);
  if (g_str_equal (method, "CreateSession"))
    {
      options = g_variant_get_child_value (arguments, 0);
      g_variant_dict_insert (&results, "session_handle", "s", SESSION);
      answer (self, method, options, self->session_response, g_variant_dict_end (&results));
    }
  else if (g_str_equal (method, "BindShortcuts"))
    {
      wanted = self->nothing ? g_variant_ref_sink (g_variant_new_parsed ("@a(sa{sv}) []"))
                             : g_variant_get_child_value (arguments, 1);
      options = g_variant_get_child_value (arguments, 3);
      g_variant_dict_insert_value (&results, "shortcuts", wanted);
      answer (self, method, options, self->bind_response, g_variant_dict_end (&results));
    }
  else
    g_variant_dict_clear (&results);
}

MockShortcuts *
mock_shortcuts_new (const char *address)
{
  MockShortcuts *self = g_new0 (MockShortcuts, 1);

  self->service = mock_service_new (address, NAME);
  mock_service_add_object (self->service, PATH, PORTAL_XML);
  mock_service_add_object (self->service, SESSION, SESSION_XML);
  mock_service_on_call (self->service, on_called, self);
  mock_service_appear (self->service);
  return self;
}

void
mock_shortcuts_free (MockShortcuts *self)
{
  mock_service_free (self->service);
  g_free (self);
}

guint
mock_shortcuts_count (MockShortcuts *self)
{
  return mock_service_count (self->service, "BindShortcuts");
}

void
mock_shortcuts_press (MockShortcuts *self, const char *id, const char *token)
{
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  if (token != NULL)
    g_variant_dict_insert (&options, "activation_token", "s", token);
  mock_service_emit (self->service, PATH, PORTAL, "Activated",
                     g_variant_new ("(ost@a{sv})", SESSION, id, (guint64) 1, g_variant_dict_end (&options)));
}
