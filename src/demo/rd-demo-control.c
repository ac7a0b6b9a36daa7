/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-control.h"

#include "rd-demo-acts.h"
#include "rd-demo-json.h"
#include "rd-demo-outages.h"
#include "rd-demo-resources.h"

#include <string.h>

/* The control page: shows what the demo's servers do, and acts in them for everybody but you. */

#define WAIT_SECONDS 20
#define MAX_WAITING 32
#define OUTAGE_SECONDS 5
#define MAX_OUTAGE_SECONDS 60

struct _RdDemoControl
{
  GObject parent_instance;

  RdDemoSite *site;
  RdDemoSight sight;   /* with references */
  RdDemoOutages *outages;
  char *token;
  gint64 serial;
  GPtrArray *waiting;  /* SoupServerMessage, answered when something changes */
  guint wait_id;
  guint flush_id;
};

G_DEFINE_FINAL_TYPE (RdDemoControl, rd_demo_control, G_TYPE_OBJECT)

static const struct
{
  const char *name;
  const char *type;
} files[] = {
  { "control.html", "text/html; charset=utf-8" },
  { "control.css", "text/css; charset=utf-8" },
  { "control.js", "text/javascript; charset=utf-8" },
  { "sites.js", "text/javascript; charset=utf-8" },
};

static JsonArray *
list_away (RdDemoControl *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    if (rd_demo_outages_is_site_down (self->outages, (RdDemoSiteId) i))
      json_array_add_string_element (array, rd_demo_site_id_to_string ((RdDemoSiteId) i));
  return array;
}

static JsonNode *
make_state (RdDemoControl *self, gint64 after)
{
  JsonObject *state = rd_demo_sight_to_json (&self->sight, after);

  json_object_set_int_member (state, "serial", self->serial);
  json_object_set_boolean_member (state, "outage", rd_demo_outages_is_down (self->outages));
  json_object_set_array_member (state, "away", list_away (self));
  return rd_demo_json_take (state);
}

static gint64
get_number (GHashTable *query, const char *name)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static void
flush_waiting (RdDemoControl *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_handle_id (&self->flush_id, g_source_remove);
  for (guint i = 0; i < waiting->len; i++)
    {
      SoupServerMessage *message = g_ptr_array_index (waiting, i);
      const char *query_text = g_uri_get_query (soup_server_message_get_uri (message));
      g_autoptr (GHashTable) query = query_text != NULL ? soup_form_decode (query_text) : NULL;
      RdDemoRequest request = { message, NULL, query, NULL, 0, NULL, NULL };

      rd_demo_request_reply (&request, 200, make_state (self, get_number (query, "after")));
      soup_server_message_unpause (message);
    }
}

static gboolean
on_flush (gpointer user_data)
{
  RdDemoControl *self = RD_DEMO_CONTROL (user_data);

  self->flush_id = 0;
  flush_waiting (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_wait_timeout (gpointer user_data)
{
  RdDemoControl *self = RD_DEMO_CONTROL (user_data);

  self->wait_id = 0;
  flush_waiting (self);
  return G_SOURCE_REMOVE;
}

static void
note_change (RdDemoControl *self)
{
  self->serial++;
  if (self->flush_id == 0 && self->waiting->len > 0)
    self->flush_id = g_idle_add (on_flush, self);
}

static gboolean
is_token (RdDemoControl *self, const char *given)
{
  guint8 difference = 0;

  if (strlen (given) != strlen (self->token))
    return FALSE;
  for (gsize i = 0; self->token[i] != '\0'; i++)
    difference |= (guint8) (self->token[i] ^ given[i]);
  return difference == 0;
}

/* A form of another page could be sent here too, but not as JSON, and not with this origin. */
static gboolean
is_from_the_page (RdDemoControl *self, RdDemoRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  const char *fetch_site = soup_message_headers_get_one (headers, "Sec-Fetch-Site");

  return g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), "application/json") == 0
         && (origin == NULL || strcmp (origin, rd_demo_site_get_url (self->site)) == 0)
         && (fetch_site == NULL || strcmp (fetch_site, "same-origin") == 0);
}

/* Answers what is not allowed. */
static gboolean
check (RdDemoControl *self, RdDemoRequest *request)
{
  gboolean post = strcmp (soup_server_message_get_method (request->message), "POST") == 0;

  if (!is_token (self, request->args[0]))
    rd_demo_request_fail (request, 404, "error", "There is nothing here");
  else if (post && !is_from_the_page (self, request))
    rd_demo_request_fail (request, 403, "error", "Only the control page may do that");
  else
    return TRUE;
  return FALSE;
}

