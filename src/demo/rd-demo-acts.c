/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-acts.h"

#include "rd-demo-json.h"

/* The other side of everything: one function per act, by name. */

#define MAX_BULK 10000
#define MAX_AT_ONCE 100

typedef JsonObject *(*Act) (const RdDemoSight *sight, JsonObject *body, GError **error);

static JsonObject *
reply_id (const char *name, gint64 id)
{
  JsonObject *reply = json_object_new ();

  json_object_set_int_member (reply, name, id);
  return reply;
}

static JsonObject *
refuse (GError **error, const char *said)
{
  g_set_error_literal (error, RD_DEMO_ERROR, RD_DEMO_ERROR_BAD_REQUEST, said);
  return NULL;
}

static gboolean
get_boolean (JsonObject *body, const char *name, gboolean otherwise)
{
  JsonNode *node = json_object_get_member (body, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return otherwise;
  return json_node_get_boolean (node);
}

static const char *
get_text (JsonObject *body, const char *name, const char *otherwise)
{
  const char *text = rd_demo_json_get_string (body, name);

  return text != NULL && *text != '\0' ? text : otherwise;
}

/* How many; bounded */
static guint
get_count (JsonObject *body, const char *name, guint otherwise, guint most)
{
  gint64 count = rd_demo_json_get_id (body, name);

  return count == 0 ? otherwise : (guint) MIN (count, most);
}

/* The word's place in @words, -1 */
static int
get_choice (JsonObject *body, const char *name, const char *const *words)
{
  const char *word = rd_demo_json_get_string (body, name);

  for (int i = 0; word != NULL && words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      return i;
  return -1;
}

static RdDemoInvoices *
get_invoices (const RdDemoSight *sight, JsonObject *body)
{
  return g_str_equal (get_text (body, "site", "invoices"), "seed") ? sight->seed : sight->invoices;
}

static JsonObject *
act_call (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  RdDemoCall *call = rd_demo_crm_place (sight->crm, rd_demo_json_get_id (body, "from"), RD_DEMO_YOU,
                                        get_boolean (body, "audio", FALSE), error);

  return call != NULL ? reply_id ("call", call->id) : NULL;
}

static JsonObject *
act_act (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  RdDemoCall *call = rd_demo_crm_lookup_call (sight->crm, rd_demo_json_get_id (body, "call"));
  const char *action = rd_demo_json_get_string (body, "action");
  RdDemoPerson *peer = call != NULL ? rd_demo_call_get_peer (call, RD_DEMO_YOU) : NULL;
  /* you, by another device of yours */
  gboolean elsewhere = get_boolean (body, "elsewhere", FALSE);

  if (peer == NULL || action == NULL)
    return refuse (error, "There is no such call");
  if (!rd_demo_crm_act (sight->crm, elsewhere ? RD_DEMO_YOU : peer->id, call->id, action, error))
    return NULL;
  return reply_id ("call", call->id);
}

static JsonObject *
act_message (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  const char *text = rd_demo_json_get_string (body, "text");
  gint64 id = rd_demo_crm_send_message_with_subject (
      sight->crm, rd_demo_json_get_id (body, "from"), RD_DEMO_YOU,
      text != NULL ? text : "Have you got five minutes? 🙂", rd_demo_json_get_string (body, "subject"), error);

  return id != 0 ? reply_id ("message", id) : NULL;
}

static JsonObject *
act_read (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  gint64 person = rd_demo_json_get_id (body, "person");

  if (rd_demo_people_lookup (rd_demo_crm_get_people (sight->crm), person) == NULL || person == RD_DEMO_YOU)
    return refuse (error, "There is no such person");
  return reply_id ("read", rd_demo_crm_read (sight->crm, person, RD_DEMO_YOU));
}

static JsonObject *
act_presence (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  static const char *const statuses[] = { "online", "busy", "away", "offline", NULL };
  RdDemoPerson *person =
      rd_demo_people_lookup (rd_demo_crm_get_people (sight->crm), rd_demo_json_get_id (body, "person"));
  int status = get_choice (body, "status", statuses);

  if (person == NULL)
    return refuse (error, "There is no such person");
  if (status < 0 && json_object_has_member (body, "status"))
    return refuse (error, "There is no such status");
  rd_demo_crm_set_presence (sight->crm, person->id, status >= 0 ? statuses[status] : NULL,
                            get_boolean (body, "available", person->available),
                            rd_demo_json_get_string (body, "message"));
  return reply_id ("person", person->id);
}

static JsonObject *
act_issue (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  const char *status = rd_demo_json_get_string (body, "status");

  rd_demo_crm_tell_issue (sight->crm, status != NULL ? "issue-status-changed" : "issue-created",
                          get_text (body, "title", "The printer is on fire"), status != NULL ? status : "open");
  return json_object_new ();
}

static JsonObject *
act_team_message (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  JsonObject *message = rd_demo_team_post (sight->team, rd_demo_json_get_id (body, "from"),
                                           get_text (body, "workspace", RD_DEMO_WORKSPACE),
                                           get_text (body, "text", "Who joins for coffee?"));
  JsonObject *reply;

  if (message == NULL)
    return refuse (error, "There is no such person or workspace, or the text is too long");
  reply = json_object_new ();
  json_object_set_string_member (reply, "message", rd_demo_json_get_string (message, "id"));
  return reply;
}

static JsonObject *
act_typing (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  gint64 from = rd_demo_json_get_id (body, "from");

  if (rd_demo_people_lookup (rd_demo_team_get_people (sight->team), from) == NULL)
    return refuse (error, "There is no such person");
  rd_demo_team_type (sight->team, from, RD_DEMO_WORKSPACE, get_boolean (body, "typing", TRUE));
  return json_object_new ();
}

static JsonObject *
act_join (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  gint64 person = rd_demo_json_get_id (body, "person");

  if (person == 0)
    {
      person = rd_demo_team_hire (sight->team, rd_demo_json_get_string (body, "name"));
      return person != 0 ? reply_id ("person", person) : refuse (error, "The team is complete");
    }
  if (person == RD_DEMO_YOU || !rd_demo_team_join (sight->team, person))
    return refuse (error, "They are there already, or nobody knows them");
  return reply_id ("person", person);
}

static JsonObject *
act_leave (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  gint64 person = rd_demo_json_get_id (body, "person");

  if (!rd_demo_team_leave (sight->team, person))
    return refuse (error, "They are not there");
  return reply_id ("person", person);
}

static JsonObject *
act_sms (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  guint conversation = get_count (body, "conversation", 1, G_MAXUINT);
  const char *text = get_text (body, "text", "Running ten minutes late, sorry");
  gint64 id = rd_demo_sms_receive (sight->sms, conversation, text);

  return id != 0 ? reply_id ("message", id) : refuse (error, "There is no such conversation");
}

static JsonObject *
act_delivery (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  static const char *const words[] = { "delivered", "failed", "stuck", NULL };
  int choice = get_choice (body, "what", words);

  if (choice < 0)
    return refuse (error, "It is delivered, failed or stuck");
  rd_demo_sms_set_delivery (sight->sms, (RdDemoDelivery) choice);
  return json_object_new ();
}

static JsonObject *
act_sms_status (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  static const char *const words[] = { "queued", "sending", "sent", "delivered", "failed", NULL };
  int choice = get_choice (body, "status", words);

  if (choice < 0 || !rd_demo_sms_set_status (sight->sms, rd_demo_json_get_id (body, "message"), words[choice]))
    return refuse (error, "There is no such message or status");
  return json_object_new ();
}

static JsonObject *
act_spelling (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  static const char *const words[] = { "dotted", "guide", "laravel", NULL };
  int choice = get_choice (body, "what", words);

  if (choice < 0)
    return refuse (error, "It is dotted, guide or laravel");
  rd_demo_sms_set_spelling (sight->sms, (RdDemoSpelling) choice);
  return json_object_new ();
}

static JsonObject *
act_sms_call (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  static const char *const words[] = { "initiating", "answered", "in_progress", "ended", "failed", NULL };
  int choice = get_choice (body, "status", words);

  if (choice < 0)
    return refuse (error, "There is no such status");
  rd_demo_sms_tell_call (sight->sms, get_count (body, "session", 1, G_MAXUINT), words[choice]);
  return json_object_new ();
}

static JsonObject *
act_pay (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  gint64 invoice = rd_demo_json_get_id (body, "invoice");

  if (invoice > G_MAXUINT || !rd_demo_invoices_pay (get_invoices (sight, body), (guint) invoice))
    return refuse (error, "That invoice cannot be paid any more");
  return reply_id ("invoice", invoice);
}

static JsonObject *
act_pay_many (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  RdDemoInvoices *invoices = get_invoices (sight, body);
  guint count = get_count (body, "count", 10, MAX_AT_ONCE);
  guint paid = 0;

  while (paid < count)
    {
      guint next = rd_demo_invoices_get_next (invoices);

      if (next == 0)
        next = rd_demo_invoices_create (invoices, "25.00", "Support hours");
      if (next == 0 || !rd_demo_invoices_pay (invoices, next))
        break;
      paid++;
    }
  return reply_id ("paid", paid);
}

static JsonObject *
act_invoice (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  guint id = rd_demo_invoices_create (get_invoices (sight, body), get_text (body, "amount", "120.00"),
                                      get_text (body, "description", "Workshop"));

  return id != 0 ? reply_id ("invoice", id) : refuse (error, "There are too many invoices");
}

static JsonObject *
act_invoice_status (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  static const char *const words[] = { "pending", "paid", "expired", "cancelled", NULL };
  int choice = get_choice (body, "status", words);
  gint64 invoice = rd_demo_json_get_id (body, "invoice");

  if (choice < 0 || invoice > G_MAXUINT
      || !rd_demo_invoices_set_status (get_invoices (sight, body), (guint) invoice, words[choice]))
    return refuse (error, "There is no such invoice or status");
  return reply_id ("invoice", invoice);
}

static JsonObject *
act_notify (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  rd_demo_invoices_notify (sight->invoices, get_text (body, "event", "withdrawal_completed"),
                           get_text (body, "title", "Withdrawal completed"),
                           get_text (body, "message", "Your withdrawal of 250.00 is on its way"), "W-1001");
  return json_object_new ();
}

static JsonObject *
act_mood (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  RdDemoSiteId id;
  RdDemoMood mood;

  if (!rd_demo_site_id_from_string (rd_demo_json_get_string (body, "site"), &id)
      || !rd_demo_mood_from_string (rd_demo_json_get_string (body, "mood"), &mood))
    return refuse (error, "There is no such site or mood");
  rd_demo_site_set_mood (rd_demo_sight_get_site (sight, id), mood);
  return json_object_new ();
}

static void
expire (const RdDemoSight *sight, RdDemoSiteId id, gboolean wholly)
{
  switch (id)
    {
    case RD_DEMO_SITE_CRM:
      if (wholly)
        rd_demo_crm_sign_out (sight->crm, RD_DEMO_YOU);
      else
        rd_demo_crm_expire_access (sight->crm, RD_DEMO_YOU);
      break;
    case RD_DEMO_SITE_TEAM:
      rd_demo_team_sign_out (sight->team, RD_DEMO_YOU);
      break;
    case RD_DEMO_SITE_SMS:
      if (wholly)
        rd_demo_sms_sign_out (sight->sms);
      else
        rd_demo_sms_expire_csrf (sight->sms);
      break;
    case RD_DEMO_SITE_INVOICES:
      rd_demo_invoices_renew_token (sight->invoices);
      break;
    case RD_DEMO_SITE_SEED:
    case RD_DEMO_N_SITES:
    default:
      break;
    }
}

static JsonObject *
act_expire (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  RdDemoSiteId id;
  gboolean wholly = get_boolean (body, "wholly", FALSE);
  g_autofree char *text = NULL;

  if (!rd_demo_site_id_from_string (rd_demo_json_get_string (body, "site"), &id))
    return refuse (error, "There is no such site");
  expire (sight, id, wholly);
  text = g_strdup_printf ("%s: your credentials have run out%s", rd_demo_site_id_get_name (id),
                          wholly ? " wholly" : "");
  rd_demo_log_add (sight->log, "act", text);
  return json_object_new ();
}

static JsonObject *
act_bulk (const RdDemoSight *sight, JsonObject *body, GError **error)
{
  guint conversations = get_count (body, "conversations", 0, MAX_BULK);

  rd_demo_crm_add_people (sight->crm, get_count (body, "people", 0, MAX_BULK));
  rd_demo_crm_add_conversations (sight->crm, conversations);
  rd_demo_sms_add_conversations (sight->sms, conversations);
  rd_demo_team_add_messages (sight->team, get_count (body, "messages", 0, MAX_BULK));
  rd_demo_invoices_add_history (sight->invoices, get_count (body, "invoices", 0, MAX_BULK));
  return json_object_new ();
}

static const struct
{
  const char *name;
  Act act;
} acts[] = {
  { "call", act_call },
  { "act", act_act },
  { "message", act_message },
  { "read", act_read },
  { "presence", act_presence },
  { "issue", act_issue },
  { "team-message", act_team_message },
  { "typing", act_typing },
  { "join", act_join },
  { "leave", act_leave },
  { "sms", act_sms },
  { "delivery", act_delivery },
  { "sms-status", act_sms_status },
  { "spelling", act_spelling },
  { "sms-call", act_sms_call },
  { "pay", act_pay },
  { "pay-many", act_pay_many },
  { "invoice", act_invoice },
  { "invoice-status", act_invoice_status },
  { "notify", act_notify },
  { "mood", act_mood },
  { "expire", act_expire },
  { "bulk", act_bulk },
};

static Act
find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      return acts[i].act;
  return NULL;
}

gboolean
rd_demo_acts_has (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return find (name) != NULL;
}

JsonObject *
rd_demo_acts_run (const RdDemoSight *sight, const char *name, JsonObject *body, GError **error)
{
  Act act;

  g_return_val_if_fail (sight != NULL && name != NULL && body != NULL, NULL);

  act = find (name);
  g_return_val_if_fail (act != NULL, NULL);
  return act (sight, body, error);
}
