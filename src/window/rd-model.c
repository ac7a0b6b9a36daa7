/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-model.h"

/* Between the agent's D-Bus objects and the window's lists. It shows what the agent says and decides nothing, but one
 * thing: how long the end of a call is still to be seen. */

#define OBJECT_PATH "/io/github/ringdown/Ringdown"
#define DEFAULT_LINGER 3000
#define PAYMENTS_MAX 500
/* A site may take its time to answer a call or to check an account; the agent has its own deadlines. */
#define METHOD_TIMEOUT_MS 60000

enum
{
  PROP_STATE = 1,
  N_PROPS,
};

enum
{
  NOTICE,
  MESSAGE,
  PAYMENT,
  N_SIGNALS,
};

struct _RdModel
{
  GObject parent_instance;

  GCancellable *cancellable;
  GDBusObjectManager *manager;
  RdDBusAgent1 *agent;
  RdModelState state;

  GListStore *accounts;
  GListStore *calls;
  GListStore *payments;
  GListStore *messages;
  GListStore *people;
  GListStore *invoices;
  GListStore *history;
  GListStore *quiet;

  guint linger;
  GHashTable *lingering; /* RdDBusCall1 → source id */
};

G_DEFINE_FINAL_TYPE (RdModel, rd_model, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

typedef struct
{
  RdModel *model; /* not owned: the source is removed before the model goes */
  RdDBusCall1 *call;
} Linger;

static void
linger_free (gpointer data)
{
  Linger *linger = data;

  g_object_unref (linger->call);
  g_free (linger);
}

static void
rd_model_set_state (RdModel *self, RdModelState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
remove_item (GListStore *store, gpointer item)
{
  guint position;

  if (g_list_store_find (store, item, &position))
    g_list_store_remove (store, position);
}

static gboolean
on_linger_over (gpointer user_data)
{
  Linger *linger = user_data;

  g_hash_table_remove (linger->model->lingering, linger->call);
  remove_item (linger->model->calls, linger->call);
  return G_SOURCE_REMOVE;
}

static void
rd_model_let_linger (RdModel *self, RdDBusCall1 *call)
{
  Linger *linger;
  guint id;

  if (g_hash_table_contains (self->lingering, call))
    return;

  linger = g_new0 (Linger, 1);
  linger->model = self;
  linger->call = g_object_ref (call);
  id = g_timeout_add_full (G_PRIORITY_DEFAULT, self->linger, on_linger_over, linger, linger_free);
  g_hash_table_insert (self->lingering, call, GUINT_TO_POINTER (id));
}

static void
on_call_state_changed (RdDBusCall1 *call, GParamSpec *pspec, RdModel *self)
{
  if (rd_model_is_end (rd_dbus_call1_get_state (call)))
    rd_model_let_linger (self, call);
}

/* The agent takes a call off the bus when it has ended; the last change of its state may be lost with it. CallLogged
 * says the same, so the proxy learns its end from there. */
static void
end_call (RdDBusCall1 *call, const char *state, const char *reason)
{
  GDBusProxy *proxy = G_DBUS_PROXY (call);

  g_dbus_proxy_set_cached_property (proxy, "State", g_variant_new_string (state));
  g_dbus_proxy_set_cached_property (proxy, "EndReason", g_variant_new_string (reason));
  g_object_notify (G_OBJECT (call), "end-reason");
  g_object_notify (G_OBJECT (call), "state");
}

static void
on_call_logged (RdDBusAgent1 *agent, GVariant *fields, RdModel *self)
{
  g_autoptr (RdRecord) record = rd_record_new (fields);
  const char *id = rd_record_get_string (record, "id");
  const char *account = rd_record_get_string (record, "account");
  const char *state = rd_record_get_string (record, "state");
  guint i;

  for (i = 0; rd_model_is_end (state) && i < g_list_model_get_n_items (G_LIST_MODEL (self->calls)); i++)
    {
      g_autoptr (RdDBusCall1) call = g_list_model_get_item (G_LIST_MODEL (self->calls), i);

      if (g_strcmp0 (rd_dbus_call1_get_id (call), id) == 0 &&
          g_strcmp0 (rd_dbus_call1_get_account (call), account) == 0 &&
          g_strcmp0 (rd_dbus_call1_get_state (call), state) != 0)
        end_call (call, state, rd_record_get_string (record, "reason"));
    }
}

static void
on_payment_received (RdDBusAgent1 *agent, GVariant *fields, RdModel *self)
{
  g_autoptr (RdRecord) record = rd_record_new (fields);

  g_list_store_insert (self->payments, 0, record);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->payments)) > PAYMENTS_MAX)
    g_list_store_remove (self->payments, PAYMENTS_MAX);
  g_signal_emit (self, signals[PAYMENT], 0, fields);
}

