/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rd-room-url.h"
#include "rd-test.h"

#define PLAIN "config.prejoinConfig.enabled=false&config.prejoinPageEnabled=false"
#define NOW_S G_GINT64_CONSTANT (1800000000)

static const char *const trusted[] = { "8x8.vc", "Meet.Example.org:8443", "[2001:db8::1]", "xn--bcher-kva.example",
                                       NULL };

static RdRoom
make_room (const char *url)
{
  RdRoom room = { 0 };

  room.url = url;
  room.trusted_hosts = trusted;
  room.now = NOW_S * G_USEC_PER_SEC;
  return room;
}

static char *
make_token (const char *payload)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) payload, strlen (payload));

  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  encoded[strcspn (encoded, "=")] = '\0';
  return g_strdup_printf ("eyJhbGciOiJSUzI1NiJ9.%s.c2ln", encoded);
}

typedef struct
{
  const char *url;
  const char *built; /* before the fragment */
} Accepted;

static const Accepted accepted[] = {
  { "https://8x8.vc/app/room", "https://8x8.vc/app/room" },
  { "HTTPS://8X8.VC/App/Room", "https://8x8.vc/App/Room" },
  { "https://8x8.vc:443/room", "https://8x8.vc/room" },
  { "https://8x8.vc:/room", NULL },
  { "https://meet.example.org:8443/room", "https://meet.example.org:8443/room" },
  { "https://[2001:db8::1]/room", "https://[2001:db8::1]/room" },
  { "https://xn--bcher-kva.example/room", "https://xn--bcher-kva.example/room" },
  { "https://8x8.vc/caf%C3%A9%20room", "https://8x8.vc/caf%C3%A9%20room" },
  { "https://8x8.vc/room?lang=de&x=%26", "https://8x8.vc/room?lang=de&x=%26" },
  { "https://8x8.vc/room?", "https://8x8.vc/room" },
  /* Whatever the site puts into the fragment goes. */
  { "https://8x8.vc/room#config.disableE2EE=true&jwt=x", "https://8x8.vc/room" },
};

static void
test_accepted (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      RdRoom room = make_room (accepted[i].url);
      g_autoptr (GError) error = NULL;
      g_autofree char *built = rd_room_build_url (&room, &error);
      g_autofree char *expected = g_strdup_printf ("%s#" PLAIN, accepted[i].built);

      if (accepted[i].built == NULL)
        {
          g_assert_error (error, RD_ROOM_ERROR, RD_ROOM_ERROR_REFUSED);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (built, ==, expected);
    }
}

static const char *const refused[] = {
  "",
  "8x8.vc/room",
  "//8x8.vc/room",
  "https:/8x8.vc/room",
  "https:///room",
  "http://8x8.vc/room",
  "ftp://8x8.vc/room",
  "javascript://8x8.vc/%0aalert(1)",
  "file:///etc/passwd",
  "data:text/html,x",
  "https://8x8.vc",
  "https://8x8.vc/",
  "https://8x8.vc//",
  "https://user@8x8.vc/room",
  "https://user:pass@8x8.vc/room",
  "https://8x8.vc@evil.example/room",
  "https://8x8.vc%40evil.example/room",
  "https://8x8.vc%2eevil.example/room",
  "https://8x8%2evc/room",
  "https://8x8.vc\\@evil.example/room",
  "https:\\\\8x8.vc\\room",
  "https://8x8.vc/a\\b",
  "https://8x8.vc/a\tb",
  "https://8x8.vc/a\nb",
  "https://8x8.vc/a\r\nb",
  "https://8x8.vc/a b",
  " https://8x8.vc/room",
  "https://8x8.vc/room\x7f",
  "https://8x8.vc/a%0ab",
  "https://8x8.vc/a%00b",
  "https://8x8.vc/a%2fb",
  "https://8x8.vc/a%2Fb",
  "https://8x8.vc/a%5cb",
  "https://8x8.vc/a%7Fb",
  "https://8x8.vc/a%",
  "https://8x8.vc/a%4",
  "https://8x8.vc/a%zz",
  "https://8x8.vc/../room",
  "https://8x8.vc/a/%2e%2e/room",
  "https://8x8.vc/./room",
  "https://8x8.vc/a\"b",
  "https://8x8.vc/<b>",
  "https://8x8.vc/`id`",
  "https://8x8.vc/{a}",
  "https://8x8.vc/caf\xc3\xa9",
  "https://8x8.vc/\xff",
  "https://b\xc3\xbc"
  "cher.example/room",
  "https://8x8.vc:99999/room",
  "https://8x8.vc:abc/room",
  "https://8x8.vc:-1/room",
  "https://[2001:db8::1/room",
  "https://[fe80::1%25eth0]/room",
  "https://.8x8.vc/room",
  "https://8x8.vc/room?jwt=a.b.c",
  "https://8x8.vc/room?x=1&JWT=a.b.c",
  "https://8x8.vc/room?x=1;jwt=a",
  "https://8x8.vc/room?%6awt=a.b.c",
};

