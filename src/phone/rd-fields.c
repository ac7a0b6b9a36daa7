/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-fields"

#include "config.h"

#include "rd-fields.h"

#include "rd-clean.h"
#include "rd-json.h"

#include <string.h>

/* From JSON to an RdEvent's fields: one const table says what each field is read as and where it goes. */

typedef enum
{
  FIELD_STRING,
  FIELD_TIME,
  FIELD_COUNT,
  FIELD_MEDIA,
  FIELD_ANSWER,
  FIELD_STATUS,
  FIELD_DELIVERY,
  FIELD_PRESENCE,
  FIELD_DIRECTION,
  FIELD_INVOICE_STATUS,
} FieldKind;

typedef struct
{
  FieldKind kind;
  RdValueType type;
  gsize offset;
} Field;

#define STRING(type, member) { FIELD_STRING, RD_VALUE_##type, G_STRUCT_OFFSET (RdEvent, member) }
#define OTHER(kind, member) { FIELD_##kind, RD_VALUE_ID, G_STRUCT_OFFSET (RdEvent, member) }

/* The names stand apart, NULL-terminated, so that they can be shown; in the order of the table below. */
static const char *const field_names[] = {
  "at", "direction", "call.id", "initiator.id", "initiator.name", "initiator.avatar", "recipient.id", "recipient.name",
  "media", "status", "created-at", "started-at", "ended-at", "room.url", "room.token", "room.error",
  "invoice.id", "invoice.number", "title", "body", "type", "invoice.status", "amount", "paid-amount", "currency",
  "invoice.code", "invoice.memo", "invoice.network", "expires-at", "paid-at",
  "message.id", "conversation.id", "sender.id", "sender.name", "text", "unread", "delivery", "read", "typing",
  "peer.id", "peer.name", "peer.detail",
  "person.id", "person.name", "person.detail", "person.presence", "person.status-message", "person.available",
  "person.call-id", NULL
};

static const Field fields[] = {
  OTHER (TIME, at), OTHER (DIRECTION, direction), STRING (ID, call_id), STRING (ID, initiator_id),
  STRING (NAME, initiator_name), STRING (HTTPS_URL, initiator_avatar), STRING (ID, recipient_id),
  STRING (NAME, recipient_name),
  OTHER (MEDIA, audio), OTHER (STATUS, status), OTHER (TIME, created_at), OTHER (TIME, started_at),
  OTHER (TIME, ended_at), STRING (URL, room_url), STRING (TOKEN, room_token), STRING (SAID, room_error),
  STRING (ID, invoice_id), STRING (NAME, invoice_number), STRING (NAME, title), STRING (TEXT, body),
  STRING (NAME, type), OTHER (INVOICE_STATUS, invoice_status), STRING (NAME, amount), STRING (NAME, paid_amount),
  STRING (NAME, currency), STRING (NAME, invoice_code), STRING (TEXT, invoice_memo), STRING (NAME, invoice_network),
  OTHER (TIME, expires_at), OTHER (TIME, paid_at),
  STRING (ID, message_id), STRING (ID, conversation_id), STRING (ID, sender_id), STRING (NAME, sender_name),
  STRING (TEXT, text), OTHER (COUNT, unread), OTHER (DELIVERY, delivery), OTHER (ANSWER, is_read),
  OTHER (ANSWER, is_typing),
  STRING (ID, peer_id), STRING (NAME, peer_name), STRING (NAME, peer_detail),
  STRING (ID, person_id), STRING (NAME, person_name), STRING (NAME, person_detail), OTHER (PRESENCE, presence),
  STRING (NAME, status_message), OTHER (ANSWER, available), STRING (ID, person_call_id),
};

#define N_FIELDS G_N_ELEMENTS (fields)
G_STATIC_ASSERT (G_N_ELEMENTS (field_names) == N_FIELDS + 1);

struct _RdFields
{
  RdValue *values[N_FIELDS]; /* NULL: the profile does not name it */
};

