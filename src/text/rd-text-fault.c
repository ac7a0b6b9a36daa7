/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-text"

#include "config.h"

#include "rd-text.h"

#include <glib/gi18n-lib.h>

#include "rd-text-private.h"

/* Faults and the reasons of a line as sentences: what failed, where, what to do. One table; a code that is not in it
 * still gets a sentence. */

typedef struct
{
  const char *code;
  /* TRANSLATORS, for the sentences of this file: {host} is a host's name. {doing}, {status} and {what} are put in with
   * what they need before them: {doing} is empty or " while answering the call", {status} is empty or " (403)",
   * {what} is "“site”" or "what was asked for". A placeholder may be moved or left out. */
  const char *at_host;
  const char *nowhere;
  gboolean own_words; /* said is a reason of our own, not the words of the other side */
} FaultText;

static const FaultText fault_texts[] = {
  /* RdFaultCode */
  { "bad-input", N_ ("For {host}, {what} cannot be used as it was given. Correct it and try again."),
    N_ ("This cannot be used as it was given: {what}. Correct it and try again."), TRUE },
  { "not-found", N_ ("{host} knows nothing by that name{status}{doing}. It may be gone already."),
    N_ ("Ringdown does not know {what}. It may be gone already."), FALSE },
  { "exists", N_ ("There is such an account at {host} already. Remove that one first, or use it."),
    N_ ("There is such an account already. Remove that one first, or use it."), FALSE },
  { "unreachable", N_ ("{host} cannot be reached{doing}. Check this machine’s network and the account’s address."),
    N_ ("The server cannot be reached{doing}. Check this machine’s network and the account’s address."), FALSE },
  { "tls",
    N_ ("No secure connection to {host}: its certificate is not valid or not trusted here. Check the account’s "
        "address, "
        "and this machine’s date."),
    N_ ("No secure connection: the server’s certificate is not valid or not trusted here. Check the account’s address, "
        "and this machine’s date."),
    FALSE },
  { "timed-out", N_ ("{host} did not answer in time{doing}. It may be busy: try again in a while."),
    N_ ("The server did not answer in time{doing}. It may be busy: try again in a while."), FALSE },
  { "signed-out", N_ ("{host} does not accept this account’s sign-in{status}. Sign in again in Ringdown’s accounts."),
    N_ ("The site does not accept this account’s sign-in{status}. Sign in again in Ringdown’s accounts."), FALSE },
  { "forbidden",
    N_ ("{host} does not allow this account to do that{status}{doing}. Check the account’s user, or ask whoever runs "
        "the site."),
    N_ ("The site does not allow this account to do that{status}{doing}. Check the account’s user, or ask whoever runs "
        "the site."),
    FALSE },
  { "site-error",
    N_ ("{host} failed with an error of its own{status}{doing}. Try again in a while; if it stays, tell whoever runs "
        "the site."),
    N_ ("The site failed with an error of its own{status}{doing}. Try again in a while; if it stays, tell whoever runs "
        "the site."),
    FALSE },
  { "refused", N_ ("{host} refused{status}{doing}."), N_ ("The site refused{status}{doing}."), FALSE },
  { "bad-reply",
    N_ ("{host} sent a reply that makes no sense{status}{doing}. Check that the account’s address and profile fit this "
        "site."),
    N_ ("The site sent a reply that makes no sense{status}{doing}. Check that the account’s address and profile fit "
        "it."),
    FALSE },
  { "too-large", N_ ("{host} sent more than Ringdown takes{status}{doing}. Tell whoever runs the site."),
    N_ ("The server sent more than Ringdown takes{status}{doing}. Tell whoever runs the site."), FALSE },
  { "unsupported", N_ ("This cannot be done with {host}: its profile or its server has no way to."),
    N_ ("This cannot be done with this account: its profile or its server has no way to."), FALSE },
  { "wrong-state", N_ ("It is too late for that: the call at {host} has moved on."),
    N_ ("It is too late for that: the call has moved on."), FALSE },
  { "room-refused",
    N_ ("Ringdown does not open this room on {host}: its address is not safe. Tell whoever runs the site."),
    N_ ("Ringdown does not open this room: its address is not safe. Tell whoever runs the site."), TRUE },
  { "room-untrusted",
    N_ ("The room is on {host}, which this account does not trust yet. Trust it, then open the room."),
    N_ ("The room is on a host that this account does not trust yet. Trust it, then open the room."), TRUE },
  { "invitation-expired", N_ ("The invitation to the room on {host} has expired. Call again for a new one."),
    N_ ("The invitation to the room has expired. Call again for a new one."), FALSE },
  { "no-room", N_ ("{host} gave this call no room{status}. Hang up and call again."),
    N_ ("The site gave this call no room{status}. Hang up and call again."), FALSE },
  { "no-browser",
    N_ ("No web browser could open the room on {host}. Choose a default browser in the system’s settings."),
    N_ ("No web browser could open the room. Choose a default browser in the system’s settings."), TRUE },
  { "bad-profile", N_ ("A profile for {host} cannot be used: {what}. Correct the file, then start Ringdown again."),
    N_ ("A profile cannot be used: {what}. Correct the file (“ringdown profile check” tells all that is wrong with "
        "it), then start Ringdown again."),
    TRUE },
  { "secrets",
    N_ ("The keyring does not give out the token for {host}: it is locked, absent, or its question was dismissed. "
        "Unlock it, or sign in again in Ringdown’s accounts."),
    N_ ("The keyring does not give out this account’s token: it is locked, absent, or its question was dismissed. "
        "Unlock it, or sign in again in Ringdown’s accounts."),
    TRUE },
  { "storage", N_ ("On this machine, {what} could not be read or saved for {host}. Check the disk’s space and rights."),
    N_ ("On this machine, {what} could not be read or saved. Check the disk’s space and rights."), TRUE },
  { "internal", N_ ("Something went wrong inside Ringdown while dealing with {host}{doing}. Try again."),
    N_ ("Something went wrong inside Ringdown{doing}. Try again."), TRUE },
  /* ChannelsError, where it is not among the above */
  { "not-channels",
    N_ ("{host} answers, but not as a Channels server{status}. Check the account’s host, port and path."),
    N_ ("What answers is not a Channels server{status}. Check the account’s host, port and path."), FALSE },
  /* the same of a site's own line */
  { "no-line",
    N_ ("{host} has no line where the account’s profile looks for it{status}. Check the account’s address and "
        "profile."),
    N_ ("The site has no line where the account’s profile looks for it{status}. Check the account’s address and "
        "profile."),
    FALSE },
  { "closed", N_ ("{host} closed the line{status}."), N_ ("The line was closed{status}."), FALSE },
  { "rejected", N_ ("{host} refuses this application{status}. Check the account’s key, host and TLS."),
    N_ ("The server refuses this application{status}. Check the account’s key, host and TLS."), FALSE },
  { "over-quota", N_ ("{host} is full: it takes no more connections now{status}. Tell whoever runs the server."),
    N_ ("The server is full: it takes no more connections now{status}. Tell whoever runs it."), FALSE },
  { "unauthorized", N_ ("{host} refused this account’s sign-in{status}{doing}. Sign in again in Ringdown’s accounts."),
    N_ ("The site refused this account’s sign-in{status}{doing}. Sign in again in Ringdown’s accounts."), FALSE },
  { "malformed",
    N_ ("{host} sent something that is not the Channels protocol{status}. Check the account’s host and path."),
    N_ ("The server sent something that is not the Channels protocol{status}. Check the account’s host and path."),
    FALSE },
  { "server", N_ ("{host} reported an error of its own{status}{doing}. If it stays, tell whoever runs the server."),
    N_ ("The server reported an error of its own{status}{doing}. If it stays, tell whoever runs it."), FALSE },
  { "invalid", N_ ("The account’s settings for {host} are not right: {what}. Remove the account and add it again."),
    N_ ("The account’s settings are not right: {what}. Remove the account and add it again."), TRUE },
};

