import { Cohort } from '../cohorts/cohort.ts';
import { Placement } from '../employment/employment.ts';
import { Batch } from '../intake/batch.ts';
import { MatchRun } from '../matching/match-run.ts';
import { PLAIN_POLICY } from '../matching/run-policy.ts';
import { Answer, type AnswerValue } from '../proposals/answer.ts';
import { Proposal } from '../proposals/proposal.ts';
import { Place } from '../requirements/place.ts';
import { ID_PREFIXES, type IdKind } from '../shared/ids.ts';

/** Valid defaults, for tests. Nobody is behind any of the ids. */
const TAIL = '01jd4z8w6k3v9r5t2q7n0m1px';
/** The id of a kind that ends in the digit. */
export const idOf = (kind: IdKind, digit = 0): string => `${ID_PREFIXES[kind]}_${TAIL}${digit}`;

export const AT = '2026-12-01T08:00:00.000Z';
const HASH = '0'.repeat(64);

export const anAnswer = (answer: AnswerValue): Answer =>
  Answer.parse({ answer, recordedBy: 'samordnare', recordedAt: AT });

export const aPlace = (changes: Readonly<Record<string, unknown>> = {}): Place =>
  Place.parse({
    id: idOf('place'),
    unitId: 'unit_norrangen',
    title: 'Serviceassistent',
    occupationId: 'local_serviceassistent',
    field: 'care',
    seats: 2,
    sharePercent: 75,
    sharedSeat: null,
    workingTimes: ['day'],
    weeklyHours: [],
    opensFrom: '2027-01-11',
    closesAfter: null,
    supervisorHoursPerWeek: 0,
    requirements: [],
    origin: { kind: 'manager' },
    confirmedAt: AT,
    ...changes,
  });

export const aBatch = (changes: Readonly<Record<string, unknown>> = {}): Batch =>
  Batch.parse({
    id: idOf('batch'),
    officeId: 'af-101',
    sentBy: 'handlaggare',
    receivedAt: AT,
    sizeBytes: 10,
    contentHash: HASH,
    ignoreUnknownColumns: false,
    rows: 3,
    takenRows: 0,
    progressAt: AT,
    finishedAt: null,
    counts: null,
    ...changes,
  });

export const aCohort = (changes: Readonly<Record<string, unknown>> = {}): Cohort =>
  Cohort.parse({
    id: idOf('cohort'),
    name: 'Januaristarten',
    startDate: '2027-01-11',
    seats: 12,
    courseDays: ['2027-01-11', '2027-01-12', '2027-01-22'],
    programmeVersion: '2027-1',
    seedCommitment: HASH,
    publishedAt: null,
    ...changes,
  });

/** A run's end, with nobody in it. */
export const A_RESULT = {
  finishedAt: AT,
  seed: HASH,
  resultHash: HASH,
  summary: {
    purpose: 'admission',
    engineVersion: '1',
    weightsVersion: '2026-1',
    candidates: 0,
    places: 0,
    seats: 0,
    proposed: 0,
    proposedPreliminary: 0,
    unplaced: 0,
    points: 0,
    maxPoints: 0,
    fitPercent: null,
    questions: 0,
    cohorts: [],
    sessionNeeds: [],
    frontier: [],
  },
  certificate: { ok: true, levels: [], starts: [] },
};

export const aRun = (changes: Readonly<Record<string, unknown>> = {}): MatchRun =>
  MatchRun.parse({
    id: idOf('run'),
    purpose: 'admission',
    cohortIds: [idOf('cohort')],
    horizon: 0,
    orderedBy: 'samordnare',
    orderedAt: AT,
    policy: PLAIN_POLICY,
    snapshotHash: null,
    result: null,
    failure: null,
    ...changes,
  });

export const aProposal = (changes: Readonly<Record<string, unknown>> = {}): Proposal =>
  Proposal.parse({
    id: idOf('proposal'),
    runId: idOf('run'),
    purpose: 'placement',
    candidateId: idOf('candidate'),
    cohortId: idOf('cohort'),
    placeId: idOf('place'),
    unitId: 'unit_norrangen',
    proposedAt: AT,
    outcome: {
      kind: 'proposed',
      candidateId: idOf('candidate'),
      cohortId: idOf('cohort'),
      placeId: idOf('place'),
      seatPart: 'whole',
      preliminary: false,
      pinned: false,
      seatPricePoints: 0,
      heldBack: null,
      movedFrom: null,
      points: 0,
      maxPoints: 0,
      parts: [],
      verdicts: [],
      checks: [],
    },
    answers: { person: null, unit: null, employer: null },
    decision: null,
    disclosure: null,
    ...changes,
  });

export const aPlacement = (changes: Readonly<Record<string, unknown>> = {}): Placement =>
  Placement.parse({
    id: idOf('placement'),
    candidateId: idOf('candidate'),
    proposalId: idOf('proposal'),
    placeId: idOf('place'),
    unitId: 'unit_norrangen',
    cohortId: idOf('cohort'),
    seatPart: 'whole',
    sharePercent: 75,
    startDate: '2027-01-25',
    firstFollowUpDate: '2027-02-08',
    employmentId: null,
    ...changes,
  });
