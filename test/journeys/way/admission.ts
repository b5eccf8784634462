import { createHash } from 'node:crypto';
import {
  getCallList,
  listPlaceOutcomes,
  type OutcomeView,
  type RunView,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { compareRuns, getOutcome } from '@gruppstart/contracts/routes/explanation-routes';
import { TenantId } from '@gruppstart/domain/shared/ids';
import { canonicalJson } from '@gruppstart/matching/canonical-json';
import { replaySnapshot } from '@gruppstart/usecases/matching/make-run';
import { blobKeys } from '@gruppstart/usecases/ports/senders';
import { beforeAll, describe, expect, test } from 'vitest';
import { ANNA, finishRun, proposalsOf } from '../small-town.ts';
import { allCandidates, allPlaces, outcomesOf, type Story } from './story.ts';

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A run for both starts: who begins which, and why. */
export const admissionJourney = (story: Story): void => {
  const { environment, as } = story;
  const { inside } = environment;

  describe('an admission', () => {
    let run: RunView;
    let candidateIds: readonly string[] = [];
    beforeAll(async () => {
      const cohortIds = story.cohorts.map(({ id }) => id);
      run = await finishRun(as, 'admission', cohortIds);
      story.outcomes = await outcomesOf(story, run.id);
      story.proposals = await proposalsOf(as, run.id);
      candidateIds = (await allCandidates(story)).map(({ id }) => id);
    });

    test('gives every candidate an outcome: a proposal, or reasons why not', () => {
      const { outcomes, proposals } = story;
      expect(run.status).toBe('finished');
      expect(outcomes.map(({ outcome }) => outcome.candidateId).toSorted()).toEqual(candidateIds.toSorted());
      const unplaced = outcomes.flatMap(({ outcome }) => (outcome.kind === 'unplaced' ? [outcome] : []));
      expect(unplaced.length + proposals.length).toBe(candidateIds.length);
      expect(unplaced.every(({ reasons }) => reasons.length > 0)).toBe(true);
      expect(run.result?.summary).toMatchObject({
        candidates: candidateIds.length,
        proposed: proposals.length,
        unplaced: unplaced.length,
      });
      expect(proposals.length).toBeGreaterThan(20);
    });

    test('proposes nobody twice and fills no place and no start over its seats', async () => {
      const { cohorts, proposals } = story;
      expect(new Set(proposals.map(({ candidateId }) => candidateId)).size).toBe(proposals.length);
      for (const { id, seats } of cohorts) {
        expect(proposals.filter(({ cohortId }) => cohortId === id).length).toBeLessThanOrEqual(seats);
      }
      const coordinator = await as(ANNA, 'cohorts');
      const places = (await coordinator.call(listPlaceOutcomes, { params: { runId: run.id } })).body.items;
      for (const place of places) {
        expect(place.filled).toBe(proposals.filter(({ placeId }) => placeId === place.placeId).length);
        expect(place.filled).toBeLessThanOrEqual(place.seats - place.takenBefore);
      }
      // Drafts from ads and closed places take no part.
      const open = (await allPlaces(story)).filter(({ status }) => status === 'open');
      expect(places.map(({ placeId }) => placeId).toSorted()).toEqual(open.map(({ id }) => id).toSorted());
    });

    test('explains every score by parts that add up to it, in both languages', () => {
      for (const { outcome, explanation } of story.proposals) {
        expect(sum(outcome.parts.map(({ points }) => points))).toBe(outcome.points);
        expect(sum(outcome.parts.map(({ maxPoints }) => maxPoints))).toBe(outcome.maxPoints);
        expect(outcome.verdicts.some(({ verdict, excludes }) => verdict === 'no' && excludes)).toBe(false);
        expect(explanation.sv).toContain('Poäng:');
        expect(explanation.en).toContain('Points:');
      }
      for (const { explanation } of story.outcomes) expect(explanation.sv).not.toBe(explanation.en);
    });

    test('tells the person in easy words, and names no place as promised', async () => {
      const coordinator = await as(ANNA, 'cohorts');
      for (const kind of ['proposed', 'unplaced'] as const) {
        const candidateId = story.outcomes.find(({ outcome }) => outcome.kind === kind)?.outcome.candidateId ?? '';
        const { body } = await coordinator.call(getOutcome, { params: { runId: run.id, candidateId } });
        expect(body).toMatchObject(story.outcomes.find(({ outcome }) => outcome.candidateId === candidateId) ?? {});
        expect(body.personText.sv).toMatch(kind === 'proposed' ? /ingen plats är lovad/ : /inget förslag/);
        expect(body.personText.en).toMatch(/people decide/);
        expect(`${body.personText.sv}${body.personText.en}`).not.toMatch(/poäng|points|_/);
      }
    });

    test('compared with itself comes out the same', async () => {
      const coordinator = await as(ANNA, 'cohorts');
      const { body } = await coordinator.call(compareRuns, { params: { runId: run.id, otherRunId: run.id } });
      expect([body.causes, body.people, body.places]).toEqual([[], [], []]);
      expect(body.counts.same).toBe(candidateIds.length);
    });

    test('says what the trade is, what a place costs and what a question is worth', async () => {
      const coordinator = await as(ANNA, 'cohorts');
      expect(run.explanation?.sv).toMatch(/^Start 11 januari 2027: \d+ placerade, passning \d+ %/);
      const { items: places } = (await coordinator.call(listPlaceOutcomes, { params: { runId: run.id } })).body;
      expect(places.some(({ explanation }) => /stänger ute \d+/.test(explanation.sv))).toBe(true);
      const { items: questions } = (await coordinator.call(getCallList, { params: { runId: run.id } })).body;
      for (const { gain } of questions)
        expect(gain.sv).toMatch(/^Ett (?:ja|svar som passar) .+; ett (?:nej|som inte passar) .+\.$/);
    });

    test('names the place nearest to somebody without a proposal, and what is missing there', () => {
      const nearest = story.outcomes.flatMap(({ outcome }) =>
        outcome.kind === 'unplaced' && outcome.nearest ? [outcome.nearest] : [],
      );
      expect(nearest.length).toBeGreaterThan(0);
      for (const { points, maxPoints } of nearest) expect(points).toBeLessThanOrEqual(maxPoints);
      expect(nearest.some(({ missing }) => missing.length > 0)).toBe(true);
    });

    test('lists the questions whose answers would open most places', async () => {
      const coordinator = await as(ANNA, 'cohorts');
      const { items } = (await coordinator.call(getCallList, { params: { runId: run.id } })).body;
      expect(items.length).toBeGreaterThan(0);
      expect(items.map(({ rank }) => rank)).toEqual(items.map((_, index) => index + 1));
      for (const { question, candidateId } of items) {
        expect(question.sv).toMatch(/^Fråga om /);
        expect(question.en).toMatch(/^Ask about /);
        expect(candidateIds).toContain(candidateId);
      }
    });

    test('opens the seed that the next start committed itself to before anybody had ordered a run', () => {
      const [next] = story.cohorts;
      expect(sha256(run.result?.seed ?? '')).toBe(next?.seedCommitment);
      expect(run.result?.certificate.ok).toBe(true);
    });

    test.skipIf(inside === null)('made again from its stored snapshot gives the same bytes', async () => {
      const stored = await inside?.blobs.get(
        blobKeys.snapshot(TenantId.parse('soderhamn'), run.id, run.snapshotHash ?? ''),
      );
      if (!stored) throw new Error('The run has no snapshot');
      expect(sha256(stored)).toBe(run.snapshotHash);
      const snapshot = Buffer.from(stored).toString('utf8');
      expect(snapshot).not.toMatch(/givenName|personalNumber|postcode|Measure|protect/i);
      const again = replaySnapshot(snapshot);
      expect(sha256(again.canonical)).toBe(run.result?.resultHash);
      const inOrder = (list: readonly OutcomeView['outcome'][]) =>
        canonicalJson(list.toSorted((a, b) => (a.candidateId < b.candidateId ? -1 : 1)));
      expect(inOrder(again.result.candidates)).toBe(inOrder(story.outcomes.map(({ outcome }) => outcome)));
    });
  });
};
