import { ROUTES } from '@gruppstart/contracts/registry';
import { ROLES } from '@gruppstart/contracts/roles';
import type { Route } from '@gruppstart/contracts/route';
import { PERSONAL_FIELDS, type PersonalField } from '@gruppstart/domain/intake/person';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleOf } from '../examples.ts';
import { expectOfGateway } from '../gateway-traits.ts';
import { type Asked, type RawAnswer, requestFor, send } from '../requests.ts';
import { CARE_HOME, type SmallTown } from '../small-town.ts';
import { byId, expectSame, refusedWith, type SmallWorld } from '../small-world.ts';
import { allCallers, type Caller, nameOf, SCOPED_ROLES, type Standing } from './callers.ts';
import { knownPeople, toldOf } from './known-people.ts';
import { type Expected, expectedOf } from './rule.ts';

/** One request of one caller, and what it must come to. */
interface Row {
  readonly route: Route;
  readonly caller: Caller;
  readonly asked: Asked;
  readonly expected: Expected;
}

/** A row is one case for the deed and one for each personal field, shown or not. */
const CASES_OF_A_ROW = 1 + PERSONAL_FIELDS.length;

/** The example, and for readings the same of what it leaves out: a unit by its name, a person with protected identity. */
const variantsOf = ({ method, params, query }: Route, asked: Asked, town: SmallTown): readonly Asked[] => {
  if (method !== 'GET') return [asked];
  const byUnit = query && 'unitId' in query.shape && asked.query?.unitId === undefined;
  const byPerson = params && 'candidateId' in params.shape;
  return [
    asked,
    ...(byUnit ? [{ ...asked, query: { ...asked.query, unitId: CARE_HOME } }] : []),
    ...(byPerson ? [{ ...asked, params: { ...asked.params, candidateId: town.protectedId } }] : []),
  ];
};

/** Ids of the town that somebody with this standing must not be told. */
const idsHiddenFrom = (standing: Standing, town: SmallTown): readonly string[] => {
  const { placements, openPlacements } = town;
  const atTheCareHome = [
    CARE_HOME,
    town.placeIds.care,
    ...[...placements, ...openPlacements].filter(({ unitId }) => unitId === CARE_HOME).map(({ id }) => id),
  ];
  const ofTheOffice = [town.batchId, town.referralId, ...town.candidateIds];
  if (standing === 'own') return [];
  if (standing === 'elsewhere') return [...atTheCareHome, ...ofTheOffice.slice(0, 2)];
  return [
    ...atTheCareHome,
    ...ofTheOffice,
    ...[...placements, ...openPlacements].map(({ id }) => id),
    ...[town.placeIds.preschool, town.cohortId, town.laterCohortId, town.admissionRunId, town.placementRunId],
    ...[...town.openAdmissions, town.employmentId],
  ];
};

/** So many requests at once: more would only wait for each other. */
const AT_ONCE = 6;
const OUR_ITEM = /"pk":"T#soderhamn#/;

/**
 * Every operation by everybody: what comes of it, what it shows of people, and that a refusal changes nothing. The rows
 * are made from the registry; each must have its example and a caller of every kind.
 */
