import type { ProblemItem } from '@gruppstart/contracts/problem';
import type { NewPairRule, PairRule } from '@gruppstart/domain/matching/pair-rule';
import { PairRuleId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import {
  auditOf,
  type Deed,
  NOT_FOUND,
  type Reading,
  type Refusal,
  refusal,
  refusalOf,
  versionToChange,
} from '../deed.ts';
import type { Page, PageRequest, Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { MAX_RULES_PER_PERSON, rulesInForce } from './rules-in-force.ts';

type Deps = { readonly store: Store; readonly world: World };

/** Who of the two is not known, or has been erased. */
const unknownPeople = async (
  store: Store,
  { actor: { tenant } }: Pick<Deed<never>, 'actor'>,
  input: NewPairRule,
): Promise<readonly ProblemItem[]> => {
  const known = await store.getMany(tenant, 'candidate', [input.first, input.second]);
  return (['first', 'second'] as const).flatMap((who): ProblemItem[] =>
    known.some(({ value }) => value.id === input[who] && value.erasedAt === null)
      ? []
      : [
          {
            pointer: `/${who}`,
            code: 'candidate-unknown',
            detail: { sv: 'Personen finns inte.', en: 'The person does not exist.' },
          },
        ],
  );
};

/** Runs that are ordered from now on follow it. Two people have one rule at a time; why they have it is kept nowhere. */
export const makePairRule =
  (deps: Deps) =>
  async (deed: Deed<Stored<PairRule>>, input: NewPairRule): Promise<Result<Stored<PairRule>, Refusal>> => {
    const { store, world } = deps;
    const { tenant, userId } = deed.actor;
    const unknown = await unknownPeople(store, deed, input);
    if (unknown.length > 0) return err(refusal('reference-unknown', undefined, unknown));
    for (const person of [input.first, input.second]) {
      const known = await rulesInForce(store, tenant, person);
      if (known.length >= MAX_RULES_PER_PERSON) return err({ code: 'too-many-rules' });
    }
    const rule: PairRule = {
      ...input,
      id: PairRuleId.parse(world.newId('pairRule')),
      madeBy: userId,
      madeAt: deed.now,
      endedAt: null,
    };
    const stored: Stored<PairRule> = { value: rule, version: 1, seatsTaken: 0 };
    const committed = await store.commit(tenant, {
      changes: [
        { change: 'claim-pair', rule },
        { change: 'save', kind: 'pairRule', value: rule, expected: null },
      ],
      mark: deed.mark(stored),
      audit: [
        auditOf(world, deed, 'pair-rule-made', [rule.id, rule.first, rule.second], {
          kind: rule.kind,
          apartFrom: rule.apartFrom,
        }),
      ],
      messages: [],
    });
    if (committed.ok) return ok(stored);
    return err(
      refusalOf(committed.refusal, (index, why) => (index === 0 && why === 'exists' ? { code: 'pair-ruled' } : null)),
    );
  };

/** Runs that are ordered from now on do not follow it any more. Ended twice is ended once. */
export const endPairRule =
  (deps: Deps) =>
  async (deed: Deed<Stored<PairRule>>, id: PairRuleId): Promise<Result<Stored<PairRule>, Refusal>> => {
    const { store, world } = deps;
    const { tenant } = deed.actor;
    const known = await readPairRule(deps)(deed, id);
    if (!known.ok) return known;
    const expected = versionToChange(deed, known.value);
    if (typeof expected !== 'number') return err(expected);
    if (known.value.value.endedAt !== null) return known;
    const rule: PairRule = { ...known.value.value, endedAt: deed.now };
    const stored: Stored<PairRule> = { value: rule, version: expected + 1, seatsTaken: 0 };
    const committed = await store.commit(tenant, {
      changes: [
        { change: 'save', kind: 'pairRule', value: rule, expected },
        { change: 'release-pair', rule },
      ],
      mark: deed.mark(stored),
      audit: [auditOf(world, deed, 'pair-rule-ended', [rule.id, rule.first, rule.second])],
      messages: [],
    });
    return committed.ok ? ok(stored) : err(refusalOf(committed.refusal));
  };

export const readPairRule =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, id: PairRuleId): Promise<Result<Stored<PairRule>, Refusal>> => {
    const stored = await deps.store.get(reading.actor.tenant, 'pairRule', id);
    return stored ? ok(stored) : err(NOT_FOUND);
  };

export const listPairRules =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, page: PageRequest): Promise<Result<Page<Stored<PairRule>>, Refusal>> => {
    const found = await deps.store.list(reading.actor.tenant, { list: 'pair-rules' }, page);
    return found ? ok(found) : err({ code: 'cursor-invalid' });
  };
