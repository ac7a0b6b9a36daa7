/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-quiet-banner.h"

#include "rd-quiet-state.h"

/* One sentence above the pages. */

struct _RdQuietBanner
{
  GtkWidget parent_instance;

  RdModel *model;
  RdDBusQuiet1 *quiet; /* (nullable) */

  GtkWidget *content;
  GtkLabel *text;
  GtkWidget *off;
  GtkWidget *settings;
};

G_DEFINE_FINAL_TYPE (RdQuietBanner, rd_quiet_banner, GTK_TYPE_WIDGET)

static void
show_state (RdQuietBanner *self)
{
  g_autofree char *sentence = rd_quiet_state_dup_sentence (self->quiet);
  gboolean own = rd_quiet_state_is_on (self->quiet);

  gtk_label_set_text (self->text, sentence);
  gtk_widget_set_visible (self->off, own);
  gtk_widget_set_visible (self->settings, !own);
  gtk_widget_set_visible (GTK_WIDGET (self), *sentence != '\0');
}

static void
on_quiet_changed (RdQuietBanner *self)
{
  g_autoptr (RdDBusQuiet1) quiet = g_list_model_get_item (rd_model_get_quiet (self->model), 0);

  if (quiet != self->quiet && self->quiet != NULL)
    g_signal_handlers_disconnect_by_data (self->quiet, self);
  if (g_set_object (&self->quiet, quiet) && quiet != NULL)
    g_signal_connect_object (quiet, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}

/* GObject */

static void
rd_quiet_banner_dispose (GObject *object)
{
  RdQuietBanner *self = RD_QUIET_BANNER (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (rd_model_get_quiet (self->model), self);
  g_clear_object (&self->quiet);
  g_clear_object (&self->model);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_quiet_banner_parent_class)->dispose (object);
}

static void
rd_quiet_banner_class_init (RdQuietBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_quiet_banner_dispose;

  gtk_widget_class_set_css_name (widget_class, "quietbanner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-quiet-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, RdQuietBanner, content);
  gtk_widget_class_bind_template_child (widget_class, RdQuietBanner, text);
  gtk_widget_class_bind_template_child (widget_class, RdQuietBanner, off);
  gtk_widget_class_bind_template_child (widget_class, RdQuietBanner, settings);
}

static void
rd_quiet_banner_init (RdQuietBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rd_quiet_banner_set_model (RdQuietBanner *self, RdModel *model)
{
  g_return_if_fail (RD_IS_QUIET_BANNER (self));
  g_return_if_fail (RD_IS_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (rd_model_get_quiet (model), "items-changed", G_CALLBACK (on_quiet_changed), self,
                           G_CONNECT_SWAPPED);
  on_quiet_changed (self);
}
