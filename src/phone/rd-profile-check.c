/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profile"

#include "config.h"

#include "rd-profile-check-private.h"

#include "rd-clean.h"
#include "rd-event.h"
#include "rd-fault.h"
#include "rd-fields.h"
#include "rd-json.h"
#include "rd-profile.h"
#include "rd-template.h"
#include "rd-value.h"

#include <string.h>

/* Says of a profile whether it may be built, or exactly where and why not. Strict: what it does not know is an error,
 * so that a slip of the pen is found by its writer and not by a call that does not ring. It goes on behind a fault: a
 * writer wants to hear of all. Here: how faults are noted, and scalars; rd-profile-check-objects.c has the rest. */

#define MAX_TEXT 200
#define MAX_COUNT 1000
/* A file that is no profile at all has one fault, not ten thousand. */
#define MAX_FAULTS 100

void
rd_profile_fault_free (RdProfileFault *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->place);
  g_free (self->said);
  g_strfreev (self->known);
  g_free (self);
}

static void
add_fault (RdCheck *check, const char *said, char **known)
{
  RdProfileFault *fault;

  if (check->faults->len >= MAX_FAULTS)
    {
      g_strfreev (known);
      return;
    }
  fault = g_new0 (RdProfileFault, 1);
  fault->place = g_strdup (check->place->str);
  fault->said = g_strdup (said);
  fault->known = known;
  g_ptr_array_add (check->faults, fault);
}

gboolean
rd_check_fail (RdCheck *check, const char *format, ...)
{
  g_autofree char *said = NULL;
  va_list args;

  va_start (args, format);
  said = g_strdup_vprintf (format, args);
  va_end (args);
  add_fault (check, said, NULL);
  return FALSE;
}

gboolean
rd_check_fail_known (RdCheck *check, const char *said, char **known)
{
  add_fault (check, said, known);
  return FALSE;
}

/* As a JSON path has it: ".name", or "['odd.name']". */
gsize
rd_check_enter (RdCheck *check, const char *name)
{
  gsize mark = check->place->len;
  g_autofree char *clean = NULL;

  if (*name == '\0' || strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-$") != strlen (name))
    {
      clean = rd_clean_text (name, MAX_TEXT);
      g_string_append_printf (check->place, "['%s']", clean);
    }
  else if (strlen (name) > MAX_TEXT)
    g_string_append_printf (check->place, "%s%.*s…", mark > 0 ? "." : "", MAX_TEXT, name);
  else
    g_string_append_printf (check->place, "%s%s", mark > 0 ? "." : "", name);
  return mark;
}

gsize
rd_check_enter_element (RdCheck *check, guint index)
{
  gsize mark = check->place->len;

  g_string_append_printf (check->place, "[%u]", index);
  return mark;
}

void
rd_check_leave (RdCheck *check, gsize mark)
{
  g_string_truncate (check->place, mark);
}

/* Checks @node as the member @name of the place so far. */
gboolean
rd_check_member (RdCheck *check, const char *name, JsonNode *node, const RdRule *rule)
{
  gsize mark = rd_check_enter (check, name);
  gboolean good = rule->check (check, node, rule);

  rd_check_leave (check, mark);
  return good;
}

gboolean
rd_check_fail_at (RdCheck *check, const char *name, const char *reason)
{
  gsize mark = rd_check_enter (check, name);

  rd_check_fail (check, "%s", reason);
  rd_check_leave (check, mark);
  return FALSE;
}

/* Scalars */

gboolean
rd_check_format (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return rd_check_fail (check, "must be a number");
  if (json_node_get_int (node) != 1)
    return rd_check_fail (check, "only format 1 is known");
  return TRUE;
}

/* Seconds, or items of a page. */
static gboolean
check_number (RdCheck *check, JsonNode *node, gint64 max)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return rd_check_fail (check, "must be a number");
  if (json_node_get_int (node) < 1 || json_node_get_int (node) > max)
    return rd_check_fail (check, "must be a number from 1 to %" G_GINT64_FORMAT, max);
  return TRUE;
}

gboolean
rd_check_count (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  return check_number (check, node, MAX_COUNT);
}

gboolean
rd_check_text_limit (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  return check_number (check, node, RD_PROFILE_MAX_MESSAGE);
}

gboolean
rd_check_boolean (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return rd_check_fail (check, "must be true or false");
  return TRUE;
}

/* Any string that fits on a line; may be empty. */
gboolean
rd_check_line (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);
  g_autofree char *clean = NULL;

  if (text == NULL)
    return rd_check_fail (check, "must be a string");
  clean = rd_clean_text (text, MAX_TEXT);
  if (!g_str_equal (clean, text))
    return rd_check_fail (check, "too long, or has control characters");
  return TRUE;
}

gboolean
rd_check_text (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!rd_check_line (check, node, rule))
    return FALSE;
  if (*rd_json_string (node) == '\0')
    return rd_check_fail (check, "must not be empty");
  return TRUE;
}

