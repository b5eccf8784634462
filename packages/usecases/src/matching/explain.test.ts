import { Cohort } from '@gruppstart/domain/cohorts/cohort';
import { CallListEntry, CandidateOutcome, PlaceOutcome, RunSummary } from '@gruppstart/domain/matching/outcome';
import { OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import { describe, expect, test } from 'vitest';
import { explainOutcome, explainPlace, explainRun, gainText, type NamedThings, questionText } from './explain.ts';

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
      movedFrom: { cohortId: named.cohortId, placeId: otherPlaceId, seatPart: 'whole' },
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

describe('a question of the call list', () => {
  const entry = CallListEntry.parse({
    rank: 1,
    candidateId: named.candidateId,
    field: 'licences',
    topic: { kind: 'licence', licence: 'B' },
    asked: [{ subject: { kind: 'licence', licence: 'B' }, places: 7 }],
    settles: 7,
    opens: 4,
    holdsProposal: false,
    ifYes: { placed: 1, points: 70 },
    ifNo: { placed: 0, points: 0 },
    isEstimate: false,
  });

  const [, , rescue] = SKILLS.map(({ id }) => id);
  const [occupation] = OCCUPATIONS;
  const subjectOf = (minLevel: 2 | 3 | null) => ({
    kind: 'skill' as const,
    skillId: rescue,
    minLevel,
  });
  const years = (minYears: number) => ({
    kind: 'experience' as const,
    occupationId: occupation?.id,
    minYears,
  });
  const swedish = (minLevel: 'A2' | 'B1') => ({ kind: 'swedish' as const, minLevel });

  test.each([
    [{}, 'Fråga om körkort B. Krävs på 7 platser.', 'Ask about driving licence B. Required at 7 places.'],
    [
      { field: 'hasCar', topic: { kind: 'travel' }, asked: [] },
      'Fråga om tillgång till bil.',
      'Ask about use of a car.',
    ],
    [
      {
        field: 'skills',
        topic: { kind: 'skill', skillId: rescue },
        asked: [
          { subject: subjectOf(null), places: 2 },
          { subject: subjectOf(2), places: 1 },
        ],
      },
      'Fråga om Hjärt- och lungräddning. Krävs: oavsett nivå (2 platser), minst bra (1 plats).',
      'Ask about Cardiopulmonary resuscitation. Required: at any level (2 places), at least good (1 place).',
    ],
    [
      { field: 'swedish', topic: { kind: 'swedish' }, asked: [{ subject: swedish('B1'), places: 1 }] },
      'Fråga om svenska. Krävs: minst B1 (1 plats).',
      'Ask about Swedish. Required: at least B1 (1 place).',
    ],
    [
      {
        field: 'experience',
        topic: { kind: 'experience', occupationId: occupation?.id },
        asked: [{ subject: years(2), places: 3 }],
      },
      `Fråga om erfarenhet som ${occupation?.label.toLowerCase()} eller något närliggande. Krävs: minst 2 år (3 platser).`,
      `Ask about experience as ${occupation?.labelEn.toLowerCase()} or something near it. Required: at least 2 years (3 places).`,
    ],
  ])('names the one thing to ask about, and what places ask of it (%#)', (over, sv, en) => {
    expect(questionText(CallListEntry.parse({ ...entry, ...over }))).toEqual({ sv, en });
  });

  test('says what a yes opens and what a no shuts', () => {
    expect(gainText(entry)).toEqual({
      sv: 'Ett ja öppnar 4 platser och ger en placering; ett nej stänger 7 platser.',
      en: 'A yes opens 4 places and gives one placement; a no shuts 7 places.',
    });
  });
});

describe('a run as a whole', () => {
  const summary = RunSummary.parse({
    purpose: 'admission',
    engineVersion: 'matching-1',
    weightsVersion: 'default-1',
    candidates: 2,
    places: 1,
    seats: 1,
    proposed: 1,
    proposedPreliminary: 0,
    unplaced: 1,
    points: 71,
    maxPoints: 100,
    fitPercent: 71,
    questions: 0,
    cohorts: [
      { cohortId: named.cohortId, startDate: '2027-01-11', preliminary: false, seats: 12, takenBefore: 0, proposed: 1 },
    ],
    frontier: [{ placed: 1, points: 71, fitPercent: 71 }],
    sessionNeeds: [{ cohortId: named.cohortId, skillId: SKILLS[0]?.id, need: 1, notStated: 0, seats: 6 }],
  });

  test('tells the trade, and what it asks of the introduction', () => {
    expect(explainRun(summary)).toEqual({
      sv: '1 placerad, passning 71 %.\nBasala hygienrutiner, start 11 januari 2027: 1 behöver passet. Passet har 6 säten.',
      en: '1 placed, fit 71 %.\nBasic hygiene routines, start on 11 January 2027: 1 needs the session. The session has 6 seats.',
    });
  });

  test('has nothing to say where nobody could be placed', () => {
    expect(explainRun({ ...summary, frontier: [], sessionNeeds: [] })).toBeNull();
    expect(explainRun({ ...summary, frontier: [] })?.sv).toMatch(/^Basala hygienrutiner/);
  });
});

test('a place says what a seat more and each requirement come to, by the names of what is asked', () => {
  const outcome = PlaceOutcome.parse({
    placeId: named.placeId,
    seats: 1,
    takenBefore: 0,
    filled: 1,
    filledPreliminary: 0,
    eligible: 3,
    eligibleWithChecks: 0,
    seatPricePoints: 0,
    oneMoreSeat: { placed: 1, points: 60 },
    isEstimate: false,
    criteria: [
      {
        topic: { kind: 'skill', skillId: SKILLS[0]?.id },
        requirementIndex: 0,
        excluded: 2,
        excludedAlone: 1,
        unknown: 0,
        placedWithout: 1,
      },
    ],
  });
  const { sv, en } = explainPlace(outcome);
  expect(sv).toBe(
    'Med ett säte till här skulle en person till få plats.\nKravet ”Basala hygienrutiner” stänger ute 2; för 1 av dem är det enda hindret; utan det skulle 1 fler få plats.',
  );
  expect(en).toContain('The requirement “Basic hygiene routines” shuts out 2;');
});
