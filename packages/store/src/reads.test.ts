import { CohortId, TenantId, UnitId } from '@gruppstart/domain/shared/ids';
import { afterEach, describe, expect, it } from 'vitest';
import { makeDynamodb } from './dynamodb-client.ts';
import { keys, ranges } from './keys.ts';
import { allInRange, getAll, pageOfRange, type TableAccess } from './reads.ts';
import { type CannedAnswer, type CannedService, startCannedService } from './testdata/canned-service.ts';

const tenant = TenantId.parse('soderhamn');
const units = ['unit_eken', 'unit_linden', 'unit_almen'].map((id) => UnitId.parse(id));
const range = ranges.participants(tenant, CohortId.parse('cohort_01kc5x8f3q9v7t2m4n6p8r0s1t'));

/** What an embedded engine never does, but the service may: answer in parts. */
describe('reading what comes in parts', () => {
  let service: CannedService | null = null;
  afterEach(() => service?.stop());

  const reading = async <T>(answers: readonly CannedAnswer[], read: (access: TableAccess) => Promise<T>) => {
    const started = await startCannedService(...answers);
    service = started;
    const dynamodb = makeDynamodb(started.config);
    try {
      const result = await read({ dynamodb, coreTable: 'core' });
      return { result, requests: started.received.map(({ body }) => JSON.parse(body)) };
    } finally {
      dynamodb.destroy();
    }
  };
  const wire = ({ pk, sk }: { pk: string; sk: string }) => ({ pk: { S: pk }, sk: { S: sk } });
  const got = (found: readonly object[], left: readonly object[]): CannedAnswer => ({
    status: 200,
    body: { Responses: { core: found }, UnprocessedKeys: left.length === 0 ? {} : { core: { Keys: left } } },
  });
  const queried = (sks: readonly string[], last: string | null): CannedAnswer => ({
    status: 200,
    body: {
      Items: sks.map((sk) => wire({ pk: range.pk, sk })),
      ...(last === null ? {} : { LastEvaluatedKey: wire({ pk: range.pk, sk: last }) }),
    },
  });

  it('asks again for keys that were left unread', async () => {
    const wanted = units.map((id) => keys.document(tenant, id));
    const [first, second, third] = wanted.map(wire);
    if (!first || !second || !third) throw new Error('unreachable');
    const { result, requests } = await reading(
      [got([second], [first, third]), got([third], [first]), got([first], [])],
      (access) => getAll(access, wanted),
    );
    expect(new Set(result.keys())).toEqual(new Set(wanted.map(({ pk }) => pk)));
    expect(requests.map(({ RequestItems }) => RequestItems.core.Keys.length)).toEqual([3, 2, 1]);
  });

  it('throws rather than leave somebody out when keys stay unread', async () => {
    const wanted = units.slice(0, 1).map((id) => keys.document(tenant, id));
    const left = wanted.map(wire);
    await expect(reading([got([], left)], (access) => getAll(access, wanted))).rejects.toThrow('1 items were not read');
  });

  it('reads on to the end of a range, also past an empty answer', async () => {
    const { result } = await reading(
      [queried(['PART#a'], 'PART#a'), queried([], 'PART#b'), queried(['PART#c'], null)],
      (access) => allInRange(access, range),
    );
    expect(result.map(({ sk }) => sk)).toEqual(['PART#a', 'PART#c']);
  });

  it('fills a page from several answers, and knows that it is the last', async () => {
    const { result } = await reading(
      [queried(['PART#a'], 'PART#a'), queried([], 'PART#b'), queried(['PART#c'], 'PART#c'), queried([], null)],
      (access) => pageOfRange(access, range, { limit: 2, cursor: null }),
    );
    expect(result?.items.map(({ sk }) => sk)).toEqual(['PART#a', 'PART#c']);
    expect(result?.nextCursor).toBeNull();
  });
});
