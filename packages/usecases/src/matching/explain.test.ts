import { Cohort } from '@gruppstart/domain/cohorts/cohort';
import { CallListEntry, CandidateOutcome } from '@gruppstart/domain/matching/outcome';
import { describe, expect, test } from 'vitest';
import { explainOutcome, type NamedThings, questionText } from './explain.ts';

const TAIL = '01jd4z8w6k3v9r5t2q7n0m1pxy';
const named = { candidateId: `cand_${TAIL}`, cohortId: `cohort_${TAIL}`, placeId: `place_${TAIL}` };
const january = Cohort.parse({
  id: named.cohortId,
  name: 'Januaristarten',
  startDate: '2027-01-11',
  seats: 12,
  courseDays: ['2027-01-11'],
  programmeVersion: '1',
  seedCommitment: '0'.repeat(64),
  publishedAt: null,
});
const otherPlaceId = `place_${TAIL.replace('1', '2')}`;
const proposed = CandidateOutcome.parse({
  kind: 'proposed',
  ...named,
  seatPart: 'whole',
  preliminary: false,
  pinned: false,
  seatPricePoints: 0,
  heldBack: null,
  movedFrom: null,
  points: 40,
  maxPoints: 50,
  parts: [{ part: 'requirements', points: 40, maxPoints: 50 }],
  verdicts: [],
  checks: [],
});
const NOBODY = {
  outsideRun: 0,
  pinned: 0,
  earlierStart: 0,
  higherTier: 0,
  morePoints: 0,
  longerWait: 0,
  draw: 0,
  wholeBetter: 0,
};
const nearest = {
  placeId: named.placeId,
  seatPart: 'whole' as const,
  cohortId: named.cohortId,
  points: 10,
  maxPoints: 50,
  missing: [],
  checks: [],
};
const unplaced = CandidateOutcome.parse({
  kind: 'unplaced',
  candidateId: named.candidateId,
  reasons: [
    {
      kind: 'seats-taken',
      cohortId: named.cohortId,
      eligiblePlaces: 2,
      seats: 2,
      takenBy: { ...NOBODY, morePoints: 2 },
      takenByFewOthers: 1,
    },
  ],
  nearest,
});
const things = (cohort: typeof january | null = january): NamedThings => ({
  places: new Map(
    proposed.kind === 'proposed' ? [[proposed.placeId, { title: 'Serviceassistent', unitName: 'Norrängen' }]] : [],
  ),
  cohorts: new Map(cohort ? [[cohort.id, cohort]] : []),
});

describe('an outcome in plain words', () => {
  test('of a proposal names place, unit, start and points in both languages', () => {
    const { sv, en } = explainOutcome(proposed, things());
    for (const text of [sv, en]) expect(text).toMatch(/Serviceassistent.*Norrängen|Norrängen.*Serviceassistent/s);
    expect(sv).toContain('\n\nPoäng:\n- ');
    expect(en).toContain('\n\nPoints:\n- ');
    expect(`${sv}${en}`).not.toContain(TAIL);
  });

  test('leaves out headings with nothing below them', () => {
    expect(explainOutcome(proposed, things()).sv).not.toMatch(/Talar emot|Kontrollera:|Inte uppgivet/);
  });

  test('names the place that is kept for others and the one of an earlier run, each looked up', () => {
    const changed = CandidateOutcome.parse({
      ...proposed,
      heldBack: { placeId: otherPlaceId, points: 50, pricePoints: 12 },
      movedFrom: { cohortId: named.cohortId, placeId: otherPlaceId },
    });
    const { sv, en } = explainOutcome(changed, things());
    expect(sv).toContain(`\n\nAtt veta:\n- ${otherPlaceId}`);
    expect(en).toContain(`\n\nTo know:\n- ${otherPlaceId}`);
  });

  test('of somebody without a proposal gives each reason, and the nearest place', () => {
    const { sv, en } = explainOutcome(unplaced, things());
    expect(sv.split('\n').filter((line) => line.startsWith('- ')).length).toBeGreaterThanOrEqual(2);
    expect(sv).toMatch(/Närmast:\n- .*Serviceassistent/s);
    expect(en).toMatch(/Nearest:\n- .*Serviceassistent/s);
  });

  test('of a place that is gone shows its id, of a start that was not looked up is a fault', () => {
    expect(explainOutcome(proposed, { ...things(), places: new Map() }).sv).toContain(named.placeId);
    expect(() => explainOutcome(unplaced, things(null))).toThrow('was not looked up');
  });
});

test('a question names what to ask about, in both languages', () => {
  const entry = CallListEntry.parse({
    rank: 1,
    candidateId: named.candidateId,
    field: 'licences',
    settles: 1,
    opens: 1,
    holdsProposal: false,
    ifYes: { placed: 1, points: 70 },
    ifNo: { placed: 0, points: 0 },
  });
  const { sv, en } = questionText(entry);
  expect(sv).toMatch(/^Fråga om .+/);
  expect(en).toMatch(/^Ask about .+/);
  expect([sv, en]).not.toContain('licences');
});
