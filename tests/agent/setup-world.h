/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "agent-world.h"
#include "rd-demo-servers.h"

G_BEGIN_DECLS

/* The agent's world, with all five sites of the demo in it, and a stranger's site that says what a test wants it to. */
typedef struct
{
  AgentWorld agent;
  RdDemoServers *servers;
  const RdDemoSight *sight;
  SoupServer *stranger;
  char *stranger_url;  /* "http://127.0.0.1:PORT" */
  GHashTable *replies; /* path → what the stranger answers: JSON, or "-> URL" */
  GSocketService *mute; /* takes connections, and never says a word */
  char *mute_url;
  guint held;           /* how many connections it has taken */
  guint gone;           /* how many of them were closed by their clients */
} SetupWorld;

void      setup_world_set_up      (SetupWorld *world, gconstpointer data);
void      setup_world_tear_down   (SetupWorld *world, gconstpointer data);
/* What the stranger answers a GET of @path. */
void      setup_world_say         (SetupWorld *world, const char *path, const char *reply);
/* (transfer full): calls a method of Agent1; fails the test if it fails */
GVariant *setup_world_call        (SetupWorld *world, const char *method, GVariant *args) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): the sentence; the call must fail with io.github.ringdown.Error.@code */
char     *setup_world_refuse      (SetupWorld *world, const char *method, GVariant *args,
                                   const char *code) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer floating): the demo's account at @site, with @name as @value (floating, nullable: without it) */
GVariant *setup_world_settings    (SetupWorld *world, RdDemoSiteId site, const char *name, GVariant *value);
/* (transfer full): TestAccount: what the last step says: "channels ok", "sign-in failed refused". @sentence: (out)
 * (nullable): what people would read; @ticket: (out) (nullable) */
char     *setup_world_test        (SetupWorld *world, GVariant *settings, char **sentence,
                                   char **ticket) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the account with this id is in @state, with @reason where it is not NULL */
gboolean  setup_world_account_is  (SetupWorld *world, const char *id, const char *state, const char *reason);

G_END_DECLS