/* A text all of whose characters are in @set. */
static gboolean
check_set (RdCheck *check, JsonNode *node, const char *set, gsize max, const char *what)
{
  const char *text = rd_json_string (node);
  gsize length = text != NULL ? strlen (text) : 0;

  if (text == NULL)
    return rd_check_fail (check, "must be a string");
  if (length == 0 || length > max || strspn (text, set) != length)
    return rd_check_fail (check, "not %s", what);
  return TRUE;
}

gboolean
rd_check_id (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  return check_set (check, node, G_CSET_a_2_z G_CSET_DIGITS "-", 64, "an id of lower-case letters, digits and hyphens");
}

gboolean
rd_check_header (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  return check_set (check, node, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-", 64, "the name of an HTTP header");
}

gboolean
rd_check_host (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  return check_set (check, node, G_CSET_a_2_z G_CSET_DIGITS ".-:[]", 253, "a host, in lower case");
}

gboolean
rd_check_variable (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);

  if (text == NULL)
    return rd_check_fail (check, "must be a string");
  if (!rd_template_is_variable (text, strlen (text)))
    return rd_check_fail (check, "not a variable's name");
  return TRUE;
}

gboolean
rd_check_word (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);

  if (text == NULL)
    return rd_check_fail (check, "must be a string");
  if (!g_strv_contains (rule->words, text))
    {
      g_autofree char *said = g_strdup_printf ("“%s” is none of those known", text);

      return rd_check_fail_known (check, said, g_strdupv ((char **) rule->words));
    }
  return TRUE;
}

static char **
dup_kinds (void)
{
  g_autoptr (GStrvBuilder) kinds = g_strv_builder_new ();

  for (guint i = 0; i <= RD_EVENT_PERSON_STATUS; i++)
    g_strv_builder_add (kinds, rd_event_kind_to_string ((RdEventKind) i));
  return g_strv_builder_end (kinds);
}

gboolean
rd_check_kind (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);
  RdEventKind kind = RD_EVENT_NOTICE;

  if (text == NULL)
    return rd_check_fail (check, "must be a string");
  /* Those after it are what replies list. */
  if (!rd_event_kind_from_string (text, &kind) || kind > RD_EVENT_PERSON_STATUS)
    {
      g_autofree char *said = g_strdup_printf ("“%s” is no kind of event", text);

      return rd_check_fail_known (check, said, dup_kinds ());
    }
  return TRUE;
}

gboolean
rd_check_template (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdTemplate) template = NULL;

  if (!rd_check_line (check, node, rule))
    return FALSE;
  template = rd_template_new (rd_json_string (node), &error);
  if (template == NULL)
    return rd_check_fail (check, "%s", rd_fault_get_said (error));
  if (rd_template_is_number (template))
    return rd_check_fail (check, "“number:” has a place only in a JSON body");
  if (rd_template_is_boolean (template))
    return rd_check_fail (check, "“boolean:” has a place only in a JSON body");
  return TRUE;
}

/* A template's own text goes into the address as it stands; only values are escaped. */
static gboolean
check_ascii (RdCheck *check, const char *text)
{
  return g_str_is_ascii (text) || rd_check_fail (check, "has letters beyond ASCII");
}

gboolean
rd_check_path_template (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);

  if (!rd_check_template (check, node, rule))
    return FALSE;
  if (text[0] != '/' || text[1] == '/')
    return rd_check_fail (check, "must start with one /");
  if (strpbrk (text, "?# \\") != NULL)
    return rd_check_fail (check, "must be a path alone; values of the query stand in “query”");
  return check_ascii (check, text);
}

gboolean
rd_check_plain_path (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!rd_check_path_template (check, node, rule))
    return FALSE;
  if (strchr (rd_json_string (node), '{') != NULL)
    return rd_check_fail (check, "takes no placeholder");
  return TRUE;
}

/* For a browser: a query may stand behind it. */
gboolean
rd_check_page (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);

  if (!rd_check_template (check, node, rule))
    return FALSE;
  if (text[0] != '/' || text[1] == '/')
    return rd_check_fail (check, "must start with one /");
  if (strpbrk (text, " \\") != NULL)
    return rd_check_fail (check, "not an address");
  return check_ascii (check, text);
}

/* A channel's name with one field in it. */
gboolean
rd_check_channel_field (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  g_autoptr (RdTemplate) template = NULL;
  const char *prefix, *suffix, *field;

  if (!rd_check_template (check, node, rule))
    return FALSE;
  template = rd_template_new (rd_json_string (node), NULL);
  field = rd_template_get_only (template, &prefix, &suffix);
  if (field == NULL || !rd_fields_is_text (field))
    return rd_check_fail (check, "must hold one {field} of text");
  return TRUE;
}

gboolean
rd_check_value (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdValue) value = rd_value_new (node, &error);
  gsize mark = check->place->len;
  const char *inner;

  if (value != NULL)
    return TRUE;
  inner = rd_fault_get_where (error);
  g_string_append (check->place, inner != NULL ? inner : "");
  rd_check_fail (check, "%s", rd_fault_get_said (error));
  rd_check_leave (check, mark);
  return FALSE;
}
