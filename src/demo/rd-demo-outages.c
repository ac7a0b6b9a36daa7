/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-outages.h"

/* Takes servers away and brings them back on the ports that they had. */

#define RETRY_MS 200
#define ALL RD_DEMO_N_SITES

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdDemoOutages
{
  GObject parent_instance;

  const RdDemoSight *sight;
  guint ids[RD_DEMO_N_SITES + 1];  /* when each is back; ALL: the line of all */
  gboolean total;
};

G_DEFINE_FINAL_TYPE (RdDemoOutages, rd_demo_outages, G_TYPE_OBJECT)

/* Which outage a timeout is about */
typedef struct
{
  RdDemoOutages *self;
  guint place;
} Outage;

static void
note (RdDemoOutages *self, const char *text)
{
  rd_demo_log_add (self->sight->log, "act", text);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static RdDemoApp *
get_app (RdDemoOutages *self, RdDemoSiteId id)
{
  return rd_demo_channels_lookup (self->sight->channels, rd_demo_site_id_to_string (id));
}

/* FALSE: somebody has its port now */
static gboolean
bring_back (RdDemoOutages *self, RdDemoSiteId id)
{
  RdDemoSite *site = rd_demo_sight_get_site (self->sight, id);

  return rd_demo_site_is_listening (site) || rd_demo_site_listen (site, rd_demo_site_get_port (site), NULL);
}

static gboolean
bring_all_back (RdDemoOutages *self)
{
  gboolean back = TRUE;

  for (guint i = 0; self->total && i < RD_DEMO_N_SITES; i++)
    back = bring_back (self, (RdDemoSiteId) i) && back;
  return back && rd_demo_channels_listen (self->sight->channels, 0, NULL);
}

static gboolean
on_over (gpointer user_data)
{
  Outage *outage = user_data;
  RdDemoOutages *self = outage->self;
  guint place = outage->place;

  if (place == ALL ? bring_all_back (self) : bring_back (self, (RdDemoSiteId) place))
    {
      self->ids[place] = 0;
      if (place != ALL)
        rd_demo_app_set_away (get_app (self, (RdDemoSiteId) place), FALSE);
      note (self, place == ALL ? "The line is back" : "The site is back");
    }
  else
    self->ids[place] = g_timeout_add_full (G_PRIORITY_DEFAULT, RETRY_MS, on_over, g_memdup2 (outage, sizeof *outage),
                                           g_free);
  return G_SOURCE_REMOVE;
}

static void
begin (RdDemoOutages *self, guint place, guint seconds)
{
  Outage *outage = g_new0 (Outage, 1);

  outage->self = self;
  outage->place = place;
  self->ids[place] = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, seconds, on_over, outage, g_free);
}

/* GObject */

static void
rd_demo_outages_dispose (GObject *object)
{
  RdDemoOutages *self = RD_DEMO_OUTAGES (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->ids); i++)
    g_clear_handle_id (&self->ids[i], g_source_remove);
  G_OBJECT_CLASS (rd_demo_outages_parent_class)->dispose (object);
}

static void
rd_demo_outages_class_init (RdDemoOutagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_demo_outages_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", RD_TYPE_DEMO_OUTAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
rd_demo_outages_init (RdDemoOutages *self)
{
}

RdDemoOutages *
rd_demo_outages_new (const RdDemoSight *sight)
{
  RdDemoOutages *self;

  g_return_val_if_fail (sight != NULL, NULL);

  self = g_object_new (RD_TYPE_DEMO_OUTAGES, NULL);
  self->sight = sight;
  return self;
}

gboolean
rd_demo_outages_begin (RdDemoOutages *self, guint seconds, gboolean sites)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (RD_IS_DEMO_OUTAGES (self), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (self->ids); i++)
    if (self->ids[i] != 0)
      return FALSE;
  self->total = sites;
  rd_demo_channels_stop (self->sight->channels);
  rd_demo_crm_drop_line (self->sight->crm);
  for (guint i = 0; sites && i < RD_DEMO_N_SITES; i++)
    rd_demo_site_stop (rd_demo_sight_get_site (self->sight, (RdDemoSiteId) i));
  begin (self, ALL, seconds);
  text = g_strdup_printf ("%s for %u s", sites ? "Everything is away" : "The line goes down", seconds);
  note (self, text);
  return TRUE;
}

gboolean
rd_demo_outages_begin_site (RdDemoOutages *self, RdDemoSiteId id, guint seconds)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (RD_IS_DEMO_OUTAGES (self), FALSE);
  g_return_val_if_fail (id < RD_DEMO_N_SITES, FALSE);

  if (self->ids[ALL] != 0 || self->ids[id] != 0)
    return FALSE;
  rd_demo_app_set_away (get_app (self, id), TRUE);
  if (id == RD_DEMO_SITE_CRM)
    rd_demo_crm_drop_line (self->sight->crm);
  rd_demo_site_stop (rd_demo_sight_get_site (self->sight, id));
  begin (self, id, seconds);
  text = g_strdup_printf ("%s is away for %u s", rd_demo_site_id_get_name (id), seconds);
  note (self, text);
  return TRUE;
}

guint
rd_demo_outages_drop (RdDemoOutages *self, RdDemoSiteId id)
{
  g_autofree char *text = NULL;
  guint dropped;

  g_return_val_if_fail (RD_IS_DEMO_OUTAGES (self), 0);
  g_return_val_if_fail (id < RD_DEMO_N_SITES, 0);

  dropped = rd_demo_app_drop (get_app (self, id));
  if (id == RD_DEMO_SITE_CRM)
    {
      dropped += rd_demo_crm_count_line (self->sight->crm);
      rd_demo_crm_drop_line (self->sight->crm);
    }
  text = g_strdup_printf ("%s drops the line", rd_demo_site_id_get_name (id));
  note (self, text);
  return dropped;
}

gboolean
rd_demo_outages_is_down (RdDemoOutages *self)
{
  g_return_val_if_fail (RD_IS_DEMO_OUTAGES (self), FALSE);

  return self->ids[ALL] != 0;
}

gboolean
rd_demo_outages_is_site_down (RdDemoOutages *self, RdDemoSiteId id)
{
  g_return_val_if_fail (RD_IS_DEMO_OUTAGES (self), FALSE);
  g_return_val_if_fail (id < RD_DEMO_N_SITES, FALSE);

  return self->ids[id] != 0;
}