static void
on_message_received (RdDBusAgent1 *agent, GVariant *fields, RdModel *self)
{
  g_signal_emit (self, signals[MESSAGE], 0, fields);
}

static void
on_notice (RdDBusAgent1 *agent, GVariant *fields, RdModel *self)
{
  g_signal_emit (self, signals[NOTICE], 0, fields);
}

static void
fill (GListStore *store, GVariant *list)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  GVariantIter iter;
  GVariant *fields;

  g_variant_iter_init (&iter, list);
  while (records->len < PAYMENTS_MAX && (fields = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_ptr_array_add (records, rd_record_new (fields));
      g_variant_unref (fields);
    }
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), records->pdata, records->len);
}

static void
on_list_payments_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdModel) self = user_data;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GError) error = NULL;

  if (rd_dbus_agent1_call_list_payments_finish (RD_DBUS_AGENT1 (source), &list, result, &error))
    fill (self->payments, list);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("ListPayments: %s", error->message);
}

static void
rd_model_set_agent (RdModel *self, RdDBusAgent1 *agent)
{
  if (self->agent != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->agent, self);
      g_clear_object (&self->agent);
    }
  if (agent == NULL)
    {
      rd_model_set_state (self, RD_MODEL_ABSENT);
      return;
    }

  self->agent = g_object_ref (agent);
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (agent), METHOD_TIMEOUT_MS);
  g_signal_connect_object (agent, "call-logged", G_CALLBACK (on_call_logged), self, 0);
  g_signal_connect_object (agent, "payment-received", G_CALLBACK (on_payment_received), self, 0);
  g_signal_connect_object (agent, "message-received", G_CALLBACK (on_message_received), self, 0);
  g_signal_connect_object (agent, "notice", G_CALLBACK (on_notice), self, 0);
  rd_dbus_agent1_call_list_payments (agent, self->cancellable, on_list_payments_ready, g_object_ref (self));
  rd_model_set_state (self, RD_MODEL_RUNNING);
}

static int
compare_accounts (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return rd_model_compare_accounts (RD_DBUS_ACCOUNT1 ((gpointer) a), RD_DBUS_ACCOUNT1 ((gpointer) b));
}

/* Newest first, but what rings before all that does not: it is what has to be decided now. */
static guint
position_for_call (RdModel *self, RdDBusCall1 *call)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->calls));
  guint position = 0;

  if (g_strcmp0 (rd_dbus_call1_get_state (call), "ringing-in") == 0)
    return 0;
  for (; position < n; position++)
    {
      g_autoptr (RdDBusCall1) other = g_list_model_get_item (G_LIST_MODEL (self->calls), position);

      if (g_strcmp0 (rd_dbus_call1_get_state (other), "ringing-in") != 0)
        break;
    }
  return position;
}

/* (nullable): the list that interfaces of this kind stand in */
static GListStore *
list_for (RdModel *self, GDBusInterface *interface)
{
  if (RD_DBUS_IS_MESSAGES1 (interface))
    return self->messages;
  if (RD_DBUS_IS_PEOPLE1 (interface))
    return self->people;
  if (RD_DBUS_IS_INVOICES1 (interface))
    return self->invoices;
  if (RD_DBUS_IS_HISTORY1 (interface))
    return self->history;
  return RD_DBUS_IS_QUIET1 (interface) ? self->quiet : NULL;
}

/* An interface that is told twice, as may be when an agent comes, has a new proxy, and nobody says that the old one is
 * of no use any more. */
static void
remove_namesakes (GListStore *list, GDBusProxy *proxy)
{
  guint i;

  for (i = g_list_model_get_n_items (G_LIST_MODEL (list)); i-- > 0;)
    {
      g_autoptr (GDBusProxy) other = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (g_strcmp0 (g_dbus_proxy_get_object_path (other), g_dbus_proxy_get_object_path (proxy)) == 0)
        g_list_store_remove (list, i);
    }
}

