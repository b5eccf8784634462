import { describe, expect, test } from 'vitest';
import { AT, idOf } from '../test-support/builders.ts';
import {
  decideOnRequest,
  type KnownCost,
  NamedRequest,
  REQUEST_REASONS,
  REQUEST_REASONS_FOR,
  REQUEST_STATUSES,
  REQUEST_VERDICTS,
  RequestDecision,
  type RequestReason,
  type RequestVerdict,
  requestStatus,
} from './named-request.ts';

const MANAGER = 'enhetschef';
const COORDINATOR = 'samordnare';
const COSTS: readonly KnownCost[] = ['unknown', 'impossible', 'known'];

const decision = (verdict: RequestVerdict, reason: RequestReason, decidedBy = COORDINATOR) =>
  RequestDecision.parse({ verdict, reason, costShown: null, cohortId: null, decidedBy, decidedAt: AT });

const request = (over: Readonly<Record<string, unknown>> = {}) =>
  NamedRequest.parse({
    id: idOf('namedRequest'),
    unitId: 'unit_norrangen',
    placeId: idOf('place'),
    candidateId: idOf('candidate'),
    requestedBy: MANAGER,
    requestedAt: AT,
    costAskedBy: null,
    withdrawnAt: null,
    decision: null,
    ...over,
  });

const granted = decision('granted', 'worth-the-cost');
const refused = decision('refused', 'other-plan');

describe('the status of a named request', () => {
  const all = [
    [null, null, 'open'],
    [null, granted, 'granted'],
    [null, refused, 'refused'],
    [AT, null, 'withdrawn'],
    [AT, granted, 'withdrawn'],
  ] as const;

  test.each(all)('taken back at %s and with the decision %j is its own', (withdrawnAt, decided, status) => {
    expect(requestStatus(request({ withdrawnAt, decision: decided }))).toBe(status);
  });

  test('is one of those that are named, and each of them occurs', () => {
    expect(new Set(all.map(([, , status]) => status))).toEqual(new Set(REQUEST_STATUSES));
  });
});

describe('a decision on a named request', () => {
  test('is by somebody else, without conflict of interest, for a reason of its verdict, and grants on a known cost', () => {
    for (const verdict of REQUEST_VERDICTS) {
      for (const reason of REQUEST_REASONS) {
        for (const decidedBy of [COORDINATOR, MANAGER]) {
          for (const noConflict of [true, false]) {
            for (const cost of COSTS) {
              const made = decision(verdict, reason, decidedBy);
              const before = request();
              const decided = decideOnRequest(before, made, noConflict, cost);
              const isLawful =
                decidedBy !== MANAGER &&
                noConflict &&
                REQUEST_REASONS_FOR[verdict].includes(reason) &&
                (verdict === 'refused' || cost === 'known');
              expect([made, noConflict, cost, decided.ok]).toEqual([made, noConflict, cost, isLawful]);
              if (decided.ok) expect(decided.value).toEqual({ ...before, decision: made });
            }
          }
        }
      }
    }
  });

  test.each([
    [decision('granted', 'worth-the-cost', MANAGER), true, 'known', 'four-eyes'],
    [granted, false, 'known', 'conflict-of-interest'],
    [decision('granted', 'other-plan'), true, 'known', 'reason-does-not-fit'],
    [decision('refused', 'worth-the-cost'), true, 'unknown', 'reason-does-not-fit'],
    [granted, true, 'unknown', 'cost-unknown'],
    [granted, true, 'impossible', 'not-possible'],
  ] as const)('%j, declared %s, at a cost that is %s, is refused as %s', (made, noConflict, cost, error) => {
    expect(decideOnRequest(request(), made, noConflict, cost)).toEqual({ ok: false, error });
  });

  test('is made once, and not after the request was taken back', () => {
    for (const closed of [{ decision: granted }, { decision: refused }, { withdrawnAt: AT }]) {
      expect(decideOnRequest(request(closed), granted, true, 'known')).toEqual({ ok: false, error: 'request-closed' });
    }
  });

  test('has every reason under one verdict', () => {
    expect(Object.values(REQUEST_REASONS_FOR).flat().toSorted()).toEqual([...REQUEST_REASONS].toSorted());
  });
});