/* Close codes after which nothing is tried again (protocol.md, "Close codes"): which one it was matters. */
static const struct
{
  int close_code;
  const char *text;
} close_texts[] = {
  { 4000, N_ ("{host} takes secure connections only. Turn TLS on for this account.") },
  { 4001, N_ ("{host} knows no application with this key. Check the account’s key.") },
  { 4003, N_ ("{host} has switched this application off. Ask whoever runs it.") },
  { 4005, N_ ("{host} serves no Channels at this path. Check the account’s path.") },
  { 4006, N_ ("{host} does not understand this version of Ringdown.") },
  { 4007, N_ ("{host} does not speak protocol 7. It needs a newer Channels server.") },
};

/* Where a fault's place says more than its code. */
static const struct
{
  const char *code;
  const char *where;
  const char *text;
} place_texts[] = {
  { "unsupported", "window", N_ ("This agent runs without a window. End it, then open Ringdown again.") },
  { "unsupported", "page", N_ ("The account’s profile does not say where this page is.") },
  { "unsupported", "sign-in", N_ ("Nobody signs in to this site with a password. Give a token instead.") },
  { "unsupported", "decline-message",
    N_ ("The call is declined. This site takes no messages, so yours was not sent.") },
  { "bad-input", "login", N_ ("Say who signs in: a user name, or an e-mail address.") },
  { "bad-input", "password", N_ ("The password is missing, or far too long.") },
  { "bad-input", "ticket", N_ ("The test of this account was too long ago. Sign in again.") },
  { "bad-input", "user-id",
    N_ ("Your user id is missing, or it is not the one that the site knows you by. Leave it out if the site can say "
        "it.") },
  { "bad-input", "profile-url",
    N_ ("The description of this kind of site is not on the site itself, so it is not used. Tell whoever made the "
        "set-up.") },
  { "unreachable", "dns",
    N_ ("The name {host} is not known here. Check the account’s address, and the network’s settings.") },
  { "too-large", "check", N_ ("Too much is being checked at once. Try again in a moment.") },
  { "too-large", "set-up", N_ ("Too many accounts are being set up at once. Try again in a while.") },
  { "unsupported", "ring-tone",
    N_ ("The sound file that is to ring cannot be played, so the usual tone rings. Choose another in Ringdown’s "
        "preferences.") },
  { "unsupported", "message-tone",
    N_ ("The sound file for messages cannot be played, so the usual tone sounds. Choose another in Ringdown’s "
        "preferences.") },
  { "unsupported", "sound-device",
    N_ ("Nothing can be heard: there is no output for sound, or it does not work. Look at the system’s sound "
        "settings.") },
  { "unsupported", "sound", N_ ("Nothing can be heard: GStreamer’s basic plugins are not installed.") },
  { "timed-out", "sound", N_ ("Nothing can be heard: the system’s sound does not answer.") },
  { "wrong-state", "remind", N_ ("This call does not ring any more. Its entry in the list can remind you of it.") },
  { "wrong-state", "sound-test", N_ ("A call rings right now. Try the sounds when it is over.") },
  { "too-large", "contacts",
    N_ ("No more than 500 people can be muted, and no more can always ring. Take somebody off the list first.") },
  { "bad-input", "until", N_ ("That time is over. Say one that is still to come.") },
  { "wrong-state", "test", N_ ("Another test of an account has taken the place of this one.") },
  { "not-found", "channels",
    N_ ("The site names nothing to listen to: you may not be in any of its groups yet. Ask whoever runs it.") },
  { "no-browser", "page",
    N_ ("No web browser could open the page. Choose a default browser in the system’s settings.") },
  { "unsupported", "notifications",
    N_ ("This session shows no notifications, and the window is never to open for a call: calls only sound.") },
  { "internal", "window", N_ ("The window could not be opened. Is Ringdown installed whole?") },
  { "bad-input", "tls",
    N_ ("A line without TLS is for this machine only. Turn TLS on, or say that the account may be insecure.") },
  { "bad-input", "account", N_ ("It is not clear which account is meant: none fits, or several do. Say which.") },
  { "not-found", "account", N_ ("There is no such account. It may have been removed.") },
  { "storage", "history-full",
    N_ ("There is no room on the disk for the history. Ringdown keeps what happens until there is, but not longer than "
        "it runs. Make room.") },
  { "storage", "history-damaged",
    N_ ("The history’s file was damaged. It was set aside, and what could still be read of it was taken over.") },
  { "storage", "history-newer",
    N_ ("The history’s file is of a newer Ringdown. It was set aside, and comes back with that version.") },
  { "storage", "export", N_ ("The history could not be written into that file. Check the disk’s space.") },
  { "not-found", "entry", N_ ("This is not in the history any more.") },
  { "not-found", "call", N_ ("There is no such call. It may be over already.") },
  { "not-found", "profile", N_ ("There is no such profile. Choose one of those in the list.") },
  { "secrets", "locked",
    N_ ("The keyring is locked, and this account’s token is in it. Unlock it, then connect again.") },
  { "secrets", "dismissed",
    N_ ("The keyring’s question was dismissed, and this account’s token is in it. Connect again to be asked again.") },
  { "secrets", "timed-out",
    N_ ("The keyring does not answer, and this account’s token is in it. Connect again in a while.") },
  { "secrets", "absent",
    N_ ("There is no keyring here, so this account’s token was not kept. Sign in again in Ringdown’s accounts.") },
};