static void
on_interface_added (GDBusObjectManager *manager, GDBusObject *object, GDBusInterface *interface, RdModel *self)
{
  GListStore *list = list_for (self, interface);

  if (list == NULL || g_list_store_find (list, interface, NULL))
    return;
  remove_namesakes (list, G_DBUS_PROXY (interface));
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (interface), METHOD_TIMEOUT_MS);
  g_list_store_append (list, interface);
}

static void
on_interface_removed (GDBusObjectManager *manager, GDBusObject *object, GDBusInterface *interface, RdModel *self)
{
  GListStore *list = list_for (self, interface);

  if (list != NULL)
    remove_item (list, interface);
}

static void
on_object_added (GDBusObjectManager *manager, GDBusObject *object, RdModel *self)
{
  RdDBusAgent1 *agent = rd_dbus_object_peek_agent1 (RD_DBUS_OBJECT (object));
  RdDBusAccount1 *account = rd_dbus_object_peek_account1 (RD_DBUS_OBJECT (object));
  RdDBusCall1 *call = rd_dbus_object_peek_call1 (RD_DBUS_OBJECT (object));
  g_autolist (GDBusInterface) interfaces = g_dbus_object_get_interfaces (object);
  GList *l;

  if (agent != NULL)
    rd_model_set_agent (self, agent);
  if (account != NULL)
    {
      g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (account), METHOD_TIMEOUT_MS);
      g_list_store_insert_sorted (self->accounts, account, compare_accounts, NULL);
    }
  for (l = interfaces; l != NULL; l = l->next)
    on_interface_added (manager, object, l->data, self);
  if (call != NULL)
    {
      g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (call), METHOD_TIMEOUT_MS);
      g_signal_connect_object (call, "notify::state", G_CALLBACK (on_call_state_changed), self, 0);
      g_list_store_insert (self->calls, position_for_call (self, call), call);
      on_call_state_changed (call, NULL, self);
    }
}

static void
on_object_removed (GDBusObjectManager *manager, GDBusObject *object, RdModel *self)
{
  g_autofree char *owner = g_dbus_object_manager_client_get_name_owner (G_DBUS_OBJECT_MANAGER_CLIENT (manager));
  RdDBusAgent1 *agent = rd_dbus_object_peek_agent1 (RD_DBUS_OBJECT (object));
  RdDBusAccount1 *account = rd_dbus_object_peek_account1 (RD_DBUS_OBJECT (object));
  RdDBusCall1 *call = rd_dbus_object_peek_call1 (RD_DBUS_OBJECT (object));
  g_autolist (GDBusInterface) interfaces = g_dbus_object_get_interfaces (object);
  GList *l;

  if (agent != NULL && agent == self->agent)
    rd_model_set_agent (self, NULL);
  for (l = interfaces; l != NULL; l = l->next)
    on_interface_removed (manager, object, l->data, self);
  if (account != NULL)
    remove_item (self->accounts, account);
  if (call == NULL)
    return;
  if (owner == NULL) /* the agent is gone: nobody knows what became of the call */
    remove_item (self->calls, call);
  else if (!rd_model_is_end (rd_dbus_call1_get_state (call)))
    end_call (call, "ended", "");
}

static void
on_name_owner_changed (GDBusObjectManager *manager, GParamSpec *pspec, RdModel *self)
{
  g_autofree char *owner = g_dbus_object_manager_client_get_name_owner (G_DBUS_OBJECT_MANAGER_CLIENT (manager));

  if (owner == NULL)
    rd_model_set_agent (self, NULL);
}

static void
on_manager_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdModel) self = user_data;
  g_autoptr (GError) error = NULL;
  GDBusObjectManager *manager = rd_dbus_object_manager_client_new_finish (result, &error);
  g_autolist (GDBusObject) objects = NULL;
  GList *l;

  if (manager == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_debug ("No agent: %s", error->message);
      rd_model_set_state (self, RD_MODEL_ABSENT);
      return;
    }

  self->manager = manager;
  g_signal_connect_object (manager, "object-added", G_CALLBACK (on_object_added), self, 0);
  g_signal_connect_object (manager, "object-removed", G_CALLBACK (on_object_removed), self, 0);
  g_signal_connect_object (manager, "interface-added", G_CALLBACK (on_interface_added), self, 0);
  g_signal_connect_object (manager, "interface-removed", G_CALLBACK (on_interface_removed), self, 0);
  g_signal_connect_object (manager, "notify::name-owner", G_CALLBACK (on_name_owner_changed), self, 0);
  objects = g_dbus_object_manager_get_objects (manager);
  for (l = objects; l != NULL; l = l->next)
    on_object_added (manager, l->data, self);
  if (self->agent == NULL)
    rd_model_set_state (self, RD_MODEL_ABSENT);
}

