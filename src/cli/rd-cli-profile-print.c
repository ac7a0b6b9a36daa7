/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"
#include "rd-cli-profile.h"
#include "rd-text.h"

/* What `ringdown profile check` found out, for people and as JSON. */

#define MAX_TEXT 200

/* As a JSON path */
static char *
dup_path (const RdProfileFault *fault)
{
  gboolean bracket = *fault->place == '[' || *fault->place == '\0';

  return g_strconcat (bracket ? "$" : "$.", fault->place, NULL);
}

static char *
dup_ways (RdProfile *profile)
{
  RdSignInWays ways = rd_profile_get_sign_in_ways (profile);
  const char *login = rd_profile_get_login (profile);

  if ((ways & RD_SIGN_IN_PASSWORD) == 0)
    return g_strdup ((ways & RD_SIGN_IN_TOKEN) != 0 ? "token" : "");
  return g_strdup_printf ("%s + password%s", login, (ways & RD_SIGN_IN_TOKEN) != 0 ? ", token" : "");
}

/* Text */

static void
print_row (const char *label, const char *text)
{
  static const char *const labels[] = { N_ ("Sign-in"), N_ ("Can"), N_ ("Needs") };
  g_autofree char *padded = NULL;
  guint width = 8;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    width = MAX (width, rd_cli_get_width (_ (labels[i])));
  padded = rd_cli_pad (label, width);

  if (*text != '\0')
    rd_cli_print_line ("  %s  %s", padded, text);
}

static void
print_faults (GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    {
      const RdProfileFault *fault = g_ptr_array_index (faults, i);
      g_autofree char *path = dup_path (fault);
      g_autofree char *place = rd_text_clean (path, MAX_TEXT);
      g_autofree char *said = rd_text_clean (fault->said, MAX_TEXT);
      g_autofree char *advice = rd_cli_profile_advise (fault);

      rd_cli_print_line ("%s: %s", place, said);
      rd_cli_print_line ("    %s", advice);
    }
}

static void
print_profile (const RdCliProfileCheck *self)
{
  g_autofree char *file = rd_text_clean (self->file, MAX_TEXT);
  g_autofree char *name = rd_text_clean (rd_profile_get_name (self->profile), MAX_TEXT);
  g_autofree char *ways = dup_ways (self->profile);
  g_autofree const char **abilities = rd_profile_dup_abilities (self->profile, TRUE);
  g_autofree char *can = g_strjoinv (", ", (char **) abilities);
  g_autofree char *needs = g_strjoinv (", ", (char **) rd_profile_get_needs (self->profile));

  rd_cli_print_line (_ ("%s: %s (%s) is a good profile."), file, name, rd_profile_get_id (self->profile));
  print_row (_ ("Sign-in"), ways);
  print_row (_ ("Can"), can);
  print_row (_ ("Needs"), needs);
}

static char *
dup_origin (const RdFieldReport *field)
{
  g_autofree char *from = rd_text_clean (field->from, MAX_TEXT);
  g_autofree char *raw = NULL;

  if (field->value != NULL && field->origin == RD_FIELD_FROM_CHANNEL)
    return g_strdup (_ ("the channel’s name"));
  if (field->value != NULL && field->origin == RD_FIELD_INFERRED)
    return g_strdup (_ ("follows from the rest"));
  if (field->value != NULL)
    return g_steal_pointer (&from);
  if (field->raw == NULL)
    return g_strdup_printf (_ ("nothing at %s"), from);
  raw = rd_text_clean (field->raw, MAX_TEXT);
  /* TRANSLATORS: what stands at a place in data, and cannot be read: a date that is none */
  return g_strdup_printf (_ ("“%s” at %s is of no use"), raw, from);
}

static void
print_fields (const RdEventReport *report)
{
  guint widths[2] = { 0, 0 };

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < report->fields->len; i++)
      {
        const RdFieldReport *field = g_ptr_array_index (report->fields, i);
        g_autofree char *value = field->value != NULL ? rd_text_clean (field->value, 60) : g_strdup ("—");
        g_autofree char *origin = dup_origin (field);
        g_autofree char *name = NULL;
        g_autofree char *padded = NULL;

        widths[0] = MAX (widths[0], rd_cli_get_width (field->name));
        widths[1] = MAX (widths[1], rd_cli_get_width (value));
        if (pass == 0)
          continue;
        name = rd_cli_pad (field->name, widths[0]);
        padded = rd_cli_pad (value, widths[1]);
        rd_cli_print_line ("  %s  %s  %s", name, padded, origin);
      }
}

