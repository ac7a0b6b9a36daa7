/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "json-schema.h"
#include "rd-event.h"
#include "rd-fault.h"
#include "rd-fields.h"
#include "rd-json.h"
#include "rd-profile-check.h"
#include "rd-profile.h"
#include "rd-test.h"

#include <string.h>

/* Profiles that are wrong, and where; and that the published schema says what the code says. */

static JsonNode *
read_json (const char *name)
{
  g_autofree char *path = g_build_filename (PROFILES_DIR, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node;
  gsize length = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  node = rd_json_parse (text, (gssize) length, &error);
  g_assert_no_error (error);
  return node;
}

#define HEAD "{'format':1,'id':'x','name':'X',"
#define EMPTY HEAD "'channels':[],'events':{}"
#define EVENT(inner) HEAD "'channels':[],'events':{'e':{" inner "}}}"
#define ACTION(inner) EMPTY ",'actions':{'answer':{" inner "}}}"

/* ' for " */
static const struct
{
  const char *text;
  const char *where;
  const char *said;
  gboolean schema_passes; /* what a schema cannot say */
} bad[] = {
  { "[]", "f.json", "must be an object" },
  { "{}", "f.json: format", "is missing" },
  { "{'format':2}", "f.json: format", "only format 1 is known" },
  { "{'format':'1'}", "f.json: format", "must be a number" },
  { HEAD "'channels':[]}", "f.json: events", "is missing" },
  { EMPTY ",'extra':1}", "f.json: extra", "is not known here" },
  { "{'format':1,'id':'X y'}", "f.json: id", "not an id of lower-case letters, digits and hyphens" },
  { "{'format':1,'id':'x','name':''}", "f.json: name", "must not be empty" },
  { "{'format':1,'id':'x','name':'a\\nb'}", "f.json: name", "too long, or has control characters" },
  { "{'format':1,'id':'x','name':7}", "f.json: name", "must be a string" },
  { EMPTY ",'token':{'header':'A: b','prefix':''}}", "f.json: token.header", "not the name of an HTTP header" },
  { EMPTY ",'token':{'header':'A'}}", "f.json: token.prefix", "is missing" },
  { EMPTY ",'authorise':{'path':'auth','encoding':'form'}}", "f.json: authorise.path", "must start with one /" },
  { EMPTY ",'authorise':{'path':'//evil/','encoding':'form'}}", "f.json: authorise.path", "must start with one /" },
  { EMPTY ",'authorise':{'path':'/{user.id}','encoding':'form'}}", "f.json: authorise.path", "takes no placeholder" },
  { EMPTY ",'authorise':{'path':'/a','encoding':'xml'}}", "f.json: authorise.encoding",
    "“xml” is none of those known" },
  { HEAD "'channels':'a','events':{}}", "f.json: channels", "must be a list" },
  { HEAD "'channels':['a',1],'events':{}}", "f.json: channels[1]", "must be a string" },
  { HEAD "'channels':['a-{user.id'],'events':{}}", "f.json: channels[0]", "a placeholder is not closed" },
  { HEAD "'channels':['a-{}'],'events':{}}", "f.json: channels[0]", "a placeholder names no variable" },
  { HEAD "'channels':['a-{User}'],'events':{}}", "f.json: channels[0]", "a placeholder names no variable" },
  { HEAD "'channels':['a}'],'events':{}}", "f.json: channels[0]", "a } without its {" },
  { HEAD "'channels':['{number:user.id}'],'events':{}}", "f.json: channels[0]",
    "“number:” has a place only in a JSON body" },
  { EMPTY ",'needs':['Invoice']}", "f.json: needs[0]", "not a variable's name" },
  { EMPTY ",'room':{'hosts':['https://a/']}}", "f.json: room.hosts[0]", "not a host, in lower case" },
  { EMPTY ",'errors':{'said':'error'}}", "f.json: errors.said", "a JSON path starts with $" },
  { EMPTY ",'errors':{'said':'$.a','failed':{'path':'$.b','is':1}}}", "f.json: errors.failed.is",
    "must be true or false" },
  { EMPTY ",'statuses':{'busy':[]}}", "f.json: statuses.busy", "is not known here" },
  { EMPTY ",'fields':{'call':{'call.number':'$.id'}}}", "f.json: fields.call['call.number']", "is not known here" },
  { EMPTY ",'fields':{'call':{'call.id':[]}}}", "f.json: fields.call['call.id']", "holds no path, or too many" },
  { EMPTY ",'fields':{'call':{'call.id':['$.a','$.']}}}", "f.json: fields.call['call.id'][1]",
    "a name is missing after the dot" },
  { EMPTY ",'fields':{'call':{'call.id':'$.a['}}}", "f.json: fields.call['call.id']",
    "a bracket holds neither a number, a star nor a quoted name" },
  { EMPTY ",'fields':{'call':{'call.id':'$[\\u0027a'}}}", "f.json: fields.call['call.id']",
    "a quoted name is not closed" },
  { EMPTY ",'fields':{'call':{'call.id':'$..a..b'}}}", "f.json: fields.call['call.id']", "\"..\" stands twice", TRUE },
  { EMPTY ",'fields':{'call':{'call.id':{'join':['$.a','b']}}}}", "f.json: fields.call['call.id'].join[1]",
    "a JSON path starts with $" },
  { EMPTY ",'fields':{'call':{'call.id':{'glue':[]}}}}", "f.json: fields.call['call.id']",
    "must be a JSON path, {\"join\": [paths]} or {\"const\": text}" },
  { EVENT ("'is':'call.started','fields':{}"), "f.json: events.e.is", "“call.started” is no kind of event" },
  { EVENT ("'fields':{}"), "f.json: events.e.is", "is missing" },
  { EVENT ("'is':'notice'"), "f.json: events.e.fields", "is missing" },
  { EVENT ("'is':'notice','fields':'call'"), "f.json: events.e.fields", "“call” is not among “fields”", TRUE },
  { EVENT ("'is':'notice','fields':7"), "f.json: events.e.fields", "must be an object" },
  { EVENT ("'is':'notice','fields':{},'key':['headline']"), "f.json: events.e.key[0]",
    "“headline” is none of those known" },
  { EVENT ("'is':'notice','fields':{},'key':[]"), "f.json: events.e.key", "names no field" },
  { EVENT ("'is':'notice','fields':{},'also':['e']"), "f.json: events.e.also[0]", "stands for two events", TRUE },
  { EMPTY ",'actions':{'explode':{}}}", "f.json: actions.explode", "is not known here" },
  { ACTION ("'method':'HEAD','path':'/'"), "f.json: actions.answer.method", "“HEAD” is none of those known" },
  { ACTION ("'method':'GET'"), "f.json: actions.answer.path", "is missing" },
  { ACTION ("'method':'GET','path':'a/'"), "f.json: actions.answer.path", "must start with one /" },
  { ACTION ("'method':'GET','path':'//a/'"), "f.json: actions.answer.path", "must start with one /" },
  { ACTION ("'method':'GET','path':'/{call.id'"), "f.json: actions.answer.path", "a placeholder is not closed" },
  { ACTION ("'method':'GET','path':'/?a=b'"), "f.json: actions.answer.path",
    "must be a path alone; values of the query stand in “query”" },
  { ACTION ("'method':'GET','path':'/caf\u00e9'"), "f.json: actions.answer.path", "has letters beyond ASCII" },
  { ACTION ("'method':'GET','path':'/','query':{'q':1}"), "f.json: actions.answer.query.q", "must be a string" },
  { ACTION ("'method':'POST','path':'/','body':{}"), "f.json: actions.answer.encoding",
    "“encoding” and “body” stand together" },
  { ACTION ("'method':'POST','path':'/','encoding':'json'"), "f.json: actions.answer.body",
    "“encoding” and “body” stand together" },
  { ACTION ("'method':'GET','path':'/','encoding':'json','body':{}"), "f.json: actions.answer.body", "a GET has none",
    TRUE },
  { ACTION ("'method':'POST','path':'/','encoding':'json','body':{'a':{'b':['{c']}}"),
    "f.json: actions.answer.body.a.b[0]", "a placeholder is not closed", TRUE },
  { ACTION ("'method':'POST','path':'/','encoding':'form','body':{'a':{}}"), "f.json: actions.answer.body.a",
    "must be a string", TRUE },
  { ACTION ("'method':'GET','path':'/','reply':{'calls':{'at':'$'}}"), "f.json: actions.answer.reply.calls.fields",
    "is missing" },
  { ACTION ("'method':'GET','path':'/','reply':{'values':{'id':'id'}}"), "f.json: actions.answer.reply.values.id",
    "a JSON path starts with $" },
  /* signing in */
  { EMPTY ",'sign-in':[]}", "f.json: sign-in", "must be an object" },
  { EMPTY ",'sign-in':{'way':[]}}", "f.json: sign-in.way", "is not known here" },
  { EMPTY ",'sign-in':{'ways':'token'}}", "f.json: sign-in.ways", "must be a list" },
  { EMPTY ",'sign-in':{'ways':['sms']}}", "f.json: sign-in.ways[0]", "“sms” is none of those known" },
  { EMPTY ",'sign-in':{'ways':['password']}}", "f.json: sign-in.steps", "“password” among “ways” needs steps", TRUE },
  { EMPTY ",'sign-in':{'ways':['password'],'steps':[]}}", "f.json: sign-in.steps",
    "“password” among “ways” needs steps", TRUE },
  { EMPTY ",'sign-in':{'login':'phone'}}", "f.json: sign-in.login", "“phone” is none of those known" },
  { EMPTY ",'sign-in':{'session':'header'}}", "f.json: sign-in.session", "“header” is none of those known" },
  { EMPTY ",'sign-in':{'csrf-header':'X CSRF'}}", "f.json: sign-in.csrf-header", "not the name of an HTTP header" },
  { EMPTY ",'sign-in':{'steps':{}}}", "f.json: sign-in.steps", "must be a list" },
  { EMPTY ",'sign-in':{'steps':[{'method':'POST'}]}}", "f.json: sign-in.steps[0].path", "is missing" },
  { EMPTY ",'sign-in':{'renew':[{'method':'GET','path':'x'}]}}", "f.json: sign-in.renew[0].path",
    "must start with one /" },
  /* a plain line */
  { EMPTY ",'line':{'path':'/ws/','event':'$.type'}}", "f.json: line.data", "is missing" },
  { EMPTY ",'line':{'path':'ws','event':'$.type','data':'$'}}", "f.json: line.path", "must start with one /" },
  { EMPTY ",'line':{'path':'/ws/','event':'type','data':'$'}}", "f.json: line.event", "a JSON path starts with $" },
  { EMPTY ",'line':{'path':'/ws/','event':'$.t','data':'$','ping':'ping'}}", "f.json: line.ping",
    "must be an object" },
  { EMPTY ",'line':{'path':'/ws/','event':'$.t','data':'$','every':0}}", "f.json: line.every",
    "must be a number from 1 to 1000" },
  { EMPTY ",'line':{'path':'/ws/','event':'$.t','data':'$','hello':''}}", "f.json: line.hello", "must not be empty" },
  { EMPTY ",'line':{'path':'/ws/','event':'$.t','data':'$','pong':7}}", "f.json: line.pong", "must be a string" },
  { EMPTY ",'line':{'path':'/ws/','event':'$.t','data':'$','url':'/'}}", "f.json: line.url", "is not known here" },
  /* polls */
  { EMPTY ",'poll':{}}", "f.json: poll", "must be a list" },
  { EMPTY ",'poll':[{'action':'unread','every':5}]}", "f.json: poll[0].action", "is not among “actions”", TRUE },
  { EMPTY ",'poll':[{'action':'look','every':5}]}", "f.json: poll[0].action", "“look” is none of those known" },
  { EMPTY ",'actions':{'calls':{'method':'GET','path':'/'}},'poll':[{'action':'calls','every':'5'}]}",
    "f.json: poll[0].every", "must be a number" },
  { EMPTY ",'poll':[{'every':5}]}", "f.json: poll[0].action", "is missing" },
  /* pages */
  { EMPTY ",'pages':[]}", "f.json: pages", "must be an object" },
  { EMPTY ",'pages':{'invoices':'/'}}", "f.json: pages.invoices", "is not known here" },
  { EMPTY ",'pages':{'':'https://evil.example/'}}", "f.json: pages['']", "must start with one /" },
  { EMPTY ",'pages':{'invoice':'//evil.example/'}}", "f.json: pages.invoice", "must start with one /" },
  { EMPTY ",'pages':{'invoice':'/a b'}}", "f.json: pages.invoice", "not an address" },
  { EMPTY ",'pages':{'invoice':'/gru\u00df'}}", "f.json: pages.invoice", "has letters beyond ASCII" },
  /* members, words */
  { EMPTY ",'members':{}}", "f.json: members.fields", "is missing" },
  { EMPTY ",'members':{'fields':{'name':'$.name'}}}", "f.json: members.fields.name", "is not known here" },
  { EMPTY ",'deliveries':{'lost':['x']}}", "f.json: deliveries.lost", "is not known here" },
  { EMPTY ",'deliveries':{'sent':'x'}}", "f.json: deliveries.sent", "must be a list" },
  { EMPTY ",'presences':{'online':['']}}", "f.json: presences.online[0]", "must not be empty" },
  { EMPTY ",'presences':{'asleep':[]}}", "f.json: presences.asleep", "is not known here" },
  { EMPTY ",'invoice-statuses':{'paid':[1]}}", "f.json: invoice-statuses.paid[0]", "must be a string" },
  { EMPTY ",'invoice-statuses':{'refunded':[]}}", "f.json: invoice-statuses.refunded", "is not known here" },
  /* replies */
  { ACTION ("'method':'GET','path':'/','reply':{'more':true}"), "f.json: actions.answer.reply.more",
    "must be a JSON path" },
  { ACTION ("'method':'GET','path':'/','reply':{'page-size':0}"), "f.json: actions.answer.reply.page-size",
    "must be a number from 1 to 1000" },
  { ACTION ("'method':'GET','path':'/','reply':{'page-size':2.5}"), "f.json: actions.answer.reply.page-size",
    "must be a number" },
  { ACTION ("'method':'GET','path':'/','reply':{'meta':{'csrf':''}}"), "f.json: actions.answer.reply.meta.csrf",
    "must not be empty" },
  { ACTION ("'method':'GET','path':'/','reply':{'people':{'fields':{}}}"), "f.json: actions.answer.reply.people.at",
    "is missing" },
  { ACTION ("'method':'GET','path':'/','reply':{'notes':{}}"), "f.json: actions.answer.reply.notes",
    "is not known here" },
  /* requests */
  { ACTION ("'method':'GET','path':'/','headers':{'X Y':'z'}"), "f.json: actions.answer.headers['X Y']",
    "not the name of an HTTP header" },
  { ACTION ("'method':'GET','path':'/','headers':{'X':'{'}"), "f.json: actions.answer.headers.X",
    "a placeholder is not closed" },
  { ACTION ("'method':'GET','path':'/','must':'id'"), "f.json: actions.answer.must", "must be a list" },
  { ACTION ("'method':'GET','path':'/','must':['']"), "f.json: actions.answer.must[0]", "must not be empty" },
  { ACTION ("'method':'GET','path':'/','query':{'a':'{boolean:typing}'}"), "f.json: actions.answer.query.a",
    "“boolean:” has a place only in a JSON body" },
  { EVENT ("'is':'message','fields':{}"), "f.json: events.e.is", "“message” is no kind of event" },
  { EVENT ("'is':'notice','fields':{},'channel':'a-{unread}'"), "f.json: events.e.channel",
    "must hold one {field} of text" },
};

static char *
quote (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = quote (bad[i].text);
      g_autoptr (GError) error = NULL;
      g_autoptr (RdProfile) profile = rd_profile_new_from_data (text, -1, "f.json", &error);

      g_test_message ("%s", text);
      g_assert_null (profile);
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_PROFILE);
      g_assert_cmpstr (rd_fault_get_where (error), ==, bad[i].where);
      g_assert_cmpstr (rd_fault_get_said (error), ==, bad[i].said);
    }
}

