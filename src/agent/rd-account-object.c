/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-account-object.h"

#include "rd-bus-input.h"
#include "rd-clean.h"
#include "rd-dbus-error.h"
#include "rd-fault.h"
#include "rd-lines.h"

#define MAX_ID (RD_CLEAN_ID + 8)

/* A line on the bus. The line's properties are bound to those of the interface, which have the same names and types.
 * LastFrame alone is read from the line whenever somebody asks: it changes with every frame. */

enum
{
  PROP_LAST_FRAME = 1,
};

struct _RdAccountObject
{
  RdDBusAccount1Skeleton parent_instance;

  RdLine *line;
  RdBrowser *browser;
};

static gboolean
on_handle_reconnect (RdDBusAccount1 *object, GDBusMethodInvocation *invocation)
{
  RdAccountObject *self = RD_ACCOUNT_OBJECT (object);

  rd_line_reconnect (self->line);
  rd_dbus_account1_complete_reconnect (object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_tokens_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (rd_line_set_tokens_finish (RD_LINE (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_set_token (RdDBusAccount1        *object,
                     GDBusMethodInvocation *invocation,
                     const char            *token,
                     const char            *refresh_token)
{
  RdAccountObject *self = RD_ACCOUNT_OBJECT (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdTokens) tokens = NULL;

  if (!rd_lines_check_token (token, "token", &error)
      || !rd_lines_check_token (refresh_token, "refresh-token", &error))
    {
      rd_dbus_error_return (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  tokens = rd_tokens_new (token, *refresh_token != '\0' ? refresh_token : NULL);
  rd_line_set_tokens_async (self->line, tokens, on_tokens_set, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_configured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (rd_line_configure_finish (RD_LINE (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_configure (RdDBusAccount1 *object, GDBusMethodInvocation *invocation, GVariant *settings)
{
  rd_line_configure_async (RD_ACCOUNT_OBJECT (object)->line, settings, on_configured, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (rd_line_sign_in_finish (RD_LINE (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_sign_in (RdDBusAccount1 *object, GDBusMethodInvocation *invocation, const char *login, const char *password)
{
  rd_line_sign_in_async (RD_ACCOUNT_OBJECT (object)->line, login, password, on_signed_in, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_page_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) failed = NULL;
  g_autoptr (GError) error = NULL;

  if (rd_browser_open_finish (RD_BROWSER (source), result, &failed))
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }
  error = rd_fault_new (RD_FAULT_NO_BROWSER, NULL, 0, NULL, "page");
  rd_dbus_error_return (invocation, error);
}

static gboolean
is_page (const char *kind, const char *id)
{
  static const char * const of_things[] = { "invoice", "conversation", "person", "call", NULL };

  if (*kind == '\0')
    return *id == '\0';
  return g_strv_contains (of_things, kind) && rd_bus_is_id (id, MAX_ID);
}

static gboolean
on_handle_open_page (RdDBusAccount1        *object,
                     GDBusMethodInvocation *invocation,
                     const char            *kind,
                     const char            *id,
                     GVariant              *options)
{
  RdAccountObject *self = RD_ACCOUNT_OBJECT (object);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  const char *token = NULL;

  if (!is_page (kind, id))
    error = rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "page");
  else
    url = rd_line_dup_page (self->line, kind, id, &error);
  if (url == NULL)
    {
      rd_dbus_error_return (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  g_variant_lookup (options, "activation-token", "&s", &token);
  rd_browser_open_async (self->browser, url, token, NULL, on_page_opened, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_host_trusted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (rd_line_trust_room_host_finish (RD_LINE (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_trust_room_host (RdDBusAccount1 *object, GDBusMethodInvocation *invocation, const char *host)
{
  RdAccountObject *self = RD_ACCOUNT_OBJECT (object);

  rd_line_trust_room_host_async (self->line, host, on_host_trusted, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_distrust_room_host (RdDBusAccount1 *object, GDBusMethodInvocation *invocation, const char *host)
{
  rd_line_distrust_room_host_async (RD_ACCOUNT_OBJECT (object)->line, host, on_host_trusted, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
account1_iface_init (RdDBusAccount1Iface *iface)
{
  iface->handle_configure = on_handle_configure;
  iface->handle_distrust_room_host = on_handle_distrust_room_host;
  iface->handle_open_page = on_handle_open_page;
  iface->handle_reconnect = on_handle_reconnect;
  iface->handle_set_token = on_handle_set_token;
  iface->handle_sign_in = on_handle_sign_in;
  iface->handle_trust_room_host = on_handle_trust_room_host;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdAccountObject, rd_account_object, RD_DBUS_TYPE_ACCOUNT1_SKELETON,
                               G_IMPLEMENT_INTERFACE (RD_DBUS_TYPE_ACCOUNT1, account1_iface_init))

/*
 * GObject
 */
static void
rd_account_object_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdAccountObject *self = RD_ACCOUNT_OBJECT (object);

  if (id == PROP_LAST_FRAME)
    g_value_set_int64 (value, self->line != NULL ? rd_line_get_last_frame (self->line) : 0);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* The property is writable in the skeleton; nobody writes it here. */
static void
rd_account_object_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id != PROP_LAST_FRAME)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rd_account_object_finalize (GObject *object)
{
  RdAccountObject *self = RD_ACCOUNT_OBJECT (object);

  g_clear_object (&self->line);
  g_clear_object (&self->browser);

  G_OBJECT_CLASS (rd_account_object_parent_class)->finalize (object);
}

static void
rd_account_object_class_init (RdAccountObjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_account_object_get_property;
  object_class->set_property = rd_account_object_set_property;
  object_class->finalize = rd_account_object_finalize;

  g_object_class_override_property (object_class, PROP_LAST_FRAME, "last-frame");
}

static void
rd_account_object_init (RdAccountObject *self)
{
}

RdAccountObject *
rd_account_object_new (RdLine *line, RdBrowser *browser)
{
  static const char * const names[] = {
    "id",        "name",         "profile",  "site",   "user-id",       "can-call",
    "abilities", "sign-in-ways", "login",    "colour", "paused",        "sound",
    "toasts",    "threshold",    "delivery", "state",  "reason",        "reason-detail",
    "next-try",  "channels",     "site-problem", "room-hosts",
  };
  RdAccountObject *self;

  g_return_val_if_fail (RD_IS_LINE (line), NULL);
  g_return_val_if_fail (RD_IS_BROWSER (browser), NULL);

  self = g_object_new (RD_TYPE_ACCOUNT_OBJECT, NULL);
  self->line = g_object_ref (line);
  self->browser = g_object_ref (browser);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_bind_property (line, names[i], self, names[i], G_BINDING_SYNC_CREATE);
  rd_dbus_account1_set_poll_every (RD_DBUS_ACCOUNT1 (self), rd_line_get_poll_interval (line));
  return self;
}
