/** Valid documents of invented people and places, each with a fresh id; a test states only what it is about. */
import { randomUUID } from 'node:crypto';
import type { Grant } from '@gruppstart/contracts/grant';
import type { BatchToTake, RunToMake, WhatIfToAnswer } from '@gruppstart/contracts/queue-messages';
import { Cohort, type Participant } from '@gruppstart/domain/cohorts/cohort';
import { Employment, Placement } from '@gruppstart/domain/employment/employment';
import { HelpRequest } from '@gruppstart/domain/follow-up/help-request';
import { Batch } from '@gruppstart/domain/intake/batch';
import { Candidate, Referral } from '@gruppstart/domain/intake/candidate';
import { PersonRecord } from '@gruppstart/domain/intake/person';
import type { RowOutcome } from '@gruppstart/domain/intake/row-outcome';
import { MatchRun } from '@gruppstart/domain/matching/match-run';
import { NamedRequest } from '@gruppstart/domain/matching/named-request';
import { CallListEntry, PlaceOutcome, ProposedOutcome, UnplacedOutcome } from '@gruppstart/domain/matching/outcome';
import { PairRule } from '@gruppstart/domain/matching/pair-rule';
import { PLAIN_POLICY } from '@gruppstart/domain/matching/run-policy';
import { DEFAULT_WEIGHTS, type NewWeights, StatedWeights } from '@gruppstart/domain/matching/weights';
import { WhatIf } from '@gruppstart/domain/matching/what-if';
import { Proposal } from '@gruppstart/domain/proposals/proposal';
import { Place } from '@gruppstart/domain/requirements/place';
import type { TravelTime } from '@gruppstart/domain/requirements/travel';
import { Unit } from '@gruppstart/domain/requirements/unit';
import {
  BatchId,
  CandidateId,
  CohortId,
  EmploymentId,
  EventId,
  GrantId,
  HelpRequestId,
  NamedRequestId,
  OfficeId,
  PairRuleId,
  PlaceId,
  PlacementId,
  ProposalId,
  ReferralId,
  RunId,
  TenantId,
  UnitId,
  UserId,
  WhatIfId,
} from '@gruppstart/domain/shared/ids';
import { Instant, LocalDate } from '@gruppstart/domain/shared/local-date';
import { makeWorld } from '@gruppstart/store/world';
import type { AuditEntry, Change, IdempotencyMark, Transaction } from '@gruppstart/usecases/ports/store';

const world = makeWorld();

export const instant = (text: string): Instant => Instant.parse(text);
export const day = (text: string): LocalDate => LocalDate.parse(text);

export const aCandidateId = () => CandidateId.parse(world.newId('candidate'));
export const aPlaceId = () => PlaceId.parse(world.newId('place'));
export const aCohortId = () => CohortId.parse(world.newId('cohort'));
export const aRunId = () => RunId.parse(world.newId('run'));
export const aWhatIfId = () => WhatIfId.parse(world.newId('whatIf'));
export const aBatchId = () => BatchId.parse(world.newId('batch'));
export const aProposalId = () => ProposalId.parse(world.newId('proposal'));
export const anEventId = () => EventId.parse(world.newId('event'));
export const aUnitId = () => UnitId.parse(`unit_${randomUUID()}`);
export const aUserId = () => UserId.parse(`user-${randomUUID()}`);
/** A tenant of its own for each test, so that tests share a table without meeting. */
export const aTenant = () => TenantId.parse(`t-${randomUUID().slice(0, 13)}`);
export const aHash = () => world.sha256(randomUUID());

/** The time of the store under test, and of what is made for it. */
export const NOW = instant('2026-12-01T08:00:00.000Z');
const AT = NOW;

export const aUnit = (over: Partial<Unit> = {}): Unit =>
  Unit.parse({
    id: aUnitId(),
    name: 'Solrosens äldreboende',
    field: 'care',
    municipalityCode: '2182',
    postcode: '82630',
    supervisorHoursPerWeek: null,
    ...over,
  });

export const aPlace = (over: Partial<Place> = {}): Place =>
  Place.parse({
    id: aPlaceId(),
    unitId: aUnitId(),
    title: 'Serviceassistent',
    occupationId: 'local_serviceassistent',
    field: 'care',
    seats: 2,
    sharePercent: 75,
    sharedSeat: null,
    workingTimes: ['day', 'evening'],
    weeklyHours: [{ weekday: 1, fromMinute: 480, toMinute: 960 }],
    opensFrom: '2027-01-11',
    closesAfter: null,
    supervisorHoursPerWeek: 0,
    requirements: [
      { subject: { kind: 'swedish', minLevel: 'B1' }, strength: 'must', reason: 'Rapporterar skriftligt' },
      { subject: { kind: 'skill', skillId: 'kj4Q_nLh_u8Q', minLevel: null }, strength: 'wish' },
    ],
    origin: { kind: 'manager' },
    confirmedAt: AT,
    ...over,
  });