static char *
list_faults (GPtrArray *faults)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < faults->len; i++)
    {
      const RdProfileFault *fault = g_ptr_array_index (faults, i);

      g_string_append_printf (list, "%s: %s\n", fault->place, fault->said);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* All of them, in the order of the file: who writes a profile corrects it in one go. */
static void
test_all_faults (void)
{
  g_autofree char *text = quote ("{'format':1,'id':'X','nmae':'x','channels':['a{'],'events':{"
                                 "'a.b':{'is':'notify','fields':{'body':'x','text':['$.a[']},'also':['c','c']}},"
                                 "'actions':{'send':{'method':'POST','path':'//x'},'anser':{}}}");
  g_autoptr (JsonNode) profile = rd_json_parse (text, -1, NULL);
  g_autoptr (GPtrArray) faults = rd_profile_find_faults (profile);
  g_autofree char *list = list_faults (faults);
  const RdProfileFault *unknown = g_ptr_array_index (faults, 1);

  g_assert_cmpstr (list, ==,
                   "id: not an id of lower-case letters, digits and hyphens\n"
                   "nmae: is not known here\n"
                   "channels[0]: a placeholder is not closed\n"
                   "events['a.b'].is: “notify” is no kind of event\n"
                   "events['a.b'].fields.body: a JSON path starts with $\n"
                   "events['a.b'].fields.text[0]: a bracket holds neither a number, a star nor a quoted name\n"
                   "actions.send.path: must start with one /\n"
                   "actions.anser: is not known here\n"
                   "name: is missing\n");
  g_assert_true (g_strv_contains ((const char *const *) unknown->known, "name"));
}

/* Of what is no profile at all, a hundred are enough. */
static void
test_many_faults (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (JsonNode) profile = NULL;
  g_autoptr (GPtrArray) faults = NULL;

  for (guint i = 0; i < RD_JSON_MEMBERS; i++)
    g_string_append_printf (text, "%s\"%u\": 1", i > 0 ? "," : "", i);
  g_string_append_c (text, '}');
  profile = rd_json_parse (text->str, -1, NULL);
  faults = rd_profile_find_faults (profile);
  g_assert_cmpuint (faults->len, ==, 100);
}

/* What can be read and never works. */
static void
test_doubts (void)
{
  static const char *const names[] = { "crm.json",  "crm-ws.json", "invoices.json", "invoices-seed.json",
                                       "sms.json", "team.json" };
  g_autofree char *text = quote ("{'format':1,'id':'x','name':'X','needs':['team.id'],"
                                 "'channels':['private-{usr.id}','team-{team.id}'],"
                                 "'pages':{'':'/','conversation':'/c/{conversation.id}/{invoce.id}'},"
                                 "'events':{'e':{'is':'call.initiated','fields':{'call.id':'$.id'}},"
                                 "'f':{'is':'message.new','channel':'m-{message.id}','fields':{}}},"
                                 "'actions':{'answer':{'method':'POST','path':'/{call.id}','encoding':'json',"
                                 "'body':{'a':['{text}','{number:user.id}']}},"
                                 "'people':{'method':'GET','path':'/','reply':{'people':{'at':'$','fields':{}}}}}}");
  g_autoptr (JsonNode) profile = rd_json_parse (text, -1, NULL);
  g_autoptr (GPtrArray) faults = rd_profile_find_faults (profile);
  g_autoptr (GPtrArray) doubts = rd_profile_find_doubts (profile);
  g_autofree char *list = list_faults (doubts);

  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpstr (list, ==,
                   "channels[0]: nothing is known here as {usr.id}\n"
                   "channels[0]: “private-{usr.id}” cannot be joined without “authorise”\n"
                   "pages.conversation: nothing is known here as {invoce.id}\n"
                   "events.e.fields: call.initiated is of no use without initiator.id\n"
                   "actions.answer.body.a[0]: nothing is known here as {text}\n"
                   "actions.people.reply.people.fields: person is of no use without person.id\n");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonNode) shipped = read_json (names[i]);
      g_autoptr (GPtrArray) none = rd_profile_find_doubts (shipped);
      g_autofree char *said = list_faults (none);

      g_assert_cmpstr (said, ==, "");
    }
}