static void
rd_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdModel *self = RD_MODEL (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_model_dispose (GObject *object)
{
  RdModel *self = RD_MODEL (object);
  GHashTableIter iter;
  gpointer id;

  g_cancellable_cancel (self->cancellable);
  g_hash_table_iter_init (&iter, self->lingering);
  while (g_hash_table_iter_next (&iter, NULL, &id))
    g_source_remove (GPOINTER_TO_UINT (id));
  g_hash_table_remove_all (self->lingering);
  g_list_store_remove_all (self->messages);
  g_list_store_remove_all (self->people);
  g_list_store_remove_all (self->invoices);
  g_list_store_remove_all (self->history);
  g_list_store_remove_all (self->quiet);
  g_list_store_remove_all (self->accounts);
  g_list_store_remove_all (self->calls);
  g_clear_object (&self->agent);
  g_clear_object (&self->manager);

  G_OBJECT_CLASS (rd_model_parent_class)->dispose (object);
}

static void
rd_model_finalize (GObject *object)
{
  RdModel *self = RD_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->accounts);
  g_clear_object (&self->calls);
  g_clear_object (&self->payments);
  g_clear_object (&self->messages);
  g_clear_object (&self->people);
  g_clear_object (&self->invoices);
  g_clear_object (&self->history);
  g_clear_object (&self->quiet);
  g_clear_pointer (&self->lingering, g_hash_table_unref);

  G_OBJECT_CLASS (rd_model_parent_class)->finalize (object);
}

static void
rd_model_class_init (RdModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const char *names[N_SIGNALS] = { "notice", "message", "payment" };
  guint i;

  object_class->get_property = rd_model_get_property;
  object_class->dispose = rd_model_dispose;
  object_class->finalize = rd_model_finalize;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, RD_MODEL_LOADING, RD_MODEL_ABSENT, RD_MODEL_LOADING,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  for (i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], RD_TYPE_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_VARIANT);
}

static void
rd_model_init (RdModel *self)
{
  self->linger = DEFAULT_LINGER;
  self->cancellable = g_cancellable_new ();
  self->accounts = g_list_store_new (RD_DBUS_TYPE_ACCOUNT1);
  self->calls = g_list_store_new (RD_DBUS_TYPE_CALL1);
  self->payments = g_list_store_new (RD_TYPE_RECORD);
  self->messages = g_list_store_new (RD_DBUS_TYPE_MESSAGES1);
  self->people = g_list_store_new (RD_DBUS_TYPE_PEOPLE1);
  self->invoices = g_list_store_new (RD_DBUS_TYPE_INVOICES1);
  self->history = g_list_store_new (RD_DBUS_TYPE_HISTORY1);
  self->quiet = g_list_store_new (RD_DBUS_TYPE_QUIET1);
  self->lingering = g_hash_table_new (NULL, NULL);
}

/**
 * rd_model_new:
 * @connection: (nullable): the session bus; %NULL: there is none
 * @bus_name: the agent's name
 */