export const aCohort = (over: Partial<Cohort> = {}): Cohort =>
  Cohort.parse({
    id: aCohortId(),
    name: 'Januaristarten',
    startDate: '2027-01-11',
    seats: 12,
    courseDays: ['2027-01-11', '2027-01-12', '2027-01-13'],
    programmeVersion: '2027-1',
    seedCommitment: aHash(),
    publishedAt: null,
    ...over,
  });

export const aCandidate = (over: Partial<Candidate> = {}): Candidate =>
  Candidate.parse({
    id: aCandidateId(),
    profile: {
      enrolledSince: '2025-03-17',
      availableFrom: '2027-01-11',
      shareFromPercent: 50,
      shareToPercent: 100,
      workingTimes: ['day', 'weekend'],
      engagements: [{ weekday: 1, fromMinute: 480, toMinute: 720 }],
      licences: ['AM', 'B'],
      swedish: 'B1',
      languages: [
        { language: 'tigrinja', level: 'native' },
        { language: 'engelska', level: null },
      ],
      skills: [
        { skillId: 'C1qR_L83_nzh', level: 3 },
        { skillId: 'kj4Q_nLh_u8Q', level: null },
        { skillId: 'xgpz_5A1_B2g', level: 2 },
      ],
      experience: [
        { occupationId: '4zLr_jP5_peZ', years: 2 },
        { occupationId: 'local_serviceassistent', years: 1 },
      ],
      knownItems: [],
      wishes: [
        { kind: 'field', field: 'care' },
        { kind: 'unit', unitName: 'Solrosen: kök' },
      ],
      maxTravelMinutes: 45,
      hasCar: false,
      postcode: '82630',
    },
    unmatchedSkills: ['bakning'],
    interpreterLanguage: 'tigrinja',
    isProtected: false,
    createdAt: AT,
    updatedAt: AT,
    erasedAt: null,
    ...over,
  });

export const aReferral = (over: Partial<Referral> = {}): Referral =>
  Referral.parse({
    id: ReferralId.parse(world.newId('referral')),
    candidateId: aCandidateId(),
    referrer: 'arbetsformedlingen',
    officeId: OfficeId.parse('af-101'),
    caseworker: aUserId(),
    reference: 'A-17',
    batchId: aBatchId(),
    referredAt: AT,
    ...over,
  });

export const aBatch = (over: Partial<Batch> = {}): Batch =>
  Batch.parse({
    id: aBatchId(),
    officeId: OfficeId.parse('af-101'),
    sentBy: aUserId(),
    receivedAt: AT,
    sizeBytes: 18_320,
    contentHash: aHash(),
    ignoreUnknownColumns: false,
    rows: 120,
    takenRows: 0,
    progressAt: AT,
    finishedAt: null,
    counts: null,
    ...over,
  });

export const aRun = (over: Partial<MatchRun> = {}): MatchRun =>
  MatchRun.parse({
    id: aRunId(),
    purpose: 'admission',
    cohortIds: [aCohortId()],
    horizon: 2,
    orderedBy: aUserId(),
    orderedAt: AT,
    policy: PLAIN_POLICY,
    snapshotHash: null,
    result: null,
    failure: null,
    ...over,
  });

/** A named request with all that an answer can hold. */
export const aWhatIf = (over: Partial<WhatIf> = {}): WhatIf => {
  const outcome = aProposedOutcome();
  const { candidateId, placeId, cohortId } = outcome;
  const totals = { proposed: 14, points: 994, maxPoints: 1400, fitPercent: 71 };
  const loser = { candidateId: aCandidateId(), from: { cohortId, placeId, seatPart: 'whole' as const }, to: null };
  const nobody = { count: 0, first: [] };
  const consequences = {
    before: totals,
    after: { ...totals, points: 970, fitPercent: 69 },
    newlyProposed: nobody,
    noLongerProposed: { count: 1, first: [loser] },
    moved: nobody,
  };
  return WhatIf.parse({
    id: aWhatIfId(),
    runId: aRunId(),
    question: { kind: 'named-request', candidateId, placeId },
    askedBy: aUserId(),
    askedAt: AT,
    result: {
      answeredAt: AT,
      resultHash: aHash(),
      sameAsRun: true,
      answer: {
        kind: 'named-request',
        from: null,
        request: { possible: true, outcome, obstacles: [{ kind: 'ruled-out', places: 1 }], consequences },
      },
    },
    failure: null,
    ...over,
  });
};
export const aPairRule = (over: Partial<PairRule> = {}): PairRule =>
  PairRule.parse({
    id: PairRuleId.parse(world.newId('pairRule')),
    kind: 'keep-apart',
    first: aCandidateId(),
    second: aCandidateId(),
    apartFrom: 'unit',
    madeBy: aUserId(),
    madeAt: AT,
    endedAt: null,
    ...over,
  });