/* The names of settings and the like, for {what}. */
static const struct
{
  const char *where;
  const char *text;
} thing_texts[] = {
  /* TRANSLATORS: from here on, what {what} of the sentences above stands for */
  { "profile", N_ ("the profile") },
  { "site", N_ ("the site’s address") },
  { "user-id", N_ ("your user id") },
  { "name", N_ ("the name") },
  { "key", N_ ("the application’s key") },
  { "cluster", N_ ("the cluster") },
  { "host", N_ ("the Channels host") },
  { "port", N_ ("the port") },
  { "path", N_ ("the path") },
  { "vars", N_ ("the profile’s values") },
  { "token", N_ ("the token") },
  { "refresh-token", N_ ("the refresh token") },
  { "whom", N_ ("whom to call") },
  { "settings", N_ ("the account’s settings") },
  { "accounts", N_ ("the accounts file") },
  { "account", N_ ("the account") },
  { "setup", N_ ("the set-up") },
  { "history", N_ ("the history") },
  { "search", N_ ("what to search for") },
  { "kinds", N_ ("the kinds") },
  { "minutes", N_ ("the minutes") },
};

/* What a profile's actions do, for {doing}. */
static const struct
{
  const char *where;
  const char *text;
} action_texts[] = {
  /* TRANSLATORS: these are put behind a sentence, in front of its full stop: "The site refused while placing the call."
   * Words in brackets do where a language cannot go on like that: " (placing the call)". */
  { "place", N_ (" while placing the call") },
  { "place-by-email", N_ (" while placing the call") },
  { "answer", N_ (" while answering the call") },
  { "reject", N_ (" while declining the call") },
  { "decline", N_ (" while declining the call") },
  { "end", N_ (" while ending the call") },
  { "room", N_ (" while opening the room") },
  { "active-call", N_ (" while looking for calls") },
  { "calls", N_ (" while looking for calls") },
  { "refresh", N_ (" while renewing the sign-in") },
  { "sign-in", N_ (" while signing in") },
  { "address", N_ (" at the account’s address") },
  { "well-known", N_ (" while asking the site about itself") },
  { "profile-url", N_ (" while fetching its description") },
  { "workspaces", N_ (" while looking for your groups") },
  { "conversations", N_ (" while looking for conversations") },
  { "user", N_ (" while asking who this account is") },
  { "invoices", N_ (" while looking for invoices") },
  { "heartbeat", N_ (" while saying that you are there") },
  { "authorise", N_ (" while joining a channel") },
  { "authorize", N_ (" while joining a channel") },
};

