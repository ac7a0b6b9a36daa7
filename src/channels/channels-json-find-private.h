/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "channels-json-text-private.h"

G_BEGIN_DECLS

/* Pointers are RFC 6901's: "" is the whole document, "/a/0" the first element of its member "a"; in a name, ~1 stands
 * for a slash and ~0 for a tilde. What is no pointer leads nowhere. */

typedef enum
{
  CHANNELS_JSON_FOUND,
  CHANNELS_JSON_ABSENT,
  CHANNELS_JSON_UNUSUAL, /* maybe no JSON at all, or of a kind that only a parser knows */
} ChannelsJsonFound;

/* Looks for what @pointer leads to in the document @text, which is UTF-8 and ends with a NUL. All of it is looked at:
 * whatever is found, the whole is a document that channels_json_parse() takes, and has this value there. */
ChannelsJsonFound channels_json_find      (const char    *text,
                                           const char    *pointer,
                                           ChannelsSlice *value);
/* (nullable) (transfer none): the same in a tree */
JsonNode         *channels_json_find_node (JsonNode      *root,
                                           const char    *pointer);

G_END_DECLS