static void
test_bad_text (void)
{
  static const struct
  {
    const char *text;
    const char *where;
  } texts[] = {
    { "", "f.json:1:1" },
    { "{\n \"format\": 1,\n \"id\" 2}", "f.json:3:5" },
    { "{\"a\": '1'}", "f.json:1:7" },
    { "{} // comment", "f.json:1:4" },
    { "{\"a\": \"\xff\"}", "f.json:1:1" },
  };
  g_autofree char *big = g_strnfill (RD_PROFILE_MAX_SIZE + 1, ' ');
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) syntax = NULL;

      g_assert_null (rd_profile_new_from_data (texts[i].text, -1, "f.json", &syntax));
      g_assert_error (syntax, RD_FAULT, RD_FAULT_BAD_PROFILE);
      g_assert_cmpstr (rd_fault_get_where (syntax), ==, texts[i].where);
      g_assert_nonnull (rd_fault_get_said (syntax));
    }
  g_assert_null (rd_profile_new_from_data (big, -1, "f.json", &error));
  g_assert_cmpstr (rd_fault_get_said (error), ==, "larger than 256 KiB");
  g_clear_error (&error);
  g_assert_null (rd_profile_new_from_data (deep, -1, "f.json", &error));
  g_assert_cmpstr (rd_fault_get_where (error), ==, "f.json:1:65");
  g_assert_cmpstr (rd_fault_get_said (error), ==, "nested too deep");
}

