/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profile"

#include "config.h"

#include "rd-profile-report.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-fields.h"
#include "rd-json.h"
#include "rd-profile-private.h"

/* Shows people what their profile does. */

static void
free_field (gpointer data)
{
  RdFieldReport *field = data;

  g_free (field->value);
  g_free (field->from);
  g_free (field->raw);
  g_free (field);
}

void
rd_event_report_free (RdEventReport *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->fields);
  g_strfreev (self->missing);
  g_free (self);
}

/* (nullable): NULL: the profile does not name it, and nothing else gives it */
static RdFieldReport *
report_field (RdProfile *profile, const RdProfileRule *rule, const RdEvent *event, JsonNode *data, const char *name)
{
  g_autofree char *value = rd_fields_dup_shown (event, name);
  const char *prefix, *suffix;
  RdFieldReport *field;

  if (value == NULL && !rd_fields_has (rule->fields, name))
    return NULL;
  field = g_new0 (RdFieldReport, 1);
  field->name = name;
  if (value != NULL)
    field->from = rd_fields_dup_origin (rule->fields, name, data, profile->words, value);
  else
    {
      field->from = rd_fields_dup_paths (rule->fields, name);
      field->raw = rd_fields_dup_raw (rule->fields, name, data);
      /* Every word but those for audio. */
      if (field->raw != NULL && g_str_equal (name, "media"))
        {
          value = g_strdup ("video");
          g_clear_pointer (&field->raw, g_free);
        }
    }
  if (value != NULL && field->from == NULL)
    field->origin = rule->channel != NULL
                            && g_strcmp0 (rd_template_get_only (rule->channel, &prefix, &suffix), name) == 0
                        ? RD_FIELD_FROM_CHANNEL
                        : RD_FIELD_INFERRED;
  field->value = g_steal_pointer (&value);
  return field;
}

RdEventReport *
rd_profile_report_event (RdProfile *profile, const char *channel, const char *event, JsonNode *data, GError **error)
{
  g_autoptr (RdEvent) filled = NULL;
  const RdProfileRule *rule;
  RdEventReport *report;

  g_return_val_if_fail (RD_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (event != NULL, NULL);
  g_return_val_if_fail (data != NULL, NULL);

  rule = g_hash_table_lookup (profile->events, event);
  if (rule == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (data))
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, "must be an object", "data"));
      return NULL;
    }
  filled = rd_profile_fill_event (profile, rule, channel, event, data);
  report = g_new0 (RdEventReport, 1);
  report->kind = filled->kind;
  report->fields = g_ptr_array_new_with_free_func (free_field);
  report->missing = rd_fields_dup_all_missing (filled);
  for (const char *const *name = rd_fields_get_names (); *name != NULL; name++)
    {
      RdFieldReport *field = report_field (profile, rule, filled, data, *name);

      if (field != NULL)
        g_ptr_array_add (report->fields, field);
    }
  return report;
}

/* The data as an object, also where it stands as JSON in a string, as the Channels protocol has it. */
static JsonNode *
read_data (JsonNode *data, GError **error)
{
  g_autoptr (GError) syntax = NULL;
  const char *text = rd_json_string (data);
  JsonNode *inner;

  if (data == NULL)
    {
      inner = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (inner, json_object_new ());
      return inner;
    }
  if (text == NULL)
    return json_node_ref (data);
  inner = rd_json_parse (text, -1, &syntax);
  if (inner == NULL)
    g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, rd_fault_get_said (syntax), "data"));
  return inner;
}

JsonNode *
rd_profile_read_frame (RdProfile *profile, JsonNode *frame, char **event, char **channel, GError **error)
{
  const RdPlainLine *line;
  JsonNode *data, *inner;

  g_return_val_if_fail (RD_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (frame != NULL, NULL);
  g_return_val_if_fail (event != NULL && channel != NULL, NULL);

  line = rd_profile_get_plain_line (profile);
  if (line != NULL)
    {
      *event = rd_value_dup (line->event, frame, RD_VALUE_NAME);
      data = rd_value_find (line->data, frame);
    }
  else
    {
      const char *name = rd_json_string (rd_json_member (frame, "event"));

      *event = name != NULL ? rd_clean_text (name, RD_CLEAN_NAME) : NULL;
      data = rd_json_member (frame, "data");
    }
  *channel = g_strdup (rd_json_string (rd_json_member (frame, "channel")));
  if (*event == NULL)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, "names no event", "event"));
      g_clear_pointer (channel, g_free);
      return NULL;
    }
  inner = read_data (data, error);
  if (inner == NULL)
    {
      g_clear_pointer (event, g_free);
      g_clear_pointer (channel, g_free);
    }
  return inner;
}
