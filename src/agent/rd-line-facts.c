/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-private.h"

#include "rd-line-settings.h"

/* What is known of a line, without asking anybody. */

const GError *
rd_line_get_fault (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), NULL);

  return self->fault;
}

const RdAccountSettings *
rd_line_get_settings (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), NULL);

  return self->settings;
}

guint
rd_line_get_poll_interval (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), 0);

  return self->poller != NULL ? rd_poller_get_interval (self->poller) : 0;
}

const char *
rd_line_get_id (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), NULL);

  return self->settings->id;
}

const char *
rd_line_get_name (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), NULL);

  if (self->settings->name != NULL && *self->settings->name != '\0')
    return self->settings->name;
  return self->site != NULL ? rd_site_get_host (self->site) : self->settings->id;
}

const char *
rd_line_get_user_name (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), "");

  return self->user_name != NULL ? self->user_name : "";
}

const char *
rd_line_get_state (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), "");

  return self->status->state;
}

gboolean
rd_line_get_can_call (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), FALSE);

  return self->site != NULL && rd_site_can (self->site, "place");
}

gint64
rd_line_get_last_frame (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), 0);

  return self->client != NULL ? channels_client_get_last_frame (self->client) : 0;
}

RdSite *
rd_line_get_site (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), NULL);

  return self->site;
}

const char **
rd_line_dup_room_hosts (RdLine *self)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new ();
  const char * const *known;

  g_return_val_if_fail (RD_IS_LINE (self), NULL);

  known = self->profile != NULL ? rd_profile_get_room_hosts (self->profile) : NULL;
  for (guint i = 0; known != NULL && known[i] != NULL; i++)
    g_ptr_array_add (hosts, (char *) known[i]);
  for (guint i = 0; self->settings->room_hosts != NULL && self->settings->room_hosts[i] != NULL; i++)
    g_ptr_array_add (hosts, self->settings->room_hosts[i]);
  g_ptr_array_add (hosts, NULL);
  return (const char **) g_ptr_array_free (g_steal_pointer (&hosts), FALSE);
}

gboolean
rd_line_is_loopback (RdLine *self)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GInetAddress) address = NULL;

  g_return_val_if_fail (RD_IS_LINE (self), FALSE);

  uri = g_uri_parse (self->settings->site, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (g_uri_get_host (uri), "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (g_uri_get_host (uri));
  return address != NULL && g_inet_address_get_is_loopback (address);
}

gboolean
rd_line_is_writing (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), FALSE);

  return self->writing > 0 || (self->site != NULL && rd_site_is_renewing (self->site));
}

gboolean
rd_line_needs_credentials (RdLine *self)
{
  return rd_line_settings_needs_credentials (self->settings, self->profile);
}

char **
rd_line_dup_sign_in_ways (RdLine *self)
{
  return rd_line_settings_dup_sign_in_ways (self->profile);
}

char **
rd_line_dup_abilities (RdLine *self)
{
  gboolean signed_in = self->site != NULL && !rd_site_is_anonymous (self->site);
  g_autofree const char **abilities =
      self->profile != NULL ? rd_profile_dup_abilities (self->profile, signed_in) : NULL;

  return abilities != NULL ? g_strdupv ((char **) abilities) : g_new0 (char *, 1);
}
