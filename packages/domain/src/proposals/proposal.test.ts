import { describe, expect, test } from 'vitest';
import { RUN_PURPOSES } from '../matching/run-purpose.ts';
import { AT, anAnswer, aProposal, idOf } from '../test-support/builders.ts';
import { ANSWER_VALUES, ANSWERERS, type AnswerValue } from './answer.ts';
import { ANSWERS_NEEDED, DECISION_VERDICTS, PROPOSAL_STATUSES, proposalStatus } from './proposal.ts';

type Given = AnswerValue | null;
const GIVEN: readonly Given[] = [null, ...ANSWER_VALUES];
const everyTrio = GIVEN.flatMap((person) =>
  GIVEN.flatMap((unit) => GIVEN.map((employer) => ({ person, unit, employer }))),
);
const answersOf = (given: Readonly<Record<string, Given>>) =>
  Object.fromEntries(Object.entries(given).map(([who, answer]) => [who, answer && anAnswer(answer)]));

describe('who is asked', () => {
  test('about an admission only the person, about a placement all three', () => {
    expect(ANSWERS_NEEDED).toEqual({ admission: ['person'], placement: [...ANSWERERS] });
    expect(Object.keys(ANSWERS_NEEDED).toSorted()).toEqual(RUN_PURPOSES.toSorted());
  });
});

describe('the status of a proposal', () => {
  test.each([
    [{ person: null, unit: null, employer: null }, 'proposed'],
    [{ person: 'yes', unit: null, employer: null }, 'proposed'],
    [{ person: 'yes', unit: 'yes', employer: null }, 'proposed'],
    [{ person: 'yes', unit: 'meet-first', employer: null }, 'meeting-asked'],
    [{ person: 'meet-first', unit: 'yes', employer: 'yes' }, 'meeting-asked'],
    [{ person: 'yes', unit: 'yes', employer: 'yes' }, 'agreed'],
    [{ person: 'no', unit: 'yes', employer: 'yes' }, 'refused'],
    [{ person: 'meet-first', unit: 'no', employer: null }, 'refused'],
  ] as const)('for a placement with %j is %s', (given, status) => {
    expect(proposalStatus(aProposal({ answers: answersOf(given) }))).toBe(status);
  });

  test('a no outweighs all, all yeses agree, a wish to meet outweighs silence: every combination', () => {
    for (const given of everyTrio) {
      const values: readonly Given[] = Object.values(given);
      const undecided = values.includes('meet-first') ? 'meeting-asked' : 'proposed';
      const withoutNo = values.every((answer) => answer === 'yes') ? 'agreed' : undecided;
      const expected = values.includes('no') ? 'refused' : withoutNo;
      expect([given, proposalStatus(aProposal({ answers: answersOf(given) }))]).toEqual([given, expected]);
    }
  });

  test('of an admission hangs on the person alone', () => {
    const expected = { yes: 'agreed', no: 'refused', 'meet-first': 'meeting-asked', unanswered: 'proposed' } as const;
    for (const given of everyTrio) {
      const proposal = aProposal({ purpose: 'admission', answers: answersOf(given) });
      expect([given, proposalStatus(proposal)]).toEqual([given, expected[given.person ?? 'unanswered']]);
    }
  });

  test.each(DECISION_VERDICTS)('once %s is that, whatever anybody has answered', (verdict) => {
    const decision = {
      id: idOf('decision'),
      verdict,
      reason: verdict === 'approved' ? 'fits-well' : 'other-plan',
      decidedBy: 'samordnare',
      decidedAt: AT,
    };
    const statuses = everyTrio.flatMap((given) =>
      RUN_PURPOSES.map((purpose) => proposalStatus(aProposal({ purpose, answers: answersOf(given), decision }))),
    );
    expect(new Set(statuses)).toEqual(new Set([verdict]));
  });

  test('takes every member of the closed set and no other', () => {
    const open = everyTrio.map((given) => proposalStatus(aProposal({ answers: answersOf(given) })));
    expect(new Set([...open, ...DECISION_VERDICTS])).toEqual(new Set(PROPOSAL_STATUSES));
  });
});