static char *
dup_string (GVariant *fault, const char *key, guint max_chars)
{
  const char *value = NULL;

  if (fault != NULL && g_variant_is_of_type (fault, G_VARIANT_TYPE_VARDICT))
    g_variant_lookup (fault, key, "&s", &value);
  return rd_text_clean (value, max_chars);
}

static char *
make_doing (const char *where)
{
  if (*where == '\0')
    return g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (action_texts); i++)
    {
      if (g_str_equal (action_texts[i].where, where))
        return g_strdup (_ (action_texts[i].text));
    }
  return rd_text_fill (_ (" (at “{where}”)"), "where", where, NULL);
}

static char *
make_what (const char *where)
{
  if (*where == '\0')
    return g_strdup (_ ("what was asked for"));
  for (guint i = 0; i < G_N_ELEMENTS (thing_texts); i++)
    {
      if (g_str_equal (thing_texts[i].where, where))
        return g_strdup (_ (thing_texts[i].text));
    }
  return rd_text_fill (_ ("“{where}”"), "where", where, NULL);
}

static int
get_close_code (GVariant *fault)
{
  gint32 code = 0;

  if (fault != NULL && g_variant_is_of_type (fault, G_VARIANT_TYPE_VARDICT))
    g_variant_lookup (fault, "close-code", "i", &code);
  return code;
}

static char *
make_status (GVariant *fault)
{
  guint32 status = 0;

  if (fault != NULL && g_variant_is_of_type (fault, G_VARIANT_TYPE_VARDICT))
    g_variant_lookup (fault, "status", "u", &status);
  if (status != 0)
    return g_strdup_printf (" (%u)", status);
  if (get_close_code (fault) != 0)
    /* TRANSLATORS: the code with which a server closed a connection */
    return g_strdup_printf (_ (" (code %d)"), get_close_code (fault));
  return g_strdup ("");
}

static const FaultText *
find_text (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (fault_texts); i++)
    {
      if (g_strcmp0 (fault_texts[i].code, code) == 0)
        return &fault_texts[i];
    }
  return NULL;
}

