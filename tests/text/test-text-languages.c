/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-test-language.h"
#include "rd-text.h"

/* Our sentences in other languages: plural forms, the order of words, amounts, and names written the other way. */

#define ISOLATED(name) "\xe2\x81\xa8" name "\xe2\x81\xa9"

static const guint counts[] = { 0, 1, 2, 3, 11, 100 };

typedef struct
{
  const char *language;
  const char *locale;
  const char *missed[G_N_ELEMENTS (counts)];
  const char *from_ada; /* two missed calls */
  const char *declined;
  const char *amount;
  const char *loss;
  const char *age;
} Speech;

static const Speech speeches[] = {
  { "ar",
    "ar_EG.UTF-8",
    { "لا مكالمات فائتة", "مكالمة فائتة واحدة", "مكالمتان فائتتان", "3 مكالمات فائتة", "11 مكالمة فائتة",
      "100 مكالمة فائتة" },
    "مكالمتان فائتتان من " ISOLATED ("Ada"),
    "رفض " ISOLATED ("Ada") " مكالمتك",
    NULL,
    NULL,
    "منذ 5 د" },
  { "de",
    "de_DE.UTF-8",
    { "0 verpasste Anrufe", "1 verpasster Anruf", "2 verpasste Anrufe", "3 verpasste Anrufe", "11 verpasste Anrufe",
      "100 verpasste Anrufe" },
    "2 verpasste Anrufe von Ada",
    "Ada hat Ihren Anruf abgelehnt",
    "1.234.567,50 €",
    "-1.000 €",
    "vor 5 min" },
  { "es",
    "de_DE.UTF-8",
    { "0 llamadas perdidas", "1 llamada perdida", "2 llamadas perdidas", "3 llamadas perdidas", "11 llamadas perdidas",
      "100 llamadas perdidas" },
    "2 llamadas perdidas de Ada",
    "Ada rechazó su llamada",
    NULL,
    NULL,
    "hace 5 min" },
  { "fr",
    "de_DE.UTF-8",
    { "0 appel manqué", "1 appel manqué", "2 appels manqués", "3 appels manqués", "11 appels manqués",
      "100 appels manqués" },
    "2 appels manqués de Ada",
    "Ada a refusé votre appel",
    NULL,
    NULL,
    "il y a 5 min" },
  { "hi",
    "hi_IN.UTF-8",
    { "0 मिस्ड कॉल", "1 मिस्ड कॉल", "2 मिस्ड कॉल", "3 मिस्ड कॉल", "11 मिस्ड कॉल", "100 मिस्ड कॉल" },
    "Ada की 2 मिस्ड कॉल",
    "Ada ने आपकी कॉल अस्वीकार की",
    "€12,34,567.50",
    "-€1,000",
    "5 मि॰ पहले" },
  { "ja",
    "ja_JP.UTF-8",
    { "不在着信 0 件", "不在着信 1 件", "不在着信 2 件", "不在着信 3 件", "不在着信 11 件", "不在着信 100 件" },
    "Ada さんからの不在着信 2 件",
    "Ada さんが通話を拒否しました",
    "€1,234,567.50",
    "-€1,000",
    "5 分前" },
  { "pt_BR",
    "de_DE.UTF-8",
    { "0 chamada perdida", "1 chamada perdida", "2 chamadas perdidas", "3 chamadas perdidas", "11 chamadas perdidas",
      "100 chamadas perdidas" },
    "2 chamadas perdidas de Ada",
    "Ada recusou sua chamada",
    NULL,
    NULL,
    "há 5 min" },
  { "zh_CN",
    "ja_JP.UTF-8",
    { "0 个未接来电", "1 个未接来电", "2 个未接来电", "3 个未接来电", "11 个未接来电", "100 个未接来电" },
    "来自 Ada 的 2 个未接来电",
    "Ada 拒接了您的呼叫",
    NULL,
    NULL,
    "5 分钟前" },
};

static void
assert_text (char *text, const char *expected)
{
  /* a blank that keeps a number and its unit together is a blank */
  g_auto (GStrv) parts = g_strsplit (text, "\xc2\xa0", -1);
  g_autofree char *plain = g_strjoinv (" ", parts);

  g_assert_cmpstr (plain, ==, expected);
  g_free (text);
}

static void
test_speech (gconstpointer data)
{
  const Speech *speech = data;

  if (!rd_test_speak (speech->language, speech->locale))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    assert_text (rd_text_for_missed (counts[i], NULL), speech->missed[i]);
  assert_text (rd_text_for_missed (2, "Ada"), speech->from_ada);
  assert_text (rd_text_for_call ("declined", "declined-by-peer", FALSE, "Ada"), speech->declined);
  assert_text (rd_text_for_age (G_USEC_PER_SEC, 301 * G_USEC_PER_SEC), speech->age);
  if (speech->amount != NULL)
    assert_text (rd_text_for_amount ("1234567.50", "EUR"), speech->amount);
  if (speech->loss != NULL)
    assert_text (rd_text_for_amount ("-1000", "EUR"), speech->loss);
}

/* A sentence that runs from right to left is not turned by a host's name at its beginning, nor by its bracket. */
static void
test_host (void)
{
  g_autoptr (GVariant) fault = g_variant_ref_sink (
      g_variant_new_parsed ("{'code': <'refused'>, 'host': <'crm.example'>, 'status': <uint32 403>}"));

  if (!rd_test_speak ("ar", "ar_EG.UTF-8"))
    return;
  assert_text (rd_text_for_fault (fault), "رفض " ISOLATED ("crm.example") " ذلك (403).");
  assert_text (rd_text_isolate ("عائشة"), ISOLATED ("عائشة"));
  assert_text (rd_text_isolate (""), "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (speeches); i++)
    {
      g_autofree char *path = g_strconcat ("/text/languages/", speeches[i].language, NULL);

      g_test_add_data_func (path, &speeches[i], test_speech);
    }
  g_test_add_func ("/text/languages/host", test_host);
  return g_test_run ();
}
