/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-people-page.h"

/* The page of the people whom the sites know. */

struct _RdPeoplePage
{
  GtkWidget parent_instance;

  RdModel *model;
};

G_DEFINE_FINAL_TYPE (RdPeoplePage, rd_people_page, GTK_TYPE_WIDGET)

/* GObject */

static void
rd_people_page_dispose (GObject *object)
{
  RdPeoplePage *self = RD_PEOPLE_PAGE (object);

  g_clear_object (&self->model);

  G_OBJECT_CLASS (rd_people_page_parent_class)->dispose (object);
}

static void
rd_people_page_class_init (RdPeoplePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_people_page_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rd_people_page_init (RdPeoplePage *self)
{
}

void
rd_people_page_set_model (RdPeoplePage *self, RdModel *model)
{
  g_return_if_fail (RD_IS_PEOPLE_PAGE (self));
  g_return_if_fail (RD_IS_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
}
