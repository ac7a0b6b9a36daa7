/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rd-event.h"
#include "rd-value.h"
#include "rd-vars.h"

G_BEGIN_DECLS

#define RD_TYPE_PROFILE (rd_profile_get_type ())
G_DECLARE_FINAL_TYPE (RdProfile, rd_profile, RD, PROFILE, GObject)

/**
 * RdProfile:
 *
 * What one kind of site sends and takes, read from JSON (data/profiles, schema
 * data/profiles/profile-1.schema.json). Immutable. No I/O but reading a given file.
 */

/* Characters of a message, whatever a site would take. */
#define RD_PROFILE_MAX_MESSAGE 5000

/* One REST action, checked when the profile was read. */
typedef struct _RdAction RdAction;

/* A request that an action becomes with values put in: path and query are percent-encoded. */
typedef struct
{
  char *method;          /* "GET", "POST", "PATCH" */
  char *path;            /* absolute path, with query if any */
  char *content_type;    /* (nullable) */
  char *body;            /* (nullable) */
  char **headers;        /* (nullable): names and values in turn: what the profile adds */
} RdRequest;

void rd_request_free (RdRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdRequest, rd_request_free)

/* @source: what errors name, e.g. the file. RD_FAULT_BAD_PROFILE with file, place and reason. */
RdProfile  *rd_profile_new_from_data (const char *data, gssize length, const char *source,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
RdProfile  *rd_profile_new_from_file (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *rd_profile_get_id        (RdProfile *self);
const char *rd_profile_get_name      (RdProfile *self);
/* (array zero-terminated) (transfer none): variables that an account must give beyond the user's id */
const char * const *rd_profile_get_needs (RdProfile *self);

/* Which header carries the token: "Authorization", and what stands before it: "Bearer " */
const char *rd_profile_get_token_header (RdProfile *self);
const char *rd_profile_get_token_prefix (RdProfile *self);
/* How one signs in. */
typedef enum
{
  RD_SIGN_IN_TOKEN = 1 << 0,    /* a token that the user pastes, or that set-up brings */
  RD_SIGN_IN_PASSWORD = 1 << 1, /* the steps below */
} RdSignInWays;

RdSignInWays rd_profile_get_sign_in_ways (RdProfile *self);
/* Whether its line is for everybody, and a token only for what is asked besides. */
gboolean     rd_profile_is_sign_in_optional (RdProfile *self);
/* What goes with the password: "username" or "email" */
const char  *rd_profile_get_login        (RdProfile *self);
/* (array length=n_steps) (transfer none): requests in their order, with the variables "login" and "password". What a
 * step's reply gives is there for those that follow: its values by their names, and those of an HTML page's <meta
 * name=… content=…>. The values "access", "refresh" and "expires-in" (s), and the cookies that were set, are the
 * credentials; "id" and "name" are the user's. */
const RdAction * const *rd_profile_get_sign_in_steps (RdProfile *self, guint *n_steps);
/* The same with what is kept: how credentials are renewed, or a page's CSRF token is fetched again. */
const RdAction * const *rd_profile_get_renewal_steps (RdProfile *self, guint *n_steps);
/* Whether the credentials are cookies, kept in a jar of the account's own. */
gboolean     rd_profile_uses_cookies     (RdProfile *self);
/* (nullable): a header that every request but GET carries, with the value "csrf" of the steps: "X-CSRF-TOKEN" */
const char  *rd_profile_get_csrf_header  (RdProfile *self);

/* A plain WebSocket in place of a Channels server: every frame an object that names its event. */
typedef struct
{
  char *path;            /* on the site's own host, a template */
  RdValue *event;        /* where a frame's event name stands… */
  RdValue *data;         /* … and its data */
  char *hello;           /* (nullable): the event that says that the line stands; NULL: it stands once open */
  char *ping;            /* (nullable): JSON that is sent… */
  guint ping_interval;   /* … every so many seconds */
  char *pong;            /* (nullable): the event that answers it */
} RdPlainLine;

/* (nullable) (transfer none): NULL: it has a Channels server */
const RdPlainLine *rd_profile_get_plain_line (RdProfile *self);
/* (transfer full): its path with these values, percent-encoded; RD_FAULT_BAD_INPUT naming a variable that is missing */
char        *rd_profile_dup_plain_path   (RdProfile *self, RdVars *vars, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is asked while there is no line, as the site's own page does. */
typedef struct
{
  const char *action;
  guint interval; /* s */
  gboolean always; /* also while there is a line: it does not tell of this */
} RdPoll;

const RdPoll *rd_profile_get_polls       (RdProfile *self, guint *n_polls);
/* (nullable) (transfer full): the path of one of the site's pages for people: "", "invoice", "conversation", "person",
 * "call" */
char        *rd_profile_dup_page         (RdProfile *self, const char *kind, RdVars *vars);
/* (transfer container) (array zero-terminated): as Account1's Abilities. @signed_in: whether the site may be asked,
 * too */
const char **rd_profile_dup_abilities    (RdProfile *self, gboolean signed_in) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full): a presence channel's member as an RD_EVENT_PERSON. @user_info: (nullable) */
RdEvent     *rd_profile_map_member       (RdProfile *self, const char *channel, const char *user_id,
                                          JsonNode *user_info) G_GNUC_WARN_UNUSED_RESULT;
/* Channel authorisation. (nullable): NULL = public channels only */
const char *rd_profile_get_authorise_path    (RdProfile *self);
gboolean    rd_profile_get_authorise_is_json (RdProfile *self);
/* The API's base path ("/api/v1") is part of the actions' paths. */

/* (transfer full) (array zero-terminated): the channels to join with these values; a name whose variable
 * has several values comes once for each; one with a missing variable is left out. */
char      **rd_profile_dup_channels  (RdProfile *self, RdVars *vars) G_GNUC_WARN_UNUSED_RESULT;

/* Whether there are any, and whether a name among them takes @variable. */
gboolean    rd_profile_has_channels  (RdProfile *self);
gboolean    rd_profile_joins_with    (RdProfile *self, const char *variable);

/* (transfer container) (array zero-terminated): the events it names, under each of their spellings */
const char **rd_profile_dup_events   (RdProfile *self) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full): NULL without error if the profile does not name the event;
 * RD_FAULT_BAD_REPLY if it does and a field it cannot do without is missing or wrong. Never aborts. */
RdEvent    *rd_profile_map_event     (RdProfile *self, const char *channel, const char *event, JsonNode *data,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (nullable) The action: "place" "place-by-email" "answer" "reject" "end" "active-call" "calls" "heartbeat" "user";
 * "conversations" (page, limit, search), "messages" (conversation.id, peer.id, page, limit, before), "inbox" (the
 * newest messages of all conversations), "send" (conversation.id, peer.id, text), "mark-read" (conversation.id,
 * peer.id, message.id), "unread", "typing" (conversation.id, typing); "people" (search), "set-status" (status,
 * available, status.message); "invoices" (page, limit, search, status, since), "invoice" (invoice.id),
 * "notifications" */
const RdAction *rd_profile_get_action (RdProfile *self, const char *name);
/* Whether it has a place for this variable. */
gboolean    rd_action_uses           (const RdAction *self, const char *variable);
/* RD_FAULT_BAD_INPUT naming the variable if one is missing; a parameter of the query is left out if its variable is
 * given as "", or is one of page, limit, offset, before, before-time, search, status, since and not given. Values are
 * put in percent-encoded (path, query, form) or as JSON strings; a body member written "{number:recipient.id}"
 * becomes a JSON number if the value is one, "{boolean:typing}" true or false if it is "true" or "false", else a
 * string. In a body, a text that is all there is may be empty. */
RdRequest  *rd_action_build          (const RdAction *self, RdVars *vars, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Every call (one, or an array) in a reply, as events of kind initiated, answered, rejected or ended
 * according to each one's status. (element-type RdEvent). @body NULL (204) gives an empty array. */
GPtrArray  *rd_action_map_calls      (RdProfile *profile, const RdAction *self, JsonNode *body,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What a reply lists as @kind (RD_EVENT_MESSAGE, RD_EVENT_CONVERSATION, RD_EVENT_PERSON, RD_EVENT_INVOICE):
 * (element-type RdEvent). One that cannot be read is left out. Empty if the action lists no such thing. */
GPtrArray  *rd_action_map_items      (RdProfile *profile, const RdAction *self, RdEventKind kind, JsonNode *body,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether its reply lists such things at all. */
gboolean    rd_action_lists           (const RdAction *self, RdEventKind kind);
/* Whether the reply says that there is another page. */
RdEventAnswer rd_action_has_more     (const RdAction *self, JsonNode *body);
/* How many a page holds; 0: not said */
guint       rd_action_get_page_size  (const RdAction *self);
/* How many characters the "text" that is sent may have, at most RD_PROFILE_MAX_MESSAGE. @self: (nullable) */
guint       rd_action_get_text_limit (const RdAction *self);
/* (nullable) (transfer full): a value of an HTML page's <meta>, by the name that the profile gives it */
char       *rd_action_dup_meta       (const RdAction *self, const char *html, gsize length, const char *name);
/* (transfer container) (array zero-terminated): the names of all its values and metas */
const char **rd_action_dup_names     (const RdAction *self) G_GNUC_WARN_UNUSED_RESULT;
/* (array zero-terminated) (transfer none): the values and metas without which the reply counts as a refusal: "must" */
const char * const *rd_action_get_must (const RdAction *self);
/* (nullable) (transfer full): a named reply value, e.g. "id", "name", "access", "refresh" */
char       *rd_action_dup_value      (const RdAction *self, JsonNode *body, const char *name);
/* (transfer full) (array zero-terminated): a named reply list, e.g. "invoice.id" */
char      **rd_action_dup_list       (const RdAction *self, JsonNode *body, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full): the site's own words in an error reply; and whether a 200 reply says it failed */
char       *rd_profile_dup_error     (RdProfile *self, JsonNode *body);
gboolean    rd_profile_reply_failed  (RdProfile *self, JsonNode *body);

/* Hosts whose rooms may be opened without asking. (array zero-terminated) */
const char * const *rd_profile_get_room_hosts (RdProfile *self);

G_END_DECLS
