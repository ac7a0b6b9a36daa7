/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-account-row.h"

#include <glib/gi18n.h>

#include "rd-colour-mark.h"
#include "rd-platform.h"
#include "rd-text.h"

/* One account. What changes with every second (next try, age of the last frame) is asked for and counted only while
 * the row can be seen. */

#define ACCOUNT_INTERFACE "io.github.ringdown.Account1"
/* every how many ticks of a second the agent is asked for the last frame */
#define LAST_FRAME_TICKS 3

struct _RdAccountRow
{
  AdwExpanderRow parent_instance;

  RdDBusAccount1 *account;
  GCancellable *cancellable; /* while mapped */
  guint tick;
  guint ticks;
  gint64 last_frame;

  GtkImage *icon;
  RdColourMark *mark;
  GtkSwitch *paused;
  AdwActionRow *line;
  AdwActionRow *site;
  AdwActionRow *site_problem;
  GtkWidget *reconnect;
  GtkWidget *sign_in;
  GtkWidget *sign_in_again;
  GPtrArray *channels; /* of AdwActionRow, not owned */
};

G_DEFINE_FINAL_TYPE (RdAccountRow, rd_account_row, ADW_TYPE_EXPANDER_ROW)

static const char *
icon_for (RdDBusAccount1 *account)
{
  const char *state = rd_dbus_account1_get_state (account);

  if (rd_dbus_account1_get_paused (account))
    return "rd-paused-symbolic";
  if (g_strcmp0 (state, "connected") == 0)
    return "rd-line-symbolic";
  if (g_strcmp0 (state, "connecting") == 0 || g_strcmp0 (state, "waiting") == 0)
    return "rd-line-waiting-symbolic";
  if (g_strcmp0 (state, "signed-out") == 0)
    return "dialog-password-symbolic";
  return "dialog-warning-symbolic";
}

static const char *
css_class_for (RdDBusAccount1 *account)
{
  const char *state = rd_dbus_account1_get_state (account);

  if (rd_dbus_account1_get_paused (account))
    return "dim-label";
  if (g_strcmp0 (state, "connected") == 0)
    return "success";
  if (g_strcmp0 (state, "failed") == 0 || g_strcmp0 (state, "signed-out") == 0)
    return "error";
  return "warning";
}

static void
show_times (RdAccountRow *self)
{
  gint64 now = g_get_real_time ();
  g_autofree char *status = rd_account_dup_status (self->account, now);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), status);
  if (self->last_frame > 0)
    {
      g_autofree char *age = rd_text_for_age (self->last_frame, now);
      /* Translators: %s is how long ago, such as "3 s ago" */
      g_autofree char *text = g_strdup_printf (_ ("Last sign of life: %s"), age);

      adw_action_row_set_subtitle (self->line, text);
    }
  else
    adw_action_row_set_subtitle (self->line, _ ("Nothing received yet"));
}

static char *
channel_state_text (const char *state, const char *reason)
{
  if (g_strcmp0 (state, "subscribed") == 0)
    return g_strdup (_ ("Subscribed"));
  if (g_strcmp0 (state, "pending") == 0)
    return g_strdup (_ ("Waiting for the server"));
  if (reason != NULL && *reason != '\0')
    {
      g_autofree char *sentence = rd_text_for_link_reason ("failed", reason, NULL, NULL);

      /* Translators: a channel that the server refused, and why */
      return g_strdup_printf (_ ("Refused: %s"), sentence);
    }
  return g_strdup (_ ("Refused"));
}

static void
show_channels (RdAccountRow *self)
{
  GVariant *channels = rd_dbus_account1_get_channels (self->account);
  GVariantIter iter;
  const char *name, *state, *reason;
  guint i;

  for (i = 0; i < self->channels->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->channels, i));
  g_ptr_array_set_size (self->channels, 0);
  if (channels == NULL)
    return;

  g_variant_iter_init (&iter, channels);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &name, &state, &reason))
    {
      g_autofree char *text = channel_state_text (state, reason);
      GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 2, NULL);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("rd-channel-symbolic"));
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      g_ptr_array_add (self->channels, row);
    }
}

static void
show_site_problem (RdAccountRow *self)
{
  GVariant *problem = rd_dbus_account1_get_site_problem (self->account);
  gboolean shown = problem != NULL && g_variant_n_children (problem) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->site_problem), shown);
  if (shown)
    {
      g_autofree char *text = rd_text_for_fault (problem);

      adw_action_row_set_subtitle (self->site_problem, text);
    }
}

