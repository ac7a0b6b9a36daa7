/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-fields.h"
#include "rd-profile.h"
#include "rd-template.h"
#include "rd-words.h"

G_BEGIN_DECLS

/* RdProfile is one object in three files: rd-profile-build.c makes it of checked JSON, rd-profile.c says what it says,
 * rd-profile-map.c turns events and values into events, channels and addresses. */

/* What an event of this name is. */
typedef struct
{
  RdEventKind kind;
  RdFields *fields;
  char **key;          /* or NULL: by its kind */
  RdTemplate *channel; /* or NULL: the channel's name says nothing */
} RdProfileRule;

/* What a reply lists. */
typedef struct
{
  RdEventKind kind; /* calls: RD_EVENT_CALL_STATUS */
  RdValue *at;
  RdFields *fields; /* of one item */
} RdListing;

struct _RdAction
{
  char *name;
  char *method;
  RdTemplate *path;
  GPtrArray *query;    /* of names and templates */
  GPtrArray *headers;
  GPtrArray *form;     /* or NULL */
  JsonNode *body;      /* JSON with templates for strings, or NULL */
  GPtrArray *listings; /* RdListing */
  GHashTable *values;  /* utf8 → RdValue */
  GHashTable *lists;
  GHashTable *metas;   /* utf8 → utf8 */
  RdValue *more;       /* or NULL */
  guint page_size;     /* 0: not said */
  guint text_limit;    /* 0: not said */
  char **must;
};

struct _RdProfile
{
  GObject parent_instance;

  char *id;
  char *name;
  char *token_header;
  char *token_prefix;
  char *authorise_path; /* or NULL */
  gboolean authorise_json;
  RdSignInWays ways;
  char *login;
  gboolean cookies;
  char *csrf_header;    /* or NULL */
  GPtrArray *steps;     /* RdAction */
  GPtrArray *renewal;
  RdPlainLine *line;    /* or NULL */
  RdTemplate *line_path;
  GArray *polls;        /* RdPoll */
  GHashTable *pages;    /* utf8 → RdTemplate */
  RdFields *members;    /* or NULL */
  GPtrArray *channels;  /* RdTemplate */
  char **needs;
  char **room_hosts;
  RdValue *said;        /* or NULL */
  RdValue *failed;      /* or NULL */
  gboolean failed_is;
  RdWords *words;
  GHashTable *sets;     /* utf8 → RdFields */
  GPtrArray *rules;     /* RdProfileRule */
  GHashTable *events;   /* utf8 → RdProfileRule in @rules */
  GHashTable *actions;  /* utf8 → RdAction */
};

/* @json is checked already. @sets: the profile's field sets (utf8 → RdFields). */
RdAction *rd_action_new  (const char *name, JsonNode *json, GHashTable *sets) G_GNUC_WARN_UNUSED_RESULT;
void      rd_action_free (RdAction *self);

/* (transfer full): the set that @json is or names */
RdFields *rd_profile_build_fields (JsonNode *json, GHashTable *sets) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): a list of strings; @json: (nullable) */
char    **rd_profile_dup_strings  (JsonNode *json) G_GNUC_WARN_UNUSED_RESULT;
RdWords  *rd_profile_get_words    (RdProfile *self);
void      rd_plain_line_free      (RdPlainLine *self);
/* Fills an empty @self of what rd_profile_find_faults() finds nothing wrong with. */
void      rd_profile_build        (RdProfile *self, JsonNode *root);
/* (transfer full): what the event becomes, whether or not all is there; @data: an object */
RdEvent  *rd_profile_fill_event   (RdProfile *self, const RdProfileRule *rule, const char *channel, const char *event,
                                   JsonNode *data) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdAction, rd_action_free)

G_END_DECLS
