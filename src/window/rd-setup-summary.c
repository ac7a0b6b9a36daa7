/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-setup-summary.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rd-record.h"
#include "rd-text.h"

/* Settings as rows to read. */

#define VALUE_MAX 200

static void
add (GtkListBox *list, const char *title, const char *value, gboolean warning)
{
  g_autofree char *clean = rd_text_clean (value, VALUE_MAX);
  GtkWidget *row;

  if (*clean == '\0')
    return;
  row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "subtitle-lines", 5, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), clean);
  if (warning)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    }
  gtk_list_box_append (list, row);
}

static gboolean
is_encrypted (GVariant *settings)
{
  gboolean tls = TRUE;

  g_variant_lookup (settings, "tls", "b", &tls);
  return tls;
}

static char *
describe_server (GVariant *settings, RdRecord *record)
{
  const char *cluster = rd_record_get_string (record, "cluster");
  const char *host = rd_record_get_string (record, "host");
  guint32 port = 0;

  g_variant_lookup (settings, "port", "u", &port);
  if (*host == '\0')
    /* Translators: %s is a cluster's name, such as eu */
    return *cluster != '\0' ? g_strdup_printf (_ ("The Channels cloud, cluster %s"), cluster) : g_strdup ("");
  if (port == 0)
    return g_strdup (host);
  /* Translators: a host's name and a port's number */
  return g_strdup_printf (_ ("%s, port %u"), host, port);
}

static void
add_vars (GtkListBox *list, GVariant *settings)
{
  g_autoptr (GVariant) vars = g_variant_lookup_value (settings, "vars", G_VARIANT_TYPE ("a{ss}"));
  const char *name, *value;
  GVariantIter iter;

  if (vars == NULL)
    return;
  g_variant_iter_init (&iter, vars);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    {
      g_autofree char *title = rd_text_clean (name, VALUE_MAX);

      add (list, title, value, FALSE);
    }
}

void
rd_setup_summary_fill (GtkListBox *list, GVariant *settings, const char *profile)
{
  g_autoptr (RdRecord) record = NULL;
  g_autofree char *host = NULL;
  g_autofree char *server = NULL;
  GtkWidget *row;

  g_return_if_fail (GTK_IS_LIST_BOX (list));
  g_return_if_fail (settings != NULL);

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
  record = rd_record_new (settings);
  host = rd_setup_summary_dup_host (settings);
  server = describe_server (settings, record);
  add (list, _ ("Site"), host, FALSE);
  add (list, _ ("Address"), rd_record_get_string (record, "site"), FALSE);
  add (list, _ ("Kind of site"), profile != NULL ? profile : rd_record_get_string (record, "profile"), FALSE);
  if (*rd_record_get_string (record, "profile-data") != '\0')
    add (list, _ ("Description"), _ ("The site brings its own: it says what its events mean and what Ringdown asks it"),
         FALSE);
  /* Translators: where the site has a description of what its events mean */
  add (list, _ ("Description at"), rd_record_get_string (record, "profile-url"), FALSE);
  add (list, _ ("Name"), rd_record_get_string (record, "name"), FALSE);
  add (list, _ ("Events come from"), server, FALSE);
  if (!is_encrypted (settings))
    add (list, _ ("Not encrypted"), _ ("Everybody on the way can read and forge what comes from there"), TRUE);
  add (list, _ ("App key"), rd_record_get_string (record, "key"), FALSE);
  add (list, _ ("User id"), rd_record_get_string (record, "user-id"), FALSE);
  add_vars (list, settings);
}

char *
rd_setup_summary_dup_host (GVariant *settings)
{
  g_autoptr (RdRecord) record = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *ascii = NULL;
  const char *host;

  g_return_val_if_fail (settings != NULL, g_strdup (""));

  record = rd_record_new (settings);
  uri = g_uri_parse (rd_record_get_string (record, "site"), G_URI_FLAGS_NONE, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host == NULL)
    return g_strdup ("");
  /* A name that only looks like another one is not to pass for it. */
  ascii = g_hostname_to_ascii (host);
  return g_strdup (ascii != NULL ? ascii : host);
}
