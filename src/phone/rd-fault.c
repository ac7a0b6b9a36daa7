/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-fault"

#include "config.h"

#include "rd-fault.h"

#include "rd-clean.h"

/* The errors of every layer above, with what a sentence for people needs. */

typedef struct
{
  char *host;
  char *said;
  char *where;
  guint status;
} RdFaultPrivate;

static void
rd_fault_private_init (RdFaultPrivate *priv)
{
}

static void
rd_fault_private_copy (const RdFaultPrivate *from, RdFaultPrivate *to)
{
  g_assert (from != NULL && to != NULL);
  to->host = g_strdup (from->host);
  to->said = g_strdup (from->said);
  to->where = g_strdup (from->where);
  to->status = from->status;
}

static void
rd_fault_private_clear (RdFaultPrivate *priv)
{
  g_assert (priv != NULL);
  g_clear_pointer (&priv->host, g_free);
  g_clear_pointer (&priv->said, g_free);
  g_clear_pointer (&priv->where, g_free);
}

G_DEFINE_EXTENDED_ERROR (RdFault, rd_fault)

static const char *const code_nicks[] = {
  [RD_FAULT_BAD_INPUT] = "bad-input",
  [RD_FAULT_NOT_FOUND] = "not-found",
  [RD_FAULT_EXISTS] = "exists",
  [RD_FAULT_UNREACHABLE] = "unreachable",
  [RD_FAULT_TLS] = "tls",
  [RD_FAULT_TIMED_OUT] = "timed-out",
  [RD_FAULT_SIGNED_OUT] = "signed-out",
  [RD_FAULT_FORBIDDEN] = "forbidden",
  [RD_FAULT_SITE_ERROR] = "site-error",
  [RD_FAULT_REFUSED] = "refused",
  [RD_FAULT_BAD_REPLY] = "bad-reply",
  [RD_FAULT_TOO_LARGE] = "too-large",
  [RD_FAULT_UNSUPPORTED] = "unsupported",
  [RD_FAULT_WRONG_STATE] = "wrong-state",
  [RD_FAULT_ROOM_REFUSED] = "room-refused",
  [RD_FAULT_ROOM_UNTRUSTED] = "room-untrusted",
  [RD_FAULT_INVITATION_EXPIRED] = "invitation-expired",
  [RD_FAULT_NO_ROOM] = "no-room",
  [RD_FAULT_NO_BROWSER] = "no-browser",
  [RD_FAULT_BAD_PROFILE] = "bad-profile",
  [RD_FAULT_SECRETS] = "secrets",
  [RD_FAULT_STORAGE] = "storage",
  [RD_FAULT_INTERNAL] = "internal",
};

/* What a fault keeps of a text that may come from anywhere; NULL stays NULL, nothing becomes NULL. */
static char *
keep (const char *text)
{
  g_autofree char *clean = NULL;

  if (text == NULL)
    return NULL;
  clean = g_strstrip (rd_clean_text (text, RD_CLEAN_SAID));
  return *clean != '\0' ? g_steal_pointer (&clean) : NULL;
}

static const RdFaultPrivate *
details (const GError *error)
{
  return error != NULL && error->domain == RD_FAULT ? rd_fault_get_private (error) : NULL;
}

static char *
describe (RdFaultCode code, const RdFaultPrivate *priv)
{
  GString *text = g_string_new (rd_fault_code_to_string (code));

  if (priv->where != NULL)
    g_string_append_printf (text, ": %s", priv->where);
  if (priv->host != NULL)
    g_string_append_printf (text, " at %s", priv->host);
  if (priv->status != 0)
    g_string_append_printf (text, " (HTTP %u)", priv->status);
  if (priv->said != NULL)
    g_string_append_printf (text, ": %s", priv->said);
  return g_string_free (text, FALSE);
}

const char *
rd_fault_code_to_string (RdFaultCode code)
{
  if ((guint) code >= G_N_ELEMENTS (code_nicks))
    return code_nicks[RD_FAULT_INTERNAL];
  return code_nicks[code];
}

GError *
rd_fault_new (RdFaultCode code, const char *host, guint status, const char *said, const char *where)
{
  GError *error = g_error_new_literal (RD_FAULT, (int) code, "");
  RdFaultPrivate *priv = rd_fault_get_private (error);

  g_assert (priv != NULL);
  priv->host = keep (host);
  priv->said = keep (said);
  priv->where = keep (where);
  priv->status = status;
  g_free (error->message);
  error->message = describe (code, priv);
  return error;
}

const char *
rd_fault_get_host (const GError *error)
{
  const RdFaultPrivate *priv = details (error);

  return priv != NULL ? priv->host : NULL;
}

guint
rd_fault_get_status (const GError *error)
{
  const RdFaultPrivate *priv = details (error);

  return priv != NULL ? priv->status : 0;
}

const char *
rd_fault_get_said (const GError *error)
{
  const RdFaultPrivate *priv = details (error);

  return priv != NULL ? priv->said : NULL;
}

const char *
rd_fault_get_where (const GError *error)
{
  const RdFaultPrivate *priv = details (error);

  return priv != NULL ? priv->where : NULL;
}

GVariant *
rd_fault_to_variant (const GError *error)
{
  const RdFaultPrivate *priv = details (error);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "code", "s",
                         rd_fault_code_to_string (priv != NULL ? (RdFaultCode) error->code : RD_FAULT_INTERNAL));
  if (priv == NULL)
    return g_variant_dict_end (&dict);
  if (priv->host != NULL)
    g_variant_dict_insert (&dict, "host", "s", priv->host);
  if (priv->status != 0)
    g_variant_dict_insert (&dict, "status", "u", priv->status);
  if (priv->said != NULL)
    g_variant_dict_insert (&dict, "said", "s", priv->said);
  if (priv->where != NULL)
    g_variant_dict_insert (&dict, "where", "s", priv->where);
  return g_variant_dict_end (&dict);
}
