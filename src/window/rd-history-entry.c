/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-history-entry.h"

#include <glib/gi18n.h>

#include "rd-text.h"

/* Entries of the history as people read them. */

#define TEXT_MAX 120
#define AMOUNT_MAX 40

static gboolean
is_incoming (RdRecord *entry)
{
  return g_strcmp0 (rd_record_get_string (entry, "direction"), "out") != 0;
}

static gboolean
is_paid (RdRecord *entry)
{
  return g_strcmp0 (rd_record_get_string (entry, "event"), "payment.received") == 0 ||
         g_strcmp0 (rd_record_get_string (entry, "status"), "paid") == 0;
}

static char *
dup_call_detail (RdRecord *entry)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  gint64 started = rd_record_get_time (entry, "started-at");
  gint64 ended = rd_record_get_time (entry, "ended-at");

  g_ptr_array_add (parts,
                   rd_text_for_call (rd_record_get_string (entry, "state"), rd_record_get_string (entry, "reason"),
                                     is_incoming (entry), rd_record_get_string (entry, "peer-name")));
  g_ptr_array_add (parts, rd_text_for_media (rd_record_get_boolean (entry, "audio")));
  if (started > 0 && ended > started)
    g_ptr_array_add (parts, rd_text_for_duration (ended - started));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static char *
dup_money_title (RdRecord *entry)
{
  g_autofree char *title = rd_text_clean (rd_record_get_string (entry, "title"), TEXT_MAX);

  if (*title != '\0')
    return g_steal_pointer (&title);
  if (rd_history_entry_is (entry, "notice"))
    return g_strdup (_ ("Notice"));
  if (is_paid (entry))
    return g_strdup (_ ("Invoice paid"));
  if (g_strcmp0 (rd_record_get_string (entry, "event"), "invoice.created") == 0)
    return g_strdup (_ ("New invoice"));
  return g_strdup (_ ("Invoice updated"));
}

gboolean
rd_history_entry_is (RdRecord *entry, const char *kind)
{
  g_return_val_if_fail (RD_IS_RECORD (entry), FALSE);
  return g_strcmp0 (rd_record_get_string (entry, "kind"), kind) == 0;
}

gboolean
rd_history_entry_is_missed (RdRecord *entry)
{
  g_return_val_if_fail (RD_IS_RECORD (entry), FALSE);
  return rd_history_entry_is (entry, "call") && g_strcmp0 (rd_record_get_string (entry, "state"), "missed") == 0;
}

char *
rd_history_entry_dup_title (RdRecord *entry)
{
  g_return_val_if_fail (RD_IS_RECORD (entry), g_strdup (""));

  if (rd_history_entry_is (entry, "call"))
    return rd_text_for_peer (rd_record_get_string (entry, "peer-name"));
  if (rd_history_entry_is (entry, "message"))
    {
      g_autofree char *name = rd_text_clean (rd_record_get_string (entry, "peer-name"), TEXT_MAX);

      return *name != '\0' ? g_steal_pointer (&name) : g_strdup (_ ("Unknown"));
    }
  return dup_money_title (entry);
}

char *
rd_history_entry_dup_detail (RdRecord *entry)
{
  g_return_val_if_fail (RD_IS_RECORD (entry), g_strdup (""));

  if (rd_history_entry_is (entry, "call"))
    return dup_call_detail (entry);
  if (rd_history_entry_is (entry, "message"))
    return g_strdup (is_incoming (entry) ? _ ("Message received") : _ ("Message sent"));
  return rd_text_clean (rd_record_get_string (entry, "body"), TEXT_MAX);
}

char *
rd_history_entry_dup_amount (RdRecord *entry)
{
  g_return_val_if_fail (RD_IS_RECORD (entry), g_strdup (""));

  if (rd_history_entry_is (entry, "call") || rd_history_entry_is (entry, "message"))
    return g_strdup ("");
  return rd_text_clean (rd_record_get_string (entry, "amount"), AMOUNT_MAX);
}

const char *
rd_history_entry_get_icon (RdRecord *entry)
{
  g_return_val_if_fail (RD_IS_RECORD (entry), "");

  if (rd_history_entry_is_missed (entry))
    return "rd-call-missed-symbolic";
  if (rd_history_entry_is (entry, "message"))
    return is_incoming (entry) ? "rd-messages-symbolic" : "rd-send-symbolic";
  if (rd_history_entry_is (entry, "notice"))
    return "rd-channel-symbolic";
  if (!rd_history_entry_is (entry, "call"))
    return is_paid (entry) ? "rd-paid-symbolic" : "rd-invoice-symbolic";
  if (g_strcmp0 (rd_record_get_string (entry, "state"), "answered-elsewhere") == 0)
    return "rd-devices-symbolic";
  return is_incoming (entry) ? "rd-call-incoming-symbolic" : "rd-call-outgoing-symbolic";
}

const char *
rd_history_entry_get_css_class (RdRecord *entry)
{
  g_return_val_if_fail (RD_IS_RECORD (entry), NULL);

  if (rd_history_entry_is_missed (entry))
    return "error";
  return rd_history_entry_is (entry, "payment") ? "success" : NULL;
}