export const everyoneTriesEverything = async (world: SmallWorld): Promise<void> => {
  const { environment, ready, town } = world;
  const { inside } = environment;
  const callers = await allCallers(environment);
  const people = await knownPeople(town);
  const rows: readonly Row[] = ROUTES.flatMap((route) =>
    callers
      .filter((caller) => caller.tries(route))
      .flatMap((caller) =>
        variantsOf(route, ready(route), town).map((asked) => ({
          route,
          caller,
          asked,
          expected: expectedOf(route, caller, asked),
        })),
      ),
  );
  const rowsOf = (route: Route, of: (row: Row) => boolean) => rows.filter((row) => row.route === route && of(row));
  const withRows = (of: (row: Row) => boolean) => byId(ROUTES.filter((route) => rowsOf(route, of).length > 0));

  const told = new Set<Row>();
  const shownBy = new Map<string, Set<PersonalField>>();

  /** Nothing of anybody but what the route declares, to those who may, of those whom the answer is about. */
  const holdPersonalData = ({ route, caller, expected }: Row, { text }: RawAnswer): void => {
    const declared = expected === 'done' ? (route.personal?.fields ?? []) : [];
    const others = PERSONAL_FIELDS.filter((field) => !declared.includes(field));
    const leaks = [
      ...others.filter((field) => text.includes(`"${field}":`)).map((field) => `the field ${field}`),
      ...toldOf(text, people, others),
      ...toldOf(
        text,
        people.filter(({ candidateId }) => !text.includes(candidateId)),
      ),
      ...(caller.resolvesProtected
        ? []
        : toldOf(
            text,
            people.filter(({ isProtected }) => isProtected),
          )),
    ];
    expect(leaks).toEqual([]);
    const shown = shownBy.get(route.id) ?? new Set();
    for (const field of declared.filter((each) => text.includes(`"${each}":`))) shown.add(field);
    shownBy.set(route.id, shown);
  };

  const holdIds = ({ caller, expected, asked }: Row, { text }: RawAnswer): void => {
    if (expected === 'done') return;
    // What is made or asked for under a name of their own answers with that name.
    const sent = expected === 'done-apart' ? JSON.stringify(asked) : '';
    const hidden = idsHiddenFrom(caller.standing === 'own' ? 'nobody' : caller.standing, town);
    expect(hidden.filter((id) => text.includes(id) && !sent.includes(id))).toEqual([]);
  };

  const hold = (row: Row, answer: RawAnswer): void => {
    const { route, expected } = row;
    switch (expected) {
      case 'no-entry':
        expect([answer.status, JSON.parse(answer.text)]).toEqual([401, { message: 'Unauthorized' }]);
        expectOfGateway('refusal-bytes', () => expect(answer.text).toBe('{"message":"Unauthorized"}'));
        break;
      case 'done':
      case 'done-apart':
        expect(`${answer.status} ${answer.text.slice(0, 300)}`).toMatch(/^20[0-2] /);
        expect(Object.keys(route.answers)).toContain(String(answer.status));
        break;
      default:
        refusedWith(route, answer, expected);
    }
    holdPersonalData(row, answer);
    holdIds(row, answer);
    told.add(row);
  };

  const tell = async (row: Row, asked = row.asked): Promise<void> => {
    const token = await row.caller.tokenFor(row.route.door);
    const answer = await send(environment.apiUrl, { ...requestFor(row.route, asked), token });
    try {
      hold(row, answer);
    } catch (cause) {
      throw new Error(`${nameOf(row.caller)}: ${row.route.id} must be ${row.expected}\n${String(cause)}`, { cause });
    }
  };

  const tellAll = async (some: readonly Row[]): Promise<void> => {
    for (let from = 0; from < some.length; from += AT_ONCE) {
      await Promise.all(some.slice(from, from + AT_ONCE).map((row) => tell(row)));
    }
  };

  describe(`the permission matrix: ${rows.length * CASES_OF_A_ROW} cases in ${rows.length} requests`, () => {
    test('has every role, also elsewhere and in another organisation, as far as there are such users', () => {
      const rolesIn = (standing: Standing) => [
        ...new Set(callers.filter((one) => one.standing === standing).map(({ role }) => role)),
      ];
      expect(rolesIn('nobody')).toEqual([null]);
      expect(rolesIn('own').toSorted()).toEqual(ROLES.toSorted());
      const made = inside === null ? ROLES.filter((role) => role === 'batch-sender') : [];
      const without = (roles: readonly string[]) =>
        roles.filter((role) => !made.some((each) => each === role)).toSorted();
      expect(rolesIn('elsewhere').toSorted()).toEqual(without(SCOPED_ROLES));
      expect(rolesIn('foreign').toSorted()).toEqual(ROLES.filter((role) => role !== 'batch-sender').toSorted());
    });

    const isRefused = ({ expected }: Row) => expected !== 'done' && expected !== 'done-apart';
    describe('who may not, changes nothing:', () => {
      world.keepsNothing();
      test.each(withRows(isRefused))('%s', async (_, route) => {
        await tellAll(rowsOf(route, isRefused));
      });
    });

    const isReading = ({ route }: Row) => route.method === 'GET';
    const isApart = ({ expected }: Row) => expected === 'done-apart';
    describe('who may with what is their own, reaches nothing of the town’s:', () => {
      const ours = async () => (await world.allThatIsKept()).filter((item) => inside === null || OUR_ITEM.test(item));
      let before: readonly string[] = [];
      beforeAll(async () => {
        before = await ours();
        expect(before.length).toBeGreaterThan(ROUTES.length / 2);
      });
      afterAll(async () => {
        expectSame(await ours(), before);
      });
      test.each(withRows(isApart))('%s', async (_, route) => {
        for (const row of rowsOf(route, isApart)) {
          await tell(row, isReading(row) ? row.asked : await exampleOf(route, town));
        }
      });
    });

    const isDone = ({ expected }: Row) => expected === 'done';
    describe('who may, reads what is declared:', () => {
      test.each(withRows((row) => isDone(row) && isReading(row)))('%s', async (_, route) => {
        await tellAll(rowsOf(route, isDone));
      });

      const declaring = ROUTES.filter(({ personal }) => personal !== null);
      test.each(byId(declaring))('%s, every personal field to somebody', (_, { id, personal }) => {
        expect([...(shownBy.get(id) ?? [])].toSorted()).toEqual(personal?.fields.toSorted());
      });
    });

    describe('who may, writes:', () => {
      test.each(withRows((row) => isDone(row) && !isReading(row)))('%s', async (_, route) => {
        for (const row of rowsOf(route, isDone)) await tell(row, await exampleOf(route, town));
      });
    });

    test('was gone through to the end', () => {
      expect(rows.filter((row) => !told.has(row)).map((row) => `${row.route.id} ${nameOf(row.caller)}`)).toEqual([]);
    });

    if (inside === null)
      test.skip('of those who must first be given a grant: one that has expired, a namesake', () => {});
  });
};
