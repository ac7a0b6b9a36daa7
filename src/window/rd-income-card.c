/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-income-card.h"

#include <glib/gi18n.h>

#include "rd-amount.h"
#include "rd-income-chart.h"
#include "rd-platform.h"
#include "rd-text.h"

/* Around the chart: which figures, their sum in words, and what they do not say. */

#define CURRENCY_MAX 12

enum
{
  PROP_SUMMARY = 1,
  N_PROPS,
};

struct _RdIncomeCard
{
  GtkWidget parent_instance;

  RdIncome *income;
  char *currency; /* (nullable): the one that was chosen */
  char *summary;
  gboolean partial;
  gboolean filling;

  GtkWidget *content;
  GtkDropDown *currencies;
  GtkToggleButton *days;
  GtkStack *stack;
  GtkLabel *total;
  GtkLabel *span;
  RdIncomeChart *chart;
  GtkLabel *error;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (RdIncomeCard, rd_income_card, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* The chosen one, if there is anything in it; else that with most payments. */
static const char *
get_currency (RdIncomeCard *self)
{
  const char *const *names = rd_income_get_currencies (self->income);

  if (self->currency != NULL && g_strv_contains (names, self->currency))
    return self->currency;
  return names[0] != NULL ? names[0] : "";
}

static char *
dup_currency_name (const char *currency)
{
  g_autofree char *name = rd_text_clean (currency, CURRENCY_MAX);

  /* Translators: amounts whose currency a site does not say */
  return *name != '\0' ? g_steal_pointer (&name) : g_strdup (_ ("No currency"));
}

static void
fill_currencies (RdIncomeCard *self)
{
  const char *const *names = rd_income_get_currencies (self->income);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint i, chosen = 0;

  for (i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = dup_currency_name (names[i]);

      gtk_string_list_append (list, name);
      if (g_strcmp0 (names[i], get_currency (self)) == 0)
        chosen = i;
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->currencies, G_LIST_MODEL (list));
  if (i > 0)
    gtk_drop_down_set_selected (self->currencies, chosen);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->currencies), i > 1);
}

static char *
dup_span (RdIncomeCard *self, guint n)
{
  if (rd_income_get_weeks (self->income))
    return g_strdup_printf (ngettext ("in the last week", "in the last %u weeks", n), n);
  return g_strdup_printf (ngettext ("in the last day", "in the last %u days", n), n);
}

static void
set_summary (RdIncomeCard *self, const char *summary)
{
  if (g_strcmp0 (self->summary, summary) == 0)
    return;
  g_free (self->summary);
  self->summary = g_strdup (summary);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
}

/* What the chart's bar says while one is chosen, what all of them come to otherwise. */
static void
show_span (RdIncomeCard *self)
{
  const char *currency = get_currency (self);
  g_autofree char *span = NULL;
  int selected = rd_income_chart_get_selected (self->chart);
  guint n;

  rd_income_get_bars (self->income, currency, &n);
  span = selected >= 0 ? rd_income_chart_dup_text (self->chart, (guint) selected) : dup_span (self, n);
  gtk_label_set_text (self->span, span);
}

static void
show_total (RdIncomeCard *self)
{
  const char *currency = get_currency (self);
  g_autofree char *total = NULL;
  g_autofree char *span = NULL;
  g_autofree char *summary = NULL;
  gint64 sum;
  guint n;

  rd_income_get_bars (self->income, currency, &n);
  total = rd_income_get_total (self->income, currency, &sum) ? rd_amount_to_text (sum, currency)
                                                             : g_strdup (_ ("More than can be added up"));
  span = dup_span (self, n);
  /* Translators: an amount of money, "in the last 14 days" */
  summary = g_strdup_printf (_ ("%s %s"), total, span);
  gtk_label_set_text (self->total, total);
  set_summary (self, summary);
}

static void
append_sentence (GString *text, const char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
}

static void
show_note (RdIncomeCard *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint no_amount = rd_income_get_no_amount (self->income);
  guint no_date = rd_income_get_no_date (self->income);
  const char *error = rd_income_get_error (self->income);

  if (error != NULL)
    append_sentence (text, error);
  if (no_amount > 0)
    {
      g_autofree char *sentence =
        g_strdup_printf (ngettext ("%u payment is not in the sum: its amount is not known.",
                                   "%u payments are not in the sum: their amounts are not known.", no_amount),
                         no_amount);

      append_sentence (text, sentence);
    }
  if (no_date > 0)
    {
      g_autofree char *sentence =
        g_strdup_printf (ngettext ("%u payment is left out: when it was made is not known.",
                                   "%u payments are left out: when they were made is not known.", no_date),
                         no_date);

      append_sentence (text, sentence);
    }
  if (self->partial)
    append_sentence (text, _ ("Not every site lists its invoices, so there may have been more before Ringdown was "
                              "started."));
  gtk_label_set_text (self->note, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->note), text->len > 0);
}

