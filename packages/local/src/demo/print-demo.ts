import { askedText } from './print-asked.ts';
import type { DemoStory } from './run-demo.ts';

/** The demo in figures, one object. */
export const demoFigures = (story: DemoStory, durationMs: number) => {
  const unplaced = story.outcomes.filter(({ outcome }) => outcome.kind === 'unplaced');
  return {
    rows: story.batch.rows,
    accepted: story.batch.accepted ?? 0,
    rejected: story.batch.counts?.rejected ?? 0,
    places: story.places,
    seats: story.seats,
    proposed: story.outcomes.length - unplaced.length,
    unplaced: unplaced.length,
    unplacedWithReason: unplaced.filter(({ outcome }) => outcome.kind === 'unplaced' && outcome.reasons.length > 0)
      .length,
    decided: story.approved + story.declined + story.placed,
    employed: story.employed,
    questions: story.questions.length,
    frontier: story.firstAdmission.result?.summary.frontier ?? [],
    whatIfs: [...Object.values(story.asked), story.named.whatIf].map(({ question, status }) => ({
      kind: question.kind,
      status,
    })),
    namedRequest: { status: story.named.request.status, others: story.named.request.cost?.others ?? null },
    replayedTheSame: story.asked.replay.result?.sameAsRun ?? false,
    movedByTheCall: story.differences.people.length,
    fairnessAlarm: story.fairness.alarm,
    cohorts: story.cohorts.map(({ startDate, seatsTaken, seats, courseDays }) => ({
      start: startDate,
      members: seatsTaken,
      seats,
      courseDays: courseDays.length,
    })),
    certificate: story.admission.result?.certificate ?? null,
    durationMs: Math.round(durationMs),
  };
};

const WEEKDAYS = ['sön', 'mån', 'tis', 'ons', 'tor', 'fre', 'lör'] as const;
const weekday = (day: string): string => WEEKDAYS[new Date(`${day}T12:00:00Z`).getUTCDay()] ?? '';

const row = (cells: readonly (string | number)[], widths: readonly number[]): string =>
  `  ${cells.map((cell, index) => String(cell).padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd();

/** One sentence a line: the report's are long. */
const sentencesOf = (text: string): readonly string[] => text.split(/(?<=\.) (?=\p{Lu})/u);

const QUESTIONS_SHOWN = 8;

/** Where to go on from here; the section and the command are in the repository's README. */
export const DEMO_CLOSING =
  'Vill du prova själv: "npm start -- --at 2026-12-01" och sedan README, avsnittet "On this laptop".';

type Outcome = DemoStory['outcomes'][number]['outcome'];
type ReasonKind = Extract<Outcome, { kind: 'unplaced' }>['reasons'][number]['kind'];

const REASON_NAMES: Readonly<Record<ReasonKind, string>> = {
  'not-available-by-start': 'kan inte börja till någon av starterna',
  'no-open-place': 'ingen plats är öppen',
  'no-eligible-place': 'ingen plats passar',
  'ruled-out': 'paren är bortvalda',
  'under-minimum-fit': 'passar för lite',
  'seats-taken': 'platserna som passar är tagna',
  'cohort-full': 'arbete finns som passar, men gruppen är full',
  'limit-chosen': 'arbete finns som passar, men fler skulle inte föreslås',
  'other-planning': 'arbete finns som passar, men det går inte ihop med starten',
};

/** How everybody fared: proposed to which start, or the most telling reason why not. */
const outcomeTable = (story: DemoStory): readonly string[] => {
  const startOf = new Map(story.cohorts.map(({ id, startDate }) => [id as string, startDate]));
  const lineOf = (outcome: Outcome): string => {
    if (outcome.kind === 'proposed') return `föreslagen till starten ${startOf.get(outcome.cohortId) ?? ''}`;
    const [first] = outcome.reasons;
    return `utan förslag: ${first ? REASON_NAMES[first.kind] : 'skäl saknas'}`;
  };
  const counts = Map.groupBy(story.outcomes, ({ outcome }) => lineOf(outcome));
  return [...counts]
    .toSorted(([a], [b]) => a.localeCompare(b, 'sv'))
    .map(([line, people]) => row([people.length, line], [4]));
};

/** The richest of the proposals: the one with most criteria behind it. */
const richestProposal = (story: DemoStory) =>
  story.outcomes
    .filter(({ outcome }) => outcome.kind === 'proposed')
    .toSorted((a, b) => b.explanation.sv.length - a.explanation.sv.length)[0];

/** What a coordinator would want to read, in Swedish. */
export const demoText = (story: DemoStory, durationMs: number): string => {
  const figures = demoFigures(story, durationMs);
  const example = richestProposal(story);
  const without = story.outcomes.find(({ outcome }) => outcome.kind === 'unplaced');
  const [cohort] = story.cohorts;
  return [
    '',
    'SÅ GICK DET',
    row(['Rader i filen', figures.rows], [34]),
    row(['  tagna', figures.accepted], [34]),
    row(['  inte tagna', figures.rejected], [34]),
    row(['Platser', `${figures.places} med ${figures.seats} säten`], [34]),
    row(['Föreslagna till en gruppstart', figures.proposed], [34]),
    row(['Utan förslag, alla med skäl', `${figures.unplaced} (${figures.unplacedWithReason} med skäl)`], [34]),
    row(['Beslut', figures.decided], [34]),
    row(['Anställda', figures.employed], [34]),
    '',
    'ALLAS UTFALL I ANTAGNINGEN',
    ...outcomeTable(story),
    '',
    'RADER SOM INTE TOGS',
    ...story.refusedRows.map(({ line, column, why }) => row([`rad ${line}`, column ?? '', why], [8, 24])),
    '',
    'GRUPPSTARTER',
    ...figures.cohorts.map(({ start, members, seats, courseDays }) =>
      row([start, `${members} av ${seats} säten`, `${courseDays} kursdagar`], [12, 18]),
    ),
    '',
    'ETT FÖRSLAG, HELA FÖRKLARINGEN',
    ...(example?.explanation.sv ?? '').split('\n').map((line) => `  ${line}`.trimEnd()),
    '',
    'NÅGON UTAN FÖRSLAG',
    ...(without?.explanation.sv ?? '').split('\n').map((line) => `  ${line}`.trimEnd()),
    '',
    `RINGLISTAN (${figures.questions} frågor, de ${Math.min(QUESTIONS_SHOWN, figures.questions)} viktigaste)`,
    ...story.questions
      .slice(0, QUESTIONS_SHOWN)
      .flatMap(({ rank, candidateId, question, gain }) => [
        row([`${rank}.`, candidateId, question.sv], [3, 31]),
        row(['', gain.sv], [3]),
      ]),
    '',
    ...askedText(story),
    '',
    'LIKABEHANDLINGSRAPPORTEN FÖR ANTAGNINGEN',
    ...story.fairness.run.dimensions.flatMap(({ text }) => sentencesOf(text.sv).map((line) => row([line], []))),
    '',
    `INTRODUKTIONEN, ${cohort?.name ?? ''}`,
    ...(cohort?.sessions ?? []).map(({ date, start, end, title }, index, all) =>
      row([date === all[index - 1]?.date ? '' : `${weekday(date)} ${date}`, `${start}–${end}`, title], [14, 11]),
    ),
    '',
    `Kalenderfilen (text/calendar) har ${story.calendar.length} tecken. Klart på ${(durationMs / 1000).toFixed(1)} s.`,
    '',
    DEMO_CLOSING,
  ].join('\n');
};