static void
test_shipped_valid (void)
{
  static const char *const names[] = { "crm.json",  "crm-ws.json", "invoices.json", "invoices-seed.json",
                                       "sms.json", "team.json" };
  g_autoptr (JsonNode) schema = read_json ("profile-1.schema.json");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonNode) profile = read_json (names[i]);
      g_autofree char *wrong = json_schema_check (schema, profile);

      g_assert_cmpstr (wrong, ==, NULL);
    }
}

/* What the code refuses the schema refuses, as far as a schema can. */
static void
test_schema_refuses (void)
{
  g_autoptr (JsonNode) schema = read_json ("profile-1.schema.json");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = quote (bad[i].text);
      g_autoptr (JsonNode) profile = rd_json_parse (text, -1, NULL);
      g_autofree char *wrong = json_schema_check (schema, profile);

      g_test_message ("%s: %s", text, wrong);
      if (bad[i].schema_passes)
        g_assert_null (wrong);
      else
        g_assert_nonnull (wrong);
    }
}

static gboolean
requires (JsonNode *def, const char *name)
{
  JsonNode *required = rd_json_member (def, "required");
  JsonArray *array = required != NULL ? json_node_get_array (required) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (g_str_equal (json_array_get_string_element (array, i), name))
      return TRUE;
  return FALSE;
}

