import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectNoPersonalData, findPersonalData, logsIn, textsKept } from '../journeys/log-sink.ts';
import { candidateFiles, inventedPeople } from './invented-people.ts';
import { DATUM_KINDS, type DatumKind, isPersonalNumber, personalDataIn } from './personal-data.ts';

const KNOWN = inventedPeople(['Blåklockan vid ån']);
const JWT = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from('{"sub":"user-1"}').toString('base64url')}.c2lnbmF0dXJl`;

/** One line of each kind, in every form that people write it in; nobody in them but the first file's is in a file. */
const PLANTED: readonly (readonly [DatumKind, string])[] = [
  ['personal-number', '19850709-9805'],
  ['personal-number', '198507099805'],
  ['personal-number', '850709-9805'],
  ['personal-number', '8507099805'],
  ['personal-number', '850709+9805'],
  ['personal-number', '19850709 9805'],
  ['personal-number', '1985-07-09-9805'],
  ['personal-number', '19701063-2391'],
  // The file's own mistake: no checksum gives it away, but it is somebody's.
  ['personal-number', [...KNOWN.personalNumbers].find((number) => !isPersonalNumber(number)) ?? 'none'],
  ['phone', '070-123 45 67'],
  ['phone', '0701234567'],
  ['phone', '+46 70 123 45 67'],
  ['phone', '+46701234567'],
  ['phone', '0046701234567'],
  ['phone', '0270-123 45'],
  ['phone', '08-123 456 78'],
  ['phone', [...KNOWN.phones][0] ?? 'none'],
  ['e-mail', 'nagon.annan@example.se'],
  ['e-mail', 'Någon.Annan+1@mail.example.com'],
  ['birth-date', '1985-07-09'],
  ['birth-date', '2004-02-29'],
  ['name', 'Jörgen Persson'],
  ['name', 'persson, jörgen'],
  ['name', 'JÖRGEN PERSSON'],
  ['name', 'Jörgen'],
  ['name', 'Persson'],
  ['name', 'PERSSON'],
  ['name', 'Birgitta Ståhlberg'],
  ['name', 'Pia Hassan'],
  ['postcode', [...KNOWN.protectedPostcodes][0] ?? 'none'],
  ['postcode', ([...KNOWN.protectedPostcodes][0] ?? 'none').replace(/(?<=^...)/, ' ')],
  ['token', JWT],
  ['token', `Bearer ${'x'.repeat(40)}`],
  ['planted-text', 'blåklockan vid ån'],
];

const SURROUNDINGS: readonly (readonly [string, (datum: string) => string])[] = [
  ['alone', (datum) => datum],
  ['in a field', (datum) => JSON.stringify({ level: 'info', event: 'request-answered', text: datum })],
  ['in a sentence', (datum) => `Error: no such person (${datum}), try again\n    at file:///x.mjs:1:2`],
  ['in an address', (datum) => `GET /v1/candidates?q=${encodeURIComponent(datum)}&limit=1`],
  [
    'escaped',
    (datum) => `{"m":"${[...datum].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"}`,
  ],
  [
    'in a wrapped body',
    (datum) => `{"body":"${Buffer.from(`{"note":"about ${datum} and more"}`).toString('base64')}"}`,
  ],
];

describe('the sink finds', () => {
  test.each(SURROUNDINGS)('every kind of datum %s', (_where, wrap) => {
    const missed = PLANTED.filter(([kind, datum]) => !personalDataIn(wrap(datum), KNOWN).includes(kind));
    expect(missed).toEqual([]);
  });

  test('every kind at least once', () => {
    expect(new Set(PLANTED.map(([kind]) => kind))).toEqual(new Set(DATUM_KINDS));
  });

  test('everybody in every file of candidates: no row of theirs could be printed', () => {
    expect(candidateFiles().length).toBeGreaterThanOrEqual(4);
    for (const names of [KNOWN.givenNames, KNOWN.familyNames]) expect(names.size).toBeGreaterThan(20);
    expect(KNOWN.personalNumbers.size).toBeGreaterThan(200);
    expect(KNOWN.phones.size).toBeGreaterThan(100);
    expect(KNOWN.protectedPostcodes.size).toBeGreaterThan(0);
  });
});

describe('the sink takes no offence at', () => {
  test.each([
    [
      'a line of the log',
      '{"time":"2026-12-01T08:00:00.000Z","level":"info","service":"matcher","status":201,"ok":true}',
    ],
    ['a measurement', '{"_aws":{"Timestamp":1796112000123,"CloudWatchMetrics":[]},"RunDurationMs":12345.678}'],
    ['an id of ours', '{"candidateId":"cand_01jd4z8w6k3v9r5t2q7n0m1pxy","unitId":"unit_aldreboende-solgarden"}'],
    ['an id of a message', '{"messageId":"19850709-9805-4123-8123-070123456789"}'],
    ['an id of a request', '{"correlationId":"x-Sara_1Persso="}'],
    ['a trace', '{"traceId":"1-19850709-980512345678901234567890"}'],
    ['a hash', `{"resultHash":"${'8507099805'.repeat(6)}abcd"}`],
    ['a user', '{"actor":"user-9w3kd6r1xp"}'],
    ['a frame', 'at Xe (file:///var/task/index.mjs:31:82693) | at Ali (node:internal/process/task_queues:105:5)'],
    ['a package', 'at /srv/node_modules/@aws-sdk/client.mjs:1:2'],
    ['an organisation’s number', '{"organisationNumber":"212000-2353"}'],
    ['a course day', '{"startDate":"2027-01-11"}'],
    ['a moment in seconds', '{"expiresAt":1796198400}'],
    ['a small word that is a name too', 'the liv of my per'],
  ])('%s', (_what, line) => {
    expect(personalDataIn(line, KNOWN)).toEqual([]);
  });
});