static void
on_account_changed (RdDBusAccount1 *account, GParamSpec *pspec, RdAccountRow *self)
{
  const char *state = rd_dbus_account1_get_state (account);
  const char *classes[] = { css_class_for (account), NULL };
  const char *const *ways = rd_dbus_account1_get_sign_in_ways (account);
  gboolean can_sign_in = ways == NULL || *ways != NULL;
  gboolean signed_out = g_strcmp0 (state, "signed-out") == 0;
  const char *site = rd_dbus_account1_get_site (account);
  const char *user = rd_dbus_account1_get_user_id (account);
  g_autofree char *who = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), rd_dbus_account1_get_name (account));
  gtk_image_set_from_icon_name (self->icon, icon_for (account));
  rd_colour_mark_set_colour (self->mark, rd_dbus_account1_get_colour (account));
  gtk_switch_set_active (self->paused, rd_dbus_account1_get_paused (account));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
  who = user != NULL && *user != '\0' ? g_strdup_printf (_ ("%s, user %s"), site, user) : g_strdup (site);
  adw_action_row_set_subtitle (self->site, who);
  gtk_widget_set_visible (self->sign_in, signed_out);
  gtk_widget_set_visible (self->sign_in_again, can_sign_in && !signed_out);
  gtk_widget_set_visible (self->reconnect, !signed_out && !rd_dbus_account1_get_paused (account) &&
                                             g_strcmp0 (state, "connected") != 0);
  show_channels (self);
  show_site_problem (self);
  show_times (self);
}

static void
on_get_last_frame_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdAccountRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  g_autoptr (GVariant) value = NULL;

  if (reply == NULL)
    return; /* the agent's going is seen elsewhere */
  g_variant_get (reply, "(v)", &value);
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_INT64) || self->account == NULL)
    return;
  self->last_frame = g_variant_get_int64 (value);
  show_times (self);
}

static gboolean
on_tick (gpointer user_data)
{
  RdAccountRow *self = user_data;

  if (self->ticks++ % LAST_FRAME_TICKS == 0)
    g_dbus_proxy_call (G_DBUS_PROXY (self->account), "org.freedesktop.DBus.Properties.Get",
                       g_variant_new ("(ss)", ACCOUNT_INTERFACE, "LastFrame"), G_DBUS_CALL_FLAGS_NONE, -1,
                       self->cancellable, on_get_last_frame_ready, g_object_ref (self));
  show_times (self);
  return G_SOURCE_CONTINUE;
}

/* Both requests end here: the account's properties tell their success. */
static void
on_request_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdAccountRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  g_autofree char *sentence = NULL;

  if (reply != NULL)
    return;
  sentence = rd_dup_error_sentence (error);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sentence);
  if (self->account != NULL)
    gtk_switch_set_active (self->paused, rd_dbus_account1_get_paused (self->account));
}

static void
on_reconnect_clicked (RdAccountRow *self)
{
  g_dbus_proxy_call (G_DBUS_PROXY (self->account), "Reconnect", NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                     on_request_ready, g_object_ref (self));
}

static void
on_paused_changed (RdAccountRow *self)
{
  gboolean paused = gtk_switch_get_active (self->paused);
  GVariantDict settings;

  if (self->account == NULL || paused == rd_dbus_account1_get_paused (self->account))
    return;
  g_variant_dict_init (&settings, NULL);
  g_variant_dict_insert (&settings, "paused", "b", paused);
  g_dbus_proxy_call (G_DBUS_PROXY (self->account), "Configure",
                     g_variant_new ("(@a{sv})", g_variant_dict_end (&settings)), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                     on_request_ready, g_object_ref (self));
}

static void
on_sign_in_clicked (RdAccountRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", "s", rd_dbus_account1_get_id (self->account));
}

static void
on_preferences_clicked (RdAccountRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.account-preferences", "s",
                              rd_dbus_account1_get_id (self->account));
}

/* GtkWidget */

static void
rd_account_row_map (GtkWidget *widget)
{
  RdAccountRow *self = RD_ACCOUNT_ROW (widget);

  GTK_WIDGET_CLASS (rd_account_row_parent_class)->map (widget);
  self->cancellable = g_cancellable_new ();
  self->ticks = 0;
  self->tick = g_timeout_add_seconds (1, on_tick, self);
  on_tick (self);
}