static const char *const untrusted[] = {
  "https://evil.example/room",       "https://8x8.vc.evil.example/room",   "https://x8x8.vc/room",
  "https://sub.8x8.vc/room",         "https://8x8.vc./room",               "https://8x8.vc:8443/room",
  "https://meet.example.org/room",   "https://meet.example.org:443/room",  "https://[2001:db8::2]/room",
  "https://xn--bcher-kvb.example/r", "https://127.0.0.1/room",             "https://localhost/room",
  "https://0x7f.1/room",             "https://2130706433/room",            "https://8x8.vc:80/room",
  "https://[2001:db8::2]:9/room",
};

static void
test_refused (void)
{
  g_autofree char *long_path = g_strnfill (2100, 'a');
  g_autofree char *over_long = g_strconcat ("https://8x8.vc/", long_path, NULL);
  g_autofree char *long_host = g_strdup_printf ("https://%.300s.example/room", long_path);
  RdRoom room = make_room (over_long);
  g_autoptr (GError) error = NULL;

  g_assert_null (rd_room_build_url (&room, &error));
  g_assert_error (error, RD_ROOM_ERROR, RD_ROOM_ERROR_REFUSED);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      RdRoom next = make_room (refused[i]);
      g_autoptr (GError) reason = NULL;
      g_autofree char *built = rd_room_build_url (&next, &reason);

      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, reason != NULL ? reason->message : built);
      g_assert_null (built);
      g_assert_error (reason, RD_ROOM_ERROR, RD_ROOM_ERROR_REFUSED);
    }
  room.url = long_host;
  g_clear_error (&error);
  g_assert_null (rd_room_build_url (&room, &error));
  g_assert_error (error, RD_ROOM_ERROR, RD_ROOM_ERROR_REFUSED);
  room.url = NULL;
  g_clear_error (&error);
  g_assert_null (rd_room_build_url (&room, &error));
  g_assert_error (error, RD_ROOM_ERROR, RD_ROOM_ERROR_REFUSED);
}

static void
test_untrusted (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (untrusted); i++)
    {
      RdRoom room = make_room (untrusted[i]);
      g_autoptr (GError) error = NULL;
      g_autofree char *built = rd_room_build_url (&room, &error);

      g_test_message ("%s: %s", untrusted[i], error != NULL ? error->message : built);
      g_assert_null (built);
      g_assert_error (error, RD_ROOM_ERROR, RD_ROOM_ERROR_UNTRUSTED);
      g_assert_nonnull (strstr (untrusted[i], error->message));
    }
}

static void
test_loopback (void)
{
  const char *const fine[] = { "http://127.0.0.1:8080/room", "http://localhost:9/room", "http://[::1]:8080/room",
                               "https://127.0.0.2/room", "http://LOCALHOST/room" };
  const char *const bad[] = { "http://8x8.vc/room", "http://127.0.0.1.evil.example/room",
                              "http://localhost.evil.example/r", "http://[::ffff:8.8.8.8]/room",
                              "http://10.0.0.1/room" };

  for (gsize i = 0; i < G_N_ELEMENTS (fine); i++)
    {
      RdRoom room = make_room (fine[i]);
      g_autoptr (GError) error = NULL;
      g_autofree char *built = NULL;

      room.allow_loopback = TRUE;
      room.trusted_hosts = NULL;
      built = rd_room_build_url (&room, &error);
      g_assert_no_error (error);
      g_assert_nonnull (built);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      RdRoom room = make_room (bad[i]);
      g_autoptr (GError) error = NULL;

      room.allow_loopback = TRUE;
      g_assert_null (rd_room_build_url (&room, &error));
      g_assert_error (error, RD_ROOM_ERROR, RD_ROOM_ERROR_REFUSED);
    }
}

