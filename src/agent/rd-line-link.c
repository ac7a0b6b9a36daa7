/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-link.h"

#include "rd-line-settings.h"
#include "rd-plain.h"

/* The one place where a connection is made of an account: its line's, and that of a test before there is one. */

ChannelsClient *
rd_line_link_new (const RdAccountSettings *settings, RdSite *site, SoupSession *session, GError **error)
{
  g_autoptr (ChannelsEndpoint) endpoint = NULL;
  g_autoptr (RdPlain) plain = NULL;

  g_return_val_if_fail (settings != NULL, NULL);
  g_return_val_if_fail (RD_IS_SITE (site), NULL);
  g_return_val_if_fail (SOUP_IS_SESSION (session), NULL);

  endpoint = rd_line_settings_build_endpoint (settings, rd_site_get_profile (site), error);
  if (endpoint == NULL)
    return NULL;
  if (rd_profile_get_plain_line (rd_site_get_profile (site)) == NULL)
    return channels_client_new (endpoint, session, CHANNELS_AUTHORIZER (site));
  plain = rd_plain_new (site);
  return channels_client_new_plain (endpoint, session, CHANNELS_PLAIN (plain));
}
