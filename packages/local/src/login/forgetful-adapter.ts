import type { Adapter, AdapterPayload } from 'oidc-provider';

/** For each kind of entry: more than a laptop needs, and a bound on the heap in a long bench. The oldest go first. */
const MAX_ENTRIES = 2000;

/**
 * Sessions, grants, codes and login forms under way, in memory: all of them are forgotten at a restart, and the user
 * logs in again. The provider itself checks expiry when it reads an entry. One adapter for each kind of entry.
 */
export const createForgetfulAdapter = (): Adapter => {
  const entries = new Map<string, AdapterPayload>();

  const findBy = (wanted: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
    for (const payload of entries.values()) if (wanted(payload)) return payload;
    return undefined;
  };

  return {
    upsert: async (id, payload) => {
      // Deleted first, so that the entry becomes the newest in the map's order.
      entries.delete(id);
      entries.set(id, payload);
      for (const oldest of entries.keys()) {
        if (entries.size <= MAX_ENTRIES) break;
        entries.delete(oldest);
      }
    },
    find: async (id) => entries.get(id),
    findByUid: async (uid) => findBy((payload) => payload.uid === uid),
    findByUserCode: async (userCode) => findBy((payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = entries.get(id);
      if (payload !== undefined) entries.set(id, { ...payload, consumed: Math.floor(Date.now() / 1000) });
    },
    destroy: async (id) => {
      entries.delete(id);
    },
    revokeByGrantId: async (grantId) => {
      for (const [id, payload] of entries) if (payload.grantId === grantId) entries.delete(id);
    },
  };
};
