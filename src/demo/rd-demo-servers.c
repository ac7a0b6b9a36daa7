/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-servers.h"

#include "rd-demo-json.h"
#include "rd-demo-resources.h"

/* Puts the servers together and says how a telephone reaches them. */

#define WATCHED_INVOICE "7"
#define SMS_NUMBER_ID "1"

struct _RdDemoServers
{
  GObject parent_instance;

  RdDemoSight sight;
  RdDemoControl *control;
  char *secrets[RD_DEMO_N_SITES];
  gboolean own_line;
};

G_DEFINE_FINAL_TYPE (RdDemoServers, rd_demo_servers, G_TYPE_OBJECT)

static const char *
get_profile (RdDemoServers *self, RdDemoSiteId id)
{
  static const char *const profiles[RD_DEMO_N_SITES] = {
    [RD_DEMO_SITE_CRM] = "crm",           [RD_DEMO_SITE_TEAM] = "team",           [RD_DEMO_SITE_SMS] = "sms",
    [RD_DEMO_SITE_INVOICES] = "invoices", [RD_DEMO_SITE_SEED] = "invoices-seed",
  };

  return id == RD_DEMO_SITE_CRM && self->own_line ? "crm-ws" : profiles[id];
}

static const char *
get_key (RdDemoServers *self, RdDemoSiteId id)
{
  return rd_demo_app_get_key (rd_demo_channels_lookup (self->sight.channels, rd_demo_site_id_to_string (id)));
}

static const char *
get_url (RdDemoServers *self, RdDemoSiteId id)
{
  return rd_demo_site_get_url (rd_demo_sight_get_site (&self->sight, id));
}

static gboolean
has_channels (RdDemoServers *self, RdDemoSiteId id)
{
  return id != RD_DEMO_SITE_CRM || !self->own_line;
}

/* What a site says of itself, for who sets a telephone up */
static void
on_well_known (RdDemoRequest *request, gpointer user_data)
{
  RdDemoServers *self = RD_DEMO_SERVERS (user_data);
  RdDemoSiteId id = RD_DEMO_SITE_CRM;
  g_autofree char *origin = NULL;
  JsonObject *reply;

  origin = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (soup_server_message_get_uri (request->message)));
  while (id < RD_DEMO_SITE_SEED && !g_str_equal (get_url (self, id), origin))
    id++;
  reply = json_object_new ();
  json_object_set_int_member (reply, "ringdown", 1);
  json_object_set_string_member (reply, "site", get_url (self, id));
  json_object_set_string_member (reply, "profile", get_profile (self, id));
  json_object_set_string_member (reply, "name", rd_demo_site_id_get_name (id));
  if (id == RD_DEMO_SITE_SMS)
    {
      JsonObject *vars = json_object_new ();

      json_object_set_string_member (vars, "phone-number.id", SMS_NUMBER_ID);
      json_object_set_object_member (reply, "vars", vars);
    }
  if (has_channels (self, id))
    {
      json_object_set_string_member (reply, "key", get_key (self, id));
      json_object_set_string_member (reply, "host", "127.0.0.1");
      json_object_set_int_member (reply, "port", rd_demo_channels_get_port (self->sight.channels));
      json_object_set_boolean_member (reply, "tls", FALSE);
    }
  rd_demo_request_reply_object (request, 200, reply);
}

/* The pages that people would look at: one that says so */
static void
on_page (RdDemoRequest *request, gpointer user_data)
{
  g_autoptr (GBytes) page =
      g_resource_lookup_data (rd_demo_web_get_resource (), "/io/github/ringdown/demo/page.html", 0, NULL);

  soup_message_headers_append (soup_server_message_get_response_headers (request->message), "Content-Security-Policy",
                               "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'");
  soup_server_message_set_response (request->message, "text/html; charset=utf-8", SOUP_MEMORY_COPY,
                                    g_bytes_get_data (page, NULL), g_bytes_get_size (page));
  soup_server_message_set_status (request->message, 200, NULL);
}

static void
add_routes (RdDemoServers *self, RdDemoSite *site)
{
  static const char *const pages[] = { "/", "/invoices/*", "/messages", "/messages/*" };

  rd_demo_site_add_route (site, "GET", "/.well-known/ringdown.json", RD_DEMO_ROUTE_PUBLIC, on_well_known, self);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    rd_demo_site_add_route (site, "GET", pages[i], RD_DEMO_ROUTE_PUBLIC, on_page, self);
}

