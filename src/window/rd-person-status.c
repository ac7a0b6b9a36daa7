/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-person-status.h"

#include <glib/gi18n.h>

#include "rd-text.h"

/* The words and icons of presence. */

#define MESSAGE_MAX 100

typedef struct
{
  const char *status;
  const char *word;
  const char *icon;
  const char *css_class; /* (nullable) */
} Look;

static const Look looks[] = {
  { "online", N_ ("Online"), "rd-status-online-symbolic", "success" },
  { "busy", N_ ("Busy"), "rd-status-busy-symbolic", "error" },
  { "away", N_ ("Away"), "rd-status-away-symbolic", "warning" },
  { "offline", N_ ("Offline"), "rd-status-offline-symbolic", "dim-label" },
};

static const Look *
look_for (const char *status)
{
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (looks) - 1; i++)
    if (g_strcmp0 (looks[i].status, status) == 0)
      return &looks[i];
  return &looks[G_N_ELEMENTS (looks) - 1];
}

const char *
rd_person_status_word (const char *status)
{
  return _ (look_for (status)->word);
}

char *
rd_person_dup_status (RdRecord *person)
{
  g_autofree char *message = NULL;
  const char *word;

  g_return_val_if_fail (RD_IS_RECORD (person), g_strdup (""));

  word = rd_person_status_word (rd_record_get_string (person, "status"));
  if (rd_record_get_boolean (person, "in-call"))
    word = _ ("In a call");
  message = rd_text_clean (rd_record_get_string (person, "status-message"), MESSAGE_MAX);
  /* Translators: a person's status, and what they say about it */
  return *message != '\0' ? g_strdup_printf (_ ("%s · %s"), word, message) : g_strdup (word);
}

void
rd_person_status_paint (GtkImage *image, const char *status)
{
  const Look *look = look_for (status);
  const char *classes[] = { "status", look->css_class, NULL };

  g_return_if_fail (GTK_IS_IMAGE (image));

  gtk_image_set_from_icon_name (image, look->icon);
  gtk_widget_set_css_classes (GTK_WIDGET (image), classes);
  gtk_widget_set_tooltip_text (GTK_WIDGET (image), _ (look->word));
}

gboolean
rd_person_is_online (RdRecord *person)
{
  g_return_val_if_fail (RD_IS_RECORD (person), FALSE);
  return look_for (rd_record_get_string (person, "status")) != &looks[G_N_ELEMENTS (looks) - 1];
}

gboolean
rd_person_can_be_called (RdRecord *person, char **reason)
{
  g_return_val_if_fail (RD_IS_RECORD (person), FALSE);
  g_return_val_if_fail (reason != NULL, FALSE);

  *reason = NULL;
  if (rd_record_get_boolean (person, "self"))
    *reason = g_strdup (_ ("This is you."));
  else if (rd_record_get_boolean (person, "in-call"))
    *reason = g_strdup (_ ("In another call just now."));
  else if (!rd_record_get_boolean (person, "available"))
    *reason = g_strdup (_ ("Not available for calls."));
  return *reason == NULL;
}

int
rd_person_compare (RdRecord *a, RdRecord *b)
{
  gboolean a_is_online = rd_person_is_online (a);
  gboolean b_is_online = rd_person_is_online (b);
  g_autofree char *a_name = NULL;
  g_autofree char *b_name = NULL;

  if (a_is_online != b_is_online)
    return b_is_online - a_is_online;
  a_name = g_utf8_casefold (rd_record_get_string (a, "name"), -1);
  b_name = g_utf8_casefold (rd_record_get_string (b, "name"), -1);
  return g_utf8_collate (a_name, b_name);
}