/* An event is of no use without one of @fields: "|" stands between alternatives. What makes two emissions the same is
 * @key: content where nothing identifies a happening (RdPhone adds the time to those). */
static const struct
{
  const char *fields;
  const char *key;
} needs[] = {
  [RD_EVENT_CALL_INITIATED] = { "call.id,initiator.id", "call.id" },
  [RD_EVENT_CALL_ANSWERED] = { "call.id", "call.id" },
  [RD_EVENT_CALL_REJECTED] = { "call.id", "call.id" },
  [RD_EVENT_CALL_ENDED] = { "call.id", "call.id" },
  [RD_EVENT_PAYMENT_RECEIVED] = { "invoice.id|title|body", "invoice.id,type,invoice.status,title,body" },
  [RD_EVENT_INVOICE_CREATED] = { "invoice.id|title|body", "invoice.id,type,invoice.status,title,body" },
  [RD_EVENT_INVOICE_UPDATED] = { "invoice.id|title|body", "invoice.id,type,invoice.status,title,body" },
  [RD_EVENT_INVOICE_STATUS] = { "invoice.id|title|body", "invoice.id,type,invoice.status,title,body" },
  [RD_EVENT_MESSAGE_NEW] = { "message.id", "message.id" },
  [RD_EVENT_MESSAGE_SENT] = { "message.id", "message.id" },
  [RD_EVENT_MESSAGE_READ] = { "message.id", "message.id,sender.id" },
  [RD_EVENT_CONVERSATION_UPDATED] = { "conversation.id|sender.id|text", "conversation.id,sender.id,at,text" },
  [RD_EVENT_UNREAD_COUNT] = { "unread", "unread" },
  [RD_EVENT_TYPING] = { "sender.id|sender.name", "conversation.id,sender.id,sender.name" },
  [RD_EVENT_NOTICE] = { "title|body", "type,invoice.id,title,body" },
  [RD_EVENT_CALL_STATUS] = { "call.id", "call.id" },
  [RD_EVENT_PERSON_STATUS] = { "person.id", "person.id" },
  [RD_EVENT_MESSAGE] = { "message.id", "message.id" },
  [RD_EVENT_CONVERSATION] = { "conversation.id|peer.id", "conversation.id,peer.id" },
  [RD_EVENT_PERSON] = { "person.id", "person.id" },
  [RD_EVENT_INVOICE] = { "invoice.id", "invoice.id" },
};

static int
find_field (const char *name, gsize length)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (strlen (field_names[i]) == length && strncmp (field_names[i], name, length) == 0)
      return (int) i;
  return -1;
}

/* 0: not known */
static guint
read_word (RdValue *value, JsonNode *data, RdWords *words, RdWordsKind kind)
{
  g_autofree char *word = rd_value_dup (value, data, RD_VALUE_NAME);

  return word != NULL ? rd_words_lookup (words, kind, word) : 0;
}

/* In Ringdown's own words where it knows it. */
static char *
read_invoice_status (RdValue *value, JsonNode *data, RdWords *words)
{
  char *word = rd_value_dup (value, data, RD_VALUE_NAME);
  guint known = word != NULL ? rd_words_lookup (words, RD_WORDS_INVOICE, word) : 0;

  if (known == 0)
    return word;
  g_free (word);
  return g_strdup (rd_words_get_nick (RD_WORDS_INVOICE, known));
}

static gboolean
is_audio (RdValue *value, JsonNode *data)
{
  g_autofree char *word = rd_value_dup (value, data, RD_VALUE_NAME);

  return word != NULL && (g_ascii_strcasecmp (word, "audio") == 0 || g_ascii_strcasecmp (word, "voice") == 0);
}