static void
rd_account_row_unmap (GtkWidget *widget)
{
  RdAccountRow *self = RD_ACCOUNT_ROW (widget);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  GTK_WIDGET_CLASS (rd_account_row_parent_class)->unmap (widget);
}

/* GObject */

static void
rd_account_row_dispose (GObject *object)
{
  RdAccountRow *self = RD_ACCOUNT_ROW (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (rd_account_row_parent_class)->dispose (object);
}

static void
rd_account_row_finalize (GObject *object)
{
  RdAccountRow *self = RD_ACCOUNT_ROW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->channels, g_ptr_array_unref);

  G_OBJECT_CLASS (rd_account_row_parent_class)->finalize (object);
}

static void
rd_account_row_class_init (RdAccountRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rd_account_row_dispose;
  object_class->finalize = rd_account_row_finalize;
  widget_class->map = rd_account_row_map;
  widget_class->unmap = rd_account_row_unmap;

  g_type_ensure (RD_TYPE_COLOUR_MARK);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RdAccountRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RdAccountRow, mark);
  gtk_widget_class_bind_template_child (widget_class, RdAccountRow, paused);
  gtk_widget_class_bind_template_child (widget_class, RdAccountRow, line);
  gtk_widget_class_bind_template_child (widget_class, RdAccountRow, site);
  gtk_widget_class_bind_template_child (widget_class, RdAccountRow, site_problem);
  gtk_widget_class_bind_template_child (widget_class, RdAccountRow, reconnect);
  gtk_widget_class_bind_template_child (widget_class, RdAccountRow, sign_in);
  gtk_widget_class_bind_template_child (widget_class, RdAccountRow, sign_in_again);
  gtk_widget_class_bind_template_callback (widget_class, on_reconnect_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_paused_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_preferences_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_clicked);
}

static void
rd_account_row_init (RdAccountRow *self)
{
  self->channels = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

GtkWidget *
rd_account_row_new (RdDBusAccount1 *account)
{
  RdAccountRow *self;

  g_return_val_if_fail (RD_DBUS_IS_ACCOUNT1 (account), NULL);

  self = g_object_new (RD_TYPE_ACCOUNT_ROW, NULL);
  self->account = g_object_ref (account);
  self->last_frame = rd_dbus_account1_get_last_frame (account);
  g_signal_connect_object (account, "notify", G_CALLBACK (on_account_changed), self, 0);
  on_account_changed (account, NULL, self);
  return GTK_WIDGET (self);
}

char *
rd_account_row_dup_status (RdAccountRow *self)
{
  g_return_val_if_fail (RD_IS_ACCOUNT_ROW (self), g_strdup (""));
  return g_strdup (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (self)));
}

char *
rd_account_dup_status (RdDBusAccount1 *account, gint64 now)
{
  const char *state;
  g_autofree char *link = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *next = NULL;
  GString *status;

  g_return_val_if_fail (RD_DBUS_IS_ACCOUNT1 (account), g_strdup (""));

  if (rd_dbus_account1_get_paused (account))
    return g_strdup (_ ("Paused: the line is closed until you want it back"));
  state = rd_dbus_account1_get_state (account);
  link = rd_text_for_link (state);
  reason = rd_text_for_link_reason (state, rd_dbus_account1_get_reason (account),
                                    rd_dbus_account1_get_reason_detail (account), rd_dbus_account1_get_name (account));
  next = rd_text_for_next_try (rd_dbus_account1_get_next_try (account), now);

  status = g_string_new (link);
  if (g_strcmp0 (rd_dbus_account1_get_delivery (account), "polling") == 0)
    g_string_append_printf (status, " · %s", _ ("asks the site every few seconds"));
  if (*next != '\0')
    g_string_append_printf (status, " · %s", next);
  if (*reason != '\0')
    g_string_append_printf (status, "\n%s", reason);
  return g_string_free (status, FALSE);
}

gboolean
rd_account_is_fine (RdDBusAccount1 *account)
{
  GVariant *problem;

  g_return_val_if_fail (RD_DBUS_IS_ACCOUNT1 (account), FALSE);

  if (rd_dbus_account1_get_paused (account))
    return TRUE; /* as the user wants it */
  problem = rd_dbus_account1_get_site_problem (account);
  return g_strcmp0 (rd_dbus_account1_get_state (account), "connected") == 0 &&
         (problem == NULL || g_variant_n_children (problem) == 0);
}
