/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-servers.h"

#include "rd-demo-json.h"

/* Puts the servers together and says how a telephone reaches them. */

#define CRM_APP "crm"
#define INVOICES_APP "invoices"

struct _RdDemoServers
{
  GObject parent_instance;

  RdDemoInvoicesRevision revision;
  RdDemoChannels *channels;
  RdDemoCrm *crm;
  RdDemoInvoices *invoices;
  RdDemoControl *control;
  char *crm_secret;
  char *invoices_secret;
};

G_DEFINE_FINAL_TYPE (RdDemoServers, rd_demo_servers, G_TYPE_OBJECT)

static char *
add_app (RdDemoServers *self, const char *id)
{
  g_autofree char *key = rd_demo_random_hex (10);
  char *secret = rd_demo_random_hex (10);

  rd_demo_channels_add_app (self->channels, id, key, secret);
  return secret;
}

static const char *
key_of (RdDemoServers *self, const char *app)
{
  return rd_demo_app_get_key (rd_demo_channels_lookup (self->channels, app));
}

/* What the accounts have in common */
static void
begin_account (RdDemoServers *self, GVariantBuilder *builder, const char *profile, const char *name, const char *site,
               const char *app)
{
  g_variant_builder_init (builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (builder, "{sv}", "profile", g_variant_new_string (profile));
  g_variant_builder_add (builder, "{sv}", "name", g_variant_new_string (name));
  g_variant_builder_add (builder, "{sv}", "site", g_variant_new_string (site));
  g_variant_builder_add (builder, "{sv}", "user-id", g_variant_new_printf ("%d", RD_DEMO_YOU));
  g_variant_builder_add (builder, "{sv}", "key", g_variant_new_string (key_of (self, app)));
  g_variant_builder_add (builder, "{sv}", "host", g_variant_new_string ("127.0.0.1"));
  g_variant_builder_add (builder, "{sv}", "port", g_variant_new_uint32 (rd_demo_channels_get_port (self->channels)));
  g_variant_builder_add (builder, "{sv}", "tls", g_variant_new_boolean (FALSE));
}

static JsonObject *
app_to_json (RdDemoServers *self, const char *id, const char *url, const char *secret)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "app_id", id);
  json_object_set_string_member (object, "key", key_of (self, id));
  json_object_set_string_member (object, "url", url);
  if (secret != NULL)
    json_object_set_string_member (object, "secret", secret);
  return object;
}

/* GObject */

static void
rd_demo_servers_dispose (GObject *object)
{
  RdDemoServers *self = RD_DEMO_SERVERS (object);

  g_clear_object (&self->control);
  g_clear_object (&self->invoices);
  g_clear_object (&self->crm);
  g_clear_object (&self->channels);
  G_OBJECT_CLASS (rd_demo_servers_parent_class)->dispose (object);
}

static void
rd_demo_servers_finalize (GObject *object)
{
  RdDemoServers *self = RD_DEMO_SERVERS (object);

  g_clear_pointer (&self->crm_secret, g_free);
  g_clear_pointer (&self->invoices_secret, g_free);
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
  self->channels = rd_demo_channels_new ();
  self->crm_secret = add_app (self, CRM_APP);
  self->invoices_secret = add_app (self, INVOICES_APP);
}

RdDemoServers *
rd_demo_servers_new (RdDemoInvoicesRevision revision)
{
  RdDemoServers *self = g_object_new (RD_TYPE_DEMO_SERVERS, NULL);

  self->revision = revision;
  self->crm = rd_demo_crm_new (self->channels, CRM_APP);
  self->invoices = rd_demo_invoices_new (self->channels, INVOICES_APP, revision);
  self->control = rd_demo_control_new (self->channels, self->crm, CRM_APP, self->invoices);
  return self;
}

gboolean
rd_demo_servers_listen (RdDemoServers *self, guint control_port, GError **error)
{
  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), FALSE);

  return rd_demo_channels_listen (self->channels, 0, error)
         && rd_demo_site_listen (rd_demo_crm_get_site (self->crm), 0, error)
         && rd_demo_site_listen (rd_demo_invoices_get_site (self->invoices), 0, error)
         && rd_demo_control_listen (self->control, control_port, error);
}