static void
print_event (const RdCliProfileCheck *self)
{
  g_autofree char *event = rd_text_clean (self->event, MAX_TEXT);
  g_autofree char *missing = NULL;

  rd_cli_print_line ("%s", "");
  if (self->report == NULL)
    {
      rd_cli_print_line (_ ("“%s” means nothing: the profile does not name it."), event);
      return;
    }
  rd_cli_print_line (_ ("“%s” becomes %s:"), event, rd_event_kind_to_string (self->report->kind));
  print_fields (self->report);
  if (*self->report->missing == NULL)
    return;
  missing = g_strjoinv (", ", self->report->missing);
  g_strdelimit (missing, "|", '/');
  rd_cli_print_line (_ ("It is of no use without: %s. Say where that stands in the data."), missing);
}

void
rd_cli_profile_print_text (const RdCliProfileCheck *self)
{
  print_faults (self->faults);
  if (self->profile == NULL)
    return;
  print_profile (self);
  if (self->doubts->len > 0)
    rd_cli_print_line ("\n%s", _ ("It can be used, but this can never work:"));
  print_faults (self->doubts);
  if (self->event != NULL)
    print_event (self);
}

/* JSON */

static void
add_faults (JsonBuilder *builder, const char *name, GPtrArray *faults)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < faults->len; i++)
    {
      const RdProfileFault *fault = g_ptr_array_index (faults, i);
      g_autofree char *path = dup_path (fault);
      g_autofree char *advice = rd_cli_profile_advise (fault);

      json_builder_begin_object (builder);
      rd_cli_add_string (builder, "path", path);
      rd_cli_add_string (builder, "wrong", fault->said);
      rd_cli_add_string (builder, "advice", advice);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_words (JsonBuilder *builder, const char *name, const char *const *words)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; words != NULL && *words != NULL; words++)
    json_builder_add_string_value (builder, *words);
  json_builder_end_array (builder);
}

static void
add_field (JsonBuilder *builder, const RdFieldReport *field)
{
  static const char *const origins[] = { "data", "channel", "inferred" };

  json_builder_begin_object (builder);
  rd_cli_add_string (builder, "field", field->name);
  rd_cli_add_string (builder, "value", field->value);
  rd_cli_add_string (builder, "origin", field->value != NULL ? origins[field->origin] : NULL);
  rd_cli_add_string (builder, "path", field->from);
  rd_cli_add_string (builder, "unusable", field->raw);
  json_builder_end_object (builder);
}

static void
add_event (JsonBuilder *builder, const RdCliProfileCheck *self)
{
  const RdEventReport *report = self->report;

  json_builder_set_member_name (builder, "event");
  if (self->event == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  rd_cli_add_string (builder, "name", self->event);
  rd_cli_add_string (builder, "channel", self->channel);
  rd_cli_add_string (builder, "kind", report != NULL ? rd_event_kind_to_string (report->kind) : NULL);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; report != NULL && i < report->fields->len; i++)
    add_field (builder, g_ptr_array_index (report->fields, i));
  json_builder_end_array (builder);
  add_words (builder, "missing", report != NULL ? (const char *const *) report->missing : NULL);
  json_builder_end_object (builder);
}

void
rd_cli_profile_print_json (const RdCliProfileCheck *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree const char **abilities = self->profile != NULL ? rd_profile_dup_abilities (self->profile, TRUE) : NULL;

  json_builder_begin_object (builder);
  rd_cli_add_string (builder, "file", self->file);
  json_builder_set_member_name (builder, "valid");
  json_builder_add_boolean_value (builder, self->profile != NULL);
  rd_cli_add_string (builder, "id", self->profile != NULL ? rd_profile_get_id (self->profile) : NULL);
  rd_cli_add_string (builder, "name", self->profile != NULL ? rd_profile_get_name (self->profile) : NULL);
  add_words (builder, "can", (const char *const *) abilities);
  add_words (builder, "needs", self->profile != NULL ? rd_profile_get_needs (self->profile) : NULL);
  add_faults (builder, "faults", self->faults);
  add_faults (builder, "doubts", self->doubts);
  add_event (builder, self);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  rd_cli_print_json (root);
}