static void
add_credentials (RdDemoServers *self, RdDemoSiteId id, GVariantBuilder *builder)
{
  const RdDemoPerson *you = rd_demo_sight_get_you (&self->sight, id);

  if (you != NULL)
    {
      const char *login = id == RD_DEMO_SITE_CRM ? you->username : you->email;

      g_variant_builder_add (builder, "{sv}", "login", g_variant_new_string (login));
      g_variant_builder_add (builder, "{sv}", "password", g_variant_new_string (you->password));
    }
  else if (id == RD_DEMO_SITE_INVOICES)
    g_variant_builder_add (builder, "{sv}", "token",
                           g_variant_new_string (rd_demo_invoices_get_token (self->sight.invoices)));
}

/* What a profile needs beyond the user's id */
static void
add_vars (RdDemoSiteId id, GVariantBuilder *builder)
{
  GVariantBuilder vars;

  g_variant_builder_init (&vars, G_VARIANT_TYPE ("a{ss}"));
  if (id == RD_DEMO_SITE_INVOICES || id == RD_DEMO_SITE_SEED)
    g_variant_builder_add (&vars, "{ss}", "invoice.id", WATCHED_INVOICE);
  else if (id == RD_DEMO_SITE_SMS)
    g_variant_builder_add (&vars, "{ss}", "phone-number.id", SMS_NUMBER_ID);
  g_variant_builder_add (builder, "{sv}", "vars", g_variant_builder_end (&vars));
}

static JsonObject *
site_to_json (RdDemoServers *self, RdDemoSiteId id, gboolean secrets)
{
  const RdDemoPerson *you = rd_demo_sight_get_you (&self->sight, id);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "app_id", rd_demo_site_id_to_string (id));
  json_object_set_string_member (object, "key", get_key (self, id));
  json_object_set_string_member (object, "url", get_url (self, id));
  json_object_set_string_member (object, "profile", get_profile (self, id));
  if (!secrets)
    return object;
  json_object_set_string_member (object, "secret", self->secrets[id]);
  if (you != NULL)
    {
      json_object_set_string_member (object, "login", id == RD_DEMO_SITE_CRM ? you->username : you->email);
      json_object_set_string_member (object, "password", you->password);
    }
  if (id == RD_DEMO_SITE_CRM)
    {
      rd_demo_crm_sign_in (self->sight.crm, RD_DEMO_YOU);
      json_object_set_string_member (object, "token", you->access);
      json_object_set_string_member (object, "refresh_token", you->refresh);
    }
  else if (id == RD_DEMO_SITE_INVOICES)
    json_object_set_string_member (object, "token", rd_demo_invoices_get_token (self->sight.invoices));
  return object;
}

/* GObject */

static void
rd_demo_servers_dispose (GObject *object)
{
  RdDemoServers *self = RD_DEMO_SERVERS (object);

  g_clear_object (&self->control);
  g_clear_object (&self->sight.log);
  g_clear_object (&self->sight.seed);
  g_clear_object (&self->sight.invoices);
  g_clear_object (&self->sight.sms);
  g_clear_object (&self->sight.team);
  g_clear_object (&self->sight.crm);
  g_clear_object (&self->sight.channels);
  G_OBJECT_CLASS (rd_demo_servers_parent_class)->dispose (object);
}

static void
rd_demo_servers_finalize (GObject *object)
{
  RdDemoServers *self = RD_DEMO_SERVERS (object);

  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    g_clear_pointer (&self->secrets[i], g_free);
  G_OBJECT_CLASS (rd_demo_servers_parent_class)->finalize (object);
}

static void
rd_demo_servers_class_init (RdDemoServersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_demo_servers_dispose;
  object_class->finalize = rd_demo_servers_finalize;
}

