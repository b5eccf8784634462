import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { getRun, orderRun } from '@gruppstart/contracts/routes/cohorts-routes';
import { DEMO_ROLES, planStarts, sendCandidates, statePlaces } from '@gruppstart/local/demo/demo-steps';
import { giveDemoGrants } from '@gruppstart/local/demo/give-demo-grants';
import { DEMO_BEGINS, rememberLogins } from '@gruppstart/local/demo/run-demo';
import { startLaptopCloud } from '@gruppstart/local/laptop-cloud';
import { type Bench, forInformation, type Row } from '../bench.ts';
import { copyAssembly } from '../cloud/copy-assembly.ts';
import { type Meter, type Metered, startMeter } from './meter.ts';

const CANDIDATES = 1_000;
const CANDIDATE_FILE = new URL('../../packages/local/src/demo/data/kandidater-soderhamn-2027-01.csv', import.meta.url);
/** Positions in the demo's file. */
const COLUMN = { reference: 0, personalNumber: 1, birthDate: 2 } as const;

/**
 * A file of so many people: the demo's rows again and again, each time somebody else, known by reference and day of
 * birth instead of a number. Rows that the demo refuses are left out.
 */
const manyCandidates = async (refusedLines: ReadonlySet<number>): Promise<Uint8Array<ArrayBuffer>> => {
  const lines = (await readFile(CANDIDATE_FILE, 'latin1')).split(/\r?\n/u).filter((line) => line !== '');
  const [header = '', ...rows] = lines;
  const taken = rows.filter((_, index) => !refusedLines.has(index + 2));
  const people = Array.from({ length: CANDIDATES }, (_, index) => {
    const cells = (taken[index % taken.length] ?? '').split(';');
    cells[COLUMN.reference] = `K-${String(index).padStart(5, '0')}`;
    cells[COLUMN.personalNumber] = '';
    cells[COLUMN.birthDate] = `19${70 + (index % 29)}-0${1 + (index % 9)}-1${index % 10}`;
    return cells.join(';');
  });
  return new Uint8Array(Buffer.from([header, ...people].join('\r\n'), 'latin1'));
};

const sum = (reading: ReadonlyMap<string, Metered>, of: (metered: Metered) => number): number =>
  [...reading.values()].reduce((total, metered) => total + of(metered), 0);

const rowsOf = (phase: string, service: string, reading: ReadonlyMap<string, Metered>): readonly Row[] => {
  const id = (figure: string): string => `cost.${phase}.${service}.${figure}`;
  const operations = [...reading]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { requests }]) => `${requests} ${name}`);
  const kilobytes = sum(reading, ({ requestBytes, answerBytes }) => requestBytes + answerBytes) / 1000;
  const writeUnits = sum(reading, (metered) => metered.writeUnits);
  return [
    forInformation(
      id('requests'),
      sum(reading, ({ requests }) => requests),
      'requests',
      operations.join(', '),
    ),
    forInformation(id('bytes'), kilobytes, 'kB', 'both ways'),
    ...(writeUnits === 0
      ? []
      : [forInformation(id('write-units'), writeUnits, 'write units', 'as on-demand tables count')]),
  ];
};

export const costBench: Bench = {
  name: 'cost',
  title: `what ${CANDIDATES} candidates ask of DynamoDB, KMS and S3: a file of them, then a run`,
  run: async ({ tell, folder }) => {
    const assemblyDirectory = join(folder, 'cloud-assembly');
    await copyAssembly(assemblyDirectory, tell);
    const meters = new Map<string, Meter>();
    const metered = async (service: string, target: string): Promise<string> => {
      const meter = await startMeter(target);
      meters.set(service, meter);
      return meter.url;
    };
    const cloud = await startLaptopCloud({
      dataDir: join(folder, 'data'),
      assemblyDirectory,
      at: Date.parse(DEMO_BEGINS),
      build: false,
      quiet: true,
      between: async ({ dynamodb, sqs, s3, kms }) => ({
        dynamodb: await metered('dynamodb', dynamodb),
        // Queues are called by their own addresses; a file and a run are a handful of messages.
        sqs,
        s3: await metered('s3', s3),
        kms: await metered('kms', kms),
      }),
    });
    const reading = (phase: string): readonly Row[] =>
      [...meters].flatMap(([service, meter]) => rowsOf(phase, service, meter.read()));
    try {
      await giveDemoGrants(cloud);
      const as = rememberLogins(cloud);
      const demo = await sendCandidates(as, new Uint8Array(await readFile(CANDIDATE_FILE)));
      const refused = new Set(demo.rows.filter(({ outcome }) => outcome === 'rejected').map(({ line }) => line));
      await statePlaces(as);
      const [cohort] = await planStarts(as, [{ name: 'Gruppstart', startDate: '2027-01-11', seats: 16 }]);
      if (!cohort) throw new Error('No start was planned');
      reading('');

      tell(`a file of ${CANDIDATES}`);
      const { batch } = await sendCandidates(as, await manyCandidates(refused));
      if (batch.counts?.created !== CANDIDATES)
        throw new Error(`Of the file, ${batch.counts?.created} became candidates`);
      const intake = reading('batch');

      tell('a run');
      const coordinator = await as(DEMO_ROLES.coordinator, 'cohorts');
      const ordered = await coordinator.call(orderRun, {
        body: { purpose: 'admission', cohortIds: [cohort.id], horizon: 0 },
      });
      const params = { runId: ordered.body.id };
      for (let status = 'working'; status === 'working'; await pause(500)) {
        status = (await coordinator.call(getRun, { params })).body.status;
      }
      return [...intake, ...reading('run')];
    } finally {
      await cloud.stop();
      for (const meter of meters.values()) await meter.close();
    }
  },
};