static const char *
find_sentence (const char *code, int close_code, const char *host, const char *where)
{
  const FaultText *text = find_text (code);

  for (guint i = 0; i < G_N_ELEMENTS (place_texts); i++)
    {
      if (g_strcmp0 (place_texts[i].code, code) == 0 && g_str_equal (place_texts[i].where, where))
        return _ (place_texts[i].text);
    }
  for (guint i = 0; *host != '\0' && i < G_N_ELEMENTS (close_texts); i++)
    {
      if (close_texts[i].close_code == close_code)
        return _ (close_texts[i].text);
    }
  if (text != NULL)
    return *host != '\0' ? _ (text->at_host) : _ (text->nowhere);
  if (*host != '\0')
    return _ ("Something failed at {host}{status}{doing}: “{code}”.");
  return _ ("Something failed{status}{doing}: “{code}”.");
}

static char *
make_sentence (const char *code, GVariant *fault, const char *default_host)
{
  const FaultText *text = find_text (code);
  g_autofree char *clean_code = rd_text_clean (code, RD_TEXT_MAX_NAME);
  g_autofree char *host = dup_string (fault, "host", RD_TEXT_MAX_HOST);
  g_autofree char *said = dup_string (fault, "said", RD_TEXT_MAX_SAID);
  g_autofree char *where = dup_string (fault, "where", RD_TEXT_MAX_HOST);
  g_autofree char *doing = make_doing (where);
  g_autofree char *status = make_status (fault);
  g_autofree char *what = make_what (where);
  g_autofree char *place = NULL;
  g_autofree char *tail = NULL;
  g_autofree char *sentence = NULL;

  if (*host == '\0' && default_host != NULL)
    {
      g_free (host);
      host = rd_text_clean (default_host, RD_TEXT_MAX_HOST);
    }
  place = rd_text_isolate (host);
  sentence = rd_text_fill (find_sentence (code, get_close_code (fault), host, where), "host", place, "status", status,
                           "doing", doing, "what", what, "code", clean_code, NULL);
  if (*said == '\0')
    return g_steal_pointer (&sentence);

  if (g_str_equal (where, "history-damaged") || g_str_equal (where, "history-newer"))
    /* TRANSLATORS: the name of a file */
    tail = rd_text_fill (_ ("It is kept as “{said}”."), "said", said, NULL);
  else if (text != NULL && text->own_words)
    tail = rd_text_fill (_ ("The reason: {said}"), "said", said, NULL);
  else
    /* TRANSLATORS: the words of a server */
    tail = rd_text_fill (_ ("It said: “{said}”"), "said", said, NULL);
  return g_strconcat (sentence, " ", tail, NULL);
}

char *
rd_text_for_fault (GVariant *fault)
{
  g_autofree char *code = dup_string (fault, "code", RD_TEXT_MAX_NAME);
  g_autofree char *where = dup_string (fault, "where", RD_TEXT_MAX_NAME);
  g_autofree char *why = make_sentence (*code != '\0' ? code : "internal", fault, NULL);

  if (g_strcmp0 (where, "decline-message") != 0 || g_strcmp0 (code, "unsupported") == 0)
    return g_steal_pointer (&why);
  /* TRANSLATORS: {why} is a sentence */
  return rd_text_fill (_ ("The call is declined, but your message was not sent. {why}"), "why", why, NULL);
}

static char *
make_reasonless (const char *state, const char *account_name)
{
  g_autofree char *plain = rd_text_clean (account_name, RD_TEXT_MAX_NAME);
  g_autofree char *name = *plain != '\0' ? rd_text_isolate (plain) : g_strdup (_ ("This account"));
  const char *format;

  if (g_strcmp0 (state, "connected") == 0)
    return g_strdup ("");

  if (g_strcmp0 (state, "connecting") == 0)
    /* TRANSLATORS: {name} is the name of an account, in these five */
    format = _ ("{name} is being connected.");
  else if (g_strcmp0 (state, "signed-out") == 0)
    format = _ ("{name} is signed out. Sign in again in Ringdown’s accounts.");
  else if (g_strcmp0 (state, "stopped") == 0)
    format = _ ("{name} is switched off.");
  else if (g_strcmp0 (state, "paused") == 0)
    format = _ ("{name} is paused: nothing comes in. Resume it in Ringdown’s accounts.");
  else
    format = _ ("{name} has no line at present.");
  return rd_text_fill (format, "name", name, NULL);
}

char *
rd_text_for_link_reason (const char *state, const char *reason, GVariant *detail, const char *account_name)
{
  g_autofree char *sentence = NULL;

  if (reason == NULL || *reason == '\0')
    return make_reasonless (state, account_name);
  if (g_strcmp0 (reason, "paused") == 0)
    return make_reasonless (reason, account_name);

  sentence = make_sentence (reason, detail, account_name);
  if (g_strcmp0 (state, "failed") == 0)
    return g_strconcat (sentence, " ", _ ("Ringdown does not try again by itself."), NULL);
  return g_steal_pointer (&sentence);
}