static void
rd_demo_servers_init (RdDemoServers *self)
{
  RdDemoChannels *channels = rd_demo_channels_new ();

  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    {
      g_autofree char *key = rd_demo_random_hex (10);

      self->secrets[i] = rd_demo_random_hex (10);
      rd_demo_channels_add_app (channels, rd_demo_site_id_to_string ((RdDemoSiteId) i), key, self->secrets[i]);
    }
  self->sight.channels = channels;
  self->sight.crm = rd_demo_crm_new (channels, "crm");
  self->sight.team = rd_demo_team_new (channels, "team");
  self->sight.sms = rd_demo_sms_new (channels, "sms");
  self->sight.invoices = rd_demo_invoices_new (channels, "invoices", RD_DEMO_INVOICES_LATER);
  self->sight.seed = rd_demo_invoices_new (channels, "seed", RD_DEMO_INVOICES_SEED);
  self->sight.log = rd_demo_log_new ();
  self->control = rd_demo_control_new (&self->sight);
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    add_routes (self, rd_demo_sight_get_site (&self->sight, (RdDemoSiteId) i));
}

RdDemoServers *
rd_demo_servers_new (void)
{
  return g_object_new (RD_TYPE_DEMO_SERVERS, NULL);
}

void
rd_demo_servers_set_own_line (RdDemoServers *self, gboolean own_line)
{
  g_return_if_fail (RD_IS_DEMO_SERVERS (self));

  self->own_line = own_line;
}

gboolean
rd_demo_servers_listen (RdDemoServers *self, guint control_port, GError **error)
{
  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), FALSE);

  if (!rd_demo_channels_listen (self->sight.channels, 0, error))
    return FALSE;
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    if (!rd_demo_site_listen (rd_demo_sight_get_site (&self->sight, (RdDemoSiteId) i), 0, error))
      return FALSE;
  return rd_demo_control_listen (self->control, control_port, error);
}

const RdDemoSight *
rd_demo_servers_get_sight (RdDemoServers *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), NULL);

  return &self->sight;
}

RdDemoControl *
rd_demo_servers_get_control (RdDemoServers *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), NULL);

  return self->control;
}

GVariant *
rd_demo_servers_make_account (RdDemoServers *self, RdDemoSiteId id)
{
  GVariantBuilder builder;

  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), NULL);
  g_return_val_if_fail (id < RD_DEMO_N_SITES, NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "profile", g_variant_new_string (get_profile (self, id)));
  g_variant_builder_add (&builder, "{sv}", "name", g_variant_new_string (rd_demo_site_id_get_name (id)));
  g_variant_builder_add (&builder, "{sv}", "site", g_variant_new_string (get_url (self, id)));
  g_variant_builder_add (&builder, "{sv}", "colour", g_variant_new_string (rd_demo_site_id_get_colour (id)));
  /* the others say at the sign-in who it was */
  if (rd_demo_sight_get_you (&self->sight, id) == NULL)
    g_variant_builder_add (&builder, "{sv}", "user-id", g_variant_new_printf ("%d", RD_DEMO_YOU));
  if (has_channels (self, id))
    {
      g_variant_builder_add (&builder, "{sv}", "key", g_variant_new_string (get_key (self, id)));
      g_variant_builder_add (&builder, "{sv}", "host", g_variant_new_string ("127.0.0.1"));
      g_variant_builder_add (&builder, "{sv}", "port",
                             g_variant_new_uint32 (rd_demo_channels_get_port (self->sight.channels)));
      g_variant_builder_add (&builder, "{sv}", "tls", g_variant_new_boolean (FALSE));
    }
  add_vars (id, &builder);
  add_credentials (self, id, &builder);
  return g_variant_builder_end (&builder);
}

JsonObject *
rd_demo_servers_to_json (RdDemoServers *self, gboolean secrets)
{
  JsonObject *object = json_object_new ();
  JsonObject *channels = json_object_new ();
  g_autofree char *url = NULL;

  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), object);

  url = rd_demo_control_dup_url (self->control);
  json_object_set_string_member (channels, "host", "127.0.0.1");
  json_object_set_int_member (channels, "port", rd_demo_channels_get_port (self->sight.channels));
  json_object_set_string_member (object, "control", url);
  json_object_set_string_member (object, "control_token", rd_demo_control_get_token (self->control));
  json_object_set_int_member (object, "user_id", RD_DEMO_YOU);
  json_object_set_object_member (object, "channels", channels);
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    json_object_set_object_member (object, rd_demo_site_id_to_string ((RdDemoSiteId) i),
                                   site_to_json (self, (RdDemoSiteId) i, secrets));
  return object;
}