static void
fill_one (const Field *field, RdValue *value, RdEvent *event, JsonNode *data, RdWords *words)
{
  gpointer member = G_STRUCT_MEMBER_P (event, field->offset);

  switch (field->kind)
    {
    case FIELD_STRING:
      *(char **) member = rd_value_dup (value, data, field->type);
      break;
    case FIELD_TIME:
      *(gint64 *) member = rd_value_get_time (value, data);
      break;
    case FIELD_COUNT:
      *(gint64 *) member = rd_value_get_count (value, data);
      break;
    case FIELD_MEDIA:
      *(gboolean *) member = is_audio (value, data);
      break;
    case FIELD_ANSWER:
      *(RdEventAnswer *) member = rd_value_get_answer (value, data);
      break;
    case FIELD_STATUS:
      *(RdEventCallStatus *) member = (RdEventCallStatus) read_word (value, data, words, RD_WORDS_CALL);
      break;
    case FIELD_DELIVERY:
      *(RdEventDelivery *) member = (RdEventDelivery) read_word (value, data, words, RD_WORDS_DELIVERY);
      break;
    case FIELD_PRESENCE:
      *(RdEventPresence *) member = (RdEventPresence) read_word (value, data, words, RD_WORDS_PRESENCE);
      break;
    case FIELD_DIRECTION:
      *(RdEventDirection *) member = (RdEventDirection) read_word (value, data, words, RD_WORDS_DIRECTION);
      break;
    case FIELD_INVOICE_STATUS:
      *(char **) member = read_invoice_status (value, data, words);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_string (const Field *field)
{
  return field->kind == FIELD_STRING || field->kind == FIELD_INVOICE_STATUS;
}

static gboolean
has_field (const RdEvent *event, guint index)
{
  const char *member = G_STRUCT_MEMBER_P (event, fields[index].offset);

  if (is_string (&fields[index]))
    return *(char *const *) (gconstpointer) member != NULL;
  if (fields[index].kind == FIELD_COUNT)
    return *(const gint64 *) (gconstpointer) member >= 0;
  return TRUE;
}

/* @names: alternatives with "|" between, ended by "," or NUL */
static gboolean
has_any (const RdEvent *event, const char *names, gsize length)
{
  for (gsize start = 0; start < length;)
    {
      gsize size = strcspn (names + start, "|,");

      if (has_field (event, (guint) find_field (names + start, size)))
        return TRUE;
      start += size + 1;
    }
  return FALSE;
}

static void
append_field (GString *key, const RdEvent *event, guint index)
{
  gconstpointer member = G_STRUCT_MEMBER_P (event, fields[index].offset);

  g_string_append_c (key, '\x1f');
  if (is_string (&fields[index]))
    g_string_append (key, *(char *const *) member != NULL ? *(char *const *) member : "");
  else if (fields[index].kind == FIELD_TIME || fields[index].kind == FIELD_COUNT)
    g_string_append_printf (key, "%" G_GINT64_FORMAT, *(const gint64 *) member);
  else
    g_string_append_printf (key, "%d", *(const int *) member);
}

const char *const *
rd_fields_get_names (void)
{
  return field_names;
}

static void
free_values (gpointer data)
{
  RdFields *self = data;

  for (guint i = 0; i < N_FIELDS; i++)
    g_clear_pointer (&self->values[i], rd_value_free);
}

RdFields *
rd_fields_new (JsonNode *json)
{
  RdFields *self = g_atomic_rc_box_new0 (RdFields);

  for (guint i = 0; i < N_FIELDS; i++)
    {
      JsonNode *value = rd_json_member (json, field_names[i]);

      if (value != NULL)
        self->values[i] = rd_value_new (value, NULL);
    }
  return self;
}

RdFields *
rd_fields_ref (RdFields *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rd_fields_unref (RdFields *self)
{
  g_atomic_rc_box_release_full (self, free_values);
}

void
rd_fields_fill (RdFields *self, RdEvent *event, JsonNode *data, RdWords *words)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (event != NULL);
  g_return_if_fail (data != NULL);

  for (guint i = 0; i < N_FIELDS; i++)
    if (self->values[i] != NULL)
      fill_one (&fields[i], self->values[i], event, data, words);
  rd_fields_infer_at (event);
}

void
rd_fields_infer_at (RdEvent *event)
{
  if (event->at != 0)
    return;
  if (event->kind == RD_EVENT_CALL_INITIATED || event->kind == RD_EVENT_INVOICE
      || event->kind == RD_EVENT_INVOICE_CREATED)
    event->at = event->created_at;
  else if (event->kind == RD_EVENT_CALL_ANSWERED)
    event->at = event->started_at;
  else if (event->kind == RD_EVENT_CALL_REJECTED || event->kind == RD_EVENT_CALL_ENDED)
    event->at = event->ended_at;
  else if (event->kind == RD_EVENT_PAYMENT_RECEIVED)
    event->at = event->paid_at;
}

/* Without a known word, its times tell. */
static RdEventKind
kind_of_call (const RdEvent *call)
{
  switch (call->status)
    {
    case RD_EVENT_STATUS_PENDING:
      return RD_EVENT_CALL_INITIATED;
    case RD_EVENT_STATUS_ACTIVE:
      return RD_EVENT_CALL_ANSWERED;
    case RD_EVENT_STATUS_REJECTED:
      return RD_EVENT_CALL_REJECTED;
    case RD_EVENT_STATUS_COMPLETED:
      return RD_EVENT_CALL_ENDED;
    case RD_EVENT_STATUS_UNKNOWN:
    default:
      break;
    }
  if (call->ended_at != 0)
    return RD_EVENT_CALL_ENDED;
  return call->started_at != 0 ? RD_EVENT_CALL_ANSWERED : RD_EVENT_CALL_INITIATED;
}

void
rd_fields_settle_call (RdEvent *event)
{
  event->kind = kind_of_call (event);
  rd_fields_infer_at (event);
}

gboolean
rd_fields_has (RdFields *self, const char *name)
{
  int index = find_field (name, strlen (name));

  return index >= 0 && self->values[index] != NULL;
}

gboolean
rd_fields_is_text (const char *name)
{
  int index = find_field (name, strlen (name));

  return index >= 0 && fields[index].kind == FIELD_STRING
         && (fields[index].type == RD_VALUE_ID || fields[index].type == RD_VALUE_NAME);
}

gboolean
rd_fields_set (RdEvent *event, const char *name, const char *text)
{
  char **member;
  int index = find_field (name, strlen (name));

  g_return_val_if_fail (rd_fields_is_text (name), FALSE);

  member = G_STRUCT_MEMBER_P (event, fields[index].offset);
  if (*member == NULL)
    *member = fields[index].type == RD_VALUE_ID ? rd_clean_exact (text, RD_CLEAN_ID)
                                                : rd_clean_text (text, RD_CLEAN_NAME);
  return *member != NULL;
}

static char *
dup_time (gint64 when)
{
  g_autoptr (GDateTime) time = when != 0 ? g_date_time_new_from_unix_utc (when / G_USEC_PER_SEC) : NULL;

  return time != NULL ? g_date_time_format_iso8601 (time) : NULL;
}

static char *
dup_answer (RdEventAnswer answer)
{
  return answer != RD_EVENT_UNSAID ? g_strdup (answer == RD_EVENT_YES ? "yes" : "no") : NULL;
}

static char *
dup_string (const Field *field, const char *text)
{
  return g_strdup (text != NULL && field->type == RD_VALUE_TOKEN ? "***" : text);
}

char *
rd_fields_dup_shown (const RdEvent *event, const char *name)
{
  int index = find_field (name, strlen (name));
  const Field *field;
  gconstpointer member;

  g_return_val_if_fail (event != NULL, NULL);
  g_return_val_if_fail (index >= 0, NULL);

  field = &fields[index];
  member = G_STRUCT_MEMBER_P (event, field->offset);
  switch (field->kind)
    {
    case FIELD_STRING:
    case FIELD_INVOICE_STATUS:
      return dup_string (field, *(char *const *) member);
    case FIELD_TIME:
      return dup_time (*(const gint64 *) member);
    case FIELD_COUNT:
      return *(const gint64 *) member >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, *(const gint64 *) member) : NULL;
    case FIELD_MEDIA:
      return *(const gboolean *) member ? g_strdup ("audio") : NULL;
    case FIELD_ANSWER:
      return dup_answer (*(const RdEventAnswer *) member);
    case FIELD_STATUS:
      return g_strdup (rd_words_get_nick (RD_WORDS_CALL, *(const guint *) member));
    case FIELD_DELIVERY:
      return g_strdup (rd_words_get_nick (RD_WORDS_DELIVERY, *(const guint *) member));
    case FIELD_PRESENCE:
      return g_strdup (rd_words_get_nick (RD_WORDS_PRESENCE, *(const guint *) member));
    case FIELD_DIRECTION:
      return g_strdup (rd_words_get_nick (RD_WORDS_DIRECTION, *(const guint *) member));
    default:
      g_assert_not_reached ();
    }
}

const char *
rd_fields_get_needed (RdEventKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (needs), "");

  return needs[kind].fields;
}