/* Every object of the schema has exactly the members of the code's table, and demands the same of them. */
static void
test_tables (void)
{
  g_autoptr (JsonNode) schema = read_json ("profile-1.schema.json");
  const RdShape *const *shapes = rd_profile_get_shapes ();

  for (; *shapes != NULL; shapes++)
    {
      JsonNode *def = schema;
      guint n_rules = 0;

      if (*(*shapes)->name != '\0')
        def = rd_json_member (rd_json_member (schema, "$defs"), (*shapes)->name);
      g_assert_nonnull (def);
      for (const RdRule *rule = (*shapes)->rules; rule->name != NULL; rule++, n_rules++)
        {
          g_test_message ("%s.%s", (*shapes)->name, rule->name);
          g_assert_nonnull (rd_json_member (rd_json_member (def, "properties"), rule->name));
          g_assert_cmpint (requires (def, rule->name), ==, rule->required);
        }
      g_assert_cmpuint (json_object_get_size (json_node_get_object (rd_json_member (def, "properties"))), ==, n_rules);
      g_assert_false (json_node_get_boolean (rd_json_member (def, "additionalProperties")));
    }
}

static void
assert_words (JsonNode *list, const char *const *words)
{
  JsonArray *array = json_node_get_array (rd_json_member (list, "enum"));

  g_assert_cmpuint (json_array_get_length (array), ==, g_strv_length ((char **) words));
  for (guint i = 0; words[i] != NULL; i++)
    g_assert_cmpstr (json_array_get_string_element (array, i), ==, words[i]);
}

