import type { WhatIfView } from '@gruppstart/contracts/routes/what-if-routes';
import type { DemoStory } from './run-demo.ts';

const PEOPLE_SHOWN = 3;

const indented = (line: string): string => `  ${line}`.trimEnd();

/** What an answer says first; the whole story of the person, where there is one, comes after a blank line. */
const saidFirst = ({ explanation }: WhatIfView): readonly string[] =>
  (explanation?.sv ?? '').split('\n\n')[0]?.split('\n') ?? [];

const headlineAfter = ({ explanation }: WhatIfView): readonly string[] =>
  (explanation?.sv ?? '').split('\n\n')[1]?.split('\n').slice(0, 2) ?? [];

/** What the colleague decided, and on what ground. */
const DECIDED: Readonly<Record<DemoStory['named']['request']['status'], string>> = {
  open: 'Ingen har beslutat ännu.',
  withdrawn: 'Enheten har tagit tillbaka begäran.',
  granted: 'En kollega beslutar: beviljat, värt vad det kostar. Paret får låsas i nästa körning.',
  refused: 'En kollega beslutar: avslaget, det kostar de andra för mycket.',
};

const under = (heading: string, lines: readonly string[]): readonly string[] => [
  `  ${heading}`,
  ...lines.map((line) => indented(`  ${line}`)),
];

/** What the coordinator and the process owner asked of the run before anything was decided, in Swedish. */
export const askedText = ({
  firstAdmission,
  asked,
  named,
  called,
  differences,
  forPerson,
}: DemoStory): readonly string[] => [
  'AVVÄGNINGEN, ANTAL MOT PASSNING',
  ...(firstAdmission.explanation?.sv ?? '').split('\n').map(indented),
  '',
  'PROVRÄKNINGAR: VAD HADE HÄNT OM?',
  ...under('Ett säte till, där det är mest värt:', saidFirst(asked.seat)),
  ...under('Utan det krav som kostar mest:', saidFirst(asked.requirement)),
  ...under('Processägaren prövar dubbel vikt på egna önskemål:', saidFirst(asked.weights)),
  ...under('Någon hoppar av:', saidFirst(asked.repair)),
  ...under('Körningen görs om:', saidFirst(asked.replay)),
  '',
  'EN CHEF BER OM EN PERSON',
  ...[...saidFirst(named.whatIf), DECIDED[named.request.status]].map(indented),
  '',
  'ETT SAMTAL UR RINGLISTAN',
  ...[called.entry.question.sv, called.entry.gain.sv, ...saidFirst(called.whatIf), ...headlineAfter(called.whatIf)].map(
    indented,
  ),
  '',
  'ANTAGNINGEN KÖRS OM EFTER SAMTALET: VAD SOM SKILJER',
  ...differences.explanation.sv.split('\n').map(indented),
  ...differences.people.slice(0, PEOPLE_SHOWN).map(({ text }) => indented(`- ${text.sv}`)),
  '',
  'TILL DEN SOM INTE FICK NÅGOT FÖRSLAG',
  ...forPerson.split('\n').map(indented),
];