export const aNamedRequest = (over: Partial<NamedRequest> = {}): NamedRequest =>
  NamedRequest.parse({
    id: NamedRequestId.parse(world.newId('namedRequest')),
    unitId: aUnitId(),
    placeId: aPlaceId(),
    candidateId: aCandidateId(),
    requestedBy: aUserId(),
    requestedAt: AT,
    costAskedBy: null,
    withdrawnAt: null,
    decision: null,
    ...over,
  });

export const aRowOfWeights = (over: Partial<NewWeights> = {}): StatedWeights =>
  StatedWeights.parse({
    weights: { ...DEFAULT_WEIGHTS, version: randomUUID(), ...over },
    statedBy: aUserId(),
    statedAt: AT,
  });

export const aProposedOutcome = (over: Partial<ProposedOutcome> = {}): ProposedOutcome =>
  ProposedOutcome.parse({
    kind: 'proposed',
    candidateId: aCandidateId(),
    cohortId: aCohortId(),
    placeId: aPlaceId(),
    seatPart: 'whole',
    preliminary: false,
    pinned: false,
    seatPricePoints: 0,
    heldBack: null,
    movedFrom: null,
    points: 71,
    maxPoints: 100,
    parts: [
      { part: 'requirements', points: 40, maxPoints: 50 },
      { part: 'commute', points: 31, maxPoints: 50 },
    ],
    verdicts: [
      {
        kind: 'availability',
        verdict: 'yes',
        source: 'availableFrom',
        excludes: true,
        score: null,
        asked: { startDate: '2027-01-11' },
        found: { availableFrom: '2027-01-11' },
      },
    ],
    checks: [{ topic: { kind: 'licence', licence: 'B' }, source: 'licences' }],
    ...over,
  });

export const anUnplacedOutcome = (over: Partial<UnplacedOutcome> = {}): UnplacedOutcome =>
  UnplacedOutcome.parse({
    kind: 'unplaced',
    candidateId: aCandidateId(),
    reasons: [{ kind: 'no-open-place' }],
    nearest: null,
    ...over,
  });

export const aPlaceOutcome = (over: Partial<PlaceOutcome> = {}): PlaceOutcome =>
  PlaceOutcome.parse({
    placeId: aPlaceId(),
    seats: 2,
    takenBefore: 0,
    filled: 1,
    filledPreliminary: 0,
    eligible: 14,
    eligibleWithChecks: 3,
    seatPricePoints: 0,
    oneMoreSeat: { placed: 1, points: 64 },
    isEstimate: false,
    criteria: [
      { topic: { kind: 'swedish' }, requirementIndex: 0, excluded: 20, excludedAlone: 4, unknown: 2, placedWithout: 1 },
    ],
    ...over,
  });

export const aCallListEntry = (rank: number): CallListEntry =>
  CallListEntry.parse({
    rank,
    candidateId: aCandidateId(),
    field: 'licences',
    topic: { kind: 'licence', licence: 'B' },
    asked: [{ subject: { kind: 'licence', licence: 'B' }, places: 12 }],
    settles: 12,
    opens: 4,
    holdsProposal: rank % 2 === 0,
    ifYes: { placed: 1, points: 70 },
    ifNo: { placed: -1, points: -64 },
    isEstimate: false,
  });

export const aProposal = (over: Partial<Proposal> = {}): Proposal =>
  Proposal.parse({
    id: aProposalId(),
    runId: aRunId(),
    purpose: 'placement',
    candidateId: aCandidateId(),
    cohortId: aCohortId(),
    placeId: aPlaceId(),
    unitId: aUnitId(),
    proposedAt: AT,
    outcome: aProposedOutcome(),
    answers: { person: null, unit: null, employer: null },
    decision: null,
    disclosure: null,
    ...over,
  });

export const aPlacement = (over: Partial<Placement> = {}): Placement =>
  Placement.parse({
    id: PlacementId.parse(world.newId('placement')),
    candidateId: aCandidateId(),
    proposalId: aProposalId(),
    placeId: aPlaceId(),
    unitId: aUnitId(),
    cohortId: null,
    seatPart: 'whole',
    sharePercent: 75,
    startDate: '2027-01-25',
    firstFollowUpDate: '2027-02-22',
    employmentId: null,
    ...over,
  });

