/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-records.h"

/* What the agent knows of a call, a payment or a message, as the dictionaries that the bus carries. */

static void
insert_string (GVariantDict *dict, const char *key, const char *value)
{
  g_variant_dict_insert (dict, key, "s", value != NULL ? value : "");
}

GVariant *
rd_record_new_for_call (RdCall *call)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_return_val_if_fail (RD_IS_CALL (call), NULL);

  insert_string (&dict, "id", rd_call_get_id (call));
  insert_string (&dict, "account", rd_call_get_account (call));
  insert_string (&dict, "direction", rd_call_get_incoming (call) ? "in" : "out");
  insert_string (&dict, "state", rd_call_state_to_string (rd_call_get_state (call)));
  insert_string (&dict, "reason", rd_call_get_reason (call));
  insert_string (&dict, "peer-id", rd_call_get_peer_id (call));
  insert_string (&dict, "peer-name", rd_call_get_peer_name (call));
  g_variant_dict_insert (&dict, "audio", "b", rd_call_get_audio (call));
  g_variant_dict_insert (&dict, "created-at", "x", rd_call_get_created_at (call));
  g_variant_dict_insert (&dict, "started-at", "x", rd_call_get_started_at (call));
  g_variant_dict_insert (&dict, "ended-at", "x", rd_call_get_ended_at (call));
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

GVariant *
rd_record_new_for_payment (const RdEvent *event, const char *account, gint64 now)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *amount = NULL;

  g_return_val_if_fail (event != NULL, NULL);

  amount = rd_record_dup_amount (event);
  insert_string (&dict, "id", event->key);
  insert_string (&dict, "account", account);
  insert_string (&dict, "kind", rd_event_kind_to_string (event->kind));
  insert_string (&dict, "invoice-id", event->invoice_id);
  insert_string (&dict, "title", event->title);
  insert_string (&dict, "body", event->body);
  insert_string (&dict, "type", event->type);
  insert_string (&dict, "status", event->invoice_status);
  insert_string (&dict, "amount", amount);
  g_variant_dict_insert (&dict, "at", "x", event->at > 0 ? event->at : now);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

GVariant *
rd_record_new_for_message (const RdEvent *event, const char *account, const char *conversation, gint64 now)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_return_val_if_fail (event != NULL, NULL);

  insert_string (&dict, "account", account);
  insert_string (&dict, "sender-name", event->sender_name);
  insert_string (&dict, "text", event->text);
  insert_string (&dict, "message-id", event->message_id);
  insert_string (&dict, "conversation", conversation);
  g_variant_dict_insert (&dict, "at", "x", event->at > 0 ? event->at : now);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

char *
rd_record_dup_amount (const RdEvent *event)
{
  g_return_val_if_fail (event != NULL, NULL);

  if (event->amount == NULL || *event->amount == '\0')
    return NULL;
  if (event->currency == NULL || *event->currency == '\0')
    return g_strdup (event->amount);
  return g_strdup_printf ("%s %s", event->amount, event->currency);
}

char *
rd_record_dup_call_key (RdCall *call)
{
  g_return_val_if_fail (RD_IS_CALL (call), NULL);

  return g_strdup_printf ("%s/%s", rd_call_get_account (call), rd_call_get_id (call));
}

gboolean
rd_record_is_payment (const RdEvent *event)
{
  g_return_val_if_fail (event != NULL, FALSE);

  return event->kind == RD_EVENT_PAYMENT_RECEIVED
         || (event->kind == RD_EVENT_INVOICE_STATUS
             && (g_strcmp0 (event->type, "invoice_completed") == 0 || g_strcmp0 (event->invoice_status, "paid") == 0));
}
