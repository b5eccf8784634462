import type { PairRule } from '@gruppstart/domain/matching/pair-rule';
import type { CandidateId, TenantId } from '@gruppstart/domain/shared/ids';
import { allPages } from '../all-pages.ts';
import type { Store, Stored } from '../ports/store.ts';

/** More than anybody needs; an approval holds each of them, and a transaction has room for a hundred things. */
export const MAX_RULES_PER_PERSON = 50;

/**
 * The rules for two people that hold now, read as they are and not as the list may still have them. A rule about
 * somebody who has been erased binds nobody.
 *
 * @param about only those about this person; null: all
 */
export const rulesInForce = async (
  store: Store,
  tenant: TenantId,
  about: CandidateId | null,
): Promise<readonly Stored<PairRule>[]> => {
  const listed = await allPages((page) => store.list(tenant, { list: 'pair-rules' }, page));
  const chosen = listed.filter(({ value }) => about === null || value.first === about || value.second === about);
  const current = await store.getMany(
    tenant,
    'pairRule',
    chosen.map(({ value }) => value.id),
  );
  const rules = current.filter(({ value }) => value.endedAt === null);
  const people = await store.getMany(tenant, 'candidate', [
    ...new Set(rules.flatMap(({ value }) => [value.first, value.second])),
  ]);
  const there = new Set(people.flatMap(({ value }) => (value.erasedAt === null ? [value.id] : [])));
  return rules.filter(({ value }) => there.has(value.first) && there.has(value.second));
};

/** Of two people the one who is not this one. */
export const otherOf = ({ first, second }: Pick<PairRule, 'first' | 'second'>, person: CandidateId): CandidateId =>
  first === person ? second : first;