static void
test_words (void)
{
  g_autoptr (JsonNode) schema = read_json ("profile-1.schema.json");
  JsonNode *defs = rd_json_member (schema, "$defs");
  JsonNode *actions = rd_json_member (rd_json_member (schema, "properties"), "actions");
  const char *kinds[RD_EVENT_PERSON_STATUS + 2] = { NULL };

  for (guint i = 0; i <= RD_EVENT_PERSON_STATUS; i++)
    kinds[i] = rd_event_kind_to_string ((RdEventKind) i);
  assert_words (rd_json_member (defs, "kind"), kinds);
  assert_words (rd_json_member (defs, "field"), rd_fields_get_names ());
  assert_words (rd_json_member (actions, "propertyNames"), rd_profile_get_actions ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile-check/bad", test_bad);
  g_test_add_func ("/profile-check/bad-text", test_bad_text);
  g_test_add_func ("/profile-check/all-faults", test_all_faults);
  g_test_add_func ("/profile-check/many-faults", test_many_faults);
  g_test_add_func ("/profile-check/doubts", test_doubts);
  g_test_add_func ("/profile-check/schema/shipped", test_shipped_valid);
  g_test_add_func ("/profile-check/schema/refuses", test_schema_refuses);
  g_test_add_func ("/profile-check/schema/tables", test_tables);
  g_test_add_func ("/profile-check/schema/words", test_words);
  return g_test_run ();
}