static void
show (RdIncomeCard *self)
{
  const char *currency = get_currency (self);
  const RdIncomeBar *bars;
  guint n;

  bars = rd_income_get_bars (self->income, currency, &n);
  if (rd_income_get_loading (self->income))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else if (n == 0 && rd_income_get_error (self->income) != NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "failed");
      gtk_label_set_text (self->error, rd_income_get_error (self->income));
      gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
      set_summary (self, "");
      return;
    }
  else
    {
      rd_income_chart_set_bars (self->chart, bars, n, currency, rd_income_get_weeks (self->income));
      show_total (self);
      show_span (self);
      gtk_stack_set_visible_child_name (self->stack, "chart");
    }
  show_note (self);
}

static void
on_income_changed (RdIncomeCard *self)
{
  fill_currencies (self);
  show (self);
}

static void
on_currency_selected (RdIncomeCard *self)
{
  const char *const *names;
  guint i, selected = gtk_drop_down_get_selected (self->currencies);

  if (self->filling)
    return;
  names = rd_income_get_currencies (self->income);
  for (i = 0; names[i] != NULL; i++)
    if (i == selected)
      {
        g_free (self->currency);
        self->currency = g_strdup (names[i]);
      }
  show (self);
}

static void
on_unit_toggled (RdIncomeCard *self)
{
  if (self->income != NULL)
    rd_income_set_weeks (self->income, !gtk_toggle_button_get_active (self->days));
}

static void
on_bar_selected (RdIncomeCard *self)
{
  if (self->income != NULL)
    show_span (self);
}

static void
on_retry_clicked (RdIncomeCard *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  rd_income_reload (self->income);
}

/* GObject */

static void
rd_income_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SUMMARY:
      g_value_set_string (value, RD_INCOME_CARD (object)->summary);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_income_card_dispose (GObject *object)
{
  RdIncomeCard *self = RD_INCOME_CARD (object);

  if (self->income != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->income, self);
      g_object_run_dispose (G_OBJECT (self->income));
    }
  g_clear_object (&self->income);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_income_card_parent_class)->dispose (object);
}

static void
rd_income_card_finalize (GObject *object)
{
  g_free (RD_INCOME_CARD (object)->currency);
  g_free (RD_INCOME_CARD (object)->summary);

  G_OBJECT_CLASS (rd_income_card_parent_class)->finalize (object);
}

static void
rd_income_card_class_init (RdIncomeCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rd_income_card_get_property;
  object_class->dispose = rd_income_card_dispose;
  object_class->finalize = rd_income_card_finalize;

  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, "",
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (RD_TYPE_INCOME_CHART);
  gtk_widget_class_set_css_name (widget_class, "incomecard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-income-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RdIncomeCard, content);
  gtk_widget_class_bind_template_child (widget_class, RdIncomeCard, currencies);
  gtk_widget_class_bind_template_child (widget_class, RdIncomeCard, days);
  gtk_widget_class_bind_template_child (widget_class, RdIncomeCard, stack);
  gtk_widget_class_bind_template_child (widget_class, RdIncomeCard, total);
  gtk_widget_class_bind_template_child (widget_class, RdIncomeCard, span);
  gtk_widget_class_bind_template_child (widget_class, RdIncomeCard, chart);
  gtk_widget_class_bind_template_child (widget_class, RdIncomeCard, error);
  gtk_widget_class_bind_template_child (widget_class, RdIncomeCard, note);
  gtk_widget_class_bind_template_callback (widget_class, on_currency_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_unit_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_bar_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
}

static void
rd_income_card_init (RdIncomeCard *self)
{
  self->filling = TRUE;
  self->summary = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  self->filling = FALSE;
}

void
rd_income_card_set_invoices (RdIncomeCard *self, GListModel *invoices)
{
  g_return_if_fail (RD_IS_INCOME_CARD (self) && self->income == NULL);

  self->income = rd_income_new (invoices);
  g_signal_connect_object (self->income, "changed", G_CALLBACK (on_income_changed), self, G_CONNECT_SWAPPED);
}

void
rd_income_card_set_account (RdIncomeCard *self, const char *account)
{
  g_return_if_fail (RD_IS_INCOME_CARD (self));
  rd_income_set_account (self->income, account);
}

void
rd_income_card_set_partial (RdIncomeCard *self, gboolean partial)
{
  g_return_if_fail (RD_IS_INCOME_CARD (self));

  if (self->partial == !!partial)
    return;
  self->partial = !!partial;
  show (self);
}

void
rd_income_card_load (RdIncomeCard *self)
{
  g_return_if_fail (RD_IS_INCOME_CARD (self));
  rd_income_reload (self->income);
}

const char *
rd_income_card_get_summary (RdIncomeCard *self)
{
  g_return_val_if_fail (RD_IS_INCOME_CARD (self), "");
  return self->summary;
}
