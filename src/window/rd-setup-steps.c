/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-setup-steps.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rd-record.h"
#include "rd-text.h"

/* The result of a test, a row for each step. */

typedef struct
{
  const char *step;
  const char *title;
  const char *fine;   /* what came of it when all is well */
  const char *remedy; /* what to do when it failed */
} StepText;

static const StepText texts[] = {
  { "address", N_ ("The site’s address"), N_ ("The site answers"),
    N_ ("Check the address, and whether the site opens in your browser.") },
  { "profile", N_ ("The kind of site"), N_ ("It is understood"),
    N_ ("Choose another kind of site, or ask who runs it for its description.") },
  { "sign-in", N_ ("Sign-in"), N_ ("The site knows you"),
    N_ ("Check what you sign in with. It is the same as on the site’s own page.") },
  { "user", N_ ("Who you are there"), N_ ("The site says who you are"),
    N_ ("If the site cannot tell, give your user id on the page before.") },
  { "connection", N_ ("The line"), N_ ("The server of the events answers"),
    N_ ("Check the app key, and where the site sends its events.") },
  { "channels", N_ ("Your events"), N_ ("The site lets you listen"),
    N_ ("Check the app key and your user id: they must belong to this site.") },
};

struct _RdSetupSteps
{
  GtkWidget parent_instance;

  GtkListBox *list;
  AdwActionRow *rows[G_N_ELEMENTS (texts)];
  GtkWidget *icons[G_N_ELEMENTS (texts)];
  const char *failed;
};

G_DEFINE_FINAL_TYPE (RdSetupSteps, rd_setup_steps, GTK_TYPE_WIDGET)

static void
set_icon (RdSetupSteps *self, gsize i, const char *name, const char *css_class)
{
  const char *classes[] = { css_class, NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icons[i]), name);
  gtk_widget_set_css_classes (self->icons[i], classes);
}

static void
show_waiting (RdSetupSteps *self, gsize i, const char *text)
{
  set_icon (self, i, "rd-pending-symbolic", "dim-label");
  adw_action_row_set_subtitle (self->rows[i], text);
}

static void
show_failure (RdSetupSteps *self, gsize i, GVariant *step)
{
  g_autofree char *sentence = rd_text_for_fault (step);
  g_autofree char *text = g_strdup_printf ("%s\n%s", sentence, _ (texts[i].remedy));

  set_icon (self, i, "rd-cancelled-symbolic", "error");
  adw_action_row_set_subtitle (self->rows[i], text);
  self->failed = texts[i].step;
}

static void
show_step (RdSetupSteps *self, GVariant *step)
{
  g_autoptr (RdRecord) record = rd_record_new (step);
  const char *name = rd_record_get_string (record, "step");
  const char *result = rd_record_get_string (record, "result");
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (texts) && g_strcmp0 (texts[i].step, name) != 0; i++)
    ;
  if (i == G_N_ELEMENTS (texts))
    return;
  if (g_strcmp0 (result, "ok") == 0)
    {
      set_icon (self, i, "rd-ok-symbolic", "success");
      adw_action_row_set_subtitle (self->rows[i], _ (texts[i].fine));
    }
  else if (g_strcmp0 (result, "skipped") == 0)
    show_waiting (self, i, _ ("Not needed here"));
  else
    show_failure (self, i, step);
}

/* GObject */

static void
rd_setup_steps_dispose (GObject *object)
{
  RdSetupSteps *self = RD_SETUP_STEPS (object);

  g_clear_pointer ((GtkWidget **) &self->list, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_setup_steps_parent_class)->dispose (object);
}

static void
rd_setup_steps_class_init (RdSetupStepsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_setup_steps_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rd_setup_steps_init (RdSetupSteps *self)
{
  gsize i;

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  for (i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      self->rows[i] = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "subtitle-lines", 8, NULL);
      self->icons[i] = gtk_image_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), _ (texts[i].title));
      adw_action_row_add_prefix (self->rows[i], self->icons[i]);
      gtk_list_box_append (self->list, GTK_WIDGET (self->rows[i]));
    }
  rd_setup_steps_wait (self);
}

void
rd_setup_steps_wait (RdSetupSteps *self)
{
  gsize i;

  g_return_if_fail (RD_IS_SETUP_STEPS (self));

  self->failed = NULL;
  for (i = 0; i < G_N_ELEMENTS (texts); i++)
    show_waiting (self, i, _ ("Being tried…"));
}

void
rd_setup_steps_show (RdSetupSteps *self, GVariant *steps)
{
  GVariantIter iter;
  GVariant *step;
  gsize i;

  g_return_if_fail (RD_IS_SETUP_STEPS (self));
  g_return_if_fail (g_variant_is_of_type (steps, G_VARIANT_TYPE ("aa{sv}")));

  rd_setup_steps_wait (self);
  for (i = 0; i < G_N_ELEMENTS (texts); i++)
    show_waiting (self, i, _ ("Not tried"));
  g_variant_iter_init (&iter, steps);
  while ((step = g_variant_iter_next_value (&iter)) != NULL)
    {
      show_step (self, step);
      g_variant_unref (step);
    }
}

const char *
rd_setup_steps_get_failed (RdSetupSteps *self)
{
  g_return_val_if_fail (RD_IS_SETUP_STEPS (self), NULL);
  return self->failed;
}
