/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-reply.h"

#include "rd-fault.h"
#include "rd-json.h"

#include <string.h>

/* What a site's reply means: its JSON, or which fault, in whose words. */

static gboolean
is_blank (const char *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (data[i]))
      return FALSE;
  return TRUE;
}

static gboolean
holds_secret (const char *words, const char * const *secrets)
{
  for (guint i = 0; secrets != NULL && secrets[i] != NULL; i++)
    if (*secrets[i] != '\0' && strstr (words, secrets[i]) != NULL)
      return TRUE;
  return FALSE;
}

static char *
dup_words (RdProfile *profile, JsonNode *node, const char * const *secrets)
{
  g_autofree char *words = node != NULL ? rd_profile_dup_error (profile, node) : NULL;

  if (words == NULL || holds_secret (words, secrets))
    return NULL;
  return g_steal_pointer (&words);
}

static RdFaultCode
code_of_status (guint status)
{
  if (status == 401 || status == 419)
    return RD_FAULT_SIGNED_OUT;
  if (status == 403)
    return RD_FAULT_FORBIDDEN;
  if (status >= 500)
    return RD_FAULT_SITE_ERROR;
  return status >= 400 ? RD_FAULT_REFUSED : RD_FAULT_BAD_REPLY;
}

RdReply *
rd_reply_new (guint status)
{
  RdReply *self = g_new0 (RdReply, 1);

  self->status = status;
  return self;
}

void
rd_reply_free (RdReply *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->type);
  g_free (self);
}

gboolean
rd_reply_is_signed_out (const RdReply *self)
{
  return self->status == 401 || self->status == 419;
}

gboolean
rd_reply_is_page (const RdReply *self)
{
  gsize length = 0;
  const char *data = self->body != NULL ? g_bytes_get_data (self->body, &length) : NULL;

  if (g_strcmp0 (self->type, "text/html") == 0 || g_strcmp0 (self->type, "application/xhtml+xml") == 0)
    return TRUE;
  while (length > 0 && g_ascii_isspace (*data))
    {
      data++;
      length--;
    }
  return length > 0 && *data == '<';
}

JsonNode *
rd_reply_judge (const RdReply *self, RdProfile *profile, const char *host, const char *where,
                const char * const *secrets, GError **error)
{
  gboolean good = self->status >= 200 && self->status < 300;
  gsize length = 0;
  const char *data = self->body != NULL ? g_bytes_get_data (self->body, &length) : NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *words = NULL;
  RdFaultCode code;

  if (good && is_blank (data, length))
    return NULL;
  if (length > 0)
    node = rd_json_parse (data, (gssize) length, NULL);
  if (good && node != NULL && JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (good && node != NULL && !rd_profile_reply_failed (profile, node))
    return g_steal_pointer (&node);
  if (good)
    code = node != NULL ? RD_FAULT_REFUSED : RD_FAULT_BAD_REPLY;
  else
    code = code_of_status (self->status);
  words = dup_words (profile, node, secrets);
  g_propagate_error (error, rd_fault_new (code, host, self->status, words, where));
  return NULL;
}
