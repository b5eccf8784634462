import { DraftRow, draftPlaces as draftRoute } from '@gruppstart/contracts/routes/requirements-routes';
import { placeStatus } from '@gruppstart/domain/requirements/place';
import type { UnitId } from '@gruppstart/domain/shared/ids';
import { LocalDate } from '@gruppstart/domain/shared/local-date';
import { allPages } from '@gruppstart/usecases/all-pages';
import { draftPlaces } from '@gruppstart/usecases/requirements/draft-places';
import { describe, expect, test } from 'vitest';
import { aDeed, done, expectRefusal, keepAll, managerOf, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { type SmallTown, smallTown } from '../builders/small-town.ts';
import { aMark, aTenant, aUnit, aUnitId } from '../contracts/builders.ts';

const environment = useEnvironment();
const aTown = () => smallTown(environment().store, aTenant());
const deps = () => ({ store: environment().store, world: worldAt() });
const OPENS = LocalDate.parse('2027-02-01');

/** An invented ad as the platform for ads gives it. */
const anAd = (id: string, over: Readonly<Record<string, unknown>> = {}) => ({
  id,
  headline: 'Måltidsbiträde sökes',
  occupation: { concept_id: 'EaDK_DwG_ujx', label: 'Måltidsbiträde' },
  number_of_vacancies: 3,
  scope_of_work: { min: 50, max: 75 },
  must_have: {
    skills: [{ concept_id: 'kj4Q_nLh_u8Q', label: 'Livsmedelshygien' }],
    languages: [],
    work_experiences: [],
  },
  description: { text: 'Ring Åsa Testsson på 070-174 06 05' },
  ...over,
});
const draft = async (town: SmallTown, ads: readonly unknown[], unitId: UnitId = town.unit.id) =>
  done(await draftPlaces(deps())(aDeed(town.tenant), { unitId, opensFrom: OPENS, ads }));
const placesOf = async (town: SmallTown) =>
  (await allPages((page) => environment().store.list(town.tenant, { list: 'places' }, page))).map(({ value }) => value);

describe('drafts from ads', () => {
  test('are drafts of the unit: what the ad asks for is a wish, the seats are for the manager to state', async () => {
    const town = await aTown();
    const rows = await draft(town, [anAd('ad-1')]);
    const [place] = await placesOf(town);
    expect(rows).toMatchObject([{ id: 'ad-1', ok: true, createdId: place?.id }]);
    expect(place).toMatchObject({
      unitId: town.unit.id,
      field: town.unit.field,
      title: 'Måltidsbiträde sökes',
      occupationId: 'EaDK_DwG_ujx',
      seats: null,
      sharePercent: 75,
      opensFrom: OPENS,
      requirements: [{ subject: { kind: 'skill', skillId: 'kj4Q_nLh_u8Q', minLevel: null }, strength: 'wish' }],
      origin: { kind: 'job-ad', adId: 'ad-1' },
      confirmedAt: null,
    });
    if (place) expect(placeStatus(place, LocalDate.parse('2027-02-02'))).toBe('draft');
    expect(JSON.stringify(place)).not.toMatch(/Testsson|070/);
  });

  test('of the same ad are one, in one request, in a later one, and at once', async () => {
    const town = await aTown();
    const together = await draft(town, [anAd('ad-1'), anAd('ad-1', { headline: 'Samma annons igen' }), anAd('ad-2')]);
    expect(together).toMatchObject([{ ok: true }, { id: 'ad-1', ok: false, code: 'already-drafted' }, { ok: true }]);
    expect(await draft(town, [anAd('ad-2'), anAd('ad-3')])).toMatchObject([
      { ok: false, code: 'already-drafted' },
      { ok: true },
    ]);
    expect((await placesOf(town)).map(({ title }) => title)).toEqual(
      Array.from({ length: 3 }, () => 'Måltidsbiträde sökes'),
    );
  });

  test('of the same ad for another unit are another', async () => {
    const town = await aTown();
    const other = aUnit();
    await keepAll(environment().store, town.tenant, [{ change: 'save', kind: 'unit', value: other, expected: null }]);
    const [here, there] = [await draft(town, [anAd('ad-1')]), await draft(town, [anAd('ad-1')], other.id)];
    expect([here, there]).toMatchObject([[{ ok: true }], [{ ok: true }]]);
    expect(await placesOf(town)).toHaveLength(2);
  });

  test.each([
    ['no ad', 'x'],
    ['an ad without a title', anAd('ad-1', { headline: 3 })],
    ['an ad whose id could be anything', anAd('../ad')],
  ])('%s is refused alone, by its place in the list', async (_what, ad) => {
    const town = await aTown();
    const rows = await draft(town, [anAd('ad-0'), ad]);
    expect(rows).toMatchObject([
      { id: 'ad-0', ok: true },
      { id: '1', ok: false, code: 'job-ad-unreadable' },
    ]);
    expect(rows.every((row) => DraftRow.safeParse(row).success)).toBe(true);
    expect(await placesOf(town)).toHaveLength(1);
  });

  test('of fifty ads are made in one transaction', async () => {
    const town = await aTown();
    const rows = await draft(
      town,
      Array.from({ length: 50 }, (_, index) => anAd(`ad-${index}`)),
    );
    expect(rows.filter(({ ok }) => ok)).toHaveLength(50);
    expect(await environment().auditOf(town.tenant)).toMatchObject([
      { deed: 'places-drafted', facts: { ads: 50, drafts: 50 } },
    ]);
  });

  test('of fifty ads that each name more than anybody reads are made all the same, and the answer can be kept', async () => {
    const town = await aTown();
    const named = (count: number, kind: string) => ({
      skills: Array.from({ length: count }, (_, index) => ({
        concept_id: `${kind}${String(index).padStart(3, '0')}_abc_DEF`,
        label: `En ovanlig kunskap med ett långt namn, nummer ${index}, som ingen ordlista har hört talas om förut`,
      })),
      languages: [],
      work_experiences: [],
    });
    const ads = Array.from({ length: 50 }, (_, index) =>
      anAd(`ad-${index}`, { must_have: named(100, 'm'), nice_to_have: named(60, 'n') }),
    );
    const marked = (value: readonly DraftRow[]) => ({
      ...aMark(),
      answer: { status: 200, headers: {}, body: JSON.stringify({ items: value }) },
    });
    const asked = { unitId: town.unit.id, opensFrom: OPENS, ads };
    const rows = done(await draftPlaces(deps())({ ...aDeed(town.tenant), mark: marked }, asked));
    expect(rows.filter(({ ok }) => ok)).toHaveLength(50);
    expect(rows.every((row) => DraftRow.safeParse(row).success)).toBe(true);
    expect(await placesOf(town)).toHaveLength(50);
    // What the table holds in one item, the first answer to a request among them.
    expect(Buffer.byteLength(JSON.stringify(marked(rows)))).toBeLessThan(400 * 1024);
  });

  test('need a unit that exists and that the manager has', async () => {
    const town = await aTown();
    const asked = { unitId: town.unit.id, opensFrom: OPENS, ads: [anAd('ad-1')] };
    const results = [
      await draftPlaces(deps())(aDeed(town.tenant, { permission: managerOf(aUnitId()) }), asked),
      await draftPlaces(deps())(aDeed(town.tenant), { ...asked, unitId: aUnitId() }),
      await draftPlaces(deps())(aDeed(aTenant()), asked),
    ];
    for (const refused of results)
      expectRefusal(refused, draftRoute, 'reference-unknown', { pointer: '/unitId', code: 'unit-unknown' });
    expect(await placesOf(town)).toEqual([]);
  });
});