static void
on_file (RdDemoRequest *request, gpointer user_data)
{
  RdDemoControl *self = RD_DEMO_CONTROL (user_data);
  const char *name = *request->args[1] != '\0' ? request->args[1] : "control.html";
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  if (!check (self, request))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/io/github/ringdown/demo/", files[i].name, NULL);
      g_autoptr (GBytes) bytes = NULL;

      if (strcmp (files[i].name, name) != 0)
        continue;
      bytes = g_resource_lookup_data (rd_demo_web_get_resource (), path, 0, NULL);
      soup_message_headers_append (headers, "Content-Security-Policy",
                                   "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
                                   "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      soup_message_headers_append (headers, "Referrer-Policy", "no-referrer");
      soup_message_headers_append (headers, "X-Content-Type-Options", "nosniff");
      soup_message_headers_append (headers, "Cache-Control", "no-store");
      soup_server_message_set_response (request->message, files[i].type, SOUP_MEMORY_COPY,
                                        g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      soup_server_message_set_status (request->message, 200, NULL);
      return;
    }
  rd_demo_request_fail (request, 404, "error", "There is nothing here");
}

static void
on_page (RdDemoRequest *request, gpointer user_data)
{
  char *args[] = { request->args[0], (char *) "", NULL };
  RdDemoRequest page = *request;

  page.args = args;
  on_file (&page, user_data);
}

static void
on_state (RdDemoRequest *request, gpointer user_data)
{
  RdDemoControl *self = RD_DEMO_CONTROL (user_data);
  const char *serial = rd_demo_request_get_query (request, "serial");

  if (!check (self, request))
    return;
  if (serial == NULL || g_ascii_strtoll (serial, NULL, 10) != self->serial || self->waiting->len >= MAX_WAITING)
    {
      rd_demo_request_reply (request, 200, make_state (self, get_number (request->query, "after")));
      return;
    }
  soup_server_message_pause (request->message);
  g_ptr_array_add (self->waiting, g_object_ref (request->message));
  if (self->wait_id == 0)
    self->wait_id = g_timeout_add_seconds (WAIT_SECONDS, on_wait_timeout, self);
}

static void
on_act (RdDemoRequest *request, gpointer user_data)
{
  RdDemoControl *self = RD_DEMO_CONTROL (user_data);
  g_autoptr (GError) error = NULL;
  JsonObject *reply;

  if (!check (self, request))
    return;
  if (!rd_demo_acts_has (request->args[1]))
    {
      rd_demo_request_fail (request, 404, "error", "There is nothing here");
      return;
    }
  reply = rd_demo_acts_run (&self->sight, request->args[1], request->body, &error);
  note_change (self);
  if (reply != NULL)
    rd_demo_request_reply_object (request, 200, reply);
  else
    rd_demo_request_fail (request, 400, "error", error->message);
}

/* How long; bounded */
static guint
get_seconds (RdDemoRequest *request)
{
  gint64 seconds = rd_demo_json_get_id (request->body, "seconds");

  return seconds == 0 ? OUTAGE_SECONDS : (guint) MIN (seconds, MAX_OUTAGE_SECONDS);
}

/* Of one site where one is named, else of the line of all, or of "all" */
static void
on_outage (RdDemoRequest *request, gpointer user_data)
{
  RdDemoControl *self = RD_DEMO_CONTROL (user_data);
  guint seconds = get_seconds (request);
  const char *site = rd_demo_json_get_string (request->body, "site");
  JsonNode *all = json_object_get_member (request->body, "all");
  gboolean begun;
  RdDemoSiteId id;
  JsonObject *reply;

  if (!check (self, request))
    return;
  if (site != NULL && !rd_demo_site_id_from_string (site, &id))
    {
      rd_demo_request_fail (request, 400, "error", "There is no such site");
      return;
    }
  if (site != NULL)
    begun = rd_demo_outages_begin_site (self->outages, id, seconds);
  else
    begun = rd_demo_outages_begin (self->outages, seconds,
                                   all != NULL && JSON_NODE_HOLDS_VALUE (all) && json_node_get_boolean (all));
  if (!begun)
    {
      rd_demo_request_fail (request, 400, "error", "It is away already");
      return;
    }
  reply = json_object_new ();
  json_object_set_int_member (reply, "seconds", seconds);
  rd_demo_request_reply_object (request, 200, reply);
}

static void
on_drop (RdDemoRequest *request, gpointer user_data)
{
  RdDemoControl *self = RD_DEMO_CONTROL (user_data);
  RdDemoSiteId id;
  JsonObject *reply;

  if (!check (self, request))
    return;
  if (!rd_demo_site_id_from_string (rd_demo_json_get_string (request->body, "site"), &id))
    {
      rd_demo_request_fail (request, 400, "error", "There is no such site");
      return;
    }
  reply = json_object_new ();
  json_object_set_int_member (reply, "dropped", rd_demo_outages_drop (self->outages, id));
  rd_demo_request_reply_object (request, 200, reply);
}

static void
on_channels_log (RdDemoChannels *channels, const char *text, gpointer user_data)
{
  RdDemoControl *self = RD_DEMO_CONTROL (user_data);

  rd_demo_log_add (self->sight.log, "event", text);
}

static void
on_site_request (RdDemoSite *site, const char *method, const char *path, const char *body, guint status,
                 gpointer user_data)
{
  RdDemoControl *self = RD_DEMO_CONTROL (user_data);
  g_autofree char *text =
      g_strdup_printf ("%s %s%s%s → %u", method, path, body != NULL ? " " : "", body != NULL ? body : "", status);

  rd_demo_log_add (self->sight.log, "request", text);
}

static void
on_log_added (RdDemoLog *log, const char *kind, const char *text, gpointer user_data)
{
  note_change (user_data);
}

static void
on_changed (gpointer source, gpointer user_data)
{
  note_change (user_data);
}

/* GObject */

static void
rd_demo_control_dispose (GObject *object)
{
  RdDemoControl *self = RD_DEMO_CONTROL (object);

  if (self->waiting->len > 0)
    flush_waiting (self);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_clear_object (&self->outages);
  if (self->site != NULL)
    rd_demo_site_stop (self->site);
  g_clear_object (&self->site);
  g_clear_object (&self->sight.log);
  g_clear_object (&self->sight.seed);
  g_clear_object (&self->sight.invoices);
  g_clear_object (&self->sight.sms);
  g_clear_object (&self->sight.team);
  g_clear_object (&self->sight.crm);
  g_clear_object (&self->sight.channels);
  G_OBJECT_CLASS (rd_demo_control_parent_class)->dispose (object);
}

static void
rd_demo_control_finalize (GObject *object)
{
  RdDemoControl *self = RD_DEMO_CONTROL (object);

  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->token, g_free);
  G_OBJECT_CLASS (rd_demo_control_parent_class)->finalize (object);
}