const char *
rd_fields_missing (const RdEvent *event)
{
  const char *names = needs[event->kind].fields;

  while (*names != '\0')
    {
      gsize length = strcspn (names, ",");

      if (!has_any (event, names, length))
        return field_names[find_field (names, strcspn (names, "|,"))];
      names += length + (names[length] == ',');
    }
  return NULL;
}

char **
rd_fields_dup_all_missing (const RdEvent *event)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  g_auto (GStrv) groups = g_strsplit (needs[event->kind].fields, ",", -1);

  for (char **group = groups; *group != NULL; group++)
    if (!has_any (event, *group, strlen (*group)))
      g_strv_builder_add (missing, *group);
  return g_strv_builder_end (missing);
}

static RdValue *
find_value (RdFields *self, const char *name)
{
  int index = find_field (name, strlen (name));

  return index >= 0 ? self->values[index] : NULL;
}

char *
rd_fields_dup_origin (RdFields *self, const char *name, JsonNode *data, RdWords *words, const char *shown)
{
  RdValue *value = find_value (self, name);

  g_return_val_if_fail (shown != NULL, NULL);

  for (guint i = 0; value != NULL && i < rd_value_get_length (value); i++)
    {
      g_autoptr (RdEvent) scratch = rd_event_new (RD_EVENT_NOTICE);
      g_autoptr (RdValue) one = rd_value_pick (value, i);
      g_autofree char *read = NULL;

      fill_one (&fields[find_field (name, strlen (name))], one, scratch, data, words);
      read = rd_fields_dup_shown (scratch, name);
      if (g_strcmp0 (read, shown) == 0)
        return rd_value_to_string (one);
    }
  return NULL;
}

char *
rd_fields_dup_paths (RdFields *self, const char *name)
{
  RdValue *value = find_value (self, name);

  return value != NULL ? rd_value_to_string (value) : NULL;
}

char *
rd_fields_dup_raw (RdFields *self, const char *name, JsonNode *data)
{
  RdValue *value = find_value (self, name);
  char *raw = value != NULL ? rd_value_dup (value, data, RD_VALUE_NAME) : NULL;

  if (raw == NULL || fields[find_field (name, strlen (name))].type != RD_VALUE_TOKEN)
    return raw;
  rd_clean_secret (raw);
  return g_strdup ("***");
}

void
rd_fields_make_key (RdEvent *event, const char *const *names)
{
  g_auto (GStrv) usual = NULL;
  GString *key = g_string_new (rd_event_kind_to_string (event->kind));

  if (names == NULL)
    {
      usual = g_strsplit (needs[event->kind].key, ",", -1);
      names = (const char *const *) usual;
    }
  for (; *names != NULL; names++)
    append_field (key, event, (guint) find_field (*names, strlen (*names)));
  g_free (event->key);
  event->key = g_string_free (key, FALSE);
}
