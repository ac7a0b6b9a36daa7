/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-link-banner.h"

#include <glib/gi18n.h>

#include "rd-account-row.h"
#include "rd-platform.h"
#include "rd-text.h"

/* The one line above the pages that says what is wrong. When all is well it is not there. */

struct _RdLinkBanner
{
  GtkWidget parent_instance;

  RdModel *model;
  RdDBusAccount1 *shown; /* the account it speaks of */
  guint tick;

  GtkWidget *content;
  GtkLabel *text;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (RdLinkBanner, rd_link_banner, GTK_TYPE_WIDGET)

/* A line that is only being connected is no news yet. */
static gboolean
is_trouble (RdDBusAccount1 *account)
{
  return !rd_account_is_fine (account) && g_strcmp0 (rd_dbus_account1_get_state (account), "connecting") != 0;
}

static char *
dup_text (RdDBusAccount1 *account)
{
  const char *state = rd_dbus_account1_get_state (account);
  GVariant *problem = rd_dbus_account1_get_site_problem (account);
  g_autofree char *reason = NULL;
  g_autofree char *next = NULL;

  if (g_strcmp0 (state, "connected") == 0 && problem != NULL)
    return rd_text_for_fault (problem);

  reason = rd_text_for_link_reason (state, rd_dbus_account1_get_reason (account),
                                    rd_dbus_account1_get_reason_detail (account), rd_dbus_account1_get_name (account));
  if (*reason == '\0')
    {
      g_free (reason);
      reason = rd_text_for_link (state);
    }
  next = rd_text_for_next_try (rd_dbus_account1_get_next_try (account), g_get_real_time ());
  return *next != '\0' ? g_strdup_printf ("%s (%s)", reason, next) : g_steal_pointer (&reason);
}

/* Which one it is, where there are several and the sentence does not say */
static gboolean
needs_name (RdLinkBanner *self, const char *text)
{
  const char *name = rd_dbus_account1_get_name (self->shown);

  return name != NULL && *name != '\0' && strstr (text, name) == NULL
         && g_list_model_get_n_items (rd_model_get_accounts (self->model)) > 1;
}

static void
show_text (RdLinkBanner *self)
{
  g_autofree char *text = NULL;
  g_autofree char *named = NULL;

  if (self->shown == NULL || self->model == NULL)
    return;
  text = dup_text (self->shown);
  if (needs_name (self, text))
    named = g_strdup_printf ("%s: %s", rd_dbus_account1_get_name (self->shown), text);
  gtk_label_set_text (self->text, named != NULL ? named : text);
}

static void
update (RdLinkBanner *self)
{
  GListModel *accounts;
  gboolean signed_out;
  guint i;

  /* The model's last reference empties its lists, when we are on our way out, too. */
  if (self->model == NULL)
    return;
  accounts = rd_model_get_accounts (self->model);
  g_clear_object (&self->shown);
  for (i = 0; self->shown == NULL && i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (RdDBusAccount1) account = g_list_model_get_item (accounts, i);

      if (is_trouble (account))
        self->shown = g_steal_pointer (&account);
    }

  gtk_widget_set_visible (GTK_WIDGET (self), self->shown != NULL);
  if (self->shown == NULL)
    return;
  signed_out = g_strcmp0 (rd_dbus_account1_get_state (self->shown), "signed-out") == 0;
  gtk_button_set_label (self->button, signed_out ? _ ("Sign In…") : _ ("Details"));
  rd_name_buttons (GTK_WIDGET (self));
  show_text (self);
}

static void
on_accounts_changed (GListModel *accounts, guint position, guint removed, guint added, RdLinkBanner *self)
{
  guint i;

  for (i = position; i < position + added; i++)
    {
      g_autoptr (RdDBusAccount1) account = g_list_model_get_item (accounts, i);

      g_signal_connect_object (account, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
on_button_clicked (RdLinkBanner *self)
{
  if (self->shown != NULL && g_strcmp0 (rd_dbus_account1_get_state (self->shown), "signed-out") == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", "s", rd_dbus_account1_get_id (self->shown));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", "accounts");
}

static gboolean
on_tick (gpointer user_data)
{
  show_text (RD_LINK_BANNER (user_data));
  return G_SOURCE_CONTINUE;
}

/* GtkWidget */

static void
rd_link_banner_map (GtkWidget *widget)
{
  RdLinkBanner *self = RD_LINK_BANNER (widget);

  GTK_WIDGET_CLASS (rd_link_banner_parent_class)->map (widget);
  self->tick = g_timeout_add_seconds (1, on_tick, self);
}

static void
rd_link_banner_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&RD_LINK_BANNER (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (rd_link_banner_parent_class)->unmap (widget);
}

/* GObject */

static void
rd_link_banner_dispose (GObject *object)
{
  RdLinkBanner *self = RD_LINK_BANNER (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->shown);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rd_link_banner_parent_class)->dispose (object);
}

static void
rd_link_banner_class_init (RdLinkBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_link_banner_dispose;
  widget_class->map = rd_link_banner_map;
  widget_class->unmap = rd_link_banner_unmap;

  gtk_widget_class_set_css_name (widget_class, "linkbanner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-link-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, RdLinkBanner, content);
  gtk_widget_class_bind_template_child (widget_class, RdLinkBanner, text);
  gtk_widget_class_bind_template_child (widget_class, RdLinkBanner, button);
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked);
}

static void
rd_link_banner_init (RdLinkBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rd_link_banner_new (void)
{
  return g_object_new (RD_TYPE_LINK_BANNER, NULL);
}

void
rd_link_banner_set_model (RdLinkBanner *self, RdModel *model)
{
  GListModel *accounts;

  g_return_if_fail (RD_IS_LINK_BANNER (self));
  g_return_if_fail (RD_IS_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
  accounts = rd_model_get_accounts (model);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (on_accounts_changed), self, 0);
  on_accounts_changed (accounts, 0, 0, g_list_model_get_n_items (accounts), self);
}