static void
rd_demo_control_class_init (RdDemoControlClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_demo_control_dispose;
  object_class->finalize = rd_demo_control_finalize;
}

static void
rd_demo_control_init (RdDemoControl *self)
{
  static const struct
  {
    const char *method;
    const char *path;
    RdDemoHandler handler;
  } routes[] = {
    { "GET", "/control/*/", on_page },
    { "GET", "/control/*/state", on_state },
    { "GET", "/control/*/*", on_file },
    { "POST", "/control/*/outage", on_outage },
    { "POST", "/control/*/drop", on_drop },
    { "POST", "/control/*/*", on_act },
  };

  self->site = rd_demo_site_new ();
  self->token = rd_demo_random_hex (16);
  self->serial = 1;
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    rd_demo_site_add_route (self->site, routes[i].method, routes[i].path, RD_DEMO_ROUTE_PUBLIC | RD_DEMO_ROUTE_QUIET,
                            routes[i].handler, self);
}

RdDemoControl *
rd_demo_control_new (const RdDemoSight *sight)
{
  RdDemoControl *self;

  g_return_val_if_fail (sight != NULL, NULL);

  self = g_object_new (RD_TYPE_DEMO_CONTROL, NULL);
  self->sight = (RdDemoSight) {
    .channels = g_object_ref (sight->channels),
    .crm = g_object_ref (sight->crm),
    .team = g_object_ref (sight->team),
    .sms = g_object_ref (sight->sms),
    .invoices = g_object_ref (sight->invoices),
    .seed = g_object_ref (sight->seed),
    .log = g_object_ref (sight->log),
  };
  self->outages = rd_demo_outages_new (&self->sight);
  g_signal_connect_object (self->outages, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (sight->log, "added", G_CALLBACK (on_log_added), self, 0);
  g_signal_connect_object (sight->channels, "log", G_CALLBACK (on_channels_log), self, 0);
  g_signal_connect_object (sight->crm, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (sight->team, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (sight->sms, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (sight->invoices, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (sight->seed, "changed", G_CALLBACK (on_changed), self, 0);
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    g_signal_connect_object (rd_demo_sight_get_site (sight, (RdDemoSiteId) i), "request", G_CALLBACK (on_site_request),
                             self, 0);
  return self;
}

gboolean
rd_demo_control_listen (RdDemoControl *self, guint port, GError **error)
{
  g_return_val_if_fail (RD_IS_DEMO_CONTROL (self), FALSE);

  return rd_demo_site_listen (self->site, port, error);
}

char *
rd_demo_control_dup_url (RdDemoControl *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CONTROL (self), NULL);

  return g_strdup_printf ("%s/control/%s/", rd_demo_site_get_url (self->site), self->token);
}

const char *
rd_demo_control_get_token (RdDemoControl *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CONTROL (self), NULL);

  return self->token;
}

void
rd_demo_control_note (RdDemoControl *self, const char *kind, const char *text)
{
  g_return_if_fail (RD_IS_DEMO_CONTROL (self));

  rd_demo_log_add (self->sight.log, kind, text);
}