static void
test_parts (void)
{
  RdRoom room = make_room ("https://8x8.vc/app/room?lang=de");
  g_autofree char *token = make_token ("{\"iss\":\"chat\",\"exp\":1800003600}");
  g_autofree char *expected = g_strdup_printf (
      "https://8x8.vc/app/room?jwt=%s&lang=de#" PLAIN
      "&config.startAudioOnly=true&userInfo.displayName=%%22Ada%%20%%5C%%22L%%5C%%22%%20%%26%%20%%C3%%A9%%22",
      token);
  g_autoptr (GError) error = NULL;
  g_autofree char *built = NULL;

  room.token = token;
  room.audio = TRUE;
  room.display_name = "Ada \"L\" & \xc3\xa9";
  built = rd_room_build_url (&room, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (built, ==, expected);
}

typedef struct
{
  const char *payload;
  int code; /* -1: accepted */
} Expiry;

static const Expiry expiries[] = {
  { "{\"exp\":1800000001}", -1 },
  { "{\"exp\":1799999971}", -1 }, /* within the grace */
  { "{\"exp\":1799999969}", RD_ROOM_ERROR_EXPIRED },
  { "{\"exp\":1799999000.5}", RD_ROOM_ERROR_EXPIRED },
  { "{\"exp\":0}", RD_ROOM_ERROR_EXPIRED },
  { "{\"exp\":1e300}", -1 },
  { "{\"exp\":-5}", -1 }, /* says nothing that makes sense: the room decides */
  { "{\"exp\":\"1799999000\"}", -1 },
  { "{\"exp\":null}", -1 },
  { "{\"exp\":[1]}", -1 },
  { "{}", -1 },
  { "[]", -1 },
  { "exp", -1 },
  { "\xff\xfe\xfd", -1 },
};

static void
test_expiry (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (expiries); i++)
    {
      RdRoom room = make_room ("https://8x8.vc/app/room");
      g_autofree char *token = make_token (expiries[i].payload);
      g_autofree char *start = g_strdup_printf ("https://8x8.vc/app/room?jwt=%s#", token);
      g_autoptr (GError) error = NULL;
      g_autofree char *built = NULL;

      room.token = token;
      built = rd_room_build_url (&room, &error);
      if (expiries[i].code == -1)
        {
          g_assert_no_error (error);
          g_assert_true (g_str_has_prefix (built, start));
          continue;
        }
      g_assert_error (error, RD_ROOM_ERROR, expiries[i].code);
      g_assert_null (strstr (error->message, token));
    }
}

static void
test_bad_token (void)
{
  g_autofree char *long_part = g_strnfill (9000, 'a');
  g_autofree char *too_long = g_strdup_printf ("%s.b.c", long_part);
  const char *const bad[] = { "a",       "a.b",     "a.b.c.d", "a..c",         ".b.c",    "a.b.",     "a.b.c&x=1",
                              "a.b.c#x", "a.b.c d", "a.b.c=",  "a.b.\xc3\xa9", "a.b.c\n", "a.b.c%26", too_long };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      RdRoom room = make_room ("https://8x8.vc/app/room");
      g_autoptr (GError) error = NULL;

      room.token = bad[i];
      g_assert_null (rd_room_build_url (&room, &error));
      g_assert_error (error, RD_ROOM_ERROR, RD_ROOM_ERROR_REFUSED);
      g_assert_null (strstr (error->message, bad[i][1] != '\0' ? bad[i] : "\1"));
    }
}

static void
test_redact (void)
{
  static const char *const pairs[][2] = {
    { "https://8x8.vc/app/room?jwt=secret#x", "https://8x8.vc/app/room" },
    { "https://8x8.vc/app/room#jwt=secret", "https://8x8.vc/app/room" },
    { "https://user:pass@8x8.vc/room", "https://8x8.vc/room" },
    { "https://8x8.vc/ro\nom", "https://8x8.vc/ro_om" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *redacted = rd_room_redact (pairs[i][0]);

      g_assert_cmpstr (redacted, ==, pairs[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/room-url/accepted", test_accepted);
  g_test_add_func ("/room-url/refused", test_refused);
  g_test_add_func ("/room-url/untrusted", test_untrusted);
  g_test_add_func ("/room-url/loopback", test_loopback);
  g_test_add_func ("/room-url/parts", test_parts);
  g_test_add_func ("/room-url/expiry", test_expiry);
  g_test_add_func ("/room-url/bad-token", test_bad_token);
  g_test_add_func ("/room-url/redact", test_redact);
  return g_test_run ();
}
