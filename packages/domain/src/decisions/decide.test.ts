import { describe, expect, test } from 'vitest';
import { RUN_PURPOSES, type RunPurpose } from '../matching/run-purpose.ts';
import { ANSWER_VALUES, ANSWERERS, type Answerer, type AnswerValue } from '../proposals/answer.ts';
import {
  ANSWERS_NEEDED,
  DECISION_REASONS,
  DECISION_VERDICTS,
  Decision,
  type DecisionReason,
  type DecisionVerdict,
  type Proposal,
} from '../proposals/proposal.ts';
import { AT, anAnswer, aProposal, idOf } from '../test-support/builders.ts';
import { type DecisionRefusal, decide, REASONS_FOR } from './decide.ts';

type Given = Readonly<Record<Answerer, AnswerValue | null>>;
const GIVEN = [null, ...ANSWER_VALUES] as const;
const everyTrio: readonly Given[] = GIVEN.flatMap((person) =>
  GIVEN.flatMap((unit) => GIVEN.map((employer) => ({ person, unit, employer }))),
);

const proposalWith = (purpose: RunPurpose, given: Given, decision: Decision | null = null): Proposal =>
  aProposal({
    purpose,
    decision,
    answers: Object.fromEntries(ANSWERERS.map((who) => [who, given[who] && anAnswer(given[who])])),
  });

const decisionFor = (verdict: DecisionVerdict, reason: DecisionReason): Decision =>
  Decision.parse({ id: idOf('decision'), verdict, reason, decidedBy: 'samordnare', decidedAt: AT });
const FITTING = { approved: 'fits-well', declined: 'other-plan' } as const;

interface Case {
  readonly purpose: RunPurpose;
  readonly given: Given;
  readonly verdict: DecisionVerdict;
  readonly reason: DecisionReason;
  readonly noConflict: boolean;
}
const everyCase: readonly Case[] = RUN_PURPOSES.flatMap((purpose) =>
  everyTrio.flatMap((given) =>
    DECISION_VERDICTS.flatMap((verdict) =>
      DECISION_REASONS.flatMap((reason) =>
        [true, false].map((noConflict) => ({ purpose, given, verdict, reason, noConflict })),
      ),
    ),
  ),
);
const approvalReasons: readonly string[] = [
  'fits-well',
  'wish-of-the-person',
  'request-of-the-unit',
  'agreed-after-meeting',
];
const reasonFits = ({ verdict, reason }: Case): boolean =>
  (verdict === 'approved') === approvalReasons.includes(reason);
const everybodyAgrees = ({ purpose, given }: Case): boolean =>
  (purpose === 'admission' ? [given.person] : Object.values(given)).every((answer) => answer === 'yes');
const mayBeDecided = (each: Case): boolean =>
  each.noConflict && reasonFits(each) && (each.verdict === 'declined' || everybodyAgrees(each));

const outcomeOf = ({ purpose, given, verdict, reason, noConflict }: Case) =>
  decide(proposalWith(purpose, given), decisionFor(verdict, reason), noConflict);

describe('a decision', () => {
  test('is taken exactly where nobody has a conflict, the reason fits, and an approval has every yes it needs', () => {
    const wrong = everyCase.filter((each) => outcomeOf(each).ok !== mayBeDecided(each));
    expect(wrong).toEqual([]);
    expect(everyCase.length).toBe(2 * 64 * 2 * 9 * 2);
  });

  test('says why it is refused, the gravest first', () => {
    const expected = (each: Case): DecisionRefusal['kind'] | 'taken' => {
      if (!each.noConflict) return 'conflict-of-interest';
      if (!reasonFits(each)) return 'reason-does-not-fit';
      if (each.verdict === 'declined') return 'taken';
      const needed = ANSWERS_NEEDED[each.purpose].map((who) => each.given[who]);
      if (needed.includes('no')) return 'answer-is-no';
      return needed.every((answer) => answer === 'yes') ? 'taken' : 'answers-missing';
    };
    const wrong = everyCase.filter((each) => {
      const outcome = outcomeOf(each);
      return (outcome.ok ? 'taken' : outcome.error.kind) !== expected(each);
    });
    expect(wrong).toEqual([]);
  });

  test('changes nothing of the proposal but the decision', () => {
    for (const each of everyCase.filter(mayBeDecided)) {
      const before = proposalWith(each.purpose, each.given);
      const decision = decisionFor(each.verdict, each.reason);
      expect(decide(before, decision, true)).toEqual({ ok: true, value: { ...before, decision } });
    }
  });

  test.each([
    [{ person: 'yes', unit: null, employer: 'meet-first' }, ['unit', 'employer']],
    [{ person: null, unit: null, employer: null }, ['person', 'unit', 'employer']],
    [{ person: 'meet-first', unit: 'yes', employer: 'yes' }, ['person']],
  ] as const)('with %j names who is missing: %j', (given, missing) => {
    expect(decide(proposalWith('placement', given), decisionFor('approved', 'fits-well'), true)).toEqual({
      ok: false,
      error: { kind: 'answers-missing', missing },
    });
  });

  test('names everybody who has said no', () => {
    const given = { person: 'yes', unit: 'no', employer: 'no' } as const;
    expect(decide(proposalWith('placement', given), decisionFor('approved', 'fits-well'), true)).toEqual({
      ok: false,
      error: { kind: 'answer-is-no', from: ['unit', 'employer'] },
    });
  });

  test('is made once: no verdict replaces another, nor itself', () => {
    const yes = { person: 'yes', unit: 'yes', employer: 'yes' } as const;
    for (const first of DECISION_VERDICTS) {
      for (const second of DECISION_VERDICTS) {
        const decided = proposalWith('placement', yes, decisionFor(first, FITTING[first]));
        expect(decide(decided, decisionFor(second, FITTING[second]), true)).toEqual({
          ok: false,
          error: { kind: 'already-decided' },
        });
      }
    }
  });
});

test('every reason stands behind exactly one verdict', () => {
  const behind = DECISION_REASONS.map((reason) =>
    DECISION_VERDICTS.filter((verdict) => REASONS_FOR[verdict].includes(reason)),
  );
  expect(behind.filter((verdicts) => verdicts.length !== 1)).toEqual([]);
  expect(REASONS_FOR.approved).toEqual(approvalReasons);
});
