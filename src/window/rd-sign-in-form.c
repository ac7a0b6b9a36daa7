/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-sign-in-form.h"

#include <glib/gi18n.h>

/* The entries of a sign-in. It signs nobody in. */

enum
{
  CHANGED,
  N_SIGNALS,
};

enum
{
  WAY_PASSWORD,
  WAY_TOKEN,
};

struct _RdSignInForm
{
  GtkWidget parent_instance;

  gboolean has_password;
  gboolean has_token;

  AdwPreferencesGroup *group;
  AdwComboRow *way;
  AdwPreferencesRow *login;
  GtkEditable *password;
  GtkEditable *token;
  GtkEditable *refresh_token;
};

G_DEFINE_FINAL_TYPE (RdSignInForm, rd_sign_in_form, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

static void
update (RdSignInForm *self)
{
  gboolean by_password = rd_sign_in_form_uses_password (self);

  gtk_widget_set_visible (GTK_WIDGET (self->way), self->has_password && self->has_token);
  gtk_widget_set_visible (GTK_WIDGET (self->login), by_password);
  gtk_widget_set_visible (GTK_WIDGET (self->password), by_password);
  gtk_widget_set_visible (GTK_WIDGET (self->token), !by_password);
  gtk_widget_set_visible (GTK_WIDGET (self->refresh_token), !by_password);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_changed (RdSignInForm *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_way_changed (RdSignInForm *self)
{
  update (self);
}

static void
describe (RdSignInForm *self, const char *site)
{
  g_autofree char *name = g_markup_escape_text (site != NULL && *site != '\0' ? site : _ ("the site"), -1);
  g_autofree char *text = NULL;

  if (self->has_password)
    /* Translators: %s is a site's name or address */
    text = g_strdup_printf (_ ("The password is sent to %s and not kept. What the site gives in return is."), name);
  else
    /* Translators: %s is a site's name or address */
    text = g_strdup_printf (_ ("Paste the token that %s gave you: most sites show it in your profile."), name);
  adw_preferences_group_set_description (self->group, text);
}

/* GObject */

static void
rd_sign_in_form_dispose (GObject *object)
{
  RdSignInForm *self = RD_SIGN_IN_FORM (object);

  g_clear_pointer ((GtkWidget **) &self->group, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_sign_in_form_parent_class)->dispose (object);
}

static void
rd_sign_in_form_class_init (RdSignInFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_sign_in_form_dispose;

  signals[CHANGED] = g_signal_new ("changed", RD_TYPE_SIGN_IN_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-sign-in-form.ui");
  gtk_widget_class_bind_template_child (widget_class, RdSignInForm, group);
  gtk_widget_class_bind_template_child (widget_class, RdSignInForm, way);
  gtk_widget_class_bind_template_child (widget_class, RdSignInForm, login);
  gtk_widget_class_bind_template_child (widget_class, RdSignInForm, password);
  gtk_widget_class_bind_template_child (widget_class, RdSignInForm, token);
  gtk_widget_class_bind_template_child (widget_class, RdSignInForm, refresh_token);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_way_changed);
}

static void
rd_sign_in_form_init (RdSignInForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->has_token = TRUE;
  update (self);
}

void
rd_sign_in_form_set_ways (RdSignInForm *self, const char *const *ways, const char *login, const char *site)
{
  g_return_if_fail (RD_IS_SIGN_IN_FORM (self));

  self->has_password = ways != NULL && g_strv_contains (ways, "password");
  self->has_token = ways == NULL || g_strv_contains (ways, "token") || !self->has_password;
  adw_preferences_row_set_title (self->login,
                                 g_strcmp0 (login, "email") == 0 ? _ ("_E-mail address") : _ ("_User name"));
  describe (self, site);
  update (self);
}

gboolean
rd_sign_in_form_is_complete (RdSignInForm *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (RD_IS_SIGN_IN_FORM (self), FALSE);

  if (!rd_sign_in_form_uses_password (self))
    {
      text = dup_text (self->token);
      return *text != '\0';
    }
  text = dup_text (GTK_EDITABLE (self->login));
  return *text != '\0' && *gtk_editable_get_text (self->password) != '\0';
}

gboolean
rd_sign_in_form_uses_password (RdSignInForm *self)
{
  g_return_val_if_fail (RD_IS_SIGN_IN_FORM (self), FALSE);
  return self->has_password && (!self->has_token || adw_combo_row_get_selected (self->way) == WAY_PASSWORD);
}

char *
rd_sign_in_form_dup_login (RdSignInForm *self)
{
  g_return_val_if_fail (RD_IS_SIGN_IN_FORM (self), NULL);
  return dup_text (GTK_EDITABLE (self->login));
}

const char *
rd_sign_in_form_get_password (RdSignInForm *self)
{
  g_return_val_if_fail (RD_IS_SIGN_IN_FORM (self), NULL);
  return gtk_editable_get_text (self->password);
}

char *
rd_sign_in_form_dup_token (RdSignInForm *self)
{
  g_return_val_if_fail (RD_IS_SIGN_IN_FORM (self), NULL);
  return dup_text (self->token);
}

char *
rd_sign_in_form_dup_refresh_token (RdSignInForm *self)
{
  g_return_val_if_fail (RD_IS_SIGN_IN_FORM (self), NULL);
  return dup_text (self->refresh_token);
}

void
rd_sign_in_form_clear_secrets (RdSignInForm *self)
{
  g_return_if_fail (RD_IS_SIGN_IN_FORM (self));

  gtk_editable_set_text (self->password, "");
  gtk_editable_set_text (self->token, "");
  gtk_editable_set_text (self->refresh_token, "");
}

void
rd_sign_in_form_focus (RdSignInForm *self)
{
  g_return_if_fail (RD_IS_SIGN_IN_FORM (self));
  gtk_widget_grab_focus (rd_sign_in_form_uses_password (self) ? GTK_WIDGET (self->login) : GTK_WIDGET (self->token));
}
