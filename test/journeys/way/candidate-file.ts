import { readFileSync } from 'node:fs';
import { getCandidate, listBatches, sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { batchFile, SODERHAMN_FILE, someRows } from '../candidate-files.ts';
import { ask, expectProblem } from '../requests.ts';
import { ANNA, KARIN, takeBatch } from '../small-town.ts';
import { allCandidates, first, type Story } from './story.ts';

const Expected = z.object({
  [SODERHAMN_FILE]: z.object({
    rows: z.int(),
    accepted: z.int(),
    rejected: z.array(z.object({ row: z.int(), column: z.string(), code: z.string() })),
    warnings: z.array(z.object({ row: z.int(), column: z.string() })),
    withoutNumber: z.array(z.int()),
    protectedIdentity: z.array(z.int()),
  }),
});
const expected = Expected.parse(
  JSON.parse(readFileSync(new URL('../../fixtures/batches/expected.json', import.meta.url), 'utf8')),
)[SODERHAMN_FILE];

/** The file comes in, and again, and from another office. */
export const candidateFileJourney = (story: Story): void => {
  const { environment, as } = story;
  const { inside } = environment;

  describe('the caseworker’s file', () => {
    let sent: Awaited<ReturnType<typeof takeBatch>>;
    beforeAll(async () => {
      sent = await takeBatch(as, KARIN, batchFile(SODERHAMN_FILE));
    });
    const taken = () => sent.rows.flatMap((row) => (row.outcome === 'rejected' ? [] : [row]));

    test('ends row by row as its sender expects', () => {
      expect(sent.rows.map(({ line }) => line)).toEqual(Array.from({ length: expected.rows }, (_, index) => index + 2));
      expect(sent.batch.counts).toEqual({
        rows: expected.rows,
        created: expected.accepted,
        updated: 0,
        unchanged: 0,
        rejected: expected.rejected.length,
        warnings: expected.warnings.length,
      });
      expect(sent.batch.accepted).toBe(expected.accepted);
    });

    test('names line, column and code of every row that was not taken, and never the value', () => {
      const errors = sent.rows.flatMap((row) => (row.outcome === 'rejected' ? [row.error] : []));
      expect(errors.map(({ line, column, code }) => ({ row: line, column, code }))).toEqual(
        expected.rejected.map(({ row, column, code }) => ({ row, column, code })),
      );
      const shown = JSON.stringify(errors);
      for (const value of ['2027-02-31', '19711110', '250', 'flytande', '19670113', 'AF-101']) {
        expect(shown).not.toContain(value);
      }
    });

    test('warns of the one cell that is not kept, without echoing it', () => {
      const warnings = taken().flatMap((row) => row.warnings);
      expect(warnings.map(({ line, column }) => ({ row: line, column }))).toEqual(
        expected.warnings.map(({ row, column }) => ({ row, column })),
      );
      expect(first(warnings).code).toBe('support-need-not-kept');
      expect(JSON.stringify(sent.rows)).not.toContain('ryggproblem');
    });

    test('makes a person of everybody who was taken, the one without a number too', async () => {
      expect((await allCandidates(story)).map(({ id }) => id).toSorted()).toEqual(
        taken()
          .map(({ candidateId }) => candidateId)
          .toSorted(),
      );
      const caseworker = await as(KARIN, 'intake');
      const [line] = expected.withoutNumber;
      const row = first(taken().filter((each) => each.line === line));
      const { person, referrals } = (await caseworker.call(getCandidate, { params: { candidateId: row.candidateId } }))
        .body;
      expect(person?.personalNumber).toBeNull();
      expect(person?.birthDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(referrals.map(({ id, reference }) => ({ id, reference }))).toEqual([
        { id: row.referralId, reference: 'AF-101-0061' },
      ]);
    });

    test('keeps neither contact nor postcode of those with protected identity, and of nobody else withholds it', async () => {
      const withheld = taken().filter(({ contactWithheld }) => contactWithheld);
      expect(withheld.map(({ line }) => line)).toEqual(expected.protectedIdentity);
      const protectedIds = (await allCandidates(story)).filter(({ isProtected }) => isProtected).map(({ id }) => id);
      expect(protectedIds.toSorted()).toEqual(withheld.map(({ candidateId }) => candidateId).toSorted());
      const coordinator = await as(ANNA, 'intake');
      for (const candidateId of protectedIds) {
        const { candidate, person } = (await coordinator.call(getCandidate, { params: { candidateId } })).body;
        expect([candidate.profile.postcode, person?.phone, person?.email]).toEqual([null, null, null]);
        expect(person?.familyName).toMatch(/./);
      }
    });

    test('changes nothing and nobody when it is sent again', async () => {
      const before = await allCandidates(story);
      const again = await takeBatch(as, KARIN, batchFile(SODERHAMN_FILE));
      expect(again.batch.counts).toEqual({ ...sent.batch.counts, created: 0, unchanged: expected.accepted });
      expect(await allCandidates(story)).toEqual(before);
      const idsByLine = (rows: typeof sent.rows) =>
        rows.map((row) => (row.outcome === 'rejected' ? row.error.code : [row.candidateId, row.referralId]));
      expect(idsByLine(again.rows)).toEqual(idsByLine(sent.rows));
    });

    test('finds the same people when another office sends them, as referrals of its own', async () => {
      const lines = [9, 10, 65];
      const other = await takeBatch(as, 'yusuf.handlaggare', someRows(lines));
      const known = taken().filter(({ line }) => lines.includes(line));
      expect(other.rows.map((row) => (row.outcome === 'rejected' ? null : [row.outcome, row.candidateId]))).toEqual(
        known.map(({ candidateId }) => ['updated', candidateId]),
      );
      expect(await allCandidates(story)).toHaveLength(expected.accepted);
      const params = { candidateId: first(known).candidateId };
      const referralsSeenBy = async (userName: string) =>
        (await (await as(userName, 'intake')).call(getCandidate, { params })).body.referrals.map(
          ({ officeId }) => officeId,
        );
      expect(await referralsSeenBy('yusuf.handlaggare')).toEqual(['af-103']);
      expect(await referralsSeenBy(KARIN)).toEqual(['af-101']);
      expect((await referralsSeenBy(ANNA)).toSorted()).toEqual(['af-101', 'af-103']);
    });

    test('may be tabs in UTF-8 with a byte-order mark from another municipality, whose people stay there', async () => {
      const skovde = await takeBatch(as, 'sara.handlaggare', batchFile('kandidater-skovde-2027-01.txt'));
      expect(skovde.batch.counts).toMatchObject({ rows: 60, created: 60, rejected: 0 });
      expect(await allCandidates(story)).toHaveLength(expected.accepted);
    });

    test('is refused whole when a column holds what may not be held, and nothing of it is kept', async () => {
      const caseworker = await as(KARIN, 'intake');
      const listed = async () => [(await caseworker.call(listBatches, { query: {} })).body, await allCandidates(story)];
      const before = await listed();
      const items = await inside?.storedItems();
      const answer = await ask(environment, KARIN, sendBatch, { body: batchFile('kandidater-otillaten-kolumn.csv') });
      expect(expectProblem(answer, 'file-refused').errors.map(({ pointer }) => pointer)).toEqual(['Diagnos']);
      expect(await listed()).toEqual(before);
      expect(await inside?.storedItems()).toEqual(items);
    });
  });
};
