import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Instant } from '../shared/local-date.ts';
import { AT, idOf } from '../test-support/builders.ts';
import { DEFAULT_WEIGHTS } from './weights.ts';
import {
  MAX_NAMED,
  SeatChanges,
  WHAT_IF_FAILURES,
  WHAT_IF_KINDS,
  WhatIf,
  WhatIfAnswer,
  WhatIfQuestion,
  whatIfStatus,
} from './what-if.ts';

const aWhatIf = (changes: Readonly<Record<string, unknown>> = {}): WhatIf =>
  WhatIf.parse({
    id: idOf('whatIf'),
    runId: idOf('run'),
    question: { kind: 'replay' },
    askedBy: 'samordnare',
    askedAt: AT,
    result: null,
    failure: null,
    ...changes,
  });
const { validTo: _, ...NEW_WEIGHTS } = DEFAULT_WEIGHTS;
const RESULT = { answeredAt: AT, resultHash: 'a'.repeat(64), sameAsRun: true, answer: { kind: 'replay' } };
const NEXT_DAY = Instant.parse('2026-12-02T08:00:00.000Z');

test('every kind of question has its answer', () => {
  expect(WhatIfQuestion.options.map((option) => option.shape.kind.value)).toEqual(WHAT_IF_KINDS);
  expect(WhatIfAnswer.options.map((option) => option.shape.kind.value)).toEqual(WHAT_IF_KINDS);
});

test.each([
  { kind: 'replay' },
  { kind: 'weights', weights: NEW_WEIGHTS },
  { kind: 'named-request', candidateId: idOf('candidate'), placeId: idOf('place') },
  { kind: 'answer', answer: { candidateId: idOf('candidate'), field: 'hasCar', value: true } },
  { kind: 'repair', dropOuts: [idOf('candidate')], closedPlaces: [], movedPersonCostPoints: 10 },
  { kind: 'extra-seat', placeId: idOf('place') },
  { kind: 'without-requirement', placeId: idOf('place'), requirementIndex: 0 },
])('%j can be asked', (question) => {
  expect(WhatIfQuestion.parse(question)).toEqual(question);
});

describe('the status of a what-if', () => {
  test.each([
    { now: AT, status: 'working' },
    { now: '2026-12-01T08:30:00.000Z', status: 'working' },
    { now: '2026-12-01T08:30:00.001Z', status: 'stalled' },
  ])('is $status at $now, until there is an answer or a failure', ({ now, status }) => {
    expect(whatIfStatus(aWhatIf(), Instant.parse(now))).toBe(status);
  });

  test('is finished with an answer, however late', () => {
    expect(whatIfStatus(aWhatIf({ result: RESULT }), NEXT_DAY)).toBe('finished');
  });

  test.each(WHAT_IF_FAILURES)('is failed with %s', (failure) => {
    expect(whatIfStatus(aWhatIf({ failure }), NEXT_DAY)).toBe('failed');
  });
});

test('an answer names so many people that it fits in one item of the table, and tells how many there are', () => {
  const change = {
    candidateId: idOf('candidate'),
    from: { cohortId: idOf('cohort'), placeId: idOf('place'), seatPart: 'second' },
    to: { cohortId: idOf('cohort'), placeId: idOf('place'), seatPart: 'second' },
  };
  const full = { count: 20_000, first: Array.from({ length: MAX_NAMED }, () => change) };
  expect(SeatChanges.safeParse(full).success).toBe(true);
  expect(SeatChanges.safeParse({ ...full, first: [...full.first, change] }).success).toBe(false);
  const LISTS = 3;
  expect(JSON.stringify(full).length * LISTS).toBeLessThan(100_000);
});

test.each([
  ['WhatIf', WhatIf],
  ['WhatIfQuestion', WhatIfQuestion],
])('%s can be written as JSON Schema, for the API description', (_, schema) => {
  expect(z.toJSONSchema(schema)).toHaveProperty('$schema');
});