RdModel *
rd_model_new (GDBusConnection *connection, const char *bus_name)
{
  RdModel *self;

  g_return_val_if_fail (connection == NULL || G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (g_dbus_is_name (bus_name), NULL);

  self = g_object_new (RD_TYPE_MODEL, NULL);
  if (connection == NULL)
    {
      self->state = RD_MODEL_ABSENT;
      return self;
    }
  rd_dbus_object_manager_client_new (connection, G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_DO_NOT_AUTO_START, bus_name,
                                     OBJECT_PATH, self->cancellable, on_manager_ready, g_object_ref (self));
  return self;
}

RdModelState
rd_model_get_state (RdModel *self)
{
  g_return_val_if_fail (RD_IS_MODEL (self), RD_MODEL_ABSENT);
  return self->state;
}

RdDBusAgent1 *
rd_model_get_agent (RdModel *self)
{
  g_return_val_if_fail (RD_IS_MODEL (self), NULL);
  return self->agent;
}

RdDBusObject *
rd_model_get_agent_object (RdModel *self)
{
  g_return_val_if_fail (RD_IS_MODEL (self), NULL);

  if (self->agent == NULL)
    return NULL;
  return RD_DBUS_OBJECT (g_dbus_interface_get_object (G_DBUS_INTERFACE (self->agent)));
}

GListModel *
rd_model_get_accounts (RdModel *self)
{
  g_return_val_if_fail (RD_IS_MODEL (self), NULL);
  return G_LIST_MODEL (self->accounts);
}

GListModel *
rd_model_get_calls (RdModel *self)
{
  g_return_val_if_fail (RD_IS_MODEL (self), NULL);
  return G_LIST_MODEL (self->calls);
}

GListModel *
rd_model_get_history (RdModel *self)
{
  g_return_val_if_fail (RD_IS_MODEL (self), NULL);
  return G_LIST_MODEL (self->history);
}

GListModel *
rd_model_get_quiet (RdModel *self)
{
  g_return_val_if_fail (RD_IS_MODEL (self), NULL);
  return G_LIST_MODEL (self->quiet);
}

GListModel *
rd_model_get_payments (RdModel *self)
{
  g_return_val_if_fail (RD_IS_MODEL (self), NULL);
  return G_LIST_MODEL (self->payments);
}

GListModel *
rd_model_get_messages (RdModel *self)
{
  g_return_val_if_fail (RD_IS_MODEL (self), NULL);
  return G_LIST_MODEL (self->messages);
}

GListModel *
rd_model_get_people (RdModel *self)
{
  g_return_val_if_fail (RD_IS_MODEL (self), NULL);
  return G_LIST_MODEL (self->people);
}

GListModel *
rd_model_get_invoices (RdModel *self)
{
  g_return_val_if_fail (RD_IS_MODEL (self), NULL);
  return G_LIST_MODEL (self->invoices);
}

gpointer
rd_model_find_interface (GListModel *interfaces, const char *account)
{
  guint i;

  g_return_val_if_fail (G_IS_LIST_MODEL (interfaces), NULL);

  for (i = 0; i < g_list_model_get_n_items (interfaces); i++)
    {
      g_autoptr (GDBusInterface) interface = g_list_model_get_item (interfaces, i);
      RdDBusAccount1 *owner = rd_model_get_account_of (interface);

      if (owner != NULL && g_strcmp0 (rd_dbus_account1_get_id (owner), account) == 0)
        return interface; /* the list holds it */
    }
  return NULL;
}

int
rd_model_compare_accounts (RdDBusAccount1 *a, RdDBusAccount1 *b)
{
  int order = g_strcmp0 (rd_dbus_account1_get_name (a), rd_dbus_account1_get_name (b));

  return order != 0 ? order : g_strcmp0 (rd_dbus_account1_get_id (a), rd_dbus_account1_get_id (b));
}

RdDBusAccount1 *
rd_model_get_account_of (gpointer interface)
{
  GDBusObject *object;

  g_return_val_if_fail (G_IS_DBUS_INTERFACE (interface), NULL);

  object = g_dbus_interface_get_object (interface);
  return object != NULL ? rd_dbus_object_peek_account1 (RD_DBUS_OBJECT (object)) : NULL;
}

gboolean
rd_model_account_can (RdDBusAccount1 *account, const char *ability)
{
  const char *const *abilities;

  g_return_val_if_fail (RD_DBUS_IS_ACCOUNT1 (account), FALSE);

  abilities = rd_dbus_account1_get_abilities (account);
  return abilities != NULL && g_strv_contains (abilities, ability);
}

gboolean
rd_model_any_can (RdModel *self, const char *ability)
{
  guint i;

  g_return_val_if_fail (RD_IS_MODEL (self), FALSE);

  for (i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (RdDBusAccount1) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      if (rd_model_account_can (account, ability))
        return TRUE;
    }
  return FALSE;
}

RdDBusAccount1 *
rd_model_find_account (RdModel *self, const char *id)
{
  guint i;

  g_return_val_if_fail (RD_IS_MODEL (self), NULL);

  for (i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (RdDBusAccount1) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      if (g_strcmp0 (rd_dbus_account1_get_id (account), id) == 0)
        return account; /* the list holds it */
    }
  return NULL;
}

void
rd_model_set_linger (RdModel *self, guint milliseconds)
{
  g_return_if_fail (RD_IS_MODEL (self));
  self->linger = milliseconds;
}

gboolean
rd_model_is_end (const char *call_state)
{
  const char *ends[] = { "answered-elsewhere", "declined", "cancelled", "missed", "ended", "failed", NULL };

  return call_state != NULL && g_strv_contains (ends, call_state);
}