RdDemoChannels *
rd_demo_servers_get_channels (RdDemoServers *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), NULL);

  return self->channels;
}

RdDemoCrm *
rd_demo_servers_get_crm (RdDemoServers *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), NULL);

  return self->crm;
}

RdDemoInvoices *
rd_demo_servers_get_invoices (RdDemoServers *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), NULL);

  return self->invoices;
}

RdDemoControl *
rd_demo_servers_get_control (RdDemoServers *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), NULL);

  return self->control;
}

const char *
rd_demo_servers_get_crm_app (RdDemoServers *self)
{
  return CRM_APP;
}

GVariant *
rd_demo_servers_make_crm_account (RdDemoServers *self)
{
  GVariantBuilder builder;
  RdDemoPerson *you;

  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), NULL);

  you = rd_demo_crm_sign_in (self->crm, RD_DEMO_YOU);
  begin_account (self, &builder, "crm", "Demo CRM", rd_demo_site_get_url (rd_demo_crm_get_site (self->crm)), CRM_APP);
  g_variant_builder_add (&builder, "{sv}", "token", g_variant_new_string (you->access));
  g_variant_builder_add (&builder, "{sv}", "refresh-token", g_variant_new_string (you->refresh));
  return g_variant_builder_end (&builder);
}

GVariant *
rd_demo_servers_make_invoices_account (RdDemoServers *self)
{
  gboolean seed = self->revision == RD_DEMO_INVOICES_SEED;
  GVariantBuilder builder;
  GVariantBuilder vars;

  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), NULL);

  begin_account (self, &builder, seed ? "invoices-seed" : "invoices", "Demo invoices",
                 rd_demo_site_get_url (rd_demo_invoices_get_site (self->invoices)), INVOICES_APP);
  g_variant_builder_init (&vars, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&vars, "{ss}", "invoice.id", "7");
  g_variant_builder_add (&builder, "{sv}", "vars", g_variant_builder_end (&vars));
  if (!seed)
    g_variant_builder_add (&builder, "{sv}", "token",
                           g_variant_new_string (rd_demo_invoices_get_token (self->invoices)));
  return g_variant_builder_end (&builder);
}

JsonObject *
rd_demo_servers_to_json (RdDemoServers *self, gboolean secrets)
{
  JsonObject *object = json_object_new ();
  JsonObject *channels = json_object_new ();
  JsonObject *crm, *invoices;
  g_autofree char *url = NULL;

  g_return_val_if_fail (RD_IS_DEMO_SERVERS (self), object);

  url = rd_demo_control_dup_url (self->control);
  crm = app_to_json (self, CRM_APP, rd_demo_site_get_url (rd_demo_crm_get_site (self->crm)),
                     secrets ? self->crm_secret : NULL);
  invoices = app_to_json (self, INVOICES_APP, rd_demo_site_get_url (rd_demo_invoices_get_site (self->invoices)),
                          secrets ? self->invoices_secret : NULL);
  if (secrets)
    {
      RdDemoPerson *you = rd_demo_crm_sign_in (self->crm, RD_DEMO_YOU);

      json_object_set_string_member (crm, "token", you->access);
      json_object_set_string_member (crm, "refresh_token", you->refresh);
      json_object_set_string_member (invoices, "token", rd_demo_invoices_get_token (self->invoices));
    }
  json_object_set_string_member (channels, "host", "127.0.0.1");
  json_object_set_int_member (channels, "port", rd_demo_channels_get_port (self->channels));
  json_object_set_string_member (object, "control", url);
  json_object_set_string_member (object, "control_token", rd_demo_control_get_token (self->control));
  json_object_set_int_member (object, "user_id", RD_DEMO_YOU);
  json_object_set_object_member (object, "channels", channels);
  json_object_set_object_member (object, "crm", crm);
  json_object_set_object_member (object, "invoices", invoices);
  return object;
}