export const anEmployment = (over: Partial<Employment> = {}): Employment =>
  Employment.parse({
    id: EmploymentId.parse(world.newId('employment')),
    candidateId: aCandidateId(),
    placementId: PlacementId.parse(world.newId('placement')),
    form: 'BEA',
    employer: { name: 'Resurscentrum', organisationNumber: '212000-2353' },
    workplaceUnitId: aUnitId(),
    payer: { name: 'Vård och omsorg', organisationNumber: null },
    startDate: '2027-01-25',
    endDate: null,
    sharePercent: 75,
    registeredAt: AT,
    ...over,
  });

export const aParticipant = (over: Partial<Participant> = {}): Participant => ({
  candidateId: aCandidateId(),
  cohortId: aCohortId(),
  proposalId: aProposalId(),
  since: AT,
  ...over,
});

export const aRejectedRow = (line: number): RowOutcome => ({
  line,
  outcome: 'rejected',
  error: {
    line,
    column: 'Personnummer',
    code: 'personal-number-check-digit',
    detail: { sv: 'Kontrollsiffran stämmer inte', en: 'The check digit is wrong' },
  },
});

export const aTakenRow = (line: number): RowOutcome => ({
  line,
  outcome: 'created',
  candidateId: aCandidateId(),
  referralId: ReferralId.parse(world.newId('referral')),
  contactWithheld: false,
  warnings: [],
});

export const aHelpRequest = (over: Partial<HelpRequest> = {}): HelpRequest =>
  HelpRequest.parse({
    id: HelpRequestId.parse(world.newId('helpRequest')),
    placementId: PlacementId.parse(world.newId('placement')),
    side: 'participant',
    topic: 'supervision',
    askedBy: aUserId(),
    askedAt: AT,
    ...over,
  });

export const aTravelTime = (over: Partial<TravelTime> = {}): TravelTime => ({
  postcode: '82630',
  unitId: aUnitId(),
  carMinutes: 12,
  busMinutes: null,
  ...over,
});

export const aGrant = (tenant: TenantId, over: Partial<Grant> = {}): Grant => ({
  id: GrantId.parse(world.newId('grant')),
  tenant,
  userId: aUserId(),
  role: 'unit-manager',
  unitIds: [aUnitId()],
  offices: [],
  deputyFor: null,
  mayResolveProtected: false,
  validFrom: day('2026-01-01'),
  validTo: null,
  ...over,
});

export const aPerson = (over: Partial<PersonRecord> = {}): PersonRecord =>
  PersonRecord.parse({
    personalNumber: '198507099805',
    birthDate: null,
    givenName: 'Åsa',
    familyName: 'Testsson',
    phone: '070-174 06 05',
    email: 'asa.testsson@example.se',
    possibleMeasures: ['NYSTARTSJOBB'],
    measureValidUntil: '2027-06-30',
    supportNeeds: ['seated-work'],
    ...over,
  });

export const anAuditEntry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  eventId: anEventId(),
  at: AT,
  actor: aUserId(),
  deed: 'batch-received',
  subjects: [aBatchId()],
  facts: { rows: 120, purpose: 'intake', partial: false, office: null },
  correlationId: randomUUID(),
  ...over,
});

/** 24 hours from now. */
export const MARK_ENDS = Date.parse(NOW) / 1_000 + 86_400;
export const aMark = (over: Partial<IdempotencyMark> = {}): IdempotencyMark => ({
  userId: aUserId(),
  route: 'POST /v1/batches',
  key: randomUUID(),
  requestHash: aHash(),
  answer: { status: 202, headers: { location: '/v1/batches/1' }, body: '{"id":"1"}' },
  expiresAtEpochSeconds: MARK_ENDS,
  ...over,
});

/** As the product makes it: the id from what the message stands for, so that it tells nothing of the time. */
const aDerivedEventId = () => EventId.parse(`evt_${'z'.repeat(10)}${world.newId('event').slice(-16)}`);

export const aBatchToTake = (tenant: TenantId, over: Partial<BatchToTake> = {}): BatchToTake => ({
  v: 1,
  kind: 'batch-to-take',
  eventId: aDerivedEventId(),
  tenant,
  correlationId: randomUUID(),
  batchId: aBatchId(),
  fromRow: 0,
  ...over,
});

export const aRunToMake = (tenant: TenantId): RunToMake => ({
  v: 1,
  kind: 'run-to-make',
  eventId: anEventId(),
  tenant,
  correlationId: randomUUID(),
  runId: aRunId(),
});

export const aWhatIfToAnswer = (tenant: TenantId): WhatIfToAnswer => ({
  v: 1,
  kind: 'what-if-to-answer',
  eventId: anEventId(),
  tenant,
  correlationId: randomUUID(),
  whatIfId: aWhatIfId(),
});

/** A transaction of changes alone; marks, audit entries and messages where a test is about them. */
export const aTransaction = (changes: readonly Change[], over: Partial<Transaction> = {}): Transaction => ({
  changes,
  mark: null,
  audit: [],
  messages: [],
  ...over,
});