test('a number of JSON is found as well as a text', () => {
  expect(personalDataIn('{"number":198507099805,"next":[8507099805]}', KNOWN)).toEqual(['personal-number']);
});

describe('what is found', () => {
  const texts = [
    { where: 'IntakeApiFunction.log', lines: ['{}', '{"x":"19850709-9805"}'] },
    { where: 'audit', lines: ['{"x":"nagon@example.se"}'] },
  ];

  test('is told by place, line and kind', () => {
    expect(findPersonalData(texts, KNOWN)).toEqual([
      { where: 'IntakeApiFunction.log', line: 2, kind: 'personal-number' },
      { where: 'audit', line: 1, kind: 'e-mail' },
    ]);
    expect(() => expectNoPersonalData(texts, KNOWN)).toThrow(
      /IntakeApiFunction\.log:2 personal-number\n {2}audit:1 e-mail/,
    );
  });

  test.each(PLANTED)('never repeats the datum: %s', (_kind, datum) => {
    const said = (() => {
      try {
        expectNoPersonalData([{ where: 'a.log', lines: [datum] }], KNOWN);
        return 'nothing';
      } catch (error) {
        return String(error);
      }
    })();
    expect(said).toContain('a.log:1');
    expect(said).not.toContain(datum);
  });

  test('may be of a kind that is at home there', () => {
    const lines = ['{"availableFrom":"1999-01-01"}'];
    expect(findPersonalData([{ where: 'core', lines, except: ['birth-date'] }], KNOWN)).toEqual([]);
    expect(findPersonalData([{ where: 'core', lines }], KNOWN)).toHaveLength(1);
  });

  test('is nothing in what holds nothing', () => {
    expect(() => expectNoPersonalData([{ where: 'a.log', lines: ['', '{}'] }], KNOWN)).not.toThrow();
  });
});

describe('the logs of a cloud', () => {
  test('are read file by file, also those set aside, and nothing else in the folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'logs-'));
    try {
      await writeFile(join(folder, 'IntakeApiFunction.log'), `{}\nError: 19850709-9805\n    at file:///x.mjs:1:2\n`);
      await writeFile(join(folder, 'MatcherFunction.log.1'), 'Sara Björklund');
      await writeFile(join(folder, 'people.csv'), 'Sara Björklund');
      const logs = await logsIn(folder);
      expect(logs.map(({ where }) => where)).toEqual(['IntakeApiFunction.log', 'MatcherFunction.log.1']);
      expect(findPersonalData(logs, KNOWN)).toEqual([
        { where: 'IntakeApiFunction.log', line: 2, kind: 'personal-number' },
        { where: 'MatcherFunction.log.1', line: 1, kind: 'name' },
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('what is kept besides logs', () => {
  const nothing = { messagesIn: async () => [], auditOf: async () => [], storedItems: async () => [] };
  const entry = { at: '2026-12-01T08:00:00.000Z', actor: 'system', deed: 'x', subjects: [], correlationId: 'c' };
  const found = async (inside: Partial<Parameters<typeof textsKept>[0]>) =>
    findPersonalData(await textsKept({ ...nothing, ...inside }, ['IntakeQueueDeadLetters']), KNOWN);

  test.each([
    ['a message', { messagesIn: async () => ['{"name":"Sara Björklund"}'] }, 'IntakeQueueDeadLetters', 'name'],
    [
      'an audit entry',
      { auditOf: async () => [{ ...entry, facts: { note: 'nagon@example.se' } }] },
      'audit of soderhamn',
      'e-mail',
    ],
    ['a stored document', { storedItems: async () => ['{"d":{"phone":"070-123 45 67"}}'] }, 'core table', 'phone'],
    ['a stored birth date', { storedItems: async () => ['{"birthDate":"1985-07-09"}'] }, 'core table', 'birth-date'],
  ] as const)('is searched: %s', async (_what, inside, where, kind) => {
    expect((await found(inside))[0]).toEqual({ where, line: 1, kind });
  });

  test.each([
    ['when a mark expires', { storedItems: async () => ['{"expiresAt":8507099805}'] }],
    ['since when somebody is enrolled', { storedItems: async () => ['{"enrolledSince":"1999-07-09"}'] }],
    ['ids', { auditOf: async () => [{ ...entry, facts: { row: 7 } }] }],
    ['nothing', {}],
  ])('may hold %s', async (_what, inside) => {
    expect(await found(inside)).toEqual([]);
  });
});
