import { CandidateId, type TenantId } from '@gruppstart/domain/shared/ids';
import { LocalDate } from '@gruppstart/domain/shared/local-date';
import { type Cells, OTHER_NUMBERS, taken } from '@gruppstart/files/test-support/candidate-file-text';
import { canonicalJson } from '@gruppstart/matching/canonical-json';
import type { MatchInput } from '@gruppstart/matching/model';
import { runMatching } from '@gruppstart/matching/run-matching';
import { settleAcceptedRow } from '@gruppstart/usecases/intake/settle-row';
import { gatherInput } from '@gruppstart/usecases/matching/gather-input';
import { describe, expect, test } from 'vitest';
import { NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { type SmallTown, smallTown } from '../builders/small-town.ts';
import { aBatch, aRun, aTenant, instant } from '../contracts/builders.ts';

const environment = useEnvironment();
const TODAY = LocalDate.parse('2026-12-01');

/** Three people who differ in what may be weighed. */
const PEOPLE: readonly Cells[] = [
  { swedish: 'SFI C', licences: 'B', availableFrom: '2026-12-01' },
  { swedish: 'C1', licences: 'inget', availableFrom: '2026-12-01' },
  { swedish: '', licences: '', availableFrom: '2026-12-01' },
];
const NUMBERS = OTHER_NUMBERS.slice(0, PEOPLE.length);

/** Takes the file into an organisation of its own; people have the ids of their rows there. */
const settled = async (protectedCells: (row: number) => Cells): Promise<{ tenant: TenantId; town: SmallTown }> => {
  const tenant = aTenant();
  const town = await smallTown(environment().store, tenant);
  const batch = aBatch();
  for (const [row, cells] of PEOPLE.entries()) {
    const id = CandidateId.parse(`cand_${String(row + 1).padStart(26, '0')}`);
    const world = worldAt();
    const newId: typeof world.newId = (kind) => (kind === 'candidate' ? id : world.newId(kind));
    const deps = { store: environment().store, vault: environment().newVault(), world: { ...world, newId } };
    const task = { tenant, batch, row, now: instant(NOW), correlationId: 'c-1' };
    const known = { reference: `R-${row}`, personalNumber: NUMBERS[row] ?? '', ...cells };
    await settleAcceptedRow(deps, task, taken({ ...known, ...protectedCells(row) }));
  }
  return { tenant, town };
};

/** What a run over the settled people would be made from. */
const inputOf = async ({ tenant, town }: Awaited<ReturnType<typeof settled>>): Promise<MatchInput> => {
  await town.place({ seats: 2 });
  const start = await town.start('2027-01-11');
  const run = aRun({ purpose: 'admission', cohortIds: [start.id], horizon: 0 });
  const gathered = await gatherInput(environment().store, tenant, run, TODAY);
  if (!gathered.ok) throw new Error(`Not gathered: ${gathered.error}`);
  return gathered.value;
};

describe('what is protected reaches no run', () => {
  const plain = async () => inputOf(await settled(() => ({})));

  test.each<[string, (row: number) => Cells]>([
    ['age and sex, as a personal number tells them', (row) => ({ personalNumber: NUMBERS.toReversed()[row] ?? '' })],
    ['a person without a number', (row) => ({ personalNumber: '', birthDate: `19${row}0-05-01` })],
    ['the name', () => ({ givenName: 'Åsa-Fatima', familyName: 'von Östergård' })],
    ['contact', () => ({ phone: '', email: 'nagon.annan@example.se' })],
    ['the measure and its ground', () => ({ possibleMeasures: 'LONEBIDRAG, OSA', measureValidUntil: '2026-12-24' })],
    ['support needs', () => ({ supportNeeds: 'sittande arbete, hörselstöd' })],
    ['the interpreter language', () => ({ interpreterLanguage: 'tigrinja' })],
  ])('%s: the facts and the result are the same, byte for byte', async (_, changed) => {
    const before = await plain();
    const after = await inputOf(await settled(changed));
    expect(canonicalJson(after.candidates)).toBe(canonicalJson(before.candidates));
    const { candidates, travel } = after;
    expect(canonicalJson(runMatching({ ...before, candidates, travel }))).toBe(canonicalJson(runMatching(before)));
  });

  test('what may be weighed does reach it, so that the comparison can tell', async () => {
    const before = await plain();
    const after = await inputOf(await settled(() => ({ swedish: 'A1' })));
    expect(canonicalJson(after.candidates)).not.toBe(canonicalJson(before.candidates));
    expect(runMatching(before).summary.proposed).toBe(2);
  });
});
